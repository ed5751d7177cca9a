"""County cells as arrays: areas x industries x years, withheld ones bounded and estimated.

Where a cell's own tree bounded it already (QCEW) nothing is changed here. In a table without
parents a withheld cell is low (0 where nothing is known) to high (unbounded where nothing is
known), and its value is its establishments times the jobs per establishment of the disclosed
areas in that industry and year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.tables.model import FloatArray, Interval

STATUSES = ("absent", "missing", "published", "derived", "estimated", "withheld")
ABSENT, MISSING, PUBLISHED, DERIVED, ESTIMATED, WITHHELD = range(6)
STATUS_CODE = {name: code for code, name in enumerate(STATUSES)}

IntArray = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Cells:
    """A areas x C industries x Y years. Jobs, USD a year, establishments; statuses as codes."""

    areas: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    employment: Interval
    wages: Interval
    establishments: FloatArray
    e_status: IntArray
    w_status: IntArray

    def take(self, areas: list[int], codes: list[int]) -> Cells:
        """Return the cells of some areas and industries, by their indices."""
        grid = np.ix_(areas, codes)

        def cut(x: Interval) -> Interval:
            return Interval(x.low[grid], x.value[grid], x.high[grid])

        return Cells(
            tuple(self.areas[i] for i in areas),
            tuple(self.codes[i] for i in codes),
            self.years,
            cut(self.employment),
            cut(self.wages),
            self.establishments[grid],
            self.e_status[grid],
            self.w_status[grid],
        )


def positions(column: pd.Series, wanted: tuple[object, ...]) -> npt.NDArray[np.int64]:
    """Return each row's index in ``wanted``, -1 where it isn't there."""
    # Text as objects: they are compared as they are, where pandas' own strings are made first.
    kind = object if pd.api.types.is_string_dtype(column) else column.dtype
    given = pd.Index(column.to_numpy(), dtype=kind)
    return pd.Index(list(wanted), dtype=kind).get_indexer(given)


def arrange(
    frame: pd.DataFrame, areas: tuple[str, ...], codes: tuple[str, ...], years: tuple[int, ...]
) -> Cells:
    """Return a table's rows as arrays; a cell without a row is absent (NaN)."""
    a, c, y = (
        positions(frame[name], wanted)
        for name, wanted in (("region", areas), ("industry", codes), ("year", years))
    )
    inside = (a >= 0) & (c >= 0) & (y >= 0)
    rows, at = frame[inside], (a[inside], c[inside], y[inside])
    shape = (len(areas), len(codes), len(years))

    def spread(column: str) -> FloatArray:
        out = np.full(shape, np.nan)
        out[at] = rows[column].to_numpy(dtype=float)
        return out

    def statuses(column: str) -> IntArray:
        out = np.full(shape, ABSENT, dtype=np.int8)
        out[at] = rows[column].map(STATUS_CODE).to_numpy(dtype=np.int8)
        return out

    def interval(name: str) -> Interval:
        return Interval(spread(f"{name}_low"), spread(name), spread(f"{name}_high"))

    return Cells(
        areas,
        codes,
        years,
        interval("employment"),
        interval("total_wages"),
        spread("establishments"),
        statuses("employment_status"),
        statuses("wages_status"),
    )


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """Return top / bottom, NaN where the bottom is 0 or unknown."""
    out = np.full(np.broadcast_shapes(top.shape, bottom.shape), np.nan)
    return np.asarray(np.divide(top, bottom, out=out, where=bottom > 0))


def _pooled(
    top: FloatArray, bottom: FloatArray, known: npt.NDArray[np.bool_], pool: list[int]
) -> FloatArray:
    """Return (C, Y) ratios of sums over the disclosed cells of the pooled areas.

    Falls back, in this order, to the industry over all years, to all industries of that year,
    and to everything.
    """
    known = known & ~np.isnan(top) & ~np.isnan(bottom)
    t = np.where(known, top, 0.0)[pool].sum(axis=0)
    b = np.where(known, bottom, 0.0)[pool].sum(axis=0)
    ratio = _ratio(t, b)
    for axes in ((1,), (0,), (0, 1)):
        wider = _ratio(t.sum(axis=axes, keepdims=True), b.sum(axis=axes, keepdims=True))
        ratio = np.where(np.isnan(ratio), wider, ratio)
    return ratio


def _fill(x: Interval, withheld: npt.NDArray[np.bool_], guess: FloatArray) -> Interval:
    """Put the guess, held inside the bounds, where a cell is withheld."""
    low = np.where(withheld & np.isnan(x.low), 0.0, x.low)
    high = np.where(withheld & np.isnan(x.high), np.inf, x.high)
    middle = np.where(np.isfinite(high), (low + np.where(np.isfinite(high), high, 0)) / 2, np.nan)
    value = np.where(np.isnan(guess), middle, np.clip(guess, low, high))
    return Interval(low, np.where(withheld, value, x.value), high)


def estimate(cells: Cells, pool: list[int]) -> Cells:
    """Return the cells with every withheld one bounded and estimated.

    ``pool`` are the indices of the areas whose disclosed cells give the ratios. A withheld cell
    without establishments takes the middle of its bounds, or stays without a value where they are
    open (its bounds hold all the same).
    """
    e_withheld = cells.e_status == WITHHELD
    w_withheld = cells.w_status == WITHHELD
    if not (e_withheld.any() or w_withheld.any()):
        return cells
    e_known = np.isin(cells.e_status, (PUBLISHED, DERIVED))
    w_known = e_known & np.isin(cells.w_status, (PUBLISHED, DERIVED))
    jobs_per_firm = _pooled(cells.employment.value, cells.establishments, e_known, pool)
    pay = _pooled(cells.wages.value, cells.employment.value, w_known, pool)
    employment = _fill(cells.employment, e_withheld, cells.establishments * jobs_per_firm)
    wages = _fill(cells.wages, w_withheld, employment.value * pay)
    return replace(
        cells,
        employment=employment,
        wages=wages,
        e_status=np.where(e_withheld, ESTIMATED, cells.e_status).astype(np.int8),
        w_status=np.where(w_withheld, ESTIMATED, cells.w_status).astype(np.int8),
    )


def absent_as_zero(cells: Cells, zero: npt.NDArray[np.bool_]) -> Cells:
    """Return the cells with those absent ones that mean *no establishments* set to 0."""
    e_zero = zero & (cells.e_status == ABSENT)
    w_zero = zero & (cells.w_status == ABSENT)

    def fill(x: Interval, where: npt.NDArray[np.bool_]) -> Interval:
        return Interval(*(np.where(where, 0.0, getattr(x, f.name)) for f in fields(x)))

    return replace(
        cells,
        employment=fill(cells.employment, e_zero),
        wages=fill(cells.wages, w_zero),
        establishments=np.where(e_zero, 0.0, cells.establishments),
        e_status=np.where(e_zero, PUBLISHED, cells.e_status).astype(np.int8),
        w_status=np.where(w_zero, PUBLISHED, cells.w_status).astype(np.int8),
    )


def worst_status(codes: IntArray, axes: tuple[int, ...]) -> npt.NDArray[np.str_]:
    """Return the status of sums over ``axes``: missing, else estimated, derived, published."""
    names = np.full(codes.max(axis=axes).shape, "published", dtype="<U9")
    names[(codes == DERIVED).any(axis=axes)] = "derived"
    names[(codes == ESTIMATED).any(axis=axes)] = "estimated"
    names[(codes <= MISSING).any(axis=axes)] = "missing"
    return names
