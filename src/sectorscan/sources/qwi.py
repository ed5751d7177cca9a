"""LEHD Quarterly Workforce Indicators: ages, turnover and new hires' pay; never its job counts.

QWI counts jobs by another definition than QCEW and adds noise to them, so its counts only weigh
its own rates and shares. Source: US Census Bureau, LEHD Public Use Data Schema (columns, age
groups, status flags). Files reach gigabytes: lines of other areas are passed over unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sectorscan.errors import Finding, InputError
from sectorscan.sources import naics
from sectorscan.sources.qwi_cells import Cell, Quarter, cell_of, lines_of, ratios
from sectorscan.sources.qwi_stream import rows_of_areas
from sectorscan.sources.rate_tables import RateLine, rate_tables
from sectorscan.tables.files import TEXT_ENDINGS, TableFile
from sectorscan.tables.model import TOTAL_INDUSTRY, RegionalTables, Scope

KIND = "lehd-qwi"
_KEYS = frozenset(["geography", "industry", "year", "quarter", "agegrp"])
_FIGURES = frozenset(["emp", "turnovrs", "earnhirns"])
_WHOLE = {
    "sex": "0",
    "race": "A0",
    "ethnicity": "A0",
    "education": "E0",
    "firmage": "0",
    "firmsize": "0",
    "seasonadj": "U",
}
"""Where a file splits workers and firms further, the rows of all of them."""
_OWNERS = {"private": ("A05", "A00"), "all": ("A00", "A05")}
_YEARS_KEPT = 2

Kept = dict[tuple[str, str, str, int], Quarter]


def is_qwi(header: Sequence[str]) -> bool:
    """Return whether a header is that of a QWI file."""
    names = {name.strip().lower() for name in header}
    return names >= _KEYS and bool(names & _FIGURES)


def read_qwi(file: TableFile, scope: Scope) -> RegionalTables:
    """Return the rates of the region's areas, of their states and of the nation.

    Of each quarter's figures those that are released count; a year is the sum over its quarters.

    Raises
    ------
    InputError
        Where the file can't be read, or a figure is no number.
    """
    if file.ending not in TEXT_ENDINGS:
        what = "QWI is read as CSV, plain or packed with gzip."
        raise InputError(Finding(what, "Download it as CSV.", file.name))
    kept: Kept = {}
    latest = 0
    wanted = None if scope.areas is None else _written(scope)
    end = scope.period[1] if scope.period else None
    counted = [0]
    ages: set[str] = set()
    for row in rows_of_areas(file, wanted, counted):
        key = _key(row)
        if key is None:
            continue
        if key[3] > latest:
            latest = key[3]
            kept = {k: v for k, v in kept.items() if k[3] > latest - _YEARS_KEPT or k[3] == end}
        if key[3] <= latest - _YEARS_KEPT and key[3] != end:
            continue
        age = row["agegrp"]
        ages.add(age)
        kept.setdefault(key, {}).setdefault(row["quarter"], {})[age] = _cell(row, file)
    owner, told = _owner(kept, scope.ownership, file)
    lines: list[RateLine] = []
    for (own, area, industry, year), quarters in kept.items():
        if own == owner:
            found = ratios(quarters, by_age={"A07", "A08"} <= ages)
            lines += lines_of(area, industry, year, found, file.name)
    if not lines:
        what = "the file has no figures for the region's areas, their states or the nation."
        remedy = "Download QWI for the state that the region lies in."
        told.append(Finding(what, remedy, file.name, severity="caution"))
    return rate_tables(file, KIND, counted[0], lines, told)


def _written(scope: Scope) -> frozenset[str]:
    """Return the areas' codes as QWI writes them, and their states' and the nation's."""
    own = {a for sector in scope.bundles or () for a in sector.areas or ()}
    codes = {code for code in (*(scope.areas or ()), *own, *(scope.benchmark or ()))}
    counties = {code for code in codes if re.fullmatch(r"\d{5}", code)}
    states = {code[:2] for code in counties}
    texts = counties | states | {"00"}
    return frozenset(texts | {text.lstrip("0") or "0" for text in texts})


def _key(row: Mapping[str, str]) -> tuple[str, str, str, int] | None:
    """Return owner, area, industry and year of a row of all workers and firms, else None."""
    if any(row.get(name, whole) != whole for name, whole in _WHOLE.items()):
        return None
    if row.get("periodicity", "Q") not in ("Q", ""):
        return None
    area = _area(row["geography"], row.get("geo_level", "").upper())
    industry = TOTAL_INDUSTRY if not row["industry"].strip("0") else row["industry"]
    known = industry == TOTAL_INDUSTRY or naics.level(industry) is not None
    if not area or not known or not row["year"].isdigit():
        return None
    return row.get("ownercode", "A00") or "A00", area, industry, int(row["year"])


def _area(code: str, level: str) -> str:
    if level in ("M", "W") or not code.isdigit() or len(code) > 5:
        return ""
    if level == "N" or not code.strip("0"):
        return "US000"
    return code.zfill(5) if len(code) > 2 else f"{code.zfill(2)}000"


def _cell(row: Mapping[str, str], file: TableFile) -> Cell:
    try:
        return cell_of(row)
    except ValueError as error:
        at = f"{row['geography']}, industry {row['industry']}, {row['year']} q{row['quarter']}"
        what = f"a figure is no number, at {at}"
        remedy = "Download the file again, and keep it as published."
        raise InputError(Finding(what, remedy, file.name, value=str(error))) from None


def _owner(
    kept: Iterable[tuple[str, str, str, int]], ownership: str, file: TableFile
) -> tuple[str, list[Finding]]:
    """Return which ownership's rows count, and a caution where it isn't the one asked for."""
    there = {key[0] for key in kept}
    owner = next((own for own in _OWNERS[ownership] if own in there), "")
    if not owner or owner == _OWNERS[ownership][0]:
        return owner, []
    words = {"A05": "private jobs only", "A00": "all ownerships"}
    what = f"the file has {words[owner]}, while {ownership} ownership is ranked; they are used."
    return owner, [Finding(what, "", file.name, severity="caution")]
