"""One workbook's sheets: which sectors they are of, who filled them in, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.config.scorecard import Questions
from sectorscan.errors import Finding, InputError, Severity
from sectorscan.readiness import cells, layout
from sectorscan.readiness.compare import (
    compare_sentences,
    compare_weight,
    in_one_remark,
    say_other_questions,
)
from sectorscan.readiness.rows import Cell, RatingRow
from sectorscan.readiness.workbook import FILLED_IN, FilledWorkbook, Sheet, reference
from sectorscan.tables.excel import workbook_of
from sectorscan.tables.files import TableFile, shown

NEW_ONE = "start from a new one: sectorscan scorecard new."


def filled(file: TableFile, questions: Questions) -> FilledWorkbook:
    """Return what a workbook says, with every problem found in it.

    Raises
    ------
    InputError
        Where it can't be read, or is no scorecard.
    """
    book = FilledWorkbook(file)
    found = workbook_of(file)
    sheets = [
        Sheet(file.name, one.title, one.rows, one.formulas, found.from_1904) for one in found.sheets
    ]
    if not any(sheet.is_ours for sheet in sheets):
        what = "this is no readiness scorecard: no sheet has the marks of one in column A."
        remedy = f"Column A, which is hidden, must stay. If it is gone, {NEW_ONE}"
        raise InputError(Finding(what, remedy, file.name))
    book.synthetic = any(sheet.is_synthetic for sheet in sheets)
    _say_strangers(book, sheets)
    start = next((sheet for sheet in sheets if sheet.is_start), None)
    usual = _usual(start) if start else {}
    for sheet in sheets:
        if sheet.sector is not None:
            _read_sheet(book, sheet, sheet.sector, usual, questions)
    book.findings = in_one_remark(book.findings, sheets)
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
    if not any(sheet.is_start for sheet in sheets):
        what = f"the sheet {layout.START!r} is gone or hidden, which names raters and sectors."
        remedy = "If a sector's sheet is gone or hidden too, it isn't read, and nothing says so."
        book.say(book.file.name, what, remedy)
    for sheet in sheets:
        for _, mark in sheet.marks() if sheet.is_start else ():
            listed = layout.parts(mark, layout.SHEET)
            if listed and listed[0] not in read:
                what = f"the sheet of sector {shown(listed[0])} is gone or hidden; it isn't read."
                book.say(book.file.name, what)


def _say_stranger(book: FilledWorkbook, sheet: Sheet) -> None:
    if sheet.looks_like_ours:
        what = "the marks in cells A1 to A3, by which the sheet's sector is known, are damaged."
        remedy = (
            "Undo what was done to them (column A is hidden; no column may stand before it, and no "
            f"row above these), or {NEW_ONE}"
        )
        book.say(sheet.place, what, remedy, "error")
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
    for row in range(layout.HEAD_ROWS, len(sheet.rows)):
        mark = sheet.text(row, 0)
        if layout.parts(mark, layout.COLUMNS):
            columns = sheet.columns(row)
            _say_lost_columns(book, sheet, row, columns)
        elif layout.parts(mark, layout.CONVENER):
            _read_convener(book, sheet, row, sector)
        elif weighed := layout.parts(mark, layout.QUESTION, 2):
            compare_weight(book, sheet, weighed[1], weighed[0], questions)
        elif rated := layout.parts(mark, layout.RATING, 2):
            number, question = rated
            found.add(question)
            if question in questions and set(FILLED_IN) <= set(columns):
                four = [sheet.cell(row, columns[name]) for name in FILLED_IN]
                rating, findings = RatingRow(
                    sector, question, *four, *usual.get(number, (None, None))
                ).read()
                book.findings += findings
                book.ratings += [rating] if rating else []
        else:
            _say_stray_row(book, sheet, row, columns)
    say_other_questions(book, sheet, found, questions)
    compare_sentences(book, sheet, questions)


def _say_stray_row(book: FilledWorkbook, sheet: Sheet, row: int, columns: dict[str, int]) -> None:
    """Say where answers stand in a row that is no rater's, so that nobody's are lost unseen."""
    remedy = "Write it into a rater's row, which has a mark in the hidden column A."
    lost: tuple[tuple[str, Severity], ...] = (
        (layout.LEVEL, "error"), (layout.EVIDENCE, "caution"),
    )  # fmt: skip
    for title, severity in lost:
        if title in columns and (cell := sheet.cell(row, columns[title])).text:
            what = f"this stands in the column {title!r}, but in a row that is no rater's."
            book.findings.append(cell.problem(what, remedy, severity))
            return


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
    if len(written) > 1 and (name := cells.convener(written[1])):
        book.conveners.setdefault(sector, []).append(name)
