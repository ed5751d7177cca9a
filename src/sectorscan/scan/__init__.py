"""The composition of the stages: the public Python API.

from pathlib import Path
from sectorscan.config.loader import load_config
from sectorscan.scan import scan

shortlist = scan([Path("inputs")], load_config(Path("sectorscan.yaml")))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.scan.model import Shortlist
from sectorscan.scan.regions import scan_regions
from sectorscan.scan.regions_model import Regions

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.config.models import Config
    from sectorscan.readiness import Readiness, Standing
    from sectorscan.robustness.model import Robustness
    from sectorscan.robustness.trust import Told
    from sectorscan.scoring.model import Ranking
    from sectorscan.sources.engines import Reading
    from sectorscan.tables.model import RegionalTables, Scope

__all__ = [
    "Regions",
    "Shortlist",
    "readiness_of",
    "recommend_tables",
    "scan",
    "scan_regions",
    "scope_of",
]


def scan(
    paths: Sequence[Path],
    loaded: LoadedConfig,
    reading: Reading | None = None,
    *,
    draws: bool = True,
    told: Told | None = None,
) -> Shortlist:
    """Load the inputs, score the candidates, rank them and say why.

    Parameters
    ----------
    paths
        Folders or files: analyst tables, QCEW files.
    loaded
        A resolved config, from ``load_config``.
    reading
        The engine and the cache of public files; without it the embedded engine, nothing kept.
    draws
        False: none are made, whatever the config says.
    told
        Called while drawing with how many draws are done, and of how many.

    Raises
    ------
    SectorscanError
        Where an input or the config is at fault, with every problem found.
    """
    from sectorscan.sources.engines import POLARS
    from sectorscan.sources.load import load

    scope = scope_of(loaded)
    tables = load(paths, scope, loaded.config.columns, reading or POLARS)
    return recommend_tables(tables, scope, loaded, draws=draws, told=told)


def recommend_tables(
    tables: RegionalTables,
    scope: Scope,
    loaded: LoadedConfig,
    *,
    draws: bool = True,
    told: Told | None = None,
) -> Shortlist:
    """Rank tables that are already read, as ``scan`` does after reading.

    Raises
    ------
    SectorscanError
        Where the config names what the tables haven't got, or can't be ranked by.
    """
    from sectorscan.advice.recommend import recommend
    from sectorscan.config.loader import check_known
    from sectorscan.indicators.compute import compute
    from sectorscan.readiness import assess
    from sectorscan.robustness.one_establishment import swings
    from sectorscan.scoring.rank import rank
    from sectorscan.sources.rollup import roll_up

    config = loaded.config
    readiness = readiness_of(loaded, synthetic=tables.synthetic)
    check_known(loaded, frozenset(tables.indicators["indicator"]))
    panel = roll_up(tables, scope)
    ranking = rank(compute(panel), config)
    standings: Mapping[str, Standing] = {}
    if readiness is not None and readiness.sectors:
        ranking, standings = assess(ranking, readiness)
    moves = swings(panel, ranking, config)
    trust = _trust(ranking, config, told) if draws and config.robustness.draws else None
    return Shortlist(
        config=config,
        config_name=loaded.name,
        config_sha256=loaded.sha256,
        inputs=(*tables.inputs, *(readiness.inputs if readiness else ())),
        ranking=ranking,
        recommendations=recommend(ranking, moves, trust, standings, config.scorecard),
        totals=dict(zip(panel.years, panel.e_region.value[0].tolist(), strict=True)),
        estimated_share=panel.estimated_share,
        mean_interval_width_pct=panel.mean_interval_width_pct,
        mean_interval_width_jobs=panel.mean_interval_width_jobs,
        cautions=_cautions(ranking, trust, tables, config, readiness),
        notes=tuple(str(f) for f in tables.findings if f.severity == "note"),
        what_if=loaded.what_if,
        synthetic=tables.synthetic,
        robustness=trust,
        readiness=readiness if standings else None,
        standings=standings,
    )


def _cautions(
    ranking: Ranking,
    trust: Robustness | None,
    tables: RegionalTables,
    config: Config,
    readiness: Readiness | None,
) -> tuple[str, ...]:
    """Return what a board should know of a ranking.

    What changes the scores first, then what the figures mean, then what is withheld.
    """
    from sectorscan.config.loader import hygiene_cautions
    from sectorscan.readiness.cautions import in_short

    return (
        *ranking.cautions,
        *(trust.cautions if trust else ()),
        *ranking.indicators.cautions,
        *ranking.indicators.panel.cautions,
        *(str(f) for f in tables.findings if f.severity == "caution"),
        *hygiene_cautions(config),
        *(in_short(readiness, ranking.indicators.sectors) if readiness else ()),
    )


def readiness_of(loaded: LoadedConfig, *, synthetic: bool) -> Readiness | None:
    """Return what the config's scorecards say, None where there is none yet.

    ``synthetic`` says that the figures are the sample's: beside others, scorecards that were made
    from the sample are left out, and that is said.

    Raises
    ------
    InputError
        Where one can't be used, with every problem of every workbook.
    """
    if not loaded.scorecards:
        return None
    from sectorscan.readiness import read_scorecards

    questions, as_of = loaded.config.scorecard, loaded.config.as_of
    return read_scorecards(loaded.scorecards, questions, as_of, synthetic_too=synthetic)


def _trust(ranking: Ranking, config: Config, told: Told | None) -> Robustness | None:
    from sectorscan.robustness.trust import robustness

    return robustness(ranking, config, told)


def scope_of(loaded: LoadedConfig) -> Scope:
    """Return what a config asks to be summed, as the plain values that the sources take."""
    from sectorscan.config.loader import sectors_of
    from sectorscan.tables.model import Scope

    config = loaded.config
    benchmark = (config.benchmark,) if isinstance(config.benchmark, str) else config.benchmark
    return Scope(
        name=config.region.name if config.region else None,
        areas=config.region.areas if config.region else None,
        benchmark=benchmark,
        ownership=config.ownership,
        lq_base=config.lq_base,
        period=config.period.years if config.period else None,
        quarter=config.period.quarter if config.period else None,
        level=config.sectors.level,
        bundles=sectors_of(loaded),
        thresholds={str(name): pay for name, pay in config.thresholds.items()},
    )
