"""Robustness in every report: numbers of the draws, the examination, and hostile names."""

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from rich.console import Console
from tests.reports.schemas import check

from sectorscan.advice.model import Fact
from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.reports.console import show
from sectorscan.reports.one_sector import render_sector
from sectorscan.reports.page import Column, Page
from sectorscan.reports.robustness import document, render_robustness, show_robustness
from sectorscan.reports.words import fact_text
from sectorscan.reports.workbook import to_workbook
from sectorscan.reports.write import render
from sectorscan.robustness.combination import cheapest
from sectorscan.robustness.examine import examine
from sectorscan.robustness.methods import OtherWay
from sectorscan.robustness.model import Acceptability, Robustness
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled

GREEK = re.compile(r"[\u0370-\u03ff]")
JARGON = re.compile(
    r"simplex|acceptab|stochastic|Monte|percentile|SMAA|Sobol|quantile|confidence interval|"
    r"L1|polytope|Spearman|LP\b",
    re.IGNORECASE,
)


def sample(draws=400, **options):
    folder = bundled("samples")
    loaded = load_config(folder / "sample.yaml", overrides=Overrides(draws=draws, **options))
    return scan(sorted(folder.glob("*.csv")), loaded)


@pytest.fixture(scope="module")
def drawn():
    return sample()


@pytest.fixture(scope="module")
def examined(drawn):
    return examine(drawn.ranking, drawn.config)


def test_a_few_sentences_come_before_the_tables_and_agree_with_them(drawn, examined):
    text = " ".join(render_robustness(drawn, examined, "markdown").split())
    short = text[text.index("## In short") : text.index("## How often")]
    result = document(drawn, examined)
    first, second = result["sectors"][:2]
    p_first = 100 * first["near"]["p_first"]
    assert f"{first['title']} comes first in {p_first:.0f} % of the draws near these" in short
    nearest = min(
        (s for s in result["sectors"][1:] if s["least_weight_change_to_first"] is not None),
        key=lambda s: s["least_weight_change_to_first"],
    )
    assert f"Closest behind: {nearest['id']} {nearest['title']}" in short
    ways = [
        one for one in result["other_ways"] if one["kind"] in {"method", "scale", "aggregation"}
    ]
    kept = sum(one["keeps_first"] is True for one in ways)
    assert f"of {len(ways)} other ways to score, {kept} keep" in short.lower()
    assert f"{len(result['worth_finding_out'])} withheld or missing figures" in short
    assert "The ranks hang most on" in short
    assert second["id"] in short


def printed(show_it, width=100):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    show_it(console)
    return console.file.getvalue()


def test_the_ranking_has_the_draws_numbers(drawn):
    result = json.loads(render(drawn, "json"))
    check(result, "ranking-1.schema.json")
    assert result["robustness"]["draws"] == 400
    of = [sector["robustness"] for sector in result["sectors"]]
    assert sum(one["p_first"] for one in of) <= 1 + 1e-9
    assert sum(one["p_top"] for one in of) <= 5 + 1e-9
    for one, sector in zip(of, result["sectors"], strict=True):
        assert one["rank_p05"] <= one["rank_p50"] <= one["rank_p95"]
        assert one["p_first"] <= one["p_top"] <= one["p_ranked"] <= 1
        trust = sector["justification"]["trust"]
        assert trust.endswith(".")
        facts = {fact["id"]: fact for fact in sector["justification"]["facts"]}
        assert ("robustness.p_top" in facts) == (one["p_top"] > 0)
        if one["p_top"] > 0:
            assert facts["robustness.p_top"]["value"] == one["p_top"]
            assert facts["robustness.p_top"]["shown"] in trust


