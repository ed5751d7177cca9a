"""Entropy and CRITIC weights: by hand, and where pymcdm alone would mislead."""

import numpy as np
import pytest
from pymcdm.weights import critic_weights as plain_critic
from pymcdm.weights import entropy_weights as plain_entropy

from sectorscan.robustness.statistical_weights import (
    critic_weights,
    entropy_weights,
    statistical_weights,
)
from sectorscan.scoring.rank import rank

SCALED = np.array([[10.0, 80, 40], [60, 20, 45], [90, 50, 35], [30, 70, 55]])


def test_entropy_by_hand():
    share = SCALED / SCALED.sum(axis=0)
    spread = 1 + (share * np.log(share)).sum(axis=0) / np.log(4)
    assert entropy_weights(SCALED) == pytest.approx(spread / spread.sum())


def test_critic_by_hand():
    unit = (SCALED - SCALED.min(axis=0)) / (SCALED.max(axis=0) - SCALED.min(axis=0))
    told = unit.std(axis=0, ddof=1) * (1 - np.corrcoef(unit.T)).sum(axis=0)
    assert critic_weights(SCALED) == pytest.approx(told / told.sum())


def test_a_zero_counts_as_its_limit():
    """0 · ln 0 is 0, but pymcdm refuses a column that holds a zero."""
    with_zero, near = SCALED.copy(), SCALED.copy()
    with_zero[0, 2], near[0, 2] = 0.0, 1e-9
    assert entropy_weights(with_zero) == pytest.approx(entropy_weights(near), abs=1e-7)
    with pytest.raises(ValueError, match="requires all positive"):
        plain_entropy(with_zero)


def test_a_constant_column_gets_nothing_and_spoils_nothing():
    constant = np.column_stack([SCALED, np.full(4, 50.0)])
    for weights in (entropy_weights, critic_weights):
        found = weights(constant)
        assert found[3] == 0
        assert found[:3] == pytest.approx(weights(SCALED))
    with np.errstate(all="ignore"), pytest.warns(UserWarning, match="zero variance"):
        assert np.isnan(plain_critic(constant)).all()


def test_what_cannot_be_computed_is_nan():
    assert np.isnan(entropy_weights(np.full((4, 2), 50.0))).all()
    assert np.isnan(critic_weights(np.full((4, 2), 0.0))).all()
    same = np.column_stack([SCALED[:, 0], SCALED[:, 0] * 0.5 + 3])
    assert np.isnan(critic_weights(same)).all(), "0 of 0, not the rounding's share"
    assert critic_weights(np.column_stack([SCALED[:, 0], np.full(4, 1.0)])) == pytest.approx([1, 0])


def test_why_a_criterion_takes_no_part_is_said(table, config):
    indicators = table(
        {
            "a": [1, 2, 4, 3],
            "b": [5, 9, 1, 3],
            "c": [np.nan, np.nan, np.nan, 8],
            "d": [2, 2, 2, 2],
            "e": [7, 1, 3, 2],
        }
    )
    criteria = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 0}
    found = statistical_weights(rank(indicators, config(criteria)))
    assert found.reasons[2] == "only 25% of the sectors have it"
    assert found.reasons[3] == "all sectors are alike"
    assert found.reasons[4] == "weight 0 in the config"
    assert np.isnan(found.entropy[[2, 4]]).all()
    assert found.entropy[[0, 1, 3]].sum() == pytest.approx(1)
    assert found.critic[3] == 0
    assert found.sectors == 4


def test_too_few_sectors(table, config):
    found = statistical_weights(rank(table({"a": [1, 2], "b": [2, 1]}), config({"a": 1, "b": 1})))
    assert np.isnan(found.entropy).all()
    assert set(found.reasons) == {"too few sectors have every criterion"}
