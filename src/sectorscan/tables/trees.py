"""The trees that withheld figures stand in: the ends of sums need them, so tables carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ends:
    """The range of every single row, and what ties rows together; shape (rows,).

    ``low`` and ``high`` in jobs or USD, equal where published. Children add up to their parent
    within the parent's ``slack``; they are at most the parent where not all are given
    (``complete`` is False); nothing is known where they are ``contradicted``.
    """

    low: FloatArray
    high: FloatArray
    slack: FloatArray
    complete: BoolArray
    contradicted: BoolArray

    def weighted(self, weight: FloatArray) -> Ends:
        """Return the ends of each row's share (rows,): all of a tree have the same."""
        return replace(
            self, low=self.low * weight, high=self.high * weight, slack=self.slack * weight
        )

    def take(self, rows: IntArray) -> Ends:
        """Return the ends of some rows."""
        return Ends(
            self.low[rows],
            self.high[rows],
            self.slack[rows],
            self.complete[rows],
            self.contradicted[rows],
        )


@dataclass(frozen=True, slots=True)
class Trees:
    """Rows by area, each with its parent's position (-1: none), always in the same area and year.

    A year may have several trees, four quarters that each count for a fourth of it.

    ``area`` and ``industry`` are positions in ``areas`` and ``industries``. An industry may stand
    in several rows of an area and year, one an ownership.
    """

    areas: tuple[str, ...]
    industries: tuple[str, ...]
    area: IntArray
    industry: IntArray
    year: IntArray
    parent: IntArray
    jobs: Ends
    wages: Ends

    def weighted(self, weight: FloatArray) -> Trees:
        """Return the trees with what each row counts for: a quarter of a year is a fourth of it."""
        return replace(self, jobs=self.jobs.weighted(weight), wages=self.wages.weighted(weight))

    def arranged(self) -> Trees:
        """Return the rows in the order of their areas, as ``of_areas`` needs them."""
        if (np.diff(self.area) >= 0).all():
            return self
        return self._take(np.argsort(self.area, kind="stable"))

    def of_areas(self, areas: Sequence[str], years: Sequence[int]) -> Trees:
        """Return the rows of some areas and years, at the cost of those rows alone."""
        place = {area: at for at, area in enumerate(self.areas)}
        wanted = np.array(sorted({place[a] for a in areas if a in place}), dtype=np.intp)
        starts = np.searchsorted(self.area, wanted)
        stops = np.searchsorted(self.area, wanted, side="right")
        rows = np.concatenate(
            [
                np.arange(0),
                *(np.arange(a, b) for a, b in zip(starts, stops, strict=True)),
            ]
        )
        return self._take(rows[np.isin(self.year[rows], list(years))])

    def _take(self, rows: IntArray) -> Trees:
        order = np.argsort(rows, kind="stable")
        parent = self.parent[rows]
        at = np.searchsorted(rows, parent, sorter=order)
        at = order[np.minimum(at, max(len(rows) - 1, 0))] if len(rows) else at
        return Trees(
            self.areas,
            self.industries,
            self.area[rows],
            self.industry[rows],
            self.year[rows],
            np.where(rows[at] == parent, at, -1),
            self.jobs.take(rows),
            self.wages.take(rows),
        )
