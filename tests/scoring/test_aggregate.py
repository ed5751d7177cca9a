import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sectorscan.scoring.aggregate import aggregate, coverage, in_play

NAN = np.nan
W = np.array([0.5, 0.3, 0.2])
POLICIES = ["renormalise", "neutral", "worst", "exclude"]


def run(scaled, weights=W, method="arithmetic", missing="renormalise", others=()):
    rows = np.array([scaled, *others], dtype=float)
    weights = np.asarray(weights, dtype=float)
    return aggregate(rows, weights, in_play(rows), method=method, missing=missing)


def test_arithmetic_by_hand():
    got = run([80, 50, 10])
    assert got.score[0] == pytest.approx(57)
    np.testing.assert_allclose(got.contribution[0], [40, 15, 2])


def test_geometric_by_hand():
    # Two criteria of weight one half: the geometric mean of 1.99 and 100.
    got = run([1, 100], weights=[0.5, 0.5], method="geometric")
    assert got.score[0] == pytest.approx((1.99 * 100) ** 0.5)
    share = np.log([1.99, 100]) / np.log(199)
    np.testing.assert_allclose(got.contribution[0], got.score[0] * share)


def test_geometric_runs_from_1_to_100_and_all_zeros_contribute_their_weights():
    worst, best = run([0, 0, 0], method="geometric"), run([100] * 3, method="geometric")
    assert worst.score[0] == 1
    np.testing.assert_array_equal(worst.contribution[0], W)
    assert best.score[0] == pytest.approx(100)


def test_geometric_zero_is_never_fully_bought_back():
    flat = run([50, 50], weights=[0.5, 0.5], method="geometric").score[0]
    lopsided = run([0, 100], weights=[0.5, 0.5], method="geometric").score[0]
    assert lopsided == pytest.approx(10)
    assert flat == pytest.approx(50.5)


@pytest.mark.parametrize(
    ("missing", "score", "parts"),
    [
        ("renormalise", (0.5 * 80 + 0.2 * 10) / 0.7, [40 / 0.7, NAN, 2 / 0.7]),
        ("neutral", 57, [40, NAN, 2]),
        ("worst", 42, [40, NAN, 2]),
        ("exclude", NAN, [NAN, NAN, NAN]),
    ],
)
def test_missing_policies_by_hand(missing, score, parts):
    got = run([80, NAN, 10], missing=missing, others=[[1, 2, 3]])
    assert got.score[0] == pytest.approx(score, nan_ok=True)
    np.testing.assert_allclose(got.contribution[0], parts)


def test_exclude_passes_over_what_nobody_has_and_what_weighs_nothing():
    got = run([80, NAN, 10], missing="exclude")
    assert got.score[0] == pytest.approx((0.5 * 80 + 0.2 * 10) / 0.7)
    free = run([80, NAN], weights=[1, 0], missing="exclude", others=[[80, 9]])
    assert free.score[0] == pytest.approx(80)


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_nothing_known_has_no_score(method):
    got = run([NAN, NAN, NAN], method=method, others=[[1, 2, 3]])
    assert np.isnan(got.score[0])
    assert np.isnan(got.contribution[0]).all()
    assert not np.isnan(got.score[1])


def test_known_only_where_the_weight_is_zero_has_no_score():
    assert np.isnan(run([NAN, 70], weights=[1, 0], others=[[1, 2]]).score[0])


def test_weight_zero_contributes_zero_and_missing_is_null():
    got = run([60, 70], weights=[1, 0])
    np.testing.assert_array_equal(got.contribution[0], [60, 0])


def test_coverage_is_over_the_criteria_that_somebody_has():
    value = np.array([[1, NAN, NAN], [NAN, 2, NAN], [1, 2, NAN], [NAN, NAN, NAN]])
    got = coverage(value, W, in_play(value))
    np.testing.assert_allclose(got, [5 / 8, 3 / 8, 1, 0])


def test_coverage_is_0_where_nobody_has_anything():
    value = np.full((2, 3), NAN)
    np.testing.assert_array_equal(coverage(value, W, in_play(value)), [0, 0])


scaled_rows = arrays(
    float,
    st.tuples(st.integers(1, 6), st.just(3)),
    elements=st.floats(0, 100) | st.just(NAN),
)


@given(scaled=scaled_rows, method=st.sampled_from(["arithmetic", "geometric"]))
def test_contributions_sum_to_the_score(scaled, method):
    before = scaled.copy()
    got = aggregate(scaled, W, in_play(scaled), method=method, missing="renormalise")
    np.testing.assert_array_equal(scaled, before)
    has = ~np.isnan(got.score)
    np.testing.assert_allclose(np.nansum(got.contribution, axis=1)[has], got.score[has], rtol=1e-9)
    np.testing.assert_array_equal(np.isnan(got.contribution), np.isnan(scaled))


@given(scaled=scaled_rows, method=st.sampled_from(["arithmetic", "geometric"]))
def test_full_coverage_is_the_same_under_every_policy(scaled, method):
    full = np.nan_to_num(scaled)
    scores = [
        aggregate(full, W, in_play(full), method=method, missing=policy).score
        for policy in POLICIES
    ]
    for other in scores[1:]:
        np.testing.assert_allclose(other, scores[0])


@given(scaled=scaled_rows, policy=st.sampled_from(POLICIES))
def test_draws_of_weights_broadcast(scaled, policy):
    draws = np.array([[0.2, 0.3, 0.5], [1, 0, 0], W])
    playing = in_play(scaled)
    together = aggregate(scaled, draws, playing, method="geometric", missing=policy)
    for draw, score in zip(draws, together.score, strict=True):
        alone = aggregate(scaled, draw, playing, method="geometric", missing=policy)
        np.testing.assert_array_equal(alone.score, score)
