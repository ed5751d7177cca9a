"""QWI's rows of some areas, out of files too large to be held."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import IO

from sectorscan.errors import Finding, InputError
from sectorscan.tables.files import TableFile, open_bytes
from sectorscan.tables.text import MAX_LINE

_CHUNK = 8 << 20


def rows_of_areas(
    file: TableFile, areas: frozenset[str] | None, counted: list[int]
) -> Iterator[dict[str, str]]:
    """Yield the rows of areas (None: of every one) by lower-case column name.

    ``counted[0]`` grows by the rows passed, kept or not.

    Raises
    ------
    InputError
        Where a line is endless, not text or has fewer cells than the header.
    """
    with open_bytes(file) as stream:
        header = _cells(stream.readline(MAX_LINE), file)
        names = [name.strip().lower() for name in header]
        pattern = _pattern(names.index("geography"), areas)
        for chunk in _chunks(stream, file):
            counted[0] += chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            for match in pattern.finditer(chunk):
                cells = _cells(match[0], file)
                if len(cells) < len(names):
                    what = f"a line has {len(cells)} cells where the header has {len(names)}."
                    raise InputError(Finding(what, "Download the file again.", file.name))
                yield dict(zip(names, map(str.strip, cells), strict=False))


def _pattern(position: int, areas: frozenset[str] | None) -> re.Pattern[bytes]:
    """Return what finds the lines of areas: a scan for bytes, so that few lines are parsed."""
    before = rb'^(?:[^,\r\n]*,){%d}"?' % position
    if areas is None:
        return re.compile(before + rb"[^,\r\n]+[^\r\n]*", re.MULTILINE)
    codes = b"|".join(re.escape(code.encode()) for code in sorted(areas))
    return re.compile(before + rb'(?:%s)"?,[^\r\n]*' % codes, re.MULTILINE)


def _chunks(stream: IO[bytes], file: TableFile) -> Iterator[bytes]:
    """Yield pieces of whole lines."""
    rest = b""
    while piece := stream.read(_CHUNK):
        whole, mark, tail = (rest + piece).rpartition(b"\n")
        if len(tail) > MAX_LINE:
            what = f"a line is longer than {MAX_LINE:,} bytes."
            raise InputError(Finding(what, "Download the file again.", file.name))
        if whole:
            yield whole + mark
        rest = tail
    if rest.strip():
        yield rest


def _cells(line: bytes, file: TableFile) -> list[str]:
    try:
        return next(csv.reader([line.decode("utf-8-sig").rstrip("\r\n")]), [])
    except (UnicodeDecodeError, csv.Error) as error:
        what = f"a line can't be read ({error})."
        raise InputError(Finding(what, "Download the file again.", file.name)) from error
