"""A sector's counties: which the inputs have, and the sums that tell each one's effect.

Every figure of a county, of the region with or without it, and of a set of counties is that of a
sector with areas of its own: the roll-up sums and bounds them all alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sectorscan.errors import Finding, InputError, nearest
from sectorscan.sources import areas as area_names
from sectorscan.sources.load import sort_out
from sectorscan.sources.scope import listed, resolve_areas, resolve_benchmark
from sectorscan.tables.files import expand
from sectorscan.tables.model import RegionalTables, Scope, Sector

MOST_COUNTIES = 400
"""More than the counties of any state: from here on the files are the nation's."""


def areas_to_read(
    paths: Sequence[Path], scope: Scope, columns: Mapping[str, str], asked: Sequence[str] | None
) -> tuple[tuple[str, ...] | None, str]:
    """Return the areas whose rows are read, None for all of the files, and what is left out.

    Without a choice of neighbours it is every county of the files; of national files, the counties
    of the region's states and those that border on the region.
    """
    region = scope.areas or ()
    if asked is not None:
        return tuple(dict.fromkeys((*region, *asked))), ""
    public, *_ = sort_out(expand(paths), columns, paths)
    if not public or scope.areas is None:
        return None, ""
    from sectorscan.sources.qcew_scan import areas_and_years

    present = [
        code for code in sorted(areas_and_years(public)[0]) if area_names.kind(code) == "county"
    ]
    if len(present) <= MOST_COUNTIES:
        return None, ""
    states = {code[:2] for code in region}
    near = {code for area in region for code in area_names.borders(area) or ()}
    chosen = [code for code in present if code[:2] in states or code in near]
    return tuple(dict.fromkeys((*region, *chosen))), (
        f"The files have {len(present):,} counties: those of the region's states and those that "
        f"border on the region are shown ({len(chosen)}). Others: --neighbours CODE,CODE."
    )


def bordering(region: Sequence[str]) -> tuple[str, ...]:
    """Return the counties that border on a region, sorted.

    Raises
    ------
    InputError
        Where no area of the region is in the table of borders.
    """
    known = [found for area in region if (found := area_names.borders(area)) is not None]
    if not known:
        raise InputError(
            Finding(
                f"which counties border on {listed(region)} isn't known.",
                "Name them: --neighbours CODE,CODE.",
            )
        )
    return tuple(sorted(frozenset().union(*known) - set(region)))


@dataclass(frozen=True, slots=True)
class Counties:
    """The region's areas and the counties beside it, both sorted; ``all`` has both."""

    region: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every county looked at, sorted."""
        return tuple(sorted((*self.region, *self.outside)))


def counties_of(
    tables: RegionalTables,
    scope: Scope,
    asked: Sequence[str] | None,
    among: Sequence[str] | None = None,
) -> Counties:
    """Return the region and the other counties (or an analyst's areas) that the tables have.

    ``asked`` are the only others to look at; else it is all, or those ``among`` some that were
    chosen because the files have too many.

    Raises
    ------
    InputError
        Where the region's areas, the benchmark's or a neighbour asked for aren't in the tables.
    """
    benchmark, label = resolve_benchmark(tables, scope)
    region = resolve_areas(tables, scope, benchmark)
    aggregates = () if label == "all" else benchmark
    present = set(tables.employment["region"])
    absent = [code for code in asked or () if code not in present]
    if absent:
        raise InputError(
            Finding(
                f"the neighbour {code} is in none of the inputs.",
                f"They have {listed(sorted(present))}.{nearest(code, present)}",
            )
            for code in absent
        )
    wanted: Iterable[str] = present.intersection(among or present) if asked is None else asked
    outside = {
        code
        for code in wanted
        if code not in (*region, *aggregates) and (asked is not None or _is_part(code))
    }
    return Counties(tuple(sorted(region)), tuple(sorted(outside)))


def _is_part(code: str) -> bool:
    """Return whether an area is a county, or a name of an analyst's own: no state, no nation."""
    coded = len(code) == 5 and code[1:].isdigit()
    return area_names.kind(code) == "county" if coded else code not in ("US", "US000")


def variants(sector: Sector, counties: Counties) -> tuple[Sector, ...]:
    """Return the sector in the region, in each county, and in the region changed by each county.

    A county outside is added; one inside is left out, except where it is the whole region.
    """
    region = counties.region
    own = [_in(sector, (code,)) for code in counties.all]
    changed = [
        _in(sector, tuple(c for c in region if c != code) or region)
        if code in region
        else _in(sector, (*region, code))
        for code in counties.all
    ]
    return (_in(sector, region), *own, *changed)


def prefixes(sector: Sector, order: Sequence[str]) -> tuple[Sector, ...]:
    """Return the sector in the first county of an order, in the first two, and so on."""
    return tuple(_in(sector, tuple(order[: n + 1])) for n in range(len(order)))


def _in(sector: Sector, areas: tuple[str, ...]) -> Sector:
    return replace(sector, areas=areas)
