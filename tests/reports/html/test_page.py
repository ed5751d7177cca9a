"""The sample's page in a browser: weights, link, sorting, filters, charts, print, accessibility."""

import re

import pytest

from sectorscan.config.overrides import Overrides
from sectorscan.reports.html.model import movable
from sectorscan.reports.write import write
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled


def sample(**weights):
    """Return the sample's shortlist, as ``rank --weight`` makes it."""
    from sectorscan.config.loader import load_config

    folder = bundled("samples")
    overrides = Overrides(weights=weights, draws=400)
    loaded = load_config(folder / "sample.yaml", overrides=overrides)
    return scan(tuple(sorted(folder.glob("*.csv"))), loaded)


@pytest.fixture(scope="module")
def shortlist():
    return sample()


@pytest.fixture(scope="module")
def path(shortlist, tmp_path_factory):
    target = tmp_path_factory.mktemp("page") / "report.html"
    write(shortlist, target)
    return target


@pytest.fixture(scope="module")
def rated_path(rated, tmp_path_factory):
    target = tmp_path_factory.mktemp("page") / "rated.html"
    write(rated, target)
    return target


def assert_ranked_like(watched, shortlist, first):
    """Assert that the rows show Python's ranks and scores; ``first`` made the page."""
    ranking = shortlist.ranking
    shown = {row["place"]: row for row in watched.table()}
    for place, candidate in enumerate(movable(first)):
        s = candidate.index
        expected = str(ranking.rank[s]) if ranking.rank[s] else "–"
        assert shown[place]["rank"] == expected, candidate.name
        assert float(shown[place]["score"]) == pytest.approx(float(ranking.score[s]), abs=1e-10)
        top = shortlist.config.outputs.top
        assert shown[place]["chosen"] == bool(0 < ranking.rank[s] <= top)
    in_sight = [row for row in watched.table() if not row["hidden"]]
    assert [row["rank"] for row in in_sight] == [str(ranking.rank[s]) for s in ranking.order]


def test_sliders_rank_again_as_the_command_line_does(opened, path, shortlist):
    with opened(path) as watched:
        page = watched.page
        assert_ranked_like(watched, shortlist, shortlist)
        assert page.is_disabled("#reset")
        # Group 0 is scale (20), group 3 job_quality (30); one step is 1.
        page.focus("#slider-3")
        page.keyboard.press("End")
        page.focus("#slider-0")
        for _ in range(15):
            page.keyboard.press("ArrowLeft")
        assert page.input_value("#number-3") == "100"
        assert page.input_value("#number-0") == "5"
        moved = sample(job_quality=100, scale=5)
        assert moved.ranking.order != shortlist.ranking.order
        assert_ranked_like(watched, moved, shortlist)
        share = moved.ranking.matrix.weights[-2:].sum()
        assert page.inner_text("#share-3") == f"{100 * share:.1f} %"
        assert "--weight scale=5 --weight job_quality=100" in page.inner_text("#command")
        page.click("#reset")
        assert_ranked_like(watched, shortlist, shortlist)
        assert page.is_hidden("#command")


def test_what_does_not_follow_says_so(opened, path):
    with opened(path) as watched:
        page = watched.page
        notes = page.locator(".stale")
        assert notes.count() >= 4
        assert not any(note.is_visible() for note in notes.all())
        watched.type_weights((0, 0, 100, 0))
        assert all(note.is_visible() for note in notes.all())
        page.wait_for_selector("#message:not([hidden])")
        assert "First at these weights: Warehousing and Storage (493)" in page.inner_text(
            "#message"
        )
        assert "at the weights set: rank" in page.locator("#sector-0 .now").text_content()


def test_contributions_follow_in_chart_and_table(opened, path):
    with opened(path) as watched:
        page = watched.page
        figure = page.locator("#chart-contributions")
        figure.locator("summary").click()
        before = figure.locator("tbody tr").all_inner_texts()
        watched.type_weights((0, 0, 100, 0))
        first = figure.locator(".drawing svg text", has_text="1. 493 Warehousing")
        first.wait_for()
        moved = sample(scale=0, concentration=0, growth=100, job_quality=0)
        ranking = moved.ranking
        rows = [row.split("\t") for row in figure.locator("tbody tr").all_inner_texts()]
        assert len(rows) == 20
        for row, s in zip(rows, ranking.order, strict=False):
            assert row[0] == str(ranking.rank[s])
            assert float(row[2]) == pytest.approx(ranking.score[s], abs=0.051)
            growth = sum(
                part
                for part, criterion in zip(
                    ranking.contribution[s], ranking.matrix.criteria, strict=True
                )
                if criterion.group == "growth" and part == part
            )
            assert float(row[5]) == pytest.approx(growth, abs=0.051)
        assert figure.locator(".drawing .role-legend-label text").all_text_contents() == ["growth"]
        page.click("#reset")
        figure.locator(".drawing svg text", has_text="1. 334 Computer").wait_for()
        assert figure.locator("tbody tr").all_inner_texts() == before


