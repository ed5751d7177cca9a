"""The folder of runs: one refresh at a time, run folders that appear whole, the latest one's name.

A run is written into a hidden folder in ``runs``, flushed to the disk and renamed: whoever looks
sees a whole run folder or none. The rename is what makes a run the latest one: its name is written
into ``runs/.next`` before and becomes ``runs/latest`` afterwards, so a kill between the two loses
nothing. What a killed run left is put in order by the next one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.refresh.stopping import uninterrupted
from sectorscan.tables.files import CHECK_READING
from sectorscan.tables.writing import ON_WINDOWS, patiently, trouble, write_bytes

RUNS, LATEST, MANIFEST = "runs", "latest", "manifest.json"
_LOCK, _NEXT = ".lock", ".next"
_LEFT_BY_A_KILLED_RUN = re.compile(r"\.tmp-[0-9a-f]+|\.sectorscan-[0-9a-f]+\.tmp")
RUN_NAME = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:-([2-9]|[1-9]\d{1,4}))?", re.ASCII
)
_LONGEST_NAME = 40
_LARGEST = 1 << 30
_NEVER = re.compile(r"[\x00-\x1f\x7f:\ud800-\udfff]")
"""Drives and streams of Windows, control characters, and bytes that are no text."""
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


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
        _check_ordinary(runs)
        runs.mkdir(exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            what = "another refresh of this project is running."
            remedy = "Wait until it is done, then try again."
            raise SectorscanError(Finding(what, remedy)) from None
        except NotImplementedError as error:
            what = "this disk has no locks, which keep two refreshes apart."
            remedy = "Move the project to another disk."
            raise SectorscanError(Finding(what, remedy, RUNS)) from error
    try:
        yield
    finally:
        lock.release()


def _check_ordinary(runs: Path) -> None:
    """Check that what a refresh writes to is what it would make itself.

    Raises
    ------
    SectorscanError
        Where something else has one of the names.
    """
    wrong = [
        Finding(f"this must be {kind}.", "Take it away, or give it another name.", name)
        for path, name, kind, right in (
            (runs, RUNS, "a folder", runs.is_dir()),
            (runs / LATEST, f"{RUNS}/{LATEST}", "a file", (runs / LATEST).is_file()),
            *(
                (runs / own, f"{RUNS}/{own}", "a file", is_own_file(runs / own))
                for own in (_LOCK, _NEXT)
            ),
        )
        # A link that is the latest one's name is replaced; the others would lead somewhere else.
        if not right and os.path.lexists(path) and not (path.name == LATEST and path.is_symlink())
    ]
    if wrong:
        raise SectorscanError(wrong)


def is_inside(path: str) -> bool:
    """Return whether a path stays in its folder, and is one on every system."""
    parts = re.split(r"[\\/]", path)
    return all(parts) and ".." not in parts and not _NEVER.search(path)


def is_own_file(path: Path) -> bool:
    """Return whether a path is an ordinary file, no link to one."""
    return path.is_file() and not path.is_symlink()


@contextlib.contextmanager
def readable(place: str) -> Iterator[None]:
    """Tell what the system refuses to read as a fault that the user can mend.

    Raises
    ------
    InputError
        In place of the system's error.
    """
    try:
        yield
    except OSError as error:
        what = f"this can't be read ({(error.strerror or type(error).__name__).lower()})."
        raise InputError(Finding(what, CHECK_READING, place)) from error


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
    """Put in order what killed runs left; return the names taken away. Only with the lock."""
    _settle(runs)
    left = sorted(path for path in runs.iterdir() if _LEFT_BY_A_KILLED_RUN.fullmatch(path.name))
    for path in left:
        _remove(path)
    return [path.name for path in left if not os.path.lexists(path)]


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder to be thrown away, outside the project.

    Raises
    ------
    SectorscanError
        Where the system refuses to write there.
    """
    # What a virus scanner holds open at the end is left to the system's own tidying up.
    with (
        writable("the temporary folder"),
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place,
    ):
        yield Path(place)


