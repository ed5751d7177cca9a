"""The tree pass against a linear programme, and the estimates against what they promise."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from sectorscan.sources.shares import share_out
from sectorscan.sources.tree import SUPERSECTORS, parents, under_aggregates
from sectorscan.sources.withheld import Bounds, Forest, bound, estimate


def linear_programme_bounds(forest, low, high, slack, cells, complete=None):
    """The ends of single cells by HiGHS: children within the slack of their parent's value."""
    size = len(low)
    full = np.ones(size, dtype=bool) if complete is None else complete
    parents = np.flatnonzero(forest.children > 0)
    row_of = {parent: row for row, parent in enumerate(parents)}
    below = np.flatnonzero(forest.parent >= 0)
    rows = [*range(len(parents)), *(row_of[forest.parent[node]] for node in below)]
    columns = [*parents, *below]
    signs = [1.0] * len(parents) + [-1.0] * len(below)
    # parent - children lies in [-slack, slack], or [-slack, inf) where children are absent
    matrix = csr_array((signs, (rows, columns)), shape=(len(parents), size))
    ceiling = np.where(full[parents], slack[parents], np.inf)
    finite = np.isfinite(ceiling)
    a_ub = np.vstack([matrix.toarray()[finite], -matrix.toarray()])
    b_ub = np.concatenate([ceiling[finite], slack[parents]])
    limits = [(lo, None if np.isinf(hi) else hi) for lo, hi in zip(low, high, strict=True)]
    ends = []
    for cell in cells:
        goal = np.zeros(size)
        goal[cell] = 1.0
        least = linprog(goal, a_ub, b_ub, bounds=limits, method="highs")
        most = linprog(-goal, a_ub, b_ub, bounds=limits, method="highs")
        assert least.status == 0
        # feasible, so without an optimum it is unbounded
        ends.append((least.fun, -most.fun if most.status == 0 else np.inf))
    return np.array(ends).reshape(len(ends), 2)


@pytest.mark.parametrize("seed", range(8))
def test_tree_pass_equals_linear_programme_on_random_trees(random_forest, joined, seed):
    rng = np.random.default_rng(seed)
    cases = [random_forest(rng, rng.uniform(0.1, 0.9)) for _ in range(30)]
    forest = joined([case[0] for case in cases])
    low = np.concatenate([case[2] for case in cases])
    high = np.concatenate([case[3] for case in cases])
    together = bound(forest, low, high, forest.rounding_slack())
    assert not together.contradicted.any()
    truth = np.concatenate([case[1] for case in cases])
    assert np.all((together.low <= truth + 1e-9) | (low == high))
    assert np.all((truth <= together.high + 1e-9) | (low == high))
    shift = 0
    for one, _, one_low, one_high, withheld in cases:
        cells = np.flatnonzero(withheld)[:6] if len(withheld) < 150 else []
        ends = linear_programme_bounds(one, one_low, one_high, one.rounding_slack(), cells)
        for cell, (least, most) in zip(cells, ends, strict=True):
            assert together.low[shift + cell] == pytest.approx(least, abs=1e-6)
            assert together.high[shift + cell] == pytest.approx(most, abs=1e-6)
        shift += len(one.parent)


@pytest.mark.parametrize("seed", range(4))
def test_tree_pass_equals_linear_programme_where_children_are_absent(random_forest, seed):
    rng = np.random.default_rng(100 + seed)
    for _ in range(15):
        forest, _, low, high, withheld = random_forest(rng, 0.5, depth=4)
        # where children may be absent, their sum is a lower end only
        complete = rng.random(len(low)) < 0.6
        slack = forest.rounding_slack()
        cells = np.flatnonzero(withheld)[:6]
        ends = linear_programme_bounds(forest, low, high, slack, cells, complete)
        bounds = bound(forest, low, high, slack, complete)
        np.testing.assert_allclose(bounds.low[cells], ends[:, 0], atol=1e-6)
        np.testing.assert_allclose(bounds.high[cells], ends[:, 1], atol=1e-6)


def group_of(parent_value, disclosed, withheld_count):
    """A parent, its disclosed children, its withheld ones."""
    children = len(disclosed) + withheld_count
    forest = Forest.of(np.array([-1] + [0] * children))
    low = np.array([parent_value, *disclosed, *[0.0] * withheld_count], dtype=float)
    high = np.array([parent_value, *disclosed, *[np.inf] * withheld_count], dtype=float)
    return forest, low, high


