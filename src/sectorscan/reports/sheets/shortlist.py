"""Sheet *Shortlist*: what a board asks first, in the order of the present weights."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sectorscan.reports import view
from sectorscan.reports.sheets import facts, grid, palette, weights
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.text import plain
from sectorscan.reports.words import ESTIMATED
from sectorscan.scan.model import Shortlist

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "Shortlist"
_LONGEST_FACT = 200
_NAME_WIDTH, _MOST_LINES = 36.0, 4
_PRINTED_ROWS = 20
"""As many fit on a landscape page and can still be read; a longer shortlist is printed whole."""


def write(book: Book, layout: Layout) -> None:
    """Write the sheet: a row a place in the ranking, filled by formulas from sheet Scores."""
    sheet = book.sheet(NAME)
    top = _write_head(book, sheet, layout.shortlist)
    if not layout.can_be_ranked:
        text = "No sector could be ranked; sheet Not shortlisted says why."
        grid.put(sheet, top, 0, text, book.format(italic=True))
        return
    grid.keep_in_view(sheet, top, columns=2)
    table = _Table(layout, top)
    grid.write_table(book, sheet, top, table.columns, table.rows())
    _looks(book, sheet, table)
    _print_one_page(sheet, table)


class _Table:
    """The table's columns, where they stand, and its rows."""

    def __init__(self, layout: Layout, top: int) -> None:
        self.layout, self.top = layout, top
        self.first, self.last = top + 1, top + layout.can_be_ranked
        figures, words = layout.figures, layout.words
        groups = [
            Column(f"{title}, 0 to 100", max(8.5, 1.3 * max(map(len, title.split()))), "0")
            for title in (group.title.capitalize() for group in layout.groups)
        ]
        self.columns = (
            Column("Rank", 5.5, grid.PLACE),
            Column("Sector", _NAME_WIDTH, wrap=True, bold=True),
            *(figure.column for figure in figures),
            Column("Score, 0 to 100", 7.5, grid.ONE_DECIMAL, bold=True),
            *groups,
            *(word.column for word in words),
            Column("Place", 6, grid.PLACE),
            Column("Row", 6, grid.PLACE),
            Column("Estimated", 9),
        )
        self.figures_at = 2
        self.score_at = 2 + len(figures)
        self.groups_at = self.score_at + 1
        self.words_at = self.groups_at + len(groups)
        self.place_at = self.words_at + len(words)
        self.row_at, self.estimated_at = self.place_at + 1, self.place_at + 2
        names = (candidate.name for candidate in layout.candidates)
        lines = [len(textwrap.wrap(name, int(_NAME_WIDTH * 1.1))) for name in names]
        lines += [len(textwrap.wrap(text, 62)) for text in _lines(layout)]
        self.height = grid.LINE_POINTS * min(max([2, *lines]), _MOST_LINES) + 3.0

    def rows(self) -> Iterator[list[Value]]:
        """Yield the cells of each place."""
        for place in range(self.layout.can_be_ranked):
            yield self._row(place)

    def _row(self, place: int) -> list[Value]:
        layout, row = self.layout, self.first + place
        here = layout.candidates[place] if place < len(layout.candidates) else None
        ranked = here is not None and here.rank is not None
        on_scores = f"${_letter(self.row_at)}{row + 1}"

        def cell(block: str, c: int, value: float | str | None) -> Formula:
            column = f"{at.SCORES}!{layout.down(block, c)}"
            shown = (grid.DASH if value is None else value) if ranked else ""
            return Formula(f'IF({on_scores}="","",INDEX({column},{on_scores}))', shown)

        s = here.index if here is not None else 0
        places = f"{at.SCORES}!{layout.down('place')}"
        own = f"${_letter(self.place_at)}{row + 1}"
        found = f'IF({own}<=COUNT({places}),MATCH({own},{places},0),"")'
        facts_of = (*layout.figures, *layout.words)
        looked = [cell("fact", f, fact.values[place]) for f, fact in enumerate(facts_of)]
        cut = len(layout.figures)
        means = layout.group_scores
        flags = "".join(str(int(figure.estimated[place])) for figure in layout.figures)
        return [
            cell("rank", 0, here.rank if here else None),
            cell("sector", 0, here.name if here else None),
            *looked[:cut],
            cell("score", 0, view.number(layout.ranking.score[s])),
            *(cell("group", g, view.number(mean[s])) for g, mean in enumerate(means)),
            *looked[cut:],
            place + 1,
            Formula(found, place + 1 if ranked else ""),
            cell("estimated", 0, flags),
        ]


def row_on_scores(layout: Layout, place: int) -> str:
    """Return the cell that says in which row of Scores the sector at a place stands."""
    table = _Table(layout, _head_rows(layout.shortlist))
    return f"{NAME}!${_letter(table.row_at)}${table.first + place + 1}"


