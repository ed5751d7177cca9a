"""Years in which a sector's codes held other establishments are unknown: never read as growth.

A code may appear, vanish, or keep its number and change what it holds (see ``revisions.py``).
Growth across a revision is growth only where a sector's codes hold the same on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.revisions import same_content, taken_in
from sectorscan.sources.scope import listed
from sectorscan.sources.sums import Summed
from sectorscan.tables.model import Interval, Sector


def without_other_content(
    summed: Summed, sectors: Sequence[Sector], years: Sequence[int]
) -> Summed:
    """Return the (S, Y) sums, unknown in years whose codes hold other things than the last year's.

    Establishments stay: no growth is made of them.
    """
    if not years:
        return summed
    same = np.array(
        [[same_content(s.naics, year, years[-1]) for year in years] for s in sectors], dtype=bool
    ).reshape(summed.e_status.shape)

    def kept(cells: Interval) -> Interval:
        return Interval(*(np.where(same, x, np.nan) for x in (cells.low, cells.value, cells.high)))

    return replace(
        summed,
        employment=kept(summed.employment),
        wages=kept(summed.wages),
        e_status=np.where(same, summed.e_status, "missing"),
        w_status=np.where(same, summed.w_status, "missing"),
    )


def in_one_classification(employment: pd.DataFrame) -> bool:
    """Return whether a table keeps its codes over all years: some analysts' series are back-cast.

    A published row of a code that didn't stand in its year's classification tells.
    """
    published = employment["employment_status"].eq("published")
    rows = employment.loc[published, ["industry", "year"]].drop_duplicates()
    pairs = rows.itertuples(index=False, name=None)
    return any(not naics.stands_in(code, year) for code, year in pairs)


def took_in(sectors: Sequence[Sector], years: Sequence[int]) -> tuple[str, ...]:
    """Return a caution on sectors that took in a little from other industries in the period."""
    ids: dict[str, dict[str, None]] = {}
    for sector in sectors if years else ():
        if what := taken_in(sector.naics, years[0], years[-1]):
            ids.setdefault(what, {})[sector.id] = None
    return tuple(
        f"NAICS 2022 moved {what} into {listed(list(names))}: not all of the growth between "
        f"{years[0]} and {years[-1]} is growth."
        for what, names in ids.items()
    )
