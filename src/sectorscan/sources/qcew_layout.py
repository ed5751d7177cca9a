"""The layouts in which BLS publishes QCEW, and what is wanted from them.

Source: https://www.bls.gov/cew/about-data/downloadable-file-layouts/home.htm (annual and quarterly;
by-area and by-industry files add titles, and write ``_count`` after establishments).
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
    "quarter": ("qtr",),
    "disclosure": ("disclosure_code",),
    "establishments": (
        *("annual_avg_estabs", "annual_avg_estabs_count"),
        *("qtrly_estabs", "qtrly_estabs_count"),
    ),
    "employment": ("annual_avg_emplvl",),
    "month1": ("month1_emplvl",),
    "month2": ("month2_emplvl",),
    "month3": ("month3_emplvl",),
    "wages": ("total_annual_wages", "total_qtrly_wages"),
    "change_disclosure": ("oty_disclosure_code",),
    "establishments_change": (
        *("oty_annual_avg_estabs_chg", "oty_annual_avg_estabs_count_chg"),
        *("oty_qtrly_estabs_chg", "oty_qtrly_estabs_count_chg"),
    ),
    "employment_change": ("oty_annual_avg_emplvl_chg",),
    "month1_change": ("oty_month1_emplvl_chg",),
    "month2_change": ("oty_month2_emplvl_chg",),
    "month3_change": ("oty_month3_emplvl_chg",),
    "wages_change": ("oty_total_annual_wages_chg", "oty_total_qtrly_wages_chg"),
    "area_title": ("area_title",),
    "industry_title": ("industry_title",),
}
"""Our name of each column that is read, and BLS's names of it, of which a file has one.

Changes in percent (``oty_..._pct``, later ``_pct_chg``) and what is not named here are not read.
"""

MONTHS = ("month1", "month2", "month3")
NUMBERS = tuple(
    f"{name}{change}"
    for change in ("", "_change")
    for name in ("establishments", "employment", *MONTHS, "wages")
)
"""The columns that hold numbers."""

_KEYS = {"area_fips", "own_code", "industry_code", "agglvl_code", "year", "disclosure_code"}
_LEVELS = (
    *(f"{area}{depth}" for area in "1457" for depth in "012345678"),
    *("30", "80", "91", "92", "93"),
)
"""Aggregation levels kept: total, domain, supersector, sector, 3 to 6 digits of nation, MSA, state
and county. Domains and supersectors only bound withheld figures (``tree``).

Of combined (30) and micropolitan areas (80) and of all MSAs, CSAs and other counties together (91
to 93) BLS publishes the total alone.
"""


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
    """The rows wanted: areas and years (None: every one) of one ownership scope.

    With a ``quarter`` (1 to 4) the other quarters' rows are not wanted; annual rows always are.
    """

    areas: frozenset[str] | None
    years: frozenset[int] | None
    ownership: str
    quarter: int | None = None

    @property
    def area_texts(self) -> frozenset[str] | None:
        """Area codes as files may have them: spreadsheets drop leading zeros."""
        if self.areas is None:
            return None
        return frozenset(text for code in self.areas for text in (code, code.lstrip("0")) if text)


def level_texts() -> list[str]:
    """Return the aggregation levels kept, as files may have them."""
    return as_written(_LEVELS)


def as_written(codes: Iterable[str]) -> list[str]:
    """Return codes with, beside each, its form in files that went through a float."""
    return sorted(text for code in codes for text in (code, f"{code}.0"))