def test_every_format_has_them(drawn):
    result = json.loads(render(drawn, "json"))
    first = result["sectors"][0]
    rows = list(csv.DictReader(io.StringIO(render(drawn, "csv"))))
    for row, sector in zip(rows, result["sectors"], strict=False):
        for name in ("p_first", "p_top", "rank_p05", "rank_p50", "rank_p95"):
            assert float(row[name]) == sector["robustness"][name]
        assert row["band"] == sector["robustness"]["band"]
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(drawn)))
    names = book.sheetnames
    assert names.index("Indicators") < names.index("Robustness") < names.index("Method")
    sheet = list(book["Robustness"].iter_rows(values_only=True))
    assert sheet[4][0] == 1
    assert sheet[4][2:9] == (
        *(first["robustness"][n] for n in ("band", "p_first", "p_top", "p_ranked")),
        *(first["robustness"][n] for n in ("rank_p05", "rank_p50", "rank_p95")),
    )
    for text in (
        render(drawn, "markdown"),
        printed(lambda console: show(drawn, console)),
        render_sector(drawn, first["id"], "markdown"),
    ):
        assert first["justification"]["trust"] in " ".join(text.split())


def test_without_draws_nothing_is_said_of_them():
    off = sample(draws=0)
    result = json.loads(render(off, "json"))
    check(result, "ranking-1.schema.json")
    assert result["robustness"] is None
    assert all(sector["robustness"] is None for sector in result["sectors"])
    assert all(sector["justification"]["trust"] is None for sector in result["sectors"])
    texts = (render(off, "markdown"), printed(lambda console: show(off, console)))
    assert not any("draws" in text for text in texts)
    assert "Robustness" not in openpyxl.load_workbook(io.BytesIO(to_workbook(off))).sheetnames


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(drawn):
    assert render(sample(), "json") == render(drawn, "json")
    assert render(sample(seed=2), "json") != render(drawn, "json")


def test_the_examination_is_its_schema_to_the_last_key(drawn, examined):
    result = json.loads(render_robustness(drawn, examined, "json"))
    check(result, "robustness-1.schema.json")
    assert result["schema"] == "sectorscan/robustness/1"
    first = result["sectors"][0]
    assert first["least_weight_change_to_first"] == 0
    weights = {one["id"]: one["weight"] for one in result["weights"]}
    assert first["weights_when_first"] == pytest.approx(weights)
    for one in result["sectors"]:
        assert sum(one["near"]["p_rank"]) == pytest.approx(1)
        assert one["near"]["p_rank"][0] == one["p_first"]
        assert set(one["value_needed_for_first"]) <= set(weights)
    for one in result["weights"]:
        low, high = one["first_holds"]
        assert low <= one["weight"] <= high


def test_several_figures_together_and_the_ranges_of_weights(drawn, examined):
    """What the JSON says is what the library found; the tables say it in words."""
    result = json.loads(render_robustness(drawn, examined, "json"))
    ranking, top = drawn.ranking, drawn.config.outputs.top
    places = {sector.id: s for s, sector in enumerate(ranking.matrix.sectors)}
    narrow = " ".join(printed(lambda c: show_robustness(drawn, examined, c), width=80).split())
    assert "The least that several figures together would have to change" in narrow
    assert "The weights under which each could come first" in narrow
    for one in result["sectors"]:
        if one["rank"] is None:
            continue
        wanted, other = ("shortlist", "first") if one["rank"] > top else ("first", "shortlist")
        assert one[f"cheapest_for_{other}"] is None
        told = one[f"cheapest_for_{wanted}"]
        if one["rank"] == 1:
            assert told is None
            continue
        found = cheapest(ranking, places[one["id"]], top if one["rank"] > top else 1)
        assert told["cost"] == found.cost > 0
        assert [(c["id"], c["now"], c["then"]) for c in told["changes"]] == [
            (c.criterion, c.now, c.then) for c in found.changes
        ]
        alone = one[f"value_needed_for_{wanted}"]
        if len(told["changes"]) == 1:
            assert told["changes"][0]["then"] == pytest.approx(alone[told["changes"][0]["id"]])
        ends = one["weight_ranges_when_first"]
        assert (ends is None) == (one["rank"] > top)
        for name, (low, high) in (ends or {}).items():
            assert low - 1e-9 <= one["weights_when_first"][name] <= high + 1e-9


