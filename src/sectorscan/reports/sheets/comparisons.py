"""The part of a weights sheet that compares in pairs, with its consistency ratio worked out live.

The weights are the principal eigenvector by the power method: the matrix times a row of ones, times
what that gives, 20 times over, brought to a sum of 1. SUMPRODUCT and the like are all it takes:
Excel 2010 and LibreOffice work them out alike.
"""

from __future__ import annotations

import itertools

from sectorscan.reports.sheets.grid import INK, RULE
from sectorscan.reports.sheets.weighing import (
    FIRST,
    FULL,
    LABEL,
    LEFT,
    OPEN,
    UNIT,
    ZERO,
    Block,
    Sheet,
    at,
    between,
    check_row,
    color,
    table,
    typed,
    write_shares,
)
from sectorscan.robustness.elicitation import INCONSISTENT, ODD_DECIMALS, RANDOM_INDEX
from sectorscan.sources.weight_forms import ANSWER_TITLES, COMPARED, TITLES

STEPS = 20
WORKINGS = 9
"""The column in which the workings start, right of what is printed."""


def ahp(sheet: Sheet, block: Block, texts: str, times: str) -> None:
    """Write a block, its comparisons and what they come to.

    ``texts`` and ``times`` are the ranges of the list's answers and of what they stand for.
    """
    number = len(block.parts)
    first, _ = table(sheet, block)
    if number == 1:
        write_shares(sheet, block, first, ["1"])
        sheet.row += 2
        return
    pairs = list(itertools.combinations(range(number), 2))
    sheet.row += 1
    top = sheet.row + 1
    _pairs(sheet, block, pairs, texts, times)
    values = between(top, top + len(pairs) - 1, FIRST)
    row, weights, ratio, odd = _workings(sheet, block, pairs, top)
    sheet.row = row
    answered = f"COUNT({values})"
    inside = [f'IF({answered}<{len(pairs)},"{OPEN}",{weight})' for weight in weights]
    write_shares(sheet, block, first, inside)
    left = f"({len(pairs)}-{answered})"
    message = (
        f'=IF({left}>0,"Still to answer: "&{left}&".",IF({ratio}<={INCONSISTENT},'
        f'"Complete, and consistent enough (at most 0.10).","The answers contradict each other '
        f'(more than 0.10). Look first at comparison "&{odd}&"."))'
    )
    check_row(sheet, "Consistency ratio", message, f"Still to answer: {len(pairs)}.")
    sheet.formula(FIRST, f'=IF({left}>0,"{OPEN}",{ratio})', OPEN, num_format="0.00", bold=True,
                  align="center", valign="vcenter")  # fmt: skip
    color(sheet, FIRST, f"AND({left}=0,{ratio}<={INCONSISTENT})",
          f"AND({left}=0,{ratio}>{INCONSISTENT})")  # fmt: skip
    sheet.row += 2


def _pairs(
    sheet: Sheet, block: Block, pairs: list[tuple[int, int]], texts: str, times: str
) -> None:
    """Write the comparisons: left, an answer from the list, right, how many times."""
    sheet.key(*TITLES)
    look = {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "valign": "vcenter"}
    sheet.text(LABEL, "Left", **LEFT, **look)
    sheet.text(UNIT, ANSWER_TITLES["ahp"], align="center", **look)
    sheet.wide(ZERO, FULL, "Right", **LEFT, **look)
    sheet.text(FIRST, "Left counts ... times", align="center", **look)
    sheet.sheet.set_row(sheet.row, 30)
    for number, (i, j) in enumerate(pairs, 1):
        sheet.row += 1
        one, other = block.parts[i], block.parts[j]
        sheet.key("pair", f"{block.kind}:{one.name}", f"{block.kind}:{other.name}")
        plain = {"bottom": 1, "bottom_color": RULE, "valign": "vcenter"}
        sheet.text(LABEL, f"{number}.  {one.label}", **LEFT, **plain)
        sheet.sheet.write_blank(sheet.row, UNIT, None, typed(sheet.book))
        sheet.wide(ZERO, FULL, other.label, **LEFT, **plain)
        answer = at(sheet.row, UNIT)
        sheet.formula(FIRST, f'=IF({answer}="","{OPEN}",INDEX({times},MATCH({answer},{texts},0)))',
                      OPEN,
                      num_format="0.00", align="center", **plain)  # fmt: skip
        sheet.sheet.set_row(sheet.row, 30 if len(one.label) > 38 or len(other.label) > 50 else 18)
    sheet.sheet.data_validation(
        sheet.row - len(pairs) + 1, UNIT, sheet.row, UNIT,
        {"validate": "list", "source": f"={texts}", "input_title": "Choose from the list",
         "input_message": "Which of the two should count more, left or right, and how much more?",
         "error_title": "Choose from the list",
         "error_message": f"Choose one of the {len(COMPARED)} answers of the list."},
    )  # fmt: skip


