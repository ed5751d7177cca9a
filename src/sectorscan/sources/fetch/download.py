"""The files that a plan asks for, from the network into a folder: the end that acts.

One connection, one request at a time, a pause between two. A file takes its place whole or not at
all, and only after its content has been checked; whatever fails leaves the earlier file as it was.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sectorscan.errors import Finding, InputError, quoted
from sectorscan.sources.fetch import cache
from sectorscan.sources.fetch.cache import Entry, Step
from sectorscan.sources.fetch.plan import Slice
from sectorscan.sources.fetch.service import Body, Service
from sectorscan.sources.fetch.settings import Settings
from sectorscan.tables.files import digest
from sectorscan.tables.writing import trouble, write_bytes

Status = Literal["downloaded", "unchanged", "kept", "absent", "failed", "not asked"]
PROMISED_YEARS = 5
"""BLS: "access to all QCEW data for the most recent 5 years"; older slices stay for a while."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; ``size`` in bytes of the table, ``reason`` where it failed."""

    wanted: Slice
    status: Status
    size: int = 0
    reason: str = ""
    remedy: str = ""

    @property
    def good(self) -> bool:
        """Whether the file is in the folder as the server has it."""
        return self.status in ("downloaded", "unchanged", "kept")


Heard = Callable[[Outcome | str], None]
"""Is told each outcome as it comes, and in words what is being waited for."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A wanted file, what it needs, and its entry where it is there."""

    wanted: Slice
    step: Step
    entry: Entry | None


def decide(
    slices: Sequence[Slice], folder: Path, settings: Settings, *, refresh: bool
) -> tuple[Decided, ...]:
    """Return what each file needs, from the folder and its manifest; nothing is asked for.

    Raises
    ------
    InputError
        Where a file in the folder can't be read.
    """
    entries = cache.read(folder)

    def one(wanted: Slice) -> Decided:
        entry, address = entries.get(wanted.name), wanted.address(settings.base)
        step = cache.step(entry, _sha256(folder / wanted.name), address, refresh=refresh)
        return Decided(wanted, step, entry if step is not Step.take else None)

    return tuple(map(one, slices))


def download(
    slices: Sequence[Slice],
    folder: Path,
    settings: Settings,
    *,
    this_year: int,
    refresh: bool = False,
    heard: Heard = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Outcome, ...]:
    """Bring the files into the folder, and return what became of each.

    ``slices`` come newest year first: where the nation or a state has none in a year that BLS no
    longer promises, earlier years aren't asked for. After a failure that others would share, or
    several in a row, nothing more is asked for.

    Raises
    ------
    SectorscanError
        Where the folder can't be read or written, or the network's settings can't be used.
    """
    decided = decide(slices, folder, settings, refresh=refresh)
    if all(each.step is Step.keep for each in decided):
        return tuple(_told(Outcome(each.wanted, "kept"), heard) for each in decided)
    _make(folder)
    with Service(settings, heard, sleep) as service:
        run = _Run(service, folder, settings, this_year)
        return tuple(_told(run.one(each), heard) for each in decided)


class _Run:
    """One run over the files, which remembers when it is better to stop."""

    def __init__(self, service: Service, folder: Path, settings: Settings, this_year: int) -> None:
        self.service, self.folder, self.settings = service, folder, settings
        self.gone_before = this_year - PROMISED_YEARS
        self.oldest_absent: int | None = None
        self.failures = 0
        self.stopped = False

    def one(self, decided: Decided) -> Outcome:
        """Return what becomes of one file."""
        wanted, entry = decided.wanted, decided.entry
        if decided.step is Step.keep:
            return Outcome(wanted, "kept")
        if self.oldest_absent is not None and wanted.year <= self.oldest_absent:
            return Outcome(wanted, "absent")
        if self.stopped:
            return Outcome(wanted, "not asked")
        got = self.service.get(wanted, entry)
        if isinstance(got, Body):
            self.failures = 0
            return self.stored(wanted, entry, got)
        self.failures = self.failures + 1 if got.status == "failed" else 0
        self.stopped = got.hopeless or self.failures >= self.settings.in_a_row
        if got.status == "absent" and self.says_year_is_gone(wanted):
            self.oldest_absent = wanted.year
        return Outcome(wanted, got.status, reason=got.reason, remedy=got.remedy)

    def says_year_is_gone(self, wanted: Slice) -> bool:
        """Return whether a missing file means its year: nation and states exist in every one."""
        everywhere = re.fullmatch(r"(US|\d\d)000", wanted.area) is not None
        return everywhere and wanted.year < self.gone_before

    def stored(self, wanted: Slice, entry: Entry | None, body: Body) -> Outcome:
        sha256 = hashlib.sha256(body.content).hexdigest()
        same = entry is not None and entry.sha256 == sha256
        if not same:
            write_bytes(self.folder / wanted.name, body.content)
        new = Entry(
            wanted.address(self.settings.base),
            sha256,
            len(body.content),
            body.etag,
            body.last_modified,
        )
        # Read again each time: another run may have added to it.
        entries = {**cache.read(self.folder), wanted.name: new}
        write_bytes(self.folder / cache.MANIFEST, cache.text(entries).encode())
        return Outcome(wanted, "unchanged" if same else "downloaded", len(body.content))


def _told(outcome: Outcome, heard: Heard) -> Outcome:
    heard(outcome)
    return outcome


def _sha256(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        return digest(path)
    except OSError as error:
        raise InputError(replace(trouble(error, path), file=path.name)) from error


def _make(folder: Path) -> None:
    """Make the folder, and those above it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        what = f"the folder {quoted(folder)} can't be made ({reason})."
        raise InputError(Finding(what, "Name another with --to.")) from None
