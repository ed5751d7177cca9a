"""The terminal: what is said, that it fits, and that nothing in the inputs steers it."""

import importlib.util
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from sectorscan.reports.console import explain, show
from sectorscan.reports.settings import against
from sectorscan.tables.model import Sector

WIDTHS = (60, 80, 120, 200)


def _toy_region():
    path = Path(__file__).parents[1] / "advice" / "conftest.py"
    spec = importlib.util.spec_from_file_location("toy_region", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOY = _toy_region()


@pytest.fixture
def toy_shortlist():
    config = TOY.toy_config()
    return TOY.shortlist_of(TOY.rank(TOY.toy_table(), config), config, synthetic=True)


def printed(what, *arguments, width=80, encoding="utf-8", **options):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False,
                      **{"force_terminal": False, **options})  # fmt: skip
    what(*arguments, console)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


def row(text, code):
    return next(line for line in text.splitlines() if re.match(rf" *\d+=? +{code} ", line))


def test_the_head_says_what_the_figures_are_of(toy_shortlist):
    head = " ".join(printed(show, toy_shortlist).split("Rank")[0].split())
    for words in (
        "Sectors of Toy Valley (6 counties)",
        "SYNTHETIC SAMPLE",
        "Private covered jobs, 2020 to 2023; benchmark US000",
        "location quotients of private covered jobs",
        "300,000 jobs in 2023 (277,000 in 2020); 0.4 % of the 2023 jobs are estimated",
        "Scored with toy.yaml, arithmetic mean.",
    ):
        assert words in head


def test_real_figures_arent_called_synthetic(toy_shortlist):
    assert "SYNTHETIC" not in printed(show, replace(toy_shortlist, synthetic=False))


def test_the_ranking_at_80_columns(toy_shortlist):
    text = printed(show, toy_shortlist)
    first = " ".join(row(text, "311").split())
    assert first == "1 311 Food Manufacturing 79.2 12,340 1.87 +3.2 $71,204"
    assert row(text, "336").split()[-5:] == ["39.1", "~1,188", "~1.07", "~−0.9", "~$64,311"]
    assert "~ estimated, as some figures are withheld" in text


def test_more_columns_where_there_is_room(toy_shortlist):
    narrow, wide = (printed(show, toy_shortlist, width=width) for width in (60, 120))
    assert "26.9-64.6" in row(wide, "336")
    assert "outer bound" in wide
    assert row(wide, "311").split()[-2:] == ["$71,204", "1.18"]
    assert "$71,204" not in narrow
    assert "79.2" in row(narrow, "311")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(toy_shortlist, width):
    text = printed(show, toy_shortlist, width=width)
    for sector in ("311", "336", "483", "722"):
        text += printed(explain, toy_shortlist, sector, width=max(width, 80))
        assert all(cell_len(line) <= max(width, 80) for line in text.splitlines())
    ranking = printed(show, toy_shortlist, width=width)
    assert all(cell_len(line) <= width for line in ranking.splitlines())


def test_a_number_keeps_its_percent_sign(toy_shortlist):
    for width in range(60, 121, 3):
        text = printed(show, toy_shortlist, width=width)
        assert not any(line.lstrip().startswith("%") for line in text.splitlines())


def test_reasons_ledger_and_cautions_follow(toy_shortlist):
    text = " ".join(printed(show, toy_shortlist).split())
    places = [
        text.index(words)
        for words in (
            "1. Food Manufacturing (311) As of 2023, the sector employs 12,340 people",
            "+ Good pay: 18 % above the regional average.",
            "- Low pay: 62 % below the regional average.",
            "! Jobs lie between 1,010 and 1,390: two of six counties are withheld.",
            "Not shortlisted: 1 of 4 candidates",
            "x 483 Water Transportation: 96 jobs where 200 are needed",
            "Cautions ! projected growth is known for no sector.",
        )
    ]
    assert places[0] < places[1] < places[3] < places[4] < places[5] < places[6]


def test_only_the_top_sectors_get_paragraphs():
    config = TOY.toy_config(outputs={"top": 1})
    shortlist = TOY.shortlist_of(TOY.rank(TOY.toy_table(), config), config)
    text = printed(show, shortlist)
    assert "1. Food Manufacturing (311)" in text
    assert "2. Food Services" not in text
    assert text.count("─" * 80) == 2


def test_color_adds_nothing_that_the_words_dont_say(toy_shortlist, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = printed(show, toy_shortlist)
    colored = printed(show, toy_shortlist, force_terminal=True, color_system="standard")
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    without = printed(show, toy_shortlist, force_terminal=True, no_color=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", without)


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "latin-1"])
def test_older_code_pages(toy_shortlist, encoding):
    panel = TOY.toy_panel(region_name="Doña Ana – “Valley” 東")
    config = TOY.toy_config()
    shortlist = TOY.shortlist_of(TOY.rank(TOY.toy_table(panel=panel), config), config)
    text = printed(show, shortlist, encoding=encoding)
    assert 'a Ana - "Valley"' in text
    assert row(text, "336").split()[-2] == "~-0.9"
    assert "-" * 80 in text
    assert "Every indicator" in printed(explain, shortlist, "336", encoding=encoding)


