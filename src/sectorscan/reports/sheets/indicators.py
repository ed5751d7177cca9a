"""Sheet *Indicators*: every sector's every indicator with its ends, status and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Cell, Column, Value
from sectorscan.reports.sheets.layout import INDICATORS, Layout
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

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
_PRINTED = [column.title for column in _COLUMNS].index("Source")
_VALUE = [column.title for column in _COLUMNS].index("Value")


def write(book: Book, layout: Layout) -> None:
    """Write the sheet: a row a sector and indicator."""
    sheet = book.sheet(INDICATORS)
    grid.keep_in_view(sheet, 0, columns=3)
    about = _about(layout)
    rows = [
        row
        for place, candidate in enumerate(layout.candidates)
        for row in _rows(layout, about, place, candidate)
    ]
    below = grid.write_table(book, sheet, 0, _COLUMNS, rows)
    _set_print_area(sheet, layout)
    sheet.autofilter(0, 0, below - 1, len(_COLUMNS) - 1)


def _set_print_area(sheet: Worksheet, layout: Layout) -> None:
    """Print the shortlist's figures alone, without their sources: all are hundreds of pages."""
    places = [place for place, one in enumerate(layout.candidates, start=1) if one.shortlisted]
    if places:
        last = max(places) * len(layout.ranking.indicators.ids)
        sheet.print_area(0, 0, last, _PRINTED - 1)
        sheet.set_header("&L&8Printed: the shortlist's indicators. The sheet has every sector's.")


def looked_up(layout: Layout, key: str) -> str:
    """Return the formula of the value in the row with a key; it holds however rows are sorted."""
    from xlsxwriter.utility import xl_range_abs

    last = len(layout.candidates) * len(layout.ranking.indicators.ids)
    values, keys = (xl_range_abs(1, c, last, c) for c in (_VALUE, len(_COLUMNS) - 1))
    return f"INDEX({INDICATORS}!{values},MATCH({key},{INDICATORS}!{keys},0))"


@dataclass(frozen=True, slots=True)
class _About:
    """What every row of one indicator says."""

    label: str
    unit: str
    shown: str
    region: float | None
    benchmark: float | None
    source: str


def _about(layout: Layout) -> list[_About]:
    table = layout.ranking.indicators
    return [
        _About(
            label=view.label_of(layout.shortlist, indicator),
            unit=plain(unit),
            shown=grid.number_format(indicator, plain(unit)),
            region=view.number(table.region.get(indicator, np.nan)),
            benchmark=view.number(table.benchmark.get(indicator, np.nan)),
            source=_shortened(plain(source)),
        )
        for indicator, unit, source in zip(table.ids, table.units, table.sources, strict=True)
    ]


def _rows(
    layout: Layout, about: Sequence[_About], place: int, candidate: view.Candidate
) -> Iterator[list[Value]]:
    table, s = layout.ranking.indicators, candidate.index
    for i, one in enumerate(about):
        status = str(table.status[s, i])
        missing = status == "missing"
        reason = table.missing_reason.get((table.sectors[s].id, table.ids[i]), "")
        yield [
            candidate.id,
            candidate.title,
            one.label,
            Cell(
                # A dash rather than nothing: a blank that is looked up would count as 0.
                grid.DASH if missing else view.number(table.value[s, i]),
                grid.estimated(one.shown) if status == "estimated" else one.shown,
            ),
            _end(table.low[s, i], one.shown),
            _end(table.high[s, i], one.shown),
            one.unit,
            status,
            Cell(one.region, one.shown),
            Cell(one.benchmark, one.shown),
            one.source,
            plain(reason) if missing else "",
            (place + 1) * layout.key_step + i + 1,
        ]


def _end(value: float, shown: str) -> Cell:
    return Cell("no bound" if np.isinf(value) else view.number(value), shown)


def _shortened(source: str) -> str:
    return source if len(source) <= _LONGEST_SOURCE else f"{source[: _LONGEST_SOURCE - 4]} ..."
