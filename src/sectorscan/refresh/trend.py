"""``trend``: ranks and scores over all runs of a project."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, InputError, SectorscanError, quoted
from sectorscan.refresh.changes import criteria_labels
from sectorscan.refresh.folder import RUN_NAME, RUNS, run_names
from sectorscan.refresh.run_folder import Run, SectorRecord, read_run
from sectorscan.refresh.settings import settings_between
from sectorscan.scan.changes import Setting
from sectorscan.scan.trend import SectorTrend, Standing, Trend, TrendRun

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig

_FRAME = {
    "region": "the region's areas",
    "benchmark": "the benchmark",
    "ownership": "the ownership",
    "lq_base": "the location quotient's base",
    "sectors": "the candidates",
}
"""Settings that decide what is compared with what: ranks before and after are of other things."""


def trend(project: Path, top: int | None = None) -> Trend:
    """Return every ranked sector's rank and score in each run.

    A run that can't be read is left out, with a caution.

    Parameters
    ----------
    project
        A project folder, or its folder of runs.
    top
        So many of the first sectors of each run count as listed; by default its shortlist.

    Raises
    ------
    InputError
        Where there are no runs, or none can be read.
    """
    folder = project / RUNS if (project / RUNS).is_dir() else project
    runs, problems = _read(folder)
    if not runs:
        what = f"there are no runs in {quoted(project)}."
        remedy = "Name a project folder; sectorscan refresh makes a run in it."
        raise InputError([one for _, one in problems] or Finding(what, remedy))
    read = [_config(run) for run in runs]
    configs = [config for config, _ in read]
    settings = [(), *(
        tuple(_settings(*pair, *states))
        for pair, states in zip(pairwise(runs), pairwise(configs), strict=True)
    )]  # fmt: skip
    told = tuple(_told(run, differ) for run, differ in zip(runs, settings, strict=True))
    return Trend(
        runs=told,
        sectors=tuple(sorted(_sectors(runs), key=_order)),
        top=top,
        synthetic=any(run.ranking.synthetic for run in runs),
        cautions=(
            *_left_out(problems),
            *(caution for _, caution in read if caution),
            *_cautions(told),
        ),
    )


def _read(folder: Path) -> tuple[list[Run], list[tuple[str, Finding]]]:
    """Return the runs that can be read, and the problems of each other one by its name."""
    whole = run_names(folder)
    runs: list[Run] = []
    problems: list[tuple[str, Finding]] = []
    for name in (*whole, *_without_manifest(folder, whole)):
        try:
            runs.append(read_run(folder / name))
        except SectorscanError as error:
            problems += [(name, finding) for finding in error.findings]
    return runs, problems


def _without_manifest(folder: Path, whole: Sequence[str]) -> list[str]:
    """Return the folders that are named as runs are and have no manifest."""
    if not folder.is_dir():
        return []
    found = [entry.name for entry in folder.iterdir() if entry.is_dir()]
    return sorted(name for name in found if RUN_NAME.fullmatch(name) and name not in whole)


def _told(run: Run, settings: tuple[Setting, ...]) -> TrendRun:
    ranking, vintage = run.ranking, run.manifest.vintage
    return TrendRun(
        head=run.head,
        top=ranking.config.top,
        ranked=len(ranking.sectors),
        candidates=len(ranking.sectors) + len(ranking.excluded),
        first_year=vintage.first_year,
        last_year=vintage.last_year,
        settings=settings,
        labels=criteria_labels([one.path[3] for one in settings if len(one.path) > 3]),
    )


def _config(run: Run) -> tuple[LoadedConfig | None, str]:
    """Return a run's config, and blank; where this version can't read it, None and a caution."""
    try:
        return run.config(), ""
    except SectorscanError as error:
        why = error.findings[0].what
        return None, f"Which settings changed at the run {run.head.name} isn't known: {why}"


def _settings(old: Run, new: Run, *configs: LoadedConfig | None) -> Iterator[Setting]:
    """Yield what differs between two runs' settings; areas and the like as they were used."""
    used = [
        {
            ("region", "areas"): sorted(run.manifest.region.areas),
            ("benchmark",): run.manifest.benchmark,
            ("ownership",): run.manifest.ownership,
            ("lq_base",): run.manifest.lq_base,
        }
        for run in (old, new)
    ]
    for path, before in used[0].items():
        if before != used[1][path]:
            yield Setting(path, before, used[1][path])
    if configs[0] is not None and configs[1] is not None:
        for one in settings_between(configs[0], configs[1], rated=False):
            if one.moves == "scores" and one.path not in used[0]:
                yield one
    elif old.manifest.config.sha256 != new.manifest.config.sha256:
        yield Setting(("config",), None, None)


def _sectors(runs: Sequence[Run]) -> Iterator[SectorTrend]:
    by_run = [{one.id: one for one in run.ranking.sectors} for run in runs]
    # The latest title counts.
    titles = {one.id: one.title for ranked in by_run for one in ranked.values()}
    for name, title in titles.items():
        standings = tuple(_standing(ranked.get(name)) for ranked in by_run)
        if any(standings):
            yield SectorTrend(id=name, title=title, standings=standings)


def _standing(one: SectorRecord | None) -> Standing | None:
    if one is None or one.rank is None:
        return None
    readiness = one.readiness.score if one.readiness else None
    return Standing(
        rank=one.rank,
        score=one.score,
        low=one.score_low,
        high=one.score_high,
        tied=one.tied,
        shortlisted=one.shortlisted,
        tier=None if readiness is None else one.tier,
        readiness=readiness,
    )


def _order(one: SectorTrend) -> tuple[float, float, str]:
    """Order by the latest rank; those that aren't ranked now by their best one, at the end."""
    return one.ranks[-1] or math.inf, one.best, one.id


def _left_out(problems: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    for name, finding in problems:
        yield f"The run {name} is left out: {finding.where() or 'its folder'}: {finding.what}"


def _cautions(runs: Sequence[TrendRun]) -> Iterator[str]:
    for run in runs:
        words = dict.fromkeys(_FRAME[one.path[0]] for one in run.settings if one.path[0] in _FRAME)
        if words:
            yield (
                f"From the run {run.name} on these are others: {', '.join(words)}. Ranks and "
                "scores before and after aren't of the same thing."
            )
