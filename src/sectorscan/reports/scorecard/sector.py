"""One sector's sheet: an overview with the score, then a block a question.

The levels' sentences stand to the left of the cells in which the level is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sectorscan.readiness import layout
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.block import HEAD, block_rows, write_block
from sectorscan.reports.scorecard.frame import (
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
)
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.scorecard.overview import score_cell, write_overview
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from sectorscan.reports.sheets.grid import Book

INTRODUCTION = (
    "For each question: read the sentences on the left, choose on the right the level whose "
    "sentence fits best, and write down what it rests on. Choose unknown where you don't know: "
    "unknown is not 0, it counts neither for nor against the sector. Fill in the yellow cells of "
    "the row with your name."
)


def write_sector(
    book: Book, name: str, blank: Blank, of: BlankSheet, rater_rows: tuple[int, ...]
) -> None:
    """Write one sector's sheet; ``rater_rows`` are the raters' rows on sheet *Start here*."""
    sheet = looks.new_sheet(book, name, WIDTHS)
    one = SectorSheet(book, sheet, blank, of, rater_rows)
    _write_head(one)
    first = score_cell(len(blank.questions))[0] + 3
    sizes = [block_rows(one)] * len(blank.questions)
    answers = [first + sum(sizes[:n]) + HEAD for n in range(len(sizes))]
    write_overview(one, answers)
    for n, (question, asked) in enumerate(blank.questions.items()):
        one.row = answers[n] - HEAD
        write_block(one, n + 1, question, asked)
    sheet.set_h_pagebreaks(one.breaks)
    sheet.freeze_panes(1, 0)
    sheet.set_selection(answers[0], LEVEL, answers[0], LEVEL)


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
