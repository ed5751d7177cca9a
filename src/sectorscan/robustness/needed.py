"""What one criterion alone would have to be for a sector to come level with others.

Every other figure is held, gates are not touched. Scales that depend on the candidates are first
held where they stand; beside it stands the value when the scale moves along, which is searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sectorscan.robustness.held import ENOUGH, held, passing, reference_values
from sectorscan.robustness.scores import term
from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.positions import TIE
from sectorscan.scoring.scales import scale_column
from sectorscan.tables.model import FloatArray

FARTHEST = 100.0
"""A value is searched for up to so many times the present range beyond the present value."""
_GRID, _ROUNDS = 33, 8


@dataclass(frozen=True, slots=True)
class Needed:
    """The raw value of one criterion that brings a sector level, everything else held.

    ``now`` is NaN where missing. ``value`` None: not on this criterion alone. ``moving`` is the
    value where the scale is set anew with it (searched), None also where the scale is ``points``
    and nothing moves; ``moves`` tells the two apart.
    """

    criterion: str
    now: float
    value: float | None
    moving: float | None
    moves: bool


def needed_for_place(ranking: Ranking, sector: int, place: int) -> tuple[Needed, ...]:
    """Return for every criterion the value that brings a ranked sector to a place, 1 the first.

    Level with who is there is enough. A sector that is there already needs what it has.
    """
    return _needed(ranking, sector, lambda score: _score_at(score, sector, place))


def needed_to_reach(ranking: Ranking, sector: int, other: int) -> tuple[Needed, ...]:
    """Return for every criterion the value that brings a sector level with another one."""
    return _needed(ranking, sector, lambda score: np.asarray(score[..., other]))


def target(ranking: Ranking, sector: int, place: int) -> float:
    """Return the score that brings a sector to a place, -inf where fewer others are ranked."""
    ranked = np.where(ranking.rank > 0, ranking.score, -np.inf)
    return float(_score_at(ranked, sector, place))


def _score_at(score: FloatArray, sector: int, place: int) -> FloatArray:
    """Return (...,) the score of the other sector that is at a place among the others."""
    others = np.delete(score, sector, axis=-1)
    if others.shape[-1] < place:
        return np.full(others.shape[:-1], -np.inf)
    return np.asarray(-np.partition(-others, place - 1, axis=-1)[..., place - 1])


def _needed(
    ranking: Ranking, sector: int, goal: Callable[[FloatArray], FloatArray]
) -> tuple[Needed, ...]:
    ranked = np.where(ranking.rank > 0, ranking.score, -np.inf)
    wanted = float(goal(ranked))
    there = bool(ranking.score[sector] >= wanted - TIE)
    out = []
    for place, criterion in enumerate(ranking.matrix.criteria):
        now = float(ranking.matrix.value[sector, place])
        moves = criterion.scale.method != "points"
        if there:
            value = None if np.isnan(now) else now
            found = Needed(criterion.id, now, value, value if moves else None, moves)
        else:
            value = _held_value(ranking, sector, place, wanted)
            moving = _moving_value(ranking, sector, place, goal) if moves else None
            found = Needed(criterion.id, now, value, moving, moves)
        out.append(found)
    return tuple(out)


def _held_value(ranking: Ranking, sector: int, place: int, wanted: float) -> float | None:
    """Return the nearest value that scores what is needed on the scale as it stands."""
    scale = held(ranking, place)
    scaled = _scaled_needed(ranking, sector, place, wanted)
    if scale is None or scaled is None:
        return None
    return scale.nearest(float(ranking.matrix.value[sector, place]), scaled)


def _scaled_needed(ranking: Ranking, sector: int, place: int, wanted: float) -> float | None:
    """Return the 0-100 value that gives a score; what was missing joins the divisor."""
    base = _Base.of(ranking, place)
    weight = ranking.matrix.criteria[place].weight
    if not weight > 0:
        return None
    geometric = ranking.matrix.aggregation == "geometric"
    goal = float(np.log(wanted)) if geometric else wanted
    per_weight = (goal * (base.divisor[sector] + weight) - base.total[sector]) / weight
    if not geometric:
        return float(per_weight)
    return float(np.expm1(min(per_weight, 50.0)) / GEOMETRIC_SPREAD)


@dataclass(frozen=True, slots=True)
class _Base:
    """What all criteria but one give every sector: (S,) totals and the weights they rest on."""

    total: FloatArray
    divisor: FloatArray

    @classmethod
    def of(cls, ranking: Ranking, place: int) -> _Base:
        matrix = ranking.matrix
        filled = matrix.missing in FILL
        known = ~np.isnan(ranking.scaled) | filled
        fill = FILL.get(matrix.missing, 0.0)
        value = term(matrix, np.where(np.isnan(ranking.scaled), fill, ranking.scaled))
        weights = np.where(known, matrix.weights, 0.0)
        weights[:, place] = 0.0
        return cls((weights * value).sum(axis=1), weights.sum(axis=1))


def _moving_value(
    ranking: Ranking, sector: int, place: int, goal: Callable[[FloatArray], FloatArray]
) -> float | None:
    """Return the nearest value in the better direction, the scale set anew at each that is tried.

    Tried are steps that grow, then finer ones between the last that isn't enough and the first
    that is; under percentile and rank, each value that someone has and the next above it.
    """
    criterion = ranking.matrix.criteria[place]
    reference = reference_values(ranking, place)
    if not criterion.weight > 0 or not reference.size:
        return None
    sign = -1.0 if criterion.direction == "min" else 1.0
    now = sign * float(ranking.matrix.value[sector, place])
    reference = sign * reference
    start = float(reference.min()) if np.isnan(now) else now
    margin = _margin(ranking, sector, place, goal)
    if criterion.scale.method in ("percentile", "rank"):
        steps = np.unique(np.append(reference, np.nextafter(reference, np.inf)))
        tried = steps[steps >= start]
        enough = np.flatnonzero(margin(sign * tried) >= -TIE)
        return float(sign * tried[enough[0]]) if enough.size else None
    span = float(np.ptp(reference)) or max(1.0, abs(start))
    tried = start + span * np.append(0.0, np.geomspace(1e-6, FARTHEST, 160))
    for _ in range(_ROUNDS):
        enough = np.flatnonzero(margin(sign * tried) >= -ENOUGH)
        if not enough.size:
            return None
        first = int(enough[0])
        if first == 0:
            return float(sign * tried[0])
        tried = np.linspace(tried[first - 1], tried[first], _GRID)
    return float(sign * tried[-1])


def _margin(
    ranking: Ranking, sector: int, place: int, goal: Callable[[FloatArray], FloatArray]
) -> Callable[[FloatArray], FloatArray]:
    """Return the function from raw values (G,) to how far above its goal the sector is, (G,)."""
    matrix = ranking.matrix
    criterion = matrix.criteria[place]
    base, who = _Base.of(ranking, place), passing(ranking)
    out = ranking.rank <= 0

    def margin(tried: FloatArray) -> FloatArray:
        value = np.repeat(matrix.value[None, :, place], len(tried), axis=0)
        value[:, sector] = tried
        everyone = np.broadcast_to(who, value.shape)
        scaled = scale_column(value, everyone, criterion.scale, criterion.direction)
        fill = FILL.get(matrix.missing)
        counted = criterion.weight * (~np.isnan(scaled) | (fill is not None))
        gives = term(matrix, np.where(np.isnan(scaled), fill or 0.0, scaled))
        divisor = base.divisor + counted
        score = (base.total + counted * gives) / np.where(divisor > 0, divisor, np.nan)
        score = np.exp(score) if matrix.aggregation == "geometric" else score
        score = np.where(out, -np.inf, score)
        return np.asarray(score[:, sector] - goal(score))

    return margin
