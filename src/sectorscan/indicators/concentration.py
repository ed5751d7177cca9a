"""How concentrated a sector is in the region, and how specialized the region is.

Notation: e employment (jobs), i sector, r region, n benchmark; no i = all industries.
Arrays broadcast; nothing is checked or rounded; a division by zero gives NaN.
"""

from __future__ import annotations

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray, ratio


def location_quotient(
    e_ir: FloatArray, e_r: FloatArray, e_in: FloatArray, e_n: FloatArray
) -> FloatArray:
    """Return (e_ir / e_r) / (e_in / e_n), a ratio (Florence 1939; Isserman 1977).

    With total wages in place of employment it is the wage quotient, with establishment counts
    the establishment quotient (BLS publishes all three for QCEW).
    """
    return ratio(ratio(e_ir, e_r), ratio(e_in, e_n))


wage_location_quotient = location_quotient
"""The quotient of total wages: ``wage_location_quotient(w_ir, w_r, w_in, w_n)``."""

establishment_location_quotient = location_quotient
"""The quotient of establishments: ``establishment_location_quotient(n_ir, n_r, n_in, n_n)``."""


def location_quotient_change(
    e_ir1: FloatArray,
    e_r1: FloatArray,
    e_in1: FloatArray,
    e_n1: FloatArray,
    e_ir0: FloatArray,
    e_r0: FloatArray,
    e_in0: FloatArray,
    e_n0: FloatArray,
) -> FloatArray:
    """Return the end year's location quotient minus the base year's."""
    return location_quotient(e_ir1, e_r1, e_in1, e_n1) - location_quotient(e_ir0, e_r0, e_in0, e_n0)


def log_location_quotient_variance(
    e_ir: FloatArray, e_r: FloatArray, e_in: FloatArray, e_n: FloatArray
) -> FloatArray:
    """Return var(ln LQ) = 1/e_ir - 1/e_in - 1/e_r + (2 LQ - 1)/e_n.

    The delta method on multinomial counts (method family: Beyene and Moineddin 2005, BMC Medical
    Research Methodology 5:32). It holds only where the region is part of the benchmark.
    """
    quotient = location_quotient(e_ir, e_r, e_in, e_n)
    return ratio(1, e_ir) - ratio(1, e_in) - ratio(1, e_r) + ratio(2 * quotient - 1, e_n)


CONFIDENCE_95 = 1.959963984540054
"""The standard normal's 97.5th percentile."""


def location_quotient_ci95_low(
    e_ir: FloatArray,
    e_r: FloatArray,
    e_in: FloatArray,
    e_n: FloatArray,
    part_of_benchmark: FloatArray,
) -> FloatArray:
    """Return LQ * exp(-1.96 * sqrt(var(ln LQ))), a ratio.

    As if each job had fallen to its place and industry by chance.
    ``part_of_benchmark`` is 1 where the formula of the variance holds, NaN elsewhere.
    """
    return part_of_benchmark * _at_deviations(e_ir, e_r, e_in, e_n, -CONFIDENCE_95)


def location_quotient_ci95_high(
    e_ir: FloatArray,
    e_r: FloatArray,
    e_in: FloatArray,
    e_n: FloatArray,
    part_of_benchmark: FloatArray,
) -> FloatArray:
    """Return LQ * exp(1.96 * sqrt(var(ln LQ))), the other end."""
    return part_of_benchmark * _at_deviations(e_ir, e_r, e_in, e_n, CONFIDENCE_95)


def _at_deviations(
    e_ir: FloatArray, e_r: FloatArray, e_in: FloatArray, e_n: FloatArray, deviations: float
) -> FloatArray:
    variance = log_location_quotient_variance(e_ir, e_r, e_in, e_n)
    # Below 0 only in figures that contradict themselves: a part above its whole.
    known = np.where(variance >= 0, variance, np.nan)
    quotient = location_quotient(e_ir, e_r, e_in, e_n)
    with np.errstate(over="ignore"):  # next to no jobs: the high end isn't bounded
        return np.asarray(quotient * np.exp(deviations * np.sqrt(known)))


def herfindahl_hirschman(e_ir: FloatArray) -> FloatArray:
    """Return the sum of squared shares over the last axis, 1/n to 1 (x 10,000 in antitrust)."""
    return np.asarray((_shares(e_ir) ** 2).sum(axis=-1))


def krugman_specialization(e_ir: FloatArray, e_in: FloatArray) -> FloatArray:
    """Return the sum of |region's share - benchmark's share| over the last axis, 0 to 2.

    Krugman (1991), Geography and Trade, p. 76.
    """
    return np.asarray(np.abs(_shares(e_ir) - _shares(e_in)).sum(axis=-1))


def hachman(e_ir: FloatArray, e_in: FloatArray) -> FloatArray:
    """Return 1 / sum of (LQ x region's share) over the last axis, 0 to 1: 1 is the benchmark's mix.

    An industry that the region hasn't got adds nothing; one that only the region has gives NaN.
    Hachman index (University of Utah, Bureau of Economic and Business Research).
    """
    shares = _shares(e_ir)
    terms = np.where(shares == 0, 0.0, ratio(shares, _shares(e_in)) * shares)
    return ratio(1, np.sum(terms, axis=-1))


def _shares(employment: FloatArray) -> FloatArray:
    return ratio(employment, np.sum(employment, axis=-1, keepdims=True))
