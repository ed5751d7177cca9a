"""A kernel on a panel's quantities: each sector's value, and the ends that withholding leaves.

Each uncertain quantity is varied once, wherever it stands in the formula.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sectorscan.indicators import intervals
from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.given import filled
from sectorscan.indicators.quantities import Quantities
from sectorscan.tables.model import Interval


def evaluated(
    from_panel: Quantities,
    kernel: Callable[..., FloatArray],
    takes: tuple[str, ...],
    searches: int = intervals.STARTS,
) -> Interval:
    """Return (S,) values of a kernel with the ends that its unknowns allow.

    ``searches`` as for ``intervals.extremes``. NaN where it has no value; an end that isn't
    bounded is -inf or inf.
    """
    value = np.asarray(kernel(*(from_panel.values(name) for name in takes)), dtype=float)
    rows = np.flatnonzero(from_panel.any_uncertain(takes) & ~np.isnan(value))
    if not rows.size:
        return Interval.exact(value)
    names = from_panel.atoms_of(takes)
    atoms = [from_panel.atoms[name] for name in names]

    def formula(points: FloatArray, places: intervals.Rows) -> FloatArray:
        at = dict(zip(names, points, strict=True))
        return kernel(*(from_panel.evaluate(name, at, rows[places]) for name in takes))

    unknowns = filled(
        Interval(
            np.stack([atom.low[rows] for atom in atoms]),
            np.stack([atom.value[rows] for atom in atoms]),
            np.stack([atom.high[rows] for atom in atoms]),
        )
    )
    if takes == ("e_ir_by_year",):
        # A volatility: 0 where some path of steady growth fits, and never below.
        low, high = intervals.extremes(formula, unknowns, intervals.steady_paths, floor=0.0)
    else:
        low, high = intervals.extremes(formula, unknowns, searches=searches)
    ends = value.copy(), value.copy()
    ends[0][rows], ends[1][rows] = np.fmin(low, value[rows]), np.fmax(high, value[rows])
    return Interval(ends[0], value, ends[1])
