"""The year before each file's own, from its over-the-year columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sectorscan.sources.qcew_numbers import FIGURES

_AREA_TIME = ["area", "year", "quarter"]


def with_years_before(rows: pd.DataFrame, first: int = 0) -> pd.DataFrame:
    """Return the rows and, where no file has an area's year before, that year's rows.

    A quarter's are those of the same quarter of the year before; years before ``first`` aren't
    wanted. The figure is the year's minus its change, status *derived*; it is unknown where either
    year was withheld. Its establishments are known all the same.

    A code that is new in a classification shows its whole value as the change: nothing stands there
    the year before, which need not mean that there was nothing, so no row is made. An area whose
    every change is 0 has none (the first year of a series, or of an area).
    """
    now = rows.assign(derived=False)
    times = rows[_AREA_TIME].drop_duplicates()
    present = pd.MultiIndex.from_frame(times)
    gap = ~pd.MultiIndex.from_frame(times.assign(year=times["year"] - 1)).isin(present)
    gap &= times["year"].to_numpy() > first
    if not gap.any():
        return now
    wanted = rows.merge(times[gap], on=_AREA_TIME)
    changes = wanted[[f"{name}_change" for name in FIGURES]].abs().sum(axis=1)
    real = changes.groupby([wanted[name] for name in _AREA_TIME]).transform("sum") > 0
    return pd.concat([now, _year_before(wanted[real])], ignore_index=True)


def _year_before(rows: pd.DataFrame) -> pd.DataFrame:
    before = rows.assign(year=rows["year"] - 1, derived=True)
    for name in FIGURES:
        value = rows[name] - rows[f"{name}_change"]
        if name != "establishments":
            value = value.where(rows["change_known"])
        # A change larger than the figure is a revision that these files don't hold.
        before[name] = value.where(~(value < 0), np.nan)
    nothing = (before["establishments"] == 0) & ~(before["employment"] > 0)
    unknown = before["establishments"].isna() & before["employment"].isna()
    return before[~(nothing | unknown)]
