"""The memo: two pages that a board can edit on, every number the result's, text only ever text."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.readiness.filling import Book, write_blank
from tests.reports.ratings import rate

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.reports import view
from sectorscan.reports.charts.model import Look
from sectorscan.reports.charts.one_sector import sector_contributions
from sectorscan.reports.memo import words
from sectorscan.reports.memo.document import printed
from sectorscan.reports.memo.memo import to_memo
from sectorscan.reports.plan_view import rated_plan
from sectorscan.reports.write import check
from sectorscan.scan import scan
from sectorscan.tables.bystanders import WORKBOOK_MARK
from sectorscan.tables.resources import bundled

docx = pytest.importorskip("docx")
pytest.importorskip("vl_convert")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content(sample):
    return to_memo(sample)


@pytest.fixture(scope="module")
def memo(content):
    return docx.Document(io.BytesIO(content))


def text_of(document):
    return "\n".join(p.text for p in document.paragraphs).replace("\u00a0", " ")


def test_its_parts_are_headings_in_their_order(memo):
    headings = [
        (p.style.name, p.text) for p in memo.paragraphs if p.style.name.startswith(("Head", "Tit"))
    ]
    assert headings[0] == ("Title", "Sector shortlist: Synthetic six-county region")
    assert [text for style, text in headings if style == "Heading 1"] == [
        "What was asked",
        "The shortlist",
        "The sectors, and where their points come from",
        "What the ranking depends on",
        "What isn't known",
        "Motion",
    ]
    assert sum(style == "Heading 2" for style, _ in headings) == 5
    assert "SYNTHETIC SAMPLE" in text_of(memo)
    assert "SYNTHETIC SAMPLE" in memo.sections[0].footer.paragraphs[0].text


def test_the_table_has_a_header_row_and_the_rankings_numbers(memo, sample):
    (table,) = memo.tables
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val").startswith("The 5 sectors")
    assert [c.text for c in table.rows[0].cells] == list(words.COLUMNS)
    for row, s in zip(table.rows[1:], sample.ranking.order, strict=False):
        cells = [cell.text for cell in row.cells]
        assert cells[0] == str(sample.ranking.rank[s])
        assert cells[6] == f"{sample.ranking.score[s]:.1f}"
        jobs = sample.ranking.indicators.values("employment")[s]
        assert cells[2].lstrip("~").replace(",", "") == f"{jobs:.0f}"
        sector = sample.ranking.indicators.sectors[s].id
        p_top = sample.robustness.number(sector, "p_top")
        assert float(cells[8].removesuffix("\u00a0%")) == pytest.approx(100 * p_top, abs=0.5)


def test_each_sector_has_its_paragraph_and_a_picture_in_words(memo, sample):
    told = text_of(memo)
    pictures = memo.inline_shapes
    chosen = words.on_the_list(sample)
    assert len(pictures) == len(chosen) == 5
    for shape, candidate in zip(pictures, chosen, strict=True):
        *figures, points = candidate.advice.summary
        assert view.paragraph(figures) in told
        assert view.paragraph([points]) not in told  # the table and the bars have them
        alt = shape._inline.docPr.get("descr")
        score = view.shown(float(sample.ranking.score[candidate.index]), "score")
        assert alt.startswith(f"Bars: {candidate.name} has {score} points of 100: scale ")
        assert 0 < shape.width <= docx.shared.Inches(7)


def test_the_bars_add_up_and_reach_at_most_what_is_possible(sample):
    for candidate in view.ranked(sample):
        rows = sector_contributions(sample, candidate, Look()).records()
        score = sample.ranking.score[candidate.index]
        assert sum(row["points"] or 0 for row in rows) == pytest.approx(score)
        assert sum(row["most"] for row in rows) == pytest.approx(100)
        assert all((row["points"] or 0) <= row["most"] + 1e-9 for row in rows)


def test_what_the_ranking_depends_on_is_from_the_draws(sample):
    told = " ".join(words.depends(sample))
    first = words.on_the_list(sample)[0]
    p_first = view.shown(view.robust(sample, first, "p_first"), "chance")
    assert f"{first.name} comes first in {p_first} of the draws." in told
    for candidate in words.on_the_list(sample):
        p_top = view.shown(view.robust(sample, candidate, "p_top"), "chance")
        assert f"{candidate.name} {p_top}" in told
    assert "No random draws were made" in " ".join(words.depends(replace(sample, robustness=None)))


def test_what_isnt_known_says_nothing_of_estimates_where_none_is_made(sample):
    assert any("are estimated, because" in text for text in words.unknown(sample))
    none = list(words.unknown(replace(sample, estimated_share=0.0)))
    assert not any("estimated" in text for text in none[:1])
    first, *_ = words.unknown(replace(sample, estimated_share=None))
    assert first == "How many of the 2023 jobs are estimated is not known."


def test_a_rated_sectors_tier_and_readiness_are_told(tmp_path, sample):
    names = [c.id for c in words.on_the_list(sample)]
    first, *others = names
    card = write_blank(tmp_path / "card.xlsx", sample.config.scorecard, sectors=names[:1])
    filled = Book.open(card).sign(1, "Chamber")
    for question in sample.config.scorecard:
        filled.answer(first, question, 1, 1)
    filled.save()
    folder = bundled("samples")
    loaded = load_config(
        folder / "sample.yaml",
        overrides=Overrides(readiness=(str(card),), as_of="2028-01-01"),
    )
    rated = scan(sorted(folder.glob("*.csv")), loaded, draws=False)
    told = text_of(docx.Document(io.BytesIO(to_memo(rated))))
    assert "Prepare: Readiness score 25.0, by 1 rater." in told
    of_ratings = rated.cautions[-1]
    assert of_ratings.startswith("Ratings more than 12 months old on 2028-01-01 still count for ")
    many = replace(rated, cautions=("One.", "Two.", "Three.", "Four.", of_ratings))
    assert [text for text in words.unknown(many) if text in many.cautions] == [
        of_ratings,
        "One.",
    ]
    (missing,) = [text for text in words.unknown(rated) if "ready isn't known" in text]
    assert f"({first})" not in missing
    assert all(f"({other})" in missing for other in others)


def test_the_motion_names_the_shortlist(sample):
    motion = words.motion(sample)
    for candidate in view.ranked(sample):
        assert (f"{candidate.rank}. {candidate.name}" in motion) == candidate.shortlisted


def test_the_motion_begins_with_what_is_ready(sample, rated):
    assert "begin with" not in words.motion(sample)
    assert words.motion(rated).endswith(
        "begin with Computer and Electronic Product Manufacturing, convened by Valley Chamber."
    )
    alone = rate(sample, ("333", "541"), {})
    first = rated_plan(alone).order.first
    end = f"; and begin with {first.contender.title}, once a convener agrees."
    assert words.motion(alone).endswith(end)
    blocked = rate(sample, ("333",), {}, level=lambda sector, question, rater: 0)
    assert "begin with" not in words.motion(blocked)


def test_its_language_and_properties_are_set(memo, content):
    properties = memo.core_properties
    assert properties.title == "Sector shortlist: Synthetic six-county region"
    assert (properties.author, properties.language) == ("", "en-US")
    assert properties.category == WORKBOOK_MARK
    assert "python-docx" not in f"{properties.comments}{properties.last_modified_by}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = ET.fromstring(archive.read("word/styles.xml"))  # noqa: S314
        assert archive.testzip() is None
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "en-US"


def test_same_inputs_same_bytes_dated_by_the_figures(sample, content, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert to_memo(sample) == content
    assert dates(content) == {(2023, 12, 31, 0, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dates(to_memo(sample)) == {(2023, 11, 14, 22, 13, 20)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert to_memo(sample) == content


def dates(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {member.date_time for member in archive.infolist()}


def test_no_lines_end_parts_a_number_from_its_unit(memo, sample):
    texts = [p.text for p in memo.paragraphs] + [c.text for t in memo.tables for c in t._cells]
    told = "\n".join(texts)
    assert not re.search(r"\d (%|points?\b|times\b|jobs\b)", told)
    about = words.about(view.ranked(sample)[0])
    assert re.search(r"\d %", about)
    assert printed(about) in told
    assert printed("20 %, 3 jobs, 2 of 5") == "20\u00a0%, 3\u00a0jobs, 2 of 5"


def test_hostile_text_stays_text(nasty):
    content = to_memo(nasty)
    document = docx.Document(io.BytesIO(content))
    told = text_of(document) + "".join(c.text for t in document.tables for c in t._cells)
    assert "</script><img src=x onerror=alert(1)>" in told
    assert "=cmd|' /C calc'!A0" in told
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
        links = archive.read("word/_rels/document.xml.rels").decode("utf-8")
    assert "instrText" not in body
    assert "hyperlink" not in body
    assert 'TargetMode="External"' not in links


def test_with_nobody_ranked_there_is_no_motion(nasty):
    ranking = replace(nasty.ranking, order=(), rank=nasty.ranking.rank * 0)
    document = docx.Document(io.BytesIO(to_memo(replace(nasty, ranking=ranking))))
    assert "No sector could be ranked" in text_of(document)
    assert "Moved" not in text_of(document)


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("sectorscan.reports.write.find_spec", lambda name: None)
    with pytest.raises(Exception, match=r'pip install "sectorscan\[memo\]"'):
        check([tmp_path / "memo.docx"])
    check([tmp_path / "list.xlsx"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't installed")
def test_it_has_two_pages_with_and_without_ratings(content, rated, tmp_path):
    memos = {"memo": content, "rated": to_memo(rated)}
    paths = [tmp_path / f"{name}.docx" for name in memos]
    for path, given in zip(paths, memos.values(), strict=True):
        path.write_bytes(given)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)],
        check=False, capture_output=True, timeout=180,
    )  # fmt: skip
    if not (tmp_path / "memo.pdf").exists():
        pytest.skip("LibreOffice can't read Word files here (libreoffice-writer is missing)")
    for path in paths:
        pdf = path.with_suffix(".pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 2
