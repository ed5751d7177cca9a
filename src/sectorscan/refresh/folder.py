"""The folder of runs: one refresh at a time, run folders that appear whole, the latest one's name.

A run is written into ``runs/.tmp-PID``, flushed to the disk and renamed: whoever looks sees a
whole run folder or none. What a killed run left is taken away by the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from sectorscan.errors import Finding, SectorscanError
from sectorscan.tables.writing import trouble, write_bytes

RUNS, LATEST, MANIFEST = "runs", "latest", "manifest.json"
_LOCK = ".lock"
_LEFT_BY_A_KILLED_RUN = (".tmp-*", ".sectorscan-*.tmp")
RUN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([1-9]\d{0,4}))?", re.ASCII)
_LONGEST_NAME = 20


@contextlib.contextmanager
def locked(runs: Path) -> Iterator[None]:
    """Hold the lock of a folder of runs, which is made where it isn't there.

    The lock is the system's own and ends with the process that holds it, killed or not.

    Raises
    ------
    SectorscanError
        Where another refresh holds it, or the folder can't be written to.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(runs / _LOCK)
    with writable(RUNS):
        runs.mkdir(exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            what = "another refresh of this project is running."
            remedy = "Wait until it is done, then try again."
            raise SectorscanError(Finding(what, remedy)) from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def writable(place: str) -> Iterator[None]:
    """Tell what the system refuses to write as a fault that the user can mend.

    Raises
    ------
    SectorscanError
        In place of the system's error.
    """
    try:
        yield
    except OSError as error:
        raise SectorscanError(trouble(error, Path(place))) from error


def clean(runs: Path) -> list[str]:
    """Take away what killed runs left; return the names. Only with the lock."""
    left = sorted(path for pattern in _LEFT_BY_A_KILLED_RUN for path in runs.glob(pattern))
    for path in left:
        _remove(path)
    return [path.name for path in left]


@contextlib.contextmanager
def working(runs: Path) -> Iterator[Path]:
    """Give an empty folder to write a run into; it is gone afterwards, whatever happens."""
    folder = runs / f".tmp-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove(folder)


def publish(folder: Path, runs: Path, date: dt.date) -> str:
    """Rename a whole run folder to its date, then name it the latest; return its name."""
    for path in sorted(folder.rglob("*")):
        _flush(path)
    _flush(folder)
    name = _free_name(runs, date)
    folder.rename(runs / name)
    _flush(runs)
    write_bytes(runs / LATEST, f"{name}\n".encode("ascii"))
    _flush(runs)
    return name


def run_names(runs: Path) -> list[str]:
    """Return the names of the whole run folders, by date and number."""
    if not runs.is_dir():
        return []
    found = [entry.name for entry in runs.iterdir() if (entry / MANIFEST).is_file()]
    return sorted((name for name in found if RUN_NAME.fullmatch(name)), key=_order)


def latest_run(runs: Path) -> Path | None:
    """Return the folder of the latest run: the one that is named so, else the last by date."""
    names = run_names(runs)
    with contextlib.suppress(OSError), (runs / LATEST).open("rb") as stream:
        named = stream.read(_LONGEST_NAME + 1).decode("ascii", "replace").strip()
        if named in names:
            return runs / named
    return runs / names[-1] if names else None


def _order(name: str) -> tuple[str, int]:
    found = RUN_NAME.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else (name, 1)


def _free_name(runs: Path, date: dt.date) -> str:
    name, number = date.isoformat(), 1
    while (runs / name).exists():
        number += 1
        name = f"{date.isoformat()}-{number}"
    return name


def _flush(path: Path) -> None:
    """Have the system put a file or folder onto the disk; Windows does folders by itself."""
    if path.is_dir() and os.name == "nt":
        return
    # Windows flushes only what is open for writing.
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
