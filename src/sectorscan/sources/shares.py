"""Sharing a total out over cells that each have a low and a high end: exact, all groups at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

_NEGLIGIBLE = 1e-12
"""A weight that is smaller than this beside its group's heaviest counts as 0."""


def share_out(
    total: FloatArray, weight: FloatArray, low: FloatArray, high: FloatArray, group: IntArray
) -> FloatArray:
    """Return the cells that add up to their group's total, each near its weight's share.

    A cell is ``clip(k * weight, low, high)`` with one ``k >= 0`` a group, solved exactly. The total
    is first clamped to [sum of lows, sum of highs]. Where all weights of a group are 0 they count
    as equal; a cell of weight 0 takes what the others can't hold.

    Parameters
    ----------
    total
        What each group's cells should add up to, shape (groups,).
    weight, low, high
        Shape (cells,); a NaN weight counts as 0.
    group
        The position in ``total`` of each cell's group, shape (cells,).
    """
    size = len(total)
    weight = np.where(np.isfinite(weight) & (weight > 0), weight, 0.0)
    heaviest = np.zeros(size)
    np.maximum.at(heaviest, group, weight)
    weight = np.where(heaviest[group] > 0, weight / np.where(heaviest > 0, heaviest, 1)[group], 1.0)
    weight = np.where(weight < _NEGLIGIBLE, 0.0, weight)
    target = np.clip(total, np.bincount(group, low, size), np.bincount(group, high, size))
    values = low.astype(np.float64)
    weighty = weight > 0
    rest = target - np.bincount(group[~weighty], low[~weighty], size)
    values[weighty] = _solve(rest, weight[weighty], low[weighty], high[weighty], group[weighty])
    idle = ~weighty
    if idle.any():
        left = target - np.bincount(group[weighty], values[weighty], size)
        even = np.ones(int(idle.sum()))
        values[idle] = _solve(left, even, low[idle], high[idle], group[idle])
    return values


def _solve(
    target: FloatArray, weight: FloatArray, low: FloatArray, high: FloatArray, group: IntArray
) -> FloatArray:
    """Return ``clip(k * weight, low, high)`` with each group's k found between its breakpoints.

    The sum grows piecewise linearly in k, with a bend where a cell leaves its low or meets its
    high. Bisecting over the sorted bends finds the piece that holds the target; on it k is exact.
    """
    size = len(target)
    if not len(weight):
        return low.astype(np.float64)
    bends = np.concatenate([low / weight, high / weight])
    owners = np.concatenate([group, group])
    order = np.lexsort((bends, owners))
    bends, owners = bends[order], owners[order]
    start = np.searchsorted(owners, np.arange(size))
    count = np.searchsorted(owners, np.arange(size), side="right") - start
    at_most = np.zeros(size, dtype=np.intp)
    beyond = count.copy()
    while (searching := beyond - at_most > 1).any():
        middle = np.where(searching, (at_most + beyond) // 2, at_most)
        k = bends[np.minimum(start + middle, len(bends) - 1)]
        reached = np.bincount(group, np.clip(k[group] * weight, low, high), size) <= target
        at_most = np.where(searching & reached, middle, at_most)
        beyond = np.where(searching & ~reached, middle, beyond)
    k = bends[np.minimum(start + at_most, len(bends) - 1)]
    moving = (low / weight <= k[group]) & (high / weight > k[group])
    fixed = np.where(moving, 0.0, np.clip(k[group] * weight, low, high))
    slope = np.bincount(group, np.where(moving, weight, 0.0), size)
    exact = (target - np.bincount(group, fixed, size)) / np.where(slope > 0, slope, 1.0)
    k = np.where(slope > 0, exact, k)
    return np.asarray(np.clip(k[group] * weight, low, high))
