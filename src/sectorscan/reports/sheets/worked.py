"""The numbers on the way to a score, as sheet Scores stores them beside its formulas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD, in_play
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Worked:
    """All (S,) or (S, C), in the matrix's order; NaN where there is none.

    ``divisor`` is what the weights are divided by (0: no score), ``filled`` the points that missing
    figures count as, ``term`` a criterion's weighted logarithm and ``log_score`` their sum;
    ``playing`` (C,) says which criteria any sector has a value of.
    """

    playing: BoolArray
    divisor: FloatArray
    filled: FloatArray
    term: FloatArray
    log_score: FloatArray
    gated: BoolArray
    passing: BoolArray


def work(ranking: Ranking) -> Worked:
    """Return the intermediate numbers of a ranking."""
    matrix = ranking.matrix
    weights = matrix.weights
    known = ~np.isnan(ranking.scaled)
    playing = in_play(matrix.value)
    held = np.where(known, weights, 0.0).sum(axis=1)
    divisor = held
    if matrix.missing in FILL:
        divisor = np.full(len(held), weights.sum())
    elif matrix.missing == "exclude":
        complete = ~((playing & (weights > 0)) & ~known).any(axis=1)
        divisor = np.where(complete, held, 0.0)
    scored = divisor > 0
    share = np.full(ranking.scaled.shape, np.nan)
    np.divide(weights, divisor[:, None], out=share, where=scored[:, None] & known)
    term = share * np.log1p(GEOMETRIC_SPREAD * ranking.scaled)
    fill = FILL.get(matrix.missing, 0.0)
    left = np.clip(weights.sum() - held, 0.0, None)
    geometric = matrix.aggregation == "geometric"
    filled = left * (np.log1p(GEOMETRIC_SPREAD * fill) if geometric else fill)
    log_score = np.where(scored, np.nansum(term, axis=1) + filled, np.nan)
    passing = np.array([why in (None, "missing") for why in ranking.exclusion], dtype=np.bool_)
    gated = np.array([why == "gate" for why in ranking.exclusion], dtype=np.bool_)
    return Worked(playing, divisor, filled, term, log_score, gated, passing)


def group_scores(ranking: Ranking, worked: Worked, first: int, count: int) -> FloatArray:
    """Return (S,): the weighted mean of a group's known criteria, of the kind that scores are.

    NaN where a sector has no score, or nothing of weight is known of the group.
    """
    span = slice(first, first + count)
    scaled, weights = ranking.scaled[:, span], ranking.matrix.weights[span]
    known = np.where(np.isnan(scaled), 0.0, weights)
    total = np.where(worked.divisor > 0, known.sum(axis=1), 0.0)
    geometric = ranking.matrix.aggregation == "geometric"
    points = np.log1p(GEOMETRIC_SPREAD * scaled) if geometric else scaled
    mean = np.full(len(total), np.nan)
    np.divide(np.nansum(known * np.nan_to_num(points), axis=1), total, out=mean, where=total > 0)
    return np.exp(mean) if geometric else mean
