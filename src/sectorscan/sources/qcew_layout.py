"""The layouts in which BLS publishes QCEW, and what is wanted from them.

Source: https://www.bls.gov/cew/about-data/downloadable-file-layouts/home.htm (annual layouts; the
by-area layout adds titles and writes ``_count`` after establishments).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOTAL_COVERED = "0"
PRIVATE = "5"
OWNERSHIPS = {"private": (PRIVATE,), "all": ("1", "2", "3", PRIVATE)}
"""Ownership codes of each scope; 0 is their published total, 8 and 9 are special totals."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "area": ("area_fips",),
    "own": ("own_code",),
    "industry": ("industry_code",),
    "level": ("agglvl_code",),
    "size": ("size_code",),
    "year": ("year",),
    "disclosure": ("disclosure_code",),
    "establishments": ("annual_avg_estabs", "annual_avg_estabs_count"),
    "employment": ("annual_avg_emplvl",),
    "wages": ("total_annual_wages",),
    "change_disclosure": ("oty_disclosure_code",),
    "establishments_change": (
        "oty_annual_avg_estabs_chg",
        "oty_annual_avg_estabs_count_chg",
    ),
    "employment_change": ("oty_annual_avg_emplvl_chg",),
    "wages_change": ("oty_total_annual_wages_chg",),
    "area_title": ("area_title",),
    "industry_title": ("industry_title",),
}
"""Our name of each column that is read, and BLS's names of it."""

NUMBERS = (
    "establishments",
    "employment",
    "wages",
    "establishments_change",
    "employment_change",
    "wages_change",
)

_KEYS = {"area_fips", "own_code", "industry_code", "agglvl_code", "year", "disclosure_code"}
_LEVELS = (
    *(f"{area}{depth}" for area in "1457" for depth in "012345678"),
    *("30", "80", "91", "92", "93"),
)
"""Aggregation levels kept: total, domain, supersector, sector, 3 to 6 digits of nation, MSA, state
and county. Domains and supersectors only bound withheld figures (``tree``)."""


def _plain(name: str) -> str:
    return "_".join(name.strip().strip('"').lower().split())


def is_qcew(header: Sequence[str]) -> str | None:
    """Return ``qcew-annual`` or ``qcew-quarterly`` where the columns are BLS's own, else None.

    Tables that analysts cut from QCEW keep some of its names; without size, quarter or location
    quotient columns they are analyst tables.
    """
    names = {_plain(name) for name in header}
    if not names >= _KEYS:
        return None
    if not (names & {"size_code", "qtr"} or any(name.startswith("lq_") for name in names)):
        return None
    if "annual_avg_emplvl" in names:
        return "qcew-annual"
    return "qcew-quarterly" if "month3_emplvl" in names else None


def positions(header: Sequence[str]) -> dict[str, int]:
    """Return our name of each column to its position in the header."""
    names = [_plain(name) for name in header]
    return {
        ours: names.index(theirs)
        for ours, known in COLUMNS.items()
        for theirs in known
        if theirs in names
    }


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows wanted: areas and years (None: every one) of one ownership scope."""

    areas: frozenset[str] | None
    years: frozenset[int] | None
    ownership: str

    @property
    def area_texts(self) -> frozenset[str] | None:
        """Area codes as files may have them: spreadsheets drop leading zeros."""
        if self.areas is None:
            return None
        return frozenset(text for code in self.areas for text in (code, code.lstrip("0")) if text)

    @property
    def own_texts(self) -> list[str]:
        """Ownership codes of the industries' rows, as files may have them."""
        return as_written(OWNERSHIPS[self.ownership])

    @property
    def year_texts(self) -> list[str] | None:
        """Years as files may have them."""
        return None if self.years is None else as_written(str(year) for year in self.years)


def level_texts() -> list[str]:
    """Return the aggregation levels kept, as files may have them."""
    return as_written(_LEVELS)


def as_written(codes: Iterable[str]) -> list[str]:
    """Return codes with, beside each, its form in files that went through a float."""
    return sorted(text for code in codes for text in (code, f"{code}.0"))
