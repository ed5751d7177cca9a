"""What an entry of the registry says, the quantities that it may take, and whom it cites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sectorscan.indicators.arithmetic import FloatArray

Points = tuple[tuple[float, float], ...]

QUANTITIES: Mapping[str, str] = MappingProxyType(
    {
        "e_ir1": "the sector's jobs in the region, end year",
        "e_ir0": "the sector's jobs in the region, base year",
        "e_ir_recent": "the sector's jobs in the region, two years before the end year",
        "e_ir_by_year": "the sector's jobs in the region, every year of the period",
        "e_r1": "all jobs in the region (in a bundle's own areas where it has its own), end year",
        "e_r0": "the same, base year",
        "e_r_recent": "the same, two years before the end year",
        "e_region1": "all jobs in the whole region, end year",
        "e_in1": "the industry's jobs in the benchmark, end year",
        "e_in0": "the industry's jobs in the benchmark, base year",
        "e_n1": "all jobs in the benchmark, end year",
        "e_n0": "all jobs in the benchmark, base year",
        "e_r_lq1": "all jobs in the region on the location quotient's base, end year",
        "e_r_lq0": "the same, base year",
        "e_n_lq1": "all jobs in the benchmark on the location quotient's base, end year",
        "e_n_lq0": "the same, base year",
        "n_ir1": "the sector's establishments in the region, end year",
        "w_ir1": "the sector's total wages in the region, end year",
        "w_ir0": "the sector's total wages in the region, base year",
        "w_r1": "all wages in the region (in a bundle's own areas where it has its own), end year",
        "w_in1": "the industry's total wages in the benchmark, end year",
        "w_n1": "all wages in the benchmark, end year",
        "n_r1": "all establishments in the region (in a bundle's own areas), end year",
        "n_in1": "the industry's establishments in the benchmark, end year",
        "n_n1": "all establishments in the benchmark, end year",
        "price_index1": "the price index, end year",
        "price_index0": "the price index, base year",
        "projected_ir": "the sector's projected annual growth",
        "projected_r": "the projected annual growth of all industries, in the same table",
        "openings_ir": "openings a year per 100 of the sector's jobs at the projection's base",
        "openings_r": "the same of all industries, in the same table",
        "workers_55_plus_ir": "the sector's workers aged 55 and over per 100 of its workers",
        "workers_55_plus_r": "the same of all industries, in the same table",
        "turnover_ir": "the sector's turnover of stable jobs, % of them a quarter",
        "new_hire_pay_ir": "pay of the sector's stable new hires, twelve times a month's",
        "new_hire_pay_threshold": "the pay that the config's thresholds name",
        "middle_skill_ir": "middle-skill jobs per 100 of the industry's jobs",
        "middle_skill_r": "the same of all industries, in the same table",
        "years": "years between base and end year (T)",
        "recent_years": "2",
        "part_of_benchmark": "1 where the region is part of the benchmark, else unknown",
        **{
            name: words
            for years in (2, 5, 10)
            for name, words in (
                (f"e_ir_{years}y", f"the sector's jobs in the region, end year − {years}"),
                (f"e_r_{years}y", f"all jobs in the region, end year − {years}"),
                (f"e_in_{years}y", f"the industry's jobs in the benchmark, end year − {years}"),
                (f"window_{years}y", str(years)),
            )
        },
    }
)
"""Every quantity a kernel may take, in words; ``quantities.py`` gets each from the panel."""


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """One indicator of the registry.

    ``kernel`` is called with the quantities named in ``takes``, in that order; ``formula`` and
    ``reference`` are text for people. ``default_points`` are the scale a criterion gets when the
    config gives none (``default_log``: interpolated in log10), ``None`` where there is none.
    ``kind`` says what is sampled: a ``level`` of the end year, or ``growth`` over several years.
    ``window``: growth from that many years before the end year, whatever the period's base.
    """

    id: str
    label: str
    unit: str
    formula: str
    reference: str
    kernel: Callable[..., FloatArray]
    takes: tuple[str, ...]
    kind: Literal["level", "growth"] = "level"
    default_points: Points | None = None
    default_log: bool = False
    window: int | None = None


QCEW = "BLS Handbook of Methods, Quarterly Census of Employment and Wages"
FLORENCE = (
    "Florence (1939), Report on the Location of Industry; Isserman (1977), "
    "Journal of the American Institute of Planners 43(1):33-41; "
    "BLS, QCEW location quotients explained"
)
DUNN = "Dunn (1960), Papers in Regional Science 6(1):97-112"
CAGR = "compound annual growth rate"
PROJECTIONS = "BLS and state employment projections"
GROWTH_POINTS: Points = ((-2, 0), (0, 50), (3, 100))
