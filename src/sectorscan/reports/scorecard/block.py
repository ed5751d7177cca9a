"""One question on a sector's sheet: its levels' sentences, and beside them the raters' cells.

Where more raters than sentences have a row, the sentences are written again beside them, so that
each level is explained where it is chosen.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from sectorscan.config.scorecard import LEVELS, QuestionConfig
from sectorscan.readiness import cells, layout
from sectorscan.readiness.model import Rating
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.frame import (
    DATE,
    EVIDENCE,
    LEVEL,
    NAME,
    NUMBER,
    RIGHT,
    TEXT,
    WIDTHS,
    SectorSheet,
    cell,
)
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

PAGE_POINTS = 640.0
"""What a printed page holds, at the scale that makes the columns fit."""
BETWEEN = 16.0
LEAST_ROW = 30.0
"""Two lines: room to write evidence by hand."""
UNKNOWN_MEANS = (
    "You don't know, and found nobody to ask. This is not 0: the question then counts neither for "
    "nor against the sector."
)


HEAD = 4
"""A block's rows above the levels: band, question, whom to ask, titles."""
SENTENCES = len(LEVELS) + 1


def block_rows(one: SectorSheet) -> int:
    """Return a block's rows: its head, the levels as often as raters need them, a gap."""
    return HEAD + SENTENCES * _times(one) + 1


def _times(one: SectorSheet) -> int:
    """Return how often the levels stand below each other, so that every rater has them beside."""
    return max(1, math.ceil(one.raters / SENTENCES))


def write_block(one: SectorSheet, n: int, question: str, asked: QuestionConfig) -> None:
    """Write a question's block from the next free row on, on a new page where it needs one."""
    book, sheet, top = one.book, one.sheet, one.row
    tall = _block_height(one, asked)
    if tall <= PAGE_POINTS < one.used + tall:
        one.breaks.append(top)
        one.used = 0.0
    band = {"bold": True, "font_size": 12, "font_color": "#FFFFFF", "bg_color": grid.INK,
            "valign": "vcenter"}  # fmt: skip
    for column in range(NUMBER, DATE + 1):
        grid.put(sheet, top, column, None, book.format(**band))
    grid.put(sheet, top, NUMBER, n, book.format(**band, align="center", num_format="0"))
    grid.put(sheet, top, TEXT, plain(asked.title), book.format(**band))
    one.set_height(20)
    soft = {"text_wrap": True, "bg_color": looks.SOFT, "valign": "vcenter"}
    asked_look = book.format(**soft, bold=True, font_size=11, indent=1)
    sheet.merge_range(one.row, NUMBER, one.row + 1, TEXT, "", asked_look)
    grid.put(sheet, one.row, NUMBER, plain(asked.question), asked_look)
    for text in _beside(asked):
        tall = looks.prose(book, sheet, one.row, (NAME, DATE), text, RIGHT, **soft)
        one.set_height(max(tall, 19.0))
    _write_titles(one, n)
    _write_levels(one, question, asked)


def _beside(asked: QuestionConfig) -> tuple[str, str]:
    """Return what stands beside the question."""
    return (
        f"What counts as evidence: {plain(asked.evidence)}",
        f"Whom to ask: {plain(asked.ask)}",
    )


def _block_height(one: SectorSheet, asked: QuestionConfig) -> float:
    head = 20 + sum(max(looks.height(text, RIGHT), 19.0) for text in _beside(asked)) + 17
    texts = (*asked.texts, UNKNOWN_MEANS)
    levels = sum(max(looks.height(text, WIDTHS[TEXT]), LEAST_ROW) for text in texts)
    return head + levels * _times(one) + BETWEEN


