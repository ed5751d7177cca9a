"""What the readers of other public sources share: rows of the frame ``rates`` into tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sectorscan.errors import Finding
from sectorscan.tables.cells import Quantity, tidied, to_numbers
from sectorscan.tables.files import TableFile, digest
from sectorscan.tables.model import FRAMES, FloatArray, InputFile, RegionalTables
from sectorscan.tables.sheets import Sheet


class RateLine(NamedTuple):
    """One row of the frame ``rates``, in its columns' order."""

    region: str
    industry: str
    quantity: str
    base_year: int
    end_year: int
    numerator: float
    low: float
    high: float
    denominator: float
    source: str


def exact_line(
    region: str,
    industry: str,
    quantity: str,
    years: tuple[int, int],
    numerator: float,
    denominator: float,
    source: str,
) -> RateLine:
    """Return a line whose numerator is published."""
    end = float(numerator)
    return RateLine(region, industry, quantity, *years, end, end, end, float(denominator), source)


def rate_tables(
    file: TableFile,
    kind: str,
    rows_in_file: int,
    lines: Sequence[RateLine],
    findings: Sequence[Finding],
) -> RegionalTables:
    """Return tables that hold rates alone."""
    return RegionalTables(
        employment=pd.DataFrame(columns=FRAMES["employment"]),
        covered_totals=pd.DataFrame(columns=FRAMES["covered_totals"]),
        concentration=pd.DataFrame(columns=FRAMES["concentration"]),
        growth=pd.DataFrame(columns=FRAMES["growth"]),
        indicators=pd.DataFrame(columns=FRAMES["indicators"]),
        rates=pd.DataFrame(lines, columns=list(FRAMES["rates"])),
        inputs=(InputFile(file.name, kind, digest(file.path), rows_in_file),),
        findings=tuple(findings),
    )


def without_repeats(lines: Sequence[RateLine], file: str) -> tuple[list[RateLine], list[Finding]]:
    """Return the lines, each area, industry, quantity and span once; a caution where they differ.

    The first counts, as where a table lists an industry under two headings.
    """
    first: dict[tuple[str, ...], RateLine] = {}
    differ: list[RateLine] = []
    for line in lines:
        key = (line.region, line.industry, line.quantity, str(line.base_year), str(line.end_year))
        kept = first.setdefault(key, line)
        if kept[5:9] != line[5:9] and repr(kept) != repr(line):
            differ.append(line)
    if not differ:
        return list(first.values()), []
    names = ", ".join(dict.fromkeys(line.industry for line in differ[:12]))
    what = f"{len(differ)} industries stand more than once with different figures: {names}."
    remedy = "The first row of each is used: keep the rows of one ownership and one release."
    return list(first.values()), [Finding(what, remedy, file, severity="caution")]


_NO_FIGURE = frozenset(["no data", "not available", "confidential", "suppressed", "no estimate"])
_DASHES = frozenset(["-", "--", "---"])


def jobs_in(sheet: Sheet, position: int, unit: int = 1) -> tuple[FloatArray, list[Finding]]:
    """Return a column of jobs times ``unit``, and the first cell of each kind that can't be one.

    NaN where there is no figure: blanks, dashes, ``*``, ``No data``.
    """
    marks = _NO_FIGURE | _DASHES
    cells = ["" if tidied(c).lower() in marks else c for c in sheet.cells[position]]
    numbers = to_numbers(cells, Quantity(whole=unit == 1), semicolon=sheet.semicolon)
    wrong = {what: rows[0] for what, rows in numbers.wrong.items()}
    below = np.flatnonzero(numbers.value < 0)
    if len(below):
        wrong["the number of jobs is negative."] = int(below[0])
    remedy = "Write the number, or leave the cell blank if it isn't known."
    problems = [
        Finding(what, remedy, sheet.name, sheet.rows[row], sheet.header[position], cells[row])
        for what, row in wrong.items()
    ]
    return numbers.value * unit, problems
