"""Many areas into one region beside its benchmark: sums, never averages, of county cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.absent import settle_absent
from sectorscan.sources.bundles import absent_codes, check_bundles, without_nested_codes
from sectorscan.sources.cells import ESTIMATED, arrange, estimate
from sectorscan.sources.given import given_figures
from sectorscan.sources.joint import ancestors, under_ancestors
from sectorscan.sources.rates import rates_of, with_given_openings
from sectorscan.sources.scope import Resolved, listed, resolve, titles_of
from sectorscan.sources.segments import by_parent, parts, segments
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.vintages import (
    in_one_classification,
    moved_sellers,
    without_other_content,
)
from sectorscan.tables.model import (
    TOTAL_INDUSTRY,
    FloatArray,
    Interval,
    Panel,
    RegionalTables,
    Scope,
    Sector,
)

TOTAL_LEVELS = ("sector", "3-digit", "4-digit", "5-digit", "6-digit", None)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The five sums that a panel is made of, and the codes that its totals were summed from."""

    total_codes: tuple[str, ...]
    region: Summed
    region_totals: Summed
    industry: Summed
    whole: Summed
    nation: Summed


def roll_up(tables: RegionalTables, scope: Scope) -> Panel:
    """Return one region beside its benchmark, as arrays over sectors and years.

    Raises
    ------
    InputError
        Where areas, benchmark, period or level of the scope aren't in the tables.
    """
    check_bundles(tables, scope.bundles or ())
    resolved = resolve(tables, scope)
    sectors, nested = without_nested_codes(resolved.sectors)
    resolved = replace(resolved, sectors=sectors)
    total_codes, summed = _total_codes(tables, resolved)
    grid, absent = _grid(tables, resolved, total_codes)
    sums, revised = _comparable(tables, resolved, _sums(grid, resolved, total_codes))
    panel = _panel(tables, scope, resolved, grid, sums)
    return replace(
        panel,
        cautions=(
            *resolved.cautions,
            *nested,
            *absent_codes(tables, sectors),
            *summed,
            *absent,
            *revised,
            *panel.cautions,
        ),
    )


def _panel(
    tables: RegionalTables, scope: Scope, resolved: Resolved, grid: Grid, sums: _Sums
) -> Panel:
    """Return the panel of the sums, with the cautions of what is worked out here."""
    e_r_lq, e_n_lq, uncovered = _lq_totals(tables, scope, resolved, sums)
    given, unused = given_figures(tables, resolved, grid)
    rates, borrowed = rates_of(with_given_openings(tables), resolved, grid)
    withheld, with_rows = _withheld_counts(grid, resolved)
    own = [(sector, _areas_of(sector, resolved)) for sector in resolved.sectors]
    return Panel(
        sectors=resolved.sectors,
        years=resolved.years,
        region_name=resolved.name,
        areas=resolved.areas,
        benchmark=resolved.benchmark_label,
        ownership=tables.ownership or scope.ownership,
        lq_base=scope.lq_base,
        e_ir=sums.region.employment,
        w_ir=sums.region.wages,
        n_ir=sums.region.establishments,
        e_r=sums.region_totals.employment,
        w_r=sums.region_totals.wages,
        e_in=sums.industry.employment,
        w_in=sums.industry.wages,
        e_n=sums.nation.employment,
        w_n=sums.nation.wages,
        e_region=sums.whole.employment,
        w_region=sums.whole.wages,
        n_region=sums.whole.establishments,
        e_r_lq=e_r_lq,
        e_n_lq=e_n_lq,
        e_status=sums.region.e_status,
        w_status=sums.region.w_status,
        e_in_status=sums.industry.e_status,
        withheld_areas=withheld,
        areas_with_rows=with_rows,
        total_is_sum=all(set(s.naics) <= set(sums.total_codes) for s in resolved.sectors),
        benchmark_contains_region=bool(resolved.areas)
        and set(resolved.areas) <= set(resolved.benchmark),
        estimated_share=_estimated_share(grid, resolved, sums.whole.employment),
        sources=_sources(tables, resolved),
        given=given,
        segments=segments(grid, own, titles_of(tables.employment))
        if resolved.years
        else ((),) * len(own),
        synthetic=tables.synthetic,
        cautions=(*uncovered, *unused, *borrowed),
        rates=rates,
        thresholds=scope.thresholds,
    )


