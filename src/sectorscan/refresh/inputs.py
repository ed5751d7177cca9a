"""The inputs of a run, hashed before they are read and again afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sectorscan.errors import Finding, InputError
from sectorscan.refresh.folder import is_inside, readable
from sectorscan.tables.files import digest, expand, shown

PORTABLE = "Rename it: no colons, backslashes or line breaks, so that a run can be made again."


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders and files below ``base``, and the files in them: path from ``base`` to size, hash."""

    base: Path
    paths: tuple[Path, ...]
    files: dict[str, tuple[int, str]]

    @property
    def named(self) -> tuple[str, ...]:
        """The folders and files that were named, from ``base``."""
        return tuple(path.relative_to(self.base).as_posix() for path in self.paths)


def sources(base: Path, paths: Sequence[Path]) -> Sources:
    """Return the files of inputs with their hashes.

    Raises
    ------
    InputError
        Where one can't be read, or lies outside ``base``.
    """
    outside = [path for path in paths if not path.is_relative_to(base)]
    if outside:
        what = "this input lies outside the project folder."
        remedy = "Put it, or a link to it, into the project folder."
        raise InputError(Finding(what, remedy, path.name) for path in outside)
    files = dict.fromkeys(table.path for table in expand(paths))
    named = {path.relative_to(base).as_posix(): path for path in (*files, *paths)}
    if wrong := [path for name, path in named.items() if not is_inside(name)]:
        what = "this name isn't one on every system."
        raise InputError(Finding(what, PORTABLE, shown(path.name)) for path in wrong)
    hashed = {}
    for path in files:
        with readable(path.name):
            hashed[path.relative_to(base).as_posix()] = (path.stat().st_size, digest(path))
    return Sources(base, tuple(paths), hashed)


def check_unchanged(before: Sources) -> None:
    """Check that the inputs are what they were.

    Raises
    ------
    InputError
        Naming every input that has changed, vanished or appeared.
    """
    found = differences(before)
    if found:
        raise InputError(_during_the_run(name, how) for name, how in found.items())


def check_as_hashed(before: Sources, read: Iterable[tuple[str, str]]) -> None:
    """Check that what was read, by name and hash, is what had been hashed.

    Raises
    ------
    InputError
        Naming every input that was another one just then.
    """
    hashes = {sha256 for _, sha256 in before.files.values()}
    if wrong := [name for name, sha256 in read if sha256 not in hashes]:
        raise InputError(_during_the_run(name, "has changed") for name in wrong)


def differences(before: Sources) -> dict[str, str]:
    """Return what has become of each input that isn't what it was: path to words."""
    now = {path.relative_to(before.base).as_posix(): path for path in _present(before.paths)}
    found = dict.fromkeys(sorted(now.keys() - before.files.keys()), "has appeared")
    for name, hashed in before.files.items():
        if name not in now:
            found[name] = "is no longer there"
            continue
        try:
            if (now[name].stat().st_size, digest(now[name])) != hashed:
                found[name] = "has changed"
        except OSError:
            found[name] = "can't be read any more"
    return found


def _present(paths: Sequence[Path]) -> list[Path]:
    there = [path for path in paths if path.exists()]
    try:
        return list(dict.fromkeys(table.path for table in expand(there))) if there else []
    except InputError:
        # A folder that is empty by now, or a zip that is being written: nothing to be read.
        return []


def _during_the_run(name: str, how: str) -> Finding:
    what = f"this input {how} since the run began."
    return Finding(what, "Run it again once nothing is written there any more.", name)
