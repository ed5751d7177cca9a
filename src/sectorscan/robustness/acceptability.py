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
    order = np.argsort(-scores, axis=1)
    # Four times as fast as take_along_axis.
    descending = scores.ravel().take(order + size * np.arange(len(scores))[:, None])
    with np.errstate(invalid="ignore"):
        apart = np.asarray(descending[:, :-1] - descending[:, 1:] > TIE)
    some_unranked = bool(np.isneginf(descending[:, -1:]).any())
    if some_unranked:
        apart |= np.isneginf(descending[:, 1:])
    plain: BoolArray = np.asarray(apart.all(axis=1))
    places = order * size + np.arange(size)
    if some_unranked:
        counted = places[plain[:, None] & ~np.isneginf(descending)]
    else:
        counted = places.ravel() if plain.all() else places[plain].ravel()
    counts = np.bincount(counted, minlength=size * size).reshape(size, size).astype(np.float64)
    if some_unranked:
        counts += _unranked_counts(np.isneginf(scores[plain]))
    return counts if plain.all() else counts + _shared_counts(scores[~plain])


def _unranked_counts(out: BoolArray) -> FloatArray:
    """Return the counts of unranked sectors, (draws, S) True: they share the ranks left over."""
    size = out.shape[1]
    counts = np.zeros((size, size))
    ranked = size - out.sum(axis=1)
    for number in np.unique(ranked[ranked < size]):
        times = out[ranked == number].sum(axis=0)
        counts[:, number:] += times[:, None] / (size - number)
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
