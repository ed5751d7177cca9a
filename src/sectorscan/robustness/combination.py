"""The cheapest combination of changes that brings a sector to a place.

Cost: the sum, over the criteria that change, of the change as a share of the criterion's range (in
logarithms on a log scale). Each criterion's scale is cut into straight pieces, of which one is
chosen; that makes a mixed-integer linear programme, which HiGHS solves to the optimum. Scales that
depend on the candidates are held where they stand; what a sector lacks stays missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.held import Held, held
from sectorscan.robustness.needed import target
from sectorscan.robustness.scores import term
from sectorscan.scoring.aggregate import FILL
from sectorscan.scoring.model import DecisionMatrix, Ranking
from sectorscan.scoring.positions import TIE
from sectorscan.tables.model import FloatArray

CUTS = 24
"""Into so many straight pieces each piece is cut where the mean is geometric."""
_AGAIN = 6
IntArray = npt.NDArray[np.intp]
Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion's raw value, now and then."""

    criterion: str
    now: float
    then: float


@dataclass(frozen=True, slots=True)
class Combination:
    """The changes of least cost; ``cost`` 1 is one criterion's whole range.

    ``exact`` False: a curved scale or mean was cut into straight pieces.
    """

    changes: tuple[Change, ...]
    cost: float
    exact: bool


@dataclass(frozen=True, slots=True)
class _Pieces:
    """One criterion's straight pieces (P, 2), the nearer end first: value, cost, points gained."""

    place: int
    value: FloatArray
    cost: FloatArray
    gain: FloatArray


def cheapest(
    ranking: Ranking, sector: int, place: int, limits: Limits | None = None
) -> Combination | None:
    """Return the cheapest changes that bring a ranked sector to a place, None where none do.

    ``limits`` are the lowest and highest raw value that a criterion may come to; by default the
    outer points of its scale, or the present minimum and maximum.
    """
    matrix = ranking.matrix
    wanted = target(ranking, sector, place)
    score = float(ranking.score[sector])
    curved = [c.id for c in matrix.criteria if c.weight > 0 and c.scale.method == "zscore"]
    exact = matrix.aggregation == "arithmetic" and not curved
    if score >= wanted - TIE:
        return Combination((), 0.0, exact)
    goal, now = np.log((wanted, score)) if matrix.aggregation == "geometric" else (wanted, score)
    gap = float(goal - now)
    pieces = [
        found
        for k, criterion in enumerate(matrix.criteria)
        if (found := _pieces(ranking, sector, k, (limits or {}).get(criterion.id))) is not None
    ]
    changes = _enough(ranking, sector, pieces, gap)
    if changes is None:
        return None
    cost = sum(change.cost for change in changes)
    told = tuple(
        Change(matrix.criteria[c.place].id, float(matrix.value[sector, c.place]), c.value)
        for c in changes
    )
    return Combination(told, cost, exact)


def _enough(
    ranking: Ranking, sector: int, pieces: list[_Pieces], gap: float
) -> list[_Chosen] | None:
    """Return the changes that gain a gap; a bit more is asked for where straight pieces flatter."""
    asked = gap
    for _ in range(_AGAIN):
        changes = _solve(ranking.matrix, pieces, asked)
        if changes is None:
            return None
        short = gap - _gained(ranking, sector, changes)
        if short <= TIE:
            return changes
        asked += 1.01 * short
    return None


@dataclass(frozen=True, slots=True)
class _Chosen:
    place: int
    value: float
    cost: float


def _pieces(
    ranking: Ranking, sector: int, k: int, limits: tuple[float, float] | None
) -> _Pieces | None:
    """Return what moving one criterion costs and gains; None where it can't help."""
    matrix = ranking.matrix
    scale, now = held(ranking, k), float(matrix.value[sector, k])
    if scale is None or np.isnan(now) or not matrix.criteria[k].weight > 0:
        return None
    x0 = scale.sign * now
    low, high = sorted(scale.sign * end for end in limits) if limits else (scale.x[0], scale.x[-1])
    corners = _corners(scale, low, high, x0, fine=matrix.aggregation == "geometric")
    scaled = _score_on(scale, corners, x0, float(ranking.scaled[sector, k]))
    present = term(matrix, np.array(ranking.scaled[sector, k]))
    weight = matrix.criteria[k].weight / _counted(ranking, sector)
    gain = weight * (term(matrix, scaled) - present)
    first, last, start = _along(scale, np.array([scale.x[0], scale.x[-1], x0]))
    cost = np.abs(_along(scale, corners) - start) / (last - first)
    ends = _ends(corners, x0, steps=scale.steps)
    ends = ends[
        ((corners[ends] >= low) & (corners[ends] <= high) | (corners[ends] == x0)).all(axis=1)
    ]
    ends = ends[(gain[ends] > 0).any(axis=1)]
    values = scale.sign * (np.maximum(corners, scale.x[0]) if scale.log else corners)
    return _Pieces(k, values[ends], cost[ends], gain[ends]) if len(ends) else None


