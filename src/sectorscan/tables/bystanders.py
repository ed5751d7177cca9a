"""Files that lie among the inputs without being any: our own reports, and text to be read.

They are left out and named in a note; whatever could be a table is never passed over.
"""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Collection, Sequence

from sectorscan.errors import Finding, InputError
from sectorscan.tables.archives import DAMAGE
from sectorscan.tables.files import TableFile, open_bytes
from sectorscan.tables.names import familiar, normalise
from sectorscan.tables.sheets import HEADER_WITHIN, headers_of
from sectorscan.tables.text import HEAD_BYTES, decode_head, text_rows

WORKBOOK_MARK = "sectorscan report"
"""The category in the properties of every workbook that the project writes."""
SCORECARD_MARK = "sectorscan scorecard 1"
"""In the first cell of every sheet of a readiness scorecard, whichever program saved it."""
REPORT_HEADERS: tuple[tuple[str, ...], ...] = (
    ("rank", "tied", "id", "title", "score", "score_low", "score_high", "coverage", "tier"),
    ("region", "areas", "rank", "tied", "id", "title", "score", "score_low", "score_high"),
    ("severity", "file", "row", "column", "value", "problem", "remedy"),
    ("area", "title", "in_region", "borders_on_region"),
    ("rank", "band", "id", "title", "p_first", "p_top", "p_ranked"),
)
"""How the columns of each report begin: ranking, regions, problems, footprint, robustness."""

_SCORECARD = (SCORECARD_MARK,)
_CORE = "docProps/core.xml"
_TEXTS = "xl/sharedStrings.xml"
_FIRST_BYTES = 1 << 16


def headers_if_readable(file: TableFile) -> tuple[tuple[str, ...], ...]:
    """Return what ``headers_of`` does, and nothing of a file that can't be read."""
    try:
        return headers_of(file)
    except InputError:
        return ()


def is_own_report(file: TableFile, header: Sequence[str] = ()) -> bool:
    """Return whether a file is a report that this project wrote, by its columns or properties."""
    # A program that stores texts in their cells leaves neither property nor list of texts.
    if any(tuple(header[: len(columns)]) == columns for columns in (*REPORT_HEADERS, _SCORECARD)):
        return True
    if file.member is not None or not zipfile.is_zipfile(file.path):
        return False
    try:
        with zipfile.ZipFile(file.path) as archive:
            parts = set(archive.namelist())
            for part, mark in ((_CORE, f"<cp:category>{WORKBOOK_MARK}<"), (_TEXTS, SCORECARD_MARK)):
                if part in parts:
                    with archive.open(part) as stream:
                        if mark.encode() in stream.read(_FIRST_BYTES):
                            return True
            return False
    except (*DAMAGE, OSError):
        # The reader of workbooks says what is wrong with it.
        return False


def bystander(
    file: TableFile, header: Sequence[str], named: bool, mapped: Collection[str] = ()
) -> Finding | None:
    """Return a note on a file that is no input, or None.

    ``header`` is empty where none was found; ``named`` says that the user asked for this very
    file, which is then only left out as a report of ours; ``mapped`` are the config's headers.
    """
    if is_own_report(file, header):
        what = "this is a report of sectorscan's own, no input; left out."
        return Finding(what, "", file.name, severity="note")
    if file.ending == ".txt" and not named and _is_prose(file, header, mapped):
        what = "this is text rather than a table; left out."
        return Finding(what, "", file.name, severity="note")
    return None


def _is_prose(file: TableFile, header: Sequence[str], mapped: Collection[str]) -> bool:
    theirs = {normalise(name) for name in mapped}
    if familiar(header) or any(normalise(name) in theirs for name in header):
        return False
    try:
        with open_bytes(file) as stream:
            text = decode_head(stream.read(HEAD_BYTES), file.name)
        rows = list(itertools.islice(text_rows(text, file.name), HEADER_WITHIN))
    except InputError:
        return False
    widths = [len(row) for row in rows if any(map(str.strip, row))]
    # Lines of a table have as many cells as each other.
    return not any(widths.count(width) > 1 for width in widths if width > 2)
