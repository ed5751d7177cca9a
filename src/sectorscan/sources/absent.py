"""What an absent row means: no establishments, or not known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.cells import ABSENT, DERIVED, PUBLISHED, Cells, absent_as_zero
from sectorscan.sources.scope import listed


def settle_absent(
    cells: Cells, frame: pd.DataFrame, counted: set[str], *, public: bool
) -> tuple[Cells, tuple[str, ...]]:
    """Set absent cells to 0 where a missing row means no establishments.

    In public files an area that has rows of a level has a row for every industry of it. In an
    analyst's table only an industry that another area has that year counts as none here, and this
    is said. A code that doesn't stand in a year's classification stays unknown.
    """
    has_row = cells.e_status != ABSENT
    zero = ~has_row & _level_given(frame, cells) & _classified(cells)
    if not public:
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


def _level_given(frame: pd.DataFrame, cells: Cells) -> npt.NDArray[np.bool_]:
    """Return (A, C, Y) where the area has rows that year of the level that the code is of."""
    level_of = {code: naics.level(code) or "" for code in frame["industry"].unique()}
    levels = tuple(dict.fromkeys(naics.level(code) or "" for code in cells.codes))
    rows = frame[["region", "year"]].assign(level=frame["industry"].map(level_of))
    known = pd.MultiIndex.from_frame(rows.drop_duplicates())
    asked = pd.MultiIndex.from_product([cells.areas, cells.years, levels])
    given = asked.isin(known).reshape(len(cells.areas), len(cells.years), len(levels))
    of_code = [levels.index(naics.level(code) or "") for code in cells.codes]
    return np.asarray(given[:, :, of_code].swapaxes(1, 2), dtype=np.bool_)


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
