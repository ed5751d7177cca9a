"""How often each sector takes each rank, from the scores of many draws.

Rank acceptability as in stochastic multicriteria acceptability analysis (Lahdelma and Salminen
2001). Tied sectors split the ranks that they share evenly; unranked ones share the last.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sectorscan.scoring.positions import TIE, competition_ranks
from sectorscan.tables.model import FloatArray

IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]


def rank_counts(scores: FloatArray) -> FloatArray:
    """Return (S, S): in how many of the draws a sector (row) takes a rank (column).

    ``scores`` (draws, S) are -inf where a draw leaves a sector unranked. Rows and columns each sum
    to the number of draws.
    """
    size = scores.shape[1]
    never = np.asarray(np.isneginf(scores).all(axis=0), dtype=np.bool_)
    if never.any():
        return _with_unranked(scores, never)
    order = np.argsort(-scores, axis=1)
    descending = np.take_along_axis(scores, order, axis=1)
    with np.errstate(invalid="ignore"):
        apart = descending[:, :-1] - descending[:, 1:] > TIE
    plain = apart.all(axis=1)
    places = order[plain] * size + np.arange(size)
    counts = np.bincount(places.ravel(), minlength=size * size).reshape(size, size)
    if plain.all():
        return counts.astype(np.float64)
    return counts + _shared_counts(scores[~plain])


def _with_unranked(scores: FloatArray, never: BoolArray) -> FloatArray:
    """Return the counts where some sectors are ranked in no draw: they share the last ranks."""
    draws, size = scores.shape
    ranked = size - int(never.sum())
    counts = np.zeros((size, size))
    counts[np.ix_(never, np.arange(size) >= ranked)] = draws / (size - ranked)
    if ranked:
        counts[np.ix_(~never, np.arange(size) < ranked)] = rank_counts(scores[:, ~never])
    return counts


def _shared_counts(scores: FloatArray) -> FloatArray:
    """Return the counts of draws with ties: each of m tied sectors has 1/m of their m ranks."""
    size = scores.shape[1]
    ranks = competition_ranks(np.where(np.isneginf(scores), np.nan, scores))
    ranked = (ranks > 0).sum(axis=1, keepdims=True)
    first = np.where(ranks > 0, ranks - 1, ranked)
    group = first + size * np.arange(len(first))[:, None]
    together = np.bincount(group.ravel(), minlength=size * len(first))[group]
    sector = np.broadcast_to(np.arange(size), first.shape)
    # A share that begins at the group's first rank and ends after its last.
    begins = (sector * (size + 1) + first).ravel()
    share = (1.0 / together).ravel()
    length = size * (size + 1)
    steps = np.bincount(begins, share, length)
    steps -= np.bincount(begins + together.ravel(), share, length)
    return np.asarray(steps.reshape(size, size + 1)[:, :-1].cumsum(axis=1))


def percentile_rank(p_rank: FloatArray, share: float) -> FloatArray:
    """Return (S,) the first rank at which at least ``share`` of the draws are reached.

    The inverted distribution function: a whole rank, 1 is the best.
    """
    reached = p_rank.cumsum(axis=-1) >= share - 1e-12
    return np.asarray(1 + np.argmax(reached, axis=-1), dtype=np.float64)


def wins(scores: FloatArray, first: IntArray, second: IntArray) -> FloatArray:
    """Return (P,) in how many draws ``first`` (P,) sectors beat ``second``; a tie counts half."""
    one, other = scores[:, first], scores[:, second]
    with np.errstate(invalid="ignore"):
        gap = np.where(one == other, 0.0, one - other)
    return np.asarray((gap > TIE).sum(axis=0) + 0.5 * (np.abs(gap) <= TIE).sum(axis=0))
