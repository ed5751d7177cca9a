"""One sector against its rivals: the weights under which none of them is ahead.

Under straight-line scores these weights are a polytope. Where figures are missing a score is a
ratio in the weights: n.w / d.w, what the known criteria give over what they weigh. "Nobody is
ahead" is then a quadratic in w, but for scores between two levels it lies inside a polytope, which
gives a bound on how near the weights can be; halving the range of scores narrows it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.field import BoolArray, Field
from sectorscan.robustness.scores import ROUNDING
from sectorscan.tables.model import FloatArray

WITHIN = 1e-3
"""No smaller sum of absolute changes than the one found, less this, does it (missing figures)."""
MOST_SPLITS = 200
SPLITS_AND_RIVALS = 60000
"""How often the range of scores is halved for one sector with missing figures: at most so often,
and no more than this over the number of rivals. What is found then does it, but may not be least.
"""
TOLERANCE = 2e-7
"""A linear programme keeps its rows to 1e-7; coverage must not come out under its threshold."""
LEAST_KNOWN = 1e-4
"""A score rests on at least this share of weight: on none there is no score."""
_STEPS = 8
AT_ONCE = 8
"""A programme is told of so many rivals at once."""


@dataclass(frozen=True, slots=True)
class Least:
    """The weights (K,) nearest to the present ones, and the sum of absolute changes."""

    weights: FloatArray
    change: float


@dataclass(frozen=True, slots=True)
class Contest:
    """A sector's rows of the field, those of its rivals (R, K) and the weights (K,) to start from.

    ``shared`` (R,) are the rivals that are known on the same criteria: against them it is a matter
    of straight lines. ``binding`` (R,) are those that a programme had to be told of, kept from one
    to the next.
    """

    own: FloatArray
    own_counted: FloatArray
    covering: FloatArray
    value: FloatArray
    counted: FloatArray
    playing: FloatArray
    weights: FloatArray
    binding: BoolArray

    @property
    def shared(self) -> BoolArray:
        """The rivals that are known on the same criteria, (R,)."""
        return np.asarray((self.counted == self.own_counted).all(axis=1))

    @property
    def exact(self) -> bool:
        """Whether one linear programme settles it."""
        return bool(self.shared.all())

    def score(self, weights: FloatArray) -> float:
        """Return the sector's score (or its logarithm) under (K,) weights, -inf where none."""
        share = float(self.own_counted @ weights)
        return float(self.own @ weights) / share if share > 0 else -np.inf

    def rows(self, low: float, high: float) -> FloatArray:
        """Return rows with rows @ w <= 0 wherever nobody is ahead and the score is in a range.

        With n = score * d a rival isn't ahead where n' - n <= score * (d' - d): on what both know
        that is a straight line, and only where one lacks what the other knows does the score count,
        which lies between ``low`` and ``high``.
        """
        more = self.counted - self.own_counted
        lines = [self.value - self.own - np.where(more > 0, high, low) * more, self.covered()]
        if not self.exact:
            lines.append((low * self.own_counted - self.own)[None, :])
            lines.append((self.own - high * self.own_counted)[None, :])
        return np.vstack(lines)

    def covered(self) -> FloatArray:
        """Return rows with rows @ w <= 0 where the sector is covered and has a score at all."""
        rows = np.empty((0, len(self.weights)))
        if (self.covering < 0).any():
            rows = np.vstack([rows, TOLERANCE - self.covering])
        for resting_on in (self.own_counted, self.playing):
            if not resting_on.all():
                rows = np.vstack([rows, LEAST_KNOWN - resting_on])
        return rows

    def reachable(self, change: float, low: float, high: float) -> tuple[float, float]:
        """Return the part of a range of scores that weights within a change can bring about.

        n - score * d is 0. From the present weights on it grows by what the change brings, which
        is at most half of it, times the range of what the sector has.
        """
        own = self.own[self.own_counted > 0]
        reach = 0.5 * change * float(np.ptp(own)) / float(self.own_counted @ self.weights)
        now = self.score(self.weights)
        return max(low, now - reach), min(high, now + reach)

    def levels(self) -> tuple[float, float]:
        """Return the range of scores that can be first: between these all of them lie."""
        own = self.own[self.own_counted > 0]
        if not own.size:
            return 1.0, 0.0
        low, high = float(own.min()), float(own.max())
        known = self.counted > 0
        least = np.where(known, self.value, np.inf).min(axis=1)
        least = least[np.isfinite(least)]
        return max(low, float(least.max(initial=low))), high


def contest(of: Field, sector: int, rivals: npt.NDArray[np.intp]) -> Contest:
    """Return a sector's contest with its rivals, by their places."""
    others = rivals[rivals != sector]
    return Contest(
        of.value[sector],
        of.counted[sector],
        of.covering[sector],
        of.value[others],
        of.counted[others],
        of.playing,
        of.weights,
        np.zeros(len(others), dtype=np.bool_),
    )


def least(given: Contest) -> Least | None:
    """Return the weights nearest to the present ones under which no rival is ahead, None for none.

    One linear programme where all are known on the same criteria. Otherwise the range of scores is
    halved where it may hold the nearest (branch and bound), until nothing nearer by
    more than ``WITHIN`` is left.
    """
    if (given.shared & (given.value > given.own + ROUNDING).all(axis=1)).any():
        return None  # one is ahead on everything
    if given.exact:
        return _nearest(given, given.rows(0.0, 0.0))
    low, high = given.levels()
    if low > high:
        return None
    return _searched(given, low, high)


