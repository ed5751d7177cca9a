"""Charts: every number is the ranking's, text stays text, what is missing is said."""

import json
import math
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sectorscan.reports import view
from sectorscan.reports.charts import all_charts, pictures, render
from sectorscan.reports.charts.acceptability import acceptability
from sectorscan.reports.charts.concentration import growth_concentration
from sectorscan.reports.charts.contributions import contributions
from sectorscan.reports.charts.intervals import rank_intervals
from sectorscan.reports.charts.model import Look

LOOK = Look()


def by_sector(shortlist, chart):
    """Return each ranked sector's place in the ranking with its row."""
    places = {view.candidate_of(shortlist, s.id).name: n
              for n, s in enumerate(shortlist.ranking.indicators.sectors)}  # fmt: skip
    rows = chart.records()
    assert len(rows) == len(shortlist.ranking.order)
    return [(places[row["sector"]], row) for row in rows]


def known(value):
    return None if math.isnan(value) else value


def test_bubbles_have_the_rankings_numbers(sample):
    ranking = sample.ranking
    for s, row in by_sector(sample, growth_concentration(sample, LOOK)):
        assert row["rank"] == ranking.rank[s]
        for name in ("employment_cagr_pct", "location_quotient", "employment"):
            assert row[name] == known(ranking.indicators.values(name)[s])
        assert row["quadrant"] == sample.recommendations[s].quadrant


def test_the_drawn_bubbles_are_those_of_the_table(sample):
    chart = growth_concentration(sample, LOOK)
    drawn = next(
        layer["data"]["values"] for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "circle"
    )  # fmt: skip
    table = {row["sector"]: row for row in chart.records()}
    for bubble in drawn:
        row = table[bubble["sector"]]
        assert (bubble["growth"], bubble["lq"], bubble["jobs"]) == (
            row["employment_cagr_pct"], row["location_quotient"], row["employment"],
        )  # fmt: skip
    assert len(drawn) == len(table)
    # Area, not radius, goes with jobs.
    first, second = sorted(drawn, key=lambda b: b["jobs"])[-2:]
    assert first["size"] / second["size"] == pytest.approx(first["jobs"] / second["jobs"])


def test_cross_hairs_are_at_lq_1_and_the_benchmarks_growth(sample):
    rules = [
        layer["encoding"] for layer in growth_concentration(sample, LOOK).spec["layer"]
        if layer["mark"]["type"] == "rule" and "strokeDash" in layer["mark"]
    ]  # fmt: skip
    growth = sample.ranking.indicators.benchmark["employment_cagr_pct"]
    assert rules == [{"y": {"datum": 1}}, {"x": {"datum": growth}}]


def test_contributions_add_up_to_the_scores(sample):
    ranking = sample.ranking
    chart = contributions(sample, LOOK)
    groups = [c.name for c in chart.columns if c.name.startswith("group_")]
    assert len(groups) == len({c.group for c in ranking.matrix.criteria if c.weight > 0})
    for s, row in by_sector(sample, chart):
        assert row["score"] == ranking.score[s]
        assert sum(row[name] or 0 for name in groups) == pytest.approx(ranking.score[s], abs=1e-9)
        assert sum(row[name] or 0 for name in groups) == pytest.approx(
            np.nansum(ranking.contribution[s])
        )


def test_what_neutral_fills_in_has_its_own_part(nasty):
    ranking = replace(nasty.ranking, contribution=np.full_like(nasty.ranking.contribution, 20.0))
    shortlist = replace(nasty, ranking=ranking)
    row = contributions(shortlist, LOOK).records()[0]
    parts = sum(row[name] for name in row if name.startswith("group_"))
    assert row["filled_in"] == pytest.approx(row["score"] - parts)


def test_rank_intervals_are_the_draws(sample):
    found = sample.robustness
    for s, row in by_sector(sample, rank_intervals(sample, LOOK)):
        own = sample.ranking.indicators.sectors[s].id
        for name in ("rank_p05", "rank_p50", "rank_p95", "p_top"):
            assert row[name] == found.number(own, name)


def test_the_heat_map_is_p_rank(sample):
    found = sample.robustness
    for s, row in by_sector(sample, acceptability(sample, LOOK)):
        place = found.place[sample.ranking.indicators.sectors[s].id]
        shares = [row[name] for name in row if name.startswith("rank_")]
        assert shares == found.acceptability.p_rank[place].tolist()
        assert sum(shares) == pytest.approx(1)


def test_without_draws_only_two_charts(sample):
    charts = all_charts(replace(sample, robustness=None), LOOK)
    assert [c.name for c in charts] == ["growth-concentration", "contributions"]


def test_without_the_benchmarks_growth_there_are_no_quadrants(sample):
    table = sample.ranking.indicators
    table = replace(table, benchmark={**table.benchmark, "employment_cagr_pct": math.nan})
    shortlist = replace(sample, ranking=replace(sample.ranking, indicators=table))
    chart = growth_concentration(shortlist, LOOK)
    assert "The quadrants are not known, because the benchmark's growth is missing." in chart.notes
    assert "transforming" not in json.dumps(chart.spec["layer"])


