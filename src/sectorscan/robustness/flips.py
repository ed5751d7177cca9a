"""The least change of weights that puts a sector first, and the sectors that none would put first.

A linear programme: minimise the sum of |w' - w| over weights that are not negative and sum to 1, so
that no other sector is ahead (a tie is enough). Weights of 0 stay 0. Where figures are missing a
score is a ratio in the weights: for a given score to beat, the programme is linear again, and that
score is searched for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.scores import term
from sectorscan.scoring.aggregate import FILL, in_play
from sectorscan.scoring.model import DecisionMatrix, Ranking
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]

LEVELS = 21
"""How many scores to beat are tried before the best neighbourhood is searched."""
SEARCHES = 18
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class Flip:
    """What it takes in weights to put one sector first.

    ``change`` is the least sum of absolute changes of the effective weights, 0 for the first
    itself, None where no weights do; ``weights`` (C,) are those that do it. ``dominated_by`` is a
    sector that is at least as good on every criterion and better on one. ``exact`` False: figures
    are missing, so the least change was searched for, not solved.
    """

    sector: str
    change: float | None
    weights: FloatArray | None
    dominated_by: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class _Problem:
    """The ranked sectors' values per weight (R, K) of the K criteria with weight; 0 where missing.

    ``counted`` (R, K) is 1 where a weight counts in the score's divisor.
    """

    value: FloatArray
    counted: FloatArray
    weights: FloatArray
    needed: FloatArray
    """(R, K): known weight less the least coverage, to be at least 0."""


def flips(ranking: Ranking) -> tuple[Flip, ...]:
    """Return the flip of every ranked sector, in the ranking's order."""
    order = list(ranking.order)
    used = ranking.matrix.weights > 0
    problem = _problem(ranking.matrix, ranking.scaled[order][:, used], order, used)
    ids = [ranking.matrix.sectors[s].id for s in order]
    return tuple(
        _flip(problem, ids, place, used, leads=bool(ranking.rank[s] == 1))
        for place, s in enumerate(order)
    )


def _problem(
    matrix: DecisionMatrix, scaled: FloatArray, order: list[int], used: BoolArray
) -> _Problem:
    known = ~np.isnan(scaled)
    values = term(matrix, np.where(known, scaled, FILL.get(matrix.missing, 0.0)))
    filled = matrix.missing in FILL
    playing = in_play(matrix.value)[used]
    needed = playing * (known - matrix.min_coverage)
    return _Problem(
        values if filled else np.where(known, values, 0.0),
        np.ones_like(values) if filled else known.astype(np.float64),
        matrix.weights[used],
        needed,
    )


def _flip(problem: _Problem, ids: list[str], place: int, used: BoolArray, *, leads: bool) -> Flip:
    exact = bool((problem.counted == problem.counted[:1]).all())
    found = problem.weights if leads else _least(problem, place, exact=exact)
    weights = None if found is None else np.zeros(len(used))
    if weights is not None and found is not None:
        weights[used] = found
    change = None if found is None else _distance(problem, found)
    dominator = _dominator(problem, place) if found is None else None
    return Flip(ids[place], change, weights, None if dominator is None else ids[dominator], exact)


def _dominator(problem: _Problem, place: int) -> int | None:
    """Return the best-ranked sector that is at least as good on all, of those known on all."""
    if not problem.counted[place].all():
        return None
    gap = problem.value - problem.value[place]
    better = (gap >= 0).all(axis=1) & (gap > 0).any(axis=1) & problem.counted.all(axis=1)
    return int(np.argmax(better)) if better.any() else None


def _least(problem: _Problem, place: int, *, exact: bool) -> FloatArray | None:
    """Return the weights (K,) nearest to the present ones that put a sector first."""
    if exact:
        return _solve(problem, place, problem.value - problem.value[place])
    levels = np.linspace(problem.value.min(), problem.value.max(), LEVELS)
    tried = [_at_level(problem, place, level) for level in levels]
    best = min(range(LEVELS), key=lambda at: tried[at].distance)
    if tried[best].weights is None:
        return None
    step = levels[1] - levels[0]
    near = _narrowed(problem, place, levels[best] - step, levels[best] + step)
    return min(tried[best], near, key=lambda one: one.distance).weights


@dataclass(frozen=True, slots=True)
class _Try:
    """Weights that do it, and how far they are from the present ones: None and inf for none."""

    weights: FloatArray | None
    distance: float


def _narrowed(problem: _Problem, place: int, low: float, high: float) -> _Try:
    """Return the nearest weights over the scores between two, by golden-section search."""
    one, other = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    left, right = (_at_level(problem, place, level) for level in (one, other))
    for _ in range(SEARCHES):
        if left.distance <= right.distance:
            high, other, right = other, one, left
            one = high - _GOLDEN * (high - low)
            left = _at_level(problem, place, one)
        else:
            low, one, left = one, other, right
            other = low + _GOLDEN * (high - low)
            right = _at_level(problem, place, other)
    return min(left, right, key=lambda found: found.distance)


def _distance(problem: _Problem, weights: FloatArray) -> float:
    return float(np.abs(weights - problem.weights).sum())


def _at_level(problem: _Problem, place: int, level: float) -> _Try:
    """Return the nearest weights under which a sector reaches a score and no other is above it."""
    beyond = problem.value - level * problem.counted
    beyond[place] *= -1
    weights = _solve(problem, place, beyond)
    return _Try(weights, np.inf if weights is None else _distance(problem, weights))


def _solve(problem: _Problem, place: int, at_most_0: FloatArray) -> FloatArray | None:
    """Return the weights nearest to the present ones with ``at_most_0`` (R, K) @ w <= 0."""
    from scipy.optimize import linprog

    size = len(problem.weights)
    rows = np.vstack([at_most_0, -problem.needed[[place]]])
    # w = now + more - less, both at least 0.
    result = linprog(
        np.ones(2 * size),
        A_ub=np.vstack([np.hstack([rows, -rows]), np.hstack([-np.eye(size), np.eye(size)])]),
        b_ub=np.concatenate([-rows @ problem.weights, problem.weights]),
        A_eq=np.repeat([[1.0, -1.0]], size, axis=1),
        b_eq=np.zeros(1),
        method="highs",
    )
    if result.status != 0 or result.x is None:
        return None
    weights = problem.weights + result.x[:size] - result.x[size:]
    return np.asarray(np.maximum(weights, 0.0))