def _workings(
    sheet: Sheet, block: Block, pairs: list[tuple[int, int]], top: int
) -> tuple[int, list[str], str, str]:
    """Write matrix, steps, weights and ratio; return the row to go on from, and their cells."""
    row, number = sheet.row, len(block.parts)
    small = {"font_color": "#5A6B75", "font_size": 8}
    sheet.row = sheet.working
    sheet.text(WORKINGS, f"Workings (nothing to type): {block.title}", text_wrap=False, **small)
    matrix = sheet.row + 1
    answer = {pair: at(top + place, FIRST) for place, pair in enumerate(pairs)}
    columns = range(WORKINGS, WORKINGS + number)
    for i, j in itertools.product(range(number), repeat=2):
        sheet.row = matrix + i
        if i == j:
            sheet.sheet.write_number(sheet.row, columns[j], 1, sheet.book.format(**small))
            continue
        given = answer[(min(i, j), max(i, j))]
        value = given if i < j else f"1/{given}"
        sheet.formula(columns[j], f"=IF(ISNUMBER({given}),{value},1)", 1, num_format="0.000",
                      **small)  # fmt: skip
    start = matrix + number
    for step in range(STEPS + 2):
        sheet.row = start + step
        for j in range(number):
            if step == 0:
                sheet.sheet.write_number(sheet.row, columns[j], 1, sheet.book.format(**small))
                continue
            line = _across(matrix + j, columns)
            before = _across(sheet.row - 1, columns)
            sheet.formula(columns[j], f"=SUMPRODUCT({line},{before})", float(number**step),
                          num_format="0.00E+00", **small)  # fmt: skip
    last = _across(sheet.row, columns)
    value = f"SUM({last})/SUM({_across(sheet.row - 1, columns)})"
    sheet.row += 1
    for column in columns:
        sheet.formula(column, f"={at(sheet.row - 1, column)}/SUM({last})", 1 / number,
                      num_format="0.0000", **small)  # fmt: skip
    weights = [at(sheet.row, column) for column in columns]
    sheet.row += 1
    index = RANDOM_INDEX[number - 1]
    ratio = f"MAX(0,({value}-{number})/{number - 1}/{index})" if index else "0"
    sheet.formula(columns[0], f"={ratio}", 0, num_format="0.0000", **small)
    ratio = at(sheet.row, columns[0])
    for place, (i, j) in enumerate(pairs):
        sheet.row += 1
        formula = f"=IF(ISNUMBER({answer[(i, j)]}),ROUND(ABS(LN({answer[(i, j)]}*{weights[j]}/"
        sheet.formula(
            columns[0],
            f"{formula}{weights[i]})),{ODD_DECIMALS}),0)",
            0,
            num_format="0.0000",
            **small,
        )
        if place == 0:
            off = sheet.row
    offs = between(off, sheet.row, columns[0])
    sheet.working = sheet.row + 2
    return row, weights, ratio, f"MATCH(MAX({offs}),{offs},0)"


def _across(row: int, columns: range) -> str:
    return f"{at(row, columns[0])}:{at(row, columns[-1])}"
