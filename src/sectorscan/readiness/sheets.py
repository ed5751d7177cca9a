"""One workbook's sheets: which sectors they are of, who filled them in, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sectorscan.config.scorecard import Questions
from sectorscan.errors import Finding, InputError, Severity, nearest
from sectorscan.readiness import cells, layout
from sectorscan.readiness.model import Rating
from sectorscan.readiness.rows import Cell, RatingRow
from sectorscan.tables.bystanders import SCORECARD_MARK
from sectorscan.tables.excel import sheets_of
from sectorscan.tables.files import TableFile, shown

NEW_ONE = "Start from a new one: sectorscan scorecard new."
FILLED_IN = (layout.LEVEL, layout.EVIDENCE, layout.NAME, layout.DATE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows of text; a row is told by the mark in its first column."""

    file: str
    title: str
    rows: Sequence[Sequence[str]]

    @property
    def place(self) -> str:
        """What messages call the sheet."""
        return f"{self.file}: {shown(self.title)}"

    def text(self, row: int, column: int) -> str:
        """Return a cell's text, trimmed; blank where the sheet doesn't reach."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column].strip()

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell with its place."""
        return Cell(self.text(row, column), f"{self.place}!{reference(row, column)}")

    def marks(self) -> Iterator[tuple[int, str]]:
        """Yield each marked row and its mark."""
        for row in range(len(self.rows)):
            if mark := self.text(row, 0):
                yield row, mark

    def columns(self, row: int) -> dict[str, int]:
        """Return where the columns that are filled in stand, by their titles in this row."""
        return {
            self.text(row, column): column
            for column in reversed(range(1, len(self.rows[row])))
            if self.text(row, column) in FILLED_IN
        }

    @property
    def sector(self) -> str | None:
        """The id of the sector that the sheet is of, None where it is of none."""
        found = layout.parts(self.text(1, 0), layout.SECTOR)
        return found[0] if found and self.is_ours else None

    @property
    def is_ours(self) -> bool:
        """Whether the sheet is part of a scorecard."""
        return self.text(0, 0) == SCORECARD_MARK

    @property
    def is_synthetic(self) -> bool:
        """Whether it was made from the synthetic sample."""
        return self.is_ours and any(mark == layout.SYNTHETIC for _, mark in self.marks())

    @property
    def is_start(self) -> bool:
        """Whether it is the sheet on which raters write their names."""
        return self.is_ours and self.text(1, 0) == layout.START


def reference(row: int, column: int) -> str:
    """Return a cell's name as spreadsheets have it: (11, 4) is E12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(slots=True)
class FilledWorkbook:
    """What one workbook says.

    ``titles`` and ``conveners`` are by sector id; ``findings`` are its problems, cautions, notes.
    ``synthetic`` says that it was made from the sample.
    """

    file: TableFile
    synthetic: bool = False
    ratings: list[Rating] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    conveners: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(self, place: str, what: str, remedy: str = "", severity: Severity = "caution") -> None:
        """Note what is to be said of a place of this workbook."""
        self.findings.append(Finding(what, remedy, place, severity=severity))


def filled(file: TableFile, questions: Questions) -> FilledWorkbook:
    """Return what a workbook says, with every problem found in it.

    Raises
    ------
    InputError
        Where it can't be read, or is no scorecard.
    """
    book = FilledWorkbook(file)
    sheets = [Sheet(file.name, *found) for found in sheets_of(file, uncomputed_ok=True)]
    if not any(sheet.is_ours for sheet in sheets):
        what = "this is no readiness scorecard: no sheet has the marks of one in column A."
        raise InputError(Finding(what, f"{NEW_ONE} Its column A, which is hidden, must stay.",
                                 file.name))  # fmt: skip
    book.synthetic = any(sheet.is_synthetic for sheet in sheets)
    _say_strangers(book, sheets)
    start = next((sheet for sheet in sheets if sheet.is_start), None)
    usual = _usual(start) if start else {}
    for sheet in sheets:
        if sheet.sector is not None:
            _read_sheet(book, sheet, sheet.sector, usual, questions)
    return book


def _say_strangers(book: FilledWorkbook, sheets: Sequence[Sheet]) -> None:
    """Say which sheets aren't read, stand there twice, or are gone."""
    for sheet in sheets:
        if sheet.sector is None and not sheet.is_start:
            _say_stranger(book, sheet)
    read = [sheet.sector for sheet in sheets if sheet.sector is not None]
    for sector in dict.fromkeys(read):
        if read.count(sector) > 1:
            names = ", ".join(shown(sheet.title) for sheet in sheets if sheet.sector == sector)
            what = f"{read.count(sector)} sheets are of sector {shown(sector)}: {names}."
            remedy = "Their ratings are put together; delete the copies that don't count."
            book.say(book.file.name, what, remedy)
    for sheet in sheets:
        for _, mark in sheet.marks() if sheet.is_start else ():
            listed = layout.parts(mark, layout.SHEET)
            if listed and listed[0] not in read:
                what = f"the sheet of sector {shown(listed[0])} is gone or hidden; it isn't read."
                book.say(book.file.name, what)


