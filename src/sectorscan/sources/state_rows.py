"""The rows of states' projections: areas, industries, years and jobs as cells have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from sectorscan.errors import Finding
from sectorscan.sources import areas as area_names
from sectorscan.sources import naics
from sectorscan.sources.naics_cells import codes_in, unpadded
from sectorscan.sources.rate_tables import RateLine, exact_line, jobs_in
from sectorscan.tables.cells import tidied
from sectorscan.tables.model import TOTAL_INDUSTRY
from sectorscan.tables.sheets import Sheet

_PERIOD = re.compile(r"((?:19|20)\d\d)\s*(?:-|to)\s*((?:19|20)?\d\d)")
_TOTAL_TITLE = re.compile(r"total(?:,? (?:all industries|employment|all))?|all industries", re.I)
_STATEWIDE = frozenset(["01", "1", "state", "statewide"])
_COUNTY = frozenset(["04", "4", "county"])
YEARS = range(1900, 2200)

Years = tuple[int, int] | None


def rate_lines(
    sheet: Sheet, at: Mapping[str, int], in_header: Years, file: str
) -> tuple[list[RateLine], list[Finding]]:
    """Return the lines of a sheet whose columns are ``at``, and what is wrong or worth a note."""
    problems: list[Finding] = []
    jobs = {name: np.full(len(sheet.rows), np.nan) for name in ("base", "end", "openings")}
    for name in jobs:
        if name in at:
            jobs[name], wrong = jobs_in(sheet, at[name])
            problems += wrong
    base = jobs["base"]
    lines: list[RateLine] = []
    unknown: list[str] = []
    undated: list[int] = []
    for row, number in enumerate(sheet.rows):
        cell = {name: sheet.cells[position][row] for name, position in at.items()}
        industry = _industry(cell["industry"], cell.get("title", ""))
        if not industry:
            unknown.append(cell["industry"].strip())
            continue
        years = in_header or _years(cell)
        if years is None:
            undated.append(number)
            continue
        if np.isnan(base[row]) or base[row] <= 0:
            continue
        region = _area(cell)
        for quantity, name in (("projected_jobs", "end"), ("openings", "openings")):
            amount = jobs[name][row]
            if not np.isnan(amount):
                lines.append(exact_line(region, industry, quantity, years, amount, base[row], file))
    return lines, [*problems, *_told(sheet, unknown, undated)]


def _told(sheet: Sheet, unknown: Sequence[str], undated: Sequence[int]) -> list[Finding]:
    found = []
    if undated:
        what = f"{len(undated)} rows don't say from which year to which they reach."
        remedy = "Write the period as 2022-2032, or the two years."
        found.append(Finding(what, remedy, sheet.name, undated[0]))
    codes = [code for code in dict.fromkeys(unknown) if code]
    if codes:
        shown = ", ".join(codes[:8]) + (" ..." if len(codes) > 8 else "")
        what = f"rows whose codes are no NAICS industries aren't used: {shown}."
        found.append(Finding(what, "", sheet.name, severity="note"))
    return found


def _industry(cell: str, title: str) -> str:
    text = tidied(cell)
    if text.lower() in ("0", "00", "total", "all industries") or not text.strip("0"):
        coded = bool(text.strip())
        return TOTAL_INDUSTRY if coded or _TOTAL_TITLE.fullmatch(title.strip()) else ""
    try:
        codes = [unpadded(code) for code in codes_in(text)]
    except ValueError:
        return ""
    if codes == [TOTAL_INDUSTRY]:
        return TOTAL_INDUSTRY
    return ", ".join(codes) if codes and all(map(_is_naics, codes)) else ""


def _is_naics(code: str) -> bool:
    return naics.level(code) is not None and naics.sector_of(code) in naics.SECTOR_CODES


def _years(cell: Mapping[str, str]) -> Years:
    years = [tidied(cell.get(name, "")).removesuffix(".0") for name in ("base_year", "end_year")]
    if all(year.isdigit() and int(year) in YEARS for year in years):
        first, last = int(years[0]), int(years[1])
    elif match := _PERIOD.search(tidied(cell.get("period", ""))):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else int(f"{match[1][:2]}{match[2]}")
    else:
        return None
    return (first, last) if last > first else None


def _area(cell: Mapping[str, str]) -> str:
    """Return the area's code where one can be made out, else its name."""
    kind = tidied(cell.get("area_type", "")).lower()
    state = _code(cell.get("state_code", ""))
    local = _code(cell.get("area_code", "") or cell.get("area", ""))
    if state.isdigit() and len(state) > 2:
        return state.zfill(5)
    if state.isdigit():
        whole = f"{state.zfill(2)}000"
        if kind in _COUNTY and local.isdigit():
            return f"{state.zfill(2)}{local[-3:].zfill(3)}"
        if kind in _STATEWIDE or not kind:
            return "US000" if whole == "00000" else whole
    name = cell.get("area", "").strip()
    if local.isdigit() and len(local) <= 2 and not kind:
        return f"{local.zfill(2)}000"
    if local.isdigit() and len(local) in (4, 5):
        return local.zfill(5)
    return _by_name().get(_plain(name), name)


def _code(cell: str) -> str:
    return tidied(cell).removesuffix(".0")


def _plain(name: str) -> str:
    text = re.sub(r"\(statewide\)|\bstatewide\b|\bstate\b|[-,]", " ", name.casefold())
    return " ".join(text.split())


@cache
def _by_name() -> Mapping[str, str]:
    names = {_plain(title): code for code, title in area_names.table().items()}
    return {**names, "united states": "US000", "u.s.": "US000"}
