"""Scores of every sector in every draw, without holding what stays the same more than once.

The matrix of 0-100 values is one (S, C) array; a draw of weights multiplies it, a draw of withheld
figures changes a few of its cells. So scores are one matrix product, plus what the changed cells
add.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD
from sectorscan.scoring.model import DecisionMatrix
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
ROUNDING = 1e-9
"""As in ``scoring.score``: a coverage that is 0.7 on paper may come out just under it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """0-100 values of one criterion that differ from draw to draw: (draws, R) of sectors (R,)."""

    rows: npt.NDArray[np.intp]
    scaled: FloatArray


def term(matrix: DecisionMatrix, scaled: FloatArray) -> FloatArray:
    """Return what a 0-100 value adds per weight: itself, or its logarithm (geometric mean)."""
    return np.log1p(GEOMETRIC_SPREAD * scaled) if matrix.aggregation == "geometric" else scaled


def scores(
    matrix: DecisionMatrix,
    scaled: FloatArray,
    weights: FloatArray,
    playing: BoolArray,
    changed: Iterable[tuple[int, Changed]] = (),
) -> FloatArray:
    """Return (draws, S) scores, -inf where the missing rule or coverage leaves a sector unranked.

    Parameters
    ----------
    matrix
        The rules: aggregation, missing policy, least coverage.
    scaled
        (S, C) 0-100 values, NaN missing: those that hold in every draw.
    weights
        (draws, C) effective weights, or (1, C).
    playing
        (C,) criteria that are known for at least one candidate.
    changed
        The values that differ from draw to draw, each with its criterion's place.
    """
    known = ~np.isnan(scaled)
    base = term(matrix, np.where(known, scaled, FILL.get(matrix.missing, 0.0)))
    total = weights @ base.T
    for place, moves in changed:
        step = term(matrix, moves.scaled) - base[moves.rows, place]
        moved = weights[:, [place]] * step
        if len(total) < len(moved):
            total = np.repeat(total, len(moved), axis=0)
        total[:, moves.rows] += moved
    share = _known_share(weights, known, np.ones(len(playing), dtype=np.bool_))
    if matrix.missing not in FILL and not known.all():
        with np.errstate(invalid="ignore", divide="ignore"):
            total = np.where(share > 0, total / share, np.nan)
    result = np.exp(total) if matrix.aggregation == "geometric" else total
    out = _unranked(matrix, weights, known, playing)
    return np.where(out, -np.inf, result) if out.any() else result


def covered(matrix: DecisionMatrix, weights: FloatArray, playing: BoolArray) -> BoolArray:
    """Return (draws, S), or (1, S) where all is known: who has the least coverage."""
    known = ~np.isnan(matrix.value)
    if known[:, playing].all() and playing.any():
        return np.ones((1, len(known)), dtype=np.bool_)
    whole = weights[:, playing].sum(axis=1, keepdims=True)
    share = _known_share(weights, known, playing) / np.where(whole > 0, whole, 1.0)
    return np.asarray(share >= matrix.min_coverage - ROUNDING)


def _known_share(weights: FloatArray, known: BoolArray, used: BoolArray) -> FloatArray:
    """Return (draws, S) or (draws, 1): the weight of the known criteria among the used ones."""
    whole = np.asarray(weights[:, used].sum(axis=1, keepdims=True))
    partly = np.flatnonzero(~known[:, used].all(axis=1))
    if not len(partly):
        return whole
    share = np.repeat(whole, len(known), axis=1)
    share[:, partly] = (weights * used) @ known[partly].T.astype(np.float64)
    return share


def _unranked(
    matrix: DecisionMatrix, weights: FloatArray, known: BoolArray, playing: BoolArray
) -> BoolArray:
    """Return (draws, S) or (1, S): where coverage or the missing rule takes a sector out."""
    out = ~covered(matrix, weights, playing)
    if matrix.missing not in FILL and not known.all():
        out = out | (_known_share(weights, known, np.ones_like(playing)) <= 0)
    if matrix.missing == "exclude" and not known[:, playing].all():
        needed = ((weights > 0) & playing).astype(np.float64)
        out = out | (needed @ (~known).T.astype(np.float64) > 0)
    return np.asarray(out)
