"""OEWS staffing patterns by industry: the share of middle-skill jobs in an industry's jobs.

Source: US Bureau of Labor Statistics, Occupational Employment and Wage Statistics, national
industry-specific estimates. Middle-skill follows Holzer and Lerman (2009), The Future of
Middle-Skill Jobs, Brookings CCF Brief 41: six major groups of the Standard Occupational
Classification that mostly ask for more than high school and less than a four-year degree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sectorscan.errors import Finding, InputError
from sectorscan.sources import naics
from sectorscan.sources.naics_cells import codes_in, unpadded
from sectorscan.sources.rate_tables import RateLine, jobs_in, rate_tables, without_repeats
from sectorscan.sources.scope import NATION
from sectorscan.sources.withheld_parts import share_of_parts
from sectorscan.tables.files import TableFile
from sectorscan.tables.model import TOTAL_INDUSTRY, RegionalTables
from sectorscan.tables.names import normalise
from sectorscan.tables.sheets import Row, Sheet, read_sheets

KIND = "oews-staffing"
MIDDLE_SKILL = ("41", "43", "47", "49", "51", "53")
"""SOC major groups: sales; office and administrative support; construction and extraction;
installation, maintenance and repair; production; transportation and material moving."""
DEFINITION = f"middle skill: SOC major groups {', '.join(MIDDLE_SKILL)}"

_NEEDED = ("naics", "occ_code", "tot_emp")
_WANTED = (*_NEEDED, "naics_title", "own_code", "area", "area_type")
_MAJOR = re.compile(r"(\d\d)-0000")
_ONLY = re.compile(r"\(([^()]*\d[^()]*?)\s*only\)")
_FILE_YEAR = re.compile(r"m(20\d\d)", re.IGNORECASE)


def is_oews(header: Sequence[str]) -> bool:
    """Return whether a header is that of OEWS's estimates by industry."""
    return set(_NEEDED) <= {normalise(name) for name in header}


def read_oews(file: TableFile, ownership: str) -> RegionalTables:
    """Return middle-skill jobs over all jobs, by industry, for the nation.

    Where an industry stands under several ownerships, the private one counts under ``private``,
    else the widest. Withheld groups (``**``) make the share an interval: between none and all of
    what the published groups leave of the industry's jobs.

    Raises
    ------
    InputError
        Where the file can't be read or a number of jobs is no number.
    """

    def choose(header: Row, _: Sequence[Row]) -> list[int]:
        return [at for at, name in enumerate(header) if normalise(name) in _WANTED]

    sheets = [sheet for sheet in read_sheets(file, choose) if is_oews(sheet.header)]
    lines: list[RateLine] = []
    problems: list[Finding] = []
    for sheet in sheets:
        found, wrong = _lines(sheet, file, ownership)
        lines += found
        problems += wrong
    if problems:
        raise InputError(problems)
    lines, repeated = without_repeats(lines, file.name)
    if not any(line.industry != TOTAL_INDUSTRY for line in lines):
        what = "the file has no industries with major groups of occupations, so it isn't used."
        remedy = "Take the national industry-specific file (nat3d or nat4d)."
        repeated.append(Finding(what, remedy, file.name, severity="caution"))
    return rate_tables(file, KIND, sum(len(s.rows) for s in sheets), lines, repeated)


def _lines(sheet: Sheet, file: TableFile, ownership: str) -> tuple[list[RateLine], list[Finding]]:
    at = {normalise(name): position for position, name in enumerate(sheet.header)}
    cells = {name: sheet.cells[at[name]] for name in _WANTED if name in at}
    jobs, problems = jobs_in(sheet, at["tot_emp"])
    groups: dict[str, dict[str, dict[str, float]]] = {}
    for row, code in enumerate(cells["occ_code"]):
        major = _MAJOR.fullmatch(code.strip())
        if major is None or not _national(cells, row):
            continue
        title = cells["naics_title"][row] if "naics_title" in cells else ""
        industry = _industry(cells["naics"][row], title)
        if industry:
            own = cells["own_code"][row].strip() if "own_code" in cells else ""
            by_group = groups.setdefault(industry, {}).setdefault(own, {})
            by_group.setdefault(major[1], float(jobs[row]))
    year = int(match[1]) if (match := _FILE_YEAR.search(file.name)) else 0
    lines = []
    for industry, by_own in groups.items():
        shares = _share(by_own[_ownership(by_own, ownership)])
        if shares is not None:
            source = f"{file.name} ({DEFINITION})"
            lines.append(RateLine(NATION[0], industry, "middle_skill", year, year, *shares, source))
    return lines, problems


def _share(jobs: dict[str, float]) -> tuple[float, float, float, float] | None:
    """Return middle-skill jobs (value, low, high) and all jobs; None where the total isn't known.

    A group without a row has no jobs in the industry; one with a mark is withheld.
    """
    total = jobs.get("00", np.nan)
    if not total > 0:
        return None
    wanted = [number for group, number in jobs.items() if group in MIDDLE_SKILL]
    others = [n for group, n in jobs.items() if group not in (*MIDDLE_SKILL, "00")]
    value, low, high = share_of_parts(total, wanted, others)
    return value, low, high, total


def _ownership(by_own: dict[str, dict[str, float]], ownership: str) -> str:
    """Return which ownership's rows count: private alone, else the widest that holds it."""
    private = [own for own in by_own if own in ("", "5")]
    if ownership == "private" and private:
        return private[0]
    return max(by_own, key=lambda own: ("5" in own, len(own)))


def _national(cells: dict[str, Sequence[str]], row: int) -> bool:
    kinds = cells.get("area_type") or cells.get("area")
    return kinds is None or kinds[row].strip() in ("1", "1.0", "99", "99.0", "")


def _industry(cell: str, title: str) -> str:
    """Return the codes of an industry: its own, or those that an OEWS-specific group lists."""
    text = cell.strip().removesuffix(".0")
    try:
        if listed := _ONLY.search(title):
            return ", ".join(codes_in(listed[1]))
        codes = [unpadded(code) for code in codes_in(text.zfill(6) if text == "0" else text)]
    except ValueError:
        return ""
    known = [c for c in codes if c == TOTAL_INDUSTRY or naics.level(c) is not None]
    return ", ".join(known) if known == codes else ""