def test_a_sector_without_growth_is_named_and_left_out(sample):
    table = sample.ranking.indicators
    value = table.value.copy()
    first = sample.ranking.order[0]
    value[first, table.column("employment_cagr_pct")] = math.nan
    table = replace(table, value=value)
    chart = growth_concentration(
        replace(sample, ranking=replace(sample.ranking, indicators=table)), LOOK
    )
    name = view.ranked(sample)[0].name
    assert name in next(note for note in chart.notes if "isn't known" in note)
    assert chart.records()[0]["employment_cagr_pct"] is None
    drawn = json.dumps([layer["data"] for layer in chart.spec["layer"]])
    assert name not in drawn


def test_a_sector_far_off_is_named_and_doesnt_flatten_the_rest(sample):
    table = sample.ranking.indicators
    value = table.value.copy()
    last = sample.ranking.order[-1]
    value[last, table.column("employment_cagr_pct")] = 900.0
    table = replace(table, value=value)
    shortlist = replace(sample, ranking=replace(sample.ranking, indicators=table))
    chart = growth_concentration(shortlist, LOOK)
    name = view.ranked(sample)[-1].name
    expected = f"Far outside the picture: {name}, growth 900.0 % a year"
    assert any(note.startswith(expected) for note in chart.notes)
    domain = next(
        layer["encoding"]["x"]["scale"]["domain"] for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "circle"
    )  # fmt: skip
    assert domain[1] < 50


@pytest.mark.parametrize("look", [Look(), Look(dark=True), Look(width=340), Look(framed=True)])
def test_every_chart_is_plain_json_with_words_for_those_who_dont_see_it(sample, look):
    for chart in all_charts(sample, look):
        assert json.loads(json.dumps(chart.spec, allow_nan=False)) == chart.spec
        assert chart.alt.endswith(".")
        assert view.ranked(sample)[0].name in chart.alt
        assert len({c.name for c in chart.columns}) == len(chart.columns) == len(chart.rows[0])


def test_a_picture_that_stands_alone_says_synthetic_and_names_its_source(sample):
    for chart in pictures(sample, Look(framed=True)):
        said = " ".join(chart.spec["title"]["subtitle"])
        assert view.SYNTHETIC_BANNER in said
        assert "2018 to 2023" in said
        assert "source: employment.csv" in said
    bare = pictures(sample, Look())
    assert not any("title" in chart.spec for chart in bare)


def expressions(spec):
    """Yield every text that Vega would read as an expression."""
    if isinstance(spec, dict):
        for key, inner in spec.items():
            if key in ("expr", "signal", "calculate", "test", "filter", "labelExpr", "update"):
                yield json.dumps(inner)
            elif key != "values":
                yield from expressions(inner)
    elif isinstance(spec, list):
        for inner in spec:
            yield from expressions(inner)


def test_text_of_others_is_never_an_expression(sample, nasty):
    for shortlist in (sample, nasty):
        for chart in all_charts(shortlist, Look(framed=True)):
            assert set(expressions(chart.spec)) <= {'"datum.share > 0.5"'}


def test_hostile_titles_stay_text(nasty):
    pytest.importorskip("vl_convert")
    for chart in pictures(nasty, Look(framed=True)):
        root = ET.fromstring(render.to_svg(chart))  # noqa: S314
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "img", "a", "foreignObject", "image"}
        assert all(ord(c) >= 32 or c in "\n\t" for c in "".join(root.itertext()))
    told = "".join(root.itertext())
    assert "</script><img src=x" in told


def test_same_bytes_twice(sample):
    pytest.importorskip("vl_convert")
    for one, two in zip(pictures(sample, LOOK), pictures(sample, LOOK), strict=True):
        assert render.to_svg(one) == render.to_svg(two)
        assert render.to_png(one) == render.to_png(two)
        assert render.to_png(one).startswith(b"\x89PNG")


def test_a_group_without_figures_is_said(sample):
    ranking = sample.ranking
    contribution = ranking.contribution.copy()
    places = [n for n, c in enumerate(ranking.matrix.criteria) if c.group == "growth"]
    first, *others = ranking.order
    contribution[np.ix_([first], places)] = math.nan
    shortlist = replace(sample, ranking=replace(ranking, contribution=contribution))
    chart = contributions(shortlist, LOOK)
    assert f"No figures of growth: {view.ranked(sample)[0].name}." in chart.notes
    column = next(c.name for c in chart.columns if c.title == "Growth, points")
    assert chart.records()[0][column] is None
    contribution[np.ix_(others, places)] = math.nan
    chart = contributions(shortlist, LOOK)
    assert "No figures of growth, of any sector." in chart.notes
