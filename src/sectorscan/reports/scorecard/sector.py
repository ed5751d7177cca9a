"""One sector's sheet: an overview with the score, then a block a question.

The levels' sentences stand to the left of the cells in which the level is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sectorscan.config.scorecard import LEVELS, QuestionConfig
from sectorscan.readiness import layout
from sectorscan.readiness.model import APART
from sectorscan.reports.scorecard import looks
from sectorscan.reports.scorecard.looks import Blank, BlankSheet
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from sectorscan.reports.sheets.grid import Book

NUMBER, TEXT, GAP, NAME, LEVEL, EVIDENCE, DATE = range(1, 8)
WIDTHS = (12, 9, 62, 2, 20, 11, 46, 12)
LEFT, RIGHT = WIDTHS[NUMBER] + WIDTHS[TEXT], sum(WIDTHS[NAME:])
MEAN, WHO = NAME, (LEVEL, EVIDENCE)
"""Columns of the overview that have others below them."""
OVERVIEW = 6
"""The row of the overview's titles, from 0."""
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


@dataclass(slots=True)
class SectorSheet:
    """A sheet on its way into the workbook; ``row`` is the next free one, ``used`` its points."""

    book: Book
    sheet: Worksheet
    blank: Blank
    of: BlankSheet
    rater_rows: tuple[int, ...]
    row: int = 0
    used: float = 0.0
    breaks: list[int] = field(default_factory=list)

    def set_height(self, points: float) -> None:
        """Make the current row this high, and go on to the next."""
        self.sheet.set_row(self.row, points)
        self.used += points
        self.row += 1


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
    sizes = [_block_rows(one)] * len(blank.questions)
    answers = [first + sum(sizes[:n]) + 4 for n in range(len(sizes))]
    _write_overview(one, answers)
    for n, (question, asked) in enumerate(blank.questions.items()):
        one.row = answers[n] - 4
        _write_block(one, n + 1, question, asked)
    sheet.set_h_pagebreaks(one.breaks)
    sheet.freeze_panes(1, 0)
    sheet.set_selection(answers[0], LEVEL, answers[0], LEVEL)


def _raters(one: SectorSheet) -> int:
    return len(one.blank.raters)


def _block_rows(one: SectorSheet) -> int:
    """Return a block's rows: band, question, whom to ask, titles, levels or raters, a gap."""
    return 4 + max(len(LEVELS) + 1, _raters(one)) + 1


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
    for column in (NUMBER, TEXT, MEAN, *WHO):
        align = "center" if column in (NUMBER, MEAN) else "left"
        grid.put(sheet, one.row, column, titles.get(column), book.format(**head, align=align))
    one.set_height(18)
    first = one.row
    for at, (question, asked) in zip(answers, one.blank.questions.items(), strict=True):
        weight = f"{asked.weight:g}"
        looks.put_mark(book, sheet, one.row, layout.mark(layout.QUESTION, weight, question))
        rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
        grid.put(sheet, one.row, NUMBER, asked.weight, book.format(**rule, align="center"))
        link = book.format(**rule, font_color=grid.INK, underline=1)
        sheet.write_url(one.row, TEXT, f"internal:{_range(one.sheet.name, at, LEVEL)}",
                        link, plain(asked.title))  # fmt: skip
        levels = _column(at, at + _raters(one) - 1, LEVEL)
        mean = f'=IF(COUNT({levels})=0,"",AVERAGE({levels}))'
        sheet.write_formula(one.row, MEAN, mean,
                            book.format(**rule, align="center", num_format="0.0"), "")  # fmt: skip
        apart = f"MAX({levels})-MIN({levels})>={APART}"
        who = (
            f'=COUNT({levels})&" of {_raters(one)} gave a level"'
            f'&IF(AND(COUNT({levels})>1,{apart}),"; {APART} or more apart: talk about it","")'
        )
        value = f"0 of {_raters(one)} gave a level"
        _over(one, WHO, who, rule, value)
        one.set_height(16)
    _write_score(one, first)
    _write_blocking(one, first)


def _write_score(one: SectorSheet, first: int) -> None:
    book, sheet = one.book, one.sheet
    weights, levels = (_column(first, one.row - 1, column) for column in (NUMBER, MEAN))
    rated = f'SUMIF({levels},">=0",{weights})'
    look = {"bold": True, "font_size": 12, "font_color": grid.INK, "bg_color": grid.SHADE,
            "valign": "vcenter"}  # fmt: skip
    grid.put(sheet, one.row, NUMBER, None, book.format(**look))
    grid.put(sheet, one.row, TEXT, "Readiness score, 0 to 100", book.format(**look))
    score = f'=IF({rated}=0,"",100/{max(LEVELS)}*SUMPRODUCT({weights},{levels})/{rated})'
    sheet.write_formula(one.row, MEAN, score,
                        book.format(**look, align="center", num_format="0.0"), "")  # fmt: skip
    share = f'=TEXT({rated}/SUM({weights}),"0%")&" of the weight has a level"'
    small = {**look, "font_size": 10, "bold": False}
    _over(one, WHO, share, small, "0% of the weight has a level")
    one.set_height(20)


