"""One sector's sheet: an overview with the score, then a block a question.

The levels' sentences stand to the left of the cells in which the level is chosen.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sectorscan.config.scorecard import LEVELS, QuestionConfig
from sectorscan.readiness import layout
from sectorscan.readiness.model import Rating
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.scorecard.overview import (
    DATE,
    EVIDENCE,
    LEFT,
    LEVEL,
    NAME,
    NUMBER,
    RIGHT,
    TEXT,
    WIDTHS,
    SectorSheet,
    cell_of,
    score_cell,
    write_overview,
)
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from sectorscan.reports.sheets.grid import Book

PAGE_POINTS = 640.0
"""What a printed page holds, at the scale that makes the columns fit."""
BETWEEN = 16.0
LEAST_ROW = 30.0
"""Two lines: room to write evidence by hand."""
INTRODUCTION = (
    "For each question: read the sentences on the left, choose on the right the level whose "
    "sentence fits best, and write down what it rests on. Choose unknown where you don't know: "
    "unknown is not 0, it counts neither for nor against the sector. Fill in the yellow cells of "
    "the row with your name."
)
UNKNOWN_MEANS = (
    "You don't know, and found nobody to ask. This is not 0: the question then counts neither for "
    "nor against the sector."
)


def write_sector(
    book: Book, name: str, blank: Blank, of: BlankSheet, rater_rows: tuple[int, ...]
) -> None:
    """Write one sector's sheet; ``rater_rows`` are the raters' rows on sheet *Start here*."""
    sheet = looks.new_sheet(book, name, WIDTHS)
    one = SectorSheet(book, sheet, blank, of, rater_rows)
    _write_head(one)
    first = score_cell(len(blank.questions))[0] + 3
    sizes = [_block_rows(one)] * len(blank.questions)
    answers = [first + sum(sizes[:n]) + 4 for n in range(len(sizes))]
    write_overview(one, answers)
    for n, (question, asked) in enumerate(blank.questions.items()):
        one.row = answers[n] - 4
        _write_block(one, n + 1, question, asked)
    sheet.set_h_pagebreaks(one.breaks)
    sheet.freeze_panes(1, 0)
    sheet.set_selection(answers[0], LEVEL, answers[0], LEVEL)


def _block_rows(one: SectorSheet) -> int:
    """Return a block's rows: band, question, whom to ask, titles, levels or raters, a gap."""
    return 4 + max(len(LEVELS) + 1, one.raters) + 1


def _write_head(one: SectorSheet) -> None:
    book, sheet = one.book, one.sheet
    for mark in (layout.SCORECARD_MARK, layout.mark(layout.SECTOR, one.of.sector),
                 layout.mark(layout.TITLE, plain(one.of.title))):  # fmt: skip
        looks.put_mark(book, sheet, one.row, mark)
        one.row += 1
    one.row = 0
    title = book.format(bold=True, font_size=16, font_color=grid.INK, valign="vcenter")
    grid.put(sheet, 0, NUMBER, f"How ready is {one.of.name}?", title)
    one.set_height(27)
    about = f"{plain(one.blank.region)}. {one.of.about}".strip()
    one.set_height(
        looks.prose(book, sheet, 1, (NUMBER, DATE), about, LEFT + RIGHT, font_color="#44545E")
    )
    one.set_height(looks.prose(book, sheet, 2, (NUMBER, DATE), INTRODUCTION, LEFT + RIGHT))
    one.set_height(looks.put_banner(book, sheet, one.row, NUMBER) if one.blank.synthetic else 6)
    looks.put_mark(book, sheet, one.row, layout.mark(layout.CONVENER, 1))
    label = "An organization or person that could convene it, if you know one:"
    grid.put(sheet, one.row, TEXT, label, book.format(align="right", valign="vcenter"))
    convener = plain(one.blank.conveners.get(one.of.sector, ""))
    sheet.merge_range(one.row, NAME, one.row, EVIDENCE, convener, looks.field(book))
    one.set_height(20)
    one.set_height(6)


def _write_block(one: SectorSheet, n: int, question: str, asked: QuestionConfig) -> None:
    book, sheet, top = one.book, one.sheet, one.row
    tall = _block_height(one, asked)
    if one.used + tall > PAGE_POINTS:
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
    levels = [max(looks.height(text, WIDTHS[TEXT]), LEAST_ROW) for text in (*asked.texts, "")]
    more = max(0, one.raters - len(levels)) * LEAST_ROW
    return head + sum(levels) + more + BETWEEN


def _write_titles(one: SectorSheet, n: int) -> None:
    looks.put_mark(one.book, one.sheet, one.row, layout.mark(layout.COLUMNS, n))
    titles = {NUMBER: "Level", TEXT: "What it means", LEVEL: layout.LEVEL,
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
    for place in range(max(len(meanings), one.raters)):
        tall = LEAST_ROW
        if place < len(meanings):
            level, text = meanings[place]
            rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
            strong = {"bold": True, "align": "center", "num_format": "0", "font_color": grid.INK}
            size = {"font_size": 14} if level != layout.UNKNOWN else {"italic": True}
            grid.put(sheet, one.row, NUMBER, level, book.format(**rule, **strong, **size))
            tall = max(tall, looks.prose(book, sheet, one.row, (TEXT, TEXT), text, WIDTHS[TEXT],
                                         **rule))  # fmt: skip
        if place < one.raters:
            _write_fields(one, question, asked, place)
        one.set_height(tall)
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
        "error_message": "Choose 0, 1, 2, 3, 4 or unknown.",
    })  # fmt: skip
    evidence = plain(said.evidence) if said else None
    grid.put(sheet, row, EVIDENCE, evidence, looks.field(book, indent=1))
    usual = one.rater_rows[place] + 1
    name = looks.start_reference(f"$C${usual}")
    nobody = layout.nobody(place + 1)
    sheet.write_formula(row, NAME, f'=IF({name}="","{nobody}",{name})', looks.field(book),
                        plain(one.blank.raters[place]) or nobody)  # fmt: skip
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
    formula = f'=IF(OR({cell_of(one.row, LEVEL)}="",{usual}=""),"",{usual})'
    one.sheet.write_formula(one.row, DATE, formula, look, looks.serial(said.date) if said else "")
