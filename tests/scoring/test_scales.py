import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sectorscan.config.models import Scale
from sectorscan.scoring.scales import (
    DATA_DEPENDENT,
    is_constant,
    minmax,
    percentile,
    points,
    rank_share,
    scale_column,
    scale_ends,
    z,
    zscore,
)

LQ = Scale(points=((0.5, 0), (1, 50), (1.25, 75), (2, 100)))
SHARE = Scale(points=((0.25, 0), (1, 50), (5, 100)), log=True)
METHODS = sorted(DATA_DEPENDENT)
NAN, INF = np.nan, np.inf


def scored(scale, *values, direction="max", passing=None):
    x = np.array(values, dtype=float)
    members = np.ones(x.shape, dtype=bool) if passing is None else np.array(passing)
    return scale_column(x, members, scale, direction)


def ends(scale, low, value, high, direction="max", passing=None):
    arrays_ = [np.array(a, dtype=float) for a in (low, value, high)]
    members = np.ones(len(value), dtype=bool) if passing is None else np.array(passing)
    return scale_ends(*arrays_, members, scale, direction)


# Points


def test_points_by_hand_flat_outside():
    got = scored(LQ, 0.2, 0.5, 0.75, 1.0, 1.1, 1.625, 2.0, 9.0)
    np.testing.assert_allclose(got, [0, 0, 25, 50, 60, 87.5, 100, 100], rtol=1e-13)


def test_points_in_log10_by_hand():
    # Halfway between 0.25 and 1 in log10 is their geometric mean, 0.5.
    np.testing.assert_allclose(scored(SHARE, 0.5, 5**0.5, 5), [25, 75, 100], rtol=1e-13)


@pytest.mark.parametrize("value", [0.0, -3.0, -INF])
def test_log_points_at_or_below_zero_get_the_lowest_points_score(value):
    falling = Scale(points=((0.25, 90), (1, 50)), log=True)
    assert scored(falling, value) == 90


def test_points_at_unbounded_ends_are_the_outer_scores_and_missing_stays_missing():
    for scale in (LQ, SHARE):
        got = scored(scale, -INF, INF, NAN)
        assert list(got[:2]) == [0, 100]
        assert np.isnan(got[2])


def test_points_broadcast_over_draws():
    draws = np.array([[0.75, 1.0], [1.25, NAN]])
    got = points(draws, np.array([0.5, 1, 1.25]), np.array([0.0, 50, 75]), log=False)
    np.testing.assert_array_equal(got, [[25, 50], [75, NAN]])


# Data-dependent scales


def test_minmax_by_hand():
    np.testing.assert_allclose(scored(Scale(method="minmax"), 2, 3, 6), [0, 25, 100])


def test_direction_min_negates_first():
    x = (2.0, 3.0, 6.0, 6.0)
    for method in METHODS:
        low_is_good = scored(Scale(method=method), *x, direction="min")
        negated = scored(Scale(method=method), *(-v for v in x))
        np.testing.assert_array_equal(low_is_good, negated)
        assert low_is_good[0] == max(low_is_good)


def test_direction_is_ignored_by_points():
    assert scored(LQ, 2, direction="min") == 100


def test_zscore_of_a_textbook_sample():
    # 2 4 4 4 5 5 7 9: mean 5, sum of squares 32, sample sd sqrt(32/7).
    x = np.array([2.0, 4, 4, 4, 5, 5, 7, 9])
    standard = z(x, x)
    np.testing.assert_allclose(standard, (x - 5) / np.sqrt(32 / 7), rtol=1e-14)
    from scipy.stats import norm

    np.testing.assert_allclose(zscore(x, x), 100 * norm.cdf(standard), rtol=1e-12)


def test_percentile_counts_half_of_the_equal_ones_itself_included():
    # Of 4: none below + half of itself; 1 below + half of two; 3 below + half of itself.
    got = scored(Scale(method="percentile"), 1, 5, 5, 9)
    np.testing.assert_allclose(got, [12.5, 50, 50, 87.5])


def test_rank_counts_the_strictly_worse():
    got = scored(Scale(method="rank"), 1, 5, 5, 9)
    np.testing.assert_allclose(got, [0, 100 / 3, 100 / 3, 100])


@pytest.mark.parametrize("method", METHODS)
def test_missing_values_stay_missing_and_dont_count(method):
    full = scored(Scale(method=method), 1, 4, 9)
    gappy = scored(Scale(method=method), 1, NAN, 4, 9)
    np.testing.assert_array_equal(gappy[[0, 2, 3]], full)
    assert np.isnan(gappy[1])


@pytest.mark.parametrize(
    ("method", "below", "above"),
    [("minmax", 0, 100), ("percentile", 0, 100), ("rank", 0, 100)],
)
def test_who_doesnt_pass_is_scored_afterwards_and_clipped(method, below, above):
    passing = [True, True, True, False, False]
    got = scored(Scale(method=method), 2, 3, 6, 1, 99, passing=passing)
    np.testing.assert_array_equal(got[:3], scored(Scale(method=method), 2, 3, 6))
    assert list(got[3:]) == [below, above]


def test_who_doesnt_pass_gets_its_place_between_the_others():
    # 3.5 stands above two of three.
    got = scored(Scale(method="percentile"), 2, 3, 6, 3.5, passing=[True, True, True, False])
    assert got[3] == pytest.approx(200 / 3)
    got = scored(Scale(method="zscore"), 2, 3, 6, 11 / 3, passing=[True, True, True, False])
    assert got[3] == pytest.approx(50)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("x", [[7.0, 7, 7], [1e9, 1e9 + 1e-4, NAN], [4.0], [0.0, 0.0], [NAN, 3]])
