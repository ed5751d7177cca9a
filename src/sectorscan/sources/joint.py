"""How large and how small a sum of cells can be: exact on a tree, for any number of sums at once.

Withheld cells under one parent can't all be at their highs, nor all at their lows. For a set of
cells none of which lies above another, let f(x) be the largest sum of those in or below a node that
holds x. On a leaf of the set f(x) = x, on any other leaf 0. Adding children up and letting a node
differ from their sum by its slack keeps the form f(x) = min(x - others, most): so two numbers a
node, carried from the cells to the root, give what a linear programme gives. The smallest sum is
its mirror image, max(x - others, least).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sectorscan.sources.naics import EXCEPT
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.withheld import Forest
from sectorscan.tables.model import Interval
from sectorscan.tables.trees import BoolArray, Ends, FloatArray, IntArray, Trees


def bound_sums(
    forest: Forest, ends: Ends, node: IntArray, group: IntArray, groups: int
) -> tuple[FloatArray, FloatArray]:
    """Return the exact low and high of each sum of nodes, shape (groups,).

    Parameters
    ----------
    forest, ends
        The trees, and the ends that `withheld.bound` gives every single node.
    node, group
        The summed nodes and which sum each belongs to, shape (k,). No node of a sum lies above
        another of it. Nodes of one sum may stand in several trees.
    groups
        How many sums there are; one without nodes is 0.
    """
    low, high = np.zeros(groups), np.zeros(groups)
    depth = forest.depths()
    below = _Below.of(forest, ends)
    path = _Path.starting(node, group, ends)
    start = depth[node]
    waiting = path.where(start == depth.max(initial=0))
    for level in range(int(depth.max(initial=0)), -1, -1):
        top = forest.parent[waiting.node] < 0
        low += np.bincount(waiting.group[top], waiting.least[top], groups)
        high += np.bincount(waiting.group[top], waiting.most[top], groups)
        above = _step(forest, ends, below, waiting.where(~top))
        waiting = above.and_also(path.where(start == level - 1))
    return low, high


@dataclass(frozen=True, slots=True)
class _Below:
    """Sums over each node's children: lows, finite highs, and how many highs are infinite."""

    low: FloatArray
    high: FloatArray
    unbounded: FloatArray

    @classmethod
    def of(cls, forest: Forest, ends: Ends) -> _Below:
        open_ended = np.isinf(ends.high)
        return cls(
            forest.sum_of_children(ends.low),
            forest.sum_of_children(np.where(open_ended, 0.0, ends.high)),
            forest.sum_of_children(open_ended.astype(np.float64)),
        )


@dataclass(frozen=True, slots=True)
class _Path:
    """Nodes on the way up from the cells of sums.

    The largest sum in a node of x is min(x - fewest, most), the smallest max(x - others, least).
    """

    node: IntArray
    group: IntArray
    fewest: FloatArray
    most: FloatArray
    others: FloatArray
    least: FloatArray

    @classmethod
    def starting(cls, node: IntArray, group: IntArray, ends: Ends) -> _Path:
        zero = np.zeros(len(node))
        return cls(node, group, zero, ends.high[node], zero, ends.low[node])

    def where(self, kept: BoolArray) -> _Path:
        return _Path(
            self.node[kept],
            self.group[kept],
            self.fewest[kept],
            self.most[kept],
            self.others[kept],
            self.least[kept],
        )

    def and_also(self, other: _Path) -> _Path:
        return _Path(
            np.concatenate([self.node, other.node]),
            np.concatenate([self.group, other.group]),
            np.concatenate([self.fewest, other.fewest]),
            np.concatenate([self.most, other.most]),
            np.concatenate([self.others, other.others]),
            np.concatenate([self.least, other.least]),
        )