def within(drawn, limits):
    """Return the shortlist with limits and without draws, and its examination."""
    of = drawn.config.robustness.model_copy(update={"limits": limits, "draws": 0})
    config = drawn.config.model_copy(update={"robustness": of})
    limited = replace(drawn, config=config)
    return limited, examine(limited.ranking, config)


def test_limits_of_the_config_hold_and_are_named(drawn, examined):
    limits = {"pay_vs_region": (0.8, 1.2), "location_quotient": (0.5, 1.2)}
    limited, found = within(drawn, limits)
    costs = []
    for name, one in found.cheapest_listed.items():
        for change in one.changes if one else ():
            low, high = limits.get(change.criterion, (-np.inf, np.inf))
            assert low - 1e-9 <= change.then <= high + 1e-9
        costs.append((one.cost if one else np.inf, examined.cheapest_listed[name].cost))
    assert all(with_limits >= without - 1e-9 for with_limits, without in costs)
    assert any(with_limits > without + 1e-3 for with_limits, without in costs)
    page = " ".join(render_robustness(limited, found, "markdown").split())
    assert "Inside the limits that the config sets on: Pay, against the region's average" in page


def test_what_no_figures_within_the_limits_can_do_is_said(drawn):
    """Nothing may come to more than it has: nobody below gets anywhere."""
    ranking = drawn.ranking
    ends = np.nanmin(ranking.matrix.value, axis=0) - 1
    ids = [criterion.id for criterion in ranking.matrix.criteria]
    limited, found = within(drawn, {n: (e - 1, e) for n, e in zip(ids, ends, strict=True)})
    assert set(found.cheapest_listed.values()) == {None}
    page = render_robustness(limited, found, "markdown")
    assert "not within these limits, whatever the figures" in page
    record = document(limited, found)["sectors"][-1]
    assert record["cheapest_for_shortlist"] == {"cost": None, "exact": None, "changes": []}
    check(document(limited, found), "robustness-1.schema.json")


def test_the_ranking_and_the_examination_say_the_same(drawn, examined):
    ranking = json.loads(render(drawn, "json"))
    trust = json.loads(render_robustness(drawn, examined, "json"))
    for one, other in zip(ranking["sectors"], trust["sectors"], strict=False):
        assert one["id"] == other["id"]
        for name, value in one["robustness"].items():
            assert other[name] == value


def test_it_reads_without_jargon(drawn, examined):
    wide = printed(lambda console: show_robustness(drawn, examined, console), width=160)
    narrow = printed(lambda console: show_robustness(drawn, examined, console), width=80)
    page = render_robustness(drawn, examined, "markdown")
    for text in (wide, narrow, page, printed(lambda console: show(drawn, console))):
        assert not GREEK.search(text)
        assert not JARGON.search(text), JARGON.search(text)
    assert max(len(line) for line in narrow.splitlines()) <= 80
    for title in (
        "How often each sector comes out where",
        "How far each weight may move",
        "What it would take to come first",
        "Which figures are worth finding out",
        "Other ways to score",
        "With one criterion or one sector left out",
        "What each criterion does",
        "Which assumption moves the ranks most",
        "Which assumption changes the shortlist most",
    ):
        assert title in narrow
        assert f"## {title}" in page


def test_one_row_a_sector_as_csv(drawn, examined):
    rows = list(csv.DictReader(io.StringIO(render_robustness(drawn, examined, "csv"))))
    sectors = document(drawn, examined)["sectors"]
    assert [row["id"] for row in rows] == [one["id"] for one in sectors]
    assert float(rows[1]["any_p_first"]) == sectors[1]["any"]["p_first"]