def test_constant_column_is_50(method, x):
    got = scored(Scale(method=method), *x)
    assert set(got[~np.isnan(got)]) == {50.0}
    assert is_constant(np.array(x))


@pytest.mark.parametrize("method", METHODS)
def test_constant_among_the_passing_is_50_for_the_others_too(method):
    got = scored(Scale(method=method), 7, 7, 9, passing=[True, True, False])
    assert list(got) == [50, 50, 50]


@pytest.mark.parametrize("method", METHODS)
def test_nobody_passes(method):
    assert list(scored(Scale(method=method), 7, 9, passing=[False, False])) == [50, 50]


def test_a_range_just_above_the_rule_is_not_constant():
    assert not is_constant(np.array([1.0, 1.0 + 1e-11]))
    assert is_constant(np.array([1.0, 1.0 + 1e-13]))


@pytest.mark.parametrize("method", METHODS)
def test_kernels_broadcast_row_by_row(method):
    rows = np.array([[1.0, 5, 2, NAN], [8, 8, 8, 8], [3, NAN, 9, 4]])
    kernel = DATA_DEPENDENT[method]
    together = kernel(rows, rows)
    for row, got in zip(rows, together, strict=True):
        np.testing.assert_array_equal(kernel(row, row), got)


@given(
    x=arrays(float, st.integers(1, 12), elements=st.floats(-1e6, 1e6) | st.just(NAN)),
    method=st.sampled_from(METHODS),
)
def test_scores_lie_in_0_100_and_keep_the_order(x, method):
    before = x.copy()
    got = scored(Scale(method=method), *x)
    np.testing.assert_array_equal(x, before)
    known = ~np.isnan(x)
    np.testing.assert_array_equal(np.isnan(got), ~known)
    assert ((got[known] >= 0) & (got[known] <= 100)).all()
    assert (np.diff(got[known][np.argsort(x[known])]) >= -1e-9).all()


@given(x=arrays(float, st.integers(2, 12), elements=st.integers(-50, 50).map(float)))
def test_counting_scales_agree_with_their_definition(x):
    if is_constant(x):
        return
    n = len(x)
    below = np.array([(x < v).sum() for v in x])
    equal = np.array([(x == v).sum() for v in x])
    np.testing.assert_allclose(percentile(x, x), 100 * (below + equal / 2) / n)
    np.testing.assert_allclose(rank_share(x, x), 100 * below / (n - 1))


# Worst and best over an interval


def test_points_that_bend_reach_their_best_inside_the_interval():
    firms = Scale(points=((0, 0), (10, 100), (20, 20)))
    worst, best = ends(firms, [5, 12, 0], [8, 14, 20], [18, 16, 20])
    np.testing.assert_allclose(worst, [36, 52, 0])
    np.testing.assert_allclose(best, [100, 84, 100])


def test_falling_points_swap_the_ends():
    falling = Scale(points=((0, 100), (10, 0)))
    worst, best = ends(falling, [2], [5], [9])
    assert (worst[0], best[0]) == (pytest.approx(10), pytest.approx(80))


@pytest.mark.parametrize("scale", [LQ, SHARE])
def test_unbounded_ends_reach_the_extremes(scale):
    worst, best = ends(scale, [-INF, NAN], [1.0, NAN], [INF, NAN])
    assert (worst[0], best[0]) == (0, 100)
    assert np.isnan(worst[1])
    assert np.isnan(best[1])


def test_one_candidates_interval_moves_the_scale_but_not_the_others():
    # With the first at 11 the scale runs 3..11; at 1 it runs 1..5.
    worst, best = ends(Scale(method="minmax"), [1, 3, 5], [4, 3, 5], [11, 3, 5])
    np.testing.assert_allclose(worst, [0, 0, 100])
    np.testing.assert_allclose(best, [100, 0, 100])


def test_zscore_at_an_unbounded_end_is_its_limit():
    # One value far from n - 1 others has z = (n - 1)/sqrt(n).
    from scipy.special import ndtr

    value = [4.0, 3, 5, 9]
    _, best = ends(Scale(method="zscore"), value, value, [INF, 3, 5, 9])
    assert best[0] == pytest.approx(100 * ndtr(3 / 2), rel=1e-12)
    _, best = ends(
        Scale(method="zscore"), [4, 3, 5, 9], value, [INF, 3, 5, 9], passing=[False] + [True] * 3
    )
    assert best[0] == pytest.approx(100)


@settings(max_examples=200)
@given(method=st.sampled_from(METHODS), direction=st.sampled_from(["max", "min"]), data=st.data())
def test_ends_under_data_dependent_scales_by_brute_force(method, direction, data):
    size = data.draw(st.integers(1, 6))
    number = st.integers(-8, 8).map(float)
    value = data.draw(arrays(float, size, elements=number))
    low = value - data.draw(arrays(float, size, elements=st.integers(0, 5).map(float)))
    high = value + data.draw(arrays(float, size, elements=st.integers(0, 5).map(float)))
    passing = data.draw(arrays(bool, size))
    scale = Scale(method=method)
    worst, best = scale_ends(low, value, high, passing, scale, direction)
    for own in range(size):
        reached = []
        for moved in np.linspace(low[own], high[own], 9):
            column = value.copy()
            column[own] = moved
            reached.append(scale_column(column, passing, scale, direction)[own])
        if not is_constant(np.where(passing, value, np.nan)) or passing[own]:
            assert worst[own] <= min(reached) + 1e-9
            assert best[own] >= max(reached) - 1e-9
        at_ends = [worst[own], best[own]]
        assert at_ends == sorted(at_ends)


def test_scaling_minmax_reads_only_the_reference():
    x = np.array([5.0])
    np.testing.assert_allclose(minmax(x, np.array([0.0, 10.0, NAN])), [50])
