"""Growth, its volatility, and shift-share in its variants.

Notation: e employment (jobs), i sector, r region, n benchmark, 0 base year, 1 end year.
Arrays broadcast; nothing is checked or rounded. Growth from a zero or unknown base is NaN: not 0,
not infinite.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray, ratio

FEWEST_RATES = 3
"""A standard deviation of fewer year-on-year rates says nothing."""


def annual_growth_pct(e1: FloatArray, e0: FloatArray, years: FloatArray) -> FloatArray:
    """Return 100 * ((e1 / e0)^(1 / years) - 1), the compound annual growth rate, %/year."""
    return 100 * (_annual_factor(e1, e0, years) - 1)


def annual_growth_difference_pp(
    e_i1: FloatArray, e_i0: FloatArray, e1: FloatArray, e0: FloatArray, years: FloatArray
) -> FloatArray:
    """Return the annual growth of i minus that of the reference, percentage points/year."""
    return 100 * (_annual_factor(e_i1, e_i0, years) - _annual_factor(e1, e0, years))


def _annual_factor(e1: FloatArray, e0: FloatArray, years: FloatArray) -> FloatArray:
    exponent, growth = ratio(1, years), ratio(e1, e0)
    # IEEE has 1 ** NaN = 1: without the mask, no growth over no years would read as 0 %.
    # A rest below 0 (a total smaller than its part, in tables that contradict themselves) has none.
    known = ~np.isnan(exponent) & (growth >= 0)
    return np.where(known, np.where(known, growth, np.nan) ** exponent, np.nan)


def growth_volatility_pp(e_by_year: FloatArray) -> FloatArray:
    """Return the standard deviation (ddof 1) of year-on-year growth, percentage points.

    Years lie on the last axis, one apart; a missing year is NaN and costs the two rates beside it.
    NaN where fewer than 3 rates are known.
    """
    rates = 100 * (ratio(e_by_year[..., 1:], e_by_year[..., :-1]) - 1)
    known = ~np.isnan(rates)
    count = known.sum(axis=-1)
    rates = np.where(known, rates, 0.0)
    mean = rates.sum(axis=-1) / np.maximum(count, 1)
    deviations = np.where(known, rates - mean[..., None], 0.0)
    variance = (deviations**2).sum(axis=-1) / np.maximum(count - 1, 1)
    return np.where(count >= FEWEST_RATES, np.sqrt(variance), np.nan)


def national_growth_effect(e_ir0: FloatArray, e_n1: FloatArray, e_n0: FloatArray) -> FloatArray:
    """Return e_ir0 * g_n, jobs: what the benchmark's growth alone would have given (Dunn 1960)."""
    return e_ir0 * (ratio(e_n1, e_n0) - 1)


def industry_mix_effect(
    e_ir0: FloatArray, e_in1: FloatArray, e_in0: FloatArray, e_n1: FloatArray, e_n0: FloatArray
) -> FloatArray:
    """Return e_ir0 * (g_in - g_n), jobs: the industry's growth beyond all industries' (Dunn)."""
    return e_ir0 * (ratio(e_in1, e_in0) - ratio(e_n1, e_n0))


def competitive_effect(
    e_ir1: FloatArray, e_ir0: FloatArray, e_in1: FloatArray, e_in0: FloatArray
) -> FloatArray:
    """Return e_ir1 - e_ir0 * e_in1 / e_in0, jobs.

    The same as e_ir0 * (g_ir - g_in) (Dunn 1960), and defined from a zero regional base too.
    """
    return e_ir1 - e_ir0 * ratio(e_in1, e_in0)


class EstebanMarquillas(NamedTuple):
    """The competitive effect taken apart, jobs: homothetic employment, competitive, allocation."""

    homothetic: FloatArray
    competitive: FloatArray
    allocation: FloatArray


def esteban_marquillas(
    e_ir1: FloatArray,
    e_ir0: FloatArray,
    e_r0: FloatArray,
    e_in1: FloatArray,
    e_in0: FloatArray,
    e_n0: FloatArray,
) -> EstebanMarquillas:
    """Return shift-share with homothetic employment e_r0 * e_in0 / e_n0.

    Competitive plus allocation is the classic competitive effect.
    Esteban-Marquillas (1972), Regional and Urban Economics 2(3):249-255.
    """
    homothetic = e_r0 * ratio(e_in0, e_n0)
    lead = ratio(e_ir1, e_ir0) - ratio(e_in1, e_in0)
    return EstebanMarquillas(homothetic, homothetic * lead, (e_ir0 - homothetic) * lead)


class Arcelus(NamedTuple):
    """Eight parts, jobs: each effect on expected (homothetic) and on differential employment."""

    national_expected: FloatArray
    national_differential: FloatArray
    mix_expected: FloatArray
    mix_differential: FloatArray
    regional_expected: FloatArray
    regional_differential: FloatArray
    regional_mix_expected: FloatArray
    regional_mix_differential: FloatArray


def arcelus(
    e_ir1: FloatArray,
    e_ir0: FloatArray,
    e_r1: FloatArray,
    e_r0: FloatArray,
    e_in1: FloatArray,
    e_in0: FloatArray,
    e_n1: FloatArray,
    e_n0: FloatArray,
) -> Arcelus:
    """Return shift-share with the region's own growth and industry mix told apart.

    The eight parts sum to e_ir1 - e_ir0. Arcelus (1984), Growth and Change 15(1):3-8.
    """
    expected = e_r0 * ratio(e_in0, e_n0)
    rest = e_ir0 - expected
    g_ir, g_r, g_in, g_n = (
        ratio(end, base) - 1
        for end, base in ((e_ir1, e_ir0), (e_r1, e_r0), (e_in1, e_in0), (e_n1, e_n0))
    )
    mix, regional = g_in - g_n, g_r - g_n
    regional_mix = g_ir - g_in - regional
    return Arcelus(
        expected * g_n,
        rest * g_n,
        expected * mix,
        rest * mix,
        expected * regional,
        rest * regional,
        expected * regional_mix,
        rest * regional_mix,
    )


class ShiftShare(NamedTuple):
    """National growth, industry mix and competitive effect, jobs."""

    national_growth: FloatArray
    industry_mix: FloatArray
    competitive: FloatArray


def dynamic_shift_share(e_ir: FloatArray, e_in: FloatArray, e_n: FloatArray) -> ShiftShare:
    """Return the classic parts year by year, summed; years lie on the last axis.

    Barff and Knight (1988), Growth and Change 19(2):1-10.
    """
    base, end = np.s_[..., :-1], np.s_[..., 1:]
    return ShiftShare(
        national_growth_effect(e_ir[base], e_n[end], e_n[base]).sum(axis=-1),
        industry_mix_effect(e_ir[base], e_in[end], e_in[base], e_n[end], e_n[base]).sum(axis=-1),
        competitive_effect(e_ir[end], e_ir[base], e_in[end], e_in[base]).sum(axis=-1),
    )
