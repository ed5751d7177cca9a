"""The blank readiness scorecard as an Excel workbook: the same bytes for the same contents."""

from __future__ import annotations

from sectorscan.readiness import layout
from sectorscan.reports.scorecard.looks import Blank
from sectorscan.reports.scorecard.sector import write_sector
from sectorscan.reports.scorecard.start import write_start
from sectorscan.reports.sheets.grid import Book
from sectorscan.reports.text import plain
from sectorscan.reports.workbook import book_bytes


def blank_scorecard(blank: Blank) -> bytes:
    """Return the workbook's bytes (.xlsx).

    Cells to fill in are the only ones that aren't locked (there is no password); every formula
    has its value stored, so that previews show it too.
    """
    names = layout.sheet_names(of.name for of in blank.sheets)

    def sheets(book: Book) -> None:
        rows = write_start(book, blank, names)
        for of, name in zip(blank.sheets, names, strict=True):
            write_sector(book, name, blank, of, rows)

    return book_bytes(f"Readiness scorecard: {plain(blank.region)}", "Readiness", sheets)
