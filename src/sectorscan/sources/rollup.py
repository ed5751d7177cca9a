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
from sectorscan.sources.exclusions import parts_of_remainders, with_remainders, without_excluded
from sectorscan.sources.given import given_figures
from sectorscan.sources.joint import in_trees
from sectorscan.sources.lq_base import covered_by_year, uncovered
from sectorscan.sources.overlaps import outside_cautions, overlap_cautions
from sectorscan.sources.rates import rates_of, with_given_openings
from sectorscan.sources.scope import Resolved, lies_in, listed, resolve, titles_of
from sectorscan.sources.segments import Beside, SegmentTables, by_parent, parts
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.uncertainty import uncertainty
from sectorscan.sources.vintages import in_one_classification, took_in, without_other_content
from sectorscan.tables.model import (
    TOTAL_INDUSTRY,
    Panel,
    RegionalTables,
    Scope,
    Sector,
    Segment,
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


def roll_up(tables: RegionalTables, scope: Scope, *, tell_overlaps: bool = True) -> Panel:
    """Return one region beside its benchmark, as arrays over sectors and years.

    ``tell_overlaps`` false leaves out the caution on bundles that share jobs, where the scope's
    bundles are one sector in many sets of areas.

    Raises
    ------
    InputError
        Where areas, benchmark, period or level of the scope aren't in the tables.
    """
    check_bundles(tables, scope.bundles or ())
    resolved = resolve(tables, scope)
    sectors, nested = without_nested_codes(resolved.sectors)
    sectors, excluded = without_excluded(tables, sectors, _counted(resolved), resolved.years)
    resolved = replace(resolved, sectors=sectors)
    total_codes, summed = _total_codes(tables, resolved)
    grid, absent = grid_of(tables, scope, resolved, total_codes)
    sums, revised = _comparable(tables, resolved, _sums(tables, grid, resolved, total_codes))
    panel = _panel(tables, scope, resolved, grid, sums)
    shared: tuple[str, ...] = ()
    if tell_overlaps and scope.bundles is not None and resolved.years:
        own = [(sector, _areas_of(sector, resolved)) for sector in sectors]
        shared = (*outside_cautions(sectors, resolved.areas), *overlap_cautions(grid, own))
    return replace(
        panel,
        cautions=(
            *resolved.cautions,
            *nested,
            *excluded,
            *absent_codes(tables, sectors, resolved.years),
            *shared,
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
    e_r_lq, e_n_lq = sums.region_totals.employment, sums.nation.employment
    if scope.lq_base == "all-covered":
        e_r_lq, e_n_lq = covered_by_year(tables, resolved)
    given, unused = given_figures(tables, resolved, grid)
    rates, borrowed = rates_of(with_given_openings(tables), resolved, grid)
    withheld, with_rows = _withheld_counts(grid, resolved)
    unsure = uncertainty(grid, resolved, sums.whole.employment)
    inside, near = _segments(tables, resolved, grid, sums)
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
        n_r=sums.region_totals.establishments,
        n_in=sums.industry.establishments,
        n_n=sums.nation.establishments,
        part_of_benchmark=lies_in(resolved.areas, resolved.benchmark),
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
        estimated_share=unsure.share,
        mean_interval_width_pct=unsure.mean_width_pct,
        mean_interval_width_jobs=unsure.mean_width_jobs,
        sources=_sources(tables, resolved),
        given=given,
        segments=inside,
        neighbours=near,
        synthetic=tables.synthetic,
        quarter=tables.quarter,
        cautions=(*uncovered(scope.lq_base, e_r_lq, e_n_lq), *unused, *borrowed),
        rates=rates,
        thresholds=scope.thresholds,
    )


def _counted(resolved: Resolved) -> tuple[str, ...]:
    """Return every area that counts: the region's, the benchmark's, the bundles' own."""
    own = (area for sector in resolved.sectors for area in sector.areas or ())
    return tuple(sorted({*resolved.areas, *resolved.benchmark, *own}))


def _segments(
    tables: RegionalTables, resolved: Resolved, grid: Grid, sums: _Sums
) -> tuple[tuple[tuple[Segment, ...], ...], tuple[tuple[Segment, ...], ...]]:
    """Return each sector's parts, and what pays better beside it."""
    own = [(sector, _areas_of(sector, resolved)) for sector in resolved.sectors]
    same = in_one_classification(tables.employment)
    titles = titles_of(tables.employment)
    segments = SegmentTables(grid, resolved.benchmark, titles, one_classification=same)
    return segments.inside_and_beside(own, sums.region, sums.region_totals)


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


def grid_of(
    tables: RegionalTables, scope: Scope, resolved: Resolved, total_codes: tuple[str, ...]
) -> tuple[Grid, tuple[str, ...]]:
    """Return every cell that is needed, absent ones settled and withheld ones estimated."""
    frame = tables.employment
    present = frozenset(frame["industry"].unique())
    wanted = {code for sector in resolved.sectors for code in sector.naics} | set(total_codes)
    below = by_parent(present)
    wanted |= {code for sector in resolved.sectors for code in parts(sector, present, below)}
    if scope.bundles is not None:
        beside = Beside(present)
        wanted |= {code for sector in resolved.sectors for code in beside.of(sector)}
    wanted |= set(parts_of_remainders(wanted))
    counted = set(_counted(resolved))
    areas = tuple(sorted(counted if tables.public else set(frame["region"])))
    cells = arrange(frame, areas, tuple(sorted(wanted & present)), resolved.years)
    of_all = resolved.benchmark if resolved.benchmark_label == "all" else ()
    cells, said = settle_absent(
        cells,
        frame,
        counted,
        public=tables.public,
        may_lack_years=frozenset(of_all) - set(resolved.areas),
    )
    aggregates = set(resolved.benchmark) if resolved.benchmark_label != "all" else set()
    pool = [i for i, a in enumerate(areas) if a not in aggregates or a in resolved.areas]
    estimated = estimate(cells, pool or list(range(len(areas))))
    return Grid(with_remainders(estimated, sorted(wanted))), said


def _sums(
    tables: RegionalTables, grid: Grid, resolved: Resolved, total_codes: tuple[str, ...]
) -> _Sums:
    sectors = resolved.sectors
    own = [_areas_of(s, resolved) for s in sectors]

    def total(sums: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> Summed:
        return in_trees(grid.totals(sums), grid, sums, tables.trees)

    return _Sums(
        total_codes=total_codes,
        region=total([(a, s.naics) for a, s in zip(own, sectors, strict=True)]),
        region_totals=total([(a, total_codes) for a in own]),
        industry=total([(resolved.benchmark, s.naics) for s in sectors]),
        whole=total([(resolved.areas, total_codes)]),
        nation=total([(resolved.benchmark, total_codes)]),
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
    return comparable, took_in(resolved.sectors, resolved.years)


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