def _write_blocking(one: SectorSheet, first: int) -> None:
    """Write what stands in the way of a launch, whatever the score."""
    questions = list(one.blank.questions.values())
    clauses, unknown = [], []
    for n, asked in enumerate(questions):
        if asked.blocks_launch_at is not None:
            cell = _cell(first + n, MEAN)
            # The title's cell, not its text: a formula may hold 255 characters of text at most.
            title, bound = _cell(first + n, TEXT), f"{asked.blocks_launch_at:g}"
            clauses.append(
                f'IF({cell}="",{title}&" not known. ",'
                f'IF({cell}<={bound},{title}&" at {bound} or below. ",""))'
            )
            unknown.append(f"{plain(asked.title)} not known.")
    if not clauses:
        one.set_height(16)
        return
    label = "What keeps it from a launch, whatever the score"
    grid.put(one.sheet, one.row, TEXT, label, one.book.format(valign="vcenter"))
    text = "&".join(clauses)
    formula = f'=IF({text}="","nothing in these answers",TRIM({text}))'
    _over(one, (MEAN, EVIDENCE), formula, {"valign": "vcenter"}, " ".join(unknown))
    one.set_height(16)


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
    more = max(0, _raters(one) - len(levels)) * LEAST_ROW
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
    for place in range(max(len(meanings), _raters(one))):
        tall = LEAST_ROW
        if place < len(meanings):
            level, text = meanings[place]
            rule = {"bottom": 1, "bottom_color": grid.RULE, "valign": "vcenter"}
            strong = {"bold": True, "align": "center", "num_format": "0", "font_color": grid.INK}
            size = {"font_size": 14} if level != layout.UNKNOWN else {"italic": True}
            grid.put(sheet, one.row, NUMBER, level, book.format(**rule, **strong, **size))
            tall = max(tall, looks.prose(book, sheet, one.row, (TEXT, TEXT), text, WIDTHS[TEXT],
                                         **rule))  # fmt: skip
        if place < _raters(one):
            _write_fields(one, question, asked, place)
        one.set_height(tall)
    one.set_height(BETWEEN)


def _write_fields(one: SectorSheet, question: str, asked: QuestionConfig, place: int) -> None:
    book, sheet, row = one.book, one.sheet, one.row
    looks.put_mark(book, sheet, row, layout.mark(layout.RATING, place + 1, question))
    sheet.write_blank(row, LEVEL, None, looks.field(book, align="center", bold=True, font_size=14))
    sheet.data_validation(row, LEVEL, row, LEVEL, {
        "validate": "list",
        "source": [*map(str, LEVELS), layout.UNKNOWN],
        "input_title": plain(asked.title)[:32],
        "input_message": "Choose the level whose sentence on the left fits best. Choose unknown "
        "where you don't know: it is not 0.",
        "error_title": "No level",
        "error_message": "Choose 0, 1, 2, 3, 4 or unknown.",
    })  # fmt: skip
    sheet.write_blank(row, EVIDENCE, None, looks.field(book, indent=1))
    usual = one.rater_rows[place] + 1
    name = looks.start_reference(f"$C${usual}")
    nobody = layout.nobody(place + 1)
    sheet.write_formula(row, NAME, f'=IF({name}="","{nobody}",{name})', looks.field(book),
                        plain(one.blank.raters[place]) or nobody)  # fmt: skip
    date = looks.start_reference(f"$D${usual}")
    chosen = _cell(row, LEVEL)
    sheet.write_formula(row, DATE, f'=IF(OR({chosen}="",{date}=""),"",{date})',
                        looks.field(book, num_format=looks.DATES, align="center"), "")  # fmt: skip
    sheet.data_validation(row, DATE, row, DATE, looks.date_rule(
        f"The day of this answer. Left as it is: the date on sheet {layout.START}."))  # fmt: skip


def _over(
    one: SectorSheet, columns: tuple[int, int], formula: str, look: dict[str, Any], value: str
) -> None:
    """Write a formula over two columns or more of the current row, with its value."""
    shape = one.book.format(**look)
    one.sheet.merge_range(one.row, columns[0], one.row, columns[1], "", shape)
    one.sheet.write_formula(one.row, columns[0], formula, shape, value)


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _column(first: int, last: int, column: int) -> str:
    return f"{_cell(first, column)}:{_cell(last, column)}"


def _range(sheet: str, row: int, column: int) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{_cell(row, column)}"
