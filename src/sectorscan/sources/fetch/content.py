"""Whether a body is the table that was asked for. Bodies are hostile until they have passed."""

from __future__ import annotations

import csv
import io
import zlib

from sectorscan.sources.fetch.plan import Slice
from sectorscan.sources.qcew_layout import is_qcew

_GZIP = 31
"""zlib's number for a gzip wrapper with the largest window."""


class CutShortError(Exception):
    """A body that ends too early: asking again may give it whole."""


class WrongContentError(Exception):
    """A body that isn't what was asked for; asking again wouldn't help."""


def unpacked(raw: bytes, encoding: str, largest: int) -> bytes:
    """Return a body as it was before the server packed it, never more than ``largest`` bytes.

    Raises
    ------
    WrongContentError
        Where it is packed in a way that wasn't asked for, damaged, or unpacks beyond the limit.
    CutShortError
        Where its end is missing.
    """
    if encoding in ("", "identity"):
        return raw
    if encoding not in ("gzip", "x-gzip"):
        message = f"it is packed as {encoding[:40]!r}, which wasn't asked for"
        raise WrongContentError(message)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        content = unpacker.decompress(raw, largest + 1)
    except zlib.error:
        message = "it is damaged and doesn't unpack"
        raise WrongContentError(message) from None
    if len(content) > largest:
        message = f"it unpacks to more than {largest >> 20} MiB, which no area's table does"
        raise WrongContentError(message)
    if not unpacker.eof:
        message = "the table was cut short"
        raise CutShortError(message)
    return content


def check(content: bytes, wanted: Slice, *, measured: bool) -> None:
    """Check that bytes are a QCEW table of the wanted area and period, whole.

    ``measured`` says that the server told how long the body is; otherwise only the end of its last
    line shows that it is whole.

    Raises
    ------
    WrongContentError
        With what it is instead.
    CutShortError
        Where the last line isn't whole.
    """
    if content.lstrip()[:1] == b"<":
        message = "a web page came in place of the table"
        raise WrongContentError(message)
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        message = "what came is no CSV table"
        raise WrongContentError(message) from None
    header = rows[0] if rows else []
    kind = "qcew-annual" if wanted.quarter is None else "qcew-quarterly"
    if is_qcew(header) != kind:
        message = f"its columns aren't those of a QCEW {kind.removeprefix('qcew-')} file"
        raise WrongContentError(message)
    if len(rows) == 1:
        message = "the table has no rows"
        raise WrongContentError(message)
    if len(rows[-1]) < len(header) or not (measured or content.endswith(b"\n")):
        message = "the table was cut short"
        raise CutShortError(message)
    _check_rows(header, rows[1:], wanted)


def _check_rows(header: list[str], rows: list[list[str]], wanted: Slice) -> None:
    if any(len(row) != len(header) for row in rows):
        message = "its lines differ in their number of cells"
        raise WrongContentError(message)
    names = [name.strip().lower() for name in header]
    quarter = "A" if wanted.quarter is None else str(wanted.quarter)
    for name, right in (("area_fips", wanted.area), ("year", str(wanted.year)), ("qtr", quarter)):
        if name not in names:
            continue
        at = names.index(name)
        others = sorted({row[at].strip().upper() for row in rows} - {right})
        if others:
            message = f"it holds {name} {others[0][:20]!r} in place of {right!r}"
            raise WrongContentError(message)
