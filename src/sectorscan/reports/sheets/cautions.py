"""Sheet *Cautions*: what to know before relying on the figures."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Column
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

_COLUMNS = (Column("Kind", 12), Column("What to know", 130, wrap=True))


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet; it is left out where there is nothing to say."""
    write_sheet(book, shortlist.cautions, shortlist.notes)


def write_sheet(book: Book, cautions: Sequence[str], notes: Sequence[str]) -> None:
    """Write the sheet of any result."""
    rows = [
        *(("caution", plain(text)) for text in cautions),
        *(("note", plain(text)) for text in notes),
    ]
    if not rows:
        return
    sheet = book.sheet("Cautions")
    grid.keep_in_view(sheet, 0)
    grid.write_table(book, sheet, 0, _COLUMNS, rows)
