"""The launch order on sheet, page and memo: what it says, and hostile names that stay text."""

import io
import math
import re
from dataclasses import replace

import pytest
from rich.console import Console
from tests.reports import recalculated as calc
from tests.reports.html.outline import Outline
from tests.reports.ratings import rate

from sectorscan.advice.launch_model import FULL
from sectorscan.config.plan import PlanConfig
from sectorscan.reports import plan_view
from sectorscan.reports.html.document import to_html
from sectorscan.reports.html.model import everyone
from sectorscan.reports.memo.memo import to_memo
from sectorscan.reports.plan import WRITERS, render_plan, show_plan
from sectorscan.reports.sheets import plan
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.text import plain
from sectorscan.reports.workbook import book_bytes, to_workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

BOARD_ASKS = ("Which first?", "Why it?", "Who convenes?", "What next?", "What not yet?")
HOSTILE = ("=cmd|' /C calc'!A0", "</script><img src=x onerror=alert(1)>", "@SUM(A1) [31mred")


@pytest.fixture(scope="module")
def found(rated):
    return plan_view.rated_plan(rated)


@pytest.fixture(scope="module")
def content(rated):
    return to_workbook(rated)


@pytest.fixture(scope="module")
def sheet(content):
    return calc.stored(content)["Plan"]


@pytest.fixture(scope="module")
def page(rated):
    return to_html(rated)


@pytest.fixture
def docx():
    pytest.importorskip("vl_convert")
    return pytest.importorskip("docx")


def lines_of(sheet):
    return [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0] is not None]


def table_of(sheet):
    """Return titles, rows, and the first row's number."""
    rows = list(sheet.iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if row[0] == "Year")
    below = next(n for n, row in enumerate(rows[top:]) if row[1] is None)
    return rows[top], rows[top + 1 : top + below], top + 2


def sheet_alone(shortlist):
    """Return the bytes of a workbook of this sheet alone."""
    return book_bytes("Title", "Subject", lambda book: plan.write(book, Layout(shortlist)))


def memo_text(docx, shortlist):
    paragraphs = docx.Document(io.BytesIO(to_memo(shortlist))).paragraphs
    return [(p.style.name, p.text.replace("\u00a0", " ")) for p in paragraphs]


def test_the_sheet_stands_after_why_and_answers_the_board(content, sheet, found):
    names = calc.stored(content).sheetnames
    assert names[names.index("Plan") - 1] == "Why"
    said = lines_of(sheet)
    assert said[0].startswith("Launch order †: Synthetic")
    assert said[1].startswith("SYNTHETIC SAMPLE")
    assert [line for line in said if line in BOARD_ASKS] == list(BOARD_ASKS)
    whole = " ".join(" ".join(said).split())
    for question, lines in plan_view.answers(found.told):
        assert question in said
        for line in lines:
            assert f"• {line}" in whole
    assert "• Launches: one in the first year, then at most 2 a year." in said
    assert "• A convener carries one sector for: 1 year." in said


def test_the_sheets_table_is_the_plan(sheet, found, rated):
    titles, rows, _ = table_of(sheet)
    entries = plan_view.entries(found)
    assert len(rows) == len(entries)
    for row, entry, needs in zip(rows, entries, plan_view.needs(rated, found), strict=True):
        cells = dict(zip(titles, row, strict=True))
        assert (cells["Year"] or 0, cells["Sector"]) == (entry.year, entry.contender.title)
        assert cells["Stage"] == plan_view.STAGE_WORDS[entry.stage]
        known = None if math.isnan(entry.priority) else entry.priority
        assert cells["Priority"] == (pytest.approx(known) if known else None)
        assert cells["Economic score"] == pytest.approx(entry.contender.values["economic"])
        assert (cells["Convener"] or "") == (
            entry.convener or ("to be found" if entry.year else "")
        )
        assert (cells["What it needs first"] or "") == "\n".join(f"• {need}" for need in needs)
    assert [row[0] for row in rows[:5]] == [1, 2, 2, 3, None]
    assert rows[2][-1].startswith("• Champions, from level 1 to 2")


def test_libreoffice_works_out_the_same_priorities(content, found, tmp_path):
    (book,) = calc.recalculate([content], tmp_path)
    titles, rows, _ = table_of(book["Plan"])
    at = titles.index("Priority")
    for row, entry in zip(rows, plan_view.entries(found), strict=True):
        if math.isnan(entry.priority):
            assert row[at] is None
        else:
            assert row[at] == pytest.approx(entry.priority, abs=1e-9)


RURAL = {"support_team": 15, "critical_mass": 10, "economic": 30, "readiness": 0, "p_top": 15}


def test_the_terms_that_are_weighed_have_columns_and_give_the_priority(sample):
    weights = PlanConfig.model_validate({"weights": RURAL, "capacity": 1})
    config = sample.config.model_copy(update={"plan": weights})
    one = rate(replace(sample, config=config, robustness=None), ("334", "333"), {})
    found = plan_view.rated_plan(one)
    columns = {column.term: column for column in plan_view.columns(one, found) if column.term}
    # Readiness is shown though it weighs nothing; nothing is known of the draws.
    assert list(columns) == ["economic", "readiness", "early_win", "support_team", "critical_mass"]
    sheet = calc.stored(sheet_alone(one))["Plan"]
    titles, rows, first = table_of(sheet)
    places = [titles.index(column.title) + 1 for column in columns.values()]
    weight, full = ([sheet.cell(first - back, p).value for p in places] for back in (3, 2))
    assert full == [FULL[term] for term in columns]
    for row, entry in zip(rows[:2], plan_view.entries(found), strict=False):
        made = math.fsum(w * 100 * row[p - 1] / f
                         for w, p, f in zip(weight, places, full, strict=True))  # fmt: skip
        assert made / math.fsum(weight) == pytest.approx(entry.priority)
    assert plan_view.settings(one, found)[0] == (
        "Launches",
        "one in the first year, then one a year",
    )