def _searched(given: Contest, low: float, high: float) -> Least | None:
    start = _nearest(given, given.rows(low, high))
    if start is None:
        return None
    best = _better(
        _at_level_of(given, _polished(given, start.weights), low, high),
        _nearest(given, given.rows(high, high)),  # on what it is best at: often a single point
    )
    queue = [(start.change, low, high, start.weights)]
    most = min(MOST_SPLITS, SPLITS_AND_RIVALS // max(1, len(given.value)))
    for _ in range(most):
        if not queue or (best and queue[0][0] >= best.change - WITHIN):
            break
        _, low, high, weights = heapq.heappop(queue)
        if best is None or not low <= given.score(best.weights) <= high:
            best = _better(best, _at_level_of(given, weights, low, high))
        if best is not None:
            low, high = given.reachable(best.change, low, high)
        middle = 0.5 * (low + high)
        for part in ((low, middle), (middle, high)):
            found = _nearest(given, given.rows(*part)) if part[0] <= part[1] else None
            if found and (best is None or found.change < best.change - WITHIN):
                heapq.heappush(queue, (found.change, *part, found.weights))
    return best


def _better(one: Least | None, other: Least | None) -> Least | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda found: found.change)


def _at_level_of(given: Contest, weights: FloatArray, low: float, high: float) -> Least | None:
    """Return the nearest weights that give the score which these give, held inside a range."""
    level = min(max(given.score(weights), low), high)
    return _nearest(given, given.rows(level, level))


def _polished(given: Contest, weights: FloatArray) -> FloatArray:
    """Return weights improved by Newton's method on the quadratics, one programme a step."""
    for _ in range(_STEPS):
        ours, share = given.own @ weights, given.own_counted @ weights
        theirs, shares = given.value @ weights, given.counted @ weights
        ahead = theirs * share - ours * shares
        slope = (
            share * given.value
            + theirs[:, None] * given.own_counted
            - shares[:, None] * given.own
            - ours * given.counted
        )
        # ahead is a quadratic form: slope @ weights = 2 ahead, so its tangent is slope @ w - ahead.
        rows = np.vstack([slope, given.covered()])
        found = _nearest(given, rows, np.append(ahead, np.zeros(len(rows) - len(ahead))))
        if found is None:
            break
        moved = float(np.abs(found.weights - weights).sum())
        weights = found.weights
        if moved < ROUNDING:
            break
    return weights


def _nearest(given: Contest, rows: FloatArray, at_most: FloatArray | None = None) -> Least | None:
    """Return the weights nearest to the present ones with rows @ w <= at_most (0 by default).

    The first rows are the rivals'. Few of them bind: the programme is told of those that did so
    far, and of others once they come out ahead.
    """
    limit = np.zeros(len(rows)) if at_most is None else at_most
    needed = (rows > 0).any(axis=1) | (limit < 0)  # the others hold at any weights
    told, rivals = needed.copy(), len(given.binding)
    told[:rivals] &= given.binding
    while True:
        found = _solved(given.weights, rows[told], limit[told])
        if found is None:
            return None
        over = np.where(needed & ~told, rows @ found.weights - limit, 0.0)
        ahead = np.argsort(-over, kind="stable")[:AT_ONCE]
        ahead = ahead[over[ahead] > ROUNDING]
        if not ahead.size:
            return found
        told[ahead] = True
        given.binding[ahead] = True


def _solved(now: FloatArray, rows: FloatArray, limit: FloatArray) -> Least | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = len(now)
    # w = now + more - less: more is at least 0, less between 0 and now; as much more as less.
    table = np.vstack([rows, np.ones(size)])
    # Without whole numbers to find it is the same programme as linprog's, with less around it.
    result = milp(
        np.ones(2 * size),
        bounds=Bounds(np.zeros(2 * size), np.append(np.full(size, np.inf), now)),
        constraints=LinearConstraint(
            np.hstack([table, -table]),
            np.append(np.full(len(rows), -np.inf), 0.0),
            np.append(limit - rows @ now, 0.0),
        ),
    )
    if result.status != 0 or result.x is None:
        return None
    weights = np.maximum(now + result.x[:size] - result.x[size:], 0.0)
    return Least(weights, float(np.abs(weights - now).sum()))


def weight_ranges(given: Contest) -> tuple[FloatArray, FloatArray] | None:
    """Return the least and the largest (K,) that each weight can be where no rival is ahead.

    Two linear programmes a weight. Where figures are missing the ranges are outer bounds: every
    weight that does it lies inside. None where there are no such weights.
    """
    from scipy.optimize import linprog

    rows = given.rows(*((0.0, 0.0) if given.exact else given.levels()))
    size = len(given.weights)
    ends = np.empty((2, size))
    for place in range(size):
        for end, sign in enumerate((1.0, -1.0)):
            result = linprog(
                sign * np.eye(size)[place],
                A_ub=rows,
                b_ub=np.zeros(len(rows)),
                A_eq=np.ones((1, size)),
                b_eq=np.ones(1),
                bounds=(0.0, 1.0),
                method="highs-ds",
            )
            if result.status != 0 or result.x is None:
                return None
            ends[end, place] = result.x[place]
    low, high = np.clip(ends, 0.0, 1.0) + 0.0  # no weight of -0
    return low, high
