"""The lowest and highest value of a formula over a box of independent unknowns.

Each unknown is tried at its ends, then searched along its own line, over and over until nothing
improves: so stationary points inside an interval are found (a location quotient has a maximum in
the sector's own jobs, a volatility a minimum). An end of 0 or infinity is approached as a limit;
where the formula doesn't settle there, that end is unbounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.tables.model import Interval

Rows = npt.NDArray[np.int64]
Formula = Callable[[FloatArray, Rows], FloatArray]
"""From values of the K unknowns (K, ..., R) and the R rows they belong to, to values (..., R)."""

Starts = Callable[[Interval], FloatArray]

CORNER_UNKNOWNS = 8
"""Up to this many unknowns every corner of the box is tried, beyond it a seeded choice."""

STARTS = 3
SWEEPS = 30
ZOOMS = 6
CHUNK_VALUES = 3_000_000

_TINY, _TINIER = 1e-12, 1e-15
_HUGE, _HUGER = 1e18, 1e21
_SETTLED = 1e-6
_GAIN = 1e-10
_AT_FLOOR = 1e-9
_NEAR = np.array([[0.0], [1e-9], [1e-6], [1e-3]])
_BETWEEN = np.linspace(0, 1, 11)[1:-1, None]
_DECADES = np.linspace(0, 1, 42)[1:-1, None]
_ZOOM = np.linspace(0, 1, 11)
_STRIDES = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])


@dataclass(frozen=True, slots=True)
class _Box:
    """Ends (K, R) of the unknowns with 0 and inf replaced by something close to the limit."""

    low: FloatArray
    high: FloatArray
    given: Interval


def extremes(
    formula: Formula,
    unknowns: Interval,
    starts: Starts | None = None,
    floor: float = -np.inf,
    searches: int = STARTS,
) -> tuple[FloatArray, FloatArray]:
    """Return (R,) lowest and highest values over the box of ``unknowns`` (K, R).

    An unbounded end is -inf or inf; NaN where the formula has no value at any point tried.
    ``starts`` gives further points (M, K, R) to search from; ``floor`` is a value that the formula
    can't go below; ``searches`` is how many of the best points to search on from: one with several
    dips needs more. Certain unknowns cost nothing; every row should have an uncertain one.
    """
    count, rows = unknowns.value.shape
    low, high = np.full(rows, np.nan), np.full(rows, np.nan)
    uncertain = np.flatnonzero(unknowns.uncertain.any(axis=1))
    corners = 2 ** min(len(uncertain), CORNER_UNKNOWNS)
    step = max(1, CHUNK_VALUES // (2 * max(count, 1) * (corners + 2)))
    for first in range(0, rows, step):
        part = np.arange(first, min(first + step, rows))
        box = _box(Interval(*(e[:, part] for e in (unknowns.low, unknowns.value, unknowns.high))))
        points = _candidates(box, uncertain, None if starts is None else starts(box.given))
        # The highest value is the lowest of the negative formula: both searches side by side.
        sign = np.repeat([1.0, -1.0], len(part))
        bottom = np.where(sign > 0, floor, -np.inf)
        both, twice = _twice(box), np.tile(part, 2)
        best = _Search(formula, both, twice, sign, searches).best(
            np.tile(points, 2), uncertain, bottom
        )
        low[part], high[part] = np.split(_limit(formula, both, best, twice, sign), 2)
    return low, high


def _twice(box: _Box) -> _Box:
    given = Interval(*(np.tile(end, 2) for end in (box.given.low, box.given.value, box.given.high)))
    return _Box(np.tile(box.low, 2), np.tile(box.high, 2), given)


def _box(given: Interval) -> _Box:
    low = np.where((given.low == 0) & (given.high > 0), _TINY, given.low)
    high = np.where(np.isinf(given.high), _HUGE, given.high)
    return _Box(np.minimum(low, high), high, given)


def _candidates(box: _Box, uncertain: Rows, more: FloatArray | None) -> FloatArray:
    """Return points (K, M, R): the value, the middle, corners, and what else was given."""
    count = len(uncertain)
    if count <= CORNER_UNKNOWNS:
        bits = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    else:
        chosen = np.random.default_rng(0).integers(0, 2, (2**CORNER_UNKNOWNS - 4, count))
        up_down = np.arange(count) % 2
        zeros = np.zeros(count, dtype=np.int64)
        bits = np.vstack([zeros, 1 - zeros, up_down, 1 - up_down, chosen])
    value = np.clip(box.given.value, box.low, box.high)
    points = np.repeat(value[:, None, :], len(bits) + 2, axis=1)
    ends = np.stack([box.low, box.high])[:, uncertain]
    points[uncertain, 2:] = np.where(bits.T[:, :, None] == 1, ends[1][:, None], ends[0][:, None])
    points[uncertain, 1] = 0.5 * (box.low + np.minimum(box.high, 10 * value + 1))[uncertain]
    points[:, 1] = np.clip(points[:, 1], box.low, box.high)
    if more is None:
        return points
    return np.concatenate([points, np.clip(more, box.low, box.high).swapaxes(0, 1)], axis=1)


class _Search:
    """Searches that run side by side: up to ``searches`` for each of R rows, each at one point."""

    def __init__(
        self, formula: Formula, box: _Box, rows: Rows, sign: FloatArray, searches: int
    ) -> None:
        self.formula, self.box, self.rows, self.sign = formula, box, rows, sign
        self.searches = searches

    def objective(self, points: FloatArray, place: Rows) -> FloatArray:
        """Return what is minimized; a point where the formula has no value never wins."""
        values = self.sign[place] * self.formula(points, self.rows[place])
        return np.where(np.isnan(values), np.inf, values)

    def best(self, points: FloatArray, uncertain: Rows, floor: FloatArray) -> FloatArray:
        """Return the best point (K, R) found from the best of the candidates (K, M, R)."""
        each = np.arange(len(self.rows))
        scores = self.objective(points, each)
        starts = 1 if len(uncertain) == 1 else min(self.searches, len(scores))
        order = np.argsort(scores, axis=0, kind="stable")[:starts]
        # Flat: each start of each row is a search of its own, and leaves when nothing improves.
        self.at = np.take_along_axis(points, order[None], axis=1).reshape(len(points), -1)
        self.score = np.take_along_axis(scores, order, axis=0).ravel()
        self.place = np.tile(each, starts)
        active = np.arange(len(self.place))
        for _ in range(SWEEPS if len(uncertain) > 1 else 1):
            before, came_from = self.score[active], self.at[:, active]
            for k in uncertain:
                self.along(active, int(k))
            self.onward(active, came_from)
            score = self.score[active]
            with np.errstate(invalid="ignore"):  # inf - inf: still no value, so nothing gained
                gained = before - score > _GAIN * np.maximum(1, np.abs(score))
            leader = self.score.reshape(starts, -1).min(axis=0)
            place = self.place[active]
            active = active[gained & (leader[place] > floor[place] + _AT_FLOOR)]
            if not active.size:
                break
        winner = np.argmin(self.score.reshape(starts, -1), axis=0)
        return self.at.reshape(len(points), starts, -1)[:, winner, each]

    def along(self, active: Rows, k: int) -> None:
        """Improve the active searches along unknown k."""
        low, high = self.box.low[k, self.place[active]], self.box.high[k, self.place[active]]
        movable = low < high
        if not movable.any():
            return
        active, low, high = active[movable], low[movable], high[movable]
        grid = _line(low, high)
        points = np.repeat(self.at[:, None, active], len(grid), axis=1)
        points[k] = grid
        scores = self.objective(points, self.place[active])
        best = np.argmin(scores, axis=0)
        column = np.arange(len(active))
        x, found = grid[best, column], scores[best, column]
        i = np.flatnonzero((best > 0) & (best < len(grid) - 1))
        if i.size:
            bracket = grid[best[i] - 1, i], grid[best[i] + 1, i]
            refined, value = self.zoom(active[i], k, *bracket)
            x[i] = np.where(value < found[i], refined, x[i])
            found[i] = np.minimum(found[i], value)
        better = found < self.score[active]
        self.at[k, active[better]], self.score[active[better]] = x[better], found[better]

    def zoom(
        self, active: Rows, k: int, low: FloatArray, high: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return where between low and high the (P,) minima along unknown k lie, and the minima.

        Ever finer grids, then the vertex of the parabola through the last three points.
        """
        points = np.repeat(self.at[:, None, active], len(_ZOOM), axis=1)
        place, column = self.place[active], np.arange(len(active))
        for _ in range(ZOOMS):
            points[k] = low + _ZOOM[:, None] * (high - low)
            scores = self.objective(points, place)
            best = np.clip(np.argmin(scores, axis=0), 1, len(_ZOOM) - 2)
            low, middle, high = (points[k, best + step, column] for step in (-1, 0, 1))
        f_low, f_middle, f_high = (scores[best + step, column] for step in (-1, 0, 1))
        with np.errstate(invalid="ignore"):
            bend = f_low - 2 * f_middle + f_high
            vertex = middle + 0.25 * (high - low) * np.divide(
                f_low - f_high, bend, out=np.zeros_like(bend), where=bend > 0
            )
        vertex = np.clip(np.where(np.isnan(vertex), middle, vertex), low, high)
        points[k, 0] = vertex
        found = self.objective(points[:, 0], place)
        better = found < f_middle
        return np.where(better, vertex, middle), np.where(better, found, f_middle)

    def onward(self, active: Rows, came_from: FloatArray) -> None:
        """Go on in the direction of a whole sweep: along a valley single lines only crawl."""
        place = self.place[active]
        stride = (self.at[:, active] - came_from)[:, None]
        points = self.at[:, None, active] + _STRIDES[:, None] * stride
        points = np.clip(points, self.box.low[:, None, place], self.box.high[:, None, place])
        scores = self.objective(points, place)
        best, column = np.argmin(scores, axis=0), np.arange(len(active))
        better = scores[best, column] < self.score[active]
        self.at[:, active[better]] = points[:, best, column][:, better]
        self.score[active[better]] = scores[best, column][better]


