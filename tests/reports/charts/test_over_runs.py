"""The charts over a project's runs: gaps, names that don't overlap, who stands out, intervals."""

import json
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.trends import make_trend

from sectorscan.reports.charts import labels, runs
from sectorscan.reports.charts.model import Look
from sectorscan.reports.charts.over_time import ranks_over_time
from sectorscan.reports.charts.render import to_svg
from sectorscan.reports.charts.score_panels import scores_over_time

WIDTHS = (330, 640, 1060)


def rows_with(spec, *fields):
    """Return every row of a definition that has these fields."""
    found = []
    if isinstance(spec, dict):
        for key, one in spec.items():
            if key == "values" and isinstance(one, list) and one and isinstance(one[0], dict):
                found += [row for row in one if set(fields) <= set(row)]
            else:
                found += rows_with(one, *fields)
    elif isinstance(spec, list):
        for one in spec:
            found += rows_with(one, *fields)
    return found


heights = st.lists(st.floats(0, 400), min_size=1, max_size=25).map(sorted)


@given(heights)
def test_names_are_apart_in_order_and_stay_where_there_is_room(wanted):
    placed = labels.spread(wanted, 15, 0)
    assert all(below - above >= 15 - 1e-9 for above, below in pairwise(placed))
    assert placed[0] >= 0
    if all(below - above >= 15 for above, below in pairwise(wanted)):
        assert placed == pytest.approx(wanted)


def test_names_that_would_overlap_share_the_distance():
    assert labels.spread([50, 50, 90], 20, 0) == [40, 60, 90]
    assert labels.spread([0, 0], 20, 0) == [0, 20]


def test_a_run_without_a_rank_is_a_gap():
    trend = make_trend(6, 12)
    gaps = sum(s is None for one in trend.listed for s in one.standings)
    assert gaps
    chart = ranks_over_time(trend, Look(width=1060))
    drawn = next(layer for layer in chart.spec["layer"] if "layer" in layer)["data"]["values"]
    assert len(drawn) == 6 * len(trend.listed)
    assert sum(row["rank"] is None for row in drawn) == gaps
    assert 0 not in [row["rank"] for row in drawn]
    assert {row["n"]: row["sector"] for row in drawn if row["rank"] is not None} == dict(
        enumerate(one.name for one in trend.listed)
    )
    text = json.dumps(chart.spec)
    assert "break-paths-show-domains" in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 20])
def test_names_stand_apart_and_inside_the_picture(width, count):
    trend = make_trend(count, 60, top=10)
    # All of one rank, as ties have it, and one that isn't ranked any more.
    first, *others = trend.sectors
    last = first.standings[-1] or others[0].standings[-1]
    tied = [replace(one, standings=(*one.standings[:-1], last)) for one in others[:6]]
    gone = replace(first, standings=(*(one or last for one in first.standings[:-1]), None))
    sectors = (*tied, *others[6:], *([gone] if count > 1 else []))
    chart = ranks_over_time(replace(trend, sectors=sectors), Look(width=width))
    # The names and the lines to them have the same rows.
    names = list({row["n"]: row for row in rows_with(chart.spec, "name", "x1", "y1")}.values())
    assert len(names) == len(runs.drawn(replace(trend, sectors=sectors)))
    places = sorted(row["y1"] for row in names)
    assert all(below - above >= 14.9 for above, below in pairwise(places))
    assert all(
        row["x1"] + labels.text_width(row["name"], 12) + 4 <= width for row in names
    )  # fmt: skip
    assert ("left: " in names[-1]["name"]) == (count > 1)


def test_at_most_twenty_stand_out_the_latest_among_them():
    trend = make_trend(20, 100, top=12)
    drawn = runs.drawn(trend)
    assert len(trend.listed) > len(drawn) == runs.MOST
    now = {one.id for one in trend.sectors if trend.lists(one.standings[-1])}
    assert now <= {one.id for one in drawn}
    for make in (ranks_over_time, scores_over_time):
        notes = " ".join(make(trend, Look()).notes)
        assert f"{len(drawn)} of these sectors" in notes
        assert f"{len(trend.listed) - len(drawn)} " in notes


def test_a_dashed_line_stands_before_each_run_whose_settings_changed():
    trend = make_trend(8)
    chart = ranks_over_time(trend, Look(width=1060))
    marks = rows_with(chart.spec, "run", "letter")
    assert {(row["run"], row["letter"]) for row in marks} == {
        ("before 2008-11-01", "a"), ("before 2011-11-01", "b"),
    }  # fmt: skip
    assert "a) before 2008-11-01: growth's weight from 20 to 35" in chart.notes[0]
    steady = replace(trend, runs=tuple(replace(run, settings=()) for run in trend.runs))
    chart = ranks_over_time(steady, Look())
    assert not rows_with(chart.spec, "letter")
    assert chart.notes == ()
    assert runs.letters(28)[24:] == ["y", "z", "a2", "b2"]


@pytest.mark.parametrize("width", WIDTHS)
def test_run_names_do_not_overlap(width):
    for count in (1, 3, 10, 20, 45):
        for plot in (width * 0.4, width - 60):
            axis = runs.RunAxis(make_trend(count, 5), plot).encoding
            names, shown = axis["scale"]["domain"], axis["axis"]["values"]
            assert len(names) == 2 * count - 1
            assert shown[-1] == names[-1]
            step = (plot - 2 * runs.MARGIN) / max(len(names) - 1, 1)
            apart = [step * (names.index(b) - names.index(a)) for a, b in pairwise(shown)]
            assert all(one >= 70 for one in apart)


def test_scores_have_their_intervals_and_readiness():
    trend = make_trend(6, 12, rated=True)
    chart = scores_over_time(trend, Look(width=640))
    rows = rows_with(chart.spec, "panel")
    by_key = {(row["sector"], row["run"]): row for row in rows if "sector" in row}
    known = [(one, run, s) for one in trend.listed
             for run, s in zip(trend.runs, one.standings, strict=True)]  # fmt: skip
    assert len(rows) == len(known)
    for one, run, s in known:
        if s is None:
            assert (one.name, run.name) not in by_key
            continue
        row = by_key[one.name, run.name]
        assert (row["score"], row["readiness"]) == (s.score, s.readiness)
        assert (row.get("low"), row.get("high")) == (
            (None, None) if s.certain else (s.low, s.high)
        )  # fmt: skip
    assert [s.score for row in (known,) for _, _, s in row if s] == [row[2] for row in chart.rows]
    assert "never mixed into the score" in chart.subtitle
    plain = scores_over_time(make_trend(6, 12), Look(width=640))
    assert "readiness" not in [column.name for column in plain.columns]


def test_pictures_are_drawn_whatever_the_words():
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    titles = ("</script><img src=x onerror=alert(1)>", '"&\u2028\x00 {0}', "X" * 300)
    trend = make_trend(3, 6, rated=True, titles=titles, region="<b>&")
    for make in (ranks_over_time, scores_over_time):
        drawn = to_svg(make(trend, Look(framed=True)))
        ET.fromstring(drawn)  # noqa: S314
        assert b"<img" not in drawn
        assert drawn == to_svg(make(trend, Look(framed=True)))