def test_where_nobody_is_ranked_it_says_so(drawn):
    assert "No sector could be ranked" in render_robustness(drawn, None, "markdown")
    assert "No sector could be ranked" in printed(lambda c: show_robustness(drawn, None, c), 60)
    check(document(drawn, None), "robustness-1.schema.json")


@pytest.fixture
def hostile(nasty):
    """Return the hostile shortlist with numbers of draws that never were."""
    size = len(nasty.ranking.matrix.sectors)
    share = np.full((size, size), 1 / size)
    ids = [sector.id for sector in nasty.ranking.matrix.sectors]
    return replace(
        nasty,
        robustness=Robustness(
            draws=10,
            seed=1,
            weights="any",
            spread=0.25,
            top=3,
            figures=False,
            place={name: place for place, name in enumerate(ids)},
            acceptability=Acceptability(
                *(share, share[:, 0], share[:, 0] * 3, share[:, 0] * 7),
                *(np.full(size, r) for r in (1.0, 4, 7)),
            ),
            band=dict.fromkeys(ids, "A"),
            beats_next=dict.fromkeys(ids, 0.5),
        ),
    )


def test_hostile_names_survive(hostile):
    check(json.loads(render(hostile, "json")), "ranking-1.schema.json")
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(hostile)))
    cells = [cell for row in book["Robustness"].iter_rows() for cell in row]
    assert {cell.value for cell in cells if cell.data_type == "f"} <= {"=Weights!$A$4"}
    text = printed(lambda console: show(hostile, console))
    assert "\x1b" not in text
    assert "all possible weights drawn alike" in " ".join(text.split())
    assert "<script" not in render(hostile, "markdown")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.6123, "61 %"), (0.0, "0 %"), (1.0, "100 %"), (0.9997, "99.97 %"), (0.996, "99.6 %")),
        *((0.0003, "0.03 %"), (0.005, "1 %"), (0.995, "99.5 %")),
    ],
)
def test_chances_are_whole_percent_and_never_read_as_certain(value, text):
    assert fact_text(Fact("robustness.p_top", value, "chance")) == text


def test_words_of_a_wrapping_column_are_not_broken_while_others_can_give():
    text = printed(lambda console: Page(console).table(_wide_table()), width=80)
    lines = " ".join(text.split())
    for word in ("Transportation", "Infrastructure", "Manufacturing"):
        assert word in lines
    assert max(len(line) for line in text.splitlines()) <= 80


def _wide_table():
    cells = {
        "Sector": ["336 Transportation Equipment Manufacturing", "518 Infrastructure Providers"],
        "Figure": ["total wages of the year 2023", "jobs 2020"],
        "Lies between": ["$713.9 million and $2,008.7 million", "1,491 and 1,753"],
        "Its rank\nthen": ["36 or 1", "unranked or 4"],
        "Comes on": ["336, 518, 621, 541, 334; first: 336", "518, 621, 541, 334, 339, 484"],
        "Falls off": ["621, 541, 334, 339", "621"],
    }
    return [
        Column(title, rows, right=False, flexible=True, wraps=True) for title, rows in cells.items()
    ]


def ways_of(page, title):
    """Return the rows of one Markdown table by their first cell."""
    part = page.split(f"## {title}")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {row[0].strip(): [text.strip() for text in row[1:]] for row in rows[2:]}


def test_other_ways_say_what_they_keep(drawn, examined):
    page = render_robustness(drawn, examined, "markdown")
    rows = ways_of(page, "Other ways to score")
    shown = [one for one in examined.ways if one.kind in ("method", "scale", "aggregation")]
    assert len(rows) == len(shown) == 11
    for text, one in zip(rows.values(), shown, strict=True):
        assert text[0] == ("stays" if one.keeps_first else " and ".join(one.first))
        assert text[1] == (", ".join(one.joins) or "–")
        assert text[2] == (", ".join(one.leaves) or "–")
        assert text[3] == "1" or float(text[3]) == pytest.approx(one.kendall_tau, abs=0.005)
    kept = sum(one.keeps_first for one in shown), sum(one.keeps_shortlist for one in shown)
    first = drawn.ranking.matrix.sectors[drawn.ranking.order[0]].id
    said = f"Of 11 in all, {kept[0]} keep the first place ({first}), {kept[1]} the whole shortlist."
    assert said in page
    assert "No figure is missing" in page
    criteria = ways_of(page, "With one criterion or one sector left out")
    assert len(criteria) == len([one for one in examined.ways if one.kind == "without_criterion"])
    assert "Whichever one sector is left out" in page


