"""Other ways to score: which of them keep the first place and the shortlist.

Six methods of multi-criteria analysis on the same 0-100 values and weights, the other scales, means
and missing rules, and each criterion and each sector left out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import ScaleMethod
from sectorscan.robustness.draws import Pool, scores_at
from sectorscan.robustness.peers import METHODS, preferences
from sectorscan.robustness.variations import NotComputableError, Variation, varied
from sectorscan.scoring.aggregate import FILL, GEOMETRIC_SPREAD, Aggregation, MissingPolicy
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.positions import competition_ranks
from sectorscan.tables.model import FloatArray

Kind = Literal["method", "scale", "aggregation", "missing", "without_criterion", "without_sector"]
IntArray = npt.NDArray[np.int64]
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class OtherWay:
    """What another way to score makes of the ranking.

    ``id`` names the method, scale, mean or missing rule, or what is left out. ``first`` are those
    that it puts first (several where they tie), ``joins`` and ``leaves`` those that come on the
    shortlist and fall off it; ``ranked`` is how many it ranks. ``kendall_tau`` is Kendall's tau-b
    of its order with the ranking's, over those that both rank: 1 the same order, 0 no relation, -1
    the reverse; NaN where all tie, or of fewer than two. ``why_not`` says why it can't be computed,
    ``unable`` on account of which criteria: the rest is then empty.

    Where a sector is left out, the comparison is with the ranking's order of the others.
    """

    kind: Kind
    id: str
    keeps_first: bool = False
    first: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    ranked: int = 0
    kendall_tau: float = NAN
    why_not: str | None = None
    unable: tuple[str, ...] = ()

    @property
    def keeps_shortlist(self) -> bool:
        """Whether the same sectors are on the shortlist."""
        return self.why_not is None and not self.joins and not self.leaves


def other_ways(base: Pool) -> tuple[OtherWay, ...]:
    """Return every other way to score a ranking; what is as configured already is left out."""
    return (*_methods(base), *_variations(base))


def _methods(base: Pool) -> Iterator[OtherWay]:
    ranking = base.ranking
    order = list(ranking.order)
    scaled, weights = complete(ranking)
    for name, method in METHODS.items():
        try:
            found = preferences(method, scaled, weights)
        except NotComputableError as fault:
            yield _unable("method", name, fault)
            continue
        scores = np.full(len(ranking.score), np.nan)
        scores[order] = found
        yield _compared(base, "method", name, competition_ranks(scores[base.rows]))


def complete(ranking: Ranking) -> tuple[FloatArray, FloatArray]:
    """Return the ranked sectors' (R, C) 0-100 values, best first, and the (C,) weights.

    A missing value is what the missing rule makes of it: 50 under ``neutral``, 0 under ``worst``.
    Under ``renormalise`` it is the value at which the sector has the score that it has, which is
    what leaving the criterion out comes to. What no ranked sector has weighs nothing; under
    ``exclude`` they lack nothing else.
    """
    matrix, order = ranking.matrix, list(ranking.order)
    scaled, score = ranking.scaled[order], ranking.score[order]
    own = (score - 1) / GEOMETRIC_SPREAD if matrix.aggregation == "geometric" else score
    fill = FILL.get(matrix.missing)
    stand_in = own[:, None] if fill is None else np.full((len(order), 1), fill)
    unknown = np.isnan(scaled)
    weights = np.where(unknown.all(axis=0), 0.0, matrix.weights)
    return np.where(unknown, stand_in, scaled), weights


def _variations(base: Pool) -> Iterator[OtherWay]:
    matrix = base.matrix
    used = [criterion for criterion in matrix.criteria if criterion.weight > 0]
    for scale in get_args(ScaleMethod):
        if any(criterion.scale.method != scale for criterion in used):
            yield _varied(base, "scale", scale, Variation(scale=scale))
    for mean in get_args(Aggregation):
        if mean != matrix.aggregation:
            yield _varied(base, "aggregation", mean, Variation(aggregation=mean))
    for rule in get_args(MissingPolicy):
        if rule != matrix.missing:
            yield _varied(base, "missing", rule, Variation(missing=rule))
    for criterion in used:
        variation = Variation(without_criterion=criterion.id)
        yield _varied(base, "without_criterion", criterion.id, variation)
    for sector in base.ids:
        yield _varied(base, "without_sector", sector, Variation(without_sector=sector))


def _varied(base: Pool, kind: Kind, name: str, variation: Variation) -> OtherWay:
    try:
        other = varied(base, variation)
    except NotComputableError as fault:
        return _unable(kind, name, fault)
    (scores,) = scores_at(other, other.matrix.weights[None, :], {}, 1)
    return _compared(other, kind, name, _ranks(scores))


def _unable(kind: Kind, name: str, fault: NotComputableError) -> OtherWay:
    return OtherWay(kind, name, why_not=str(fault), unable=fault.criteria)


def _ranks(scores: FloatArray) -> IntArray:
    return competition_ranks(np.where(np.isneginf(scores), np.nan, scores))


def _compared(other: Pool, kind: Kind, name: str, now: IntArray) -> OtherWay:
    """Return how ranks (A,) of a pool's sectors, 0 unranked, compare with the ranking's own."""
    if not now.any():
        return OtherWay(kind, name, why_not="it ranks nobody")
    ranking, top = other.ranking, other.config.outputs.top
    scores = np.where(ranking.rank > 0, ranking.score, np.nan)
    was = competition_ranks(scores[other.rows])

    def ids(chosen: npt.NDArray[np.bool_]) -> tuple[str, ...]:
        places = sorted(np.flatnonzero(chosen), key=lambda place: (now[place], other.ids[place]))
        return tuple(other.ids[place] for place in places)

    listed, was_listed = (now > 0) & (now <= top), (was > 0) & (was <= top)
    return OtherWay(
        kind=kind,
        id=name,
        keeps_first=bool(((now == 1) == (was == 1)).all()),
        first=ids(now == 1),
        joins=ids(listed & ~was_listed),
        leaves=ids(was_listed & ~listed),
        ranked=int((now > 0).sum()),
        kendall_tau=_kendall_tau(was, now),
    )


def _kendall_tau(was: IntArray, now: IntArray) -> float:
    """Return tau-b over those that both rank (Kendall 1945, Biometrika 33(3):239-251)."""
    from scipy.stats import kendalltau

    both = (was > 0) & (now > 0)
    if both.sum() < 2:
        return NAN
    return float(kendalltau(was[both], now[both]).statistic)
