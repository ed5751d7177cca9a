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


NEWS_TONE = """
    112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223
    111.1 111.1 212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212.
    1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""
"""Forty news articles, each a word of five observers' judgments, 0 to 3, a point where missing."""


def test_hayes_and_krippendorff_2007():
    """Hayes and Krippendorff (2007), Answering the Call for a Standard Reliability Measure for
    Coding Data, Communication Methods and Measures 1, 77-89, table 1: ordinal alpha 0.7598.
    """
    units = [[NAN if char == "." else float(char) for char in word] for word in NEWS_TONE.split()]
    found = alpha(np.array(units).T)
    assert found.compared == 40
    assert found.alpha == pytest.approx(0.7598, abs=5e-5)


def test_two_who_always_differ_by_one_agree_less_than_chance_would():
    """By hand: two raters, two units, (0, 1) and (1, 0): observed 1, expected 2/3, alpha -1/2."""
    assert alpha(np.array([[0, 1], [1, 0.0]])).alpha == pytest.approx(-0.5)


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
