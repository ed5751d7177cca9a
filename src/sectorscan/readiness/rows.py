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
    """A cell's text, trimmed, and its place: ``scorecard.xlsx: 332 Metal!E12``."""

    text: str
    place: str

    def problem(self, what: str, remedy: str = "", severity: Severity = "error") -> Finding:
        """Return a finding at this cell, with the text that it holds."""
        value = shown(self.text)[:LONGEST_SHOWN] or None
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
        evidence = cells.prose(self.evidence.text)
        if not self.level.text:
            if not evidence:
                return None, []
            what = "there is evidence without a level; the answer isn't counted."
            return None, [self.level.problem(what, cells.NO_LEVEL, "caution")]
        findings: list[Finding] = []
        level: int | None = None
        try:
            level = cells.level(self.level.text)
        except cells.NotUnderstoodError as error:
            findings.append(self.level.problem(error.what, error.remedy))
        name = self._name(findings)
        date = self._date(findings)
        if findings or name is None or date is None:
            return None, findings
        if level is not None and not evidence:
            what = "there is a level without evidence."
            remedy = "Write what it rests on: names, dates, documents."
            findings.append(self.evidence.problem(what, remedy, "caution"))
        place = self.level.place
        return Rating(self.sector, self.question, name, date, level, evidence, place), findings

    def _name(self, findings: list[Finding]) -> str | None:
        usual = self.usual_name
        written = (cells.name(self.name.text), cells.name(usual.text) if usual else "")
        name = next((one for one in written if one and not layout.is_nobody(one)), "")
        if not name:
            cell = Cell("", self.name.place)
            what = "there is a level without its rater."
            findings.append(cell.problem(what, _write_it("the name", usual)))
        return name or None

    def _date(self, findings: list[Finding]) -> dt.date | None:
        usual = self.usual_date
        cell = usual if usual and usual.text and not self.date.text else self.date
        if not cell.text:
            findings.append(self.date.problem("there is a level without its date.",
                                              _write_it("the date", usual)))  # fmt: skip
            return None
        try:
            return cells.date(cell.text)
        except cells.NotUnderstoodError as error:
            findings.append(cell.problem(error.what, error.remedy))
            return None


def _write_it(what: str, usual: Cell | None) -> str:
    elsewhere = f", or once for all in {usual.place.partition(': ')[2]}" if usual else ""
    return f"Write {what} here{elsewhere}."
