"""The page as a file: its policy, its texts, its size; and hostile words in every place."""

import base64
import hashlib
import importlib.metadata
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reports.html import many
from tests.reports.html.outline import Outline
from tests.reports.test_any_text import with_text

from sectorscan.reports import view
from sectorscan.reports.html.assembly import HERE, LIBRARY, json_in_script
from sectorscan.reports.html.document import to_html
from sectorscan.reports.html.model import movable

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "</style><script>alert(3)</script>",
    "<!-- {{ 7 * 7 }} {% raw %}",
    "' onmouseover='alert(4)",
    "javascript:alert(5)",
    "\u2028&lt;b&gt;",
)


def hostile(shortlist):
    """Return the shortlist with hostile words in sectors, region, files, config and criteria."""
    config = shortlist.config
    first, *others = config.criteria
    groups = {
        HOSTILE[0]: config.criteria[first],
        **{name: config.criteria[name] for name in others},
    }
    changed = with_text(shortlist, HOSTILE)
    ranking = changed.ranking
    table = replace(ranking.indicators, units=tuple(HOSTILE[1] for _ in ranking.indicators.units))
    criteria = tuple(
        replace(criterion, group=HOSTILE[0]) if n == 0 else criterion
        for n, criterion in enumerate(ranking.matrix.criteria)
    )
    matrix = replace(ranking.matrix, criteria=criteria)
    return replace(
        changed,
        config=config.model_copy(update={"criteria": groups}),
        what_if={HOSTILE[0]: 3.0},
        notes=HOSTILE,
        inputs=tuple(replace(one, path=HOSTILE[0], kind=HOSTILE[1]) for one in changed.inputs),
        ranking=replace(ranking, indicators=table, matrix=matrix),
    )


def test_the_policy_admits_these_very_texts_and_no_address(nasty):
    outline = Outline(to_html(nasty))
    (policy,) = [
        attributes["content"]
        for tag, attributes in outline.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy

    def digest(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    model, *scripts = outline.texts["script"]
    assert rules["script-src"].split() == [digest(text) for text in scripts]
    assert rules["style-src"].split() == [digest(text) for text in outline.texts["style"]]
    assert json.loads(model)["top"] == nasty.config.outputs.top
    assert "style" not in outline.attributes()


def test_hostile_words_stay_text(nasty):
    shortlist = hostile(nasty)
    text = to_html(shortlist)
    outline = Outline(text)
    assert not {"img", "i", "b", "script>"} & set(outline.tags())
    assert outline.tags().count("script") == 3
    assert not [name for name in outline.attributes() if name.startswith("on")]
    links = [attributes["href"] for tag, attributes in outline.elements if tag == "a"]
    assert links
    assert all(link.startswith("#") for link in links)
    words = " ".join(outline.words)
    for hostile_word in HOSTILE[:6]:
        assert hostile_word in words
    model = json.loads(outline.texts["script"][0])
    assert model["groups"][0]["id"] == HOSTILE[0]
    assert "7 * 7" in words
    assert not re.search(r"[<>&\u2028]", outline.texts["script"][0])


def test_hostile_words_stay_text_in_a_browser(nasty, opened, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(to_html(hostile(nasty)).encode())
    with opened(path) as watched:
        page = watched.page
        page.on("dialog", lambda dialog: watched.said.append(dialog.message))
        assert page.inner_text("h1") == HOSTILE[0]
        assert page.title() == f"Sector shortlist: {HOSTILE[0]}"
        assert page.locator("img, i, svg[onload]").count() == 0
        # Moved weights write names, labels and a command line: as text, too.
        page.fill("#number-1", "3")
        page.wait_for_selector("#message:not([hidden])")
        page.hover("#chart-contributions .mark-rect path >> nth=0")
        assert page.locator("img, i, svg[onload]").count() == 0
        assert page.evaluate("document.scripts.length") == 3


def test_a_long_word_pushes_no_column_out_of_sight(nasty, opened, tmp_path):
    table = nasty.ranking.indicators
    sectors = tuple(replace(sector, title="X" * 300) for sector in table.sectors)
    ranking = replace(nasty.ranking, indicators=replace(table, sectors=sectors))
    path = tmp_path / "report.html"
    path.write_text(to_html(replace(nasty, ranking=ranking)), encoding="utf-8")
    with opened(path) as watched:
        wide = "e => [e.scrollWidth, e.clientWidth]"
        inside, shown = watched.page.eval_on_selector(".scroll:has(#ranks), #ranks .scroll", wide)
        assert inside <= shown


def test_json_cannot_end_its_script():
    text = json_in_script({"title": "</script><!--&\u2028\u2029é"})
    assert not re.search(r"[<>&\u2028\u2029é]", text)
    assert json.loads(text) == {"title": "</script><!--&\u2028\u2029é"}


def test_scores_are_shown_as_everywhere(nasty):
    text = to_html(nasty)
    for candidate in movable(nasty):
        score = float(nasty.ranking.score[candidate.index])
        if candidate.rank:
            assert f'<data value="{score}">{view.shown(score, "score")}</data>' in text


def test_without_ranked_sectors_there_is_still_a_page(nasty):
    ranking = replace(
        nasty.ranking,
        rank=0 * nasty.ranking.rank,
        order=(),
        exclusion=("gate",) * len(nasty.ranking.exclusion),
    )
    outline = Outline(to_html(replace(nasty, ranking=ranking)))
    assert "No sector could be ranked; the reasons are below." in " ".join(outline.words)
    assert outline.tags().count("script") == 2


def test_three_hundred_sectors_by_twenty_criteria_stay_under_2_mb(tmp_path):
    shortlist = many.make_shortlist(tmp_path)
    assert len(shortlist.ranking.order) == many.SECTORS
    assert len(shortlist.ranking.matrix.criteria) == 20
    library = (HERE / LIBRARY).stat().st_size
    assert len(to_html(shortlist).encode()) - library < 2_000_000


def test_the_chart_library_is_what_the_tool_makes():
    pytest.importorskip("vl_convert", reason="vl-convert-python isn't installed")
    sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
    try:
        import make_chart_library
    finally:
        sys.path.pop(0)
    text = (HERE / LIBRARY).read_text(encoding="utf-8")
    made_with = re.search(r"vl-convert-python (\S+) bundles", text)
    installed = importlib.metadata.version("vl-convert-python")
    if made_with is None or made_with[1] != installed:
        pytest.skip(f"made with another vl-convert-python than {installed}")
    assert text == make_chart_library.text()
    assert "Redistribution and use" in text
