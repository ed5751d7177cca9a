"""Krippendorff's alpha for ordinal levels, against his own example and a slow reading of it."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.readiness.agreement import alpha

NAN = math.nan


def test_krippendorff_2011_example_c():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C and D.

    Four observers, twelve units, missing values: ordinal alpha 0.815.
    """
    levels = np.array([
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ])  # fmt: skip
    found = alpha(levels)
    assert found.alpha == pytest.approx(0.815, abs=5e-4)
    assert found.compared == 11
    assert found.why_not == ""


def by_hand(levels):
    """Return ordinal alpha from the definition: observed over expected squared distances.

    The distance of two ranks c < k is the number of values from c to k, both ends counted half,
    over all pairable values (Krippendorff 2011, "ordinal metric differences").
    """
    units = [[v for v in column if not math.isnan(v)] for column in levels.T]
    units = [unit for unit in units if len(unit) >= 2]
    values = [v for unit in units for v in unit]
    count = {v: values.count(v) for v in set(values)}

    def distance(one, other):
        low, high = sorted((one, other))
        between = sum(n for v, n in count.items() if low <= v <= high)
        return (between - (count[low] + count[high]) / 2) ** 2

    observed = sum(
        distance(a, b) / (len(unit) - 1)
        for unit in units
        for a, b in itertools.permutations(unit, 2)
    ) / len(values)
    expected = sum(distance(a, b) for a, b in itertools.permutations(values, 2)) / (
        len(values) * (len(values) - 1)
    )
    return 1 - observed / expected


LEVELS = st.lists(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, NAN]), min_size=6, max_size=6), min_size=2, max_size=5
)


@settings(max_examples=200, deadline=None)
@given(LEVELS)
def test_alpha_is_what_the_definition_says(rows):
    levels = np.array(rows, dtype=float)
    found = alpha(levels)
    if found.alpha is None:
        assert found.why_not
        return
    assert found.alpha == pytest.approx(by_hand(levels), abs=1e-9)
    assert found.alpha <= 1 + 1e-12


@settings(max_examples=100, deadline=None)
@given(LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_questions_changes_nothing(rows, random):
    levels = np.array(rows, dtype=float)
    mixed = levels[random.sample(range(len(levels)), len(levels))]
    mixed = mixed[:, random.sample(range(levels.shape[1]), levels.shape[1])]
    one, other = alpha(levels), alpha(mixed)
    assert (one.alpha is None) == (other.alpha is None)
    assert one.alpha is None or one.alpha == pytest.approx(other.alpha, abs=1e-12)


@pytest.mark.parametrize(
    ("rows", "words", "compared"),
    [
        ([[1, NAN, 2], [NAN, 3, NAN]], "no two raters", 0),
        ([[3, 3, 3], [3, 3, NAN]], "all levels given are alike", 2),
        ([[3, 1], [3, NAN]], "all levels given are alike", 1),
    ],
)
def test_what_is_undefined_is_said_in_words(rows, words, compared):
    found = alpha(np.array(rows, dtype=float))
    assert found.alpha is None
    assert words in found.why_not
    assert found.compared == compared


def test_full_agreement_with_variation_is_one():
    assert alpha(np.array([[0, 4, 2], [0, 4, 2.0]])).alpha == pytest.approx(1)
