"""Ratios of sums from other public sources, for the region's sectors.

Projections, openings, ages, turnover, new hires' pay and staffing patterns are all ratios: a
numerator over a denominator, each a sum over areas and industries. So a region's figure is the
ratio of its areas' sums, a bundle's that of its parts' sums, and neither is a mean of means.
Where a source has nothing for the region itself, the state's figures stand in, else the nation's;
sectors and all industries are always taken from the same tables of the same area.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sectorscan.sources.areas import title as area_title
from sectorscan.sources.rate_rows import Picked, RateRow, Rows, pick
from sectorscan.sources.scope import NATION, Resolved, listed
from sectorscan.sources.sums import Grid
from sectorscan.sources.vintages import same_content
from sectorscan.tables.model import (
    FRAMES,
    TOTAL_INDUSTRY,
    FloatArray,
    Interval,
    Rate,
    RegionalTables,
    Sector,
)

Convert = Callable[[FloatArray, int], FloatArray]


def _growth(ratio: FloatArray, years: int) -> FloatArray:
    return np.asarray(100 * (ratio ** (1 / years) - 1))


def _percent(ratio: FloatArray, years: int) -> FloatArray:
    return np.asarray(100 * ratio)


def _itself(ratio: FloatArray, years: int) -> FloatArray:
    return ratio


@dataclass(frozen=True, slots=True)
class _Quantity:
    indicator: str
    convert: Convert
    source: str
    word: str = "figure"


QUANTITIES: Mapping[str, _Quantity] = {
    "projected_jobs": _Quantity("projected_growth_pct", _growth, "projections", "rate"),
    "openings": _Quantity("openings_rate_pct", _percent, "openings", "rate"),
    "workers_55_plus": _Quantity("workers_55_plus_pct", _percent, "QWI", "share"),
    "turnover": _Quantity("turnover_pct", _percent, "QWI", "rate"),
    "new_hire_pay": _Quantity("new_hire_annual_pay", _itself, "QWI"),
    "middle_skill": _Quantity("middle_skill_share_pct", _percent, "OEWS", "pattern"),
}
"""What the frame ``rates`` calls a ratio, and the indicator that it becomes.