def test_small_cases_florida_2016(shared):
    cases = json.loads(shared("oracles/regional/suppression_small_cases.json").read_text("utf-8"))
    for case in cases["cases"]:
        forest, low, high = group_of(
            case["parent_emp"], case["disclosed"].values(), len(case["suppressed"])
        )
        no_slack = bound(forest, low, high, np.zeros(len(low)))
        first = 1 + len(case["disclosed"])
        residual = case["residual"]
        assert no_slack.low[first:].tolist() == [0.0] * len(case["suppressed"])
        assert no_slack.high[first:].tolist() == [residual] * len(case["suppressed"])
        if "bounds_each_exact" in case:
            assert [no_slack.low[first], no_slack.high[first]] == case["bounds_each_exact"]
        establishments = np.array([cell["estabs"] for cell in case["suppressed"].values()])
        true = np.array([cell["true"] for cell in case["suppressed"].values()])
        expected = np.concatenate([np.zeros(first), establishments])
        withheld = np.where(low == high, low, np.nan)
        values = estimate(forest, withheld, no_slack, expected)[first:]
        np.testing.assert_allclose(values, residual * establishments / establishments.sum())
        # the true sum may differ from the residual by the rounding of the published averages
        assert abs(true.sum() - residual) <= forest.rounding_slack()[0]
        slack = bound(forest, low, high, forest.rounding_slack())
        assert np.all((slack.low[first:] <= true) & (true <= slack.high[first:]))


def test_a_parent_without_children_constrains_nothing_and_stays_unbounded():
    forest = Forest.of(np.array([-1, -1]))
    bounds = bound(forest, np.zeros(2), np.array([np.inf, np.inf]), forest.rounding_slack())
    assert bounds.low.tolist() == [0.0, 0.0]
    assert np.isinf(bounds.high).all()


def test_a_withheld_parent_is_the_sum_of_its_disclosed_children():
    forest, low, high = group_of(50.0, [20.0, 30.0], 0)
    low[0], high[0] = 0.0, np.inf
    bounds = bound(forest, low, high, forest.rounding_slack())
    assert (bounds.low[0], bounds.high[0]) == (48.5, 51.5)


def test_contradicting_children_are_kept_below_their_parent_and_reported():
    forest, low, high = group_of(100.0, [80.0, 70.0], 2)
    bounds = bound(forest, low, high, forest.rounding_slack())
    assert bounds.contradicted.tolist() == [True, False, False, False, False]
    assert bounds.low.tolist() == [100.0, 80.0, 70.0, 0.0, 0.0]
    assert bounds.high.tolist() == [100.0, 80.0, 70.0, 100.0, 100.0]
    disclosed = np.where(low == high, low, np.nan)
    values = estimate(forest, disclosed, bounds, np.array([0, 0, 0, 30.0, 400.0]))
    assert values.tolist() == [100.0, 80.0, 70.0, 30.0, 100.0]


def test_disclosed_children_short_of_their_parent_change_nothing():
    forest, low, high = group_of(100.0, [10.0, 20.0], 0)
    bounds = bound(forest, low, high, forest.rounding_slack())
    assert bounds.contradicted[0]
    assert bounds.low.tolist() == bounds.high.tolist() == [100.0, 10.0, 20.0]


def test_a_contradiction_leaves_the_rest_of_the_tree_exact():
    # 0 -> 1, 2; 1 -> 3, 4 contradict 1; 2 -> 5 (withheld), 6
    forest = Forest.of(np.array([-1, 0, 0, 1, 1, 2, 2]))
    low = np.array([100.0, 60, 40, 50, 30, 0, 15])
    high = np.array([100.0, 60, 40, 50, 30, np.inf, 15])
    bounds = bound(forest, low, high, np.zeros(7))
    assert np.flatnonzero(bounds.contradicted).tolist() == [1]
    assert (bounds.low[5], bounds.high[5]) == (25.0, 25.0)


def test_forest_refuses_circles_and_strangers():
    with pytest.raises(ValueError, match="its own ancestor"):
        Forest.of(np.array([1, 0]))
    with pytest.raises(ValueError, match="outside"):
        Forest.of(np.array([-1, 7]))


cells = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.one_of(st.just(0.0), st.floats(1e-3, 1e6)),
        st.floats(0, 1e4),
        st.one_of(st.just(np.inf), st.floats(0, 1e5)),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(cells, st.floats(0, 3))
