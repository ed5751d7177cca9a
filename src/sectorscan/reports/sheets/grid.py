"""How a table lands on a sheet: columns, cells, number formats and the shared look."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sectorscan.reports.sheets.sheet import sheet_class
from sectorscan.reports.words import ESTIMATED, MINUS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL_TEXT = 32_767
"""Characters that an Excel cell can hold; XlsxWriter drops a longer text without a word."""

HIGHEST_ROW_POINTS = 409.0
LINE_POINTS = 13.0
CHARACTERS_PER_WIDTH = 1.22
"""A column's width counts digits of the default font; running text in ours is narrower."""
_BOLD = 0.9
"""Bold text is wider: so much less of it fits."""

DASH = "–"
"""What isn't known, where a formula has to show something."""

INK, SHADE, RULE, BANNER = "#1F3A4D", "#E8F1F5", "#C9D3D9", "#B42318"
NUMBER, PERCENT, ONE_DECIMAL, DOLLARS, RATIO = "#,##0", "0%", "0.0", "$#,##0", "0.00"
PLACE = "0"
"""Ranks: centered, because they stand beside text."""
SIGNED = f'+0.0;"{MINUS}"0.0;0.0'
SIGNED_NUMBER = f'+#,##0;"{MINUS}"#,##0;0'
"""With the minus that the sentences beside the numbers have."""
GENERAL = "#,##0.0##"
CHANCE = '[=0]0%;[<0.005]"<1%";0%'
"""What may happen doesn't read as never."""