def test_without_ratings_no_report_pretends_a_plan(nasty, rated_nasty, docx):
    def unknown(sector, question, rater):
        return None

    asked = replace(nasty, config=rated_nasty.config)
    for one in (nasty, rate(asked, ("541", "31-33"), {"541": "Chamber"}, level=unknown)):
        assert plan_view.rated_plan(one) is None
        assert "Plan" not in calc.stored(to_workbook(one)).sheetnames
        assert 'id="plan"' not in to_html(one)
        assert "Launch order" not in [text for _, text in memo_text(docx, one)]
        assert "What it rests on" not in render_plan(one, "markdown")


def test_the_page_has_the_answers_and_the_table(page, found, rated):
    section = re.search(r'<section id="plan".*?</section>', page, re.DOTALL)[0]
    words = " ".join(" ".join(Outline(section).words).split())
    for question, lines in plan_view.answers(found.told):
        assert question in words
        for line in lines:
            assert line in words.replace("\u00a0", " ")
    titles = {place: one.title for place, one in enumerate(everyone(rated))}
    rows = re.findall(r'<th scope="row"><a href="#sector-(\d+)">([^<]*)</a></th>', section)
    assert [titles[int(place)] for place, _ in rows] == [title for _, title in rows]
    assert len(rows) == len(plan_view.entries(found))
    assert section.count('<tr class="chosen">') == len(found.order.scheduled) == 4
    assert '<a href="#plan">Launch order</a>' in page
    assert page.index('id="shortlist"') < page.index('id="plan"') < page.index('id="ranking"')


def test_the_memo_answers_in_short(rated, found, docx):
    said = memo_text(docx, rated)
    start = said.index(("Heading 1", "Launch order"))
    answers = [text for _, text in said[start + 1 : start + 1 + len(BOARD_ASKS)]]
    assert [text[: text.index("?") + 1] for text in answers] == list(BOARD_ASKS)
    assert said[start + 1 + len(BOARD_ASKS)][0] == "Heading 1"
    for (_, lines), text in zip(plan_view.answers(found.in_short), answers, strict=True):
        assert text.endswith(" ".join(lines))
    assert "Year 2: launch Machinery Manufacturing" in answers[3]
    assert "a survey or a focus group for now: Warehousing and Storage." in answers[4]
    assert all(len(text) < 500 for text in answers)


def test_hostile_names_stay_text(rated_nasty, docx):
    content = to_workbook(rated_nasty)
    sheet = calc.stored(content)["Plan"]
    told = " ".join(str(c.value) for row in sheet for c in row if c.value is not None)
    for word in HOSTILE[:2]:
        assert word in told
    live = calc.formulas(content)["Plan"]
    formulas = [c.value for row in live for c in row if c.data_type == "f"]
    assert len(formulas) == 4
    assert not any("cmd" in text or "img" in text for text in formulas)
    assert not any(c.hyperlink for row in live for c in row)
    page = to_html(rated_nasty)
    outline = Outline(page)
    assert not {"img", "b", "i"} & set(outline.tags())
    assert outline.tags().count("script") == 3
    assert f"{HOSTILE[0]} convenes" in " ".join(outline.words)
    memo = " ".join(text for _, text in memo_text(docx, rated_nasty))
    assert f"{HOSTILE[0]} convenes" in memo
    assert f"{HOSTILE[1]} | `a`" in memo


def test_a_question_by_a_hostile_name_heads_a_column_as_text(rated):
    asked = rated.config.scorecard["early_win"].model_copy(update={"title": f"{HOSTILE[0]}\x07"})
    scorecard = {**rated.config.scorecard, "early_win": asked}
    one = replace(rated, config=rated.config.model_copy(update={"scorecard": scorecard}))
    content = sheet_alone(one)
    titles, _, _ = table_of(calc.stored(content)["Plan"])
    assert f"{HOSTILE[0]}, level 0 to 4" in titles
    cells = (c for row in calc.formulas(content)["Plan"] for c in row)
    assert not any("cmd" in str(c.value) for c in cells if c.data_type == "f")
    assert plain(f"{HOSTILE[0]}\x07") in render_plan(one, "markdown").replace("\\", "")


def test_the_same_ratings_give_the_same_bytes(rated, content, page, docx):
    again = rate(
        rated,
        ("621", "493", "541", "333", "334"),
        {"333": "Valley Chamber", "334": "Valley Chamber"},
    )
    assert to_workbook(again) == content
    assert to_html(again) == page
    assert to_memo(again) == to_memo(rated)
    for writer in WRITERS.values():
        assert writer(again) == writer(rated)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_terminal_breaks_no_word_of_a_title(rated, found, width):
    stream = io.StringIO()
    show_plan(rated, Console(file=stream, width=width, highlight=False, color_system=None))
    table = stream.getvalue().partition("\nThe plan\n")[2]
    words = set(table.split())
    for entry in plan_view.entries(found):
        assert set(entry.contender.title.split()) <= words
    assert all(len(line) <= width for line in table.splitlines())
    assert ("draws" in table.partition("─")[0]) == (width >= 80)
