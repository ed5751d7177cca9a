"""Tables between two runs: years that one of them has, figures of shared years from either.

A *vintage* is what comes in at once: an area's year of figures, a span of growth, an own
indicator's year. New data are vintages that only one run has; a revision is a vintage that both
have, with other figures. A figure without a year is a vintage of its own, so a new one is a
revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from sectorscan.tables.model import RegionalTables

_VINTAGES: Mapping[str, tuple[str, ...]] = {
    "employment": ("region", "year"),
    "covered_totals": ("region", "year"),
    "concentration": ("region", "year"),
    "growth": ("region", "base_year", "end_year", "basis"),
    "indicators": ("region", "indicator", "year"),
    "rates": ("region", "quantity", "base_year", "end_year"),
}
_KEY = ["region", "industry", "year"]
_FIGURES = ("establishments", "employment", "total_wages")
_NO_YEAR = -1


def mixed(
    old: RegionalTables, new: RegionalTables, *, data: bool, revision: bool
) -> RegionalTables:
    """Return the old tables with the new ones' vintages, with their revisions, or with both.

    ``data``: vintages that only one run has are the new run's, else the old one's. ``revision``:
    those that both have are the new run's. Of two runs' tables no joint bounds are kept: they
    narrow ranges and move no value.
    """
    if not data and not revision:
        return old
    if data == revision or all(getattr(old, name).equals(getattr(new, name)) for name in _VINTAGES):
        return new
    frames: dict[str, Any] = {
        name: _mixed(getattr(old, name), getattr(new, name), keys, data=data)
        for name, keys in _VINTAGES.items()
    }
    frames["employment"] = frames["employment"].sort_values(_KEY, ignore_index=True)
    return replace(new if revision else old, **frames, trees=None)


def _mixed(
    old: pd.DataFrame, new: pd.DataFrame, keys: tuple[str, ...], *, data: bool
) -> pd.DataFrame:
    """Return the rows of shared vintages from one frame, the others from the other one."""
    shared_from, own_from = (old, new) if data else (new, old)
    shared = shared_from[_vintages(shared_from, keys).isin(_vintages(own_from, keys))]
    own = own_from[~_vintages(own_from, keys).isin(_vintages(shared_from, keys))]
    parts = [part for part in (shared, own) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else old.iloc[:0]


def _vintages(frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.MultiIndex:
    columns = [frame[key].fillna(_NO_YEAR) if "year" in key else frame[key] for key in keys]
    return pd.MultiIndex.from_arrays(columns)


@dataclass(frozen=True, slots=True)
class Came:
    """Which years came in, and which years' figures were revised, in how many rows."""

    new_years: tuple[int, ...]
    revised_years: tuple[int, ...]
    revised_rows: int


def what_came(
    old: RegionalTables, new: RegionalTables, years: range, areas: frozenset[str]
) -> Came:
    """Return what the new tables have that the old ones hadn't, within ``years``.

    ``areas`` are those that count for new years: the region's own.
    """
    before, after = (t.employment[t.employment["year"].isin(years)] for t in (old, new))
    had, has = (set(f.loc[f["region"].isin(areas), "year"]) for f in (before, after))
    both = before[_KEY + list(_FIGURES)].merge(
        after[_KEY + list(_FIGURES)], on=_KEY, suffixes=("_old", "_new")
    )
    differs = pd.Series(data=False, index=both.index)
    for name in _FIGURES:
        one, other = both[f"{name}_old"], both[f"{name}_new"]
        differs |= (one != other) & ~(one.isna() & other.isna())
    revised = both[differs]
    return Came(
        new_years=tuple(sorted(int(year) for year in has - had)),
        revised_years=tuple(sorted(int(year) for year in revised["year"].unique())),
        revised_rows=len(revised),
    )
