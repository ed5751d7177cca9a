"""Sheet *Not shortlisted*: who wasn't ranked, why, and what would change it."""

from __future__ import annotations

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Column, Value
from sectorscan.scan.model import Shortlist

_COLUMNS = (
    Column("Code", 10, wrap=True),
    Column("Sector", 36, wrap=True, bold=True),
    Column("Why it is not ranked", 64, wrap=True),
    Column("It would qualify if", 56, wrap=True),
    Column("Score it would have", 12, grid.ONE_DECIMAL),
    Column("Rank it would have", 12, grid.PLACE),
    Column("Weight known", 9, grid.PERCENT),
)


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet; it is left out where every candidate is ranked."""
    candidates = view.unranked(shortlist)
    if not candidates:
        return
    sheet = book.sheet("Not shortlisted")
    grid.keep_in_view(sheet, 0, columns=2)
    rows = [_row(shortlist, candidate) for candidate in candidates]
    grid.write_table(book, sheet, 0, _COLUMNS, rows)


def _row(shortlist: Shortlist, candidate: view.Candidate) -> list[Value]:
    ranking, s, advice = shortlist.ranking, candidate.index, candidate.advice
    return [
        candidate.codes,
        candidate.title,
        view.why_not(advice),
        view.would_qualify_if(advice),
        view.number(ranking.score[s]),
        int(ranking.would_rank[s]) or None,
        view.number(ranking.coverage[s]),
    ]
