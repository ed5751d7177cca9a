"""The page of all runs: as a file, with hostile words, at its largest, and in a browser."""

import json
import re
import time
from dataclasses import replace

import pytest
from tests.reports.html.outline import Outline
from tests.reports.html.test_document import HOSTILE
from tests.reports.trends import make_trend

from sectorscan.reports.html.assembly import HERE, LIBRARY
from sectorscan.reports.html.trend import to_html
from sectorscan.scan.changes import Setting

CAUTIONS = ("The run 2001-11-01 is left out.",)


@pytest.fixture(scope="module")
def trend():
    return replace(make_trend(6, 14, rated=True), cautions=CAUTIONS)


@pytest.fixture(scope="module")
def path(trend, tmp_path_factory):
    target = tmp_path_factory.mktemp("trend") / "trend.html"
    target.write_text(to_html(trend), encoding="utf-8", newline="\n")
    return target


def words_of(text):
    return " ".join(" ".join(Outline(text).words).split())


def test_the_same_runs_give_the_same_bytes(trend):
    assert to_html(trend) == to_html(replace(make_trend(6, 14, rated=True), cautions=CAUTIONS))


def test_every_standing_is_in_the_table(trend):
    text = to_html(trend)
    history = text[text.index('<section id="history"') : text.index('<section id="readiness"')]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*)', history)
    assert [name for name, _ in rows] == [one.name for one in trend.sectors]
    for one, (_, cells) in zip(trend.sectors, rows, strict=True):
        found = re.findall(
            r'<td class="number( chosen)?">([^<]+)(?:<span class="small">(.*?)</span>)?', cells
        )
        assert len(found) == 6
        for s, (chosen, rank, score) in zip(one.standings, found, strict=True):
            assert rank == ("–" if s is None else str(s.rank))
            assert bool(chosen) == trend.lists(s)
            if s is None:
                assert score == ""
            else:
                assert score.startswith("~") == (not s.certain)
                assert float(score.lstrip("~")) == pytest.approx(s.score, abs=0.051)
    assert history.count('<col class="after">') == 1


def test_it_says_what_each_run_was(trend):
    words = words_of(to_html(trend))
    assert "6 runs, 2005-11-01 to 2010-11-01." in words
    for run in trend.runs:
        assert f"{run.name} {run.head.base} to {run.head.end} 1999 to {run.last_year}" in words
    assert "a) growth's weight from 20 to 35" in words
    assert CAUTIONS[0] in words
    assert "SYNTHETIC SAMPLE" in words
    assert "SYNTHETIC" not in to_html(replace(trend, synthetic=False)).upper()


def test_a_change_just_before_the_latest_run_is_said_first(trend):
    assert "So not the economy alone" not in words_of(to_html(trend))
    changed = replace(trend.runs[-1], settings=(Setting(("region", "areas"), ["1"], ["1", "2"]),))
    words = words_of(to_html(replace(trend, runs=(*trend.runs[:-1], changed))))
    assert (
        "Settings changed before 2010-11-01: the region's areas: 2 is new. So not the economy"
        in words
    )


def test_one_run_and_no_ranked_sector_are_pages_too():
    one = make_trend(1, 8)
    text = to_html(one)
    assert "One run is no trend yet" in words_of(text)
    assert text.count('class="drawing') == 1
    none = replace(one, sectors=())
    outline = Outline(to_html(none))
    assert "No sector was ranked in the latest run." in words_of(to_html(none))
    assert outline.tags().count("script") == 2, "no charts, no chart library"


def test_hostile_words_stay_text(trend):
    cruel = replace(
        make_trend(4, 14, rated=True, titles=HOSTILE, region=HOSTILE[0]),
        cautions=HOSTILE,
    )
    outline = Outline(to_html(cruel))
    assert outline.tags().count("script") == 3
    assert not {"img", "i", "b"} & set(outline.tags())
    assert not [name for name in outline.attributes() if name.startswith("on")]
    assert "style" not in outline.attributes()
    model, *_ = outline.texts["script"]
    assert not re.search(r"[<>&\u2028\u2029]", model)
    assert json.loads(model)["charts"]["widths"] == [330, 640, 1060]


def test_twenty_years_of_a_hundred_sectors_stay_small():
    text = to_html(make_trend(20, 100, top=10, rated=True))
    assert len(text.encode()) - (HERE / LIBRARY).stat().st_size < 1_000_000


def test_a_browser_draws_it_and_asks_for_nothing(opened, path, trend):
    with opened(path) as watched:
        page = watched.page
        assert page.locator(".drawing svg").count() == 2
        names = page.locator("#chart-ranks-over-time .drawing svg").text_content()
        for one in trend.listed:
            assert one.label[:12] in names
        page.fill("#find", "truck 313")
        assert page.locator("#history tbody tr:visible th").all_inner_texts() == [
            "Truck Transportation (313)"
        ]
        assert page.inner_text("#count") == "1 of 14 sectors"
        # The line under the pointer stays, the others fade.
        dots = page.locator("#chart-ranks-over-time .mark-symbol path[opacity='1']")
        before = dots.count()
        dots.last.hover()
        page.wait_for_selector("#tip:not([hidden])")
        assert page.inner_text("#tip").startswith("Sector: ")
        deadline = time.monotonic() + 5
        while dots.count() == before and time.monotonic() < deadline:
            page.wait_for_timeout(20)
        assert 0 < dots.count() <= 6 < before


def test_hostile_words_stay_text_in_a_browser(opened, tmp_path):
    trend = make_trend(3, 14, rated=True, titles=HOSTILE, region=HOSTILE[0])
    path = tmp_path / "trend.html"
    path.write_bytes(to_html(trend).encode())
    with opened(path) as watched:
        page = watched.page
        page.on("dialog", lambda dialog: watched.said.append(dialog.message))
        assert page.inner_text("h1") == HOSTILE[0]
        page.locator("#chart-ranks-over-time .mark-symbol path[opacity='1']").last.hover()
        page.wait_for_selector("#tip:not([hidden])")
        assert page.locator("img, i, svg[onload]").count() == 0
        assert page.evaluate("document.scripts.length") == 3


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_serious_violation_of_accessibility(opened, path, serious, scheme, width):
    with opened(path, viewport={"width": width, "height": 800}, color_scheme=scheme) as watched:
        page = watched.page
        # Nothing is wider than the screen; what is wide scrolls in its box.
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert serious(page) == []


def test_without_scripts_every_figure_is_there(browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#history tbody tr:visible").count() == 14
    assert page.is_hidden("#filters")
    assert page.locator("#chart-scores-over-time tbody tr").count() > 20
    context.close()
