"""How high a bundle's cells can be together: in each county no higher than what lies above them.

Withheld cells under one parent can't all be at their highs. Adding the highs put manufacturing
bundles above all of manufacturing; each county's sum is held under its ancestors' highs here, which
is still an outer bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sectorscan.sources import naics
from sectorscan.sources.cells import MISSING
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.tree import depth
from sectorscan.tables.model import FloatArray, Interval


def ancestors(codes: Sequence[str]) -> frozenset[str]:
    """Return the industries above several codes, all industries left out."""
    if len(codes) < 2:
        return frozenset()
    found = set()
    for code in codes:
        above = naics.parent(code)
        while above is not None and not naics.is_total(above):
            found.add(above)
            above = naics.parent(above)
    return frozenset(found)


def under_ancestors(
    summed: Summed, grid: Grid, sums: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
) -> Summed:
    """Return (S, Y) sums whose highs are those that the counties' industries above allow."""
    bundles = [s for s, (_, codes) in enumerate(sums) if len(codes) > 1]
    jobs, pay = summed.employment.high.copy(), summed.wages.high.copy()
    for s in bundles:
        areas, codes = sums[s]
        for high, value, wages in (
            (jobs, summed.employment.value, False),
            (pay, summed.wages.value, True),
        ):
            together = _together(grid, areas, codes, wages=wages).sum(axis=0)
            high[s] = np.where(np.isnan(high[s]), np.nan, np.fmin(high[s], together))
            high[s] = np.fmax(high[s], value[s])
    return replace(
        summed,
        employment=Interval(summed.employment.low, summed.employment.value, jobs),
        wages=Interval(summed.wages.low, summed.wages.value, pay),
    )


def _together(
    grid: Grid, areas: tuple[str, ...], codes: tuple[str, ...], *, wages: bool
) -> FloatArray:
    """Return (A, Y): the highest sum of the codes in each area, infinite where nothing tells.

    Going up, an industry holds no more than its own high, with 0.5 x (codes below it + 1) jobs for
    the rounding of published averages.
    """
    below: dict[str, FloatArray] = {}
    count: dict[str, int] = {}
    for code in codes:
        below[code], count[code] = _highs(grid, areas, code, wages=wages, absent=0.0), 1
    levels = sorted(ancestors(codes), key=lambda c: (-depth(c), c))
    for above in levels:
        children = [c for c in below if naics.parent(c) == above]
        if not children:
            continue
        count[above] = sum(count[c] for c in children)
        slack = 0.0 if wages else 0.5 * (count[above] + 1)
        own = _highs(grid, areas, above, wages=wages, absent=np.inf) + slack
        below[above] = np.minimum(sum(below.pop(c) for c in children), own)
    return np.asarray(sum(below.values()))


def _highs(
    grid: Grid, areas: tuple[str, ...], code: str, *, wages: bool, absent: float
) -> FloatArray:
    """Return a code's highs (A, Y); ``absent`` where the area has no such row."""
    part = grid.take(areas, (code,))
    shape = (len(part.areas), len(part.years))
    if not part.codes:
        return np.full(shape, absent)
    status = part.w_status if wages else part.e_status
    high = (part.wages if wages else part.employment).high
    return np.where((status > MISSING)[:, 0], high[:, 0], absent)
