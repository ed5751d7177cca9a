"""A sheet of text cells as typed columns, each cell that can't be read a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from sectorscan.errors import Finding
from sectorscan.tables import codes
from sectorscan.tables.cells import REMEDIES, FloatArray, Numbers, Quantity, to_numbers
from sectorscan.tables.files import shown
from sectorscan.tables.listing import clipped, listed
from sectorscan.tables.names import normalise
from sectorscan.tables.oddities import words_among_codes
from sectorscan.tables.ownership import to_ownership
from sectorscan.tables.recognise import Match
from sectorscan.tables.sheets import Sheet

_JOBS = Quantity(least=0, most=1e9, whole=True)
_OWN_FIGURE = Quantity(percent=True, dollars=True)
QUANTITIES: dict[str, Quantity] = {
    "employment": _JOBS,
    "employment_low": _JOBS,
    "employment_high": _JOBS,
    "establishments": Quantity(least=0, most=1e8, whole=True),
    "avg_annual_pay": Quantity(least=0, most=1e7, dollars=True),
    "total_wages": Quantity(least=0, most=1e14, dollars=True),
    "total_wages_low": Quantity(least=0, most=1e14, dollars=True),
    "total_wages_high": Quantity(least=0, most=1e14, dollars=True),
    "location_quotient": Quantity(least=0, most=1e5, ratio=True),
    "growth_pct": Quantity(least=-100, most=1e5, percent=True, ratio=True),
    "annual_growth_pct": Quantity(least=-100, most=1e4, percent=True, ratio=True),
    "openings": _JOBS,
    "value": _OWN_FIGURE,
    "low": _OWN_FIGURE,
    "high": _OWN_FIGURE,
}
"""What each column of figures may hold: jobs, establishments, USD a year, ratios, percent."""

_LABELS = {
    "employment": "jobs",
    "employment_low": "jobs",
    "employment_high": "jobs",
    "establishments": "establishments",
    "avg_annual_pay": "annual pay",
    "total_wages": "wages",
    "total_wages_low": "wages",
    "total_wages_high": "wages",
    "location_quotient": "a location quotient",
    "growth_pct": "growth",
    "annual_growth_pct": "growth",
    "openings": "openings",
}
_BASES = {
    "observed": "observed",
    "actual": "observed",
    "historical": "observed",
    "projected": "projected",
    "projection": "projected",
    "forecast": "projected",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A sheet's columns by our names: codes and text as lists, figures as ``Numbers``.

    ``rows`` are the spreadsheet's row numbers (n,); ``flagged`` (n,) says what a flag column
    withholds; ``source`` is the file's name, ``label`` the name with the worksheet's.
    """

    label: str
    source: str
    kinds: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    text: dict[str, list[str]]
    years: dict[str, npt.NDArray[np.int64]]
    numbers: dict[str, Numbers]
    flagged: npt.NDArray[np.bool_]
    findings: list[Finding] = field(default_factory=list)
    synthetic: bool = False


def type_sheet(sheet: Sheet, match: Match, source: str, known: Iterable[str]) -> Typed:
    """Return a sheet's typed columns; ``known`` area codes help to mend lost zeros."""
    return _Typing(sheet, match, source).typed(frozenset(known))


