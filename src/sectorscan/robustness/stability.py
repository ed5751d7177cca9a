"""How far a weight may move before the first place, or the shortlist, changes.

The stability interval of an effective weight (Triantaphyllou 2000, Multi-criteria Decision Making
Methods, chapter 8): the others keep their proportions. Exact at straight lines and, with figures
missing, at the roots of quadratics; scales and gates stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.lines import Line, holds, line
from sectorscan.scoring.aggregate import in_play
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import FloatArray

IntArray = npt.NDArray[np.intp]

_BEYOND = 1e-7
"""How far past an end it is looked who has taken over."""


@dataclass(frozen=True, slots=True)
class Stability:
    """The range of one weight, a share of 1, over which the outcome stays.

    ``kind`` is "criterion" or "group". ``first`` and ``shortlist`` are (low, high), ends included;
    ``below`` and ``above`` are the sectors that take the first place beyond the ends (None: none
    does). ``exact`` False: a scale hangs on which candidates are covered, and coverage changes on
    the way.
    """

    id: str
    kind: str
    weight: float
    first: tuple[float, float]
    below: str | None
    above: str | None
    shortlist: tuple[float, float]
    exact: bool


def stabilities(ranking: Ranking, top: int) -> tuple[Stability, ...]:
    """Return the stability of every criterion's effective weight, then of every group's.

    ``top`` is how many sectors are on the shortlist. None where nothing is ranked, and for a weight
    that is all there is.
    """
    if not ranking.order:
        return ()
    found = [_stability(ranking, top, *moved) for moved in _moved(ranking)]
    return tuple(stability for stability in found if stability is not None)


def pair_holds(
    ranking: Ranking, one: int, other: int
) -> tuple[tuple[str, str, float, float, float], ...]:
    """Return id, kind, weight, low and high: where a sector stays at least level with another.

    For every criterion's effective weight, then every group's, as in ``Stability``.
    """
    first, second = np.array([one], dtype=np.intp), np.array([other], dtype=np.intp)
    found = []
    for name, kind, moved in _moved(ranking):
        on = _line(ranking, moved)
        if on is not None:
            found.append((name, kind, on.now, *holds(on, first, second)))
    return tuple(found)


def _line(ranking: Ranking, moved: FloatArray) -> Line | None:
    gated = np.array([reason == "gate" for reason in ranking.exclusion], dtype=np.bool_)
    return line(ranking.matrix, ranking.scaled, in_play(ranking.matrix.value), gated, moved)


def _moved(ranking: Ranking) -> list[tuple[str, str, FloatArray]]:
    """Return id, kind and the weights (C,) of what moves."""
    criteria = ranking.matrix.criteria
    weights = ranking.matrix.weights
    unit = np.eye(len(criteria))
    out = [(c.id, "criterion", unit[place]) for place, c in enumerate(criteria)]
    for group in dict.fromkeys(c.group for c in criteria):
        inside = np.array([c.group == group for c in criteria]) * weights
        if inside.sum() > 0:
            out.append((group, "group", inside / inside.sum()))
    return out


def _stability(
    ranking: Ranking, top: int, name: str, kind: str, moved: FloatArray
) -> Stability | None:
    on = _line(ranking, moved)
    if on is None:
        return None
    listed = np.array([s for s in ranking.order if ranking.rank[s] <= top], dtype=np.intp)
    leaders = np.array([s for s in ranking.order if ranking.rank[s] == 1], dtype=np.intp)
    first = _held(on, leaders)
    return Stability(
        id=name,
        kind=kind,
        weight=on.now,
        first=first,
        below=_leader(ranking, on, first[0] - _BEYOND),
        above=_leader(ranking, on, first[1] + _BEYOND),
        shortlist=_held(on, listed),
        exact=_exact(ranking, on),
    )


def _held(on: Line, inside: IntArray) -> tuple[float, float]:
    """Return the shares at which all inside are ranked, none outside before one of them."""
    outside = np.setdiff1d(np.arange(len(on.ranked_from)), inside)
    outside = outside[on.ranked_from[outside] <= on.ranked_to[outside]]
    if not len(outside):
        return float(on.ranked_from[inside].max()), float(on.ranked_to[inside].min())
    one, other = (grid.ravel() for grid in np.meshgrid(inside, outside, indexing="ij"))
    return holds(on, one, other)


def _leader(ranking: Ranking, on: Line, share: float) -> str | None:
    """Return the sector in first place at a share, None outside 0 to 1."""
    if not 0 <= share <= 1:
        return None
    scores = on.at(np.array(share), np.arange(len(on.ranked_from)))
    best = np.flatnonzero(scores >= scores.max())
    ids = [ranking.matrix.sectors[s].id for s in best]
    return min(ids) if np.isfinite(scores.max()) else None


def _exact(ranking: Ranking, on: Line) -> bool:
    """Return False where a scale is set by the candidates and coverage changes on the line."""
    depends = any(c.scale.method != "points" and c.weight > 0 for c in ranking.matrix.criteria)
    always = (on.ranked_from <= 0) & (on.ranked_to >= 1)
    never = on.ranked_from > on.ranked_to
    return not depends or bool((always | never).all())
