"""Public figures rolled up for a region into the analyst tables, with all that these can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.indicators.concentration import location_quotient
from sectorscan.indicators.growth import annual_growth_pct
from sectorscan.sources import naics
from sectorscan.sources.rollup import grid_of
from sectorscan.sources.scope import Resolved, resolve, titles_of
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.vintages import in_one_classification, without_other_content
from sectorscan.tables.model import (
    TOTAL_INDUSTRY,
    Interval,
    RegionalTables,
    Scope,
    Sector,
)

REST = "Rest of all areas"
"""The region beside yours where the benchmark is the sum of all areas given."""
ESTIMATED, WITHHELD = "estimated", "N"
_ENDS = ("low", "high")
_KEY = ["region", "industry", "year"]


def prepare(
    tables: RegionalTables, scope: Scope, level: str | None = None
) -> tuple[dict[str, pd.DataFrame], Resolved]:
    """Return employment, wages, concentration and growth of a region and its benchmark.

    Rows are regions x industries x years, of one ownership (and the totals of all ownerships): the
    region under its name (one area: its code), each area of the benchmark under its code. Ends of
    a figure with withheld parts are the sums of the areas' ends. Quotients and growth that rest on
    withheld figures are flagged ``N``: `rank` computes those again, with their ranges.

    Parameters
    ----------
    tables
        Public figures as `load` gives them.
    scope
        Which areas, benchmark and years.
    level
        Only the totals and the industries of this level; ``None`` keeps every level.

    Raises
    ------
    InputError
        Where the scope isn't in the tables, and where sectors have areas of their own.
    """
    _refuse_own_areas(scope)
    resolved = resolve(tables, replace(scope, bundles=None))
    if level is not None:
        tables = replace(tables, employment=_of_level(tables.employment, level))
    sectors = _every_industry(tables, resolved)
    resolved = replace(resolved, sectors=sectors)
    grid, _ = grid_of(tables, replace(scope, bundles=None), resolved, (TOTAL_INDUSTRY,))
    parts = _parts(resolved)
    sums = {name: _sums(grid, areas, sectors) for name, areas in parts.items()}
    titles = titles_of(tables.employment)
    own = tables.ownership or scope.ownership
    frames = {
        "employment": pd.concat(
            [
                *(_jobs(name, found, resolved, titles) for name, found in sums.items()),
                *(_covered(name, areas, tables, resolved) for name, areas in parts.items()),
            ],
            ignore_index=True,
        ),
        "wages": pd.concat(
            [_wages(name, found, resolved) for name, found in sums.items()], ignore_index=True
        ),
        "concentration": _quotients(tables, scope, resolved, grid),
        "growth": _growth(tables, resolved, grid),
    }
    frames = _beside_jobs(frames, region_code(resolved))
    return _owned(frames, own), resolved


def _beside_jobs(frames: dict[str, pd.DataFrame], region: str) -> dict[str, pd.DataFrame]:
    """Return the tables without rows of industries that the employment table hasn't got."""
    here = frames["employment"].loc[frames["employment"]["region"] == region]
    for name in ("concentration", "growth"):
        frames[name] = frames[name][frames[name]["industry"].isin(here["industry"])]
    with_jobs = pd.MultiIndex.from_frame(frames["employment"][_KEY])
    paid = pd.MultiIndex.from_frame(frames["wages"][_KEY]).isin(with_jobs)
    frames["wages"] = frames["wages"][paid]
    return frames


def _owned(frames: dict[str, pd.DataFrame], own: str) -> dict[str, pd.DataFrame]:
    """Return the tables with the ownership in words; totals of all stand once."""
    said = "total" if own == "all" else own
    for frame in frames.values():
        place = frame.columns.get_loc("industry")
        if "ownership" not in frame:
            frame.insert(int(str(place)) + 1, "ownership", said)
        frame["ownership"] = frame["ownership"].fillna(said)
    if own == "all":
        frames["employment"] = frames["employment"].drop_duplicates(
            ["region", "industry", "ownership", "year"], ignore_index=True
        )
    return frames


