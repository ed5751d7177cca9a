"""BLS's national employment projections by industry: the workbook's table of all industries.

Source: US Bureau of Labor Statistics, Employment Projections, table 2.11 (in some releases 2.7),
"Employment and output by industry". Jobs are in thousands; industries are named by one NAICS code
or by several (``442-4, 446-8, 451, 453-4``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sectorscan.errors import Finding, InputError
from sectorscan.sources.naics_cells import codes_in
from sectorscan.sources.rate_tables import (
    RateLine,
    exact_line,
    jobs_in,
    rate_tables,
    without_repeats,
)
from sectorscan.sources.scope import NATION
from sectorscan.tables.files import TableFile
from sectorscan.tables.model import TOTAL_INDUSTRY, RegionalTables
from sectorscan.tables.names import normalise
from sectorscan.tables.sheets import Row, Sheet, read_sheets

KIND = "bls-projections"
THOUSAND = 1000
_NAICS = re.compile(r"(?:(?:19|20)\d\d_)?naics(?:_codes?)?")
_JOBS = re.compile(r"employment_((?:19|20)\d\d)")
_OPENINGS = re.compile(r"(?:occupational_)?openings_.*")
_TOTAL = re.compile(r"total(?:,? (?:all industries|employment))?", re.IGNORECASE)


def is_bls_projections(header: Sequence[str]) -> bool:
    """Return whether a header is that of the table of all industries."""
    names = [normalise(name) for name in header]
    naics = any(_NAICS.fullmatch(name) for name in names)
    changes = any(name.startswith("employment_change") for name in names)
    return naics and changes and sum(_JOBS.fullmatch(name) is not None for name in names) >= 2


def read_bls_projections(file: TableFile) -> RegionalTables:
    """Return the nation's projected jobs by industry, from the last two years of the table.

    Raises
    ------
    InputError
        Where the file can't be read, or a cell is neither a number nor NAICS codes.
    """

    def choose(header: Row, _: Sequence[Row]) -> list[int]:
        return list(range(len(header))) if is_bls_projections(header) else []

    sheets = [sheet for sheet in read_sheets(file, choose) if is_bls_projections(sheet.header)]
    if not sheets:
        raise InputError(Finding("no table of projections by industry was found.", "", file.name))
    sheet = max(sheets, key=lambda each: len(each.rows))
    lines, problems = _lines(sheet, file.name)
    if problems:
        raise InputError(problems)
    if not any(line.industry == TOTAL_INDUSTRY for line in lines):
        what = "the table has no row for all industries, so nothing compares with the average."
        remedy = "Keep its first row, Total."
        problems.append(Finding(what, remedy, sheet.name, severity="caution"))
    lines, repeated = without_repeats(lines, sheet.name)
    return rate_tables(file, KIND, len(sheet.rows), lines, [*problems, *repeated])


def _lines(sheet: Sheet, file: str) -> tuple[list[RateLine], list[Finding]]:
    names = [normalise(name) for name in sheet.header]
    at = next(i for i, name in enumerate(names) if _NAICS.fullmatch(name))
    titles = sheet.cells[0 if at else 1]
    jobs = {int(m[1]): i for i, name in enumerate(names) if (m := _JOBS.fullmatch(name))}
    base, end = sorted(jobs)[-2:]
    problems: list[Finding] = []
    first, problems_first = jobs_in(sheet, jobs[base], THOUSAND)
    last, problems_last = jobs_in(sheet, jobs[end], THOUSAND)
    problems += [*problems_first, *problems_last]
    opening = next((i for i, name in enumerate(names) if _OPENINGS.fullmatch(name)), None)
    openings = np.full(len(first), np.nan)
    if opening is not None:
        openings, problems_openings = jobs_in(sheet, opening, THOUSAND)
        problems += problems_openings
    lines: list[RateLine] = []
    for row in range(len(sheet.rows)):
        try:
            codes = codes_in(sheet.cells[at][row])
        except ValueError:
            problems.append(_no_codes(sheet, row, at, file))
            continue
        title = re.sub(r"\(\d+\)", "", titles[row]).strip()
        industry = ", ".join(codes) or (TOTAL_INDUSTRY if _TOTAL.fullmatch(title) else "")
        if not industry or np.isnan(first[row]) or first[row] == 0:
            continue
        for quantity, amount in (("projected_jobs", last[row]), ("openings", openings[row])):
            if not np.isnan(amount):
                lines.append(
                    exact_line(NATION[0], industry, quantity, (base, end), amount, first[row], file)
                )
    return lines, problems


def _no_codes(sheet: Sheet, row: int, at: int, file: str) -> Finding:
    return Finding(
        "the cell names no NAICS codes.",
        "Write codes such as 315, 316 or 442-4, or NA where there are none.",
        file,
        sheet.rows[row],
        sheet.header[at],
        sheet.cells[at][row],
    )
