"""A sector's overview: a line a question, the score, and what keeps it from a launch."""

from __future__ import annotations

import math

from sectorscan.config.scorecard import LEVELS
from sectorscan.readiness import layout
from sectorscan.readiness.model import APART, score_of
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.frame import (
    EVIDENCE,
    LEVEL,
    NAME,
    NUMBER,
    TEXT,
    SectorSheet,
    cell,
    column,
    on_sheet,
    over,
)
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

MEAN, WHO = NAME, (LEVEL, EVIDENCE)
"""Columns of the overview that have others below them."""
OVERVIEW = 6
"""The row of the overview's titles, from 0."""
TALK = f"; {APART} or more apart: talk about it"
NOTHING = "nothing in these answers"
SHARE = " answered, by weight"


def score_cell(questions: int) -> tuple[int, int]:
    """Return the cell of the score: the same on every sector's sheet."""
    return OVERVIEW + 1 + questions, MEAN


def write_overview(one: SectorSheet, answers: list[int]) -> None:
    """Write a line a question, the score, and what blocks a launch."""
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
        found = one.answer(question)
        look = book.format(**rule, align="center", num_format="0.0")
        sheet.write_formula(one.row, MEAN, mean, look, _or_blank(found.level))
        apart, gave = f"MAX({levels})-MIN({levels})>={APART}", f" of {one.raters} gave a level"
        who = f'=COUNT({levels})&"{gave}"&IF(AND(COUNT({levels})>1,{apart}),"{TALK}","")'
        over(one, WHO, who, rule, f"{len(found.levels)}{gave}{TALK if found.discuss else ''}")
        one.set_height(16)
    _write_score(one, first)
    _write_blocking(one, first)


def scored(blank: Blank, of: BlankSheet) -> tuple[float | str, str]:
    """Return what a sector's two cells of the score say."""
    score, coverage = score_of(tuple(blank.answer(of.sector, name) for name in blank.questions))
    # Half a percent is rounded up, as spreadsheet programs do.
    return _or_blank(score), f"{math.floor(100 * coverage + 0.5)}%{SHARE}"


def _or_blank(value: float | None) -> float | str:
    return "" if value is None else value


def _write_score(one: SectorSheet, first: int) -> None:
    book, sheet = one.book, one.sheet
    weights, levels = (column(first, one.row - 1, place) for place in (NUMBER, MEAN))
    rated = f'SUMIF({levels},">=0",{weights})'
    look = {"bold": True, "font_size": 12, "font_color": grid.INK, "bg_color": grid.SHADE,
            "valign": "vcenter"}  # fmt: skip
    grid.put(sheet, one.row, NUMBER, None, book.format(**look))
    grid.put(sheet, one.row, TEXT, "Readiness score, 0 to 100", book.format(**look))
    score = f'=IF({rated}=0,"",100/{max(LEVELS)}*SUMPRODUCT({weights},{levels})/{rated})'
    value, coverage = scored(one.blank, one.of)
    sheet.write_formula(one.row, MEAN, score,
                        book.format(**look, align="center", num_format="0.0"), value)  # fmt: skip
    share = f'=TEXT({rated}/SUM({weights}),"0%")&"{SHARE}"'
    small = {**look, "font_size": 10, "bold": False}
    over(one, WHO, share, small, coverage)
    one.set_height(20)


def _write_blocking(one: SectorSheet, first: int) -> None:
    """Write what stands in the way of a launch, whatever the score."""
    clauses, stored = [], []
    for n, (question, asked) in enumerate(one.blank.questions.items()):
        if asked.blocks_launch_at is not None:
            mean = cell(first + n, MEAN)
            # The title's cell, not its text: a formula may hold 255 characters of text at most.
            title, bound = cell(first + n, TEXT), f"{asked.blocks_launch_at:g}"
            clauses.append(
                f'IF({mean}="",{title}&" not known. ",'
                f'IF({mean}<={bound},{title}&" at {bound} or below. ",""))'
            )
            level = one.answer(question).level
            if level is None:
                stored.append(f"{plain(asked.title)} not known.")
            elif level <= asked.blocks_launch_at:
                stored.append(f"{plain(asked.title)} at {bound} or below.")
    if not clauses:
        one.set_height(16)
        return
    label = "What keeps it from a launch, whatever the score"
    grid.put(one.sheet, one.row, TEXT, label, one.book.format(valign="vcenter"))
    text = "&".join(clauses)
    formula = f'=IF({text}="","{NOTHING}",TRIM({text}))'
    over(one, (MEAN, EVIDENCE), formula, {"valign": "vcenter"}, " ".join(stored) or NOTHING)
    one.set_height(16)
