"""A sector's sheet on its way into the workbook: its columns, its next free row, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sectorscan.readiness.model import Answer
from sectorscan.reports.scorecard.looks import Blank, BlankSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from sectorscan.reports.sheets.grid import Book

NUMBER, TEXT, GAP, NAME, LEVEL, EVIDENCE, DATE = range(1, 8)
WIDTHS = (12, 9, 62, 2, 20, 11, 46, 12)
LEFT, RIGHT = WIDTHS[NUMBER] + WIDTHS[TEXT], sum(WIDTHS[NAME:])


@dataclass(slots=True)
class SectorSheet:
    """A sheet on its way into the workbook; ``row`` is the next free one, ``used`` its points."""

    book: Book
    sheet: Worksheet
    blank: Blank
    of: BlankSheet
    rater_rows: tuple[int, ...]
    row: int = 0
    used: float = 0.0
    breaks: list[int] = field(default_factory=list)

    @property
    def raters(self) -> int:
        """How many raters have a row."""
        return len(self.rater_rows)

    def set_height(self, points: float) -> None:
        """Make the current row this high, and go on to the next."""
        self.sheet.set_row(self.row, points)
        self.used += points
        self.row += 1

    def answer(self, question: str) -> Answer:
        """Return what the raters answer together, of whom a blank workbook has none."""
        return self.blank.answer(self.of.sector, question)


def over(
    one: SectorSheet, columns: tuple[int, int], formula: str, look: dict[str, Any], value: str
) -> None:
    """Write a formula over two columns or more of the current row, with its value."""
    shape = one.book.format(**look)
    one.sheet.merge_range(one.row, columns[0], one.row, columns[1], "", shape)
    one.sheet.write_formula(one.row, columns[0], formula, shape, value)


def cell(row: int, column: int) -> str:
    """Return a cell's name: ``F24``."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def column(first: int, last: int, place: int) -> str:
    """Return the cells of a column from one row to another: ``F24:F26``."""
    return f"{cell(first, place)}:{cell(last, place)}"


def on_sheet(sheet: str, row: int, place: int) -> str:
    """Return a cell's name with its sheet's: ``'332 Fabricated Metal'!F24``."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell(row, place)}"
