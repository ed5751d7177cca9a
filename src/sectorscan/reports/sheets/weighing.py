"""A board member's sheet for weights: what each criterion is, where to type, what it comes to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sectorscan.reports.sheets.grid import (
    BANNER,
    INK,
    RULE,
    SHADE,
    Book,
    put,
    row_height,
)
from sectorscan.sources.weight_forms import (
    ANSWER_TITLES,
    MARK,
    MEMBER,
    NAME_PROMPT,
    ORDER_TITLE,
    TITLES,
    Method,
    column_letters,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

KEY, LABEL, UNIT, ZERO, HALF, FULL, FIRST = range(7)
SHARE_TITLE = "Share of all"
OPEN = "–"
"""What a formula gives before it has its answers. A formula that gives an empty text is stored by
XlsxWriter as one that was never worked out."""
TYPED, TYPED_RULE, GOOD, LOOK_AGAIN = "#FFF8DC", "#8A6D00", "#DDF0E0", "#FDE7D9"
LEFT = {"align": "left", "indent": 1}
CENTER = {"align": "center"}
WIDTHS = {LABEL: 36.0, UNIT: 29.0, ZERO: 15.0, HALF: 15.0, FULL: 15.0}
MERGED = WIDTHS[UNIT] + WIDTHS[ZERO] + WIDTHS[HALF] + WIDTHS[FULL]
_ENTITLED = {
    "points": ("0 points at", "50 points at", "100 points at"),
    "swing": ("Worst: 0 points", "Half-way: 50", "Best: 100 points"),
    "ahp": ("0 points at", "50 points at", "100 points at"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """A group or criterion as the sheet explains it.

    ``told`` are the unit and the three values of a criterion, or the one text that says what a
    group holds.
    """

    name: str
    label: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What is weighed against each other; ``group`` is "" for the groups themselves."""

    group: str
    title: str
    parts: tuple[Described, ...]

    @property
    def kind(self) -> str:
        """What its parts are, as keys have it."""
        return "criterion" if self.group else "group"


@dataclass(slots=True)
class Sheet:
    """One member's sheet on its way: where the next row is, and the shares' cells so far."""

    book: Book
    sheet: Worksheet
    method: Method
    row: int = 0
    shares: dict[tuple[str, str], str] = field(default_factory=dict)
    working: int = 2

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns after the explanations."""
        typed = {"points": (ANSWER_TITLES["points"],), "ahp": (),
                 "swing": (ORDER_TITLE, ANSWER_TITLES["swing"])}  # fmt: skip
        return (*typed[self.method], SHARE_TITLE)

    @property
    def answer(self) -> int:
        """The column of the answers in points and swing forms."""
        return FIRST + len(self.titles) - 2

    @property
    def share(self) -> int:
        """The column of the shares."""
        return FIRST + len(self.titles) - 1

    def key(self, *parts: str) -> None:
        """Write the row's key into the hidden column."""
        self.sheet.write_string(self.row, KEY, json.dumps(parts))

    def text(self, column: int, text: str, **look: object) -> None:
        """Write text into the row."""
        put(self.sheet, self.row, column, text, self.book.format(**{"text_wrap": True, **look}))

    def wide(self, first: int, last: int, text: str, **look: object) -> None:
        """Write text over several columns of the row."""
        form = self.book.format(text_wrap=True, **look)
        self.sheet.merge_range(self.row, first, self.row, last, "", form)
        self.sheet.write_string(self.row, first, text, form)

    def formula(self, column: int, formula: str, value: float | str, **look: object) -> None:
        """Write a formula with what it gives in the blank form."""
        form = self.book.format(**look)
        self.sheet.write_formula(self.row, column, formula, form, value)


def at(row: int, column: int) -> str:
    """Return a cell's absolute name."""
    return f"${column_letters(column)}${row + 1}"


def between(first: int, last: int, column: int) -> str:
    """Return the absolute name of a part of a column."""
    return f"{at(first, column)}:{at(last, column)}"


def begin(sheet: Sheet, member: str, of: str, told: Sequence[str]) -> None:
    """Write what stands above the tables: title, the member's name, what to do."""
    for column, width in WIDTHS.items():
        sheet.sheet.set_column(column, column, width)
    sheet.sheet.set_column(KEY, KEY, 2, None, {"hidden": True})
    sheet.sheet.set_column(FIRST, sheet.share, 14)
    sheet.sheet.write_string(0, KEY, f"{MARK} {sheet.method}")
    sheet.text(LABEL, "How much should each criterion count?", bold=True, font_size=15,
               font_color=INK, text_wrap=False)  # fmt: skip
    sheet.sheet.set_row(0, 24)
    sheet.row = 1
    sheet.text(LABEL, of, font_color="#5A6B75", text_wrap=False)
    sheet.row = 2
    sheet.key(*MEMBER)
    sheet.text(LABEL, NAME_PROMPT, bold=True, valign="vcenter")
    put(sheet.sheet, sheet.row, UNIT, member, typed(sheet.book, align="left", num_format="@"))
    sheet.sheet.set_row(sheet.row, 20)
    sheet.row += 1
    sheet.sheet.set_row(sheet.row, 6)
    for line in told:
        sheet.row += 1
        sheet.wide(LABEL, sheet.share, line)
        width = WIDTHS[LABEL] + MERGED + 14.0 * len(sheet.titles)
        sheet.sheet.set_row(sheet.row, row_height((width, line)))
    sheet.row += 2