def test_the_address_carries_the_weights(opened, path, shortlist):
    with opened(path) as watched:
        page = watched.page
        watched.type_weights((0, 12.5, 30, 70))
        page.wait_for_url("**#weights&*")
        address = page.url
        assert address == page.evaluate("document.getElementById('link').href")
        page.click('#ranks a[href="#sector-0"]')
        assert page.evaluate("document.activeElement.closest('details').id") == "sector-0"
        assert page.url == address
        page.reload()
        page.wait_for_selector("html.drawn")
        moved = sample(scale=0, concentration=12.5, growth=30, job_quality=70)
        assert_ranked_like(watched, moved, shortlist)
    fragment = address[address.index("#") :]
    with opened(path, fragment) as watched:
        assert watched.page.input_value("#number-1") == "12.5"
        assert_ranked_like(watched, moved, shortlist)


@pytest.mark.parametrize(
    "fragment",
    [
        "#weights",
        "#weights&",
        "#weights&scale=1",
        "#weights&scale=1&concentration=2&growth=3&job_quality=-4",
        "#weights&scale=1&concentration=2&growth=3&job_quality=NaN",
        "#weights&scale=1&concentration=2&growth=3&job_quality=1e999",
        "#weights&scale=0&concentration=0&growth=0&job_quality=0",
        "#weights&scale=1&scale=1&concentration=2&growth=3&job_quality=4",
        "#weights&scale=1&concentration=2&growth=3&job_quality=4&more=5",
        "#weights&scale=<img/onerror=alert(1)>&concentration=%zz&growth=3&job_quality=4",
    ],
)
def test_a_fragment_that_cannot_be_read_is_told_and_left(opened, path, shortlist, fragment):
    with opened(path, fragment) as watched:
        assert "can't be read" in watched.page.inner_text("#message")
        assert_ranked_like(watched, shortlist, shortlist)


def test_other_fragments_are_no_weights(opened, path):
    with opened(path, "#sector-30") as watched:
        assert watched.page.is_hidden("#message")
        assert watched.page.get_attribute("#sector-30", "open") is not None


@pytest.mark.parametrize("typed", ["-1", "1e99", ""])
def test_a_weight_that_is_none_changes_nothing(opened, path, shortlist, typed):
    with opened(path) as watched:
        watched.page.fill("#number-1", typed)
        assert "A weight is a number from 0 up" in watched.page.inner_text("#message")
        assert_ranked_like(watched, shortlist, shortlist)
        watched.page.press("#number-1", "Tab")
        assert watched.page.input_value("#number-1") == "20"


def test_all_weights_at_zero_are_told(opened, path, shortlist):
    with opened(path) as watched:
        watched.type_weights((0, 0, 0, 0))
        assert "At least one weight" in watched.page.inner_text("#message")
        watched.type_weights((20, 20, 30, 30))
        assert watched.page.is_hidden("#message")
        assert_ranked_like(watched, shortlist, shortlist)


def test_headers_sort_by_keyboard_both_ways(opened, path, shortlist):
    with opened(path) as watched:
        page = watched.page
        jobs = shortlist.ranking.indicators.values("employment")
        places = [candidate.index for candidate in movable(shortlist)]
        for key, wanted in (("Enter", "descending"), ("Space", "ascending")):
            page.focus('#ranks th[data-key="employment"] button')
            page.keyboard.press(key)
            sorts = page.locator("#ranks th[aria-sort]")
            assert sorts.count() == 1
            assert sorts.get_attribute("aria-sort") == wanted
            found = [jobs[places[row["place"]]] for row in watched.table() if not row["hidden"]]
            assert found == sorted(found, reverse=wanted == "descending")
        page.click('#ranks th[data-key="title"] button')
        titles = [row["title"] for row in watched.table()]
        assert titles[0].startswith("Accommodation")
        # Ranks go on following the weights under any order.
        watched.type_weights((0, 0, 100, 0))
        assert [row["title"] for row in watched.table()] == titles


