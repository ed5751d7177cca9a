"""``trend``: ranks and scores over all runs of a project."""

from __future__ import annotations

import math
from pathlib import Path

from sectorscan.errors import Finding, InputError
from sectorscan.refresh.folder import RUNS, run_names
from sectorscan.refresh.run_folder import read_run
from sectorscan.scan.changes import SectorTrend, Trend


def trend(project: Path) -> Trend:
    """Return every ranked sector's rank and score in each run.

    Parameters
    ----------
    project
        A project folder, or its folder of runs.

    Raises
    ------
    InputError
        Where there are no runs, or one of them isn't as it was written.
    """
    folder = project / RUNS if (project / RUNS).is_dir() else project
    names = run_names(folder)
    if not names:
        what = f"there are no runs in {str(project)!r}."
        remedy = "Name a project folder; sectorscan refresh makes a run in it."
        raise InputError(Finding(what, remedy))
    problems: list[Finding] = []
    runs = []
    for name in names:
        try:
            runs.append(read_run(folder / name))
        except InputError as error:
            problems += error.findings
    if problems:
        raise InputError(problems)
    by_run = [{one.id: one for one in run.ranking.sectors} for run in runs]
    titles = {one.id: one.title for ranked in by_run for one in ranked.values()}
    sectors = [
        SectorTrend(
            id=name,
            title=title,
            ranks=tuple(ranked[name].rank if name in ranked else None for ranked in by_run),
            scores=tuple(ranked[name].score if name in ranked else None for ranked in by_run),
        )
        for name, title in titles.items()
    ]
    regions = {run.manifest.region for run in runs}
    several = "The runs are of different regions: ranks and scores aren't comparable."
    return Trend(
        runs=tuple(run.head for run in runs),
        sectors=tuple(sorted(sectors, key=_order)),
        top=runs[-1].ranking.config.top,
        synthetic=any(run.ranking.synthetic for run in runs),
        cautions=(several,) if len(regions) > 1 else (),
    )


def _order(one: SectorTrend) -> tuple[float, float, str]:
    """Order by the latest rank; those that aren't ranked now by their best one, at the end."""
    known = [rank for rank in one.ranks if rank is not None]
    return one.ranks[-1] or math.inf, min(known), one.id
