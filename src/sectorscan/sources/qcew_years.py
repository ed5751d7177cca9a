"""The year before each file's own, from its over-the-year columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sectorscan.sources.qcew_numbers import FIGURES


def with_years_before(rows: pd.DataFrame, first: int = 0) -> pd.DataFrame:
    """Return the rows and, where no file has an area's year before, that year's rows.

    Years before ``first`` aren't wanted.

    The figure of the year before is the figure minus its change, status *derived*; it is unknown
    where either year was withheld. Its establishments are known all the same.

    A code that is new in a classification shows its whole value as the change: nothing stands there
    the year before, which need not mean that there was nothing, so no row is made. Files in which
    every change is 0 carry none (the first year of a series).
    """
    now = rows.assign(derived=False)
    has_year = set(zip(rows["area"], rows["year"], strict=True))
    pairs = rows[["area", "year"]].drop_duplicates()
    gap = [
        y > first and (a, y - 1) not in has_year
        for a, y in zip(pairs["area"], pairs["year"], strict=True)
    ]
    if not any(gap):
        return now
    wanted = rows.merge(pairs[gap], on=["area", "year"])
    changes = wanted[[f"{name}_change" for name in FIGURES]].abs().sum(axis=1)
    real = changes.groupby(wanted["file"]).transform("sum") > 0
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
