"""A filled workbook's sheets as the reader goes over them, and what it has found there so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sectorscan.errors import Finding, Severity
from sectorscan.readiness import layout
from sectorscan.readiness.model import Rating
from sectorscan.readiness.rows import Cell
from sectorscan.tables.bystanders import SCORECARD_MARK
from sectorscan.tables.files import TableFile, shown

FILLED_IN = (layout.LEVEL, layout.EVIDENCE, layout.NAME, layout.DATE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows of text; a row is told by the mark in its first column.

    ``formulas`` are those without a result, by row and column; ``from_1904`` says which day a
    bare number counts from.
    """

    file: str
    title: str
    rows: Sequence[Sequence[str]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False

    @property
    def place(self) -> str:
        """What messages call the sheet."""
        return f"{self.file}: {shown(self.title)}"

    def text(self, row: int, column: int) -> str:
        """Return a cell's text, trimmed; blank where the sheet doesn't reach."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column].strip()

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell with its place."""
        return Cell(
            self.text(row, column),
            f"{self.place}!{reference(row, column)}",
            self.formulas.get((row, column), ""),
            self.from_1904,
        )

    def marks(self) -> Iterator[tuple[int, str]]:
        """Yield each marked row and its mark."""
        for row in range(len(self.rows)):
            if mark := self.text(row, 0):
                yield row, mark

    def columns(self, row: int) -> dict[str, int]:
        """Return where the columns stand, by their titles in this row."""
        titles = {title.casefold(): title for title in layout.TITLES}
        return {
            titles[text]: column
            for column in reversed(range(1, len(self.rows[row])))
            if (text := self.text(row, column).casefold()) in titles
        }

    @property
    def sector(self) -> str | None:
        """The id of the sector that the sheet is of, None where it is of none."""
        found = layout.parts(self.text(1, 0), layout.SECTOR)
        return found[0] if found and self.is_ours else None

    @property
    def is_ours(self) -> bool:
        """Whether the sheet is part of a scorecard."""
        return self.text(0, 0) == SCORECARD_MARK

    @property
    def looks_like_ours(self) -> bool:
        """Whether it was part of a scorecard, wherever its marks have gone."""
        return any(
            SCORECARD_MARK in texts or {layout.LEVEL, layout.EVIDENCE} <= set(texts)
            for row in self.rows
            if (texts := [text.strip() for text in row])
        )

    @property
    def is_synthetic(self) -> bool:
        """Whether it was made from the synthetic sample."""
        return self.is_ours and any(mark == layout.SYNTHETIC for _, mark in self.marks())

    @property
    def is_start(self) -> bool:
        """Whether it is the sheet on which raters write their names."""
        return self.is_ours and self.text(1, 0) == layout.START


def reference(row: int, column: int) -> str:
    """Return a cell's name as spreadsheets have it: (11, 4) is E12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


@dataclass(slots=True)
class FilledWorkbook:
    """What one workbook says.

    ``titles`` and ``conveners`` are by sector id; ``findings`` are its problems, cautions, notes.
    ``synthetic`` says that it was made from the sample.
    """

    file: TableFile
    synthetic: bool = False
    ratings: list[Rating] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    conveners: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(self, place: str, what: str, remedy: str = "", severity: Severity = "caution") -> None:
        """Note what is to be said of a place of this workbook."""
        self.findings.append(Finding(what, remedy, place, severity=severity))
