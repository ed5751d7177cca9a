"""The lines of a text file that begin with wanted codes, taken from its bytes as they stream by.

A national file has 3.6 million lines in 570 MB, of which a region needs a few thousand. Comparing
the first bytes of every line costs a third of parsing them, holds 1 MB at a time, and works on a
zip member while it is unpacked.
"""

from __future__ import annotations

import codecs
import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt

from sectorscan.errors import Finding, InputError
from sectorscan.tables.text import HEAD_BYTES, delimiter_of, encoding_of

_READ_BYTES = 1 << 20
_LONGEST_LINE = 1 << 20
_HEADER_WITHIN = 20
_WORD = 8
_LONGEST_KEY = _WORD - 1
_NEWLINE, _RETURN, _QUOTE, _DOT = 10, 13, 34, 46


@dataclass(frozen=True, slots=True)
class Lines:
    """Some whole lines (UTF-8) and how many lines were looked at to find them."""

    kept: bytes
    seen: int


@dataclass(frozen=True, slots=True)
class Start:
    """How a text file begins: its header line, the cells of it, and its delimiter."""

    header: tuple[str, ...]
    header_row: int
    delimiter: str


def begin(stream: IO[bytes], name: str, column: str) -> tuple[Start, Iterator[bytes]]:
    """Return the header line that has ``column``, and the bytes after it as UTF-8, in pieces.

    Windows-1252 stays as it is (codes are ASCII in both); see `as_utf8`.

    Raises
    ------
    InputError
        Where none of the first 20 lines has the column, that line isn't one of a table, or the zip
        is damaged.
    """
    pieces = _pieces(stream, name)
    head = next(pieces, b"").removeprefix(codecs.BOM_UTF8)
    offset = 0
    for row in range(1, _HEADER_WITHIN + 1):
        end = head.find(b"\n", offset)
        line = head[offset:] if end < 0 else head[offset:end]
        if column.encode() in line.lower():
            rest = b"" if end < 0 else head[end + 1 :]
            return _start(line, row, name), _chain(rest, pieces)
        if end < 0:
            break
        offset = end + 1
    what = f"no header line with {column} was found in the first {_HEADER_WITHIN} rows."
    raise InputError(Finding(what, "Keep BLS's column names.", name))


def _start(line: bytes, row: int, name: str) -> Start:
    text = as_utf8(line).decode().rstrip("\r")
    delimiter = delimiter_of(text)
    try:
        cells = next(csv.reader([text], delimiter=delimiter))
    except csv.Error as error:
        what = "the header can't be taken apart: lines may end in a carriage return alone."
        remedy = "Open it in a spreadsheet program and save it again as CSV, or download it again."
        raise InputError(Finding(what, remedy, name, row)) from error
    return Start(tuple(cells), row, delimiter)


def as_utf8(content: bytes) -> bytes:
    """Return bytes that are UTF-8 as they are, others read as Windows-1252."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()
    return content


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _pieces(stream: IO[bytes], name: str) -> Iterator[bytes]:
    decoder = None
    first = True
    while piece := _read(stream, name):
        if first and (encoding := encoding_of(piece[:HEAD_BYTES])).startswith("utf-16"):
            decoder = codecs.getincrementaldecoder(encoding)("replace")
        first = False
        yield piece if decoder is None else decoder.decode(piece).encode()


def _read(stream: IO[bytes], name: str) -> bytes:
    try:
        return stream.read(_READ_BYTES)
    except zlib.error as error:
        what = "the zip is damaged."
        raise InputError(Finding(what, "Download or make it again.", name)) from error


def keep(
    pieces: Iterator[bytes], keys: frozenset[str] | None, delimiter: str, name: str, width: int = 0
) -> Iterator[Lines]:
    """Yield the lines whose first cell is one of the keys (None: every line), piece by piece.

    The first cell may be quoted, and may end in ``.0``.

    Raises
    ------
    InputError
        Where a line is longer than 1 MiB, or the file was cut off: its last line has no end and
        fewer than ``width`` cells.
    """
    wanted = _Wanted.of(keys, delimiter)
    rest = b""
    for piece in pieces:
        block = rest + piece if rest else piece
        end = block.rfind(b"\n") + 1
        if not end and len(block) > _LONGEST_LINE:
            what = "a line is longer than any table's."
            raise InputError(Finding(what, "Look for missing line ends.", name))
        if end:
            yield _kept(block, end, wanted)
        rest = block[end:]
    if rest.strip():
        if rest.count(delimiter.encode()) < width - 1:
            what = "the file ends in the middle of a row."
            raise InputError(Finding(what, "Download or save it again.", name))
        yield _kept(rest + b"\n", len(rest) + 1, wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Keys as numbers, sorted, by their length; ``None`` takes every line."""

    by_length: dict[int, npt.NDArray[np.uint64]] | None
    ends: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, keys: frozenset[str] | None, delimiter: str) -> _Wanted:
        ends = np.array([_QUOTE, _DOT, ord(delimiter)], dtype=np.uint64)
        if keys is None or any(len(key.encode()) > _LONGEST_KEY for key in keys):
            return cls(None, ends)
        by_length: dict[int, list[int]] = {}
        for key in sorted(keys):
            code = key.encode()
            by_length.setdefault(len(code), []).append(int.from_bytes(code, "little"))
        arrays = {
            length: np.sort(np.array(numbers, dtype=np.uint64))
            for length, numbers in by_length.items()
        }
        return cls(arrays, ends)


def _kept(block: bytes, end: int, wanted: _Wanted) -> Lines:
    """Return the wanted lines of ``block[:end]``, which ends with a line's end."""
    characters = np.frombuffer(block, dtype=np.uint8, count=end)
    newlines = np.flatnonzero(characters == _NEWLINE)
    starts = np.concatenate([[0], newlines[:-1] + 1])
    first = characters[starts]
    seen = len(starts) - int(np.count_nonzero((first == _NEWLINE) | (first == _RETURN)))
    if wanted.by_length is None:
        return Lines(block[:end], seen)
    chosen = _begins_with(block, end, starts + (first == _QUOTE), wanted)
    if not chosen.any():
        return Lines(b"", seen)
    # Wanted lines come in runs: one slice a run.
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    runs = zip(starts[edges[::2]], newlines[edges[1::2] - 1] + 1, strict=True)
    return Lines(b"".join(block[start:stop] for start, stop in runs), seen)


def _begins_with(
    block: bytes, end: int, cells: npt.NDArray[np.intp], wanted: _Wanted
) -> npt.NDArray[np.bool_]:
    """Return which of the cells, given by where they begin, hold a wanted code."""
    if int(cells[-1]) + _WORD > end:
        block = block[:end] + bytes(_WORD)
    # The eight bytes from each place on, as one number: a single look-up a line.
    words: npt.NDArray[np.uint64] = np.ndarray(
        (len(block) - _WORD + 1,), dtype="<u8", buffer=block, strides=(1,)
    )
    word = words[cells]
    chosen = np.zeros(len(cells), dtype=np.bool_)
    for length, numbers in (wanted.by_length or {}).items():
        code = word & np.uint64((1 << 8 * length) - 1)
        found = numbers[np.minimum(np.searchsorted(numbers, code), len(numbers) - 1)] == code
        if not found.any():
            continue
        after = (word[found] >> np.uint64(8 * length)) & np.uint64(0xFF)
        found[found] = np.isin(after, wanted.ends)
        chosen |= found
    return chosen
