"""Many regions in one run: one load of the inputs, one ranking a region.

from sectorscan.scan import scan_regions

result = scan_regions([Path("qcew")], load_config(Path("regions.yaml")))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.scan.across import across
from sectorscan.scan.model import Shortlist
from sectorscan.scan.regions_model import RegionalSector, RegionRanking, Regions

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scoring.model import Ranking
    from sectorscan.sources.engines import Reading
    from sectorscan.sources.regions import Divided, Region
    from sectorscan.tables.model import Panel, RegionalTables, Scope, Sector

__all__ = ["Regions", "rank_regions", "regions_scope", "scan_regions"]

Told = Callable[[int, int], None]
"""Called with how many regions are done, of how many."""

MOST_REASONS = 5


def scan_regions(
    paths: Sequence[Path],
    loaded: LoadedConfig,
    told: Told | None = None,
    reading: Reading | None = None,
) -> Regions:
    """Load the inputs once and rank each region of the config's ``regions:``.

    Parameters
    ----------
    paths
        Folders or files, as in ``scan``.
    loaded
        A resolved config, from ``load_config``, with ``regions:``.
    told
        Is told of the progress.
    reading
        The engine and the cache of public files, as in ``scan``.

    Raises
    ------
    SectorscanError
        Where an input or the config is at fault, or no region at all can be ranked. One region that
        can't be ranked is listed with its reason.
    """
    from sectorscan.sources.engines import POLARS
    from sectorscan.sources.load import load

    scope = regions_scope(loaded)
    tables = load(paths, scope, loaded.config.columns, reading or POLARS)
    return rank_regions(tables, scope, loaded, told)


def regions_scope(loaded: LoadedConfig) -> Scope:
    """Return what the config's regions need of the inputs: their areas, or every area.

    Raises
    ------
    ConfigError
        Where the config has no ``regions:``.
    """
    from sectorscan.errors import ConfigError, Finding
    from sectorscan.scan import scope_of

    wanted = loaded.config.regions
    if wanted is None:
        remedy = (
            "Write regions: {every: county} (or state, msa), or a list: regions: "
            "[{name: North, areas: ['39041', '39045']}, ...]."
        )
        raise ConfigError(Finding("the config names no regions to rank.", remedy, loaded.name))
    areas = None
    if wanted.list is not None:
        areas = tuple(dict.fromkeys(area for entry in wanted.list for area in entry.areas))
    return replace(scope_of(loaded), name=None, areas=areas, all_areas_needed=False)


def reading_scope(loaded: LoadedConfig) -> Scope:
    """Return what has to be read for ``region:`` and ``regions:`` together."""
    from sectorscan.scan import scope_of

    one = scope_of(loaded)
    if loaded.config.regions is None:
        return one
    many = regions_scope(loaded)
    if many.areas is None:
        return many
    return replace(many, areas=tuple(dict.fromkeys((*(one.areas or ()), *many.areas))))


def regions_of(tables: RegionalTables, scope: Scope, loaded: LoadedConfig) -> tuple[Region, ...]:
    """Return the regions that the config names, or the areas of the kind that it names.

    Raises
    ------
    InputError
        Where the tables have no area of that kind.
    """
    from sectorscan.sources.regions import Region, every_area

    wanted = loaded.config.regions
    if wanted is None:
        return ()
    if wanted.every is not None:
        return every_area(tables, scope, wanted.every, wanted.states)
    return tuple(
        Region(entry.name, tuple(dict.fromkeys(entry.areas))) for entry in wanted.list or ()
    )


def rank_regions(
    tables: RegionalTables, scope: Scope, loaded: LoadedConfig, told: Told | None = None
) -> Regions:
    """Rank the regions in tables that are already read, as ``scan_regions`` does after reading.

    Raises
    ------
    SectorscanError
        Where the config names what the tables haven't got, or no region can be ranked.
    """
    from sectorscan.config.loader import check_known, hygiene_cautions
    from sectorscan.errors import InputError
    from sectorscan.readiness.cautions import OF_ONE_REGION
    from sectorscan.sources.regions import divide, in_several
    from sectorscan.sources.scope import listed

    check_known(loaded, frozenset(tables.indicators["indicator"]))
    regions = regions_of(tables, scope, loaded)
    divided = divide(tables, scope)
    del tables  # the rows that no region needs are let go
    ranked: list[RegionRanking] = []
    pattern: Shortlist | None = None
    known: dict[Sector, Sector] = {}
    for done, region in enumerate(regions):
        if told is not None:
            told(done, len(regions))
        one, panel_and_ranking = _one(divided, region, scope, loaded, known)
        ranked.append(one)
        if pattern is None and panel_and_ranking is not None and not one.reason:
            pattern = _pattern(divided, *panel_and_ranking, loaded)
    if pattern is None:
        reasons = list(dict.fromkeys(f"{one.name}: {one.reason}" for one in ranked))
        message = f"no region can be ranked. {listed(reasons, MOST_REASONS)}"
        raise InputError(message)
    common, ranked = _common_cautions(ranked)
    twice = in_several(regions)
    found = divided.tables.findings
    return Regions(
        pattern=pattern,
        regions=tuple(ranked),
        sectors=across(ranked),
        cautions=(
            *((f"These areas count in more than one region: {listed(twice)}.",) if twice else ()),
            *_own_areas(scope),
            *common,
            *(str(f) for f in found if f.severity == "caution"),
            *hygiene_cautions(loaded.config),
            *((OF_ONE_REGION,) if loaded.scorecards else ()),
        ),
        notes=tuple(str(f) for f in found if f.severity == "note"),
    )


def _one(
    divided: Divided,
    region: Region,
    scope: Scope,
    loaded: LoadedConfig,
    known: dict[Sector, Sector],
) -> tuple[RegionRanking, tuple[Panel, Ranking] | None]:
    """Return a region's ranking, and where there is one the panel and ranking in full."""
    from sectorscan.errors import InputError
    from sectorscan.indicators.compute import compute
    from sectorscan.scoring.rank import rank
    from sectorscan.sources.rollup import roll_up
    from sectorscan.sources.scope import listed

    absent = divided.absent(region.areas)
    if absent:
        why = f"the inputs have no rows for {listed(absent)}."
        return RegionRanking(region.name, region.areas, why), None
    own = replace(scope, name=region.name, areas=region.areas)
    try:
        panel = roll_up(divided.of(region.areas), own)
    except InputError as error:
        why = " ".join(str(finding) for finding in error.findings)
        return RegionRanking(region.name, region.areas, why), None
    ranking = rank(compute(panel), loaded.config)
    return _kept(region, panel, ranking, loaded.config.outputs.top, known), (panel, ranking)


