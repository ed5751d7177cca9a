"""What one criterion would have to be, and the cheapest combination; by brute force too."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.robustness.exact import municipal, rankings
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.config.models import Scale
from sectorscan.robustness.combination import cheapest
from sectorscan.robustness.held import held
from sectorscan.robustness.needed import needed_for_place, needed_to_reach, target
from sectorscan.scoring.rank import rank


def test_published_values_needed_for_first(shared):
    case, ranking = municipal(shared, "flip_municipal_plan")
    expected = case["expected"]["raw_value_needed_on_one_criterion_to_tie_for_first"]
    for sector, values in enumerate(expected):
        found = [one.value for one in needed_for_place(ranking, sector, 1)]
        assert found == [None if v is None else pytest.approx(v, abs=1e-6) for v in values]


def with_value(ranking, config, sector, place, value):
    """Rank again with one value changed, every scale set anew."""
    table = ranking.indicators
    column = table.column(ranking.matrix.criteria[place].id)
    arrays = {}
    for name in ("low", "value", "high"):
        array = getattr(table, name).copy()
        array[sector, column] = value
        arrays[name] = array
    return rank(replace(table, **arrays), config)


POINTS = {
    "rising": Scale(points=((0, 0), (40, 30), (60, 90), (100, 100))),
    "falling": Scale(points=((0, 100), (50, 80), (100, 0))),
    "bent": Scale(points=((0, 0), (30, 100), (60, 20), (100, 90))),
    "log": Scale(points=((1, 0), (10, 40), (100, 100)), log=True),
}
OTHERS = {m: Scale(method=m) for m in ("minmax", "zscore", "percentile", "rank")}


@st.composite
def cases(draw, scales, *, gaps=True):
    """Draw a config and a table over given scales; gates none, coverage none."""
    size = draw(st.integers(2, 5))
    names = draw(st.lists(st.sampled_from(sorted(scales)), min_size=2, max_size=3))
    columns, criteria = {}, {}
    values = st.floats(0, 110).map(lambda x: round(x, 1))
    cell = st.one_of(values, values, values, st.just(np.nan)) if gaps else values
    for k, name in enumerate(names):
        columns[f"c{k}"] = draw(st.lists(cell, min_size=size, max_size=size))
        falls = scales[name].method != "points" and draw(st.booleans())
        weight = draw(st.sampled_from([1.0, 2.0, 5.0]))
        criteria[f"c{k}"] = (weight, scales[name], "min" if falls else "max")
    config = scoring_config(
        criteria,
        aggregation=draw(st.sampled_from(["arithmetic", "geometric"])),
        missing=draw(st.sampled_from(["renormalise", "neutral", "worst"])),
        min_coverage=0.0,
    )
    return rank(indicator_table(columns), config), config


@settings(max_examples=60, deadline=None)
@given(cases(POINTS), st.sampled_from([1, 2]))
def test_a_value_needed_is_enough_and_nothing_nearer_is(case, place):
    ranking, config = case
    for sector in ranking.order:
        before = ranking.rank[sector]
        for k, one in enumerate(needed_for_place(ranking, sector, place)):
            assert not one.moves
            if before <= place:
                assert one.value is None or one.value == one.now
                continue
            goal = target(ranking, sector, place)
            tried = np.append(np.linspace(-5, 115, 61), one.now)
            if one.value is not None:
                then = with_value(ranking, config, sector, k, one.value)
                assert then.score[sector] >= goal - 1e-8
                if not np.isnan(one.now):
                    less = one.now + 0.999 * (one.value - one.now)
                    then = with_value(ranking, config, sector, k, less)
                    assert then.score[sector] <= goal + 1e-9
            for value in tried[~np.isnan(tried)]:
                reached = with_value(ranking, config, sector, k, value).score[sector] >= goal + 1e-6
                nearer = one.value is None or (
                    not np.isnan(one.now) and abs(value - one.now) < abs(one.value - one.now) - 1e-9
                )
                assert not (reached and nearer)


@settings(max_examples=60, deadline=None)
@given(cases(OTHERS, gaps=False))
def test_under_scales_that_move_along_the_searched_value_does_it(case):
    ranking, config = case
    assume(len(ranking.order) > 1)
    sector = ranking.order[-1]
    for k, one in enumerate(needed_for_place(ranking, sector, 1)):
        assert one.moves
        if one.moving is not None and ranking.rank[sector] > 1:
            then = with_value(ranking, config, sector, k, one.moving)
            assert then.score[sector] >= then.score[list(then.order)].max() - 1e-6
        if one.value is not None and ranking.rank[sector] > 1:
            scale = held(ranking, k)
            assert scale is not None
            assert one.value != one.now


def test_a_missing_criterion_joins_the_divisor():
    """70 alone; with b: (70 + b)/2 = 80."""
    table = indicator_table({"a": [80, 70], "b": [80, np.nan]})
    ranking = rank(table, scoring_config({"a": 1, "b": 1}, min_coverage=0.4))
    a, b = needed_for_place(ranking, 1, 1)
    assert (a.value, b.value) == (pytest.approx(80), pytest.approx(90))


def test_to_reach_one_other_is_not_to_be_first():
    table = indicator_table({"a": [90, 60, 40], "b": [50, 50, 50]})
    ranking = rank(table, scoring_config({"a": 1, "b": 1}))
    assert [one.value for one in needed_to_reach(ranking, 2, 1)] == pytest.approx([60, 70])


def test_a_log_scale_and_a_bent_one_give_the_nearest_crossing():
    scale = Scale(points=((0, 0), (10, 100), (20, 0), (40, 100)))
    table = indicator_table({"a": [10, 20, 19]})
    ranking = rank(table, scoring_config({"a": (1, scale)}))
    at_20, at_19 = (needed_for_place(ranking, s, 1)[0].value for s in (1, 2))
    assert (at_20, at_19) == (10, 10)
    log = Scale(points=((1, 0), (100, 100)), log=True)
    ranking = rank(indicator_table({"a": [10, 2]}), scoring_config({"a": (1, log)}))
    assert needed_for_place(ranking, 1, 1)[0].value == pytest.approx(10)


def brute(ranking, sector, goal, grids, lows, spans):
    """Return the least cost over a grid of every criterion's values."""
    now = ranking.matrix.value[sector]
    mesh = np.meshgrid(*grids, indexing="ij")
    values = np.stack([m.ravel() for m in mesh], axis=1)
    scaled = np.stack(
        [
            np.interp(values[:, k], *np.array(c.scale.points).T)
            for k, c in enumerate(ranking.matrix.criteria)
        ],
        axis=1,
    )
    if ranking.matrix.aggregation == "geometric":
        score = np.exp(np.log1p(0.99 * scaled) @ ranking.matrix.weights)
    else:
        score = scaled @ ranking.matrix.weights
    cost = (np.abs(values - now) / spans).sum(axis=1)
    enough = score >= goal - 1e-9
    return cost[enough].min() if enough.any() else None