def _line(low: FloatArray, high: FloatArray) -> FloatArray:
    """Return (G, P) increasing points from low to high, dense at both ends and over decades."""
    span, floor = high - low, np.maximum(low, _TINY)
    # Next to an end it shows whether the formula still improves inwards, however long the line is.
    near = np.minimum(span, floor)
    points = [low + _NEAR * near, low + _BETWEEN * span, high - _NEAR * span]
    wide = high > 100 * floor
    if wide.any():
        points.append(np.clip(floor * np.where(wide, high / floor, 1.0) ** _DECADES, low, high))
    return np.sort(np.concatenate(points), axis=0)


def _limit(
    formula: Formula, box: _Box, point: FloatArray, rows: Rows, sign: FloatArray
) -> FloatArray:
    """Return the formula's value at the best point, with 0 and inf put back as limits."""
    at_zero = (point == box.low) & (box.low != box.given.low)
    at_infinity = (point == box.high) & np.isinf(box.given.high)
    value = formula(point, rows)
    further = np.where(at_zero, _TINIER, np.where(at_infinity, _HUGER, point))
    settled = formula(further, rows)
    with np.errstate(invalid="ignore", over="ignore"):
        exact = formula(np.where(at_zero, 0.0, np.where(at_infinity, np.inf, point)), rows)
        moved = np.abs(settled - value) > _SETTLED * np.maximum(1.0, np.abs(value))
        close = np.abs(exact - settled) <= _SETTLED * np.maximum(1.0, np.abs(settled))
    return np.where(moved, -sign * np.inf, np.where(close, exact, settled))


def steady_paths(years: Interval) -> FloatArray:
    """Return points (2, K, R) of steady growth through intervals (K, R) of consecutive years.

    Where a constant growth rate fits into every interval, the volatility's minimum is 0 and lies
    in a valley that a search along single years would creep through.
    """
    floor = np.maximum(years.low, _TINY)
    ceiling = np.where(np.isinf(years.high), np.maximum(10 * years.value, 1.0), years.high)
    low, high = np.log(floor), np.log(np.maximum(ceiling, floor))
    steps = np.arange(len(low))[:, None, None]
    span = max(1, len(low) - 1)
    slopes = np.linspace((low[-1] - high[0]) / span, (high[-1] - low[0]) / span, 401)
    # The log of jobs in the first year, as each later year's interval bounds it.
    least = np.fmax.reduce(low[:, None] - steps * slopes, axis=0)
    most = np.fmin.reduce(high[:, None] - steps * slopes, axis=0)
    best, column = np.argmin(least - most, axis=0), np.arange(low.shape[1])
    first = 0.5 * (least + most)[best, column]
    path = np.exp(first + steps[:, 0] * slopes[best, column])
    return np.stack([path, np.sqrt(path * np.maximum(years.value, _TINY))])
