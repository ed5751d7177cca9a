"""What would move a sector up: per criterion, what a full score would add and the next step."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD
from sectorscan.scoring.model import Criterion, Ranking

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Improvement:
    """One criterion with room above it.

    ``full_score_adds`` is in points of the score, everything else held. ``next_value`` and
    ``next_scaled`` are the next corner of a ``points`` scale in the better direction, None where
    there is none or the scale depends on the other candidates.
    """

    criterion: Criterion
    value: float
    scaled: float
    full_score_adds: float
    next_value: float | None
    next_scaled: float | None


def improvements(ranking: Ranking, sector: int) -> tuple[Improvement, ...]:
    """Return the weighted, known criteria below their full score, those that could add most first.

    Unless missing values are filled in, the known weights are scaled up to 1, as in the score.
    """
    criteria, scaled = ranking.matrix.criteria, ranking.scaled[sector]
    weights = _weights_used(ranking, sector)
    found = [
        _improvement(ranking, sector, place, weights[place])
        for place, criterion in enumerate(criteria)
        if criterion.weight > 0
        and not math.isnan(ranking.matrix.value[sector, place])
        and scaled[place] < FULL
    ]
    return tuple(sorted(found, key=lambda one: (-one.full_score_adds, one.criterion.id)))


def _weights_used(ranking: Ranking, sector: int) -> list[float]:
    weights = [criterion.weight for criterion in ranking.matrix.criteria]
    if ranking.matrix.missing in FILL:
        return weights
    known = [not math.isnan(value) for value in ranking.matrix.value[sector]]
    total = sum(weight for weight, there in zip(weights, known, strict=True) if there)
    return [weight / total for weight in weights] if total > 0 else weights


def _improvement(ranking: Ranking, sector: int, place: int, weight: float) -> Improvement:
    criterion = ranking.matrix.criteria[place]
    value = float(ranking.matrix.value[sector, place])
    scaled = float(ranking.scaled[sector, place])
    if ranking.matrix.aggregation == "geometric":
        ratio = (1 + GEOMETRIC_SPREAD * FULL) / (1 + GEOMETRIC_SPREAD * scaled)
        adds = float(ranking.score[sector]) * (ratio**weight - 1)
    else:
        adds = weight * (FULL - scaled)
    step = _next_step(criterion, value, scaled)
    return Improvement(criterion, value, scaled, adds, *(step or (None, None)))


def _next_step(criterion: Criterion, value: float, scaled: float) -> tuple[float, float] | None:
    """Return the nearest corner of the scale that scores more, in the better direction."""
    points = criterion.scale.points
    if criterion.scale.method != "points" or not points:
        return None
    better = [point for point in points if point[1] > scaled]
    return min(better, key=lambda point: abs(point[0] - value)) if better else None
