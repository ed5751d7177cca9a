"""The one registry of indicators: what each is called, how it is computed, and from what.

A new indicator is one kernel, one entry here and one test with a published answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sectorscan.indicators import concentration, growth, pay
from sectorscan.indicators.arithmetic import as_given, difference, ratio, share_pct
from sectorscan.indicators.spec import IndicatorSpec, Points
from sectorscan.indicators.workforce import WORKFORCE

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
    }
)
"""Every quantity a kernel may take, in words; ``quantities.py`` gets each from the panel."""


_QCEW = "BLS Handbook of Methods, Quarterly Census of Employment and Wages"
_FLORENCE = (
    "Florence (1939), Report on the Location of Industry; Isserman (1977), "
    "Journal of the American Institute of Planners 43(1):33-41; "
    "BLS, QCEW location quotients explained"
)
_DUNN = "Dunn (1960), Papers in Regional Science 6(1):97-112"
_CAGR = "compound annual growth rate"
_PROJECTIONS = "BLS and state employment projections"
_GROWTH_POINTS: Points = ((-2, 0), (0, 50), (3, 100))

_ENTRIES = (
    IndicatorSpec(
        id="employment",
        label="Jobs",
        unit="jobs",
        formula="E_ir1",
        reference=_QCEW,
        kernel=as_given,
        takes=("e_ir1",),
    ),
    IndicatorSpec(
        id="employment_share_pct",
        label="Share of the region's jobs",
        unit="% of regional jobs",
        formula="100 · E_ir1 / E_r1",
        reference=_QCEW,
        kernel=share_pct,
        takes=("e_ir1", "e_region1"),
        default_points=((0.25, 0), (1, 50), (5, 100)),
        default_log=True,
    ),
    IndicatorSpec(
        id="establishments",
        label="Establishments",
        unit="count",
        formula="N_ir1",
        reference=_QCEW,
        kernel=as_given,
        takes=("n_ir1",),
        default_points=((10, 0), (25, 50), (100, 100)),
    ),
    IndicatorSpec(
        id="jobs_per_establishment",
        label="Jobs per establishment",
        unit="jobs",
        formula="E_ir1 / N_ir1",
        reference=_QCEW,
        kernel=ratio,
        takes=("e_ir1", "n_ir1"),
    ),
    IndicatorSpec(
        id="location_quotient",
        label="Location quotient",
        unit="ratio",
        formula="(E_ir1/E_r1) / (E_in1/E_n1)",
        reference=_FLORENCE,
        kernel=concentration.location_quotient,
        takes=("e_ir1", "e_r_lq1", "e_in1", "e_n_lq1"),
        default_points=((0.5, 0), (1, 50), (1.25, 75), (2, 100)),
    ),
    IndicatorSpec(
        id="location_quotient_change",
        label="Change of the location quotient",
        unit="ratio",
        formula="LQ1 − LQ0",
        reference=_FLORENCE,
        kernel=concentration.location_quotient_change,
        takes=(
            *("e_ir1", "e_r_lq1", "e_in1", "e_n_lq1"),
            *("e_ir0", "e_r_lq0", "e_in0", "e_n_lq0"),
        ),
        kind="growth",
    ),
    IndicatorSpec(
        id="employment_change",
        label="Change in jobs",
        unit="jobs",
        formula="E_ir1 − E_ir0",
        reference=_QCEW,
        kernel=difference,
        takes=("e_ir1", "e_ir0"),
        kind="growth",
    ),
    IndicatorSpec(
        id="employment_cagr_pct",
        label="Job growth a year",
        unit="%/year",
        formula="100 · ((E_ir1/E_ir0)^(1/T) − 1)",
        reference=_CAGR,
        kernel=growth.annual_growth_pct,
        takes=("e_ir1", "e_ir0", "years"),
        kind="growth",
    ),
    IndicatorSpec(
        id="employment_cagr_vs_region_pp",
        label="Job growth a year, against the region's",
        unit="percentage points/year",
        formula="CAGR_ir − CAGR_r",
        reference=_CAGR,
        kernel=growth.annual_growth_difference_pp,
        takes=("e_ir1", "e_ir0", "e_r1", "e_r0", "years"),
        kind="growth",
        default_points=_GROWTH_POINTS,
    ),
    IndicatorSpec(
        id="recent_growth_vs_region_pp",
        label="Job growth of the last two years, against the region's",
        unit="percentage points/year",
        formula="CAGR_ir − CAGR_r from end − 2 to end; missing where T ≤ 2",
        reference=_CAGR,
        kernel=growth.annual_growth_difference_pp,
        takes=("e_ir1", "e_ir_recent", "e_r1", "e_r_recent", "recent_years"),
        kind="growth",
        default_points=_GROWTH_POINTS,
    ),
    IndicatorSpec(
        id="national_growth_effect",
        label="Change in jobs from the benchmark's growth",
        unit="jobs",
        formula="E_ir0 · g_n",
        reference=_DUNN,
        kernel=growth.national_growth_effect,
        takes=("e_ir0", "e_n1", "e_n0"),
        kind="growth",
    ),
    IndicatorSpec(
        id="industry_mix_effect",
        label="Change in jobs from the industry's growth beyond the benchmark's",
        unit="jobs",
        formula="E_ir0 · (g_in − g_n)",
        reference=_DUNN,
        kernel=growth.industry_mix_effect,
        takes=("e_ir0", "e_in1", "e_in0", "e_n1", "e_n0"),
        kind="growth",
    ),
    IndicatorSpec(
        id="competitive_effect",
        label="Change in jobs from local performance",
        unit="jobs",
        formula="E_ir0 · (g_ir − g_in) = E_ir1 − E_ir0 · E_in1/E_in0",
        reference=_DUNN,
        kernel=growth.competitive_effect,
        takes=("e_ir1", "e_ir0", "e_in1", "e_in0"),
        kind="growth",
    ),
    IndicatorSpec(
        id="competitive_rate_pp",
        label="Job growth a year, against the same industry in the benchmark",
        unit="percentage points/year",
        formula="100 · ((1+g_ir)^(1/T) − (1+g_in)^(1/T))",
        reference=_DUNN,
        kernel=growth.annual_growth_difference_pp,
        takes=("e_ir1", "e_ir0", "e_in1", "e_in0", "years"),
        kind="growth",
        default_points=_GROWTH_POINTS,
    ),
    IndicatorSpec(
        id="growth_volatility_pp",
        label="Volatility of job growth",
        unit="percentage points",
        formula="standard deviation (ddof 1) of the year-on-year growth rates, at least 3",
        reference="sample standard deviation",
        kernel=growth.growth_volatility_pp,
        takes=("e_ir_by_year",),
        kind="growth",
    ),
    IndicatorSpec(
        id="avg_annual_pay",
        label="Average annual pay",
        unit="USD/year",
        formula="W_ir1 / E_ir1",
        reference=_QCEW,
        kernel=pay.avg_annual_pay,
        takes=("w_ir1", "e_ir1"),
    ),
    IndicatorSpec(
        id="pay_vs_region",
        label="Pay, against the region's average",
        unit="ratio",
        formula="(W_ir1/E_ir1) / (W_r1/E_r1)",
        reference=_QCEW,
        kernel=pay.relative_pay,
        takes=("w_ir1", "e_ir1", "w_r1", "e_r1"),
        default_points=((0.6, 0), (0.8, 35), (1, 60), (1.5, 100)),
    ),
    IndicatorSpec(
        id="pay_vs_benchmark",
        label="Pay, against the same industry in the benchmark",
        unit="ratio",
        formula="(W_ir1/E_ir1) / (W_in1/E_in1)",
        reference=_QCEW,
        kernel=pay.relative_pay,
        takes=("w_ir1", "e_ir1", "w_in1", "e_in1"),
        default_points=((0.7, 0), (1, 60), (1.3, 100)),
    ),
    IndicatorSpec(
        id="real_pay_cagr_pct",
        label="Real pay growth a year",
        unit="%/year",
        formula="CAGR of W_ir/E_ir deflated by the price index that the user gives",
        reference=_CAGR,
        kernel=pay.real_pay_cagr_pct,
        takes=("w_ir1", "e_ir1", "w_ir0", "e_ir0", "price_index1", "price_index0", "years"),
        kind="growth",
        default_points=((-1, 0), (0, 40), (2, 100)),
    ),
    IndicatorSpec(
        id="projected_growth_pct",
        label="Projected job growth a year",
        unit="%/year",
        formula="annualised from the projection's own base and end years",
        reference=_PROJECTIONS,
        kernel=as_given,
        takes=("projected_ir",),
        kind="growth",
    ),
    IndicatorSpec(
        id="projected_growth_vs_region_pp",
        label="Projected job growth a year, against all industries'",
        unit="percentage points/year",
        formula="projected growth of the sector − that of all industries",
        reference=_PROJECTIONS,
        kernel=difference,
        takes=("projected_ir", "projected_r"),
        kind="growth",
        default_points=((-1, 0), (0, 50), (1.5, 100)),
    ),
)

REGISTRY: Mapping[str, IndicatorSpec] = MappingProxyType(
    {spec.id: spec for spec in (*_ENTRIES, *WORKFORCE)}
)
"""Every computed indicator by id, in the order in which tables list them."""
