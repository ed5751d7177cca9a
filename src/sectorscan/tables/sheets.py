"""Files of every accepted format as sheets of text cells, with the rows they stand on.

Everything is read as text first: a reader that infers types makes 1001 of county 01001.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    text_rows,
)

HEADER_WITHIN = 20
SAMPLE_ROWS = 200
CHUNK_ROWS = 20_000
MAX_ROWS = 3_000_000
"""Analyst tables are held in memory; public files of more rows are scanned by ``sources``."""

Row = Sequence[str]
Choose = Callable[[Row, Sequence[Row]], Sequence[int]]
"""From a header and the first rows below it to the positions of the columns wanted."""

_FOOTNOTE = re.compile(
    r"\s*(?:(?:(?:data )?sources?|notes?|footnotes?|prepared by|last updated)\b"
    r"|[*†‡]|\([dns]\)|\[\d\]|\d\)\s)",
    re.IGNORECASE,
)
"""How the cells of a line below a table begin, whose commas may cut it into several."""
_PACKED = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text: ``cells[position]`` is a wanted column, ``rows`` its row numbers.

    Row numbers are those that a spreadsheet shows. ``sheet`` is the worksheet's name, if any;
    ``semicolon`` says that semicolons cut the cells, as where the comma is the decimal mark.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[int]
    cells: Mapping[int, Sequence[str]]
    sheet: str | None = None
    findings: tuple[Finding, ...] = field(default=())
    semicolon: bool = False


def format_of(file: TableFile) -> str:
    """Return ``text``, ``excel`` or ``parquet``, by what a file holds rather than by its ending.

    Raises
    ------
    InputError
        Where it is no table, or a workbook or Parquet file inside a zip.
    """
    with open_bytes(file) as stream:
        head = stream.read(HEAD_BYTES)
    binary = "parquet" if head.startswith(_PARQUET) else ""
    if head.startswith((_PACKED, _OLD_EXCEL)):
        binary = "excel"
    if binary and file.member is not None:
        what = "inside a zip only CSV and other text tables are read."
        raise InputError(Finding(what, "Unpack it and give the file itself.", file.name))
    if binary:
        return binary
    refuse_what_is_no_table(head, file.name)
    return "text"


def header_of(file: TableFile) -> tuple[str, ...]:
    """Return the column names of a table (see ``files.read_header``).

    Raises
    ------
    InputError
        Where the file can't be read or has no header.
    """
    return max(headers_of(file), key=familiar)


def headers_of(file: TableFile) -> tuple[tuple[str, ...], ...]:
    """Return the column names of each of a file's sheets that has any; one, but for workbooks.

    Raises
    ------
    InputError
        Where the file can't be read or has no header.
    """
    kind = format_of(file)
    if kind == "parquet":
        from sectorscan.tables.parquet import column_names

        return (column_names(file),)
    if kind == "excel":
        from sectorscan.tables.excel import sheets_of

        heads = [find_header(rows[:HEADER_WITHIN])[1] for _, rows in sheets_of(file)]
    else:
        with open_bytes(file) as stream:
            text = decode_head(stream.read(HEAD_BYTES), file.name)
        lines = itertools.islice(text_rows(text, file.name), HEADER_WITHIN)
        heads = [find_header(list(lines))[1]]
    found = tuple(header for header in heads if header)
    if not found:
        raise InputError(_no_header(file.name))
    return found


def read_sheets(file: TableFile, choose: Choose, mapped: Collection[str] = ()) -> list[Sheet]:
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
            if find_header(rows[:HEADER_WITHIN], mapped)[1]
        ]
    else:
        text = decode(read_bytes(file), file.name)
        sheet = sheet_of(text_rows(text, file.name), file.name, choose, mapped)
        sheets = [replace(sheet, semicolon=delimiter_of(text) == ";")]
    if not sheets:
        raise InputError(_no_header(file.name))
    return sheets


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
        score = familiar(filled)
        if theirs:
            score += sum(1 for cell in filled if normalise(cell) in theirs)
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
    """Return one sheet from its rows: header found, wanted columns picked, odd rows reported.

    Raises
    ------
    InputError
        Where there is no header, or more columns than are allowed.
    """
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
    picked = _Picked(len(header), wanted, label, index + 2)
    below_and_rest = itertools.chain(below, rows)
    while chunk := list(itertools.islice(below_and_rest, CHUNK_ROWS)):
        picked.add(chunk)
    findings = picked.finish()
    return Sheet(label, header, index + 1, picked.numbers, picked.cells, title, tuple(findings))


class _Picked:
    """The wanted cells of a table's rows as they come in, and what is odd about the rows."""

    def __init__(self, width: int, wanted: tuple[int, ...], name: str, start: int) -> None:
        self.width = width
        self.name = name
        self.next = start
        self.numbers: list[int] = []
        self.cells: dict[int, list[str]] = {position: [] for position in wanted}
        self.alone: set[int] = set()
        self.ragged: list[tuple[int, Row]] = []

    def add(self, chunk: list[Row]) -> None:
        """Take the rows in: whole ones column by column, odd ones one by one."""
        start, self.next = self.next, self.next + len(chunk)
        # Two filled cells at the front make a row whole without a closer look at it.
        whole = set(map(len, chunk)) == {self.width} and self.width > 1
        if whole and all(map(itemgetter(0), chunk)) and all(map(itemgetter(1), chunk)):
            self._keep(list(range(start, self.next)), chunk)
            return
        numbers, rows = [], []
        for number, row in enumerate(chunk, start):
            if len(row) == self.width and self.width > 1 and row[0] and row[1]:
                kept = True
            else:
                kept = self._look_closer(number, row)
            if kept:
                numbers.append(number)
                rows.append(row)
        self._keep(numbers, rows)

    def _look_closer(self, number: int, row: Row) -> bool:
        filled = sum(1 for cell in row if cell.strip())
        if not filled:
            return False
        if filled == 1 and self.width > 2:
            self.alone.add(number)
        if len(row) < self.width or any(map(str.strip, row[self.width :])):
            self.ragged.append((number, row))
            return False
        return True

    def _keep(self, numbers: list[int], rows: list[Row]) -> None:
        self.numbers.extend(numbers)
        columns = list(zip(*rows, strict=False))
        for position, column in self.cells.items():
            column.extend(columns[position] if columns else ())
        if len(self.numbers) > MAX_ROWS:
            what = f"the table has more than the {MAX_ROWS:,} rows allowed."
            raise InputError(Finding(what, "Keep the rows of your areas and years.", self.name))

    def finish(self) -> list[Finding]:
        """Take away the text below the table, and return what is odd."""
        footnotes = []
        first = self.cells.get(0, [])
        while self.numbers and (
            self.numbers[-1] in self.alone or _FOOTNOTE.match(first[-1] if first else "")
        ):
            footnotes.append(self.numbers.pop())
            for column in self.cells.values():
                column.pop()
        last = self.numbers[-1] if self.numbers else 0
        footnotes += [
            at
            for at, row in self.ragged
            if at > last and (at in self.alone or _FOOTNOTE.match(row[0]))
        ]
        broken = [(at, row) for at, row in self.ragged if at not in footnotes]
        return _odd_rows(broken, sorted(footnotes), self.width, self.name)


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