def _areas_of(sector: Sector, resolved: Resolved) -> tuple[str, ...]:
    return resolved.areas if sector.areas is None else sector.areas


def _total_codes(
    tables: RegionalTables, resolved: Resolved
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the total's code, or, where total rows are lacking, the industries to sum."""
    frame = tables.employment
    counted = {*resolved.areas, *resolved.benchmark}
    rows = frame[frame["region"].isin(counted) & frame["year"].isin(resolved.years)]
    known = rows[(rows["industry"] == TOTAL_INDUSTRY) & (rows["employment_status"] != "missing")]
    if len(known[["region", "year"]].drop_duplicates()) == len(
        rows[["region", "year"]].drop_duplicates()
    ):
        return (TOTAL_INDUSTRY,), ()
    by_level: dict[str | None, list[str]] = {}
    for code in sorted(rows["industry"].unique()):
        if not naics.is_total(code):
            by_level.setdefault(naics.level(code), []).append(code)
    level = next((level for level in TOTAL_LEVELS if by_level.get(level)), None)
    codes = tuple(by_level.get(level, ()))
    kind = "industry" if len(codes) == 1 else "industries"
    kind = f"{kind} ({level})" if level else kind
    return codes, (
        f"Not every area and year has a row for all industries: totals are the sum of "
        f"{len(codes)} {kind}.{_unbounded(rows)}",
    )


def _unbounded(rows: pd.DataFrame) -> str:
    """Say what the lack of total rows costs where figures are withheld."""
    if not np.isinf(rows["employment_high"].to_numpy(dtype=float)).any():
        return ""
    return (
        " Withheld figures then have no upper bound, and score ranges are wide: rows for all "
        "industries (code 10) would bound them."
    )


def _grid(
    tables: RegionalTables, resolved: Resolved, total_codes: tuple[str, ...]
) -> tuple[Grid, tuple[str, ...]]:
    """Return every cell that is needed, absent ones settled and withheld ones estimated."""
    frame = tables.employment
    present = frozenset(frame["industry"].unique())
    wanted = {code for sector in resolved.sectors for code in sector.naics} | set(total_codes)
    below = by_parent(present)
    wanted |= {code for sector in resolved.sectors for code in parts(sector, present, below)}
    if tables.public:
        wanted |= {above for sector in resolved.sectors for above in ancestors(sector.naics)}
    counted = {*resolved.areas, *resolved.benchmark}
    areas = tuple(sorted(counted if tables.public else set(frame["region"])))
    cells = arrange(frame, areas, tuple(sorted(wanted & present)), resolved.years)
    cells, said = settle_absent(cells, frame, counted, public=tables.public)
    aggregates = set(resolved.benchmark) if resolved.benchmark_label != "all" else set()
    pool = [i for i, a in enumerate(areas) if a not in aggregates or a in resolved.areas]
    return Grid(estimate(cells, pool or list(range(len(areas))))), said


def _sums(grid: Grid, resolved: Resolved, total_codes: tuple[str, ...]) -> _Sums:
    sectors = resolved.sectors
    own = [_areas_of(s, resolved) for s in sectors]
    whole = grid.totals([(resolved.areas, total_codes)])
    here = [(a, s.naics) for a, s in zip(own, sectors, strict=True)]
    there = [(resolved.benchmark, s.naics) for s in sectors]
    return _Sums(
        total_codes=total_codes,
        region=under_ancestors(grid.totals(here), grid, here),
        region_totals=grid.totals([(a, total_codes) for a in own]),
        industry=under_ancestors(grid.totals(there), grid, there),
        whole=whole,
        nation=grid.totals([(resolved.benchmark, total_codes)]),
    )


def _comparable(
    tables: RegionalTables, resolved: Resolved, sums: _Sums
) -> tuple[_Sums, tuple[str, ...]]:
    """Return the sums without years in which NAICS had other things under a sector's codes."""
    if in_one_classification(tables.employment):
        return sums, ()
    comparable = replace(
        sums,
        region=without_other_content(sums.region, resolved.sectors, resolved.years),
        industry=without_other_content(sums.industry, resolved.sectors, resolved.years),
    )
    return comparable, moved_sellers(resolved.sectors, resolved.years)


def _lq_totals(
    tables: RegionalTables, scope: Scope, resolved: Resolved, sums: _Sums
) -> tuple[Interval, Interval, tuple[str, ...]]:
    """Return the location quotient's denominators in the chosen base."""
    if scope.lq_base == "same-ownership":
        return sums.region_totals.employment, sums.nation.employment, ()
    covered = tables.covered_totals.set_index(["region", "year"])["employment"].to_dict()

    def total(areas: tuple[str, ...]) -> list[float]:
        if not areas:
            return [np.nan] * len(resolved.years)
        return [sum(covered.get((a, y), np.nan) for a in areas) for y in resolved.years]

    e_r: FloatArray = np.array(
        [total(_areas_of(s, resolved)) for s in resolved.sectors], dtype=float
    ).reshape(sums.region.establishments.shape)
    e_n: FloatArray = np.array([total(resolved.benchmark)], dtype=float)
    said: tuple[str, ...] = ()
    if np.isnan(e_r[:, -1:]).any() or np.isnan(e_n[:, -1:]).any():
        said = (
            "The location quotient's base all-covered needs the totals of all ownerships, which "
            "the inputs don't have for every area: it is missing.",
        )
    return Interval.exact(e_r), Interval.exact(e_n), said


def _withheld_counts(
    grid: Grid, resolved: Resolved
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return (S,) counts of areas whose end-year jobs are withheld, and of those with rows."""
    withheld = np.zeros(len(resolved.sectors), dtype=np.int64)
    with_rows = np.zeros(len(resolved.sectors), dtype=np.int64)
    for s, sector in enumerate(resolved.sectors if resolved.years else ()):
        part = grid.take(_areas_of(sector, resolved), sector.naics)
        unknown = part.e_status[:, :, -1] == ESTIMATED
        firms = np.nan_to_num(part.establishments[:, :, -1], nan=0.0) > 0
        jobs = np.nan_to_num(part.employment.value[:, :, -1], nan=0.0) > 0
        withheld[s] = int(unknown.any(axis=1).sum())
        with_rows[s] = int((unknown | firms | jobs).any(axis=1).sum())
    return withheld, with_rows


def _estimated_share(grid: Grid, resolved: Resolved, whole: Interval) -> float | None:
    """Return the estimated jobs in the candidates' cells over the region's, in the end year."""
    if not resolved.years or not whole.value[0, -1] > 0:
        return None
    codes = sorted({code for sector in resolved.sectors for code in sector.naics})
    part = grid.take(resolved.areas, codes)
    jobs = np.where(part.e_status == ESTIMATED, part.employment.value, 0.0)[:, :, -1]
    return float(np.nansum(jobs) / whole.value[0, -1])


def _sources(tables: RegionalTables, resolved: Resolved) -> dict[str, str]:
    frame = tables.employment
    rows = frame[frame["year"].isin(resolved.years)]

    def names(areas: tuple[str, ...]) -> str:
        found = rows.loc[rows["region"].isin(areas), "source"].unique()
        return listed(sorted({part for name in found for part in str(name).split(" + ")}), most=3)

    region = names(resolved.areas)
    return {
        "employment": region,
        "wages": region,
        "establishments": region,
        "benchmark": names(resolved.benchmark),
    }
