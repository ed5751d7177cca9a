"""A sector's footprint, county by county: the Python API behind ``sectorscan scope``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.indicators.arithmetic import ratio
from sectorscan.scan.sectors import pick
from sectorscan.tables.model import FloatArray, InputFile, Interval, Panel, RegionalTables, Sector

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.sources.footprint import Counties
    from sectorscan.tables.model import Scope

THRESHOLD = 1.2
"""The location quotient from which on a set of counties is called a concentration."""

_IDS = ("location_quotient", "employment_cagr_pct")


@dataclass(frozen=True, slots=True)
class Footprint:
    """One sector in N counties, those where it is most concentrated first.

    Intervals have shape (N,): ``jobs`` in the end year, ``part`` of all counties' jobs (%),
    ``quotient`` (location quotient), ``growth`` (%/year), ``changed``: the region's quotient with
    the county added, or left out where it is inside; ``together`` is the quotient of the first
    county, the first two ..., ``together_pct`` (N,) their part of the jobs. ``status`` is that of
    the jobs; ``borders`` says whether a county outside borders on the region (None: not known).
    ``effects`` tells what that does: ``raises``, ``dilutes``, ``none``, ``may raise`` or ``may
    dilute`` where withheld figures leave it open; None where it isn't known or can't be done.
    ``region`` has the region's own figures, (1,) each. ``core`` counties, the longest run of the
    order whose quotient reaches ``threshold``, hold most of the sector where it is concentrated.
    """

    sector: Sector
    counties: tuple[str, ...]
    titles: tuple[str, ...]
    inside: tuple[bool, ...]
    borders: tuple[bool | None, ...]
    jobs: Interval
    status: tuple[str, ...]
    establishments: FloatArray
    part: Interval
    quotient: Interval
    growth: Interval
    changed: Interval
    effects: tuple[str | None, ...]
    together: Interval
    together_pct: FloatArray
    region: dict[str, Interval]
    core: int
    threshold: float
    panel: Panel
    inputs: tuple[InputFile, ...] = ()
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def scan_footprint(
    paths: Sequence[Path],
    loaded: LoadedConfig,
    wanted: str,
    *,
    neighbours: Sequence[str] | None = None,
    threshold: float = THRESHOLD,
) -> Footprint:
    """Return a sector's footprint in the region and the other counties of the inputs.

    Parameters
    ----------
    paths, loaded
        As for ``scan``.
    wanted
        A NAICS code, a bundle's name, or a title.
    neighbours
        The only counties to look at beside the region's; ``("bordering",)`` for those that border
        on it. By default every county that the files have.
    threshold
        The location quotient from which on a set of counties is called a concentration.

    Raises
    ------
    SectorscanError
        Where an input or the config is at fault, the sector isn't known, or a county isn't there.
    """
    from sectorscan.scan import scope_of
    from sectorscan.sources.footprint import areas_to_read, bordering, counties_of
    from sectorscan.sources.load import load

    scope = scope_of(loaded)
    only_present = neighbours is not None and tuple(neighbours) == ("bordering",)
    asked = bordering(scope.areas or ()) if only_present else neighbours
    areas, left_out = areas_to_read(
        paths, scope, loaded.config.columns, None if only_present else asked
    )
    tables = load(paths, replace(scope, areas=areas, bundles=None), loaded.config.columns)
    if only_present and asked is not None:
        present = set(tables.employment["region"])
        asked = [code for code in asked if code in present]
    counties = counties_of(tables, scope, asked, areas)
    sector = _sector(tables, scope, wanted)
    found = footprint(tables, scope, sector, counties, threshold)
    return replace(found, notes=(*found.notes, *([left_out] if left_out else [])))


def _sector(tables: RegionalTables, scope: Scope, wanted: str) -> Sector:
    """Return the bundle, candidate, shipped bundle or plain code that a word means.

    Raises
    ------
    InputError
        Where nothing, or more than one sector, answers to it.
    """
    from sectorscan.config.bundles import as_sectors, bundles_path, read_bundles
    from sectorscan.config.presets import BUNDLES_FILE
    from sectorscan.sources import naics
    from sectorscan.sources.scope import titles_of

    bundles = scope.bundles or as_sectors(read_bundles(bundles_path(BUNDLES_FILE, None)))
    named = [s for s in bundles if s.id.casefold() == wanted.casefold()]
    if named:
        return named[0]
    rows = tables.employment
    titles = titles_of(rows)
    codes = [c for c in sorted(rows["industry"].unique()) if not naics.is_total(c)]
    plain = [Sector(c, titles.get(c) or naics.title(c) or c, (c,)) for c in codes]
    listing = "Find codes by name: sectorscan industries TEXT."
    exact = [s for s in plain if s.id == wanted] or _by_code(wanted)
    # A title stands at several levels where an industry is its parent's only one: the coarsest.
    by_title: dict[str, Sector] = {}
    for one in sorted(plain, key=lambda s: len(s.id)):
        by_title.setdefault(one.title.casefold(), one)
    candidates = exact or [*bundles, *by_title.values()]
    return pick(candidates, wanted, "industry of the inputs and no bundle", listing)


def _by_code(wanted: str) -> list[Sector]:
    """Return the sector of a NAICS code or range that may stand in no input, none for a name."""
    from sectorscan.config.bundles import as_sectors
    from sectorscan.config.models import SectorEntry
    from sectorscan.sources import naics

    if not wanted[:1].isdigit():
        return []
    try:
        entry = SectorEntry(name=naics.title(wanted) or wanted, naics=(wanted,))
    except ValueError:
        return []
    known = "-" in wanted or naics.title(wanted) is not None
    return [replace(s, id=wanted) for s in as_sectors((entry,))] if known else []


def footprint(
    tables: RegionalTables, scope: Scope, sector: Sector, counties: Counties, threshold: float
) -> Footprint:
    """Return the footprint from tables that are already read.

    Raises
    ------
    InputError
        Where the scope's period or benchmark isn't in the tables.
    """
    from sectorscan.indicators.compute import columns_of
    from sectorscan.indicators.footprint import concentrated_first, part_pct, run_above
    from sectorscan.sources.footprint import prefixes, variants
    from sectorscan.sources.rollup import roll_up

    def summed(bundles: tuple[Sector, ...]) -> tuple[Panel, dict[str, Interval]]:
        chosen = replace(scope, areas=counties.region, bundles=bundles)
        panel = roll_up(tables, chosen, tell_overlaps=False)
        return panel, {name: c.interval for name, c in columns_of(panel, _IDS).items()}

    panel, found = summed(variants(sector, counties))
    _need_jobs(panel)
    count = len(counties.all)
    own = slice(1, count + 1)
    jobs = _cut(_at_end(panel.e_ir), own)
    order = concentrated_first(_cut(found["location_quotient"], own).value, jobs.value)
    codes = tuple(counties.all[i] for i in order)
    part = part_pct(jobs)
    _, running = summed(prefixes(sector, codes))
    together = running["location_quotient"]
    return Footprint(
        sector=sector,
        counties=codes,
        titles=tuple(_title(tables, code) for code in codes),
        inside=tuple(code in counties.region for code in codes),
        borders=_borders(codes, counties.region),
        jobs=_cut(jobs, order),
        status=tuple(str(s) for s in panel.e_status[own, -1][order]),
        establishments=panel.n_ir[own, -1][order],
        part=_cut(part, order),
        quotient=_cut(_cut(found["location_quotient"], own), order),
        growth=_cut(_cut(found["employment_cagr_pct"], own), order),
        changed=_cut(_cut(found["location_quotient"], slice(count + 1, None)), order),
        effects=tuple(_effects(panel, found["location_quotient"], counties)[i] for i in order),
        together=together,
        together_pct=np.cumsum(np.nan_to_num(part.value[order])),
        region={
            **{name: _cut(interval, slice(0, 1)) for name, interval in found.items()},
            "employment": _cut(_at_end(panel.e_ir), slice(0, 1)),
        },
        core=run_above(together.value, threshold),
        threshold=threshold,
        panel=panel,
        inputs=tables.inputs,
        cautions=(
            *(str(f) for f in tables.findings if f.severity == "caution"),
            *dict.fromkeys(panel.cautions),
        ),
        notes=tuple(str(f) for f in tables.findings if f.severity == "note"),
    )


def _effects(panel: Panel, quotient: Interval, counties: Counties) -> list[str | None]:
    """Return what adding each county, or leaving it out, does to the region's quotient.

    It rises with a county whose share of jobs is above that of the region beside it, whatever the
    benchmark is; where the two shares' intervals meet, the side isn't certain.
    """
    low = ratio(_at_end(panel.e_ir).low, _at_end(panel.e_r_lq).high)
    high = ratio(_at_end(panel.e_ir).high, _at_end(panel.e_r_lq).low)
    count = len(counties.all)
    found: list[str | None] = []
    for i, code in enumerate(counties.all):
        own, changed = i + 1, i + 1 + count
        inside = code in counties.region
        rest = changed if inside else 0
        change = quotient.value[changed] - quotient.value[0]
        if not np.isfinite(change) or counties.region == (code,):
            found.append(None)
        elif change == 0:
            found.append("none")
        else:
            sure = low[own] > high[rest] or high[own] < low[rest]
            verb = "raise" if change > 0 else "dilute"
            found.append(f"{verb}s" if sure else f"may {verb}")
    return found


def _need_jobs(panel: Panel) -> None:
    from sectorscan.errors import Finding, InputError

    if not panel.years:
        raise InputError(
            Finding(
                "the inputs have no employment figures: a footprint is made of jobs.",
                "Give employment.csv, or QCEW files.",
            )
        )


def _title(tables: RegionalTables, code: str) -> str:
    from sectorscan.sources.scope import area_title

    return area_title(tables, code)


def _borders(codes: Sequence[str], region: Sequence[str]) -> tuple[bool | None, ...]:
    from sectorscan.sources.areas import borders

    found: list[bool | None] = []
    for code in codes:
        beside = borders(code)
        found.append(None if beside is None else not beside.isdisjoint(region))
    return tuple(found)


def _at_end(cells: Interval) -> Interval:
    return Interval(cells.low[:, -1], cells.value[:, -1], cells.high[:, -1])


def _cut(interval: Interval, rows: slice | np.ndarray) -> Interval:
    return Interval(interval.low[rows], interval.value[rows], interval.high[rows])
