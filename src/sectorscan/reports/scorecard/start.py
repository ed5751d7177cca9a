"""Sheet *Start here*: what the scorecard is, who rates, and every sector with its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sectorscan.readiness import layout
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.looks import Blank
from sectorscan.reports.scorecard.overview import score_cell, scored
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from sectorscan.reports.sheets.grid import Book

NUMBER, TEXT, DATE, SHARE = range(1, 5)
WIDTHS = (12, 5, 62, 20, 30)
ACROSS = sum(WIDTHS[1:])
WHAT = (
    "Figures say which sectors drive the region. They don't say which of them is ready for a "
    "partnership led by its employers: only people who know the sector can. This workbook asks "
    "them {questions} about each sector below. Allow about two minutes for each."
)
STEPS = (
    "Write your name and today's date into the yellow cells below, once.",
    "Open a sector's sheet (its tab is at the foot of the window). Leave out sectors that you "
    "don't know.",
    "For each question find the sentence that fits best and choose its level, 0 to 4, from the "
    "list in the yellow cell of your row. Between two levels choose the lower one.",
    "Write what your answer rests on: names, dates, documents. An answer nobody can check "
    "persuades nobody.",
    "Where you don't know, choose unknown. Unknown is not 0: the question then counts neither "
    "for nor against the sector.",
    "Save the workbook and send it back. Several people may use one workbook, each with a row of "
    "their own, or each a copy: all are put together afterwards.",
)
AFTER = (
    "The score of a sector is the mean level of each question times its weight, as a share of the "
    "most that the answered questions could give, from 0 to 100. Readiness and the economic score "
    "are never mixed. Both at 60 or more: the partnership can be launched. A strong economic case "
    "alone: what is missing is prepared first. Readiness alone: support what firms do already, or "
    "wait. {blocking}Where raters lie two or more levels apart, the board talks about it before it "
    "decides. Answers older than twelve months are asked again."
)
WHOSE = "Your name, or your organization's, as you always write it."
BLOCKING = "Without {titles} no sector is launched, whatever its score. "


def write_start(book: Book, blank: Blank, names: list[str]) -> tuple[int, ...]:
    """Write the sheet; return the rows of the raters, from 0."""
    sheet = looks.new_sheet(book, layout.START, WIDTHS)
    looks.put_mark(book, sheet, 0, layout.SCORECARD_MARK)
    looks.put_mark(book, sheet, 1, layout.START)
    title = book.format(bold=True, font_size=18, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, NUMBER, "How ready are our sectors?", title)
    sheet.set_row(0, 30)
    strong = book.format(bold=True, font_size=12)
    grid.put(sheet, 1, NUMBER, plain(blank.region), strong)
    row = 2
    if blank.synthetic:
        sheet.set_row(row, looks.put_banner(book, sheet, row, NUMBER))
        row += 1
    count = len(blank.questions)
    asked = f"{count} question{'s' if count != 1 else ''}"
    row = _paragraph(book, sheet, row, WHAT.format(questions=asked))
    row = _heading(book, sheet, row + 1, "What to do")
    for number, step in enumerate(STEPS, start=1):
        row = _step(book, sheet, row, number, step)
    row = _heading(book, sheet, row + 1, "Who rates")
    row, raters = _raters(book, sheet, row, blank)
    row = _heading(book, sheet, row + 1, "The sectors")
    row = _sectors(book, sheet, row, blank, names)
    row = _heading(book, sheet, row + 1, "What becomes of the answers")
    _paragraph(book, sheet, row, AFTER.format(blocking=_blocking(blank)))
    sheet.fit_to_pages(1, 0)
    sheet.set_portrait()
    sheet.set_selection(raters[0], TEXT, raters[0], TEXT)
    sheet.activate()
    return raters


def _blocking(blank: Blank) -> str:
    titles = [
        plain(asked.title).lower()
        for asked in blank.questions.values()
        if asked.blocks_launch_at is not None
    ]
    return BLOCKING.format(titles=" and ".join(titles)) if titles else ""


def _heading(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    look = book.format(bold=True, font_size=12, font_color=grid.INK, bottom=2,
                       bottom_color=grid.INK)  # fmt: skip
    for column in range(NUMBER, SHARE + 1):
        grid.put(sheet, row, column, text if column == NUMBER else None, look)
    sheet.set_row(row, 20)
    return row + 1


def _paragraph(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    sheet.set_row(row, looks.prose(book, sheet, row, (NUMBER, SHARE), text, ACROSS, font_size=11))
    return row + 1


def _step(book: Book, sheet: Worksheet, row: int, number: int, text: str) -> int:
    look = book.format(bold=True, font_size=11, font_color=grid.INK, align="center")
    grid.put(sheet, row, NUMBER, number, look)
    width = ACROSS - WIDTHS[NUMBER]
    sheet.set_row(row, looks.prose(book, sheet, row, (TEXT, SHARE), text, width, font_size=11))
    return row + 1


def _titles(book: Book, sheet: Worksheet, row: int, *titles: str) -> None:
    for column, title in enumerate(titles, start=TEXT):
        look = book.format(bold=True, align="left" if column == TEXT else "center")
        grid.put(sheet, row, column, title, look)


def _raters(book: Book, sheet: Worksheet, row: int, blank: Blank) -> tuple[int, tuple[int, ...]]:
    looks.put_mark(book, sheet, row, layout.mark(layout.COLUMNS, 1))
    _titles(book, sheet, row, layout.NAME, layout.DATE)
    rows = tuple(range(row + 1, row + 1 + len(blank.raters)))
    for number, (at, name) in enumerate(zip(rows, blank.raters, strict=True), start=1):
        looks.put_mark(book, sheet, at, layout.mark(layout.RATER, number))
        grid.put(sheet, at, NUMBER, number, book.format(align="center", valign="vcenter"))
        grid.put(sheet, at, TEXT, plain(name), looks.field(book))
        sheet.data_validation(at, TEXT, at, TEXT, looks.hint(layout.NAME, WHOSE))
        look = looks.field(book, num_format=looks.DATES, align="center")
        day = blank.date(number - 1)
        grid.put(sheet, at, DATE, None if day is None else looks.serial(day), look)
        sheet.data_validation(at, DATE, at, DATE, looks.date_rule(
            "The day on which you answer, such as 2026-11-22."))  # fmt: skip
        sheet.set_row(at, 20)
    return rows[-1] + 1, rows


def _sectors(book: Book, sheet: Worksheet, row: int, blank: Blank, names: list[str]) -> int:
    from xlsxwriter.utility import xl_rowcol_to_cell

    _titles(book, sheet, row, "Sector", "Score, 0 to 100", "Answered so far")
    rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
    at, column = score_cell(len(blank.questions))
    for of, name in zip(blank.sheets, names, strict=True):
        row += 1
        looks.put_mark(book, sheet, row, layout.mark(layout.SHEET, of.sector))
        quoted = name.replace("'", "''")
        link = book.format(**rule, font_color=grid.INK, underline=1)
        sheet.write_url(row, TEXT, f"internal:'{quoted}'!A1", link, of.name)
        score, coverage = scored(blank, of)
        for place, shift, value in ((DATE, 0, score), (SHARE, 1, coverage)):
            cell = f"'{quoted}'!{xl_rowcol_to_cell(at, column + shift)}"
            look = book.format(**rule, align="center", num_format="0.0")
            sheet.write_formula(row, place, f'=IF({cell}="","",{cell})', look, value)
        sheet.set_row(row, 17)
    return row + 1
