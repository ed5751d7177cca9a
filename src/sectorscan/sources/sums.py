"""Sums of county cells over areas and industries, with their intervals and statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sectorscan.sources import naics
from sectorscan.sources.cells import MISSING, Cells, absent_as_zero, worst_status
from sectorscan.tables.model import FloatArray, Interval


@dataclass(frozen=True, slots=True)
class Summed:
    """Jobs, USD a year and establishments, (Y,) for one sum or (S, Y) for several."""

    employment: Interval
    wages: Interval
    establishments: FloatArray
    e_status: npt.NDArray[np.str_]
    w_status: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Grid:
    """Cells that can be summed by area and industry codes."""

    cells: Cells

    @cached_property
    def _area_at(self) -> dict[str, int]:
        return {area: at for at, area in enumerate(self.cells.areas)}

    @cached_property
    def _code_at(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.cells.codes)}

    def take(self, areas: Sequence[str], codes: Sequence[str]) -> Cells:
        """Return the cells of those areas and codes that the grid has."""
        return self.cells.take(
            [self._area_at[area] for area in areas if area in self._area_at],
            [self._code_at[code] for code in codes if code in self._code_at],
        )

    def total(self, areas: Sequence[str], codes: Sequence[str]) -> Summed:
        """Return (Y,) sums over areas and codes; NaN in years where a cell is not known at all."""
        part = self.take(areas, codes)
        if len(part.codes) > 1:
            part = absent_as_zero(part, _bridged(part))
        return _sum_over(part, (0, 1))

    def totals(self, sums: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Summed:
        """Return (S, Y) sums, one row for each (areas, codes)."""
        single = [codes[0] for _, codes in sums if len(codes) == 1 and codes[0] in self._code_at]
        if len(single) == len(sums) and len({areas for areas, _ in sums}) == 1:
            # Plain industries of one region, the usual case, in one go.
            return _sum_over(self.take(sums[0][0], single), (0,))
        rows = [self.total(areas, codes) for areas, codes in sums]
        shape = (len(rows), len(self.cells.years))

        def stacked(arrays: list[FloatArray]) -> FloatArray:
            return np.array(arrays, dtype=float).reshape(shape)

        def intervals(parts: list[Interval]) -> Interval:
            return Interval(
                stacked([p.low for p in parts]),
                stacked([p.value for p in parts]),
                stacked([p.high for p in parts]),
            )

        return Summed(
            intervals([r.employment for r in rows]),
            intervals([r.wages for r in rows]),
            stacked([r.establishments for r in rows]),
            np.array([r.e_status for r in rows], dtype="<U9").reshape(shape),
            np.array([r.w_status for r in rows], dtype="<U9").reshape(shape),
        )


def _sum_over(part: Cells, axes: tuple[int, ...]) -> Summed:
    """Return the sums over areas (axis 0) and perhaps industries (axis 1)."""
    if not part.areas or not part.codes:
        shape = part.e_status.shape[len(axes) :]
        nothing = Interval.exact(np.full(shape, np.nan))
        absent = np.full(shape, "missing", dtype="<U9")
        return Summed(nothing, nothing, nothing.value, absent, absent)
    return Summed(
        _add_up(part.employment, part.e_status, axes),
        _add_up(part.wages, part.w_status, axes),
        part.establishments.sum(axis=axes),
        worst_status(part.e_status, axes),
        worst_status(part.w_status, axes),
    )


def _add_up(x: Interval, status: npt.NDArray[np.int8], axes: tuple[int, ...]) -> Interval:
    """Return the sum over areas and industries; NaN where a cell is absent or missing."""
    unknown = (status <= MISSING).any(axis=axes) | np.isnan(x.value).any(axis=axes)
    low, value, high = (end.sum(axis=axes) for end in (x.low, x.value, x.high))
    return Interval(*(np.where(unknown, np.nan, end) for end in (low, value, high)))


def _bridged(part: Cells) -> npt.NDArray[np.bool_]:
    """Return (A, C, Y) where a code doesn't stand, but another of the bundle's in its sector does.

    A bundle that names old and new codes of one sector (511 and 513) has a sum in every year, of
    those that stand; with one of them alone the other years stay unknown. Whether such years can be
    compared is not told here: ``vintages.without_other_content`` takes out those that can't.
    """
    stands = np.array([[naics.stands_in(c, y) for y in part.years] for c in part.codes])
    changes = ~stands.all(axis=1)
    zero = np.zeros(part.e_status.shape, dtype=bool)
    for c in np.flatnonzero(changes):
        sector = naics.sector_of(part.codes[c])
        partners = [o for o in np.flatnonzero(changes) if naics.sector_of(part.codes[o]) == sector]
        zero[:, c, :] = ~stands[c] & stands[partners].any(axis=0)
    return zero
