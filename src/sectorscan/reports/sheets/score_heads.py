"""What stands above and below the sectors on sheet *Scores*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sectorscan.reports.sheets import grid, scales, weights
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Formula
from sectorscan.reports.sheets.layout import Layout

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE = "Scores: from each value to points of the score"
_HOW = (
    "Value, put on a scale of 0 to 100, times weight: every step is a formula. Rows stand in the "
    "order of the original weights; the rank beside them is that of the present ones."
)
_BLOCK_NAMES = {
    "value": "Value",
    "scaled": "On its scale, 0 to 100",
    "contribution": "Contribution to the score, points",
    "group": "Mean of the group, 0 to 100",
    "number": "How ranks come about",
    "position": "Ties: scores within 0.000000001 of their group's first share its rank",
    "reference": "Values that set a scale (a minus where less is better)",
    "term": "Weight times ln(1 + 0.99 times the scaled value)",
    "estimated": "What sheet Shortlist shows",
}


def above(book: Book, sheet: Worksheet, layout: Layout) -> None:
    """Write title, notice, names of blocks and groups, and the effective weights."""
    sheet.set_row(0, 26)
    look = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, 0, _TITLE, look)
    grid.put(sheet, 1, 0, f"{_HOW} † holds for the original weights.", book.format())
    weights.put_notice(book, sheet, 2)
    strong = book.format(bold=True, font_size=12, font_color=grid.INK)
    for block, text in _BLOCK_NAMES.items():
        if layout.widths[block]:
            grid.put(sheet, at.BLOCK_ROW, layout.column(block), text, strong)
    _weights(book, sheet, layout)


def _weights(book: Book, sheet: Worksheet, layout: Layout) -> None:
    """Write the groups' names and the effective weights above the 0-100 values."""
    small = book.format(font_color=grid.INK, italic=True, align="right")
    share = book.format(align="right", num_format="0.0%", bold=True)
    grid.put(sheet, at.GROUP_ROW, layout.column("sector"), "Group", book.format(italic=True))
    grid.put(sheet, at.WEIGHT_ROW, layout.column("sector"), "Effective weight", book.format())
    for group in layout.groups:
        for block in ("value", "scaled", "contribution"):
            for place in range(group.first, group.first + group.count):
                column = layout.column(block, place)
                grid.put(sheet, at.GROUP_ROW, column, group.title, small)
    for place, criterion in enumerate(layout.criteria):
        formula = Formula(weights.effective(layout, place), criterion.weight)
        grid.put(sheet, at.WEIGHT_ROW, layout.column("scaled", place), formula, share)


def below(book: Book, sheet: Worksheet, layout: Layout) -> None:
    """Write what the formulas above need beside the sectors' own figures."""
    text, general = book.format(italic=True), book.format(align="right", num_format=grid.GENERAL)
    share = book.format(align="right", num_format="0.0%")
    whole = book.format(align="right", num_format="0")
    used = at.FOOT if layout.moving else at.FOOT[: at.COUNT]
    for which, label in enumerate(used):
        grid.put(sheet, layout.foot(which), layout.column("sector"), label, text)
    ids = layout.ranking.indicators.ids
    for place, criterion in enumerate(layout.criteria):
        number = ids.index(criterion.id) + 1 if criterion.id in ids else None
        grid.put(sheet, layout.foot(at.INDICATOR), layout.column("value", place), number, whole)
        weight = layout.cell("scaled", at.WEIGHT_ROW, place)
        counted = criterion.weight if layout.worked.playing[place] else 0.0
        formula = Formula(f"IF(COUNT({layout.down('value', place)})>0,{weight},0)", counted)
        grid.put(sheet, layout.foot(at.IN_PLAY), layout.column("scaled", place), formula, share)
    for at_, place in enumerate(layout.moving):
        for which, formula_text, value in scales.summary(layout, place):
            column = layout.column("reference", at_)
            grid.put(sheet, layout.foot(which), column, Formula(formula_text, value), general)
