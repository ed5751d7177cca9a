"""Sheet *Scores*: from each value to 0-100 to points of the score, all in formulas.

To the right stand the steps between, and what sheet Shortlist looks up; below, what scales need.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sectorscan.reports import view
from sectorscan.reports.sheets import formulas, grid, indicators, names, scales, score_heads
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Cell, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.tables.model import FloatArray

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PAGE_CHARACTERS = 170.0
"""What a landscape page holds across before it is hard to read."""


def write(book: Book, layout: Layout) -> None:
    """Write the sheet, and name each sector's score and rank."""
    sheet = book.sheet(at.SCORES)
    writer = _Scores(layout)
    score_heads.above(book, sheet, layout)
    columns = [column for _, column in writer.columns()]
    rows = (writer.row(place) for place in range(len(layout.candidates)))
    grid.write_table(book, sheet, at.TITLE_ROW, columns, rows)
    score_heads.below(book, sheet, layout)
    _set_up(sheet, layout, columns)
    names.define(book, _names(layout))


def _names(layout: Layout) -> Iterator[tuple[str, str]]:
    for block in ("score", "rank"):
        for place, candidate in enumerate(layout.candidates):
            cell = layout.cell(block, layout.row_of(place), fixed="row col")
            yield f"{block}_{view.verbatim_id(layout.shortlist, candidate)}", at.on(at.SCORES, cell)


def _set_up(sheet: Worksheet, layout: Layout, columns: list[Column]) -> None:
    sheet.freeze_panes(at.FIRST_ROW, layout.column("sector") + 1)
    sheet.repeat_rows(at.BLOCK_ROW, at.TITLE_ROW)
    sheet.repeat_columns(0, layout.column("sector"))
    first_step, first_fact = layout.column("number"), layout.column("estimated")
    printed = sum(column.width for column in columns[:first_step])
    sheet.fit_to_pages(max(1, math.ceil(printed / _PAGE_CHARACTERS)), 0)
    # Without the title: columns that are repeated would cut it off on every page but the first.
    sheet.print_area(at.BLOCK_ROW, 0, layout.foot(len(at.FOOT) - 1), first_step - 1)
    for c, column in enumerate(columns):
        if c >= first_fact:
            sheet.set_column(c, c, column.width, None, {"level": 1, "hidden": True})
        elif c >= first_step:
            sheet.set_column(c, c, column.width, None, {"level": 1})
    sheet.set_column(len(columns), len(columns), None, None, {"collapsed": True})


class _Scores:
    """The columns of the sheet and the cells of each row."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.worked = layout.worked
        self.tables = scales.tables(layout)
        self.references = {c: scales.reference(layout, c) for c in layout.moving}
        candidates = layout.candidates
        ids = [view.verbatim_id(layout.shortlist, candidate) for candidate in candidates]
        self.by_id = {sector: place for place, sector in enumerate(sorted(ids), start=1)}
        self.ids = ids
        ranked = [c for c in candidates if c.rank is not None]
        self.scores = sorted((float(layout.ranking.score[c.index]) for c in ranked), reverse=True)
        self.ranks = [c.rank for c in ranked]

    def columns(self) -> Iterator[tuple[str, Column]]:
        """Yield block and column, in the layout's order."""
        layout = self.layout
        for block, width in layout.widths.items():
            for place in range(width):
                yield block, self._column(block, place)

    def _column(self, block: str, place: int) -> Column:
        layout = self.layout
        if block in _SINGLE:
            return _SINGLE[block]
        if block in {"value", "scaled", "contribution", "term"}:
            criterion = layout.criteria[place].id
            label = view.label_of(layout.shortlist, criterion)
            unit = view.unit_of(layout.shortlist, criterion)
            if block == "value":
                return Column(f"{label}, {unit}".rstrip(", "), 15,
                              grid.number_format(criterion, unit))  # fmt: skip
            return Column(label, 15, "0.0000" if block == "term" else grid.ONE_DECIMAL)
        if block == "reference":
            criterion = layout.criteria[layout.moving[place]].id
            return Column(view.label_of(layout.shortlist, criterion), 14, grid.GENERAL)
        if block == "group":
            return Column(layout.groups[place].title, 11, grid.ONE_DECIMAL)
        # Not wrapped, or the rows would be as high as these hidden texts.
        return replace((*layout.figures, *layout.words)[place].column, wrap=False)

    def row(self, place: int) -> list[Value]:
        """Return a sector's cells."""
        cells: list[Value] = []
        for block, width in self.layout.widths.items():
            cells.extend(self._cell(block, place, at_) for at_ in range(width))
        return cells

    def _cell(self, block: str, place: int, c: int) -> Value:
        layout, row = self.layout, self.layout.row_of(place)
        s = layout.candidates[place].index
        if block in _TEXT_OF:
            return Formula(_TEXT_OF[block](layout, row), self._stored(block, place, s))
        if block in _FIXED:
            return _FIXED[block](self, place, s)
        return {
            "value": self._value,
            "scaled": self._scaled,
            "contribution": self._contribution,
            "term": self._term,
            "reference": self._reference,
            "group": self._group,
            "fact": self._fact,
        }[block](place, s, c, row)

    def _stored(self, block: str, place: int, s: int) -> float | str | None:
        ranking, worked = self.layout.ranking, self.worked
        candidate = self.layout.candidates[place]
        taking_part = candidate.rank is not None
        stored: dict[str, Callable[[], float | str | None]] = {
            "rank": lambda: candidate.rank,
            "score": lambda: float(ranking.score[s]),
            "coverage": lambda: float(ranking.coverage[s]),
            "status": lambda: formulas.STATUS[ranking.exclusion[s]],
            "passing": lambda: float(worked.passing[s]),
            "divisor": lambda: float(worked.divisor[s]),
            "filled": lambda: float(worked.filled[s]),
            "log_score": lambda: float(worked.log_score[s]),
            "ranked": lambda: float(ranking.score[s]) if taking_part else None,
            "key": lambda: self._key(place),
            "place": lambda: place + 1 if taking_part else None,
            "descending": lambda: self.scores[place] if place < len(self.scores) else None,
            "tied_rank": lambda: self.ranks[place] if place < len(self.ranks) else None,
        }
        return stored[block]()

    def _key(self, place: int) -> float | None:
        rank, step = self.layout.candidates[place].rank, len(self.layout.candidates) + 1
        return None if rank is None else rank * step + self.by_id[self.ids[place]]

    def _value(self, place: int, s: int, c: int, row: int) -> Value:
        layout = self.layout
        value = float(layout.matrix.value[s, c])
        if layout.criteria[c].id not in layout.ranking.indicators.ids:
            return grid.DASH
        key = (
            f"{layout.cell('number', row, fixed='col')}*{layout.key_step}"
            f"+{layout.cell('value', layout.foot(at.INDICATOR), c, fixed='row')}"
        )
        table = layout.ranking.indicators
        estimated = table.status[s, table.ids.index(layout.criteria[c].id)] == "estimated"
        formula = Formula(indicators.looked_up(layout, key), value)
        shown = self._column("value", c).number_format or grid.GENERAL
        return Cell(formula, grid.estimated(shown)) if estimated else formula

    def _scaled(self, place: int, s: int, c: int, row: int) -> Value:
        text = scales.scaled(self.layout, c, row, self.tables[c])
        return Formula(text, float(self.layout.ranking.scaled[s, c]))

    def _contribution(self, place: int, s: int, c: int, row: int) -> Value:
        text = formulas.contribution(self.layout, row, c)
        return Formula(text, float(self.layout.ranking.contribution[s, c]))

    def _term(self, place: int, s: int, c: int, row: int) -> Value:
        return Formula(formulas.term(self.layout, row, c), float(self.worked.term[s, c]))

    def _reference(self, place: int, s: int, at_: int, row: int) -> Value:
        c = self.layout.moving[at_]
        value = self.layout.cell("value", row, c)
        text = formulas.reference(self.layout, row, value, scales.oriented(self.layout, c, value))
        return Formula(text, float(self.references[c][s]))

    def _group(self, place: int, s: int, g: int, row: int) -> Value:
        text = formulas.group_score(self.layout, row, self.layout.groups[g])
        return Formula(text, float(self.layout.group_scores[g][s]))

    def _fact(self, place: int, s: int, f: int, row: int) -> Value:
        value = (*self.layout.figures, *self.layout.words)[f].values[place]
        return grid.DASH if value is None else value


