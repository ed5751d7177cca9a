"""The same figures scored another way: another scale, mean or missing rule, something left out.

A variation of a pool is a pool, so ``scores_at`` scores it under any number of weights and draws of
withheld figures at once. Gates stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sectorscan.config.known import default_scales
from sectorscan.config.models import Scale, ScaleMethod
from sectorscan.robustness.draws import Pool, of_sectors
from sectorscan.robustness.scores import covered
from sectorscan.robustness.value_draws import Uncertain
from sectorscan.robustness.weight_draws import Hierarchy
from sectorscan.scoring.aggregate import Aggregation, MissingPolicy, in_play
from sectorscan.scoring.model import Criterion, DecisionMatrix
from sectorscan.scoring.score import scaled_values


class NotComputableError(ValueError):
    """The figures can't be scored this way; the message says why, for people.

    ``criteria`` are the ids of those that are in the way, where there are such.
    """

    def __init__(self, why: str, criteria: tuple[str, ...] = ()) -> None:
        self.criteria = criteria
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Variation:
    """What is done otherwise; None: as the ranking has it.

    ``scale`` is one method for all criteria. ``without_criterion`` and ``without_sector`` are ids,
    the sector's of one that takes part.
    """

    scale: ScaleMethod | None = None
    aggregation: Aggregation | None = None
    missing: MissingPolicy | None = None
    without_criterion: str | None = None
    without_sector: str | None = None


def varied(base: Pool, variation: Variation) -> Pool:
    """Return the pool scored another way.

    - Under another scale method every criterion with weight is scored by it, in its own direction
      (that of its ``points``, where it has them). ``points`` are the criterion's own where it has
      them, else its default ones.
    - A criterion left out is as good as deleted from the config: the others of its group share its
      weight, and where it was alone the other groups do.
    - A sector left out is as good as never given: it sets no scale.

    Raises
    ------
    NotComputableError
        Where a criterion has no points and no default for them, its points don't say which
        direction is better, or nothing would be left.
    """
    if variation.without_sector is not None:
        base = _without_sector(base, variation.without_sector)
    matrix, shares = base.matrix, base.hierarchy
    if variation.without_criterion is not None:
        shares = _without_criterion(matrix, shares, variation.without_criterion)
        matrix = _reweighted(matrix, shares)
    if variation.scale is not None:
        matrix = replace(matrix, criteria=_rescaled(matrix.criteria, variation.scale))
    matrix = replace(
        matrix,
        aggregation=variation.aggregation or matrix.aggregation,
        missing=variation.missing or matrix.missing,
    )
    passing = ~base.gated & covered(matrix, matrix.weights[None, :], base.playing)[0]
    scaled = scaled_values(matrix, matrix.value, passing)
    return replace(base, matrix=matrix, hierarchy=shares, scaled=scaled)


def _without_sector(base: Pool, sector: str) -> Pool:
    kept = np.array([one != sector for one in base.ids], dtype=np.bool_)
    if not kept.any():
        why = "no other sector is there"
        raise NotComputableError(why)
    rows = base.rows[kept]
    (gone,) = base.rows[~kept]
    return replace(
        base,
        rows=rows,
        matrix=of_sectors(base.ranking.matrix, rows),
        scaled=base.scaled[kept],
        playing=in_play(np.delete(base.ranking.matrix.value, gone, axis=0)),
        gated=base.gated[kept],
        figures=_figures_without(base.figures, gone, sector),
    )


def _figures_without(figures: Uncertain, gone: int, sector: str) -> Uncertain:
    return replace(
        figures,
        computed={name: rows[rows != gone] for name, rows in figures.computed.items()},
        direct={name: rows[rows != gone] for name, rows in figures.direct.items()},
        held=tuple(one for one in figures.held if one[1] != sector),
    )


def _without_criterion(matrix: DecisionMatrix, shares: Hierarchy, criterion: str) -> Hierarchy:
    kept = np.array([one.id != criterion for one in matrix.criteria], dtype=np.bool_)
    left = replace(shares, inner=np.where(kept, shares.inner, 0.0))
    if not (left.inner * left.outer[left.group]).any():
        why = "no other criterion has a weight"
        raise NotComputableError(why)
    return left


def _reweighted(matrix: DecisionMatrix, shares: Hierarchy) -> DecisionMatrix:
    weights = shares.effective(shares.outer, shares.inner)
    pairs = zip(matrix.criteria, weights, strict=True)
    return replace(matrix, criteria=tuple(replace(one, weight=float(w)) for one, w in pairs))


def _rescaled(criteria: Iterable[Criterion], method: ScaleMethod) -> tuple[Criterion, ...]:
    """Return the criteria on one scale method; those without weight stay as they are."""
    changed, unable = [], []
    for one in criteria:
        new = one if one.weight == 0 or one.scale.method == method else _on(one, method)
        changed.append(one if new is None else new)
        if new is None:
            unable.append(one.id)
    if unable:
        why = (
            "there are no points, nor default ones, that go with the direction"
            if method == "points"
            else "the points don't say whether more or less is better"
        )
        raise NotComputableError(why, tuple(unable))
    return tuple(changed)


def _on(criterion: Criterion, method: ScaleMethod) -> Criterion | None:
    """Return the criterion on another scale method, None where that can't be said."""
    if method == "points":
        points, log = default_scales().get(criterion.id, (None, False))
        if points is None or _direction(points) != criterion.direction:
            return None
        return replace(criterion, scale=Scale(points=points, log=log), direction="max")
    direction: str | None = criterion.direction
    if criterion.scale.method == "points":
        direction = _direction(criterion.scale.points or ())
    if direction is None:
        return None
    return replace(
        criterion,
        scale=Scale(method=method),
        direction="min" if direction == "min" else "max",
    )


def _direction(points: Iterable[tuple[float, float]]) -> str | None:
    """Return "max" for points that rise, "min" for falling, None for bent or level ones."""
    steps = np.diff([score for _, score in points])
    if not steps.any():
        return None
    if (steps >= 0).all():
        return "max"
    return "min" if (steps <= 0).all() else None
