"""Sheet *Not shortlisted*: who wasn't ranked, why, and what would change it."""

from __future__ import annotations

from sectorscan.reports import view
from sectorscan.reports.sheets import formulas, grid, weights
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout

_COLUMNS = (
    Column("Code", 10, wrap=True),
    Column("Sector", 36, wrap=True, bold=True),
    Column("Why it is not ranked", 64, wrap=True),
    Column("It would qualify if", 56, wrap=True),
    Column("Score it would have", 12, grid.ONE_DECIMAL),
    Column("Rank it would have", 12, grid.PLACE),
    Column("Weight known, %", 9, grid.PERCENT),
    Column("With the present weights", 20),
)
_TOP = 2
_MEANING = "Who isn't ranked with the original weights, why, and what would change it."


def write(book: Book, layout: Layout) -> None:
    """Write the sheet; it is left out where every candidate is ranked."""
    rows = [
        _row(layout, place)
        for place, candidate in enumerate(layout.candidates)
        if candidate.rank is None
    ]
    if not rows:
        return
    sheet = book.sheet("Not shortlisted")
    grid.put(sheet, 0, 0, _MEANING, book.format(italic=True))
    weights.put_notice(book, sheet, 1)
    grid.keep_in_view(sheet, _TOP, columns=2)
    grid.write_table(book, sheet, _TOP, _COLUMNS, rows)


def _row(layout: Layout, place: int) -> list[Value]:
    ranking, candidate = layout.ranking, layout.candidates[place]
    s, advice = candidate.index, candidate.advice
    now = at.on(at.SCORES, layout.cell("status", layout.row_of(place)))
    return [
        candidate.codes,
        candidate.title,
        view.why_not(advice),
        view.would_qualify_if(advice),
        view.number(ranking.score[s]),
        int(ranking.would_rank[s]) or None,
        view.number(ranking.coverage[s]),
        Formula(now, formulas.STATUS[ranking.exclusion[s]]),
    ]