def test_rows_are_found_by_words_code_and_tier(opened, path):
    with opened(path) as watched:
        page = watched.page

        def in_sight():
            return [row["title"] for row in watched.table() if not row["hidden"]]

        page.fill("#find", "manufacturing mach")
        assert in_sight() == ["Machinery Manufacturing"]
        page.fill("#find", "621")
        assert in_sight() == ["Ambulatory Health Care Services"]
        assert page.inner_text("#count") == "1 of 38 sectors"
        page.fill("#find", "no such sector")
        assert in_sight() == []
        page.fill("#find", "")
        page.select_option("#tier", "economic case only")
        assert len(in_sight()) == 38


def test_charts_are_drawn_for_the_width_and_the_dark(opened, path):
    with opened(path) as watched:
        wide = watched.page.locator(".drawing svg")
        assert wide.count() == 4
        sizes = wide.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
        assert min(sizes) > 640
    with opened(path, viewport={"width": 360, "height": 740}, color_scheme="dark") as watched:
        page = watched.page
        assert page.locator(".drawing svg").count() == 4
        # Nothing is wider than the phone.
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        ink = page.evaluate(
            "getComputedStyle(document.querySelector('.drawing .role-axis-label text')).fill"
        )
        assert ink == "rgb(228, 231, 235)"


def test_a_tooltip_shows_what_lies_under_the_pointer(opened, path):
    with opened(path) as watched:
        page = watched.page
        page.locator("#chart-contributions .mark-rect path").first.hover()
        page.wait_for_selector("#tip:not([hidden])")
        assert "Computer and Electronic" in page.inner_text("#tip")


def test_every_figure_of_a_sector_is_a_press_away(opened, path, shortlist):
    with opened(path) as watched:
        page = watched.page
        page.focus("#sector-1 .figures summary")
        page.keyboard.press("Enter")
        page.wait_for_selector("#sector-1 .figures table")
        rows = page.locator("#sector-1 .figures tbody tr").all_inner_texts()
        table = shortlist.ranking.indicators
        assert len(rows) == len(table.ids)
        cells = rows[0].split("\t")
        s = movable(shortlist)[1].index
        assert cells[0] == "Share of the region's jobs (% of regional jobs)"
        assert cells[1] == f"{table.values('employment_share_pct')[s]:.1f} %"
        assert cells[3] == "estimated"
        assert float(cells[4]) == pytest.approx(shortlist.ranking.scaled[s, 0], abs=0.051)
        assert float(cells[6]) == pytest.approx(shortlist.ranking.contribution[s, 0], abs=0.051)


def test_it_prints_to_pdf(opened, path, tmp_path):
    with opened(path) as watched:
        target = tmp_path / "report.pdf"
        watched.page.pdf(path=target, prefer_css_page_size=True, print_background=True)
        content = target.read_bytes()
    assert content.startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 20


def test_without_scripts_every_figure_is_there(browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#ranks tbody tr:visible").count() == 38
    assert page.is_hidden("#what-if")
    assert page.is_hidden("#filters")
    assert "Scripts are off" in page.inner_text("main")
    assert page.locator("#chart-rank-intervals tbody tr").count() == 20
    context.close()


def test_the_launch_order_is_marked_once_weights_are_moved(opened, rated_path):
    mark = "getComputedStyle(document.getElementById('plan-title'), '::after').content"
    with opened(rated_path) as watched:
        page = watched.page
        assert page.evaluate(mark) == "none"
        assert page.locator("#plan .stale").is_hidden()
        before = page.inner_text("#plan table")
        watched.type_weights((0, 0, 60, 40))
        page.wait_for_selector("#message:not([hidden])")
        assert "†" in page.evaluate(mark)
        note = page.inner_text("#plan .stale")
        assert note.startswith("† As of the original weights")
        assert page.inner_text("#plan table") == before
        link = page.locator("#plan tbody a").first
        title = link.inner_text()
        link.click()
        assert title in page.evaluate("document.activeElement.closest('details').textContent")
        page.emulate_media(media="print")
        assert page.locator("#plan table").is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_serious_violation_of_accessibility(opened, rated_path, serious, scheme, width):
    viewport = {"width": width, "height": 800}
    with opened(rated_path, viewport=viewport, color_scheme=scheme) as watched:
        watched.type_weights((0, 0, 60, 40))
        opening = "document.querySelectorAll('.chart details, #sector-1 details').forEach"
        watched.page.evaluate(f"{opening}(one => {{ one.open = true }})")
        watched.page.wait_for_selector("#message:not([hidden])")
        assert serious(watched.page) == []
