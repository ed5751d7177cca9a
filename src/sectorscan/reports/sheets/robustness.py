"""Sheet *Robustness*: how often each sector comes first, is shortlisted, and its likely ranks."""

from __future__ import annotations

from sectorscan.reports import view
from sectorscan.reports.sheets import grid, weights
from sectorscan.reports.sheets.grid import Book, Column, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.robustness.model import NUMBERS
from sectorscan.scan.model import Shortlist

_COLUMNS = (
    Column("Rank", 6, grid.PLACE),
    Column("Sector", 34, wrap=True, bold=True),
    Column("Band", 7),
    Column("Comes first", 10, grid.CHANCE),
    Column("On the shortlist", 10, grid.CHANCE),
    Column("Ranked at all", 10, grid.CHANCE),
    Column("Rank, 5 % of the draws at or above", 14, grid.PLACE),
    Column("Rank in the middle draw", 12, grid.PLACE),
    Column("Rank, 95 % of the draws at or above", 14, grid.PLACE),
    Column("In a sentence", 70, wrap=True),
)


def write(book: Book, layout: Layout) -> None:
    """Write the sheet; it is left out without draws."""
    shortlist = layout.shortlist
    candidates = [
        candidate
        for candidate in (*view.ranked(shortlist), *view.unranked(shortlist))
        if (view.robust(shortlist, candidate, "p_ranked") or 0.0) > 0
    ]
    if not candidates:
        return
    sheet = book.sheet("Robustness")
    notes = (view.draws_note(shortlist), f"Band {view.BAND_MEANING}.")
    for row, note in enumerate(notes):
        grid.put(sheet, row, 0, note, book.format(italic=True))
    weights.put_notice(book, sheet, len(notes))
    top = len(notes) + 1
    grid.keep_in_view(sheet, top, columns=2)
    shaded = frozenset(place for place, c in enumerate(candidates) if c.shortlisted)
    rows = [_row(shortlist, candidate) for candidate in candidates]
    grid.write_table(book, sheet, top, _COLUMNS, rows, shaded=shaded)


def _row(shortlist: Shortlist, candidate: view.Candidate) -> list[Value]:
    trust = candidate.advice.trust
    return [
        candidate.rank,
        candidate.name,
        view.band(shortlist, candidate) or None,
        *(view.robust(shortlist, candidate, name) for name in NUMBERS),
        "" if trust is None else view.paragraph([trust]),
    ]