projected_jobs: jobs at the end over jobs at the base; openings: openings a year over jobs at the
base; workers_55_plus: workers of that age over all; turnover: (hires + separations)/2 over stable
jobs of a quarter; new_hire_pay: USD a year times hires over hires; middle_skill: jobs over jobs.
"""


@dataclass(frozen=True, slots=True)
class _Level:
    """Whose figures: a word for it ("" for the region's own) and the areas that are summed."""

    word: str
    everywhere: frozenset[str]
    areas: Callable[[Sector | None], tuple[str, ...]]


def rates_of(
    frame: pd.DataFrame, resolved: Resolved, grid: Grid
) -> tuple[dict[str, Rate], tuple[str, ...]]:
    """Return the figures of other sources by indicator, and what is to be said of them."""
    found: dict[str, Rate] = {}
    said: list[str] = []
    for name, quantity in QUANTITIES.items():
        rows: pd.DataFrame = frame[frame["quantity"] == name]
        if rows.empty:
            continue
        for level in _levels(resolved, frozenset(rows["region"])):
            used = _one_period(rows[rows["region"].isin(level.everywhere)], resolved)
            rate, picked = _rate(used, level, quantity, resolved, grid)
            if not np.isnan(rate.interval.value).all():
                break
        found[quantity.indicator] = rate
        said += _wider_groups(quantity.indicator, picked, resolved.sectors)
    return found, (*_borrowed(found), *said)


def with_given_openings(tables: RegionalTables) -> pd.DataFrame:
    """Return the frame ``rates`` with the openings that growth tables give, over the base's jobs.

    Where the jobs or the openings of a row aren't known, it stands as withheld.
    """
    growth = tables.growth
    given = growth[growth["basis"] == "projected"]
    if given.empty or given["openings"].isna().all():
        return tables.rates
    jobs = tables.employment[["region", "industry", "year", "employment"]]
    rows = given.merge(
        jobs.rename(columns={"year": "base_year", "employment": "denominator"}),
        on=["region", "industry", "base_year"],
        how="left",
    )
    known = rows["openings"].notna() & (rows["denominator"] > 0)
    rows["denominator"] = rows["denominator"].where(known)
    for end in ("numerator", "low", "high"):
        rows[end] = rows["openings"]
    rows["quantity"] = "openings"
    frames = [frame for frame in (tables.rates, rows[list(FRAMES["rates"])]) if len(frame)]
    return pd.concat(frames, ignore_index=True)


def _one_period(rows: pd.DataFrame, resolved: Resolved) -> pd.DataFrame:
    """Return the rows of one span: of the region's end year, else the latest; then the longest."""
    if rows.empty:
        return rows
    starts = set(rows["base_year"])
    end = resolved.years[-1] if resolved.years else None
    same_year = bool((rows["base_year"] == rows["end_year"]).all())
    start = end if same_year and end in starts else max(starts)
    latest: pd.DataFrame = rows[rows["base_year"] == start]
    spans: pd.DataFrame = latest[latest["end_year"] == latest["end_year"].max()]
    return spans


def _by_area(rows: pd.DataFrame) -> dict[str, Rows]:
    by_area: dict[str, Rows] = {}
    columns = ["region", "industry", "numerator", "low", "high", "denominator"]
    for region, industry, *numbers in rows[columns].itertuples(index=False, name=None):
        codes = frozenset(str(industry).split(", "))
        by_area.setdefault(str(region), {})[codes] = RateRow(codes, *map(float, numbers))
    return by_area


def _levels(resolved: Resolved, there: frozenset[str]) -> list[_Level]:
    """Return whose figures could serve, nearest first; the last is always there."""

    def one(word: str, area: str) -> _Level:
        return _Level(word, frozenset({area}), lambda _: (area,))

    levels = [one("", resolved.name)] if resolved.name in there else []
    own = {a for s in resolved.sectors for a in s.areas or ()} | set(resolved.areas)
    if own and own <= there:
        levels.append(_Level("", frozenset(own), lambda s: (s and s.areas) or resolved.areas))
    states = {f"{area[:2]}000" for area in own}
    state = states.pop() if len(states) == 1 else ""
    if state in there - own:
        word = (area_title(state) or state).removesuffix(" (statewide)")
        levels.append(one(f"{word}'s", state))
    nation = next((code for code in NATION if code in there), NATION[0])
    return levels if nation in own and levels else [*levels, one("national", nation)]


def _rate(
    rows: pd.DataFrame,
    level: _Level,
    quantity: _Quantity,
    resolved: Resolved,
    grid: Grid,
) -> tuple[Rate, list[Picked | None]]:
    if rows.empty:
        return _nothing(resolved), []
    by_area = _by_area(rows)
    years = int(rows["end_year"].iloc[0] - rows["base_year"].iloc[0])
    end = resolved.years[-1] if resolved.years else 0
    # Rates of one year are read in the region's classification, projections in their base year's.
    vintage_year = int(rows["base_year"].iloc[0]) if years or not end else end

    def jobs(code: str) -> float:
        cells = grid.take(resolved.areas, (code,)).employment.value
        return float(cells[:, :, -1].sum()) if cells.size else np.nan

    picked: list[Picked | None] = []
    for sector in resolved.sectors:
        areas = [by_area.get(area, {}) for area in level.areas(sector)]
        same = not years or not end or same_content(sector.naics, vintage_year, end)
        picked.append(pick(areas, sector.naics, vintage_year, jobs, own=same))
    total = pick([by_area.get(a, {}) for a in level.areas(None)], (TOTAL_INDUSTRY,), 0, jobs)
    interval, withheld = _intervals(picked)
    whole, _ = _intervals([total])
    converted = Interval(*(quantity.convert(end, years) for end in _ends(interval)))
    absent = np.isnan(interval.value)
    uncertain = ~absent & (interval.low != interval.high)
    names = ", ".join(sorted(set(rows["source"])))
    wider = f"{level.word} {quantity.word}" if level.word else ""
    return (
        Rate(
            interval=converted,
            all_industries=Interval(*(quantity.convert(end, years) for end in _ends(whole))),
            status=np.where(absent, "missing", np.where(uncertain, "estimated", "derived")),
            source=f"{names}: {wider}" if wider else names,
            wider=wider,
            missing={
                int(s): f"{names} withholds it" if withheld[s] else f"{names} has no such industry"
                for s in np.flatnonzero(absent)
            },
        ),
        picked,
    )


def _nothing(resolved: Resolved) -> Rate:
    size = len(resolved.sectors)
    why = "the files have no figures for the region, its state or the nation"
    return Rate(
        interval=Interval.exact(np.full(size, np.nan)),
        all_industries=Interval.exact(np.full(1, np.nan)),
        status=np.full(size, "missing", dtype="<U9"),
        source="",
        missing=dict.fromkeys(range(size), why),
    )


def _ends(interval: Interval) -> tuple[FloatArray, FloatArray, FloatArray]:
    return interval.low, interval.value, interval.high


def _intervals(picked: Sequence[Picked | None]) -> tuple[Interval, list[bool]]:
    """Return the ratios (S,), and which are missing because everything is withheld."""
    ratios = [p.ratio() if p else (np.nan, np.nan, np.nan) for p in picked]
    low, value, high = (np.array(end, dtype=float) for end in zip(*ratios, strict=True))
    return Interval(low, value, high), [bool(p and p.withheld) for p in picked]


def _wider_groups(
    indicator: str, picked: Sequence[Picked | None], sectors: Sequence[Sector]
) -> list[str]:
    from_groups = [
        f"{sector.id} (of {found.wider})"
        for sector, found in zip(sectors, picked, strict=True)
        if found and found.wider
    ]
    if not from_groups:
        return []
    return [f"{indicator} is that of a wider group of industries for {listed(from_groups)}."]


def _borrowed(found: Mapping[str, Rate]) -> list[str]:
    """Say which figures aren't the region's own."""
    by_source: dict[str, list[str]] = {}
    for indicator, rate in found.items():
        if rate.wider and not np.isnan(rate.interval.value).all():
            by_source.setdefault(rate.source, []).append(indicator)
    return [
        f"{', '.join(names)}: not the region's own figures but applied to it ({source})."
        for source, names in sorted(by_source.items())
    ]
