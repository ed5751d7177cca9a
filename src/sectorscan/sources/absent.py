"""What an absent row means: no establishments, or not known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.areas import kind, stands_in
from sectorscan.sources.cells import ABSENT, DERIVED, PUBLISHED, Cells, absent_as_zero, positions
from sectorscan.sources.scope import listed


def settle_absent(
    cells: Cells,
    frame: pd.DataFrame,
    counted: set[str],
    *,
    public: bool,
    may_lack_years: frozenset[str] = frozenset(),
) -> tuple[Cells, tuple[str, ...]]:
    """Set absent cells to 0 where a missing row means no establishments.

    In public files an area that has rows of a level has a row for every industry of it. In an
    analyst's table only an industry that another area has that year counts as none here, and this
    is said. A code that doesn't stand in a year's classification stays unknown.

    ``may_lack_years`` are areas of a sum over all: one that QCEW doesn't have in a year, or a
    state's jobs in no county where no row tells of any, adds nothing to that year's.
    """
    has_row = cells.e_status != ABSENT
    zero = ~has_row & _level_given(frame, cells) & _classified(cells)
    if public:
        zero |= ~has_row & _no_such_area(cells, may_lack_years)
    else:
        zero &= has_row.any(axis=0, keepdims=True)
    gaps = zero[[a in counted for a in cells.areas]]
    said: tuple[str, ...] = ()
    if gaps.any() and not public:
        codes = [cells.codes[c] for c in np.flatnonzero(gaps.any(axis=(0, 2)))]
        said = (
            f"{int(gaps.sum())} rows are absent for industries that other areas have that year "
            f"({listed(codes)}): counted as no establishments.",
        )
    return absent_as_zero(cells, zero), said


def _no_such_area(cells: Cells, may_lack_years: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Return (A, C, Y) where an area of a sum over all has no row in a year, and needs none."""
    without_rows = (cells.e_status == ABSENT).all(axis=1)
    optional = np.array(
        [
            [
                area in may_lack_years and (kind(area) == "no county" or not stands_in(area, year))
                for year in cells.years
            ]
            for area in cells.areas
        ]
    ).reshape(without_rows.shape)
    return np.broadcast_to((without_rows & optional)[:, None, :], cells.e_status.shape)


def _level_given(frame: pd.DataFrame, cells: Cells) -> npt.NDArray[np.bool_]:
    """Return (A, C, Y) where the area has rows that year of the level that the code is of."""
    levels = tuple(dict.fromkeys(naics.level(code) or "" for code in cells.codes))
    codes, names = pd.factorize(frame["industry"])
    # A level that no cell is of is put beside the others.
    place = {level: at for at, level in enumerate(levels)}
    at = np.array([place.get(naics.level(name) or "", len(levels)) for name in names], dtype=int)
    a, y = positions(frame["region"], cells.areas), positions(frame["year"], cells.years)
    inside = (a >= 0) & (y >= 0)
    given = np.zeros((len(cells.areas), len(cells.years), len(levels) + 1), dtype=np.bool_)
    given[a[inside], y[inside], at[codes[inside]]] = True
    of_code = [levels.index(naics.level(code) or "") for code in cells.codes]
    return given[:, :, of_code].swapaxes(1, 2)


def _classified(cells: Cells) -> npt.NDArray[np.bool_]:
    """Return (A, C, Y) where a code stands in the classification that the area's year is in.

    Years derived from the next year's file have the next year's codes. A code that is published
    for some area that year stands in any case: some tables are back-cast.
    """
    shape = (len(cells.codes), len(cells.years))

    def stands(ahead: int) -> npt.NDArray[np.bool_]:
        found = [naics.stands_in(c, y + ahead) for c in cells.codes for y in cells.years]
        return np.array(found, dtype=bool).reshape(shape)

    has_row = cells.e_status != ABSENT
    derived = has_row.any(axis=1) & ((cells.e_status == DERIVED) | ~has_row).all(axis=1)
    told = (cells.e_status == PUBLISHED).any(axis=0)
    return np.where(derived[:, None, :], stands(0) & stands(1), stands(0) | told)
