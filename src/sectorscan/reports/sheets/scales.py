"""Formulas from a value to 0-100: what ``scoring.scales`` computes, in cells.

``points`` are a table on sheet Weights that is looked up and interpolated; scales that depend on
the candidates rest on a block of Scores that holds the values of those that pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sectorscan.config.models import Scale
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.grid import Formula
from sectorscan.reports.sheets.layout import Layout
from sectorscan.scoring.scales import CONSTANT_RANGE, CONSTANT_SCORE
from sectorscan.tables.model import FloatArray

BELOW = -1e300
"""Where the table of a scale starts: below any value, so that every value is found in it."""
VALUE, SCORE, LOOKED_UP, SLOPE = "C", "D", "E", "F"
"""The columns of a scale's table on Weights."""


@dataclass(frozen=True, slots=True)
class Point:
    """A row of a scale's table; ``value`` None is the first, which reaches down without end."""

    value: float | None
    score: float
    looked_up: Formula | float
    slope: Formula | float


def tables(layout: Layout) -> dict[int, int]:
    """Return the first row on Weights of each criterion's table of points."""
    rows, free = {}, layout.scales_top + 1
    for place, criterion in enumerate(layout.criteria):
        rows[place] = free
        free += 1 + len(criterion.scale.points or ())
    return rows


def table(scale: Scale, top: int) -> Iterator[Point]:
    """Yield the rows of a scale by points, from Weights' row ``top`` on."""
    points = scale.points or ()
    yield Point(None, points[0][1], BELOW, 0.0)
    steps = [math.log10(x) if scale.log else x for x, _ in points]
    for place, (x, score) in enumerate(points):
        row = top + 2 + place
        looked_up = f"LOG10({VALUE}{row})" if scale.log else f"{VALUE}{row}"
        slope: Formula | float = 0.0
        if place + 1 < len(points):
            rise = points[place + 1][1] - score
            text = f"({SCORE}{row + 1}-{SCORE}{row})/({LOOKED_UP}{row + 1}-{LOOKED_UP}{row})"
            slope = Formula(text, rise / (steps[place + 1] - steps[place]))
        yield Point(x, score, Formula(looked_up, steps[place]), slope)


def scaled(layout: Layout, criterion: int, row: int, top: int) -> str:
    """Return the formula of one 0-100 value on Scores; ``top`` is where its table stands."""
    value = layout.cell("value", row, criterion)
    scale = layout.criteria[criterion].scale
    inner = (
        _by_points(scale, value, top)
        if scale.method == "points"
        else _by_candidates(layout, criterion, value)
    )
    return f'IF(ISNUMBER({value}),{inner},"–")'


def _by_points(scale: Scale, value: str, top: int) -> str:
    last = top + 1 + len(scale.points or ())

    def column(letter: str) -> str:
        return f"{at.WEIGHTS}!${letter}${top + 1}:${letter}${last}"

    x = f"LOG10({value})" if scale.log else value
    vector = column(LOOKED_UP)
    line = (
        f"LOOKUP({x},{vector},{column(SCORE)})"
        f"+({x}-LOOKUP({x},{vector}))*LOOKUP({x},{vector},{column(SLOPE)})"
    )
    return f"IF({value}>0,{line},{at.WEIGHTS}!${SCORE}${top + 1})" if scale.log else line


def _by_candidates(layout: Layout, criterion: int, value: str) -> str:
    place = layout.moving.index(criterion)
    x = oriented(layout, criterion, value)
    column = layout.down("reference", place)

    def foot(which: int) -> str:
        return layout.cell("reference", layout.foot(which), place, fixed="row")

    count, low, high = foot(at.COUNT), foot(at.LOWEST), foot(at.HIGHEST)
    below = f"SUMPRODUCT(ISNUMBER({column})*({column}<{x}))"
    equal = f"SUMPRODUCT(ISNUMBER({column})*({column}={x}))"
    inner = {
        "minmax": f"100*({x}-{low})/({high}-{low})",
        "zscore": f"100*NORMSDIST(({x}-{foot(at.MEAN)})/{foot(at.DEVIATION)})",
        "percentile": f"100*({below}+{equal}/2)/{count}",
        "rank": f"100*{below}/({count}-1)",
    }[layout.criteria[criterion].scale.method]
    constant = (
        f"OR({count}<2,{high}-{low}<={CONSTANT_RANGE:.0E}*MAX(ABS({high}),ABS({low})),"
        f"{foot(at.DEVIATION)}=0)"
    )
    return f"IF({constant},{CONSTANT_SCORE:g},MAX(0,MIN(100,{inner})))"


def oriented(layout: Layout, criterion: int, value: str) -> str:
    """Return a value's cell, with a minus before it where less is better."""
    return f"-{value}" if layout.criteria[criterion].direction == "min" else value


def reference(layout: Layout, criterion: int) -> FloatArray:
    """Return the (S,) values that set a criterion's scale, more is better, NaN for the others."""
    ranking = layout.ranking
    sign = -1.0 if layout.criteria[criterion].direction == "min" else 1.0
    passing = np.array([why is None or why == "missing" for why in ranking.exclusion])
    return np.where(passing, sign * ranking.matrix.value[:, criterion], np.nan)


def summary(layout: Layout, criterion: int) -> tuple[tuple[int, str, float], ...]:
    """Return what the scale of one criterion rests on: which row, its formula and its value."""
    place = layout.moving.index(criterion)
    column = layout.down("reference", place)
    known = reference(layout, criterion)
    known = known[~np.isnan(known)]
    several = len(known) > 1
    return (
        (at.COUNT, f"COUNT({column})", float(len(known))),
        (at.LOWEST, f"MIN({column})", float(known.min()) if len(known) else 0.0),
        (at.HIGHEST, f"MAX({column})", float(known.max()) if len(known) else 0.0),
        (
            at.MEAN,
            f"IF(COUNT({column})>0,AVERAGE({column}),0)",
            float(known.mean()) if len(known) else 0.0,
        ),
        (
            at.DEVIATION,
            f"IF(COUNT({column})>1,STDEV({column}),0)",
            float(known.std(ddof=1)) if several else 0.0,
        ),
    )
