"""Weights from answers, and agreement: published answers, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sectorscan.robustness.elicitation import (
    MOST_COMPARED,
    kendall_w,
    median_shares,
    pairwise,
    reciprocal,
    shares,
)


def test_wealth_of_nations_saaty_1980():
    """Saaty (1980), The Analytic Hierarchy Process, ch. 2: the wealth of seven nations.

    US, USSR, China, France, UK, Japan, West Germany; lambda 7.61, CR 0.08.
    """
    above = [4, 9, 6, 6, 5, 5, 7, 5, 5, 3, 4, 1 / 5, 1 / 5, 1 / 7, 1 / 5]
    above += [1, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 2]
    found = pairwise(reciprocal(above, 7))
    published = [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094]
    assert found.weights == pytest.approx(published, abs=5.1e-4)
    assert found.ratio == pytest.approx(0.08, abs=0.005)
    assert found.ratio * 1.32 * 6 + 7 == pytest.approx(7.61, abs=0.005)
    assert found.odd == (0, 2), "US against China: 9 is the scale's end, the rest say 20"
    assert found.given == 9
    assert found.fitting == pytest.approx(20.5, abs=0.05)


def test_drinks_saaty_2008():
    """Saaty (2008), Int. J. Services Sciences 1(1):83-98, table 2: which drink is consumed more.

    Coffee, wine, tea, beer, sodas, milk, water; consistency ratio .022.
    """
    above = [9, 5, 2, 1, 1, 1 / 2, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 3, 1 / 4, 1 / 3, 1 / 9]
    above += [1 / 2, 1, 1 / 3, 2, 1 / 2, 1 / 3]
    found = pairwise(reciprocal(above, 7))
    published = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert found.weights == pytest.approx(published, abs=6e-4)
    assert found.ratio == pytest.approx(0.022, abs=5e-4)


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_two_criteria_cannot_contradict(number):
    found = pairwise(reciprocal([3.0] * (number - 1), number))
    assert found.ratio == 0
    assert found.odd is None
    assert found.weights == pytest.approx([1.0] if number == 1 else [0.75, 0.25])


def test_more_criteria_than_the_random_index_has():
    with pytest.raises(ValueError, match="ends at 15"):
        pairwise(np.ones((MOST_COMPARED + 1, MOST_COMPARED + 1)))


@given(arrays(float, st.integers(3, 8), elements=st.floats(0.05, 1)))
def test_consistent_comparisons_give_their_weights_back(amounts):
    weights = amounts / amounts.sum()
    found = pairwise(weights[:, None] / weights[None, :])
    assert found.weights == pytest.approx(weights, rel=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert found.odd is None


def test_six_applicants_siegel_1956():
    """Siegel (1956), Nonparametric Statistics, p. 231: three executives, six applicants, W .16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert kendall_w(-ranks) == pytest.approx(0.16, abs=0.005)


def test_ten_objects_with_ties_siegel_1956():
    """Siegel (1956), p. 234, after Kendall (1948): three judges, ten objects, ties, W .828."""
    ranks = np.array(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert kendall_w(-ranks) == pytest.approx(0.828, abs=5e-4)


def test_agreement_that_says_nothing():
    assert np.isnan(kendall_w(np.array([[0.2, 0.8]]))), "one member"
    assert np.isnan(kendall_w(np.array([[1.0], [1.0]]))), "one criterion"
    assert np.isnan(kendall_w(np.full((3, 4), 0.25))), "all tie everything"
    assert kendall_w(np.array([[0.1, 0.3, 0.6]] * 4)) == pytest.approx(1)
    assert kendall_w(np.array([[0.1, 0.3, 0.6], [0.6, 0.3, 0.1]])) == pytest.approx(0)


def boards(most_members=6):
    return st.tuples(st.integers(2, most_members), st.integers(2, 6)).flatmap(
        lambda shape: arrays(float, shape, elements=st.integers(0, 100).map(float))
    )


@given(boards(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(points, random):
    order = list(range(len(points)))
    random.shuffle(order)
    weights = shares(points)
    known = ~np.isnan(weights).any(axis=1)
    assert median_shares(weights) == pytest.approx(median_shares(weights[order]), nan_ok=True)
    one, other = kendall_w(weights[known]), kendall_w(weights[order][known[order]])
    assert one == pytest.approx(other, nan_ok=True)


@given(boards(), st.floats(0.001, 1000))
def test_scaling_a_members_points_changes_nothing(points, by):
    scaled = points.copy()
    scaled[0] *= by
    assert shares(scaled) == pytest.approx(shares(points), nan_ok=True)
    one, other = median_shares(shares(scaled)), median_shares(shares(points))
    assert one == pytest.approx(other, nan_ok=True)


@given(boards())
def test_median_weights_sum_to_1(points):
    medians = median_shares(shares(points))
    if points.any():
        assert medians.sum() == pytest.approx(1)
        assert (medians >= 0).all()
    else:
        assert np.isnan(medians).all()


def test_medians_that_are_all_nothing_are_means():
    each_for_one = np.eye(3)
    assert median_shares(each_for_one) == pytest.approx([1 / 3] * 3)


@given(boards())
def test_agreement_lies_between_0_and_1(points):
    value = kendall_w(points)
    assert np.isnan(value) or -1e-12 <= value <= 1 + 1e-12
