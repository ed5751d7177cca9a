"""From 0-100 values and weights to a score, its contributions and its coverage.

Kernels on arrays: ``scaled`` (..., S, C) holds 0-100 values, NaN missing; ``weights`` (..., C) are
effective weights (they sum to 1); leading axes broadcast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
Aggregation = Literal["arithmetic", "geometric"]
MissingPolicy = Literal["renormalise", "neutral", "worst", "exclude"]

GEOMETRIC_SPREAD = 0.99
"""How far 0 lies below 100 under the geometric mean: there 0-100 becomes 1-100."""

FILL: dict[MissingPolicy, float] = {"neutral": 50.0, "worst": 0.0}
"""What stands in for a missing 0-100 value under the policies that fill it."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Scores (..., S) and contributions (..., S, C); NaN where there is none."""

    score: FloatArray
    contribution: FloatArray


def in_play(value: FloatArray) -> BoolArray:
    """Return (..., C): the criteria that are known for at least one candidate."""
    return np.asarray((~np.isnan(value)).any(axis=-2), dtype=np.bool_)


def coverage(value: FloatArray, weights: FloatArray, playing: BoolArray) -> FloatArray:
    """Return (..., S): the known share of weight, over the criteria in play; 0 where none is."""
    used = np.where(playing, weights, 0.0)
    known = np.where(np.isnan(value), 0.0, used[..., None, :]).sum(axis=-1)
    total = used.sum(axis=-1)[..., None]
    out = np.zeros(np.broadcast_shapes(known.shape, total.shape))
    np.divide(known, total, out=out, where=total > 0)
    return out


def aggregate(
    scaled: FloatArray,
    weights: FloatArray,
    playing: BoolArray,
    *,
    method: Aggregation,
    missing: MissingPolicy,
) -> Aggregate:
    """Return scores and contributions.

    Arithmetic: S = Σ w·v, contribution w·v. Geometric: S = exp(Σ w·ln(1 + 0.99·v)), on 1-100,
    contribution S·w·ln(.)/ln S, or w where S = 1. Contributions of known criteria sum to the score,
    but for what ``neutral`` fills in: a missing criterion's contribution is NaN under every policy,
    though its 50 counts in the score (``worst`` fills in 0, which contributes nothing).

    ``renormalise`` spreads a missing criterion's weight over all known ones in proportion; a
    candidate with no known weight has no score. ``exclude`` gives no score where a criterion with
    weight that is in play is missing (and spreads the weight of what nobody has).
    """
    known = ~np.isnan(scaled)
    used = weights[..., None, :]
    if missing in FILL:
        filled = np.where(known, scaled, FILL[missing])
    else:
        filled = np.where(known, scaled, 0.0)
        used = _renormalised(np.where(known, used, 0.0))
    if missing == "exclude":
        needed = (playing & (weights > 0))[..., None, :]
        complete = ~(needed & ~known).any(axis=-1, keepdims=True)
        used = np.where(complete, used, np.nan)
    combine = _arithmetic if method == "arithmetic" else _geometric
    score, contribution = combine(filled, used)
    return Aggregate(score, np.where(known, contribution, np.nan))


def _renormalised(known_weights: FloatArray) -> FloatArray:
    total = known_weights.sum(axis=-1, keepdims=True)
    shares = np.full(known_weights.shape, np.nan)
    np.divide(known_weights, total, out=shares, where=total > 0)
    return shares


def _arithmetic(scaled: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    contribution = weights * scaled
    return contribution.sum(axis=-1), contribution


def _geometric(scaled: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    logs = weights * np.log1p(GEOMETRIC_SPREAD * scaled)
    log_score = logs.sum(axis=-1)
    score = np.exp(log_score)
    parts = np.broadcast_to(weights, logs.shape).copy()
    np.divide(logs, log_score[..., None], out=parts, where=log_score[..., None] != 0)
    return score, parts * score[..., None]
