"""Sheet *Plan*: which partnership to launch first, why it, who convenes, what next, what not yet.

It exists only where somebody rated a sector, and holds for the original weights.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sectorscan.advice.launch_model import FULL
from sectorscan.reports import plan_view, view
from sectorscan.reports.plan_view import PlanColumn
from sectorscan.reports.sheets import grid, weights
from sectorscan.reports.sheets.facts import HELD
from sectorscan.reports.sheets.grid import Book, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist
from sectorscan.scan.plan import Plan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "Plan"
_LINE_CHARACTERS = 150
"""What fits over the table's width, in the larger type of the answers."""
_HELD = f"{HELD} holds for the original weights: it doesn't follow a change on sheet Weights."
_WIDTHS = {
    plan_view.YEAR: 6.0,
    plan_view.SECTOR: 26.0,
    plan_view.CONVENER: 17.0,
    plan_view.NEEDS: 46.0,
}
_NUMBER_WIDTH = 8.5
_FORMATS = {"rank": grid.PLACE, "chance": grid.CHANCE, "level": grid.RATIO}
_COUNTS, _FULL = "Weight in the priority", "The value that counts 100"


def write(book: Book, layout: Layout) -> None:
    """Write the sheet: the board's questions, then the table and what the plan rests on."""
    shortlist = layout.shortlist
    found = plan_view.rated_plan(shortlist)
    if found is None:
        return
    sheet = book.sheet(NAME)
    row = _head(book, sheet, shortlist)
    for question, lines in plan_view.answers(found.told):
        row = _lines(book, sheet, row, question, lines)
    weights.heading(book, sheet, row, plan_view.HEADING)
    row = _table(book, sheet, row + 1, shortlist, found)
    notes = [text for text in (plan_view.left_out(found), plan_view.MEANING) if text]
    row = _lines(book, sheet, row + 1, "", notes)
    rests = [f"{label}: {text}." for label, text in plan_view.settings(shortlist, found)]
    _lines(book, sheet, row, plan_view.RESTS, rests)


def _head(book: Book, sheet: Worksheet, shortlist: Shortlist) -> int:
    """Write title, banner and what it holds for; return the first free row below."""
    sheet.set_row(0, 26)
    region = plain(shortlist.ranking.indicators.panel.region_name)
    look = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, 0, f"{plan_view.TITLE} {HELD}: {region}", look)
    row = 1
    if shortlist.synthetic:
        look = book.format(bold=True, font_size=12, font_color=grid.BANNER)
        grid.put(sheet, row, 0, view.SYNTHETIC_BANNER, look)
        row += 1
    grid.put(sheet, row, 0, _HELD, book.format(italic=True))
    weights.put_notice(book, sheet, row + 1)
    return row + 3


def _lines(book: Book, sheet: Worksheet, row: int, title: str, lines: Sequence[str]) -> int:
    """Write a heading and texts over the whole width; a long one goes on in the next row."""
    if title:
        grid.put(sheet, row, 0, title, book.format(bold=True, font_size=12, font_color=grid.INK))
        row += 1
    look = book.format(font_size=11, indent=1)
    for line in lines:
        for at, part in enumerate(textwrap.wrap(line, _LINE_CHARACTERS)):
            grid.put(sheet, row, 0, f"{'  ' if at else '• '}{part}", look)
            row += 1
    return row + 1


def _table(book: Book, sheet: Worksheet, top: int, shortlist: Shortlist, found: Plan) -> int:
    """Write the plan, above it what a priority is made of; return the first free row below."""
    shown = plan_view.columns(shortlist, found)
    places = [place for place, column in enumerate(shown) if column.term]
    given = found.order.settings.weights.model_dump()
    bold, number = book.format(bold=True, indent=1), book.format(bold=True, align="right")
    for at, (label, of) in enumerate(((_COUNTS, given), (_FULL, FULL)), start=top):
        grid.put(sheet, at, 1, label, bold)
        for place in places:
            grid.put(sheet, at, place, float(of[shown[place].term]), number)
    header = top + 2
    entries = plan_view.entries(found)
    needs = plan_view.needs(shortlist, found)
    rows: list[list[Value]] = []
    for place, lacking in enumerate(needs):
        cells: list[Value] = [column.values[place] for column in shown]
        cells[_place(shown, plan_view.PRIORITY)] = _priority(
            entries[place].priority, header + 1 + place, header, places
        )
        rows.append([*cells, grid.lines(lacking)])
    shaded = frozenset(place for place, entry in enumerate(entries) if entry.year)
    last = Column(plan_view.NEEDS, _WIDTHS[plan_view.NEEDS], wrap=True)
    titles = (*(_column(column) for column in shown), last)
    sheet.repeat_rows(header)
    return grid.write_table(book, sheet, header, titles, rows, shaded=shaded, valign="top")


def _place(shown: Sequence[PlanColumn], title: str) -> int:
    return [column.title for column in shown].index(title)


def _column(column: PlanColumn) -> Column:
    if not column.unit:
        width = _WIDTHS.get(column.title, _NUMBER_WIDTH)
        return Column(column.title, width, wrap=True, bold=column.title == plan_view.SECTOR)
    shown = _FORMATS.get(column.unit, grid.ONE_DECIMAL)
    bold = column.title in (plan_view.YEAR, plan_view.PRIORITY)
    return Column(column.title, _WIDTHS.get(column.title, _NUMBER_WIDTH), shown, bold=bold)


def _priority(value: float, row: int, header: int, places: Sequence[int]) -> Formula | None:
    """Return the weighted mean of what is known of a sector's terms, None where nobody rated it."""
    from xlsxwriter.utility import xl_range, xl_range_abs

    if view.number(value) is None:
        return None
    first, last = places[0], places[-1]
    given, full = (xl_range_abs(header - back, first, header - back, last) for back in (2, 1))
    own = xl_range(row, first, row, last)
    text = f"100*SUMPRODUCT({given},{own}/{full})/SUMPRODUCT({given}*ISNUMBER({own}))"
    return Formula(text, value)
