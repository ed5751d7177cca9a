"""Sheet *Why*: a paragraph for each ranked sector, its strengths, concerns and cautions."""

from __future__ import annotations

from collections.abc import Iterable

from sectorscan.advice.model import Sentence
from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Column
from sectorscan.scan.model import Shortlist

_COLUMNS = (
    Column("Rank", 6, grid.PLACE),
    Column("Sector", 26, wrap=True, bold=True),
    Column("In short", 62, wrap=True),
    Column("Strengths", 42, wrap=True),
    Column("Concerns", 38, wrap=True),
    Column("Cautions", 38, wrap=True),
)


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet; it is left out where nothing is ranked."""
    candidates = view.ranked(shortlist)
    if not candidates:
        return
    sheet = book.sheet("Why")
    grid.keep_in_view(sheet, 0, columns=2)
    rows = [
        (
            candidate.rank,
            candidate.name,
            view.paragraph(candidate.advice.summary),
            _list(candidate.advice.strengths),
            _list(candidate.advice.concerns),
            _list(candidate.advice.cautions),
        )
        for candidate in candidates
    ]
    shaded = frozenset(place for place, c in enumerate(candidates) if c.shortlisted)
    grid.write_table(book, sheet, 0, _COLUMNS, rows, shaded=shaded, valign="top")


def _list(sentences: Iterable[Sentence]) -> str:
    return grid.lines(view.paragraph([sentence]) for sentence in sentences)
