"""What a region has beside some of its sectors, and all of it: panels of one row.

The rest is an industry like the others: its jobs are the totals' less the sectors', here and in
the benchmark. Industries that exchanged establishments are all in it, so that it is comparable
where each of them alone is not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.interval_sums import minus
from sectorscan.indicators.structure import overlapping
from sectorscan.tables.model import GivenFigures, Interval, Panel, Sector

REST = "All other industries"


def why_no_rest(panel: Panel) -> str:
    """Return why the sectors and a rest can't make up the region, or nothing."""
    if any(sector.areas is not None for sector in panel.sectors):
        return "a sector has areas of its own"
    if overlapping(panel):
        return "some jobs count in more than one sector"
    ends = [0, -1]
    if np.isnan(panel.e_region.value[:, ends]).any():
        return "the region's total jobs aren't known for both years"
    if np.isnan(panel.e_n.value[:, ends]).any():
        return "the benchmark's total jobs aren't known for both years"
    return ""


def rest_of_the_region(panel: Panel, counted: np.ndarray) -> Panel | None:
    """Return a panel of one row, what the (S,) sectors counted leave; None where that is nothing.

    Nothing: within what rounding to whole jobs can make of so many figures. Where the sectors are
    more than the totals, the rest is NaN.
    """
    here = _left(panel.e_region, panel.e_ir, counted)
    there = _left(panel.e_n, panel.e_in, counted)
    slack = 0.5 * (int(counted.sum()) + 1)
    if all(bool((np.abs(x.value[:, [0, -1]]) <= slack).all()) for x in (here, there)):
        return None
    return _one_row(panel, Sector(REST, REST, ()), _if_positive(here), _if_positive(there))


def whole_region(panel: Panel) -> Panel:
    """Return a panel of one row: all industries."""
    return _one_row(panel, Sector("10", "All industries", ("10",)), panel.e_region, panel.e_n)


def _left(total: Interval, cells: Interval, counted: np.ndarray) -> Interval:
    """Return (1, Y) a total less the sectors counted.

    A total that is itself a sum moves with them; a published one stays, and the rest gives way.
    """
    held = Interval(
        *(end[counted].sum(axis=0, keepdims=True) for end in (cells.low, cells.value, cells.high))
    )
    moving = minus(total, held)
    low = np.maximum(total.value - held.high, 0.0)
    standing = Interval(np.minimum(low, moving.value), moving.value, total.value - held.low)
    moves = total.uncertain
    return Interval(
        np.where(moves, np.minimum(moving.low, moving.value), standing.low),
        moving.value,
        np.where(moves, np.maximum(moving.high, moving.value), standing.high),
    )


def _if_positive(rest: Interval) -> Interval:
    known = rest.value >= 0
    return Interval(*(np.where(known, end, np.nan) for end in (rest.low, rest.value, rest.high)))


def _one_row(panel: Panel, sector: Sector, here: Interval, there: Interval) -> Panel:
    unknown: FloatArray = np.full(here.value.shape, np.nan)
    nothing = Interval.exact(unknown)
    return replace(
        panel,
        sectors=(sector,),
        e_ir=here,
        e_in=there,
        e_r=panel.e_region,
        e_r_lq=panel.e_region,
        e_n_lq=panel.e_n,
        w_ir=nothing,
        w_r=nothing,
        w_in=nothing,
        n_ir=unknown,
        n_r=None,
        n_in=None,
        n_n=None,
        e_status=np.where(here.uncertain, "estimated", "derived"),
        w_status=np.full(unknown.shape, "missing"),
        e_in_status=np.where(there.uncertain, "estimated", "derived"),
        segments=(),
        given=GivenFigures(),
    )
