"""The parts of a weights sheet in which numbers are typed: 100 points, and swings."""

from __future__ import annotations

from sectorscan.reports.sheets.grid import SHADE
from sectorscan.reports.sheets.weighing import (
    FIRST,
    OPEN,
    UNIT,
    Block,
    Sheet,
    at,
    between,
    check_row,
    color,
    table,
    write_shares,
)


def points(sheet: Sheet, block: Block) -> None:
    """Write a block in which 100 points are shared out."""
    first, last = table(sheet, block)
    if len(block.parts) == 1:
        write_shares(sheet, block, first, ["1"])
        sheet.row += 2
        return
    cells = between(first, last, sheet.answer)
    sheet.sheet.data_validation(
        first, sheet.answer, last, sheet.answer,
        {"validate": "decimal", "criteria": ">=", "value": 0, "input_title": "Points",
         "input_message": "0 or more; together with the others 100. Blank counts as 0.",
         "error_title": "Points", "error_message": "Type a number of 0 or more."},
    )  # fmt: skip
    total = f"SUM({cells})"
    inside = [
        f'IF({total}=0,"{OPEN}",{at(first + place, sheet.answer)}/{total})'
        for place in range(len(block.parts))
    ]
    write_shares(sheet, block, first, inside)
    left = f"ROUND(100-{total},2)"
    message = (
        f'=IF(ABS({left})<=0.1,"Adds up to 100.",'
        f'IF({left}>0,"Must be 100: give out "&{left}&" more.",'
        f'"Must be 100: take back "&-{left}&"."))'
    )
    check_row(sheet, "Sum", message, "Must be 100: give out 100 more.")
    sheet.formula(sheet.answer, f"={total}", 0, num_format="0.###", bold=True, align="center",
                  valign="vcenter", bg_color=SHADE)  # fmt: skip
    color(sheet, sheet.answer, f"ABS({left})<=0.1", f"AND(ABS({left})>0.1,{total}>0)")
    sheet.row += 2


def swing(sheet: Sheet, block: Block) -> None:
    """Write a block in which moves from worst to best are compared with the greatest one."""
    first, last = table(sheet, block)
    if len(block.parts) == 1:
        write_shares(sheet, block, first, ["1"])
        sheet.row += 2
        return
    number = len(block.parts)
    cells = between(first, last, sheet.answer)
    for column, most, kind, told in (
        (FIRST, number, "integer", f"1 for the move that you would make first, up to {number}."),
        (sheet.answer, 100, "decimal", "100 for the first; the others next to it, down to 0."),
    ):
        sheet.sheet.data_validation(
            first, column, last, column,
            {"validate": kind, "criteria": "between", "minimum": 1 if column == FIRST else 0,
             "maximum": most, "input_title": sheet.titles[column - FIRST],
             "input_message": told, "error_title": sheet.titles[column - FIRST],
             "error_message": f"Type a number up to {most}."},
        )  # fmt: skip
    inside = [
        f'IF(OR(COUNT({cells})<{number},SUM({cells})=0),"{OPEN}",{at(first + place, sheet.answer)}/'
        f"SUM({cells}))"
        for place in range(number)
    ]
    write_shares(sheet, block, first, inside)
    left = f"({number}-COUNT({cells}))"
    message = (
        f'=IF({left}>0,"Still to answer: "&{left}&".",IF(MAX({cells})=100,"Complete.",'
        '"The first one must be worth 100."))'
    )
    check_row(sheet, "Check", message, f"Still to answer: {number}.")
    done = f"AND({left}=0,MAX({cells})=100)"
    color(sheet, UNIT, done, f"AND({left}=0,MAX({cells})<>100)")
    sheet.row += 2
