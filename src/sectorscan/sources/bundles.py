"""Bundles of NAICS codes: what the inputs can't answer, and what counts once."""

from __future__ import annotations

from dataclasses import replace

from sectorscan.errors import Finding, InputError, nearest
from sectorscan.sources import naics
from sectorscan.sources.exclusions import parts_of_remainders
from sectorscan.sources.scope import listed
from sectorscan.tables.model import RegionalTables, Sector


def check_bundles(tables: RegionalTables, bundles: tuple[Sector, ...]) -> None:
    """Check that the inputs have the bundles' own areas, and any of their codes at all.

    Raises
    ------
    InputError
        With every area that is in no input; where a bundle holds the total, and where none has
        a code that the inputs have.
    """
    regions = set(tables.employment["region"].unique())
    problems = [
        Finding(
            f"the sector {sector.id} holds the code {code}, which means all industries together.",
            "Name the industries that it is made of.",
        )
        for sector in bundles
        for code in sector.naics
        if naics.is_total(code)
    ]
    problems += [
        Finding(
            f"the area {area} of the sector {sector.id} is in none of the inputs.",
            f"They have {listed(sorted(regions))}.{nearest(area, regions)}",
        )
        for sector in bundles
        for area in sector.areas or ()
        if regions and area not in regions
    ]
    codes = {code for sector in bundles for code in sector.naics}
    present = {
        *tables.employment["industry"].unique(),
        *tables.indicators["industry"].unique(),
    }
    if bundles and not problems and not codes & present and not {s.id for s in bundles} & present:
        have = listed(sorted(present))
        problems.append(
            Finding(
                f"the inputs have none of the sectors' codes ({listed(sorted(codes))}).",
                f"They have {have}." if have else "They have no industries.",
            )
        )
    if problems:
        raise InputError(problems)


def without_nested_codes(
    sectors: tuple[Sector, ...],
) -> tuple[tuple[Sector, ...], tuple[str, ...]]:
    """Drop a bundle's codes that lie inside another of its codes, and say so."""
    kept, said = [], []
    for sector in sectors:
        codes = tuple(dict.fromkeys(sector.naics))
        nested = [c for c in codes if any(o != c and naics.contains(o, c) for o in codes)]
        if nested:
            said.append(f"{sector.id}: {listed(nested)} lies inside another of its codes.")
        kept.append(replace(sector, naics=tuple(c for c in codes if c not in nested)))
    return tuple(kept), tuple(said)


def absent_codes(
    tables: RegionalTables, sectors: tuple[Sector, ...], years: tuple[int, ...]
) -> tuple[str, ...]:
    """Say which codes of bundles no input has: they count for nothing.

    A range holds old codes and new ones: of these only those that stand in the years are meant.
    """
    present = set(tables.employment["industry"].unique())
    said = []
    for sector in sectors:
        plain = dict.fromkeys(
            part for code in sector.naics for part in parts_of_remainders([code])
        )  # fmt: skip
        outright = {*sector.codes, *sector.excluded}
        absent = [
            code
            for code in plain
            if code not in present
            and (code in outright or any(naics.stands_in(code, year) for year in years))
        ]
        if absent and present:
            said.append(f"{sector.id}: the inputs have no rows for {listed(absent)}.")
    return tuple(said)