def _end(ends: FloatArray, s: int) -> Value:
    return view.number(ends[s])


_FIXED: dict[str, Callable[[_Scores, int, int], Value]] = {
    "sector": lambda of, place, s: of.layout.candidates[place].name,
    "low": lambda of, place, s: _end(of.layout.ranking.score_low, s),
    "high": lambda of, place, s: _end(of.layout.ranking.score_high, s),
    "number": lambda of, place, s: place + 1,
    "gated": lambda of, place, s: float(of.worked.gated[s]),
    "by_id": lambda of, place, s: of.by_id[of.ids[place]],
    "position": lambda of, place, s: place + 1,
    "estimated": lambda of, place, s: "".join(
        str(int(figure.estimated[place])) for figure in of.layout.figures
    ),
}
"""Cells that are no formulas: what doesn't depend on the weights."""

_TEXT_OF: dict[str, Callable[[Layout, int], str]] = {
    "rank": formulas.rank,
    "score": formulas.score,
    "coverage": formulas.coverage,
    "status": formulas.status,
    "filled": formulas.filled,
    "passing": formulas.passing,
    "divisor": formulas.divisor,
    "log_score": formulas.log_score,
    "ranked": formulas.ranked,
    "key": formulas.key,
    "place": formulas.place,
    "descending": formulas.descending,
    "tied_rank": formulas.tied_rank,
}

_SINGLE = {
    "rank": Column("Rank", 6, grid.PLACE, bold=True),
    "sector": Column("Sector", 44, wrap=True, bold=True),
    "score": Column("Score, 0 to 100", 10, grid.ONE_DECIMAL, bold=True),
    "low": Column("Score, low †", 9, grid.ONE_DECIMAL),
    "high": Column("Score, high †", 9, grid.ONE_DECIMAL),
    "coverage": Column("Weight known, %", 8, grid.PERCENT),
    "status": Column("Is it ranked", 18),
    "filled": Column("Of missing figures", 9, grid.ONE_DECIMAL),
    "number": Column("Row's number", 9, grid.PLACE),
    "gated": Column("A gate keeps it out", 9, grid.PLACE),
    "passing": Column("Past gates, enough known", 10, grid.PLACE),
    "divisor": Column("Weights divided by", 9, "0.000"),
    "log_score": Column("Logarithm of the score", 10, "0.0000"),
    "ranked": Column("Score that is ranked", 9, grid.ONE_DECIMAL),
    "by_id": Column("Place by code", 8, grid.PLACE),
    "key": Column("Rank, then code", 9, grid.PLACE),
    "place": Column("Place in the list", 9, grid.PLACE),
    "position": Column("k", 6, grid.PLACE),
    "descending": Column("k-th score", 9, grid.ONE_DECIMAL),
    "tied_rank": Column("Its rank", 8, grid.PLACE),
    "estimated": Column("Figures that are estimated", 12),
}
