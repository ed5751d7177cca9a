"""Sheet *Indicators*: every sector's every indicator with its ends, status and source."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Cell, Column, Value
from sectorscan.reports.sheets.layout import INDICATORS, Layout
from sectorscan.reports.text import plain

_LONGEST_SOURCE = 45
"""Characters; the sheet Method lists every file."""

_COLUMNS = (
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
    Column("Row key", 10, grid.PLACE),
)
_VALUE = [column.title for column in _COLUMNS].index("Value")


def write(book: Book, layout: Layout) -> None:
    """Write the sheet: a row a sector and indicator."""
    sheet = book.sheet(INDICATORS)
    grid.keep_in_view(sheet, 0, columns=3)
    rows = [
        row
        for place, candidate in enumerate(layout.candidates)
        for row in _rows(layout, place, candidate)
    ]
    below = grid.write_table(book, sheet, 0, _COLUMNS, rows)
    sheet.autofilter(0, 0, below - 1, len(_COLUMNS) - 1)


def looked_up(layout: Layout, key: str) -> str:
    """Return the formula of the value in the row with a key; it holds however rows are sorted."""
    from xlsxwriter.utility import xl_range_abs

    last = len(layout.candidates) * len(layout.ranking.indicators.ids)
    values, keys = (xl_range_abs(1, c, last, c) for c in (_VALUE, len(_COLUMNS) - 1))
    return f"INDEX({INDICATORS}!{values},MATCH({key},{INDICATORS}!{keys},0))"


def _rows(layout: Layout, place: int, candidate: view.Candidate) -> Iterator[list[Value]]:
    shortlist = layout.shortlist
    table, s = shortlist.ranking.indicators, candidate.index
    for i, indicator in enumerate(table.ids):
        unit = plain(table.units[i])
        shown = grid.number_format(indicator, unit)
        status = str(table.status[s, i])
        reason = table.missing_reason.get((table.sectors[s].id, indicator), "")
        yield [
            candidate.id,
            candidate.title,
            view.label_of(shortlist, indicator),
            Cell(
                # A dash rather than nothing: a blank that is looked up would count as 0.
                grid.DASH if status == "missing" else view.number(table.value[s, i]),
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
            (place + 1) * layout.key_step + i + 1,
        ]


def _end(value: float, shown: str) -> Cell:
    return Cell("no bound" if np.isinf(value) else view.number(value), shown)


def _shortened(source: str) -> str:
    return source if len(source) <= _LONGEST_SOURCE else f"{source[: _LONGEST_SOURCE - 4]} ..."
