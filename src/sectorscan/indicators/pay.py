"""Pay kernels: w total wages (USD a year), e employment (jobs); always a ratio of sums.

Arrays broadcast; nothing is checked or rounded; a division by zero gives NaN.
"""

from __future__ import annotations

from sectorscan.indicators.arithmetic import FloatArray, ratio
from sectorscan.indicators.growth import annual_growth_pct


def avg_annual_pay(w: FloatArray, e: FloatArray) -> FloatArray:
    """Return total wages / employment, USD a year (BLS Handbook of Methods, QCEW)."""
    return ratio(w, e)


def relative_pay(
    w_i: FloatArray, e_i: FloatArray, w_reference: FloatArray, e_reference: FloatArray
) -> FloatArray:
    """Return the average annual pay over the reference's, a ratio."""
    return ratio(ratio(w_i, e_i), ratio(w_reference, e_reference))


def real_pay_cagr_pct(
    w1: FloatArray,
    e1: FloatArray,
    w0: FloatArray,
    e0: FloatArray,
    price_index1: FloatArray,
    price_index0: FloatArray,
    years: FloatArray,
) -> FloatArray:
    """Return the annual growth of pay deflated by a price index, %/year."""
    return annual_growth_pct(
        ratio(avg_annual_pay(w1, e1), price_index1),
        ratio(avg_annual_pay(w0, e0), price_index0),
        years,
    )
