"""Where a sector's jobs lie: each county's part, and the counties in which it is concentrated."""

from __future__ import annotations

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray, ratio
from sectorscan.tables.model import Interval


def part_pct(jobs: Interval) -> Interval:
    """Return (N,) 100 x each county's jobs / the sum, %, its own jobs varied once.

    The low takes the county's low beside the others' highs, the high the reverse. NaN where a
    county's jobs are not known; unknown ones elsewhere aren't counted in the sum.
    """
    unknown = np.isnan(jobs.value)
    low, value, high = (np.where(unknown, 0.0, end) for end in (jobs.low, jobs.value, jobs.high))

    def share(own: FloatArray, others: FloatArray) -> FloatArray:
        with np.errstate(invalid="ignore"):  # inf / inf: nothing bounds it
            found = np.where(np.isinf(own), 100.0, 100 * ratio(own, own + others))
        return np.where(unknown, np.nan, found)

    least, most = share(low, _others(high)), share(high, _others(low))
    # A county that may have no jobs beside others that may have none: a part of nothing.
    nothing = np.isnan(least) & ~unknown, np.isnan(most) & ~unknown
    return Interval(
        np.where(nothing[0], 0.0, least),
        share(value, _others(value)),
        np.where(nothing[1], 0.0, most),
    )


def _others(jobs: FloatArray) -> FloatArray:
    """Return (N,) the sum of all but each."""
    infinite = np.isinf(jobs)
    finite = np.where(infinite, 0.0, jobs)
    rest = finite.sum() - finite
    return np.where(infinite.sum() - infinite > 0, np.inf, rest)


def concentrated_first(quotient: FloatArray, jobs: FloatArray) -> np.ndarray:
    """Return the positions by location quotient, highest first, then by jobs; unknown ones last.

    Adding counties in this order keeps the quotient of all so far as high as it can be, so the
    longest run above a threshold holds the most jobs that any set at that quotient can (whole
    counties apart): the fractional knapsack's greedy order (Dantzig 1957).
    """
    return np.lexsort((-np.nan_to_num(jobs), -np.nan_to_num(quotient, nan=-1.0)))


def run_above(quotient: FloatArray, threshold: float) -> int:
    """Return how many counties of an order lie in its longest run whose quotient reaches it.

    ``quotient`` (N,) is that of the first county, the first two together, and so on.
    """
    reached = np.flatnonzero(quotient >= threshold)
    return int(reached[-1]) + 1 if reached.size else 0
