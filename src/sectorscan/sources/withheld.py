"""Bounds and estimates for withheld cells: pure kernels on arrays, all trees at once.

A forest is an array of parent positions (-1 for a root). Every quantity (jobs, wages) has a low and
a high end a node: equal where it is disclosed, 0 and infinity where it is withheld. The children
of a node add up to it within ``slack``, the rounding of published averages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.sources.shares import share_out

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

_RELATIVE_ROUNDING = 1e-12
"""What adding a few hundred floats may lose, as a share of the sum."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as one parent array (n,); ``levels[d]`` holds the positions of the nodes at depth d."""

    parent: IntArray
    levels: tuple[IntArray, ...]
    children: IntArray
    """Number of children of each node, shape (n,)."""

    @classmethod
    def of(cls, parent: IntArray) -> Forest:
        """Return the forest of a parent array.

        Raises
        ------
        ValueError
            If a parent is outside the array, or a node is its own ancestor.
        """
        parent = np.asarray(parent, dtype=np.intp)
        size = len(parent)
        if size and (parent.min() < -1 or parent.max() >= size):
            message = "a parent lies outside the array"
            raise ValueError(message)
        depth = np.full(size, -1, dtype=np.intp)
        depth[parent < 0] = 0
        levels = [np.flatnonzero(parent < 0)]
        waiting = np.flatnonzero(parent >= 0)
        while len(waiting):
            reached = depth[parent[waiting]] >= 0
            if not reached.any():
                message = "a node is its own ancestor"
                raise ValueError(message)
            levels.append(waiting[reached])
            depth[waiting[reached]] = len(levels) - 1
            waiting = waiting[~reached]
        children = np.bincount(parent[parent >= 0], minlength=size)
        return cls(parent, tuple(levels), children)

    def rounding_slack(self) -> FloatArray:
        """Return 0.5 x (children + 1): each published average is rounded to a whole job."""
        return np.asarray(0.5 * (self.children + 1), dtype=np.float64)

    def depths(self) -> IntArray:
        """Return how far each node is below its root, shape (n,)."""
        depth = np.zeros(len(self.parent), dtype=np.intp)
        for level, nodes in enumerate(self.levels):
            depth[nodes] = level
        return depth

    def sum_of_children(self, values: FloatArray) -> FloatArray:
        """Return each node's sum over its children, shape (n,); 0 where it has none."""
        below = np.flatnonzero(self.parent >= 0)
        size = len(self.parent)
        return np.bincount(self.parent[below], values[below], size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of each node, shape (n,), and the parents whose sum contradicts their children."""

    low: FloatArray
    high: FloatArray
    contradicted: BoolArray


def bound(
    forest: Forest,
    low: FloatArray,
    high: FloatArray,
    slack: FloatArray,
    complete: BoolArray | None = None,
) -> Bounds:
    """Return the exact range of every single node, given that children add up to their parents.

    One pass up, one pass down of interval arithmetic. On a tree that is exact for each node on its
    own (a linear programme gives the same), though not for sums of nodes.

    Parameters
    ----------
    forest
        The trees; a node without children constrains nothing.
    low, high
        Own ends, shape (n,), ``0 <= low <= high <= inf``.
    slack
        By how much a node and the sum of its children may differ, shape (n,).
    complete
        False where children are known to be absent: their sum is then only at most their parent.

    Returns
    -------
    Bounds
        Where children contradict a disclosed parent its sum is not used: the parent keeps its
        value, the children what they are by themselves, at most the parent where that is possible.
    """
    full = np.ones(len(low), dtype=np.bool_) if complete is None else complete
    sums, up_low, up_high, contradicted = _pass_up(forest, low, high, slack, full)
    bounds = _pass_down(forest, up_low, up_high, slack, full & ~contradicted, contradicted, sums)
    return Bounds(*bounds, contradicted)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over each node's children: lows, finite highs, and how many highs are infinite."""

    low: FloatArray
    high: FloatArray
    unbounded: FloatArray


def _pass_up(
    forest: Forest, low: FloatArray, high: FloatArray, slack: FloatArray, complete: BoolArray
) -> tuple[_Sums, FloatArray, FloatArray, BoolArray]:
    low, high = low.astype(np.float64), high.astype(np.float64)
    size = len(low)
    sums = _Sums(np.zeros(size), np.zeros(size), np.zeros(size))
    contradicted = np.zeros(size, dtype=np.bool_)
    for level in range(len(forest.levels) - 1, 0, -1):
        nodes = forest.levels[level]
        parent = forest.parent[nodes]
        finite = np.isfinite(high[nodes])
        for total, part in (
            (sums.low, low[nodes]),
            (sums.high, np.where(finite, high[nodes], 0.0)),
            (sums.unbounded, (~finite).astype(np.float64)),
        ):
            total += np.bincount(parent, part, minlength=size)
        above = forest.levels[level - 1]
        above = above[forest.children[above] > 0]
        least = sums.low[above] - slack[above]
        known = complete[above] & (sums.unbounded[above] == 0)
        most = np.where(known, sums.high[above] + slack[above], np.inf)
        tight_low = np.maximum(low[above], least)
        tight_high = np.minimum(high[above], most)
        wrong = tight_low > tight_high + _rounding(tight_high)
        low[above] = np.where(wrong, low[above], np.minimum(tight_low, tight_high))
        high[above] = np.where(wrong, high[above], tight_high)
        contradicted[above] = wrong
    return sums, low, high, contradicted


def _pass_down(
    forest: Forest,
    low: FloatArray,
    high: FloatArray,
    slack: FloatArray,
    adds_up: BoolArray,
    contradicted: BoolArray,
    sums: _Sums,
) -> tuple[FloatArray, FloatArray]:
    up_low, up_high = low.copy(), high.copy()
    for nodes in forest.levels[1:]:
        parent = forest.parent[nodes]
        finite = np.isfinite(up_high[nodes])
        others_unbounded = sums.unbounded[parent] - ~finite > 0
        others_low = sums.low[parent] - up_low[nodes]
        others_high = sums.high[parent] - np.where(finite, up_high[nodes], 0.0)
        least = np.where(
            others_unbounded | ~adds_up[parent], 0.0, low[parent] - slack[parent] - others_high
        )
        room = np.where(contradicted[parent], 0.0, slack[parent] - others_low)
        most = high[parent] + room
        high[nodes] = np.maximum(np.minimum(up_high[nodes], most), up_low[nodes])
        low[nodes] = np.minimum(np.maximum(up_low[nodes], least), high[nodes])
    return low, high


def _rounding(values: FloatArray) -> FloatArray:
    return np.asarray(
        np.where(np.isfinite(values), _RELATIVE_ROUNDING * (1.0 + np.abs(values)), 0.0)
    )


def _at_least_the_children(
    forest: Forest, disclosed: FloatArray, expected: FloatArray
) -> FloatArray:
    """Raise what is expected of a withheld parent to what its children already have.

    With a disclosed child a parent must leave room for the others too: what is disclosed below it
    and what is expected of the rest. Else its estimate may come to rest on the disclosed child
    alone, and the others would count as nothing.
    """
    expected = expected.copy()
    for nodes in reversed(forest.levels[1:]):
        size = len(expected)
        parent = forest.parent[nodes]
        told = ~np.isnan(disclosed[nodes])
        share = np.where(told, disclosed[nodes], np.nan_to_num(expected[nodes], nan=0.0))
        below = np.bincount(parent, share, minlength=size)
        some_told = np.bincount(parent, told & (disclosed[nodes] > 0), minlength=size) > 0
        raised = some_told & np.isnan(disclosed) & ~(expected >= below)
        expected = np.where(raised, below, expected)
    return expected


def estimate(
    forest: Forest,
    disclosed: FloatArray,
    bounds: Bounds,
    expected: FloatArray,
    complete: BoolArray | None = None,
) -> FloatArray:
    """Return a value for every node: its own where disclosed, else an estimate in its bounds.

    Top-down, a withheld parent first: what the disclosed children leave of a parent is shared out
    over the withheld ones in proportion to what is expected of them (of a parent, at least what
    its children have), within their bounds (`_shared`). Without a usable parent a node takes what
    is expected of it, within its bounds. docs/decisions/estimates.md has the measurements.

    Parameters
    ----------
    forest
        The trees.
    disclosed
        Published values, NaN where withheld, shape (n,).
    bounds
        From `bound`.
    expected
        What each node would have by its establishments, in the unit of ``disclosed``; NaN unknown.
    complete
        As in `bound`.
    """
    full = np.ones(len(disclosed), dtype=np.bool_) if complete is None else complete
    withheld = np.isnan(disclosed)
    expected = _at_least_the_children(forest, disclosed, expected)
    alone = np.where(np.isnan(expected), np.nan, np.clip(expected, bounds.low, bounds.high))
    alone = np.where(bounds.low == bounds.high, bounds.low, alone)
    values = np.where(withheld, alone, disclosed)
    place = np.zeros(len(values), dtype=np.intp)
    for nodes in forest.levels[1:]:
        parent = forest.parent[nodes]
        known = ~np.isnan(values[parent]) & ~bounds.contradicted[parent]
        cells = nodes[withheld[nodes] & known]
        if not len(cells):
            continue
        told = nodes[~withheld[nodes]]
        given = np.bincount(forest.parent[told], disclosed[told], minlength=len(values))
        holds = np.zeros(len(values), dtype=np.bool_)
        holds[forest.parent[cells]] = True
        above = np.flatnonzero(holds)
        place[above] = np.arange(len(above))
        group = place[forest.parent[cells]]
        rest = values[above] - given[above]
        # Where children are absent from the file the rest is only a ceiling.
        wished = np.bincount(group, np.nan_to_num(alone[cells], nan=np.inf), len(above))
        total = np.where(full[above], rest, np.minimum(rest, wished))
        values[cells] = _shared(total, expected[cells], bounds, cells, group)
    return values


def _shared(
    total: FloatArray, expected: FloatArray, bounds: Bounds, cells: IntArray, group: IntArray
) -> FloatArray:
    """Return the cells' values, by whether the total holds what is expected of all of them.

    Where it does, each is clip(k x expected, low, high) with k >= 1. Where it doesn't, the lows are
    certain all the same, and what they leave is shared in proportion to what is expected beyond
    them. At k = 1 both are the same.
    """
    low, high = bounds.low[cells], bounds.high[cells]
    expected = np.nan_to_num(expected, nan=0.0)
    wished = np.bincount(group, np.clip(expected, low, high), len(total))
    beyond = np.maximum(expected - low, 0.0)
    rest = total - np.bincount(group, low, len(total))
    part = low + share_out(rest, beyond, np.zeros(len(low)), high - low, group)
    whole = share_out(total, expected, low, high, group)
    return np.where((total < wished)[group], part, whole)