def test_shares_lie_in_their_bounds_and_add_up(rows, position):
    group = np.array([row[0] for row in rows])
    weight = np.array([row[1] for row in rows])
    low = np.array([row[2] for row in rows])
    high = low + np.array([row[3] for row in rows])
    least = np.bincount(group, low, 5)
    total = least * (1 + position) + position
    values = share_out(total, weight, low, high, group)
    assert np.all(values >= low - 1e-9 * (1 + low))
    assert np.all(values <= high * (1 + 1e-9))
    target = np.clip(total, least, np.bincount(group, high, 5))
    np.testing.assert_allclose(np.bincount(group, values, 5), target, rtol=1e-9, atol=1e-9)


@settings(max_examples=100, deadline=None)
@given(cells, st.floats(0.01, 100))
def test_shares_do_not_depend_on_the_scale_of_weights(rows, factor):
    group = np.array([row[0] for row in rows])
    weight = np.array([row[1] for row in rows])
    low = np.array([row[2] for row in rows])
    high = low + np.array([row[3] for row in rows])
    total = np.bincount(group, low, 5) * 1.7 + 3
    once = share_out(total, weight, low, high, group)
    again = share_out(total, weight * factor, low, high, group)
    np.testing.assert_allclose(once, again, rtol=1e-6, atol=1e-6)


def test_shares_follow_weights_until_a_bound_binds():
    # 10 of 40 by weight would be 8 and 32; the second cell holds 20, so the first takes the rest.
    values = share_out(
        np.array([40.0]),
        np.array([1.0, 4.0]),
        np.zeros(2),
        np.array([50.0, 20.0]),
        np.zeros(2, int),
    )
    assert values.tolist() == [20.0, 20.0]
    even = share_out(
        np.array([9.0]), np.zeros(3), np.zeros(3), np.full(3, np.inf), np.zeros(3, int)
    )
    assert even.tolist() == [3.0, 3.0, 3.0]


def test_a_cell_without_weight_takes_what_the_others_cannot_hold():
    values = share_out(
        np.array([10.0]), np.array([1.0, 0.0]), np.zeros(2), np.array([4.0, 20.0]), np.zeros(2, int)
    )
    assert values.tolist() == [4.0, 6.0]


@pytest.mark.parametrize("seed", range(5))
def test_estimates_lie_in_their_bounds_and_match_their_parents(random_forest, seed):
    rng = np.random.default_rng(seed)
    for _ in range(60):
        forest, truth, low, high, withheld = random_forest(rng, 0.5)
        slack = forest.rounding_slack()
        bounds = bound(forest, low, high, slack)
        disclosed = np.where(withheld, np.nan, low)
        expected = truth * rng.lognormal(0, 1, len(truth))
        values = estimate(forest, disclosed, bounds, expected)
        assert np.array_equal(values[~withheld], low[~withheld])
        assert np.all(values >= bounds.low - 1e-9)
        assert np.all(values <= bounds.high + 1e-9)
        parents = forest.children > 0
        gap = np.abs(forest.sum_of_children(values) - values)[parents]
        assert np.all(gap <= slack[parents] + 1e-6)


def test_absent_children_make_the_rest_a_ceiling():
    forest, low, high = group_of(100.0, [10.0], 2)
    complete = np.array([False, True, True, True])
    bounds = bound(forest, low, high, np.zeros(4), complete)
    assert bounds.high[2:].tolist() == [90.0, 90.0]
    disclosed = np.where(low == high, low, np.nan)
    few = estimate(forest, disclosed, bounds, np.array([0, 0, 12.0, 20.0]), complete)
    assert few[2:].tolist() == [12.0, 20.0]
    many = estimate(forest, disclosed, bounds, np.array([0, 0, 60.0, 120.0]), complete)
    np.testing.assert_allclose(many[2:], [30.0, 60.0])


def test_nothing_expected_and_no_parent_stays_unknown():
    forest = Forest.of(np.array([-1, -1]))
    bounds = Bounds(np.array([0.0, 0.0]), np.array([np.inf, np.inf]), np.zeros(2, dtype=bool))
    values = estimate(forest, np.array([np.nan, np.nan]), bounds, np.array([np.nan, 7.0]))
    assert np.isnan(values[0])
    assert values[1] == 7.0