def _write_titles(one: SectorSheet, n: int) -> None:
    looks.put_mark(one.book, one.sheet, one.row, layout.mark(layout.COLUMNS, n))
    titles = {NUMBER: layout.NUMBER, TEXT: layout.MEANING, LEVEL: layout.LEVEL,
              EVIDENCE: layout.EVIDENCE, NAME: layout.NAME, DATE: layout.DATE}  # fmt: skip
    for column, title in titles.items():
        align = "center" if column in (NUMBER, LEVEL) else "left"
        look = one.book.format(bold=True, bottom=2, bottom_color=grid.INK, align=align)
        grid.put(one.sheet, one.row, column, title, look)
    one.set_height(17)


def _write_levels(one: SectorSheet, question: str, asked: QuestionConfig) -> None:
    """Write the levels' sentences, and beside them the raters' cells."""
    book, sheet = one.book, one.sheet
    meanings: list[tuple[Any, str]] = [*zip(LEVELS, map(plain, asked.texts), strict=True),
                                       (layout.UNKNOWN, UNKNOWN_MEANS)]  # fmt: skip
    rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
    strong = {"bold": True, "align": "center", "num_format": "0", "font_color": grid.INK}
    for place, (level, text) in enumerate(meanings * _times(one)):
        size = {"font_size": 14} if level != layout.UNKNOWN else {"italic": True}
        grid.put(sheet, one.row, NUMBER, level, book.format(**rule, **strong, **size))
        tall = looks.prose(book, sheet, one.row, (TEXT, TEXT), text, WIDTHS[TEXT], **rule)
        if place < one.raters:
            _write_fields(one, question, asked, place)
        one.set_height(max(tall, LEAST_ROW))
    one.set_height(BETWEEN)


def _write_fields(one: SectorSheet, question: str, asked: QuestionConfig, place: int) -> None:
    book, sheet, row = one.book, one.sheet, one.row
    looks.put_mark(book, sheet, row, layout.mark(layout.RATING, place + 1, question))
    said = one.blank.said(one.of.sector, question, place)
    level = None if said is None else layout.UNKNOWN if said.level is None else said.level
    grid.put(sheet, row, LEVEL, level, looks.field(book, align="center", bold=True, font_size=14))
    sheet.data_validation(row, LEVEL, row, LEVEL, {
        "validate": "list",
        "source": [*map(str, LEVELS), layout.UNKNOWN],
        "input_title": plain(asked.title)[:32],
        "input_message": "Choose the level whose sentence on the left fits best. Choose unknown "
        "where you don't know: it is not 0.",
        "error_title": "No level",
        "error_message": cells.NO_LEVEL,
    })  # fmt: skip
    evidence = plain(said.evidence) if said else None
    grid.put(sheet, row, EVIDENCE, evidence, looks.field(book, indent=1))
    sheet.data_validation(row, EVIDENCE, row, EVIDENCE, looks.hint(
        layout.EVIDENCE, "What your level rests on: names, dates, documents."))  # fmt: skip
    usual = one.rater_rows[place] + 1
    name = layout.name_formula(looks.start_reference(f"$C${usual}"), place + 1)
    known = plain(one.blank.raters[place]) or layout.nobody(place + 1)
    sheet.write_formula(row, NAME, name, looks.field(book, indent=1), known)
    whose = f"Whose answer this is. Left as it is: the name on sheet {layout.START}."
    sheet.data_validation(row, NAME, row, NAME, looks.hint(layout.NAME, whose))
    _write_date(one, said, looks.start_reference(f"$D${usual}"), one.blank.date(place))
    sheet.data_validation(row, DATE, row, DATE, looks.date_rule(
        f"The day of this answer. Left as it is: the date on sheet {layout.START}."))  # fmt: skip


def _write_date(
    one: SectorSheet, said: Rating | None, usual: str, usual_date: dt.date | None
) -> None:
    """Write the day of an answer: where it is another than on the first sheet, itself."""
    look = looks.field(one.book, num_format=looks.DATES, align="center")
    if said is not None and said.date != usual_date:
        grid.put(one.sheet, one.row, DATE, looks.serial(said.date), look)
        return
    formula = layout.date_formula(cell(one.row, LEVEL), usual)
    one.sheet.write_formula(one.row, DATE, formula, look, looks.serial(said.date) if said else "")
