"""Sheet *Why*: a paragraph for each ranked sector, its strengths, concerns and cautions."""

from __future__ import annotations

from collections.abc import Iterable

from sectorscan.advice.model import Sentence
from sectorscan.reports import view
from sectorscan.reports.sheets import grid, weights
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Column, Formula
from sectorscan.reports.sheets.layout import Layout

_COLUMNS = (
    Column("Rank", 6, grid.PLACE),
    Column("Sector", 26, wrap=True, bold=True),
    Column("In short", 62, wrap=True),
    Column("Strengths", 42, wrap=True),
    Column("Concerns", 38, wrap=True),
    Column("Cautions", 38, wrap=True),
)


_TOP = 2
_MEANING = (
    "Why each sector stands where it does with the original weights, the shortlist shaded. The "
    "rank beside it is that of the present weights."
)


def write(book: Book, layout: Layout) -> None:
    """Write the sheet, in the original weights' order; left out where nothing is ranked."""
    candidates = view.ranked(layout.shortlist)
    if not candidates:
        return
    sheet = book.sheet("Why")
    grid.put(sheet, 0, 0, _MEANING, book.format(italic=True))
    weights.put_notice(book, sheet, 1)
    grid.keep_in_view(sheet, _TOP, columns=2)
    rows = [
        (
            # By its place: ranked candidates come first on sheet Scores, in this order.
            Formula(at.on(at.SCORES, layout.cell("rank", layout.row_of(place))), candidate.rank),
            candidate.name,
            view.paragraph(candidate.advice.summary),
            _list(candidate.advice.strengths),
            _list(candidate.advice.concerns),
            _list(candidate.advice.cautions),
        )
        for place, candidate in enumerate(candidates)
    ]
    shaded = frozenset(place for place, c in enumerate(candidates) if c.shortlisted)
    grid.write_table(book, sheet, _TOP, _COLUMNS, rows, shaded=shaded, valign="top")


def _list(sentences: Iterable[Sentence]) -> str:
    return grid.lines(view.paragraph([sentence]) for sentence in sentences)