def _say_stranger(book: FilledWorkbook, sheet: Sheet) -> None:
    if any(mark.startswith(f"{layout.RATING}:") for _, mark in sheet.marks()):
        what = "the cells A1 to A3, by which the sheet's sector is known, are damaged."
        book.say(sheet.place, what, f"Undo what was done to them. {NEW_ONE}", "error")
    else:
        book.say(sheet.place, "this sheet is no part of the scorecard; left out.", severity="note")


def _usual(start: Sheet) -> dict[str, tuple[Cell, Cell]]:
    """Return the cells of each rater's name and date, by the rater's number."""
    found: dict[str, tuple[Cell, Cell]] = {}
    columns: dict[str, int] = {}
    for row, mark in start.marks():
        if layout.parts(mark, layout.COLUMNS):
            columns = start.columns(row)
        number = layout.parts(mark, layout.RATER)
        if number and {layout.NAME, layout.DATE} <= set(columns):
            found[number[0]] = (
                start.cell(row, columns[layout.NAME]),
                start.cell(row, columns[layout.DATE]),
            )
    return found


def _read_sheet(
    book: FilledWorkbook,
    sheet: Sheet,
    sector: str,
    usual: dict[str, tuple[Cell, Cell]],
    questions: Questions,
) -> None:
    label = layout.parts(sheet.text(2, 0), layout.TITLE)
    book.titles[sector] = (cells.name(label[0]) if label else "") or sector
    columns: dict[str, int] = {}
    found: set[str] = set()
    for row, mark in sheet.marks():
        if layout.parts(mark, layout.COLUMNS):
            columns = sheet.columns(row)
            _say_lost_columns(book, sheet, row, columns)
        elif layout.parts(mark, layout.CONVENER):
            _read_convener(book, sheet, row, sector)
        elif weighed := layout.parts(mark, layout.QUESTION, 2):
            _compare_weight(book, sheet, weighed[1], weighed[0], questions)
        elif rated := layout.parts(mark, layout.RATING, 2):
            number, question = rated
            found.add(question)
            if question in questions and len(columns) == len(FILLED_IN):
                four = [sheet.cell(row, columns[name]) for name in FILLED_IN]
                rating, findings = RatingRow(
                    sector, question, *four, *usual.get(number, (None, None))
                ).read()
                book.findings += findings
                book.ratings += [rating] if rating else []
    _say_other_questions(book, sheet, found, questions)


def _say_lost_columns(
    book: FilledWorkbook, sheet: Sheet, row: int, columns: dict[str, int]
) -> None:
    missing = [name for name in FILLED_IN if name not in columns]
    if missing:
        what = f"the column title {' and '.join(map(repr, missing))} is gone from this row."
        remedy = "Write it back above its column: the rows below it aren't read."
        book.say(f"{sheet.place}!{reference(row, 1)}", what, remedy, "error")


def _read_convener(book: FilledWorkbook, sheet: Sheet, row: int, sector: str) -> None:
    """Note who could convene the partnership: the first text after the label."""
    written = [text for text in sheet.rows[row][1:] if text.strip()]
    if len(written) > 1 and (name := cells.name(written[1])):
        book.conveners.setdefault(sector, []).append(name)


def _compare_weight(
    book: FilledWorkbook, sheet: Sheet, question: str, weight: str, questions: Questions
) -> None:
    """Say where the sheet's own score has another weight than the config."""
    if question not in questions or weight == f"{questions[question].weight:g}":
        return
    title, ours = questions[question].title, questions[question].weight
    what = f"{title!r} weighs {shown(weight)} in the sheet's own score, and {ours:g} in the config."
    book.say(sheet.place, what, "The config's weight counts.", "note")


def _say_other_questions(
    book: FilledWorkbook, sheet: Sheet, found: set[str], questions: Questions
) -> None:
    """Say which questions the config hasn't got, and which the sheet hasn't got."""
    for question in sorted(found - set(questions)):
        what = f"the question {shown(question)!r} isn't in the config's scorecard; left out."
        near = nearest(question[:60], questions).strip()
        remedy = near or "Give the config that the scorecard was made with: --config FILE."
        book.say(sheet.place, what, remedy)
    absent = [repr(one.title) for name, one in questions.items() if name not in found]
    if absent:
        what = f"there are no rows for {', '.join(absent)}: not rated here."
        remedy = "Were they deleted, or was the scorecard made with another config?"
        book.say(sheet.place, what, remedy)