def test_markup_and_escapes_in_titles_stay_text():
    sectors = (Sector("311", "[bold red]Food[/] \x1b[2J\x07\u202eX", ("311",)), *TOY.SECTORS[1:])
    panel = TOY.toy_panel(sectors, region_name="[link=x]Toy\x1b]0;t\x07[/link]\nB")
    config = TOY.toy_config()
    ranking = TOY.rank(TOY.toy_table(panel=panel), config)
    shortlist = TOY.shortlist_of(ranking, config, cautions=("\x1b[31mred",))
    for text in (printed(show, shortlist), printed(explain, shortlist, "311")):
        assert "[bold red]Food[/]" in text
        assert "[link=x]Toy" in text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)


def test_a_report_survives_hostile_inputs(nasty):
    for width in WIDTHS:
        text = printed(show, nasty, width=width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    for sector in nasty.ranking.indicators.sectors:
        assert printed(explain, nasty, sector.id)


def test_own_indicators_get_their_own_columns():
    config, table = TOY.own_indicators()
    shortlist = TOY.shortlist_of(TOY.rank(table, config), config, totals={}, estimated_share=None)
    text = printed(show, shortlist)
    assert "kilowatts" in text
    assert row(text, "wind").split()[:2] == ["1", "wind"]
    assert "12" in row(text, "wind")
    assert "Jobs" not in text
    assert "Every indicator" in printed(explain, shortlist, "solar")


def many_sectors(ranked, unranked, step):
    count = ranked + unranked
    sectors = tuple(Sector(f"{n}", f"Sector {n}", (f"{n}",)) for n in range(100, 100 + count))
    rows = [
        (*r[:3], *((r[3] * (1 - step * n) if n < ranked else r[5]) for n in range(count)))
        for r in TOY.INDICATORS
    ]
    panel = TOY.toy_panel(sectors, withheld_areas=None, areas_with_rows=None, segments=())
    config = TOY.toy_config()
    return TOY.shortlist_of(TOY.rank(TOY.toy_table(rows, panel), config), config)


def test_many_sectors_are_cut_and_said():
    text = " ".join(printed(show, many_sectors(35, 25, 0.001)).split())
    assert "... and 15 more ranked below: --format csv lists them all." in text
    assert "Not shortlisted: 25 of 60 candidates" in text
    assert "... and 13 more: --format json" in text
    assert "5. Sector 104 (104)" in text
    assert "6. Sector" not in text


def test_ties_are_marked():
    text = printed(show, many_sectors(3, 0, 0))
    assert "1= " in text
    assert "= tied" in text


def test_nothing_ranked_is_said():
    config = TOY.toy_config(gates=[{"indicator": "employment", "above": 0, "effect": "exclude"}])
    shortlist = TOY.shortlist_of(TOY.rank(TOY.toy_table(), config), config)
    text = printed(show, shortlist)
    assert "No sector could be ranked; the reasons are below." in text
    assert "Not shortlisted: 4 of 4 candidates" in text


def test_explain_shows_every_indicator_with_interval_unit_status_and_source(toy_shortlist):
    text = printed(explain, toy_shortlist, "336", width=120)
    for indicator, label, unit, *_ in TOY.INDICATORS:
        assert label in text, indicator
        assert unit in ("% of regional jobs", "percentage points/year") or unit in text
    assert re.search(r"Jobs +1,188 +1,010 to 1,390 +jobs +estimated +1", text)
    assert "1 2020.csv, 2023.csv" in text
    assert "the benchmark has no such industry." in text


def test_explain_of_a_ranked_sector(toy_shortlist):
    text = " ".join(printed(explain, toy_shortlist, "336").split())
    for words in (
        "Rank 3 of 3, score 39.1; tier: economic case only; quadrant: mature.",
        "Score range 26.9 to 64.6.",
        "outer bound",
        "Where the points come from",
        "Criteria of 92.5 % of the weight are known; their weights are scaled up to 100 %.",
        "What would move it up",
        "Gates - Passed: about 1,188 jobs where 200 are needed.",
    ):
        assert words in text


def test_explain_of_an_unranked_sector(toy_shortlist):
    text = " ".join(printed(explain, toy_shortlist, "483").split())
    for words in (
        "Not ranked; its score of 35.2 would put it at rank 4; quadrant not known.",
        "Not shortlisted: 96 jobs where 200 are needed and 9 establishments where 10 are needed.",
        "Would qualify if it had 200 jobs or more and 10 establishments or more;",
        "Not passed: 9 establishments where 10 are needed.",
    ):
        assert words in text


def test_explain_lists_the_parts(toy_shortlist):
    text = printed(explain, toy_shortlist, "722")
    assert re.search(r"7223 +Special Food Services +2,500 +190 +\$63,400", text)
    assert re.search(r"7224 +Drinking Places +~300 +50 +–", text)


def test_explain_of_no_candidate(toy_shortlist):
    with pytest.raises(KeyError, match="999"):
        explain(toy_shortlist, "999", Console(file=io.StringIO()))


def test_the_same_shortlist_prints_the_same(toy_shortlist):
    assert printed(show, toy_shortlist) == printed(show, toy_shortlist)


@pytest.mark.parametrize(
    ("benchmark", "told"),
    [("all", "benchmark: all areas together"), ("US000", "benchmark US000"), ("", "no benchmark")],
)
def test_what_the_region_is_compared_with(sample, benchmark, told):
    assert against(replace(sample.ranking.indicators.panel, benchmark=benchmark)) == told
