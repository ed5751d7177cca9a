"""The region's own figures and the benchmark's, of all industries: what sentences compare with.

Region: ``employment``, ``employment_base`` (jobs in the end and the base year), ``establishments``,
``employment_change``, ``employment_cagr_pct``, ``growth_volatility_pp``,
``avg_annual_pay``, ``pay_vs_benchmark``, ``projected_growth_pct``, and each figure of another
source and own indicator that is given for all industries. Benchmark: the first six but
``establishments``, and ``avg_annual_pay``. NaN where not known; a given figure wins over a
computed one.
"""

from __future__ import annotations

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.growth import annual_growth_pct, growth_volatility_pp
from sectorscan.indicators.pay import avg_annual_pay, relative_pay
from sectorscan.tables.model import Panel


def region_figures(panel: Panel) -> dict[str, float]:
    """Return the region's figures by indicator id."""
    e, w = panel.e_region.value, panel.w_region.value
    figures = {
        **_jobs(panel, e),
        "establishments": np.nan if panel.n_region is None else _last(panel.n_region),
        "growth_volatility_pp": _volatility(panel, e),
        "avg_annual_pay": _last(avg_annual_pay(w, e)),
        "pay_vs_benchmark": _last(relative_pay(w, e, panel.w_n.value, panel.e_n.value)),
        "projected_growth_pct": np.nan,
    }
    figures |= {name: _only(rate.all_industries.value) for name, rate in panel.rates.items()}
    given = {name: x for name, x in sorted(panel.given.region.items()) if not np.isnan(x)}
    absent = {name: np.nan for name in sorted(panel.given.region) if name not in figures}
    return {**figures, **absent, **given}


def benchmark_figures(panel: Panel) -> dict[str, float]:
    """Return the benchmark's figures by indicator id."""
    e, w = panel.e_n.value, panel.w_n.value
    return {
        **_jobs(panel, e),
        "growth_volatility_pp": _volatility(panel, e),
        "avg_annual_pay": _last(avg_annual_pay(w, e)),
    }


def _jobs(panel: Panel, jobs: FloatArray) -> dict[str, float]:
    end = _last(jobs)
    base = float(jobs[0, 0]) if len(panel.years) > 1 else np.nan
    years = panel.years[-1] - panel.years[0] if panel.years else 0
    growth = annual_growth_pct(np.asarray(end), np.asarray(base), np.asarray(float(years)))
    return {
        "employment": end,
        "employment_base": base,
        "employment_change": end - base,
        "employment_cagr_pct": float(growth),
    }


def _volatility(panel: Panel, jobs: FloatArray) -> float:
    """Return the volatility over calendar years, absent ones unknown."""
    if not panel.years:
        return np.nan
    series = np.full(panel.years[-1] - panel.years[0] + 1, np.nan)
    series[np.array(panel.years) - panel.years[0]] = jobs[0]
    return float(growth_volatility_pp(series))


def _only(figure: FloatArray) -> float:
    return float(figure[0])


def _last(row: FloatArray) -> float:
    return float(row[0, -1]) if row.size else np.nan
