"""Indicators of openings, ages, turnover, new hires' pay and skills: the registry's second part.

Their figures are ratios from other public sources (``sources/rates.py``) or the user's own.
"""

from __future__ import annotations

from sectorscan.indicators.arithmetic import as_given, difference, ratio
from sectorscan.indicators.spec import IndicatorSpec

_OPENINGS = "BLS and state employment projections"
_QWI = "US Census Bureau, LEHD, Quarterly Workforce Indicators"
_OEWS = (
    "BLS, Occupational Employment and Wage Statistics, staffing patterns; middle skill after "
    "Holzer and Lerman (2009), The Future of Middle-Skill Jobs, Brookings: SOC major groups "
    "41 sales, 43 office and administrative support, 47 construction and extraction, "
    "49 installation, maintenance and repair, 51 production, 53 transportation"
)

WORKFORCE = (
    IndicatorSpec(
        id="openings_rate_pct",
        label="Openings a year per 100 jobs",
        unit="% of jobs/year",
        formula="100 · openings a year / jobs at the projection's base",
        reference=_OPENINGS,
        kernel=as_given,
        takes=("openings_ir",),
    ),
    IndicatorSpec(
        id="openings_vs_region",
        label="Openings per job, against all industries",
        unit="ratio",
        formula="openings rate of the sector / that of all industries",
        reference=_OPENINGS,
        kernel=ratio,
        takes=("openings_ir", "openings_r"),
        default_points=((0.7, 0), (1, 50), (1.5, 100)),
    ),
    IndicatorSpec(
        id="workers_55_plus_pct",
        label="Workers aged 55 and over",
        unit="% of workers",
        formula="100 · workers aged 55 and over / all workers (age groups A07 and A08 over A00)",
        reference=_QWI,
        kernel=as_given,
        takes=("workers_55_plus_ir",),
    ),
    IndicatorSpec(
        id="workers_55_plus_vs_region_pp",
        label="Workers aged 55 and over, against all industries",
        unit="percentage points",
        formula="share of the sector's workers − that of all industries'",
        reference=_QWI,
        kernel=difference,
        takes=("workers_55_plus_ir", "workers_55_plus_r"),
        default_points=((-8, 0), (0, 50), (8, 100)),
    ),
    IndicatorSpec(
        id="turnover_pct",
        label="Turnover of stable jobs a quarter",
        unit="% of stable jobs/quarter",
        formula="100 · (stable hires + stable separations)/2 / stable jobs",
        reference=_QWI,
        kernel=as_given,
        takes=("turnover_ir",),
    ),
    IndicatorSpec(
        id="new_hire_annual_pay",
        label="Pay of new hires",
        unit="USD/year",
        formula="12 · average monthly earnings of stable new hires",
        reference=_QWI,
        kernel=as_given,
        takes=("new_hire_pay_ir",),
    ),
    IndicatorSpec(
        id="new_hire_pay_vs_threshold",
        label="Pay of new hires, against your threshold",
        unit="ratio",
        formula="pay of new hires / the config's thresholds: new_hire_annual_pay",
        reference=_QWI,
        kernel=ratio,
        takes=("new_hire_pay_ir", "new_hire_pay_threshold"),
        default_points=((0.8, 0), (1, 60), (1.3, 100)),
    ),
    IndicatorSpec(
        id="middle_skill_share_pct",
        label="Middle-skill jobs (SOC 41, 43, 47, 49, 51, 53)",
        unit="% of jobs",
        formula="100 · jobs in SOC major groups 41, 43, 47, 49, 51 and 53 / all jobs",
        reference=_OEWS,
        kernel=as_given,
        takes=("middle_skill_ir",),
    ),
    IndicatorSpec(
        id="middle_skill_vs_region",
        label="Middle-skill share of jobs, against all industries",
        unit="ratio",
        formula="middle-skill share of the sector / that of all industries",
        reference=_OEWS,
        kernel=ratio,
        takes=("middle_skill_ir", "middle_skill_r"),
        default_points=((0.5, 0), (1, 50), (1.5, 100)),
    ),
)
"""Each as its table gives it, and beside all industries of the same table."""
