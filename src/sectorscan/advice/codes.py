"""Reason codes and the quadrant of the growth-concentration chart."""

from __future__ import annotations

from sectorscan.advice.evidence import CONCENTRATED, above_median_share
from sectorscan.advice.facts import SectorFacts
from sectorscan.scoring.quadrant import Quadrant
from sectorscan.scoring.quadrant import quadrant as of_figures


def reason_codes(facts: SectorFacts) -> tuple[str, ...]:
    """Return the codes that hold, in their fixed order.

    ``size``: share of jobs above the median candidate's; ``concentration``: LQ at or above 1.2;
    ``growth``, ``projected``, ``wage``: at or above the region's average. What is missing holds
    for nothing.
    """
    holds = {
        "size": above_median_share(facts),
        "concentration": facts.number("location_quotient") >= CONCENTRATED,
        "growth": facts.number("employment_cagr_vs_region_pp") >= 0,
        "projected": facts.number("projected_growth_vs_region_pp") >= 0,
        "wage": facts.number("pay_vs_region") >= 1,
    }
    return tuple(code for code, held in holds.items() if held)


def quadrant(facts: SectorFacts) -> Quadrant | None:
    """Return the quadrant, None where LQ, growth or the benchmark's growth is missing."""
    return of_figures(
        facts.number("location_quotient"),
        facts.number("employment_cagr_pct"),
        facts.number("benchmark.employment_cagr_pct"),
    )
