"""Sheet *Method*: weights, scales, settings, formulas and the inputs' hashes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from sectorscan.reports import method, view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Column, Value
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (26.0, 36.0, 22.0, 58.0, 58.0)
_LINE_CHARACTERS = 150
"""What fits beside a label before the page ends."""


def write(book: Book, shortlist: Shortlist) -> None:
    """Write the sheet: its tables one below the other, over the same five columns."""
    write_sheet(book, view.header(shortlist), shortlist)


def write_sheet(book: Book, header: Iterable[tuple[str, str]], shortlist: Shortlist) -> None:
    """Write the sheet with what the figures are of in other words than one region's."""
    sheet = book.sheet("Method")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _pairs(book, sheet, 0, "What the figures are of", header)
    row = _table(
        book,
        sheet,
        row,
        "Weights and scales",
        ("Group", "Criterion", "Effective weight", "Scale: value is score"),
        [(r.group, r.label, r.weight, r.scale) for r in method.weights(shortlist)],
        {2: "0.0%"},
    )
    row = _pairs(book, sheet, row, "Settings", method.settings(shortlist))
    row = _table(
        book,
        sheet,
        row,
        "Indicators",
        ("Id", "Indicator", "Unit", "Formula", "Reference"),
        [(r.id, r.label, r.unit, r.formula, r.reference) for r in method.formulas(shortlist)],
    )
    _table(
        book,
        sheet,
        row,
        "Inputs",
        ("File", "Kind", "Rows", "sha256"),
        [(plain(f.path), f.kind, f.rows, f.sha256) for f in shortlist.inputs],
        {2: grid.NUMBER},
    )


def _heading(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    look = book.format(bold=True, font_size=13, font_color=grid.INK)
    grid.put(sheet, row, 0, text, look)
    return row + 1


def _table(
    book: Book,
    sheet: Worksheet,
    row: int,
    heading: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[Value]],
    number_formats: Mapping[int, str] = MappingProxyType({}),
) -> int:
    if not rows:
        return row
    row = _heading(book, sheet, row, heading)
    columns = [
        Column(title, _WIDTHS[c], number_formats.get(c), wrap=True)
        for c, title in enumerate(titles)
    ]
    return grid.write_table(book, sheet, row, columns, rows, widths=False) + 1


def _pairs(
    book: Book,
    sheet: Worksheet,
    row: int,
    heading: str,
    pairs: Iterable[tuple[str, str]],
) -> int:
    """Write label and text; a long text goes on below instead of into a tall cell."""
    row = _heading(book, sheet, row, heading)
    label_look, text_look = book.format(bold=True, indent=1), book.format(indent=1)
    for label, text in pairs:
        grid.put(sheet, row, 0, label, label_look)
        for line in textwrap.wrap(text, _LINE_CHARACTERS) or [""]:
            grid.put(sheet, row, 1, line, text_look)
            row += 1
    return row + 1
