"""One sector's sheet: an overview with the score, then a block a question.

The levels' sentences stand to the left of the cells in which the level is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sectorscan.config.scorecard import LEVELS
from sectorscan.readiness import layout
from sectorscan.readiness.model import APART
from sectorscan.reports import view
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
    cell,
    column,
    on_sheet,
    over,
)
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from sectorscan.reports.sheets.grid import Book

MEAN, WHO = NAME, (LEVEL, EVIDENCE)
"""Columns of the overview that have others below them."""
OVERVIEW = 6
"""The row of the overview's titles, from 0."""
INTRODUCTION = (
    "For each question: read the sentences on the left, choose on the right the level whose "
    "sentence fits best, and write down what it rests on. Choose unknown where you don't know: "
    "unknown is not 0, it counts neither for nor against the sector. Fill in the yellow cells of "
    "the row with your name."
)


def score_cell(questions: int) -> tuple[int, int]:
    """Return the cell of the score: the same on every sector's sheet."""
    return OVERVIEW + 1 + questions, MEAN


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
    _write_overview(one, answers)
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
    banner = f"{view.SYNTHETIC_BANNER}. " if one.blank.synthetic else ""
    about = f"{plain(one.blank.region)}. {banner}{one.of.about}".strip()
    one.set_height(
        looks.prose(book, sheet, 1, (NUMBER, DATE), about, LEFT + RIGHT, font_color="#44545E")
    )
    one.set_height(looks.prose(book, sheet, 2, (NUMBER, DATE), INTRODUCTION, LEFT + RIGHT))
    one.set_height(6)
    looks.put_mark(book, sheet, one.row, layout.mark(layout.CONVENER, 1))
    label = "An organization or person that could convene it, if you know one:"
    grid.put(sheet, one.row, TEXT, label, book.format(align="right", valign="vcenter"))
    sheet.merge_range(one.row, NAME, one.row, EVIDENCE, "", looks.field(book))
    one.set_height(20)
    one.set_height(6)


def _write_overview(one: SectorSheet, answers: list[int]) -> None:
    book, sheet = one.book, one.sheet
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": grid.INK, "valign": "vcenter"}
    titles = {NUMBER: "Weight", TEXT: "Question", MEAN: "Mean level", WHO[0]: "Who answered"}
    for place in (NUMBER, TEXT, MEAN, *WHO):
        align = "center" if place in (NUMBER, MEAN) else "left"
        grid.put(sheet, one.row, place, titles.get(place), book.format(**head, align=align))
    one.set_height(18)
    first = one.row
    for at, (question, asked) in zip(answers, one.blank.questions.items(), strict=True):
        weight = f"{asked.weight:g}"
        looks.put_mark(book, sheet, one.row, layout.mark(layout.QUESTION, weight, question))
        rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
        grid.put(sheet, one.row, NUMBER, asked.weight, book.format(**rule, align="center"))
        link = book.format(**rule, font_color=grid.INK, underline=1)
        sheet.write_url(one.row, TEXT, f"internal:{on_sheet(one.sheet.name, at, LEVEL)}",
                        link, plain(asked.title))  # fmt: skip
        levels = column(at, at + one.raters - 1, LEVEL)
        mean = f'=IF(COUNT({levels})=0,"",AVERAGE({levels}))'
        sheet.write_formula(one.row, MEAN, mean,
                            book.format(**rule, align="center", num_format="0.0"), "")  # fmt: skip
        apart = f"MAX({levels})-MIN({levels})>={APART}"
        who = (
            f'=COUNT({levels})&" of {one.raters} gave a level"'
            f'&IF(AND(COUNT({levels})>1,{apart}),"; {APART} or more apart: talk about it","")'
        )
        value = f"0 of {one.raters} gave a level"
        over(one, WHO, who, rule, value)
        one.set_height(16)
    _write_score(one, first)
    _write_blocking(one, first)


def _write_score(one: SectorSheet, first: int) -> None:
    book, sheet = one.book, one.sheet
    weights, levels = (column(first, one.row - 1, place) for place in (NUMBER, MEAN))
    rated = f'SUMIF({levels},">=0",{weights})'
    look = {"bold": True, "font_size": 12, "font_color": grid.INK, "bg_color": grid.SHADE,
            "valign": "vcenter"}  # fmt: skip
    grid.put(sheet, one.row, NUMBER, None, book.format(**look))
    grid.put(sheet, one.row, TEXT, "Readiness score, 0 to 100", book.format(**look))
    score = f'=IF({rated}=0,"",100/{max(LEVELS)}*SUMPRODUCT({weights},{levels})/{rated})'
    sheet.write_formula(one.row, MEAN, score,
                        book.format(**look, align="center", num_format="0.0"), "")  # fmt: skip
    share = f'=TEXT({rated}/SUM({weights}),"0%")&" answered, by weight"'
    small = {**look, "font_size": 10, "bold": False}
    over(one, WHO, share, small, "0% answered, by weight")
    one.set_height(20)


def _write_blocking(one: SectorSheet, first: int) -> None:
    """Write what stands in the way of a launch, whatever the score."""
    questions = list(one.blank.questions.values())
    clauses, unknown = [], []
    for n, asked in enumerate(questions):
        if asked.blocks_launch_at is not None:
            mean = cell(first + n, MEAN)
            # The title's cell, not its text: a formula may hold 255 characters of text at most.
            title, bound = cell(first + n, TEXT), f"{asked.blocks_launch_at:g}"
            clauses.append(
                f'IF({mean}="",{title}&" not known. ",'
                f'IF({mean}<={bound},{title}&" at {bound} or below. ",""))'
            )
            unknown.append(f"{plain(asked.title)} not known.")
    if not clauses:
        one.set_height(16)
        return
    label = "What keeps it from a launch, whatever the score"
    grid.put(one.sheet, one.row, TEXT, label, one.book.format(valign="vcenter"))
    text = "&".join(clauses)
    formula = f'=IF({text}="","nothing in these answers",TRIM({text}))'
    over(one, (MEAN, EVIDENCE), formula, {"valign": "vcenter"}, " ".join(unknown))
    one.set_height(16)
