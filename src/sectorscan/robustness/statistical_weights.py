"""Weights that the figures give by themselves, as a comparison: entropy and CRITIC.

Both say how a criterion spreads the candidates, none how much it matters to anyone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sectorscan.scoring.model import Ranking
from sectorscan.scoring.scales import is_constant
from sectorscan.tables.model import FloatArray

FEWEST = 3
"""Of fewer sectors neither method says anything."""
KNOWN_SHARE = 0.5
"""A criterion that fewer of the sectors have is left out: it would take too many with it."""
_SAME = 1e-9
_NEXT_TO_ZERO = 1e-200
"""Zero times its logarithm is taken as 0, its limit; this gives it to machine precision."""


@dataclass(frozen=True, slots=True)
class StatisticalWeights:
    """Weights beside the configured ones, in the criteria's order (C,).

    ``entropy`` and ``critic`` are NaN for a criterion that takes no part; ``reasons`` (C,) says
    why, ``""`` where it does. ``sectors`` is how many candidates were used.
    """

    criteria: tuple[str, ...]
    configured: FloatArray
    entropy: FloatArray
    critic: FloatArray
    reasons: tuple[str, ...]
    sectors: int


def statistical_weights(ranking: Ranking) -> StatisticalWeights:
    """Return entropy and CRITIC weights of the ranked sectors' 0-100 values.

    Only sectors that have every criterion in play count, and criteria with weight that at least
    half of them have. A criterion on which all are alike gets 0: it tells nobody apart.
    """
    scaled = ranking.scaled[list(ranking.order)]
    number = scaled.shape[1]
    share = (~np.isnan(scaled)).mean(axis=0) if len(scaled) else np.zeros(number)
    weighed = ranking.matrix.weights > 0
    used = weighed & (share >= KNOWN_SHARE)
    complete = scaled[~np.isnan(scaled[:, used]).any(axis=1)][:, used]
    reasons = [
        _reason(part) if one else "weight 0 in the config"
        for part, one in zip(share, weighed, strict=True)
    ]
    entropy, critic = np.full(number, np.nan), np.full(number, np.nan)
    if len(complete) >= FEWEST and used.any():
        alike = is_constant(complete.T)
        entropy[used] = entropy_weights(complete)
        critic[used] = critic_weights(complete)
        for place, same in zip(np.flatnonzero(used), alike, strict=True):
            if same:
                reasons[place] = "all sectors are alike"
            elif np.isnan(critic[place]):
                reasons[place] = "CRITIC can't tell: the criteria all say the same"
    else:
        reasons = [reason or "too few sectors have every criterion" for reason in reasons]
    return StatisticalWeights(
        criteria=tuple(criterion.id for criterion in ranking.matrix.criteria),
        configured=ranking.matrix.weights,
        entropy=entropy,
        critic=critic,
        reasons=tuple(reasons),
        sectors=len(complete),
    )


def _reason(known: float) -> str:
    if known == 0:
        return "no sector has it"
    return "" if known >= KNOWN_SHARE else f"only {known:.0%} of the sectors have it"


def entropy_weights(scaled: FloatArray) -> FloatArray:
    """Return the (C,) weights of (S, C) values of 0 or more, S at least 2; all NaN if all constant.

    One minus Shannon's entropy of a column's shares over ln S, normalised (pymcdm, after Zeleny
    1982, Multiple Criteria Decision Making, ch. 7).
    """
    from pymcdm.weights import entropy_weights as of

    # pymcdm refuses a column that holds a zero.
    return _over_varying(scaled, lambda part: of(np.maximum(part, _NEXT_TO_ZERO)))


def critic_weights(scaled: FloatArray) -> FloatArray:
    """Return the (C,) weights of (S, C) values, S at least 2; all NaN if all are constant.

    The standard deviation of a column brought to 0-1, times the sum over the others of one minus
    the correlation, normalised (pymcdm; Diakoulaki, Mavrotas & Papayannakis 1995, Computers &
    Operations Research 22(7):763-770). NaN where all say the same; a single varying column takes
    all.
    """
    from pymcdm.weights import critic_weights as of

    def told_apart(varying: FloatArray) -> FloatArray:
        # Columns that all say the same leave nothing to share out: rounding alone would decide.
        same = np.corrcoef(varying.T).min() >= 1 - _SAME
        return np.full(varying.shape[1], np.nan) if same else of(varying)

    return _over_varying(scaled, told_apart)


def _over_varying(scaled: FloatArray, of: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Return the weights of the columns that vary, 0 for the others; pymcdm divides by 0 there."""
    varying = ~is_constant(scaled.T)
    weights = np.full(scaled.shape[1], np.nan)
    if not varying.any():
        return weights
    weights[~varying] = 0.0
    found = of(scaled[:, varying]) if varying.sum() > 1 else np.ones(1)
    weights[varying] = found
    return weights
