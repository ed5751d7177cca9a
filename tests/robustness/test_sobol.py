"""Shares of variance: known answers through our wrapping of SALib, and what it must not do."""

import numpy as np
import pytest

from sectorscan.robustness.sobol import FEWEST, changes_something, design, independent, shares

SAMPLES = 1024


def of(formula, inputs, seed=1, samples=SAMPLES):
    points = design(inputs, samples, seed)
    return shares(formula(*points.T), inputs, seed)


def test_a_sum_has_the_shares_of_its_terms_squared():
    """Y = 4·x + 2·y + z of independent U(0, 1): variances as 16 : 4 : 1, no interaction."""
    found = of(lambda x, y, z: 4 * x + 2 * y + z, 3)
    for share, exact in zip(found, (16 / 21, 4 / 21, 1 / 21), strict=True):
        assert share.first == pytest.approx(exact, abs=max(share.first_within, 0.01))
        assert share.total == pytest.approx(exact, abs=max(share.total_within, 0.01))
        assert 0 < share.total_within < 0.1


def test_a_product_of_centred_inputs_is_all_interaction():
    """Y = (x - ½)·(y - ½): neither does anything alone, each everything with the other."""
    for share in of(lambda x, y: (x - 0.5) * (y - 0.5), 2):
        assert share.first == pytest.approx(0, abs=2 * share.first_within)
        assert share.total == pytest.approx(1, abs=2 * share.total_within)


def test_ishigami():
    """Ishigami and Homma (1990), a = 7, b = 0.1: S1 0.314, 0.442, 0; ST 0.558, 0.442, 0.244."""

    def formula(x, y, z):
        x, y, z = (np.pi * (2 * u - 1) for u in (x, y, z))
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = of(formula, 3, samples=4096)
    assert [one.first for one in found] == pytest.approx([0.3139, 0.4424, 0], abs=0.03)
    assert [one.total for one in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)


def test_one_input_alone_has_everything():
    (only,) = of(lambda x: x**2, 1)
    assert only.first == pytest.approx(1, abs=0.02)
    assert only.total == pytest.approx(1, abs=0.02)


@pytest.mark.filterwarnings("error")
def test_what_never_or_hardly_ever_differs_has_no_shares():
    points = design(2, SAMPLES, 1)
    rows = len(points)
    assert shares(np.full(rows, 0.7), 2, 1) is None
    mostly = np.zeros(rows)
    mostly[:: rows // 20] = 1
    assert shares(mostly, 2, 1) is None
    assert shares(1 - mostly, 2, 1) is None
    often = (points[:, 0] < 2 * FEWEST / (2 * SAMPLES)).astype(float)
    first, second = shares(often, 2, 1)
    assert np.isfinite([first.first, first.total_within, second.first, second.total_within]).all()
    assert second.total == 0


@pytest.mark.parametrize("seed", [0, 1, 2**53 - 1])
def test_a_seed_gives_the_same_numbers_and_0_is_one(seed):
    def once():
        np.random.seed(None)  # what SALib falls back on for a seed of 0
        return of(lambda x, y: x * y + x, 2, seed)

    assert once() == once()
    assert once() != of(lambda x, y: x * y + x, 2, seed - 1 if seed else 1)


def test_rows_of_the_design_change_one_input_at_a_time():
    points = design(3, 8, 1)
    assert points.shape == (40, 3)
    runs = points.reshape(8, 5, 3)
    for place in range(3):
        moved = runs[:, 0] != runs[:, 1 + place]
        assert moved[:, place].all()
        assert not np.delete(moved, place, axis=1).any()
        np.testing.assert_array_equal(runs[:, 1 + place, place], runs[:, -1, place])
        # Each of as many equal steps has one point of the sample.
        assert sorted((runs[:, 0, place] * 8).astype(int)) == list(range(8))
    assert changes_something(points[:, 1], 3) == [False, True, False]
    np.testing.assert_array_equal(
        independent(points[:, 0], 3), np.concatenate([runs[:, 0, 0], runs[:, -1, 0]])
    )
