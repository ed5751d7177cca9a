"""Zips: what is unsafe to unpack, and their members as they are read, never on disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from sectorscan.errors import Finding, InputError
from sectorscan.tables.gzipped import MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_MATTERS_ABOVE

MAX_MEMBERS = 10_000

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What Python's own reader may raise on a zip that is damaged or made to hurt."""
# Narrower, so that a mistake in the code that reads the member isn't taken for damage.
DAMAGE_WHILE_READ = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)

_kept_open: ContextVar[dict[Path, zipfile.ZipFile] | None] = ContextVar("kept_open", default=None)


def check_archive(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """Return a zip's members (a workbook is a zip too).

    Raises
    ------
    InputError
        Where it is damaged, or unsafe to unpack.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except DAMAGE as error:
        raise InputError(damaged(name)) from error
    what = _why_unsafe(members)
    if what:
        raise InputError(Finding(what, "Unpack it yourself and give the tables in it.", name))
    return members


def _why_unsafe(members: Sequence[zipfile.ZipInfo]) -> str | None:
    if len(members) > MAX_MEMBERS:
        return f"the zip holds {len(members):,} files, more than the {MAX_MEMBERS:,} allowed."
    if any(member.flag_bits & 0x1 for member in members):
        return "the zip is encrypted."
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        return f"the zip would unpack to {unpacked / 2**30:.1f} GiB, more than is allowed."
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > RATIO_MATTERS_ABOVE and member.file_size / packed > MAX_RATIO:
            return f"the zip unpacks {MAX_RATIO}-fold or more, as no table does."
    return None


@contextmanager
def archives_kept_open() -> Iterator[None]:
    """Keep zips open between their members: the list of 4,400 members takes 15 ms each time.

    They are closed at the end of the outermost use.
    """
    if _kept_open.get() is not None:
        yield
        return
    archives: dict[Path, zipfile.ZipFile] = {}
    token = _kept_open.set(archives)
    try:
        yield
    finally:
        _kept_open.reset(token)
        for archive in archives.values():
            archive.close()


@contextmanager
def opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """Give a zip, open; messages call it ``name``.

    Raises
    ------
    InputError
        Where it is damaged.
    """
    kept = _kept_open.get()
    if kept is None:
        with _open(path, name) as archive:
            yield archive
        return
    if path not in kept:
        kept[path] = _open(path, name)
    yield kept[path]


def _open(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except DAMAGE as error:
        raise InputError(damaged(name)) from error


def open_member(archive: zipfile.ZipFile, member: str, name: str) -> IO[bytes]:
    """Return a member's bytes, unpacked as they are read.

    Raises
    ------
    InputError
        Where the zip is damaged.
    """
    try:
        return archive.open(member)
    except DAMAGE as error:
        raise InputError(damaged(name)) from error


def damaged(name: str) -> Finding:
    """Return what is said of a zip that can't be read."""
    return Finding("the zip is damaged or not a zip.", "Download or make it again.", name)
