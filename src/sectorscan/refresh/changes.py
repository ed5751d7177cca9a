"""``changes``: what changed from one run to another, and each score's change split exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from sectorscan.errors import Finding, InputError
from sectorscan.refresh.comparable import cautions
from sectorscan.refresh.mixing import Came, what_came
from sectorscan.refresh.run_folder import Run, SectorRecord, read_run
from sectorscan.refresh.settings import settings_between, weights_between
from sectorscan.refresh.split import STEPS, Split, State, split
from sectorscan.refresh.standings import because, readiness_change
from sectorscan.scan.changes import PARTS, Changes, SectorChange, Setting, Status
from sectorscan.scoring.aggregate import BoolArray
from sectorscan.scoring.gates import gate_tests

CHANGES = "changes"
_DONE = {"brought it in": "brought it in", "took it out": "taken it out"}
_NOISE = 1e-10
"""Points below this are the residue of an addition."""
_Parted = tuple[dict[str, float] | None, dict[str, dict[str, float]], str]
"""Parts, the same by criterion, and why there are none."""


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
    came = Came((), (), 0) if found.why_not else _came(before, after)
    titles = _titles(before, after)
    rated = all(run.rated for run in runs)
    sectors = [_sector(name, place, runs, found, titles) for place, name in enumerate(ids)]
    configs = (before.loaded.config, after.loaded.config)
    gated = [name for config in configs for gate in config.gates for name, *_ in gate_tests(gate)]
    return Changes(
        old=runs[0].head,
        new=runs[1].head,
        sectors=tuple(sorted(sectors, key=_order)),
        new_years=came.new_years,
        revised_years=came.revised_years,
        revised_rows=came.revised_rows,
        settings=(
            *settings_between(before.loaded, after.loaded, rated=rated),
            *(_day(runs) if rated else ()),
        ),
        weights=tuple(weights_between(*configs)),
        labels=criteria_labels((*found.criteria, *gated)),
        competitive=found.competitive,
        as_of=runs[1].manifest.as_of,
        why_not=found.why_not,
        synthetic=any(run.ranking.synthetic for run in runs),
        cautions=tuple(cautions(runs, (before, after), sectors, found.why_not)),
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


def _sector(
    name: str, place: int, runs: tuple[Run, Run], found: Split, titles: Mapping[str, str]
) -> SectorChange:
    old, new = (run.sectors.get(name) for run in runs)
    known = new or old
    ranks = [one.rank if one else None for one in (old, new)]
    scores = [one.score if one else None for one in (old, new)]
    status = _status(ranks[0], ranks[1])
    change = None
    parted: _Parted = (None, {}, _reason(status, old, new, found.ranked[..., place]))
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
        readiness=readiness_change(
            old.readiness if old else None, new.readiness if new else None, titles
        ),
        shortlisted=(bool(old and old.shortlisted), bool(new and new.shortlisted)),
        tiers=(old.tier if old else None, new.tier if new else None),
        because=because(old, new, titles) if old and new else (),
    )


def _status(old: int | None, new: int | None) -> Status:
    if old is None:
        return "unranked" if new is None else "entered"
    return "left" if new is None else "ranked"


def _reason(
    status: Status, old: SectorRecord | None, new: SectorRecord | None, ranked: BoolArray
) -> str:
    """Return why a sector entered or left; ``ranked`` (2, 2) by figures and by config."""
    if status == "ranked":
        return ""
    if status == "unranked":
        return _why(new or old) or "it isn't ranked."
    entered = status == "entered"
    other = old if entered else new
    if other is None:
        why = "It is a new candidate." if entered else "It is no candidate any more."
    elif entered:
        why = f"It wasn't ranked before: {_why(other) or 'for another reason.'}"
    else:
        why = f"It isn't ranked now: {_why(other) or 'for another reason.'}"
    return f"{why} {_cause(ranked, entered=entered)}".strip()


def _why(record: SectorRecord | None) -> str:
    """Return the reason of the ranking without its first words, with a full stop."""
    reason = (record.reason or "" if record else "").removeprefix("not shortlisted:").strip()
    return f"{reason.rstrip('.')}." if reason else ""


def _cause(ranked: BoolArray, *, entered: bool) -> str:
    """Return whether figures or settings made a sector enter or leave."""
    if (bool(ranked[0, 0]), bool(ranked[1, 1])) != (not entered, entered):
        return ""
    verb = "brought it in" if entered else "took it out"
    figures, settings = (bool(ranked[1, 0]) == entered, bool(ranked[0, 1]) == entered)
    if figures and settings:
        return f"The newer figures or the changed settings alone would have {_DONE[verb]}."
    if not figures and not settings:
        return f"The newer figures and the changed settings together {verb}."
    return f"The {'newer figures' if figures else 'changed settings'} {verb}."


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


def _day(runs: tuple[Run, Run]) -> Iterator[Setting]:
    """Yield the day from which ratings are looked back on, where somebody fixed it."""
    days = [None if run.manifest.as_of == run.manifest.date else run.manifest.as_of for run in runs]
    if days[0] != days[1]:
        yield Setting(("as_of",), days[0], days[1], "readiness")


def _titles(before: State, after: State) -> dict[str, str]:
    """Return the titles of the scorecards' questions, the new one's first."""
    questions = {**before.loaded.config.scorecard, **after.loaded.config.scorecard}
    return {name: question.title for name, question in questions.items()}


def criteria_labels(indicators: Sequence[str]) -> dict[str, str]:
    """Return the criteria's names for people."""
    from sectorscan.advice.wording import IN_A_SENTENCE
    from sectorscan.indicators.registry import REGISTRY

    return {
        name: IN_A_SENTENCE.get(name) or (REGISTRY[name].label if name in REGISTRY else name)
        for name in indicators
    }