_SIGNED_IDS = frozenset(
    {
        "employment_change",
        "national_growth_effect",
        "industry_mix_effect",
        "competitive_effect",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet's table: its title, width in characters and how its cells look."""

    title: str
    width: float
    number_format: str | None = None
    wrap: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its equals sign, and the value that is stored beside it.

    The stored value is what previews, phones and scripts show; None and NaN read as a dash.
    """

    text: str
    value: float | str | None


Content = float | str | Formula | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that departs from its column in its number format."""

    value: Content
    number_format: str | None = None


Value = Content | Cell


@dataclass(slots=True)
class Book:
    """An XlsxWriter workbook and its formats, each made once."""

    workbook: Workbook
    title: str
    _formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def format(self, **properties: object) -> Format:
        """Return a format with these properties over the shared look."""
        look = {"font_name": "Calibri", "font_size": 10, "valign": "top", **properties}
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(look)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet, set up for print: landscape and a page wide."""
        sheet = self.workbook.add_worksheet(name, sheet_class())
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        footer = self.title.replace("&", "&&")[:150]
        sheet.set_footer(f"&L&8{footer}&C&8{name}&R&8Page &P of &N")
        return sheet


def keep_in_view(sheet: Worksheet, header_row: int, *, columns: int = 0) -> None:
    """Keep a table's titles, and its first columns, on the screen and on every printed page."""
    sheet.freeze_panes(header_row + 1, columns)
    sheet.repeat_rows(header_row)


def put(sheet: Worksheet, row: int, col: int, value: Content, look: Format) -> None:
    """Write one cell: text as text whatever it starts with, a number, a formula, or a blank."""
    if isinstance(value, Formula):
        sheet.write_formula(row, col, f"={value.text}", look, _stored(value.value))
    elif value is None or value == "":
        sheet.write_blank(row, col, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, col, value[:LONGEST_CELL_TEXT], look)
    elif math.isfinite(value):
        sheet.write_number(row, col, float(value), look)
    else:
        sheet.write_blank(row, col, None, look)


def _stored(value: float | str | None) -> float | str:
    if isinstance(value, str):
        # A title that reads like an error value would be stored as one.
        return f"{value} " if value.startswith("#") else value[:LONGEST_CELL_TEXT]
    return DASH if value is None or not math.isfinite(value) else float(value)


def lines(texts: Iterable[str]) -> str:
    """Return texts as a bulleted list inside one cell."""
    return "\n".join(f"• {text}" for text in texts)


def write_table(
    book: Book,
    sheet: Worksheet,
    top: int,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    shaded: frozenset[int] = frozenset(),
    widths: bool = True,
    valign: str = "vcenter",
    first: int = 0,
) -> int:
    """Write titles and rows from row ``top``, column ``first`` on; return the first free row below.

    ``shaded`` are the places of rows to set off. Rows are made as high as their wrapped texts
    need: not every program does so itself when it opens a workbook.
    """
    sheet.set_row(top, _height((column, column.title) for column in columns) + 4)
    for c, column in enumerate(columns, start=first):
        if widths:
            sheet.set_column(c, c, column.width)
        put(sheet, top, c, column.title, book.format(**_header_look(column)))
    below = top + 1
    looks: dict[tuple[int, str | None, bool, bool], Format] = {}
    for place, values in enumerate(rows):
        cells = [value if isinstance(value, Cell) else Cell(value) for value in values]
        pairs = list(zip(columns, cells, strict=True))
        sheet.set_row(below, _height((c, _shown(cell.value)) for c, cell in pairs if c.wrap))
        for c, (column, cell) in enumerate(pairs, start=first):
            key = (c, cell.number_format, isinstance(cell.value, str), place in shaded)
            if key not in looks:
                look = _look(column, cell, shade=place in shaded) | {"valign": valign}
                looks[key] = book.format(**look)
            put(sheet, below, c, cell.value, looks[key])
        below += 1
    return below


def _header_look(column: Column) -> dict[str, object]:
    return {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": INK,
        "text_wrap": True,
        "valign": "vcenter",
        **_alignment(column),
    }


def _look(column: Column, cell: Cell, *, shade: bool) -> dict[str, object]:
    look: dict[str, object] = {"bottom": 1, "bottom_color": RULE, **_alignment(column)}
    shown = cell.number_format or column.number_format
    if shown is not None and not isinstance(cell.value, str):
        look["num_format"] = shown
    if column.wrap:
        look["text_wrap"] = True
    if column.bold:
        look["bold"] = True
    if shade:
        look["bg_color"] = SHADE
    return look


def _shown(value: Content) -> float | str | None:
    return value.value if isinstance(value, Formula) else value


def _alignment(column: Column) -> dict[str, object]:
    if column.number_format is None:
        return {"align": "left", "indent": 1}
    return {"align": "center" if column.number_format == PLACE else "right"}


def _height(cells: Iterable[tuple[Column, float | str | None]]) -> float:
    """Return the height in points that the tallest wrapped text needs."""
    texts = ((c.width * (_BOLD if c.bold else 1.0), v) for c, v in cells if isinstance(v, str))
    deepest = max((_line_count(width, text) for width, text in texts), default=1)
    return min(deepest * LINE_POINTS + 4.0, HIGHEST_ROW_POINTS)


@lru_cache(maxsize=4096)
def _line_count(width: float, text: str) -> int:
    fitting = max(int(width * CHARACTERS_PER_WIDTH) - 1, 4)
    return sum(len(textwrap.wrap(line, fitting)) or 1 for line in text.split("\n"))


def number_format(indicator: str, unit: str) -> str:
    """Return the Excel number format of an indicator's unit; the cell keeps every digit."""
    if indicator in _SIGNED_IDS:
        return SIGNED_NUMBER
    if indicator == "jobs_per_establishment":
        return "#,##0.0"
    if unit.startswith("USD"):
        return DOLLARS
    if unit in {"jobs", "count"}:
        return NUMBER
    if unit == "ratio":
        return RATIO
    if unit in {"%/year", "percentage points/year"}:
        return SIGNED
    return ONE_DECIMAL if unit.startswith(("%", "percentage points")) else GENERAL


def estimated(number_format: str) -> str:
    """Return a number format with the mark of estimates before the figure, which stays a number."""
    return ";".join(f"\\{ESTIMATED} {part}" for part in number_format.split(";"))


def row_height(*texts: tuple[float, str]) -> float:
    """Return the height in points of a row with texts wrapped into these widths."""
    return _height((Column("", width, wrap=True), text) for width, text in texts)