def test_other_ways_are_in_the_json_without_draws_too():
    off = sample(draws=0)
    found = examine(off.ranking, off.config)
    result = json.loads(render_robustness(off, found, "json"))
    check(result, "robustness-1.schema.json")
    assert [one["id"] for one in result["other_ways"]] == [one.id for one in found.ways]
    for one in result["other_ways"]:
        assert one["keeps_shortlist"] == (not one["joins"] and not one["leaves"])
    assert "Other ways to score" in printed(lambda console: show_robustness(off, found, console))


def test_a_way_that_cannot_be_computed_is_listed_with_its_reason(drawn, examined):
    names = tuple(one.id for one in drawn.ranking.matrix.criteria)
    unable = OtherWay("scale", "points", why_not="there are no points", unable=names)
    ways = (*(one for one in examined.ways if one.kind != "scale"), unable)
    page = render_robustness(drawn, replace(examined, ways=ways), "markdown")
    text = ways_of(page, "Other ways to score")["scale: points at fixed figures"]
    assert text[0].startswith("can't be computed: there are no points (Share of the region's jobs,")
    assert text[0].endswith(f"and {len(names) - 3} more)")
    assert text[1:] == ["–", "–", "–"]
    result = document(drawn, replace(examined, ways=ways))
    check(result, "robustness-1.schema.json")
    (record,) = (one for one in result["other_ways"] if one["kind"] == "scale")
    assert record["keeps_first"] is record["keeps_shortlist"] is record["ranked"] is None
    assert record["unable"] == list(names)


def test_sectors_whose_absence_changes_others_are_shown_up_to_a_limit(drawn, examined):
    ids = [drawn.ranking.matrix.sectors[s].id for s in drawn.ranking.order]
    moved = [
        OtherWay("without_sector", name, first=("X",), joins=("Y",), leaves=("Z",), ranked=1,
                 kendall_tau=0.999)
        for name in ids[:20]
    ]  # fmt: skip
    still = [OtherWay("without_sector", name, keeps_first=True, ranked=1) for name in ids[20:]]
    ways = (*(one for one in examined.ways if one.kind != "without_sector"), *moved, *still)
    page = render_robustness(drawn, replace(examined, ways=ways), "markdown")
    rows = ways_of(page, "With one criterion or one sector left out")
    assert rows[ids[0]] == ["X", "Y", "Z", "just under 1"]
    assert [name for name in ids if name in rows] == ids[:15]
    assert f"Of {len(ids)} sectors, 20 change the first place" in page
    assert "the first 15 are shown" in page


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("renormalise", "for a missing one the sector's own score stands in"),
        ("neutral", "for a missing one 50 stands in"),
        ("worst", "for a missing one 0 stands in"),
        ("exclude", "they have them"),
    ],
)
def test_where_figures_are_missing_it_says_what_stands_in(drawn, examined, rule, words):
    value = drawn.ranking.matrix.value.copy()
    value[drawn.ranking.order[-1], 0] = np.nan
    matrix = replace(drawn.ranking.matrix, value=value, missing=rule)
    gaps = replace(drawn, ranking=replace(drawn.ranking, matrix=matrix))
    page = render_robustness(gaps, examined, "markdown")
    assert words in page
    rows = ways_of(page, "Other ways to score")
    assert sum(name.startswith("missing figure") for name in rows) == 3
