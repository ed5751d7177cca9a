"""``refresh``: a project's annual run, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sectorscan.errors import ConfigError, Finding, InputError, SectorscanError, quoted
from sectorscan.refresh import build
from sectorscan.refresh.folder import (
    RUNS,
    clean,
    latest_run,
    locked,
    publish,
    readable,
    scratch,
    working,
    writable,
)
from sectorscan.refresh.inputs import Sources, check_unchanged, sources
from sectorscan.refresh.log import Log
from sectorscan.refresh.manifest import read_manifest

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scan.model import Shortlist

CONFIG = "sectorscan.yaml"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a refresh ended.

    ``run`` is the name of the run folder (``unchanged``: of the earlier one), None for a trial;
    ``shortlist`` is None where nothing had to be done; ``previous`` is the run compared with.
    """

    status: Literal["done", "unchanged", "trial"]
    run: str | None
    shortlist: Shortlist | None
    sample: bool
    previous: str | None = None
    cleaned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Settled:
    loaded: LoadedConfig
    made: build.Made


def refresh(
    project: Path,
    date: dt.date,
    *,
    if_changed: bool = False,
    trial: bool = False,
    tell: Tell = lambda _: None,
) -> Outcome:
    """Run a project: check, read, rank, and write ``runs/DATE`` with everything in it.

    Parameters
    ----------
    project
        The folder with ``sectorscan.yaml``.
    date
        The run's date: the only clock that it knows.
    if_changed
        Do nothing where version, config, inputs and scorecards are those of the latest run.
    trial
        Do everything, in a folder that is thrown away; the project isn't touched.
    tell
        Takes words on how far it is.

    Raises
    ------
    SectorscanError
        Where the project is at fault, can't be written to, or is being refreshed already. Nothing
        of the run stays then but a line in the log.
    """
    with readable(str(project)):
        there = (project / CONFIG).is_file()
    if not there:
        what = f"there is no {CONFIG} in {quoted(project)}."
        remedy = "Name a project folder, or make one with sectorscan init DIR."
        raise InputError(Finding(what, remedy))
    runs = project / RUNS
    if trial:
        with scratch() as folder:
            return _run(project, runs, folder, date, if_changed=if_changed, tell=tell)
    with locked(runs), _logged(project) as log, writable(RUNS):
        cleaned = tuple(clean(runs))
        log.add("started", date=date.isoformat(), cleaned=list(cleaned))
        with working(runs) as folder:
            outcome = _run(project, runs, folder, date, if_changed=if_changed, tell=tell)
            if outcome.status != "unchanged":
                tell("Writing ...")
                outcome = replace(outcome, status="done", run=publish(folder, runs, date))
        cautions = len(outcome.shortlist.cautions) if outcome.shortlist else None
        log.add(outcome.status, run=outcome.run, compared=outcome.previous, cautions=cautions)
        return replace(outcome, cleaned=cleaned)


@contextmanager
def _logged(project: Path) -> Iterator[Log]:
    """Give the project's log; what ends the run is written into it."""
    log = Log(project)
    try:
        yield log
    except SectorscanError as error:
        log.failed(error.findings)
        raise
    except KeyboardInterrupt:
        log.add("interrupted")
        raise
    except Exception as error:
        log.failed([Finding(f"a fault of the program: {type(error).__name__}.")])
        raise


def _run(
    project: Path, runs: Path, folder: Path, date: dt.date, *, if_changed: bool, tell: Tell
) -> Outcome:
    """Write a run into a folder; return what came out, as if for a trial."""
    previous = latest_run(runs)
    settled = _settled(project, date, previous)
    made = settled.made
    sample = made.inputs_from == "sample"
    name = previous.name if previous else None
    if if_changed and previous and _basis(previous) == made.basis:
        return Outcome("unchanged", name, None, sample, name)
    tell("Reading ...")
    build.keep_settings(folder, settled.loaded, made)
    _keep_tables(folder, settled)
    check_unchanged(made.sources)
    tell("Ranking ...")
    shortlist = build.finish(folder, made)
    return Outcome("trial", None, shortlist, sample, name)


def _basis(run: Path) -> str | None:
    """Return what decided an earlier run's outputs, None where its manifest doesn't say."""
    try:
        return read_manifest(run).basis_sha256
    except InputError:
        # The comparison with it says what is wrong, and what to do.
        return None


def _settled(project: Path, date: dt.date, previous: Path | None) -> _Settled:
    """Return the config and the hashed inputs of a project."""
    from sectorscan.config.inputs import inputs_and_config

    chosen = inputs_and_config((), project / CONFIG)
    loaded = chosen.loaded
    loaded.check_one_region()
    base = chosen.paths[0].parent if chosen.sample else project
    _check_apart(loaded, project / RUNS, chosen.paths)
    found = sources(base, chosen.paths)
    made = build.Made(
        date=date,
        # The sample's ratings don't grow old: they are invented.
        as_of=loaded.config.as_of or (None if chosen.sample else date),
        config_name=loaded.name,
        basis=build.basis_of(loaded, found, build.scorecards_of(loaded)),
        inputs_from="sample" if chosen.sample else "project",
        sources=found,
        previous=previous,
    )
    return _Settled(loaded, made)


def _check_apart(loaded: LoadedConfig, runs: Path, paths: Sequence[Path]) -> None:
    """Check that no run would be read as an input of the next one.

    Raises
    ------
    ConfigError
        Where the inputs hold the folder of runs, or lie in it.
    """
    place = runs.resolve()
    for path in paths:
        given = path.resolve()
        if place.is_relative_to(given) or given.is_relative_to(place):
            what = f"the folder {RUNS}, where runs are kept, would be read as an input"
            remedy = "Put the figures into a folder of their own, such as inputs."
            raise ConfigError(loaded.finding(("inputs",), what, remedy))


def _keep_tables(folder: Path, settled: _Settled) -> None:
    """Read the inputs; where one changes meanwhile, that is what is said, not what came of it."""
    found: Sources = settled.made.sources
    try:
        build.keep_tables(folder, settled.loaded, found)
    except Exception:
        check_unchanged(found)
        raise
