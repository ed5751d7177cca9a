"""How much of a region's jobs is estimated, and how wide the ranges of its withheld cells are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sectorscan.sources.cells import ESTIMATED
from sectorscan.sources.scope import Resolved
from sectorscan.sources.sums import Grid
from sectorscan.tables.model import Interval


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The share of the region's end-year jobs that is estimated, and how wide the ends lie.

    ``mean_width_pct`` is summed width over summed estimates, ``mean_width_jobs`` a cell's mean
    width; None where nothing is estimated or an end is open.
    """

    share: float | None = None
    mean_width_pct: float | None = None
    mean_width_jobs: float | None = None


def uncertainty(grid: Grid, resolved: Resolved, whole: Interval) -> Uncertainty:
    """Return the share of estimated jobs and the mean width of the candidates' estimated cells."""
    if not resolved.years or not whole.value[0, -1] > 0:
        return Uncertainty()
    codes = sorted({code for sector in resolved.sectors for code in sector.naics})
    part = grid.take(resolved.areas, codes)
    estimated = part.e_status[:, :, -1] == ESTIMATED
    low, value, high = (
        end[:, :, -1][estimated]
        for end in (part.employment.low, part.employment.value, part.employment.high)
    )
    jobs = float(np.nansum(value))
    share = float(jobs / whole.value[0, -1])
    width = high - low
    if not len(width) or not np.isfinite(width).all():
        return Uncertainty(share)
    pct = float(100 * width.sum() / jobs) if jobs > 0 else None
    return Uncertainty(share, pct, float(width.mean()))