def _kept(
    region: Region, panel: Panel, ranking: Ranking, top: int, known: dict[Sector, Sector]
) -> RegionRanking:
    """Return what the reports need of a ranking: thousands of whole ones would fill the memory."""
    table = ranking.indicators
    values, estimated = table.value, table.status == "estimated"
    unranked = [s for s in range(len(table.sectors)) if ranking.rank[s] == 0]
    last = len(table.sectors) + 1
    unranked.sort(key=lambda s: (int(ranking.would_rank[s]) or last, table.sectors[s].id))
    sectors = tuple(
        RegionalSector(
            sector=known.setdefault(table.sectors[s], table.sectors[s]),
            rank=int(ranking.rank[s]),
            tied=bool(ranking.tied[s]),
            shortlisted=0 < int(ranking.rank[s]) <= top,
            score=float(ranking.score[s]),
            score_low=float(ranking.score_low[s]),
            score_high=float(ranking.score_high[s]),
            coverage=float(ranking.coverage[s]),
            tier=ranking.tier[s],
            exclusion=ranking.exclusion[s],
            would_rank=int(ranking.would_rank[s]),
            values=values[s],
            estimated=estimated[s],
        )
        for s in (*ranking.order, *unranked)
    )
    nothing = "no sector passes the gates with enough of the weight known."
    return RegionRanking(
        name=region.name,
        areas=panel.areas,
        reason="" if ranking.order else nothing,
        years=panel.years,
        quarter=panel.quarter,
        totals=dict(zip(panel.years, panel.e_region.value[0].tolist(), strict=True)),
        estimated_share=panel.estimated_share,
        mean_interval_width_pct=panel.mean_interval_width_pct,
        ids=table.ids,
        sectors=sectors,
        cautions=(*ranking.cautions, *table.cautions, *panel.cautions),
    )


def _pattern(divided: Divided, panel: Panel, ranking: Ranking, loaded: LoadedConfig) -> Shortlist:
    return Shortlist(
        config=loaded.config,
        config_name=loaded.name,
        config_sha256=loaded.sha256,
        inputs=divided.tables.inputs,
        ranking=ranking,
        recommendations=(),
        totals=dict(zip(panel.years, panel.e_region.value[0].tolist(), strict=True)),
        estimated_share=panel.estimated_share,
        cautions=(),
        what_if=loaded.what_if,
        synthetic=divided.tables.synthetic,
    )


def _common_cautions(
    regions: Sequence[RegionRanking],
) -> tuple[tuple[str, ...], list[RegionRanking]]:
    """Return what is said of every ranked region, and the regions without it."""
    ranked = [one for one in regions if not one.reason]
    times = Counter(text for one in ranked for text in dict.fromkeys(one.cautions))
    common = {text for text, count in times.items() if count == len(ranked) > 1}
    own = [
        replace(one, cautions=tuple(text for text in one.cautions if text not in common))
        for one in regions
    ]
    return tuple(text for text in times if text in common), own


def _own_areas(scope: Scope) -> tuple[str, ...]:
    """Say which sectors are the same everywhere, because they have areas of their own."""
    from sectorscan.sources.scope import listed

    fixed = [sector.id for sector in scope.bundles or () if sector.areas]
    if not fixed:
        return ()
    return (f"{listed(fixed)}: counted in areas of their own, whatever the region is.",)