@contextlib.contextmanager
def working(runs: Path) -> Iterator[Path]:
    """Give an empty folder to write a run into; it is gone afterwards, whatever happens."""
    folder = runs / f".tmp-{secrets.token_hex(8)}"
    try:
        # In here: an interruption may come as soon as the folder is there.
        folder.mkdir()
        yield folder
    finally:
        with uninterrupted():
            _remove(folder)


def publish(folder: Path, runs: Path, date: dt.date) -> str:
    """Rename a whole run folder to its date, then name it the latest; return its name."""
    for path in sorted(folder.rglob("*")):
        _flush(path)
    _flush(folder)
    name = _free_name(runs, date)
    write_bytes(runs / _NEXT, f"{name}\n".encode("ascii"))
    _flush(runs)
    with uninterrupted():
        patiently(folder.rename, runs / name)
        _flush(runs)
        _settle(runs)
    return name


def _settle(runs: Path) -> None:
    """Have ``latest`` name the run that is written down as the next one, if it is there by now."""
    if _named(runs / _NEXT) in run_names(runs):
        patiently((runs / _NEXT).replace, runs / LATEST)
        _flush(runs)
    else:
        (runs / _NEXT).unlink(missing_ok=True)


def run_names(runs: Path) -> list[str]:
    """Return the names of the whole run folders, by date and number."""
    with readable(RUNS):
        if not runs.is_dir():
            return []
        named = [entry for entry in runs.iterdir() if RUN_NAME.fullmatch(entry.name)]
        return sorted((one.name for one in named if (one / MANIFEST).is_file()), key=_order)


def latest_run(runs: Path) -> Path | None:
    """Return the folder of the latest run: the one that is named so, else the last by date."""
    names = run_names(runs)
    for pointer in (_NEXT, LATEST):
        named = _named(runs / pointer)
        if named in names:
            return runs / named
    return runs / names[-1] if names else None


def is_litter(path: Path) -> bool:
    """Return whether a file is what a file manager or Excel leaves in any folder it looks into."""
    name = path.name.casefold()
    return name.startswith((".", "~$")) or name in _OF_THE_SYSTEM


def check_ordinary(run: Path, names: Iterable[str]) -> None:
    """Check that a run folder has ordinary files and folders alone under some names.

    A link may lead anywhere, a pipe or a device never end.

    Raises
    ------
    InputError
        Naming everything else, and files too large to be a run's.
    """
    remedy = "Take the run folder from a copy."
    with readable(run.name):
        wrong = [
            Finding(what, remedy, f"{run.name}/{path.relative_to(run).as_posix()}")
            for name in names
            for path in _walked(run / name)
            if not is_litter(path) and (what := _oddity(path))
        ]
    if wrong:
        raise InputError(wrong)


def _walked(path: Path) -> Iterator[Path]:
    """Yield a path and all below it; links aren't followed."""
    yield path
    if not path.is_symlink():
        yield from sorted(path.rglob("*"))


def _oddity(path: Path) -> str:
    if path.is_symlink():
        return "this is a link, which a run folder never has."
    if path.is_dir() or not path.exists():
        return ""
    if not path.is_file():
        return "this is no ordinary file."
    return "this file is too large to be a run's." if path.stat().st_size > _LARGEST else ""


def _named(pointer: Path) -> str:
    """Return what a file holds as a run's name, nothing where it is no ordinary file."""
    with contextlib.suppress(OSError):
        if is_own_file(pointer):
            with pointer.open("rb") as stream:
                return stream.read(_LONGEST_NAME).decode("utf-8-sig", "replace").strip()
    return ""


def _order(name: str) -> tuple[str, int]:
    found = RUN_NAME.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else (name, 1)


def _free_name(runs: Path, date: dt.date) -> str:
    name, number = date.isoformat(), 1
    while os.path.lexists(runs / name):
        number += 1
        name = f"{date.isoformat()}-{number}"
    return name


def _flush(path: Path) -> None:
    """Have the system put a file or folder onto the disk; Windows does folders by itself."""
    if ON_WINDOWS and path.is_dir():
        return
    # Windows flushes only what is open for writing.
    handle = os.open(path, os.O_RDWR if ON_WINDOWS else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network disks flush files alone.
        if not path.is_dir() or error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
