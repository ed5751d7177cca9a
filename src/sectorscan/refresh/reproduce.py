"""``reproduce``: a run made again from its manifest, compared byte by byte."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import sectorscan
from sectorscan.errors import Finding, InputError
from sectorscan.refresh import build
from sectorscan.refresh.folder import (
    MANIFEST,
    RUNS,
    check_ordinary,
    is_litter,
    is_own_file,
    latest_run,
    readable,
    scratch,
)
from sectorscan.refresh.inputs import Sources, differences
from sectorscan.refresh.manifest import FileRecord, Manifest, read_manifest
from sectorscan.refresh.resolved import SCORECARDS, load_resolved
from sectorscan.tables.files import digest, in_order
from sectorscan.tables.resources import bundled

_KEPT = (build.CONFIG, f"{build.TABLES}/", f"{SCORECARDS}/")
_CHANGES = ("changes.json", "changes.md")


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of it.

    ``made_from`` says whether the sources or the run's own tables were used; ``differing`` are the
    files whose bytes don't agree, ``reasons`` what else is not as it was and may be why;
    ``left_out`` are files that couldn't be made again, with the reason.
    """

    run: str
    files: int
    made_from: Literal["sources", "tables"]
    differing: tuple[str, ...]
    reasons: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every file that was made again has the same bytes."""
        return not self.differing


def reproduce(run: Path, tell: Callable[[str], None] = lambda _: None) -> Reproduction:
    """Make a run again in a folder that is thrown away, and compare every file.

    It is made from the sources where they are still there with the same bytes, else from the
    tables that the run folder keeps.

    Parameters
    ----------
    run
        A run folder, or a project folder: its latest run.
    tell
        Takes words on how far it is.

    Raises
    ------
    SectorscanError
        Where the folder is no run, or what it keeps is damaged.
    """
    with readable(str(run)):
        # Of "." and ".." neither the name nor what lies beside it would be known.
        run = Path(os.path.normpath(run.absolute()))
        if (run / RUNS).is_dir():
            run = latest_run(run / RUNS) or run
        return _reproduced(run, tell)


def _reproduced(run: Path, tell: Callable[[str], None]) -> Reproduction:
    manifest = read_manifest(run)
    check_ordinary(run, sorted(path.name for path in run.iterdir()))
    touched = dict(_touched(run, manifest))
    damaged = [name for name in touched if name.startswith(_KEPT)]
    if build.CONFIG in damaged:
        what = f"{build.CONFIG} of this run {touched[build.CONFIG]}, so it can't be made again."
        raise InputError(Finding(what, "Take the run folder from a copy.", run.name))
    sources = _sources(run, manifest)
    changed = differences(sources)
    if changed and damaged:
        what = f"the inputs aren't what they were, and {damaged[0]} {touched[damaged[0]]}."
        raise InputError(Finding(what, "Take the run folder from a copy.", run.name))
    reasons = [f"{name} {how} since the run." for name, how in changed.items()]
    if manifest.tool.version != sectorscan.__version__:
        made_by = f"The run was made by version {manifest.tool.version}"
        reasons.append(f"{made_by}, this is {sectorscan.__version__}.")
    previous, gone = _previous(run, manifest)
    reasons += [f"{name} {how} since the run." for name, how in touched.items()]
    with scratch() as folder:
        tell("Making it again ...")
        _made_again(run, folder, manifest, None if changed else sources, previous)
        without = _CHANGES if gone else ()
        differing = tuple(_compared(folder, manifest, without))
    if differing:
        reasons += _other_libraries(manifest)
    return Reproduction(
        run=run.name,
        files=sum(one.path not in without for one in manifest.files),
        made_from="tables" if changed else "sources",
        differing=tuple(dict.fromkeys((*differing, *touched))),
        reasons=tuple(reasons),
        left_out=(gone,) if gone else (),
    )


def _other_libraries(manifest: Manifest) -> Iterator[str]:
    """Yield what computes or writes and has another version than when the run was made."""
    then, now = manifest.tool.libraries, build.libraries()
    for name in dict.fromkeys((*then, *now)):
        if then.get(name) != now.get(name):
            made_with = then.get(name, "not there")
            yield f"{name} was {made_with} when the run was made, is {now.get(name, 'not there')}."


def _touched(run: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield each file of a run folder that isn't as it was written, and how."""
    recorded = {one.path: one for one in manifest.files}
    for name, one in recorded.items():
        path = run / name
        if not path.is_file():
            yield name, "is no longer there"
        elif not _same(path, one):
            yield name, "has changed"
    for path in in_order(run.rglob("*")):
        name = path.relative_to(run).as_posix()
        if name not in recorded and name != MANIFEST and path.is_file() and not is_litter(path):
            yield name, "has appeared"


def _same(path: Path, record: FileRecord) -> bool:
    try:
        return path.stat().st_size == record.bytes and digest(path) == record.sha256
    except OSError:
        return False


def _sources(run: Path, manifest: Manifest) -> Sources:
    # A run folder lies in its project's runs/.
    project = run.parent.parent
    base = bundled("samples") if manifest.inputs_from == "sample" else project
    files = {one.path: (one.bytes, one.sha256) for one in manifest.inputs}
    return Sources(base, tuple(base / name for name in manifest.sources), files)


def _previous(run: Path, manifest: Manifest) -> tuple[Path | None, str]:
    """Return the earlier run that this one was compared with, or why it can't be again."""
    if manifest.previous is None:
        return None, ""
    earlier = run.parent / manifest.previous.run
    try:
        if not is_own_file(earlier / MANIFEST):
            how = "is no longer there"
        elif digest(earlier / MANIFEST) == manifest.previous.manifest_sha256:
            return earlier, ""
        else:
            how = "isn't what it was"
    except OSError:
        how = "is no longer there"
    what = f"The earlier run {manifest.previous.run} {how}"
    return None, f"{what}: what changed since then isn't compared."


def _made_again(
    run: Path, folder: Path, manifest: Manifest, sources: Sources | None, previous: Path | None
) -> None:
    shutil.copyfile(run / build.CONFIG, folder / build.CONFIG)
    kept = [SCORECARDS] if sources else [SCORECARDS, build.TABLES]
    for name in kept:
        if (run / name).is_dir():
            shutil.copytree(run / name, folder / name, ignore=_litter)
    if sources is not None:
        loaded = replace(load_resolved(folder / build.CONFIG), name=manifest.config.path)
        build.keep_tables(folder, loaded, sources)
    made = build.Made(
        date=dt.date.fromisoformat(manifest.date),
        as_of=dt.date.fromisoformat(manifest.as_of),
        config_name=manifest.config.path,
        basis=manifest.basis_sha256,
        inputs_from=manifest.inputs_from,
        sources=sources or _sources(run, manifest),
        previous=previous,
    )
    build.finish(folder, made)


def _litter(_: str, names: list[str]) -> list[str]:
    return [name for name in names if is_litter(Path(name))]


def _compared(folder: Path, manifest: Manifest, without: tuple[str, ...]) -> Iterator[str]:
    """Yield the files whose bytes don't agree with the manifest."""
    for one in manifest.files:
        if one.path not in without and not _same(folder / one.path, one):
            yield one.path
    recorded = {one.path for one in manifest.files}
    for path in in_order(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in recorded and name != MANIFEST:
            yield name