def region_code(resolved: Resolved) -> str:
    """Return what the region is called in the tables: its one area's code, else its name."""
    return resolved.areas[0] if len(resolved.areas) == 1 else resolved.name


def _refuse_own_areas(scope: Scope) -> None:
    own = [sector.id for sector in scope.bundles or () if sector.areas is not None]
    if own:
        what = f"sectors with areas of their own ({', '.join(own)}) can't be rolled up: the tables "
        what += "would hold the whole region alone."
        raise InputError(Finding(what, "Rank the public files themselves with this config."))


def _of_level(employment: pd.DataFrame, level: str) -> pd.DataFrame:
    wanted = [
        code
        for code in employment["industry"].unique()
        if naics.is_total(code) or naics.level(code) == level
    ]
    if len(wanted) < 2:
        what = f"the inputs have no {level} industries."
        raise InputError(Finding(what, "Choose another --level, or leave it out."))
    return employment[employment["industry"].isin(wanted)].reset_index(drop=True)


def _every_industry(tables: RegionalTables, resolved: Resolved) -> tuple[Sector, ...]:
    frame = tables.employment
    counted = {*resolved.areas, *resolved.benchmark}
    rows = frame[frame["region"].isin(counted) & frame["year"].isin(resolved.years)]
    return tuple(Sector(code, code, (code,)) for code in sorted(rows["industry"].unique()))


def _parts(resolved: Resolved) -> dict[str, tuple[str, ...]]:
    """Return the regions of the tables: name to the areas that are summed into it."""
    name = region_code(resolved)
    if resolved.benchmark_label == "all":
        rest = tuple(area for area in resolved.benchmark if area not in resolved.areas)
        return {name: resolved.areas, **({REST: rest} if rest else {})}
    clash = name in resolved.benchmark
    if clash and (name,) != resolved.areas:
        what = f"the region is called {name!r}, as an area of the benchmark is."
        raise InputError(Finding(what, "Give it another name in the config."))
    return {name: resolved.areas, **{area: (area,) for area in resolved.benchmark}}


def _sums(grid: Grid, areas: tuple[str, ...], sectors: Sequence[Sector]) -> Summed:
    return grid.totals([(areas, sector.naics) for sector in sectors])


def _keys(name: str, resolved: Resolved) -> dict[str, object]:
    codes = [sector.id for sector in resolved.sectors]
    count = len(resolved.years)
    return {
        "region": name,
        "industry": np.repeat(np.array(codes, dtype=object), count),
        "year": np.tile(np.array(resolved.years, dtype=np.int64), len(codes)),
    }


def _figure(
    name: str, figure: Interval, status: npt.NDArray[np.str_]
) -> dict[str, npt.NDArray[Any]]:
    """Return a figure, its ends where they differ from it, and the flag."""
    value = figure.value.reshape(-1)
    uncertain = status.reshape(-1) == ESTIMATED
    columns = {name: value}
    for end in _ENDS:
        bound = getattr(figure, end).reshape(-1)
        columns[f"{name}_{end}"] = np.where(uncertain & np.isfinite(bound), bound, np.nan)
    flag = np.where(uncertain, np.where(np.isnan(value), WITHHELD, ESTIMATED), "")
    return {**columns, "flag": flag}


def _jobs(name: str, found: Summed, resolved: Resolved, titles: dict[str, str]) -> pd.DataFrame:
    keys = _keys(name, resolved)
    frame = pd.DataFrame(keys)
    frame.insert(2, "industry_title", [_title(code, titles) for code in frame["industry"]])
    frame["establishments"] = found.establishments.reshape(-1)
    frame = frame.assign(**_figure("employment", found.employment, found.e_status))
    # A blank figure holds the place of one that isn't known; years without any figure have no rows,
    # nor have industries that the region hasn't got: they are no candidates.
    given = frame["employment"].notna() | frame["establishments"].notna()
    kept = frame["year"].isin(frame.loc[given, "year"])
    if name == region_code(resolved):
        here = (frame["employment"] > 0) | (frame["establishments"] > 0) | (frame["flag"] != "")
        kept &= frame["industry"].isin(frame.loc[here, "industry"])
    return frame[kept]


