"""Sheet *Indicators*: every sector's every indicator with its ends, status and source."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Cell, Column, Value
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

_LONGEST_SOURCE = 45
"""Characters; the sheet Method lists every file."""

_COLUMNS = (
    Column("Rank", 6, grid.PLACE),
    Column("Code", 10),
    Column("Sector", 46),
    Column("Indicator", 54),
    Column("Value", 12, grid.GENERAL, bold=True),
    Column("Low", 12, grid.GENERAL),
    Column("High", 12, grid.GENERAL),
    Column("Unit", 20),
    Column("Status", 11),
    Column("Region", 12, grid.GENERAL),
    Column("Benchmark", 12, grid.GENERAL),
    Column("Source", 38),
    Column("Why it is missing", 44, wrap=True),
)


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet; it is left out where there are no candidates."""
    candidates = (*view.ranked(shortlist), *view.unranked(shortlist))
    if not candidates:
        return
    sheet = book.sheet("Indicators")
    grid.keep_in_view(sheet, 0, columns=4)
    rows = [row for candidate in candidates for row in _rows(shortlist, candidate)]
    below = grid.write_table(book, sheet, 0, _COLUMNS, rows)
    if rows:
        sheet.autofilter(0, 0, below - 1, len(_COLUMNS) - 1)


def _rows(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[list[Value]]:
    table, s = shortlist.ranking.indicators, candidate.index
    for i, indicator in enumerate(table.ids):
        unit = plain(table.units[i])
        shown = grid.number_format(indicator, unit)
        status = str(table.status[s, i])
        reason = table.missing_reason.get((table.sectors[s].id, indicator), "")
        yield [
            candidate.rank,
            candidate.id,
            candidate.title,
            view.label_of(shortlist, indicator),
            Cell(
                view.number(table.value[s, i]),
                grid.estimated(shown) if status == "estimated" else shown,
            ),
            _end(table.low[s, i], shown),
            _end(table.high[s, i], shown),
            unit,
            status,
            Cell(view.number(table.region.get(indicator, np.nan)), shown),
            Cell(view.number(table.benchmark.get(indicator, np.nan)), shown),
            _shortened(plain(table.sources[i])),
            plain(reason) if status == "missing" else "",
        ]


def _end(value: float, shown: str) -> Cell:
    return Cell("no bound" if np.isinf(value) else view.number(value), shown)


def _shortened(source: str) -> str:
    return source if len(source) <= _LONGEST_SOURCE else f"{source[: _LONGEST_SOURCE - 4]} ..."
