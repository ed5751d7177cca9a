"""Sheet *Weights*: the cells that may be changed, what they come to, and the scales."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sectorscan.reports import method, view
from sectorscan.reports.sheets import grid, names, scales
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Book, Cell, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.sheets.weighing import typed
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NOTICE = (
    "Weights were changed (sheet Weights). Scores and ranks follow them; chances, tiers, "
    "sentences, score ranges and likely ranks still hold for the original weights."
)
NOTHING = "All weights are zero, so nothing is ranked. Sheet Weights says what to do."
_AS_GIVEN = "These are the original weights: every sheet holds for them."
_CHANGED = (
    "Changed. Scores, ranks and sheet Shortlist follow. To go back, copy the original weights over "
    "the yellow cells."
)
_ALL_ZERO = (
    "All weights are zero: give at least one group, and one indicator in it, a weight above 0."
)
_NOT_A_WEIGHT = "A yellow cell isn't a number of 0 or more. It counts as 0."
_HOW = (
    "Change a yellow cell: any number of 0 or more, only the proportions count. Everything in this "
    "workbook that depends on weights is then computed anew."
)
_WIDTHS = (26.0, 46.0, 12.0, 14.0, 18.0, 18.0, 12.0)
_SHARE = "0.0%"


def write(book: Book, layout: Layout) -> None:
    """Write the sheet and name the cells that may be changed."""
    sheet = book.sheet(at.WEIGHTS)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _head(book, sheet, layout)
    _groups(book, sheet, layout)
    _criteria(book, sheet, layout)
    _scales(book, sheet, layout)
    sheet.freeze_panes(at.NOTICE_ROW + 1, 0)
    sheet.set_h_pagebreaks([layout.scales_top - 1])
    names.define(book, _names(layout))


def _names(layout: Layout) -> list[tuple[str, str]]:
    groups = [
        (f"weight_group_{group.id}", f"{at.WEIGHTS}!$C${layout.group_row(g) + 1}")
        for g, group in enumerate(layout.groups)
    ]
    criteria = [
        (f"weight_{criterion.id}", f"{at.WEIGHTS}!$C${layout.criterion_row(c) + 1}")
        for c, criterion in enumerate(layout.criteria)
    ]
    return [*groups, *criteria]


def effective(layout: Layout, criterion: int) -> str:
    """Return the cell of a criterion's effective weight, for other sheets."""
    return f"{at.WEIGHTS}!$E${layout.criterion_row(criterion) + 1}"


def put_notice(book: Book, sheet: Worksheet, row: int) -> None:
    """Say on any sheet what no longer holds once weights are changed; nothing before."""
    look = book.format(bold=True, font_color=grid.BANNER)
    grid.put(sheet, row, 0, Formula(at.notice(), ""), look)


def _head(book: Book, sheet: Worksheet, layout: Layout) -> None:
    sheet.set_row(0, 26)
    title = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, 0, "Weights", title)
    grid.put(sheet, 1, 0, _HOW, book.format())
    loud = book.format(bold=True, font_color=grid.BANNER)
    first, last = layout.criterion_row(0) + 1, layout.criterion_row(len(layout.criteria) - 1) + 1
    total = f"SUM(E{first}:E{last})=0"
    cells = [_inputs(layout, table) for table in ("groups", "criteria")]
    count = len(layout.groups) + len(layout.criteria)
    right = "+".join(f'COUNTIF({cell},">=0")' for cell in cells)
    changed = f"SUMPRODUCT(--(ABS(E{first}:E{last}-F{first}:F{last})>1E-9))>0"
    message = (
        f'IF({total},"{_ALL_ZERO}",IF({right}<{count},"{_NOT_A_WEIGHT}",'
        f'IF({changed},"{_CHANGED}","{_AS_GIVEN}")))'
    )
    said = book.format(bold=True, font_color=grid.INK)
    grid.put(sheet, at.MESSAGE_ROW, 0, Formula(message, _AS_GIVEN), said)
    notice = f'IF({total},"{NOTHING}",IF({changed},"{NOTICE}",""))'
    grid.put(sheet, at.NOTICE_ROW, 0, Formula(notice, ""), loud)


def _inputs(layout: Layout, table: str) -> str:
    if table == "groups":
        rows = (layout.group_row(0), layout.group_row(len(layout.groups) - 1))
    else:
        rows = (layout.criterion_row(0), layout.criterion_row(len(layout.criteria) - 1))
    return f"C{rows[0] + 1}:C{rows[1] + 1}"


def _groups(book: Book, sheet: Worksheet, layout: Layout) -> None:
    heading(book, sheet, at.GROUPS_TOP - 1, "Groups")
    columns = (
        *_columns("Group", "What it holds", "Share of the score", "Original share"),
        Column("Counts as", _WIDTHS[6], "General"),
    )
    weights, given = [group.weight for group in layout.groups], _group_shares(layout)
    first, last = layout.group_row(0) + 1, layout.group_row(len(layout.groups) - 1) + 1
    total = f"SUM($G${first}:$G${last})"
    rows: list[list[Value]] = []
    counts = []
    for g, group in enumerate(layout.groups):
        row, inside = layout.group_row(g) + 1, _sum_inside(layout, g)
        labels = [view.label_of(layout.shortlist, c.id) for c in layout.of(group)]
        # A group whose criteria all weigh 0 has nothing to give its weight to.
        counts.append(group.weight if given[g] else 0.0)
        rows.append(
            [group.title, "; ".join(labels), weights[g], weights[g],
             Formula(f"IF({total}>0,G{row}/{total},0)", given[g]), given[g],
             Formula(f"IF({inside}>0,MAX(0,N(C{row})),0)", counts[g])]
        )  # fmt: skip
    below = grid.write_table(book, sheet, at.GROUPS_TOP, columns, rows, widths=False)
    _inputs_look(book, sheet, at.GROUPS_TOP + 1, weights)
    sums = {"C": weights, "D": weights, "E": given, "F": given, "G": counts}
    _sums(book, sheet, at.GROUPS_TOP + 1, below, sums)


