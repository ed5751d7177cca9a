"""Files of every accepted format as sheets of text cells, with the rows they stand on.

Everything is read as text first: a reader that infers types makes 1001 of county 01001.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from sectorscan.errors import Finding, InputError
from sectorscan.tables.files import TableFile, open_bytes, read_bytes, shown
from sectorscan.tables.listing import LISTED
from sectorscan.tables.names import familiar, normalise
from sectorscan.tables.text import (
    HEAD_BYTES,
    MAX_COLUMNS,
    decode,
    decode_head,
    delimiter_of,
    refuse_what_is_no_table,
)

HEADER_WITHIN = 20
SAMPLE_ROWS = 200
MAX_ROWS = 3_000_000
"""Analyst tables are held in memory; public files of more rows are scanned by ``sources``."""

Row = Sequence[str]
Choose = Callable[[Row, Sequence[Row]], Sequence[int]]
"""From a header and the first rows below it to the positions of the columns wanted."""

_PACKED = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text: ``cells[position]`` is a wanted column, ``rows`` its row numbers.

    Row numbers are those that a spreadsheet shows. ``sheet`` is the worksheet's name, if any.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[int]
    cells: dict[int, Sequence[str]]
    sheet: str | None = None
    findings: tuple[Finding, ...] = field(default=())


def format_of(file: TableFile) -> str:
    """Return ``text``, ``excel`` or ``parquet``, by what a file holds rather than by its ending."""
    with open_bytes(file) as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith((_PACKED, _OLD_EXCEL)):
        return "excel"
    refuse_what_is_no_table(head, file.name)
    return "text"


def header_of(file: TableFile) -> tuple[str, ...]:
    """Return the column names of a table (see ``files.read_header``)."""
    kind = format_of(file)
    if kind == "parquet":
        from sectorscan.tables.parquet import column_names

        return column_names(file)
    if kind == "excel":
        from sectorscan.tables.excel import sheets_of

        heads = [find_header(rows[:HEADER_WITHIN]) for _, rows in sheets_of(file)]
        found = [header for _, header in heads if header]
        if not found:
            raise InputError(_no_header(file.name))
        return max(found, key=familiar)
    with open_bytes(file) as stream:
        text = decode_head(stream.read(HEAD_BYTES), file.name)
    lines = itertools.islice(text_rows(text, file.name), HEADER_WITHIN)
    header = find_header(list(lines))[1]
    if not header:
        raise InputError(_no_header(file.name))
    return header


def read_sheets(file: TableFile, choose: Choose, mapped: Iterable[str] = ()) -> list[Sheet]:
    """Return every sheet of a file (one, but for workbooks), the chosen columns as text.

    Raises
    ------
    InputError
        If the file is empty, is no table, is damaged or has rows that don't fit its header.
    """
    kind = format_of(file)
    if kind == "parquet":
        from sectorscan.tables.parquet import read_parquet

        return [read_parquet(file, choose)]
    if kind == "excel":
        from sectorscan.tables.excel import sheets_of

        sheets = [
            sheet_of(iter(rows), file.name, choose, mapped, title)
            for title, rows in sheets_of(file)
            if any(any(row) for row in rows)
        ]
    else:
        rows = text_rows(decode(read_bytes(file), file.name), file.name)
        sheets = [sheet_of(rows, file.name, choose, mapped)]
    if not sheets:
        raise InputError(_no_header(file.name))
    return sheets


def text_rows(text: str, name: str) -> Iterator[Row]:
    """Yield the rows of a delimited text, blank ones included so that they can be counted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        yield from reader
    except csv.Error as error:
        what = f"the file can't be cut into cells ({error})."
        remedy = "Look for a quotation mark that is not closed, or an enormous cell."
        raise InputError(Finding(what, remedy, name, row=reader.line_num)) from error


def find_header(rows: Sequence[Row], mapped: Iterable[str] = ()) -> tuple[int, tuple[str, ...]]:
    """Return the header's position among the first rows and its names; ``(0, ())`` if none.

    It is the row with most names that are ours or the config's (titles may stand above it),
    else the first with two cells. Lines that begin with ``#`` are comments.
    """
    theirs = {normalise(header) for header in mapped}
    best, best_score = -1, 1
    first = -1
    for index, row in enumerate(rows):
        if row and row[0].startswith("#"):
            continue
        filled = [cell for cell in row if cell.strip()]
        if len(filled) >= 2 and first < 0:
            first = index
        score = familiar(filled) + sum(1 for cell in filled if normalise(cell) in theirs)
        if score > best_score:
            best, best_score = index, score
    index = best if best >= 0 else first
    if index < 0:
        return 0, ()
    header = [" ".join(cell.split()) for cell in rows[index]]
    while header and not header[-1]:
        header.pop()
    return index, tuple(header)


