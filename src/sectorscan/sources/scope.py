"""Which areas, years and sectors a scan is about: the scope held against what the tables have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sectorscan.errors import Finding, InputError, nearest
from sectorscan.sources import areas as area_names
from sectorscan.sources import naics
from sectorscan.sources.area_checks import check_apart, metropolitan_cautions, standing_years
from sectorscan.tables.model import RegionalTables, Scope, Sector

MAX_LISTED = 12
PANDEMIC_YEAR = 2020


@dataclass(frozen=True, slots=True)
class Resolved:
    """A scope in which nothing is left open."""

    name: str
    areas: tuple[str, ...]
    benchmark: tuple[str, ...]
    benchmark_label: str
    years: tuple[int, ...]
    sectors: tuple[Sector, ...]
    cautions: tuple[str, ...]


def listed(values: Sequence[object], most: int = MAX_LISTED) -> str:
    """Return up to a dozen values (or ``most``), and how many more there are."""
    shown = ", ".join(str(v) for v in values[:most])
    more = len(values) - most
    return f"{shown} and {more} more" if more > 0 else shown


def area_title(tables: RegionalTables, code: str) -> str:
    """Return an area's name: the files' own, else the bundled one, else its code."""
    return tables.area_titles.get(code) or area_names.title(code) or code


def resolve_benchmark(tables: RegionalTables, scope: Scope) -> tuple[tuple[str, ...], str]:
    """Return the benchmark's areas and its label; no areas where the tables have none.

    Raises
    ------
    InputError
        Where a named benchmark isn't in the tables.
    """
    present = sorted(tables.employment["region"].unique())
    if scope.benchmark is None:
        found = next((code for code in area_names.NATION if code in present), None)
        return ((found,), found) if found else ((), "")
    if is_all(scope.benchmark):
        return area_names.parts_of_all(present), "all"
    problems = [
        Finding(
            f"the benchmark {code} is in none of the inputs{_in_years(scope)}.",
            f"They have {listed(present)}.{nearest(code, present)} Add its figures, or name "
            "another: all is the sum of every area given.",
        )
        for code in scope.benchmark
        if code not in present
    ]
    if problems and present:
        raise InputError(problems)
    return scope.benchmark, ", ".join(scope.benchmark)


def _in_years(scope: Scope) -> str:
    """Return which years were read, where a period is given: other years may well be there."""
    if scope.period is None:
        return ""
    base, end = scope.period
    return f" of {base} to {end}" if base < end else f" of {end}"


def is_all(benchmark: tuple[str, ...] | None) -> bool:
    """Return whether a benchmark is the sum of all areas given, rather than areas of its own."""
    return benchmark is not None and tuple(word.lower() for word in benchmark) == ("all",)


def lies_in(areas: Sequence[str], benchmark: Sequence[str]) -> bool:
    """Return whether all areas are part of the benchmark: named in it, or in its nation or state.

    Of metropolitan areas it isn't known which counties they hold.
    """
    states = {code[:2] for code in benchmark if len(code) == 5 and code.endswith("000")}
    return bool(areas) and all(
        area in benchmark
        or any(code in area_names.NATION for code in benchmark)
        or (len(area) == 5 and area.isdigit() and area[:2] in states)
        for area in areas
    )


def resolve_areas(
    tables: RegionalTables, scope: Scope, benchmark: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the region's areas.

    Raises
    ------
    InputError
        Where a named area isn't in the tables, or none is named and several could be meant.
    """
    regions = set(tables.employment["region"].unique()) | {
        r for frame in (tables.indicators, tables.concentration) for r in frame["region"] if r
    }
    present = sorted(regions)
    if scope.areas is not None:
        absent = [code for code in scope.areas if code not in regions]
        if absent and present:
            raise InputError(
                Finding(
                    f"the region's area {code} is in none of the inputs{_in_years(scope)}.",
                    f"They have {listed(present)}.{area_names.meant_by(code, present)}",
                )
                for code in absent
            )
        check_apart(scope.areas)
        return tuple(dict.fromkeys(scope.areas))
    outside = () if is_all(scope.benchmark) else benchmark
    candidates = [code for code in present if code not in outside]
    if len(candidates) > 1:
        message = f"the inputs have {len(candidates)} regions and none is chosen: "
        raise InputError(
            Finding(
                message + listed(candidates) + ".",
                "Name the areas that make up yours: --region CODE,CODE or region: areas: [...] "
                "in the config.",
            )
        )
    if not candidates and not tables.indicators.empty:
        return ()
    if not candidates:
        raise InputError(
            Finding(
                "the inputs have no region beside the benchmark "
                f"{listed(benchmark) if benchmark else ''}".rstrip()
                + ".",
                "Add rows of your region to employment.csv, or give its QCEW files.",
            )
        )
    return tuple(candidates)


