"""Figures that can be read but can hardly be right: told as cautions, used as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sectorscan.errors import Finding
from sectorscan.tables.blocks import Block, keys_of
from sectorscan.tables.model import TOTAL_INDUSTRY

LEAST_PAY = 3_000.0
MOST_PAY = 1_000_000.0
"""USD a year: a table's median pay outside these is in thousands, by the week or by the hour."""

LEAST_GROWTH_PCT = 1.0
LEAST_ANNUAL_GROWTH_PCT = 0.15
"""Where no rate of several industries reaches these, they are fractions: 0.032 for 3.2 %."""
_SEVERAL = 3


def oddities(jobs: Block) -> list[Finding]:
    """Return the cautions on jobs and wages that contradict common sense."""
    return [*_above_total(jobs), *_odd_pay(jobs)]


def _above_total(jobs: Block) -> list[Finding]:
    """Tell of industries with more jobs than all industries of their region and year."""
    key = keys_of(jobs, ("region", "year"))
    total = jobs["industry"] == TOTAL_INDUSTRY
    ceiling = np.full(int(key.max(initial=-1)) + 1, np.nan)
    ceiling[key[total]] = jobs["employment_high"][total]
    # Published averages are rounded to whole jobs.
    above = np.flatnonzero(jobs["employment_low"] > ceiling[key] + 1)
    if not len(above):
        return []
    at = int(above[0])
    file, row = jobs.place(at)
    rows = "row gives" if len(above) == 1 else "rows give"
    what = (
        f"{len(above):,} {rows} an industry more jobs than all industries of its region and year "
        f"have, such as {jobs['employment_low'][at]:,.0f} above {ceiling[key[at]]:,.0f}."
    )
    remedy = "Check that totals and industries are of the same ownership."
    return [Finding(what, remedy, file, row, severity="caution")]


def _odd_pay(jobs: Block) -> list[Finding]:
    findings = []
    known = ~np.isnan(jobs["total_wages"]) & (jobs["employment"] > 0) & (jobs["total_wages"] > 0)
    for index, label in enumerate(jobs.labels):
        rows = known & (jobs["file"] == index)
        if rows.any():
            pay = float(np.median(jobs["total_wages"][rows] / jobs["employment"][rows]))
            if not LEAST_PAY <= pay <= MOST_PAY:
                what = f"the middle pay is {pay:,.0f} USD a year, which can hardly be right."
                remedy = "Check the unit of the wages: dollars a year are expected."
                findings.append(Finding(what, remedy, label, severity="caution"))
    return findings


def growth_in_fractions(growth: Block) -> list[Finding]:
    """Return a caution where every growth rate of a table is so small that it is a fraction."""
    for name, least in (
        ("growth_pct", LEAST_GROWTH_PCT),
        ("annual_growth_pct", LEAST_ANNUAL_GROWTH_PCT),
    ):
        size = np.abs(growth[name])
        known = size[size > 0]
        if len(known) >= _SEVERAL and known.max() < least:
            what = f"every growth rate is below {least:g} %, which can hardly be right."
            remedy = "If they are fractions, write 3.2 or 3.2% rather than 0.032."
            file = growth.labels[0]
            return [Finding(what, remedy, file, column=name, severity="caution")]
    return []


class Odd(NamedTuple):
    """What is odd, what to do, and the position of the first cell."""

    what: str
    remedy: str
    at: int


def words_among_codes(industries: Sequence[str]) -> Odd | None:
    """Tell of industries named in words where the others have codes: no level has them."""
    different = set(industries) - {TOTAL_INDUSTRY, ""}
    words = {code for code in different if not code[:2].isdigit()}
    if not words or words == different:
        return None
    at = next(at for at, code in enumerate(industries) if code in words)
    if len(words) == 1:
        what = "the industry has no NAICS code where others have one, so it is no candidate."
        return Odd(what, "Give its code (sectorscan industries WORDS finds it).", at)
    what = f"{len(words)} industries have no NAICS code where others have one: no candidates."
    return Odd(what, "Give their codes (sectorscan industries WORDS finds them).", at)