def _step(forest: Forest, ends: Ends, below: _Below, path: _Path) -> _Path:
    """Return the parents of the nodes on the way up, one for each sum, with their f."""
    size = len(forest.parent)
    keys, place = np.unique(path.group * size + forest.parent[path.node], return_inverse=True)
    node, group = keys % size, keys // size

    def summed(values: FloatArray) -> FloatArray:
        return np.bincount(place, values, len(keys)).astype(np.float64)

    open_ended, open_others = np.isinf(ends.high[path.node]), np.isinf(path.others)
    fewest = below.low[node] + summed(path.fewest - ends.low[path.node])
    others = below.high[node] + summed(
        np.where(open_others, 0.0, path.others) - np.where(open_ended, 0.0, ends.high[path.node])
    )
    unbounded = below.unbounded[node] + summed(open_others.astype(float) - open_ended)
    others = np.where(unbounded > 0, np.inf, others)
    most, least = summed(path.most), summed(path.least)
    low, high, slack = ends.low[node], ends.high[node], ends.slack[node]
    free = ends.contradicted[node]
    most = np.where(free, most, np.minimum(most, high + slack - fewest))
    fewest = np.maximum(np.where(free, -np.inf, fewest - slack), low - most)
    tied = ends.complete[node] & ~free
    least = np.where(tied, np.maximum(least, low - slack - others), least)
    others = np.minimum(np.where(tied, others + slack, np.inf), high - least)
    return _Path(node, group, fewest, most, others, least)


def in_trees(
    summed: Summed,
    grid: Grid,
    sums: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    trees: Trees | None,
) -> Summed:
    """Return (S, Y) sums whose ends are those that each area's cells can reach together.

    Areas add up. What stands in no tree keeps its own ends; sums of one code, and those that hold a
    difference of two codes, are left as they are.
    """
    several = [
        s
        for s, (_, codes) in enumerate(sums)
        if len(codes) > 1 and not any(EXCEPT in code for code in codes)
    ]
    years = grid.cells.years
    if trees is None or not several:
        return summed
    areas = {area for s in several for area in sums[s][0]}
    trees = trees.of_areas(sorted(areas), years)
    forest = Forest.of(trees.parent)
    node, place = _cells_of(trees, [sums[s] for s in several], years)
    shape = (len(several), len(years))
    treeless = areas - {trees.areas[at] for at in np.unique(trees.area)}
    ends: list[Interval] = []
    for name, of_rows in (("employment", trees.jobs), ("wages", trees.wages)):
        low, high = (
            end.reshape(shape)
            for end in bound_sums(forest, of_rows, node, place, len(several) * len(years))
        )
        own: Interval = getattr(summed, name)
        new_low, new_high = own.low.copy(), own.high.copy()
        for row, s in enumerate(several):
            rest = grid.total([a for a in sums[s][0] if a in treeless], sums[s][1])
            beside: Interval = getattr(rest, name)
            more_low, more_high = np.nan_to_num(beside.low), _or_zero(beside.high)
            unknown = np.isnan(own.value[s])
            new_low[s] = np.where(unknown, np.nan, np.fmax(own.low[s], low[row] + more_low))
            new_high[s] = np.where(unknown, np.nan, np.fmin(own.high[s], high[row] + more_high))
        ends.append(Interval(np.fmin(new_low, own.value), own.value, np.fmax(new_high, own.value)))
    return replace(summed, employment=ends[0], wages=ends[1])


def _or_zero(high: FloatArray) -> FloatArray:
    return np.where(np.isnan(high), 0.0, high)


def _cells_of(
    trees: Trees,
    sums: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    years: Sequence[int],
) -> tuple[IntArray, IntArray]:
    """Return the rows of each sum's areas and codes, and each one's place sum x years + year."""
    area_at = {area: at for at, area in enumerate(trees.areas)}
    code_at = {code: at for at, code in enumerate(trees.industries)}
    year_at = np.searchsorted(np.asarray(years), trees.year)
    nodes: list[npt.NDArray[np.intp]] = []
    places: list[npt.NDArray[np.intp]] = []
    for number, (areas, codes) in enumerate(sums):
        in_area = np.zeros(len(trees.areas) + 1, dtype=np.bool_)
        in_area[[area_at.get(area, -1) for area in areas]] = True
        in_area[-1] = False
        of_code = np.zeros(len(trees.industries) + 1, dtype=np.bool_)
        of_code[[code_at.get(code, -1) for code in codes]] = True
        of_code[-1] = False
        rows = np.flatnonzero(in_area[trees.area] & of_code[trees.industry])
        nodes.append(rows)
        places.append(number * len(years) + year_at[rows])
    return np.concatenate(nodes), np.concatenate(places)
