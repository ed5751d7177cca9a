"""Scores of a decision matrix's candidates, once it is settled who passes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.scoring.aggregate import aggregate, coverage
from sectorscan.scoring.model import DecisionMatrix
from sectorscan.scoring.scales import scale_column, scale_ends
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]

ROUNDING = 1e-9
"""A coverage that is 0.7 on paper may come out just under it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The (..., S) scores, NaN where there is none, with (..., S, C) 0-100 values and parts.

    ``ranked`` says who takes part in the ranking: past the gates, covered, and with a score.
    """

    scaled: FloatArray
    contribution: FloatArray
    score: FloatArray
    coverage: FloatArray
    covered: BoolArray
    ranked: BoolArray


def score_values(
    matrix: DecisionMatrix, value: FloatArray, gated: BoolArray, playing: BoolArray
) -> Scored:
    """Return the scores of (..., S, C) values under the matrix's criteria and rules.

    ``gated`` (..., S) are those that an ``exclude`` gate takes out, ``playing`` (C,) the criteria
    that are known for at least one candidate. Scales that depend on the candidates are set by those
    that pass gates and coverage; everyone is then scored on them.
    """
    share = coverage(value, matrix.weights, playing)
    covered = share >= matrix.min_coverage - ROUNDING
    passing = ~gated & covered
    scaled = scaled_values(matrix, value, passing)
    parts = aggregate(
        scaled, matrix.weights, playing, method=matrix.aggregation, missing=matrix.missing
    )
    ranked = passing & ~np.isnan(parts.score)
    return Scored(scaled, parts.contribution, parts.score, share, covered, ranked)


def scaled_values(matrix: DecisionMatrix, value: FloatArray, passing: BoolArray) -> FloatArray:
    """Return the (..., S, C) 0-100 values; ``passing`` (..., S) set the scales."""
    scaled = np.full(value.shape, np.nan)
    for place, criterion in enumerate(matrix.criteria):
        scaled[..., place] = scale_column(
            value[..., place], passing, criterion.scale, criterion.direction
        )
    return scaled


def score_ends(
    matrix: DecisionMatrix, scored: Scored, gated: BoolArray, playing: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Return the (S,) scores with every indicator at its worst and at its best over [low, high].

    An outer bound: exact where at most one indicator of a sector is uncertain, or where all reach
    their worst together. The other candidates stay at their values.
    """
    passing = ~gated & scored.covered
    worst, best = scored.scaled.copy(), scored.scaled.copy()
    for place, criterion in enumerate(matrix.criteria):
        worst[:, place], best[:, place] = scale_ends(
            matrix.low[:, place],
            matrix.value[:, place],
            matrix.high[:, place],
            passing,
            criterion.scale,
            criterion.direction,
        )
    low, high = (
        aggregate(
            scaled, matrix.weights, playing, method=matrix.aggregation, missing=matrix.missing
        ).score
        for scaled in (worst, best)
    )
    return low, high