def sheet_of(
    rows: Iterator[Row],
    name: str,
    choose: Choose,
    mapped: Iterable[str] = (),
    title: str | None = None,
) -> Sheet:
    """Return one sheet from its rows: header found, wanted columns picked, odd rows reported."""
    label = name if title is None else f"{name} [{shown(title)}]"
    head = list(itertools.islice(rows, HEADER_WITHIN))
    index, header = find_header(head, mapped)
    if not header:
        raise InputError(_no_header(label))
    if len(header) > MAX_COLUMNS:
        what = f"the table has {len(header):,} columns, more than the {MAX_COLUMNS:,} allowed."
        raise InputError(Finding(what, "Keep the columns that are needed.", label))
    below = head[index + 1 :]
    below.extend(itertools.islice(rows, SAMPLE_ROWS))
    wanted = tuple(choose(header, below))
    numbers, picked, findings = _pick(
        itertools.chain(below, rows), len(header), wanted, label, index + 2
    )
    columns: Sequence[Row] = list(zip(*picked, strict=True)) or [()] * len(wanted)
    cells = dict(zip(wanted, columns, strict=True))
    return Sheet(label, header, index + 1, numbers, cells, title, tuple(findings))


def _pick(
    rows: Iterable[Row], width: int, wanted: tuple[int, ...], name: str, start: int
) -> tuple[list[int], list[Row], list[Finding]]:
    """Return row numbers, the wanted cells of each row, and what is odd about the rows."""
    pick = _picker(wanted)
    numbers: list[int] = []
    picked: list[Row] = []
    alone: set[int] = set()
    ragged: list[tuple[int, Row]] = []
    for number, row in enumerate(rows, start):
        # Most rows are whole: two filled cells at the front spare the closer look.
        if len(row) != width or not (row[0] and (width == 1 or row[1])):
            filled = sum(1 for cell in row if cell.strip())
            if not filled:
                continue
            if filled == 1 and width > 2:
                alone.add(number)
            if len(row) < width or any(map(str.strip, row[width:])):
                ragged.append((number, row))
                continue
        numbers.append(number)
        picked.append(pick(row))
        if len(numbers) > MAX_ROWS:
            what = f"the table has more than the {MAX_ROWS:,} rows allowed."
            raise InputError(Finding(what, "Keep the rows of your areas and years.", name))
    footnotes = []
    while numbers and numbers[-1] in alone:
        footnotes.append(numbers.pop())
        picked.pop()
    last = numbers[-1] if numbers else 0
    footnotes.extend(number for number, _ in ragged if number in alone and number > last)
    broken = [(number, row) for number, row in ragged if number not in footnotes]
    return numbers, picked, _odd_rows(broken, sorted(footnotes), width, name)


def _picker(wanted: tuple[int, ...]) -> Callable[[Row], Row]:
    if not wanted:
        return lambda row: ()
    if len(wanted) == 1:
        only = wanted[0]
        return lambda row: (row[only],)
    return itemgetter(*wanted)


def _odd_rows(
    broken: list[tuple[int, Row]], footnotes: list[int], width: int, name: str
) -> list[Finding]:
    """Return a note on lines of text below the table, and the rows that don't fit the header."""
    findings = []
    if footnotes:
        what = "the text below the table is taken as a footnote and not read."
        findings.append(Finding(what, "", name, footnotes[0], severity="note"))
    for number, row in broken[:LISTED]:
        what = f"the row has {len(row)} cells where the header has {width}."
        remedy = "Look for a missing or an unquoted delimiter in it."
        if any("\n" in cell for cell in row):
            remedy = "Look for a quotation mark that is not closed."
        findings.append(Finding(what, remedy, name, number))
    if len(broken) > LISTED:
        what = f"and {len(broken) - LISTED:,} more rows that don't fit the header."
        findings.append(Finding(what, "", name))
    return findings


def _no_header(name: str) -> Finding:
    what = f"no header line was found in the first {HEADER_WITHIN} rows."
    return Finding(what, "Give the columns names, such as region, industry, year.", name)