def _title(code: str, titles: dict[str, str]) -> str:
    return titles.get(code) or naics.title(code) or ""


def _covered(
    name: str, areas: tuple[str, ...], tables: RegionalTables, resolved: Resolved
) -> pd.DataFrame:
    """Return the jobs of all ownerships, of which the base all-covered of quotients is made."""
    totals = tables.covered_totals
    rows = totals[totals["region"].isin(areas) & totals["year"].isin(resolved.years)]
    sums = rows.groupby("year")["employment"].agg(["sum", "size"])
    whole = sums[sums["size"] == len(areas)]
    return pd.DataFrame(
        {
            "region": name,
            "industry": TOTAL_INDUSTRY,
            "industry_title": _title(TOTAL_INDUSTRY, {}),
            "year": whole.index.to_numpy(dtype=np.int64),
            "employment": whole["sum"].to_numpy(dtype=np.float64),
            "flag": "",
            "ownership": "total",
        }
    )


def _wages(name: str, found: Summed, resolved: Resolved) -> pd.DataFrame:
    figures = _figure("total_wages", found.wages, found.w_status)
    frame = pd.DataFrame(_keys(name, resolved)).assign(**figures)
    return frame[frame["total_wages"].notna() | (frame["flag"] != "")]


def _quotients(
    tables: RegionalTables, scope: Scope, resolved: Resolved, grid: Grid
) -> pd.DataFrame:
    region = _sums(grid, resolved.areas, resolved.sectors).employment
    bench = _sums(grid, resolved.benchmark, resolved.sectors).employment
    e_r, e_n = (
        _base(tables, scope, resolved, grid, a) for a in (resolved.areas, resolved.benchmark)
    )
    frame = pd.DataFrame(_keys(region_code(resolved), resolved))
    quotient = location_quotient(region.value, e_r.value, bench.value, e_n.value)
    unsure = region.uncertain | e_r.uncertain | bench.uncertain | e_n.uncertain
    frame["location_quotient"] = quotient.reshape(-1)
    frame["flag"] = np.where(unsure, WITHHELD, "").reshape(-1)
    return frame[frame["location_quotient"].notna()].reset_index(drop=True)


def _base(
    tables: RegionalTables, scope: Scope, resolved: Resolved, grid: Grid, areas: tuple[str, ...]
) -> Interval:
    """Return the quotient's denominator (1, Y) in the chosen base."""
    if scope.lq_base == "same-ownership":
        return grid.totals([(areas, (TOTAL_INDUSTRY,))]).employment
    covered = tables.covered_totals.set_index(["region", "year"])["employment"].to_dict()
    sums = [sum(covered.get((a, y), np.nan) for a in areas) for y in resolved.years]
    return Interval.exact(np.array([sums], dtype=np.float64))


def _growth(tables: RegionalTables, resolved: Resolved, grid: Grid) -> pd.DataFrame:
    """Return the growth over the whole period, none where a code holds other things at its ends."""
    found = _sums(grid, resolved.areas, resolved.sectors)
    if not in_one_classification(tables.employment):
        found = without_other_content(found, resolved.sectors, resolved.years)
    jobs = found.employment
    span = np.array(float(resolved.years[-1] - resolved.years[0]))
    frame = pd.DataFrame(
        {
            "region": region_code(resolved),
            "industry": [sector.id for sector in resolved.sectors],
            "base_year": resolved.years[0],
            "end_year": resolved.years[-1],
            "annual_growth_pct": annual_growth_pct(jobs.value[:, -1], jobs.value[:, 0], span),
            "basis": "observed",
            "flag": np.where(jobs.uncertain[:, [0, -1]].any(axis=1), WITHHELD, ""),
        }
    )
    return frame[frame["annual_growth_pct"].notna()].reset_index(drop=True)