def resolve_years(
    tables: RegionalTables, scope: Scope, areas: tuple[str, ...], benchmark: tuple[str, ...]
) -> tuple[int, ...]:
    """Return the years of the period that the region has, base first, end last.

    Without a period: the widest that region and benchmark share, or the region's own where they
    share fewer than two years. No years where there is no employment table.

    Raises
    ------
    InputError
        Where the period's base or end isn't in the region's tables.
    """
    frame = tables.employment
    region = _years_of(frame, areas)
    if not region:
        return ()
    if tables.public:
        region = standing_years(areas, region, scope.period)
    if scope.period is not None:
        absent = [year for year in dict.fromkeys(scope.period) if year not in region]
        if absent:
            raise InputError(
                Finding(
                    f"the period's year {year} isn't in the region's tables.",
                    f"They have {listed(region)}. Correct the period.",
                )
                for year in absent
            )
        base, end = scope.period
    else:
        shared = [year for year in region if year in _years_of(frame, benchmark)]
        usable = shared if len(shared) > 1 else region
        base, end = usable[0], usable[-1]
    return tuple(year for year in region if base <= year <= end)


def _years_of(frame: pd.DataFrame, areas: tuple[str, ...]) -> list[int]:
    return sorted(int(y) for y in frame.loc[frame["region"].isin(areas), "year"].unique())


def resolve_sectors(
    tables: RegionalTables, scope: Scope, areas: tuple[str, ...], end: int | None
) -> tuple[tuple[Sector, ...], tuple[str, ...]]:
    """Return the candidates and cautions: the config's bundles, or every industry of a level.

    Raises
    ------
    InputError
        Where the tables have no industry of the level asked for.
    """
    if scope.bundles is not None:
        return scope.bundles, ()
    if end is None:
        own = sorted(set(tables.indicators["industry"]) - {"10"})
        if not own:
            raise InputError(
                Finding(
                    "the inputs have no employment figures for the region, and no own indicators.",
                    "employment.csv needs a column of jobs, named employment.",
                )
            )
        return tuple(Sector(code, naics.title(code) or code, (code,)) for code in own), ()
    frame = tables.employment
    rows = frame[
        frame["region"].isin(areas)
        & (frame["year"] == end)
        & (frame["employment_status"] != "missing")
    ]
    codes = [c for c in sorted(rows["industry"].unique()) if not naics.is_total(c)]
    by_level: dict[str | None, list[str]] = {}
    for code in codes:
        if not naics.is_unclassified(code):
            by_level.setdefault(naics.level(code), []).append(code)
    chosen = _choose_level(scope.level, by_level, end)
    titles = titles_of(rows)
    sectors = tuple(
        Sector(code, titles.get(code) or naics.title(code) or code, (code,))
        for code in by_level[chosen]
    )
    cautions = []
    if any(naics.is_unclassified(code) for code in codes):
        cautions.append(
            "Unclassified establishments (NAICS 99) are no candidate; they count in the totals."
        )
    return sectors, tuple(cautions)


def _choose_level(
    wanted: str | None, by_level: dict[str | None, list[str]], end: int
) -> str | None:
    order: tuple[str | None, ...] = ("3-digit", "sector", "4-digit", "5-digit", "6-digit", None)
    have = [level for level in order if by_level.get(level)]
    if wanted is not None and wanted not in have:
        names = [level or "industries that are no NAICS codes" for level in have]
        raise InputError(
            Finding(
                f"the region's tables have no {wanted} industries in {end}.",
                f"They have: {listed(names)}." if names else "They have totals only.",
            )
        )
    if not have:
        raise InputError(
            Finding(
                f"the region's tables have no industries in {end}, totals only.",
                "Rows for industries are needed: one row a region x industry x year.",
            )
        )
    return wanted or have[0]


def titles_of(rows: pd.DataFrame) -> dict[str, str]:
    """Return the industries' titles as the tables give them, by code."""
    named = rows[rows["industry_title"].fillna("").astype(str) != ""]
    pairs = named.drop_duplicates("industry")[["industry", "industry_title"]]
    return dict(pairs.itertuples(index=False, name=None))


def _pandemic(years: tuple[int, ...]) -> tuple[str, ...]:
    """Say that growth from or to the pandemic year is partly a fall or a rebound."""
    if len(years) < 2 or PANDEMIC_YEAR not in (years[0], years[-1]):
        return ()
    return (
        f"{PANDEMIC_YEAR} was a pandemic year: growth from or to it is partly the fall or the "
        "rebound, most of all where people met face to face.",
    )


def resolve(tables: RegionalTables, scope: Scope) -> Resolved:
    """Return the scope with everything settled against the tables.

    Raises
    ------
    InputError
        Where areas, benchmark, period or level aren't in the tables.
    """
    benchmark, label = resolve_benchmark(tables, scope)
    areas = resolve_areas(tables, scope, benchmark)
    years = resolve_years(tables, scope, areas, benchmark)
    sectors, cautions = resolve_sectors(tables, scope, areas, years[-1] if years else None)
    if scope.name:
        name = scope.name
    elif len(areas) == 1:
        name = area_title(tables, areas[0])
    else:
        name = f"Region of {len(areas)} areas" if areas else "Region"
    cautions = (*cautions, *_pandemic(years), *metropolitan_cautions(areas, years))
    return Resolved(name, areas, benchmark, label, years, sectors, cautions)
