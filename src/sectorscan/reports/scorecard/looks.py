"""What the scorecard's sheets share: cells to fill in, rows as high as their texts, references."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import TYPE_CHECKING, Any

from sectorscan.config.scorecard import Questions
from sectorscan.readiness import cells, layout
from sectorscan.readiness.model import Answer, Rating
from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.text import plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from sectorscan.reports.sheets.grid import Book

MARKS = 0
"""The hidden first column, which says what each row is for."""
FIELD, FIELD_RULE, SOFT = "#FFF8DC", "#C9B26B", "#EEF3F6"
DATES = "yyyy-mm-dd"
LINE = 13.5
BLANK_RATERS = 3


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """A sector to be rated: its id, title, and a line on what the figures say of it."""

    sector: str
    title: str
    about: str = ""

    @property
    def name(self) -> str:
        """Code and title: ``332 Fabricated Metal``."""
        same = self.title == self.sector
        return plain(self.title) if same else f"{plain(self.sector)} {plain(self.title)}"


@dataclass(frozen=True, slots=True)
class Blank:
    """What a scorecard is made of, filled in where there are ratings already.

    ``raters`` are their names, blank where not known yet; ``ratings`` are theirs, by these names.
    ``conveners`` are by sector id. ``synthetic`` marks every sheet as made from the sample.
    """

    region: str
    sheets: tuple[BlankSheet, ...]
    questions: Questions
    raters: tuple[str, ...] = ("",) * BLANK_RATERS
    synthetic: bool = False
    ratings: tuple[Rating, ...] = ()
    conveners: Mapping[str, str] = made_by(default_factory=dict)

    def said(self, sector: str, question: str, place: int) -> Rating | None:
        """Return what the rater of a place, from 0, answers."""
        wanted = (sector, question, self.raters[place])
        found = (r for r in self.ratings if (r.sector, r.question, r.rater) == wanted)
        return next(found, None)

    def date(self, place: int) -> dt.date | None:
        """Return the day on which the rater of a place answered last."""
        days = (one.date for one in self.ratings if one.rater == self.raters[place])
        return max(days, default=None)

    def answer(self, sector: str, question: str) -> Answer:
        """Return all raters' answers to a question together."""
        found = tuple(r for r in self.ratings if (r.sector, r.question) == (sector, question))
        levels = [one.level for one in found if one.level is not None]
        mean = sum(levels) / len(levels) if levels else None
        return Answer(question, self.questions[question].weight, found, mean, stale=False)


def new_sheet(book: Book, name: str, widths: tuple[float, ...]) -> Worksheet:
    """Return a sheet with its columns, the first hidden; what isn't filled in is locked."""
    sheet = book.sheet(name)
    title = book.title.replace("&", "&&")[:150]
    sheet.set_footer(f"&L&8{title}&C&8&A&R&8Page &P of &N")
    for column, width in enumerate(widths):
        options = {"hidden": True} if column == MARKS else {}
        sheet.set_column(column, column, width, None, options)
    # No password: whoever needs another row can take the protection off.
    allowed = ("format_columns", "format_rows", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))
    return sheet


def put_banner(book: Book, sheet: Worksheet, row: int, column: int) -> float:
    """Say that all is invented, and mark the sheet with it; return the row's height in points."""
    put_mark(book, sheet, row, layout.SYNTHETIC)
    look = book.format(bold=True, font_color=grid.BANNER, valign="vcenter")
    grid.put(sheet, row, column, view.SYNTHETIC_BANNER, look)
    return LINE + 4


def serial(day: dt.date) -> int:
    """Return a day as spreadsheets store it."""
    return (day - dt.date(1899, 12, 30)).days


def put_mark(book: Book, sheet: Worksheet, row: int, mark: str) -> None:
    """Write what a row is for into the hidden column."""
    grid.put(sheet, row, MARKS, mark, book.format(font_color="#808080", font_size=8))


def field(book: Book, **more: object) -> Format:
    """Return the look of a cell to fill in."""
    return book.format(**{
        "bg_color": FIELD, "border": 1, "border_color": FIELD_RULE, "locked": False,
        "text_wrap": True, "valign": "vcenter", **more,
    })  # fmt: skip


def prose(
    book: Book, sheet: Worksheet, row: int, columns: tuple[int, int], text: str, width: float,
    **look: object,
) -> float:  # fmt: skip
    """Write text over several columns, wrapped; return the height in points that it needs."""
    shape = book.format(**{"text_wrap": True, **look})
    first, last = columns
    if first == last:
        grid.put(sheet, row, first, text, shape)
    else:
        sheet.merge_range(row, first, row, last, "", shape)
        grid.put(sheet, row, first, text, shape)
    return height(text, width, float(str(look.get("font_size", 10))))


def height(text: str, width: float, size: float = 10) -> float:
    """Return the points that wrapped text needs in a column of a width in characters."""
    fitting = max(int(width * grid.CHARACTERS_PER_WIDTH * 10 / size) - 2, 4)
    lines = sum(len(textwrap.wrap(line, fitting)) or 1 for line in text.split("\n"))
    return lines * LINE * size / 10 + 4


def hint(title: str, message: str) -> dict[str, Any]:
    """Return a check that lets anything pass, and says what a cell is for once it is chosen."""
    return {"validate": "any", "input_title": title, "input_message": message}


def date_rule(message: str) -> dict[str, Any]:
    """Return the check of a cell that takes a date."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": dt.date(cells.FIRST_YEAR, 1, 1),
        "maximum": dt.date(cells.LAST_YEAR, 12, 31),
        "input_title": "Date",
        "input_message": message,
        "error_title": "No date",
        "error_message": f"{cells.WRITE_DATE}",
    }


def start_reference(cell: str) -> str:
    """Return a reference to a cell of sheet *Start here*."""
    return f"'{layout.START}'!{cell}"
