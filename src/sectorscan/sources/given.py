"""Figures that the user's tables give ready-made: quotients, growth, projections, own indicators.

A location quotient or a growth rate of one county can't be summed into a region's: given figures
are used where the region is that one area (or the table names the region itself). Projected
growth is the exception: the areas' own jobs weigh it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sectorscan.sources.scope import Resolved, listed
from sectorscan.sources.sums import Grid
from sectorscan.tables.model import (
    TOTAL_INDUSTRY,
    FloatArray,
    GivenFigures,
    Interval,
    RegionalTables,
    Sector,
)


def given_figures(
    tables: RegionalTables, resolved: Resolved, grid: Grid
) -> tuple[GivenFigures, tuple[str, ...]]:
    """Return the given figures for the region's sectors, and what couldn't be used and why."""
    own = _own_names(resolved)
    values: dict[str, Interval] = {}
    sources: dict[str, str] = {}
    units: dict[str, str] = {}
    region: dict[str, float] = {}
    said: list[str] = []

    def put(name: str, by_code: dict[str, float], used: pd.DataFrame) -> None:
        column = _by_sector(resolved.sectors, by_code)
        if not np.isnan(column).all():
            values[name] = Interval.exact(column)
            sources[name] = ", ".join(sorted(set(used["source"])))
            region[name] = by_code.get(TOTAL_INDUSTRY, np.nan)

    quotients = _at_end(tables.concentration, own, resolved)
    put("location_quotient", _first(quotients, "location_quotient"), quotients)
    observed = _observed(tables.growth, own, resolved)
    put("employment_cagr_pct", _first(observed, "annual_growth_pct"), observed)
    projected = tables.growth[tables.growth["basis"] == "projected"]
    rates, used = _projected(projected, own, resolved, grid)
    put("projected_growth_pct", rates, used)
    for frame, what in (
        (tables.concentration, "location quotients"),
        (tables.indicators, "own indicators"),
    ):
        ours = frame[frame["region"].isin(resolved.areas)]
        if len(resolved.areas) > 1 and not ours.empty and ours[~ours["region"].isin(own)].size:
            said.append(
                f"The {what} given for single areas ({listed(sorted(set(ours['region'])))}) can't "
                "be added up for the region and are left out."
            )
    for name, rows in _own_indicators(tables.indicators, own, resolved).items():
        values[name] = _interval(rows, resolved.sectors)
        sources[name] = ", ".join(sorted(set(rows["source"])))
        units[name] = next((str(u) for u in rows["unit"] if isinstance(u, str) and u), "")
        totals = rows.loc[rows["industry"] == TOTAL_INDUSTRY, "value"]
        region[name] = float(totals.iloc[0]) if len(totals) else np.nan
    return GivenFigures(values, sources, units, region), tuple(said)


def _own_names(resolved: Resolved) -> tuple[str, ...]:
    """Return the names under which a table may speak of the region as a whole."""
    single = resolved.areas if len(resolved.areas) == 1 else ()
    return tuple(dict.fromkeys(("", *single, resolved.name)))


def _at_end(frame: pd.DataFrame, own: tuple[str, ...], resolved: Resolved) -> pd.DataFrame:
    if not resolved.years:
        return frame.iloc[:0]
    return frame[frame["region"].isin(own) & (frame["year"] == resolved.years[-1])]


def _observed(frame: pd.DataFrame, own: tuple[str, ...], resolved: Resolved) -> pd.DataFrame:
    """Return the observed growth rows of exactly the period."""
    if not resolved.years:
        return frame.iloc[:0]
    return frame[
        frame["region"].isin(own)
        & (frame["basis"] == "observed")
        & (frame["base_year"] == resolved.years[0])
        & (frame["end_year"] == resolved.years[-1])
    ]


def _first(rows: pd.DataFrame, column: str) -> dict[str, float]:
    return {
        str(code): float(value)
        for code, value in zip(rows["industry"], rows[column], strict=True)
        if not np.isnan(value)
    }


def _projected(
    rows: pd.DataFrame, own: tuple[str, ...], resolved: Resolved, grid: Grid
) -> tuple[dict[str, float], pd.DataFrame]:
    """Return % a year by industry: the region's own rows, else its areas' weighted by jobs."""
    whole = rows[rows["region"].isin(own)]
    if not whole.empty:
        latest = whole[whole["base_year"] == whole["base_year"].max()]
        return _first(latest, "annual_growth_pct"), latest
    parts = rows[rows["region"].isin(resolved.areas)]
    spans = parts[["base_year", "end_year"]].drop_duplicates()
    if parts.empty or len(spans) != 1 or not resolved.years:
        return {}, parts
    years = int(spans["end_year"].iloc[0] - spans["base_year"].iloc[0])
    rates = parts.set_index(["region", "industry"])["annual_growth_pct"].to_dict()
    cells = grid.take(resolved.areas, sorted(set(parts["industry"])))
    out: dict[str, float] = {}
    for c, code in enumerate(cells.codes):
        pct = np.array([rates.get((a, code), np.nan) for a in cells.areas])
        out[code] = _combined_pct(cells.employment.value[:, c, -1], pct, years)
    return {code: pct for code, pct in out.items() if not np.isnan(pct)}, parts


def _combined_pct(jobs: FloatArray, pct: FloatArray, years: int) -> float:
    """Return the annual growth of a sum whose parts grow at their own rates; NaN if one is unknown.

    Parts without jobs need no rate.
    """
    busy = jobs != 0
    total = jobs[busy].sum()
    if np.isnan(total) or total <= 0 or years < 1:
        return float("nan")
    end = (jobs[busy] * (1 + pct[busy] / 100) ** years).sum()
    return float(100 * ((end / total) ** (1 / years) - 1))


def _by_sector(sectors: tuple[Sector, ...], by_code: dict[str, float]) -> FloatArray:
    """Return (S,): the figure of the sector's id or title, or of its only code."""
    return np.array([_lookup(sector, by_code) for sector in sectors], dtype=float)


def _lookup(sector: Sector, by_code: dict[str, float]) -> float:
    for name in (sector.id, sector.title, *(sector.naics if len(sector.naics) == 1 else ())):
        if name in by_code:
            return by_code[name]
    return float("nan")


def _own_indicators(
    frame: pd.DataFrame, own: tuple[str, ...], resolved: Resolved
) -> dict[str, pd.DataFrame]:
    """Return the rows of each own indicator: those of the end year, else the latest year's."""
    rows = frame[frame["region"].isin(own) | (len(resolved.areas) == 0)]
    out = {}
    for name in sorted(set(rows["indicator"])):
        mine = rows[rows["indicator"] == name]
        years = mine["year"].dropna()
        if len(years):
            end = resolved.years[-1] if resolved.years else None
            chosen = end if end in set(years) else years.max()
            mine = mine[mine["year"].isna() | (mine["year"] == chosen)]
        out[str(name)] = mine
    return out


def _interval(rows: pd.DataFrame, sectors: tuple[Sector, ...]) -> Interval:
    return Interval(*(_by_sector(sectors, _first(rows, end)) for end in ("low", "value", "high")))