def typed(book: Book, **look: object) -> Format:
    """Return the look of a cell to type in: unlocked, shaded, framed."""
    return book.format(**{"locked": False, "bg_color": TYPED, "border": 1,
                          "border_color": TYPED_RULE, "align": "center", "valign": "vcenter",
                          **look})  # fmt: skip


def table(sheet: Sheet, block: Block) -> tuple[int, int]:
    """Write a block's explanations and its cells to type in; return its first and last row."""
    _titles(sheet, block)
    first = sheet.row + 1
    last = first + len(block.parts) - 1
    for part in block.parts:
        sheet.row += 1
        _explain(sheet, part)
        if sheet.method != "ahp" and len(block.parts) > 1:
            sheet.key(block.kind, part.name)
            for column in range(FIRST, sheet.share):
                put(sheet.sheet, sheet.row, column, None, typed(sheet.book, num_format="0.###"))
        elif sheet.method != "ahp":
            for column in range(FIRST, sheet.share):
                sheet.text(column, OPEN, align="center", valign="vcenter", font_color="#5A6B75")
    sheet.sheet.conditional_format(
        first, sheet.share, last, sheet.share,
        {"type": "data_bar", "bar_color": "#9CC5D8", "bar_solid": True, "min_type": "num",
         "max_type": "num", "min_value": 0, "max_value": 1},
    )  # fmt: skip
    return first, last


def _titles(sheet: Sheet, block: Block) -> None:
    sheet.text(LABEL, block.title, bold=True, font_size=12, font_color=INK, text_wrap=False)
    sheet.sheet.set_row(sheet.row, 20)
    sheet.row += 1
    if sheet.method != "ahp":
        sheet.key(*TITLES)
    if block.group:
        heads = ["Criterion", "Unit", *_ENTITLED[sheet.method]]
    else:
        heads = ["Group", "What it holds", "", "", ""]
    look = {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "valign": "vcenter"}
    for place, head in enumerate([*heads, *sheet.titles]):
        sheet.text(LABEL + place, head, **(LEFT if place < 2 else CENTER), **look)
    sheet.sheet.set_row(sheet.row, row_height((14.0, max(sheet.titles, key=len))) + 4)


def _explain(sheet: Sheet, part: Described) -> None:
    look = {"bottom": 1, "bottom_color": RULE, "valign": "vcenter"}
    sheet.text(LABEL, part.label, bold=True, **LEFT, **look)
    if len(part.told) == 1:
        sheet.wide(UNIT, FULL, part.told[0], **LEFT, **look)
        height = row_height((WIDTHS[LABEL], part.label), (MERGED, part.told[0]))
    else:
        for place, told in enumerate(part.told):
            sheet.text(UNIT + place, told, **(CENTER if place else LEFT), **look)
        widths = [WIDTHS[UNIT + place] for place in range(len(part.told))]
        height = row_height((WIDTHS[LABEL], part.label), *zip(widths, part.told, strict=True))
    sheet.sheet.set_row(sheet.row, max(height, 18))


def write_shares(sheet: Sheet, block: Block, first: int, of: Sequence[str]) -> None:
    """Write each part's share: ``of`` are formulas of its share in the block."""
    row = sheet.row
    above = sheet.shares.get(("group", block.group))
    for place, part in enumerate(block.parts):
        sheet.row = first + place
        inside = of[place]
        formula = f"={inside}"
        if above is not None:
            formula = f'=IF(AND(ISNUMBER({above}),ISNUMBER({inside})),{above}*{inside},"{OPEN}")'
        alone = len(block.parts) == 1 and above is None
        sheet.formula(sheet.share, formula, 1.0 if alone else OPEN, num_format="0.0%",
                      align="center", valign="vcenter", bottom=1, bottom_color=RULE)  # fmt: skip
        sheet.shares[(block.kind, part.name)] = at(sheet.row, sheet.share)
    sheet.row = row


def check_row(sheet: Sheet, title: str, message: str, blank: str) -> None:
    """Write the row below a table that says whether its answers are complete."""
    look = {"bold": True, "bg_color": SHADE, "valign": "vcenter", **LEFT}
    sheet.row += 1
    sheet.text(LABEL, title, **look)
    form = sheet.book.format(text_wrap=True, **look)
    sheet.sheet.merge_range(sheet.row, UNIT, sheet.row, FULL, "", form)
    sheet.sheet.write_formula(sheet.row, UNIT, message, form, blank)
    for column in range(FIRST, sheet.share + 1):
        sheet.text(column, "", **look)
    sheet.sheet.set_row(sheet.row, 18)


def color(sheet: Sheet, column: int, good: str, again: str) -> None:
    """Color a check's cell: green where ``good`` holds, orange and bold where ``again`` does."""
    for criteria, shade, ink in ((good, GOOD, "#1E5631"), (again, LOOK_AGAIN, BANNER)):
        look = sheet.book.workbook.add_format({"bg_color": shade, "font_color": ink})
        sheet.sheet.conditional_format(
            sheet.row, column, sheet.row, column,
            {"type": "formula", "criteria": f"={criteria}", "format": look},
        )  # fmt: skip