def _lines(layout: Layout) -> list[str]:
    return [str(text) for text in layout.words[-1].values if text]


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _looks(book: Book, sheet: Worksheet, table: _Table) -> None:
    """Make bars, ties, estimates and the shortlist's shade follow the rows."""
    first, last = table.first, table.last
    for row in range(first, last + 1):
        sheet.set_row(row, table.height)
    for g in range(len(table.layout.groups)):
        bar = {
            "type": "data_bar", "data_bar_2010": True, "bar_solid": True,
            "bar_color": palette.tint(palette.of_group(g)), "bar_border_color": palette.of_group(g),
            "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100,
        }  # fmt: skip
        sheet.conditional_format(first, table.groups_at + g, last, table.groups_at + g, bar)
    top = table.layout.shortlist.config.outputs.top
    listed = f"AND(ISNUMBER($A{first + 1}),$A{first + 1}<={top})"
    shade = {"bg_color": grid.SHADE}
    # LibreOffice applies one rule a cell, the first that holds: so each mark comes shaded, too.
    for column, condition, shown in _marks(table):
        both = f"AND({condition},{listed})"
        _when(book, sheet, table, (column, column), both, num_format=shown, **shade)
        _when(book, sheet, table, (column, column), condition, num_format=shown)
    _when(book, sheet, table, (0, table.groups_at - 1), listed, **shade)
    _when(book, sheet, table, (table.words_at, table.place_at - 1), listed, **shade)


def _marks(table: _Table) -> Iterator[tuple[int, str, str]]:
    """Yield where a figure is marked by its number format: column, condition, format."""
    row = table.first + 1
    ranks = f"$A${row}:$A${table.last + 1}"
    yield 0, f"AND(ISNUMBER($A{row}),COUNTIF({ranks},$A{row})>1)", '0"="'
    marks = f"${_letter(table.estimated_at)}{row}"
    for f, figure in enumerate(table.layout.figures):
        shown = grid.estimated(figure.column.number_format or grid.GENERAL)
        yield table.figures_at + f, f'MID({marks},{f + 1},1)="1"', shown


def _when(
    book: Book,
    sheet: Worksheet,
    table: _Table,
    columns: tuple[int, int],
    condition: str,
    **look: object,
) -> None:
    rule = {
        "type": "formula",
        "criteria": f"={condition}",
        "format": book.workbook.add_format(look),
    }
    sheet.conditional_format(table.first, columns[0], table.last, columns[1], rule)


def _print_one_page(sheet: Worksheet, table: _Table) -> None:
    for column in range(table.place_at, table.estimated_at + 1):
        sheet.set_column(column, column, table.columns[column].width, None, {"hidden": True})
    top = table.layout.shortlist.config.outputs.top
    rows = min(table.layout.can_be_ranked, max(_PRINTED_ROWS, top))
    sheet.print_area(0, 0, table.top + rows, table.place_at - 1)
    sheet.fit_to_pages(1, 1)


def _head_lines(shortlist: Shortlist) -> list[tuple[tuple[str, str], ...]]:
    """Return the lines between title and table, each a few labels with their texts."""
    given = dict(view.header(shortlist))
    given["Areas"] = textwrap.shorten(given["Areas"], 120, placeholder=" ... (all: see Method)")
    given["Shaded"] = f"the shortlist, the first {shortlist.config.outputs.top}"
    given["Groups"] = "mean of the group's criteria, 0 to 100"
    given[ESTIMATED] = "rests on withheld figures, estimated"
    given[facts.HELD] = "holds for the original weights"
    labels = (
        ("Region", "Areas"),
        ("Benchmark", "Ownership", "Location quotient's base", "Period"),
        ("Jobs in the region", "Share of jobs that is estimated", "Mean range of withheld jobs"),
        ("Shaded", "Groups", ESTIMATED, facts.HELD),
    )
    return [tuple((label, given[label]) for label in line if given.get(label)) for line in labels]


def book_title(shortlist: Shortlist) -> str:
    """Return ``Sector shortlist: Central Ohio``."""
    region = plain(shortlist.ranking.indicators.panel.region_name)
    return f"Sector shortlist: {region}"


def _write_head(book: Book, sheet: Worksheet, shortlist: Shortlist) -> int:
    """Write title, banner, header lines and notice; return the first free row below."""
    sheet.set_row(0, 26)
    title_look = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, 0, book_title(shortlist), title_look)
    row = 1
    if shortlist.synthetic:
        sheet.set_row(row, 20)
        look = book.format(bold=True, font_size=12, font_color=grid.BANNER, valign="vcenter")
        grid.put(sheet, row, 0, view.SYNTHETIC_BANNER, look)
        row += 1
    bold, plain_look = book.format(bold=True, font_color=grid.INK), book.format()
    for line in _head_lines(shortlist):
        parts: list[object] = []
        for label, text in line:
            parts += [bold, f"{label}: ", plain_look, f"{text[:_LONGEST_FACT]}      "]
        sheet.write_rich_string(row, 0, *parts, plain_look)
        row += 1
    weights.put_notice(book, sheet, row)
    return _head_rows(shortlist)


def _head_rows(shortlist: Shortlist) -> int:
    """Return how many rows stand above the table: title, banner, lines, notice, a blank one."""
    return 1 + int(shortlist.synthetic) + len(_head_lines(shortlist)) + 2
