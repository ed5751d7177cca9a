"""Ranks by score: ties share the best rank ("1224")."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sectorscan.tables.model import FloatArray

IntArray = npt.NDArray[np.int64]

TIE = 1e-9
"""Scores within this of their group's first are tied."""


def competition_ranks(scores: FloatArray) -> IntArray:
    """Return (..., S) ranks along the last axis, highest score first; 0 where the score is NaN.

    Going down the list, a sector within ``TIE`` of its group's first shares that one's rank, and
    the next group's rank counts everyone above it.
    """
    order = np.argsort(-scores, axis=-1, kind="stable")
    ranks = np.empty(scores.shape, dtype=np.int64)
    descending = np.take_along_axis(scores, order, axis=-1)
    np.put_along_axis(ranks, order, ranks_of_sorted(descending), axis=-1)
    return ranks


def would_rank(scores: FloatArray, others: FloatArray) -> IntArray:
    """Return the rank that each of ``others`` would have among ``scores`` plus itself alone.

    Both 1-D; NaN in ``scores`` is passed over, NaN in ``others`` gets 0.
    """
    ranked = -np.sort(-scores[~np.isnan(scores)])
    ranks = np.append(ranks_of_sorted(ranked), 0)
    above = np.searchsorted(-ranked, -others, side="left")
    # The group just above is the one it could join; its first is where the group's rank starts.
    group = ranks[above - 1]
    first = np.append(ranked, np.inf)[group - 1]
    joins = (above > 0) & (first - others <= TIE)
    rank = np.where(joins, group, above + 1)
    return np.where(np.isnan(others), 0, rank).astype(np.int64)


def ranks_of_sorted(scores: FloatArray) -> IntArray:
    """Return the (..., S) ranks of scores that are sorted, highest first and NaN last."""
    gaps = scores[..., :-1] - scores[..., 1:]
    places = np.arange(1, scores.shape[-1] + 1)
    starts = np.ones(scores.shape, dtype=np.bool_)
    starts[..., 1:] = ~(gaps <= TIE)
    ranks = np.maximum.accumulate(np.where(starts, places, 0), axis=-1)
    # Near ties can chain farther than one reaches: each then depends on where its group began.
    if ((gaps > 0) & (gaps <= TIE)).any():
        chained = np.take_along_axis(scores, ranks - 1, axis=-1) - scores > TIE
        for row in map(tuple, np.argwhere(chained.any(axis=-1))):
            ranks[row] = _walked(scores[row])
    return np.where(np.isnan(scores), 0, ranks).astype(np.int64)


def _walked(scores: FloatArray) -> IntArray:
    """Return the ranks of one sorted list, group by group."""
    ranks = np.empty(scores.size, dtype=np.int64)
    first, best = 0, scores[0]
    for place, score in enumerate(scores.tolist()):
        if best - score > TIE:
            first, best = place, score
        ranks[place] = first + 1
    return ranks