def test_a_withheld_parent_leaves_room_beside_its_disclosed_child():
    """1,000 in all; a withheld sector with a disclosed child (300) and another; one more sector.

    By its own establishments the sector is expected to have 250 only: the withheld child would
    count as nothing, though up to 700 jobs are open.
    """
    forest = Forest.of(np.array([-1, 0, 0, 1, 1]))
    nan = np.nan
    disclosed = np.array([1000.0, nan, nan, 300.0, nan])
    withheld = np.isnan(disclosed)
    low = np.where(withheld, 0.0, disclosed)
    bounds = bound(forest, low, np.where(withheld, np.inf, disclosed), np.zeros(5))
    values = estimate(forest, disclosed, bounds, np.array([nan, 250.0, 500.0, nan, 100.0]))
    # 400 (the child's 300 and 100) and 500 are expected, 1,000 are there: k = 10/9.
    np.testing.assert_allclose(values, [1000, 4000 / 9, 5000 / 9, 300, 1300 / 9])


def test_where_less_is_left_than_expected_the_lows_stay_certain():
    """600 in all; a cell of at least 300 (400 expected) and another (500): 300 + 50 and 250."""
    forest = Forest.of(np.array([-1, 0, 0]))
    disclosed = np.array([600.0, np.nan, np.nan])
    bounds = bound(
        forest, np.array([600.0, 300.0, 0.0]), np.array([600.0, np.inf, np.inf]), np.zeros(3)
    )
    values = estimate(forest, disclosed, bounds, np.array([np.nan, 400.0, 500.0]))
    np.testing.assert_allclose(values, [600, 350, 250])


@pytest.mark.parametrize("seed", range(5))
def test_supersectors_never_widen_and_never_exclude_the_truth(seed):
    """A county with true figures: sectors under supersectors and domains, most of them hidden."""
    rng = np.random.default_rng(seed)
    for _ in range(40):
        sectors = [code for code in SUPERSECTORS if rng.random() < 0.8] or ["11"]
        truth = {code: 300 * rng.random() for code in sectors}
        for code in sectors:
            for above in (SUPERSECTORS[code], SUPERSECTORS[code][:3], "10"):
                truth[above] = truth.get(above, 0.0) + truth[code]
        codes = sorted(truth)
        true = np.array([truth[code] for code in codes])
        hidden = rng.random(len(codes)) < rng.uniform(0.2, 0.8)
        low = np.where(hidden, 0.0, np.round(true))
        high = np.where(hidden, np.inf, np.round(true))
        group, code = np.zeros(len(codes), dtype=np.intp), np.arange(len(codes))
        direct = parents(group, code, codes)
        plain = Forest.of(direct)
        first = bound(plain, low, high, plain.rounding_slack())
        full = Forest.of(under_aggregates(direct, group, code, codes))
        both = bound(full, first.low, first.high, full.rounding_slack())
        assert not both.contradicted.any()
        assert np.all(both.low[hidden] <= true[hidden] + 1e-9)
        assert np.all(true[hidden] <= both.high[hidden] + 1e-9)
        assert np.all((both.low >= first.low) & (both.high <= first.high))


def test_a_disclosed_supersector_tells_a_withheld_sector():
    """Manufacturing is the whole of 1013; 11 and 21 share what is left of 1011."""
    codes = ["10", "101", "1011", "1013", "11", "21", "31-33"]
    group, code = np.zeros(7, dtype=np.intp), np.arange(7)
    parent = under_aggregates(parents(group, code, codes), group, code, codes)
    assert parent.tolist() == [-1, 0, 1, 1, 2, 2, 3]
    forest = Forest.of(parent)
    low = np.array([150.0, 150, 50, 100, 20, 0, 0])
    high = np.array([150.0, 150, 50, 100, 20, np.inf, np.inf])
    wages = bound(forest, low, high, np.zeros(7))
    assert (wages.low[5], wages.high[5]) == (30.0, 30.0)
    assert (wages.low[6], wages.high[6]) == (100.0, 100.0)


def test_a_sector_whose_supersector_has_no_row_stands_under_the_domain():
    codes = ["10", "102", "1023", "22", "52", "221"]
    group, code = np.zeros(6, dtype=np.intp), np.arange(6)
    parent = under_aggregates(parents(group, code, codes), group, code, codes)
    assert parent.tolist() == [-1, 0, 1, 1, 2, 3]
