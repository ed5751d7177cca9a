"""The kernels on every county at once."""

from __future__ import annotations

from dataclasses import dataclass

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.concentration import location_quotient
from sectorscan.indicators.growth import (
    ShiftShare,
    competitive_effect,
    industry_mix_effect,
    national_growth_effect,
)
from sectorscan.sources.national import National


@dataclass(frozen=True, slots=True)
class CountyStructure:
    """Location quotients (A, C, Y), and shift-share of the first to the last year (A, C), jobs.

    NaN where a figure that it takes is withheld or nothing.
    """

    location_quotient: FloatArray
    shift_share: ShiftShare


def county_structure(national: National) -> CountyStructure:
    """Return every county's location quotients and classic shift-share (Dunn 1960)."""
    jobs, nation, whole = national.jobs, national.nation_jobs, national.all_jobs
    quotient = location_quotient(jobs, national.area_jobs, nation, whole)
    base, end = jobs[..., 0], jobs[..., -1]
    nation0, nation1 = nation[..., 0], nation[..., -1]
    all0, all1 = whole[..., 0], whole[..., -1]
    return CountyStructure(
        quotient,
        ShiftShare(
            national_growth_effect(base, all1, all0),
            industry_mix_effect(base, nation1, nation0, all1, all0),
            competitive_effect(end, base, nation1, nation0),
        ),
    )
