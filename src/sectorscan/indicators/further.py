"""Entries of the registry that no shipped preset scores: growth over windows, other quotients."""

from __future__ import annotations

from sectorscan.indicators import concentration, growth
from sectorscan.indicators.spec import CAGR, DUNN, FLORENCE, GROWTH_POINTS, IndicatorSpec, Points

_LQ_POINTS: Points = ((0.5, 0), (1, 50), (1.25, 75), (2, 100))
_BEYENE = "Beyene and Moineddin (2005), BMC Medical Research Methodology 5:32"
_QUANTITIES_OF_LQ = ("e_ir1", "e_r_lq1", "e_in1", "e_n_lq1", "part_of_benchmark")


def _growth(years: int) -> IndicatorSpec:
    return IndicatorSpec(
        id=f"employment_cagr_{years}y_pct",
        label=f"Job growth a year, last {years} years",
        unit="%/year",
        formula=f"100 · ((E_ir1/E_ir(end − {years}))^(1/{years}) − 1)",
        reference=CAGR,
        kernel=growth.annual_growth_pct,
        takes=("e_ir1", f"e_ir_{years}y", f"window_{years}y"),
        kind="growth",
        window=years,
    )


def _growth_vs_region(years: int) -> IndicatorSpec:
    return IndicatorSpec(
        id=f"employment_cagr_{years}y_vs_region_pp",
        label=f"Job growth a year, last {years} years, against the region's",
        unit="percentage points/year",
        formula=f"CAGR_ir − CAGR_r from end − {years} to end",
        reference=CAGR,
        kernel=growth.annual_growth_difference_pp,
        takes=("e_ir1", f"e_ir_{years}y", "e_r1", f"e_r_{years}y", f"window_{years}y"),
        kind="growth",
        default_points=GROWTH_POINTS,
        window=years,
    )


def _growth_vs_benchmark(years: int) -> IndicatorSpec:
    return IndicatorSpec(
        id=f"competitive_rate_{years}y_pp",
        label=f"Job growth a year, last {years} years, against the industry in the benchmark",
        unit="percentage points/year",
        formula=f"CAGR_ir − CAGR_in from end − {years} to end",
        reference=DUNN,
        kernel=growth.annual_growth_difference_pp,
        takes=("e_ir1", f"e_ir_{years}y", "e_in1", f"e_in_{years}y", f"window_{years}y"),
        kind="growth",
        default_points=GROWTH_POINTS,
        window=years,
    )


FURTHER = (
    *(_growth(years) for years in (2, 5, 10)),
    *(_growth_vs_region(years) for years in (5, 10)),
    *(_growth_vs_benchmark(years) for years in (5, 10)),
    IndicatorSpec(
        id="wage_location_quotient",
        label="Location quotient of wages",
        unit="ratio",
        formula="(W_ir1/W_r1) / (W_in1/W_n1)",
        reference=FLORENCE,
        kernel=concentration.wage_location_quotient,
        takes=("w_ir1", "w_r1", "w_in1", "w_n1"),
        default_points=_LQ_POINTS,
    ),
    IndicatorSpec(
        id="establishment_location_quotient",
        label="Location quotient of establishments",
        unit="ratio",
        formula="(N_ir1/N_r1) / (N_in1/N_n1)",
        reference=FLORENCE,
        kernel=concentration.establishment_location_quotient,
        takes=("n_ir1", "n_r1", "n_in1", "n_n1"),
        default_points=_LQ_POINTS,
    ),
    IndicatorSpec(
        id="location_quotient_ci95_low",
        label="Location quotient, low end of its 95 % confidence interval",
        unit="ratio",
        formula="LQ · exp(−1.96 · √var), var = 1/E_ir1 − 1/E_in1 − 1/E_r1 + (2·LQ − 1)/E_n1",
        reference=_BEYENE,
        kernel=concentration.location_quotient_ci95_low,
        takes=_QUANTITIES_OF_LQ,
    ),
    IndicatorSpec(
        id="location_quotient_ci95_high",
        label="Location quotient, high end of its 95 % confidence interval",
        unit="ratio",
        formula="LQ · exp(1.96 · √var), var = 1/E_ir1 − 1/E_in1 − 1/E_r1 + (2·LQ − 1)/E_n1",
        reference=_BEYENE,
        kernel=concentration.location_quotient_ci95_high,
        takes=_QUANTITIES_OF_LQ,
    ),
)
"""They follow the others in every table."""
