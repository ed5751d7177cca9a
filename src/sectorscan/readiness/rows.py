"""One rater's answer to one question: the four cells of a row, and what is wrong with each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sectorscan.errors import Finding, Severity
from sectorscan.readiness import cells, layout
from sectorscan.readiness.model import Rating
from sectorscan.tables.files import shown

LONGEST_SHOWN = 60


class Cell(NamedTuple):
    """A cell's text, trimmed, and its place: ``scorecard.xlsx: 332 Metal!E12``.

    ``formula`` is one whose result the workbook doesn't store; ``from_1904`` says which day a
    bare number counts from.
    """

    text: str
    place: str
    formula: str = ""
    from_1904: bool = False

    @property
    def at_fault(self) -> str:
        """What keeps the cell from being read at all, blank where nothing does."""
        if self.formula and not layout.is_own_formula(self.formula):
            return "this formula has no result stored beside it."
        return "this is a spreadsheet's error." if cells.is_error(self.text) else ""

    def problem(self, what: str, remedy: str = "", severity: Severity = "error") -> Finding:
        """Return a finding at this cell, with the text that it holds."""
        value = shown(self.text or self.formula)[:LONGEST_SHOWN] or None
        return Finding(what, remedy, self.place, value=value, severity=severity)


@dataclass(frozen=True, slots=True)
class RatingRow:
    """The cells of a row; a blank name or date is filled in from sheet *Start here*."""

    sector: str
    question: str
    level: Cell
    evidence: Cell
    name: Cell
    date: Cell
    usual_name: Cell | None = None
    usual_date: Cell | None = None

    def read(self) -> tuple[Rating | None, list[Finding]]:
        """Return the rating, None where the row is blank or at fault, and what is to be said."""
        evidence = cells.whole(self.evidence.text or self.evidence.formula)
        if not self.level.text and not self.level.formula:
            if not evidence:
                return None, []
            what = "there is evidence without a level; the answer isn't counted."
            return None, [self.level.problem(what, cells.NO_LEVEL, "caution")]
        findings: list[Finding] = []
        level = self._level(findings)
        name = self._name(findings)
        date = self._date(findings)
        if findings or name is None or date is None:
            return None, findings
        findings += self._of_evidence(evidence, level)
        kept, place = evidence[: cells.LONGEST_PROSE], self.level.place
        return Rating(self.sector, self.question, name, date, level, kept, place), findings

    def _level(self, findings: list[Finding]) -> int | None:
        if self.level.at_fault:
            findings.append(self.level.problem(self.level.at_fault, cells.NO_LEVEL))
            return None
        try:
            return cells.level(self.level.text)
        except cells.NotUnderstoodError as error:
            findings.append(self.level.problem(error.what, error.remedy))
            return None

    def _of_evidence(self, evidence: str, level: int | None) -> list[Finding]:
        remedy = "Write what it rests on: names, dates, documents."
        if level is not None and (not evidence or cells.is_error(evidence)):
            return [self.evidence.problem("there is a level without evidence.", remedy, "caution")]
        if len(evidence) > cells.LONGEST_PROSE:
            what = (
                f"the evidence has {len(evidence):,} characters; {cells.LONGEST_PROSE:,} are kept."
            )
            return [Finding(what, "Say it shorter.", self.evidence.place, severity="caution")]
        return []

    def _name(self, findings: list[Finding]) -> str | None:
        usual = self.usual_name
        for cell in (self.name, usual) if usual else (self.name,):
            if cell.at_fault:
                findings.append(cell.problem(cell.at_fault, "Write the name itself."))
                return None
            name = cells.name(cell.text)
            if name and not layout.is_nobody(name):
                return name
        blank = Cell("", self.name.place)
        what = "there is a level without its rater."
        findings.append(blank.problem(what, _write_it("the name", usual)))
        return None

    def _date(self, findings: list[Finding]) -> dt.date | None:
        usual = self.usual_date
        cell = usual if usual and not self.date.text and not self.date.at_fault else self.date
        if cell.at_fault:
            findings.append(cell.problem(cell.at_fault, cells.WRITE_DATE))
            return None
        if not cell.text:
            blank = Cell("", self.date.place)
            findings.append(blank.problem("there is a level without its date.",
                                          _write_it("the date", usual)))  # fmt: skip
            return None
        try:
            return cells.date(cell.text, from_1904=cell.from_1904)
        except cells.NotUnderstoodError as error:
            findings.append(cell.problem(error.what, error.remedy))
            return None


def _write_it(what: str, usual: Cell | None) -> str:
    elsewhere = f", or once for all in {usual.place.partition(': ')[2]}" if usual else ""
    return f"Write {what} here{elsewhere}."
