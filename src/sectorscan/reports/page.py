"""Lines, paragraphs and tables on a terminal: width, encoding and color kept in one place.

Everything printed is a plain ``Text``: no markup, no control characters, nothing that the
terminal's encoding can't hold. Colors only underline what the words and marks say already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sectorscan.reports.text import plain

GAP = 2
_WIDEST_PROSE = 100
"""Longer lines of prose are hard to read, however wide the terminal."""
_ASCII_FOR = str.maketrans(
    "\u2212\u2013\u2014\u2500\u00b7\u00d7\u00a0\u202f\u2018\u2019\u201c\u201d\u2011",
    "-----x  ''\"\"-",
    "",
) | {0x2026: "...", 0x2192: "->", 0xB1: "+/-"}
_NUMBER_AND_SIGN = re.compile(r"(?<=\d) (?=%)")
_HELD = "\u00a0"
_NARROWEST, _LONGEST_WORD = 8, 20
"""No column gets narrower; and longer words than this may be broken."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header (at most two lines) and its cells as text.

    ``right`` aligns numbers; ``flexible`` gives way where the table is too wide: its cells run
    over several lines where ``wraps``, else they are cut. ``spare`` ones are left out, the last
    first, where no other way leaves words whole.
    """

    header: str
    cells: Sequence[str]
    right: bool = True
    flexible: bool = False
    wraps: bool = False
    spare: bool = False

    @property
    def width(self) -> int:
        """The width of its widest line."""
        lines = [*self.header.split("\n"), *self.cells]
        return max(cell_len(line) for line in lines)


class Page:
    """Writes to one console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(console.width, 20)
        self._encoding = console.encoding or "utf-8"
        self._unicode = self._encoding.lower().replace("-", "").startswith("utf")

    def holds(self, characters: str) -> bool:
        """Return whether the terminal's encoding has these characters."""
        try:
            return characters.encode(self._encoding).decode(self._encoding) == characters
        except (UnicodeError, LookupError):
            return False

    def fit(self, text: str) -> str:
        """Return text on one line that the terminal's encoding holds."""
        line = plain(text) if not text.isprintable() else text
        if self._unicode:
            return line
        line = line.translate(_ASCII_FOR)
        try:
            return line.encode(self._encoding).decode(self._encoding)
        except (UnicodeError, LookupError):
            bare = unicodedata.normalize("NFKD", line)
            return bare.encode("ascii", "ignore").decode("ascii")

    def line(self, text: str = "", style: str = "") -> None:
        """Print one line as it is, its leading spaces kept; what is too long runs on."""
        indent = len(text) - len(text.lstrip(" "))
        fitted = " " * indent + self.fit(text[indent:])
        self._console.print(Text(fitted, style=style), soft_wrap=True)

    def heading(self, text: str) -> None:
        """Print a heading after an empty line."""
        self.line()
        for wrapped in self.wrapped(text, self.width):
            self.line(wrapped, "bold")

    def paragraph(self, text: str, indent: int = 0, mark: str = "", style: str = "") -> None:
        """Print text wrapped to the width, a mark before its first line, the rest hanging."""
        hang = indent + (len(mark) + 1 if mark else 0)
        width = min(self.width, _WIDEST_PROSE)
        for number, wrapped in enumerate(self.wrapped(text, width - hang)):
            self._console.print(self._marked(wrapped, indent, mark, style, first=number == 0),
                                soft_wrap=True)  # fmt: skip

    def _marked(self, line: str, indent: int, mark: str, style: str, *, first: bool) -> Text:
        start = Text(" " * indent)
        if mark:
            start.append(f"{mark} " if first else " " * (len(mark) + 1), style=style)
            return start.append(line)
        return start.append(line, style=style)

    def wrapped(self, text: str, width: int) -> list[str]:
        """Return the text in lines of at most ``width`` cells; a number keeps its percent sign."""
        width = max(width, 10)
        words = _NUMBER_AND_SIGN.sub(_HELD, self.fit(text)).split(" ")
        lines: list[str] = []
        line = ""
        for word in words:
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while cell_len(word) > width:
                lines.append(word[:width])
                word = word[width:]
            line = word
        return [part.replace(_HELD, " ") for part in (*lines, line) if part]

    def table(self, columns: Sequence[Column], rule_after: int | None = None) -> None:
        """Print a table: bold headers, a rule under them and one after row ``rule_after``."""
        columns = self._room_for_words([self._fitted(column) for column in columns])
        widths = self._widths(columns)
        depth = max(column.header.count("\n") for column in columns) + 1
        for level in range(depth):
            heads = [_header_line(column, level, depth) for column in columns]
            self._row(columns, widths, heads, "bold")
        rule = ("\u2500" if self._unicode else "-") * (sum(widths) + GAP * (len(widths) - 1))
        self.line(rule, "dim")
        for number in range(len(columns[0].cells)):
            if rule_after is not None and number == rule_after:
                self.line(rule, "dim")
            self._row(columns, widths, [column.cells[number] for column in columns], "")

    def _fitted(self, column: Column) -> Column:
        header = "\n".join(self.fit(line) for line in column.header.split("\n"))
        cells = [self.fit(cell) for cell in column.cells]
        return replace(column, header=header, cells=cells)

    def _room_for_words(self, columns: list[Column]) -> list[Column]:
        """Return the columns without the spare ones that would have words broken."""
        spare = [place for place, column in enumerate(columns) if column.spare]
        least = [_least(column) if column.flexible else column.width for column in columns]
        while spare and sum(least) + GAP * (len(least) - 1) > self.width:
            least.pop(spare[-1])
            columns.pop(spare.pop())
        return columns

    def _widths(self, columns: Sequence[Column]) -> list[int]:
        widths = [column.width for column in columns]
        flexible = [place for place, column in enumerate(columns) if column.flexible]
        surplus = sum(widths) + GAP * (len(widths) - 1) - self.width
        # First down to the longest word of each column, then through words too.
        for least in ({place: _least(columns[place]) for place in flexible}, {}):
            while surplus > 0:
                giving = [p for p in flexible if widths[p] > least.get(p, _NARROWEST)]
                if not giving:
                    break
                widths[max(giving, key=lambda place: widths[place])] -= 1
                surplus -= 1
        return widths

    def _row(
        self, columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str], style: str
    ) -> None:
        stacks = [
            self.wrapped(cell, width) if column.wraps and cell else [self.cut(cell, width)]
            for column, width, cell in zip(columns, widths, cells, strict=True)
        ]
        for level in range(max(len(stack) for stack in stacks)):
            pieces = []
            for column, width, stack in zip(columns, widths, stacks, strict=True):
                text = stack[level] if level < len(stack) else ""
                blank = " " * (width - cell_len(text))
                pieces.append(blank + text if column.right else text + blank)
            row = (" " * GAP).join(pieces).rstrip()
            self._console.print(Text(row, style=style), soft_wrap=True)

    def cut(self, text: str, width: int) -> str:
        """Return the text cut to a width, at a word's end where one is near."""
        if cell_len(text) <= width:
            return text
        dots = "\u2026" if self._unicode else "..."
        kept = text
        while kept and cell_len(kept) > width - len(dots):
            kept = kept[:-1]
        head, _, tail = kept.rpartition(" ")
        return (head if head and len(tail) < 4 else kept).rstrip(" ,;(") + dots


def _least(column: Column) -> int:
    """Return the width at which no word of a column's cells is broken, up to a limit."""
    if not column.wraps:
        return _NARROWEST
    longest = max((cell_len(word) for cell in column.cells for word in cell.split(" ")), default=0)
    return max(_NARROWEST, min(longest, _LONGEST_WORD))


def _header_line(column: Column, level: int, depth: int) -> str:
    """Return a header's line at a level, shorter headers standing at the bottom."""
    lines = column.header.split("\n")
    place = level - (depth - len(lines))
    return lines[place] if place >= 0 else ""