def _criteria(book: Book, sheet: Worksheet, layout: Layout) -> None:
    top = layout.criteria_top
    heading(book, sheet, top - 1, "Inside the groups")
    columns = _columns("Group", "Indicator", "Effective weight", "Original effective weight")
    rows: list[list[Value]] = []
    weights = _inside(layout)
    for g, group in enumerate(layout.groups):
        for c in range(group.first, group.first + group.count):
            criterion, row = layout.criteria[c], layout.criterion_row(c) + 1
            inside = _sum_inside(layout, g)
            share = f"IF({inside}>0,E{layout.group_row(g) + 1}*MAX(0,N(C{row}))/{inside},0)"
            rows.append(
                [group.title, view.label_of(layout.shortlist, criterion.id), weights[c],
                 weights[c], Formula(share, criterion.weight), criterion.weight]
            )  # fmt: skip
    below = grid.write_table(book, sheet, top, columns, rows, widths=False)
    _inputs_look(book, sheet, top + 1, weights)
    shares = [criterion.weight for criterion in layout.criteria]
    _sums(book, sheet, top + 1, below, {"E": shares, "F": shares})


def _columns(first: str, second: str, share: str, original: str) -> tuple[Column, ...]:
    return (
        Column(first, _WIDTHS[0], wrap=True, bold=True),
        Column(second, _WIDTHS[1], wrap=True),
        Column("Weight", _WIDTHS[2], "General"),
        Column("Original weight", _WIDTHS[3], "General"),
        Column(share, _WIDTHS[4], _SHARE),
        Column(original, _WIDTHS[5], _SHARE),
    )


def _inside(layout: Layout) -> list[float]:
    """Return each criterion's weight inside its group, as the config has it."""
    config = layout.shortlist.config.criteria
    return [config[c.group].indicators[c.id].weight for c in layout.criteria]


def _group_shares(layout: Layout) -> list[float]:
    weights = [criterion.weight for criterion in layout.criteria]
    return [math.fsum(weights[g.first : g.first + g.count]) for g in layout.groups]


def _sum_inside(layout: Layout, group: int) -> str:
    one = layout.groups[group]
    first = layout.criterion_row(one.first) + 1
    return f'SUMIF($C${first}:$C${first + one.count - 1},">0")'


def _inputs_look(book: Book, sheet: Worksheet, first: int, weights: Sequence[float]) -> None:
    """Write the cells that may be changed: yellow, not locked, and checked."""
    look = typed(book, align="right", bold=True)
    for place, weight in enumerate(weights):
        grid.put(sheet, first + place, 2, weight, look)
    checked = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "ignore_blank": False,
        "input_title": "Weight",
        "input_message": "Any number of 0 or more; only the proportions count.",
        "error_title": "Not a weight",
        "error_message": "A weight is a number of 0 or more.",
    }
    sheet.data_validation(first, 2, first + len(weights) - 1, 2, checked)


def _sums(
    book: Book, sheet: Worksheet, first: int, below: int, columns: Mapping[str, Sequence[float]]
) -> None:
    grid.put(sheet, below, 0, "Sum", book.format(bold=True, align="left", indent=1))
    for letter, values in columns.items():
        shown = _SHARE if letter in "EF" else "General"
        look = book.format(bold=True, align="right", num_format=shown)
        formula = Formula(f"SUM({letter}{first + 1}:{letter}{below})", math.fsum(values))
        grid.put(sheet, below, ord(letter) - ord("A"), formula, look)


def heading(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    """Write the heading of a table."""
    grid.put(sheet, row, 0, text, book.format(bold=True, font_size=13, font_color=grid.INK))


def _scales(book: Book, sheet: Worksheet, layout: Layout) -> None:
    top = layout.scales_top
    heading(book, sheet, top - 1, "Scales: from a value to 0 to 100")
    columns = (
        Column("Unit", _WIDTHS[0], wrap=True),
        Column("Indicator", _WIDTHS[1], wrap=True, bold=True),
        Column("Value", _WIDTHS[2], "General"),
        Column("Score there, 0 to 100", _WIDTHS[3], "General"),
        Column("Looked up (log10 where so scaled)", _WIDTHS[4], "0.0####"),
        Column("Points for each 1 more", _WIDTHS[5], "0.0##"),
    )
    tables = scales.tables(layout)
    rows: list[list[Value]] = []
    for c, criterion in enumerate(layout.criteria):
        label = view.label_of(layout.shortlist, criterion.id)
        unit = plain(view.unit_of(layout.shortlist, criterion.id))
        if criterion.scale.method != "points":
            rows.append([unit, f"{label}: {method.scale_text(criterion)}", *(None,) * 4])
            continue
        for point in scales.table(criterion.scale, tables[c]):
            first = point.value is None
            rows.append(
                [unit if first else None, label if first else None,
                 Cell("below") if first else point.value,
                 point.score, Cell(point.looked_up, '"below";"below"' if first else None),
                 point.slope]
            )  # fmt: skip
    grid.write_table(book, sheet, top, columns, rows, widths=False)
