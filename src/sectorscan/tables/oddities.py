"""Figures that can be read but can hardly be right: told as cautions, used as they are."""

from __future__ import annotations

import numpy as np

from sectorscan.errors import Finding
from sectorscan.tables.blocks import Block, keys_of
from sectorscan.tables.model import TOTAL_INDUSTRY

LEAST_PAY = 3_000.0
MOST_PAY = 1_000_000.0
"""USD a year: a table's median pay outside these is in thousands, by the week or by the hour."""


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
