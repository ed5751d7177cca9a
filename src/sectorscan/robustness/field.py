"""The values of all sectors on the criteria that have weight, as linear programmes take them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.scores import term
from sectorscan.scoring.aggregate import FILL, in_play
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Field:
    """The values of every sector on the K criteria that have weight.

    ``value`` (S, K) is what each adds per weight (a logarithm under the geometric mean), 0 where
    missing; ``counted`` (S, K) is 1 where its weight counts in the score's divisor; ``covering``
    (S, K) @ weights must be at least 0 for the sector to be ranked; ``playing`` (K,) is 1 where
    somebody's figure is known; ``used`` (C,) says which criteria these are.
    """

    value: FloatArray
    counted: FloatArray
    covering: FloatArray
    playing: FloatArray
    weights: FloatArray
    used: BoolArray

    def spread(self, weights: FloatArray) -> FloatArray:
        """Return (C,) weights of (K,) ones, 0 elsewhere."""
        out = np.zeros(len(self.used))
        out[self.used] = weights
        return out


def field(ranking: Ranking) -> Field:
    """Return the field of a ranking: weights of 0 stay 0, scales and gates stay as they are."""
    matrix = ranking.matrix
    used = matrix.weights > 0
    scaled = ranking.scaled[:, used]
    known = ~np.isnan(scaled)
    filled = matrix.missing in FILL
    values = term(matrix, np.where(known, scaled, FILL.get(matrix.missing, 0.0)))
    playing = in_play(matrix.value)[used]
    return Field(
        values if filled else np.where(known, values, 0.0),
        np.ones_like(values) if filled else known.astype(np.float64),
        playing * (known - matrix.min_coverage),
        playing.astype(np.float64),
        matrix.weights[used],
        used,
    )