@settings(max_examples=40, deadline=None)
@given(cases({k: POINTS[k] for k in ("rising", "falling", "bent")}, gaps=False))
def test_the_cheapest_combination_is_enough_and_no_grid_finds_a_cheaper_one(case):
    ranking, config = case
    sector = ranking.order[-1]
    assume(ranking.rank[sector] > 1)
    assume((ranking.matrix.value[sector] <= 100).all())
    goal = target(ranking, sector, 1)
    found = cheapest(ranking, sector, 1)
    count = len(ranking.matrix.criteria)
    points = 201 if count == 2 else 41
    grids = [
        np.unique(np.append(np.linspace(0, 100, points), [now, 30, 40, 60]))
        for now in ranking.matrix.value[sector]
    ]
    least = brute(ranking, sector, goal, grids, np.zeros(count), 100.0)
    if found is None:
        assert least is None
        return
    then = ranking
    for change in found.changes:
        place = [c.id for c in ranking.matrix.criteria].index(change.criterion)
        then = with_value(then, config, sector, place, change.then)
    assert then.score[sector] >= goal - 1e-6
    assert found.cost == pytest.approx(
        sum(abs(change.then - change.now) / 100 for change in found.changes)
    )
    if least is not None:
        slack = 1e-6 if found.exact else 0.02
        assert found.cost <= least + slack


def test_limits_hold_and_what_is_outside_them_may_stay():
    table = indicator_table({"a": [90, 40], "b": [90, 40]})
    ranking = rank(table, scoring_config({"a": 1, "b": 1}))
    free = cheapest(ranking, 1, 1)
    assert free is not None
    assert free.cost == pytest.approx(1.0)
    tight = cheapest(ranking, 1, 1, {"a": (0, 85)})
    assert tight is not None
    then = {change.criterion: change.then for change in tight.changes}
    assert then["a"] <= 85 + 1e-9
    assert then["a"] + then["b"] == pytest.approx(180)
    assert cheapest(ranking, 1, 1, {"a": (0, 60), "b": (0, 60)}) is None
    assert cheapest(ranking, 1, 1, {"a": (50, 60)}) is None
    only = cheapest(ranking, 1, 1, {"a": (95, 100)})
    assert only is not None
    assert {c.criterion for c in only.changes} == {"a", "b"}


@settings(max_examples=40, deadline=None)
@given(rankings(sectors=(3, 5)))
def test_sectors_in_place_need_nothing(ranking):
    for sector in ranking.order:
        if ranking.rank[sector] <= 2:
            found = cheapest(ranking, sector, 2)
            assert found is not None
            assert (found.changes, found.cost) == ((), 0.0)
