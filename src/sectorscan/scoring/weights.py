"""Effective weights: what each criterion counts for once groups are taken into account."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.config.models import Config
from sectorscan.errors import ConfigError, Finding
from sectorscan.tables.model import FloatArray


def effective_weights(groups: Sequence[tuple[float, Sequence[float]]]) -> FloatArray:
    """Return (group weight / sum of group weights) x (weight / sum inside the group), flattened.

    ``groups`` are (group weight, weights inside it), any non-negative numbers. The result sums
    to 1: a group whose criteria all weigh 0 has nothing to give its weight to, so it counts as 0.

    Raises
    ------
    ConfigError
        Where no criterion has a positive weight.
    """
    inside = [_shares(weights) for _, weights in groups]
    outer = _shares(
        [
            weight if shares.any() else 0.0
            for (weight, _), shares in zip(groups, inside, strict=True)
        ]
    )
    if not outer.any():
        raise ConfigError(
            Finding(
                "No criterion has a positive weight, so there is nothing to rank by.",
                "Give at least one group, and one indicator in it, a weight above 0.",
                column="criteria",
            )
        )
    return np.concatenate([share * shares for share, shares in zip(outer, inside, strict=True)])


def criteria_weights(config: Config) -> FloatArray:
    """Return the (C,) effective weights of a config's criteria, in the config's order.

    Raises
    ------
    ConfigError
        Where no criterion has a positive weight.
    """
    return effective_weights(
        [
            (group.weight, [criterion.weight for criterion in group.indicators.values()])
            for group in config.criteria.values()
        ]
    )


def _shares(weights: Sequence[float]) -> FloatArray:
    array = np.asarray(weights, dtype=float)
    largest = array.max(initial=0.0)
    if largest == 0:
        return np.zeros(array.shape)
    array = array / largest  # the sum of huge weights would overflow
    return np.asarray(array / array.sum(), dtype=float)