def _corners(scale: Held, low: float, high: float, x0: float, *, fine: bool) -> FloatArray:
    """Return the oriented values, rising, between which the scale is straight inside the limits."""
    inside = scale.x[(scale.x >= low) & (scale.x <= high)]
    corners = np.unique(np.append(inside, [low, high, x0]))
    if not fine or scale.steps:
        return corners
    ends, shares = _along(scale, corners), np.linspace(0, 1, CUTS + 1)[:-1]
    finer = (ends[:-1, None] + shares * np.diff(ends)[:, None]).ravel()
    return np.unique(np.append(10**finer if scale.log else finer, corners))


def _ends(corners: FloatArray, x0: float, *, steps: bool) -> IntArray:
    """Return each piece's two corners (P, 2), the one nearer to the present value first."""
    places = np.arange(len(corners))
    if steps:
        return np.stack([places, places], axis=1)
    ends = np.stack([places[:-1], places[1:]], axis=1)
    left = corners[ends[:, 1]] <= x0
    ends[left] = ends[left][:, ::-1]
    return ends


def _counted(ranking: Ranking, sector: int) -> float:
    """Return the weight that the sector's score is divided by."""
    matrix = ranking.matrix
    if matrix.missing in FILL:
        return 1.0
    return float(matrix.weights[~np.isnan(ranking.scaled[sector])].sum())


def _along(scale: Held, x: FloatArray) -> FloatArray:
    """Return values on the axis on which the scale is straight; a log scale has a low end."""
    return np.log10(np.maximum(x, scale.x[0])) if scale.log else x


def _score_on(scale: Held, x: FloatArray, x0: float, scaled0: float) -> FloatArray:
    """Return the 0-100 values at oriented values; at the present one what it has."""
    if scale.steps:
        at = np.searchsorted(scale.x, x, side="right") - 1
        scaled = np.where(at < 0, 0.0, scale.v[np.maximum(at, 0)])
    elif scale.normal is not None:
        from scipy.special import ndtr

        scaled = 100 * ndtr((x - scale.normal[0]) / scale.normal[1])
    else:
        scaled = np.interp(_along(scale, x), _along(scale, scale.x), scale.v)
    return np.asarray(np.where(x == x0, scaled0, scaled))


def _solve(matrix: DecisionMatrix, pieces: list[_Pieces], gap: float) -> list[_Chosen] | None:
    """Return the pieces chosen and how far along each: least cost for a gain of ``gap``."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not pieces:
        return None
    sizes = [len(one.cost) for one in pieces]
    cost = np.concatenate([one.cost for one in pieces])
    gain = np.concatenate([one.gain for one in pieces])
    count = len(cost)
    owner = np.repeat(np.arange(len(pieces)), sizes)
    # Per piece: is it chosen (0 or 1), and how far along it (at most as much).
    one_each = (owner == np.arange(len(pieces))[:, None]).astype(np.float64)
    result = milp(
        np.concatenate([cost[:, 0], cost[:, 1] - cost[:, 0]]),
        integrality=np.append(np.ones(count), np.zeros(count)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(np.concatenate([gain[:, 0], gain[:, 1] - gain[:, 0]])[None, :], gap),
            LinearConstraint(np.hstack([one_each, np.zeros_like(one_each)]), -np.inf, 1),
            LinearConstraint(np.hstack([-np.eye(count), np.eye(count)]), -np.inf, 0),
        ],
        options={"mip_rel_gap": 0.0},
    )
    if result.status != 0 or result.x is None:
        return None
    chosen, along = result.x[:count] > 0.5, np.clip(result.x[count:], 0, 1)
    value = np.concatenate([one.value for one in pieces])
    moved = np.flatnonzero(chosen & ((cost[:, 0] > 0) | (along > 0)))
    return [
        _Chosen(
            pieces[owner[p]].place,
            _between(matrix, pieces[owner[p]].place, value[p], along[p]),
            float(cost[p, 0] + along[p] * (cost[p, 1] - cost[p, 0])),
        )
        for p in moved
    ]


def _between(matrix: DecisionMatrix, place: int, ends: FloatArray, share: float) -> float:
    """Return the raw value a share of the way along a piece."""
    if share in (0.0, 1.0):
        return float(ends[int(share)])
    if not matrix.criteria[place].scale.log:
        return float(ends[0] + share * (ends[1] - ends[0]))
    start, end = np.log10(ends)
    return float(10 ** (start + share * (end - start)))


def _gained(ranking: Ranking, sector: int, changes: list[_Chosen]) -> float:
    """Return what the changes add to the score (or its logarithm) on the scales themselves."""
    matrix, total = ranking.matrix, 0.0
    for change in changes:
        scale = held(ranking, change.place)
        if scale is None:
            continue
        x0 = scale.sign * matrix.value[sector, change.place]
        scaled0 = float(ranking.scaled[sector, change.place])
        then = _score_on(scale, np.array([scale.sign * change.value]), x0, scaled0)[0]
        weight = matrix.criteria[change.place].weight / _counted(ranking, sector)
        total += weight * float(term(matrix, np.array(then)) - term(matrix, np.array(scaled0)))
    return total