class _Typing:
    """The columns of one sheet on their way, with the findings that gather."""

    def __init__(self, sheet: Sheet, match: Match, source: str) -> None:
        self.sheet = sheet
        self.source = source
        self.kinds = match.kinds
        self.positions = match.positions
        self.rows = np.asarray(sheet.rows, dtype=np.int64)
        self.findings: list[Finding] = []
        self.faulty = np.zeros(len(self.rows), dtype=np.bool_)
        self.indicators_only = match.kinds == ("indicators",)

    def typed(self, known: frozenset[str]) -> Typed:
        text: dict[str, list[str]] = {
            name: _tidied(self.cells(name))
            for name in ("region_title", "industry_title", "unit", "source", "note", "indicator")
            if name in self.positions
        }
        self._indicator_names(text)
        text["region"] = self._regions(known)
        text["industry"], titles = self._industries()
        if titles and "industry_title" not in text:
            text["industry_title"] = titles
        if "ownership" in self.positions:
            text["ownership"] = self._words("ownership", *to_ownership(self.cells("ownership")))
        if "basis" in self.positions:
            text["basis"] = self._basis()
        self._quarters()
        years: dict[str, npt.NDArray[np.int64]] = {
            name: self._years(name)
            for name in ("year", "base_year", "end_year")
            if name in self.positions
        }
        numbers = {name: self._numbers(name) for name in QUANTITIES if name in self.positions}
        marks = [text[name][0].lower() for name in ("note", "source") if text.get(name)]
        synthetic = any("synthetic" in mark for mark in marks)
        typed = Typed(
            self.sheet.name,
            self.source,
            self.kinds,
            self.rows,
            text,
            years,
            numbers,
            self._flags(),
            self.findings,
            synthetic,
        )
        return _only(typed, ~self.faulty) if self.faulty.any() else typed

    def cells(self, name: str) -> Sequence[str]:
        return self.sheet.cells[self.positions[name]]

    def header(self, name: str) -> str:
        return self.sheet.header[self.positions[name]]

    def problem(
        self, name: str, what: str, remedy: str, at: Sequence[int], *, caution: bool = False
    ) -> None:
        seen = self.cells(name)
        if not caution:
            self.faulty[at] = True
        self.findings.extend(
            listed(
                what,
                remedy,
                self.sheet.name,
                self.header(name),
                [int(self.rows[position]) for position in at],
                [seen[position] for position in at],
                "caution" if caution else "error",
            )
        )

    def mended(self, name: str, examples: dict[str, str]) -> None:
        if examples:
            before, after = next(iter(sorted(examples.items())))
            count = f"{len(examples)} different codes" if len(examples) > 1 else "a code"
            what = f"{count} mended, such as {clipped(before)!r} to {after!r}."
            header = shown(self.header(name))
            self.findings.append(Finding(what, "", self.sheet.name, column=header, severity="note"))

    def _regions(self, known: frozenset[str]) -> list[str]:
        if "region" not in self.positions:
            return [""] * len(self.rows)
        fips = "fips" in normalise(self.header("region"))
        found = codes.mend_regions(self.cells("region"), fips, known)
        for what, at in found.wrong.items():
            if not self.indicators_only:
                self.problem("region", what, codes.REMEDIES[what], at)
        self.mended("region", found.mended)
        return found.codes

    def _industries(self) -> tuple[list[str], list[str]]:
        found = codes.mend_industries(self.cells("industry"), free=self.indicators_only)
        for what, at in found.wrong.items():
            self.problem("industry", what, codes.REMEDIES[what], at)
        self.mended("industry", found.mended)
        odd = None if self.indicators_only else words_among_codes(found.codes)
        if odd is not None:
            self.problem("industry", odd.what, odd.remedy, [odd.at], caution=True)
        return found.codes, found.titles

    def _indicator_names(self, text: dict[str, list[str]]) -> None:
        if "indicator" in text:
            blank = [at for at, name in enumerate(text["indicator"]) if not name]
            if blank:
                remedy = codes.REMEDIES[codes.BAD_BLANK]
                self.problem("indicator", codes.BAD_BLANK, remedy, blank)

    def _years(self, name: str) -> npt.NDArray[np.int64]:
        years, wrong = codes.to_years(self.cells(name))
        for what, at in wrong.items():
            # An indicator needs no year; every other table does.
            if what == codes.BAD_BLANK and self.indicators_only:
                continue
            self.problem(name, what, codes.REMEDIES[what], at)
        dates = [cell for cell, year in zip(self.cells(name), years, strict=True) if year > 0]
        if any("-" in cell for cell in dates):
            what, header = "dates are read as the years they stand for.", shown(self.header(name))
            self.findings.append(Finding(what, "", self.sheet.name, column=header, severity="note"))
        return np.array(years, dtype=np.int64)

    def _numbers(self, name: str) -> Numbers:
        found = to_numbers(self.cells(name), QUANTITIES[name], semicolon=self.sheet.semicolon)
        for what, at in found.wrong.items():
            self.problem(name, what, REMEDIES[what], at)
        if found.decimal_comma:
            what = "the commas are read as decimal marks."
            header = shown(self.header(name))
            self.findings.append(Finding(what, "", self.sheet.name, column=header, severity="note"))
        self._range(name, found.value)
        return found

    def _range(self, name: str, value: FloatArray) -> None:
        quantity, label = QUANTITIES[name], _LABELS.get(name, "the figure")
        low = np.flatnonzero(value < quantity.least).tolist()
        if low:
            what = f"{label} can't be below {quantity.least:,.0f}."
            if quantity.least == 0:
                what = f"{label} can't be negative."
            self.problem(name, what, "Check the sign and the column.", low)
        high = np.flatnonzero(value > quantity.most).tolist()
        if high:
            what = f"{label} above {quantity.most:,.0f} can't be right."
            self.problem(name, what, "Check the unit and the column.", high)

    def _words(self, name: str, found: list[str], unknown: list[int]) -> list[str]:
        if unknown:
            what = "this ownership is not known."
            remedy = "Use private, federal, state, local or total (or 5, 1, 2, 3, 0)."
            self.problem(name, what, remedy, unknown)
        return found

    def _basis(self) -> list[str]:
        found = [_BASES.get(cell.strip().lower(), "?") for cell in self.cells("basis")]
        unknown = [at for at, basis in enumerate(found) if basis == "?"]
        if unknown:
            self.problem("basis", "this basis is not known.", "Use observed or projected.", unknown)
        return found

    def _quarters(self) -> None:
        if "quarter" not in self.positions:
            return
        annual = {"", "a", "annual", "0"}
        found = [
            at
            for at, cell in enumerate(self.cells("quarter"))
            if cell.strip().lower() not in annual
        ]
        if found:
            self.problem("quarter", codes.BAD_PERIOD, codes.REMEDIES[codes.BAD_PERIOD], found)

    def _flags(self) -> npt.NDArray[np.bool_]:
        flagged = np.zeros(len(self.rows), dtype=np.bool_)
        for name in ("flag", "withheld"):
            if name not in self.positions:
                continue
            found, wrong = codes.to_flags(self.cells(name), yes_no=name == "withheld")
            flagged |= np.array(found, dtype=np.bool_)
            for at in wrong.values():
                what = "this flag is not known; the figures beside it are used as they are."
                remedy = "Withheld figures are flagged N, D, S or *."
                self.problem(name, what, remedy, at, caution=True)
        return flagged


def text_column(part: Typed, name: str) -> npt.NDArray[np.object_]:
    """Return a column of text (n,), blank where the sheet hasn't got it."""
    column = np.empty(len(part.rows), dtype=object)
    column[:] = part.text.get(name, [""] * len(part.rows))
    return column


def _tidied(cells: Sequence[str]) -> list[str]:
    tidy = {cell: " ".join(cell.split()) for cell in dict.fromkeys(cells)}
    tidy = {cell: text if len(text) <= 500 else f"{text[:499]}…" for cell, text in tidy.items()}
    return list(map(tidy.__getitem__, cells))


def _only(typed: Typed, sound: npt.NDArray[np.bool_]) -> Typed:
    """Return the rows that could be read, so that later checks don't tell of the others again."""
    keep = np.flatnonzero(sound)
    return replace(
        typed,
        rows=typed.rows[keep],
        text={name: [column[at] for at in keep] for name, column in typed.text.items()},
        years={name: column[keep] for name, column in typed.years.items()},
        numbers={
            name: Numbers(column.value[keep], column.withheld[keep], column.below[keep])
            for name, column in typed.numbers.items()
        },
        flagged=typed.flagged[keep],
    )
