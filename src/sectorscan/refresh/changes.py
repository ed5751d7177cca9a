"""``changes``: what changed from one run to another, and each score's change split exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.errors import Finding, InputError
from sectorscan.refresh.mixing import Came, what_came
from sectorscan.refresh.run_folder import Readiness, Run, SectorRecord, read_run
from sectorscan.refresh.split import STEPS, Split, State, split
from sectorscan.scan.changes import (
    PARTS,
    Changes,
    ReadinessChange,
    SectorChange,
    Setting,
    Status,
)

if TYPE_CHECKING:
    from sectorscan.config.models import Config

CHANGES = "changes"
_NOISE = 1e-10
"""Points below this are the residue of an addition."""
_Parted = tuple[dict[str, float] | None, dict[str, dict[str, float]], str]
"""Parts, the same by criterion, and why there are none."""
_NOT_SETTINGS = frozenset(
    {
        *("version", "extends", "regions", "period", "columns", "criteria", "readiness"),
        *("robustness", "outputs", "inputs", "as_of", "scorecard"),
    }
)
"""What is told apart (the period goes with the data, criteria one by one), or moves no score."""


def compare_runs(old: Path, new: Path) -> Changes:
    """Return what changed between two run folders, and why.

    Raises
    ------
    SectorscanError
        Where one is no run folder, or isn't as it was written.
    """
    runs = read_run(old), read_run(new)
    if runs[0].folder == runs[1].folder:
        what = "both are the same run folder."
        raise InputError(Finding(what, "Name an earlier run and a later one."))
    before, after = (run.state() for run in runs)
    names = [{*run.sectors} for run in runs]
    ids = tuple(sorted(names[0] | names[1]))
    found = split(before, after, ids)
    came = _came(before, after)
    sectors = [_sector(name, place, runs, found) for place, name in enumerate(ids)]
    return Changes(
        old=runs[0].head,
        new=runs[1].head,
        sectors=tuple(sorted(sectors, key=_order)),
        new_years=came.new_years,
        revised_years=came.revised_years,
        revised_rows=came.revised_rows,
        settings=tuple(_settings(before.loaded.config, after.loaded.config)),
        labels=_labels(found.criteria),
        competitive=found.competitive,
        top=runs[1].ranking.config.top,
        synthetic=any(run.ranking.synthetic for run in runs),
        cautions=tuple(_cautions(runs, found)),
    )


def write_changes(old: Path, new: Path) -> None:
    """Write what changed since an earlier run into the new run's folder.

    Raises
    ------
    SectorscanError
        Where one is no run folder, or isn't as it was written.
    """
    from sectorscan.reports.changes import RENDERERS
    from sectorscan.reports.write import encoded

    result = compare_runs(old, new)
    for ending, output_format in ((".json", "json"), (".md", "markdown")):
        content = encoded(RENDERERS[output_format](result), output_format)
        (new / f"{CHANGES}{ending}").write_bytes(content)


def _order(one: SectorChange) -> tuple[int, float, str]:
    place = {"ranked": 0, "entered": 0, "left": 1, "unranked": 2}[one.status]
    return place, one.rank_new or one.rank_old or math.inf, one.id


def _came(before: State, after: State) -> Came:
    """Return what came in, over the years of both periods."""
    periods = [state.period for state in (before, after) if state.period]
    if not periods:
        return Came((), (), 0)
    years = range(min(base for base, _ in periods), max(end for _, end in periods) + 1)
    region = after.loaded.config.region
    tables = (before.tables, after.tables)
    areas = region.areas if region else {a for t in tables for a in t.employment["region"]}
    return what_came(*tables, years, frozenset(areas))


def _sector(name: str, place: int, runs: tuple[Run, Run], found: Split) -> SectorChange:
    old, new = (run.sectors.get(name) for run in runs)
    known = new or old
    ranks = [one.rank if one else None for one in (old, new)]
    scores = [one.score if one else None for one in (old, new)]
    status = _status(ranks[0], ranks[1])
    change = None
    parted: _Parted = (None, {}, _reason(status, old, new))
    if status == "ranked" and scores[0] is not None and scores[1] is not None:
        change = scores[1] - scores[0]
        parted = _parts(place, scores[0], scores[1], found)
    return SectorChange(
        id=name,
        title=known.title if known else name,
        status=status,
        rank_old=ranks[0],
        rank_new=ranks[1],
        score_old=scores[0],
        score_new=scores[1],
        change=change,
        parts=parted[0],
        by_criterion=parted[1],
        reason=parted[2],
        readiness=_readiness(*(one.readiness if one else None for one in (old, new))),
    )


def _status(old: int | None, new: int | None) -> Status:
    if old is None:
        return "unranked" if new is None else "entered"
    return "left" if new is None else "ranked"


def _reason(status: Status, old: SectorRecord | None, new: SectorRecord | None) -> str:
    if status == "entered":
        if old is None:
            return "It is a new candidate."
        return f"In the old run it wasn't ranked. {old.reason or ''}".strip()
    if status == "left" and new is None:
        return "It is no candidate any more."
    if status in ("left", "unranked"):
        last = new or old
        return (last.reason if last else None) or "It isn't ranked."
    return ""


def _parts(place: int, old: float, new: float, found: Split) -> _Parted:
    """Return the parts of a change, those by criterion, or the reason why there are none."""
    steps = found.parts[:, place]
    if found.why_not:
        return None, {}, f"The change can't be split: {found.why_not}"
    if not np.isfinite(steps).all():
        why = "with the one run's figures and the other's settings it has no score."
        return None, {}, f"The change can't be split: {why}"
    parts = {name: float(part) for name, part in zip(STEPS, steps, strict=True)}
    # What neither run's recorded score has from its own inputs by this version's method.
    method = (float(found.before[place]) - old) - (float(found.after[place]) - new)
    parts["method"] = method if abs(method) > _NOISE else 0.0
    by_criterion = {}
    for step, name in enumerate(STEPS):
        points = zip(found.criteria, found.by_criterion[step, place].tolist(), strict=True)
        moved = {criterion: point for criterion, point in points if abs(point) > _NOISE}
        by_criterion[name] = moved
    return {name: parts[name] for name in PARTS}, by_criterion, ""


def _readiness(old: Readiness | None, new: Readiness | None) -> ReadinessChange | None:
    if old is None and new is None:
        return None
    levels = {one.id: one.level for one in old.questions} if old else {}
    fallen = []
    for one in new.questions if new else ():
        before = levels.get(one.id)
        if before is not None and one.level is not None and one.level < before:
            fallen.append((one.id, before, one.level))
    return ReadinessChange(
        old=old.score if old else None,
        new=new.score if new else None,
        stale_share=new.stale_share if new else None,
        fallen=tuple(fallen),
    )


def _settings(old: Config, new: Config) -> Iterator[Setting]:
    """Yield what differs between two configs: effective weights, scales, and other settings."""
    from sectorscan.scoring.matrix import resolve_criteria

    before, after = ({c.id: c for c in resolve_criteria(config)} for config in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        weights = (one.weight if one else 0.0, other.weight if other else 0.0)
        if abs(weights[0] - weights[1]) > _NOISE:
            yield Setting(f"weight.{name}", *weights)
        if one and other and (one.scale, one.direction) != (other.scale, other.direction):
            yield Setting(f"scale.{name}")
    written = [config.model_dump(mode="json") for config in (old, new)]
    for key in written[0]:
        if key not in _NOT_SETTINGS and written[0][key] != written[1].get(key):
            yield Setting(key)


def _labels(criteria: tuple[str, ...]) -> dict[str, str]:
    from sectorscan.advice.wording import IN_A_SENTENCE
    from sectorscan.indicators.registry import REGISTRY

    return {
        name: IN_A_SENTENCE.get(name) or (REGISTRY[name].label if name in REGISTRY else name)
        for name in criteria
    }


def _cautions(runs: tuple[Run, Run], found: Split) -> Iterator[str]:
    old, new = (run.manifest for run in runs)
    if old.region != new.region:
        yield "The two runs are of different regions."
    if old.date > new.date:
        yield f"The old run ({old.date}) is dated after the new one ({new.date})."
    if found.why_not:
        yield f"The changes can't be split into their parts: {found.why_not}"
