"""The least change of weights that puts a sector first, and the sectors that none would put first.

A linear programme: minimise the sum of |w' - w| over weights that are not negative and sum to 1, so
that no other sector is ahead (a tie is enough). Weights of 0 stay 0; scales and gates stay as they
are, and all who are ranked now count as rivals, even where the new weights would leave them without
the least coverage. Where figures are missing the change is searched for (``contests.least``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.contests import TOLERANCE, Contest, Least, contest, least
from sectorscan.robustness.contests import weight_ranges as _ranges
from sectorscan.robustness.field import Field, field
from sectorscan.robustness.scores import ROUNDING, scores
from sectorscan.scoring.aggregate import in_play
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import FloatArray

IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Flip:
    """What it takes in weights to put one sector first.

    ``change`` is the least sum of absolute changes of the effective weights, 0 for the first
    itself, None where no weights do; ``weights`` (C,) are those that do it. ``dominated_by`` is a
    sector that is at least as good on every criterion and better on one (what fills in missing
    figures counts as it does in the score). ``exact`` False: figures are missing, so the least
    change was searched for, or a rival that could leave the ranking was held against the sector.
    """

    sector: str
    change: float | None
    weights: FloatArray | None
    dominated_by: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class WeightRanges:
    """Between which ends each effective weight (C,) lies where a sector is first.

    Not that any weights between them do: they hang together. ``exact`` False: figures are missing,
    and the ends are outer bounds.
    """

    low: FloatArray
    high: FloatArray
    exact: bool


def flips(ranking: Ranking) -> tuple[Flip, ...]:
    """Return the flip of every ranked sector, in the ranking's order."""
    order = np.array(ranking.order, dtype=np.intp)
    of = field(ranking)
    rivals = undominated(of, order)
    return tuple(_flip(ranking, of, int(sector), rivals) for sector in order)


def overtaking(ranking: Ranking, sector: int, other: int) -> Flip:
    """Return the least change of weights that brings one sector level with another alone."""
    of = field(ranking)
    given = contest(of, sector, np.array([other], dtype=np.intp))
    leads = bool(ranking.score[sector] >= ranking.score[other])
    found = Least(of.weights, 0.0) if leads else least(given)
    exact = leads or (given.exact and _steady(of, np.array([sector, other])))
    return _result(ranking, of, sector, found, np.array([other]), exact=exact)


def ranges_when_first(ranking: Ranking, sectors: Sequence[int]) -> dict[str, WeightRanges | None]:
    """Return by sectors' ids the ranges of weights that put each first, None where none do.

    They are two linear programmes a sector and weight.
    """
    of = field(ranking)
    rivals = undominated(of, np.array(ranking.order, dtype=np.intp))
    found: dict[str, WeightRanges | None] = {}
    for sector in sectors:
        given = contest(of, sector, rivals)
        ends = _ranges(given)
        found[ranking.matrix.sectors[sector].id] = (
            None
            if ends is None
            else WeightRanges(of.spread(ends[0]), of.spread(ends[1]), given.exact)
        )
    return found


def undominated(of: Field, sectors: IntArray) -> IntArray:
    """Return the sectors that no other with the same known criteria matches on all of them.

    Who is not behind these is behind nobody. Of equals the first stays.
    """
    keep = np.ones(len(sectors), dtype=np.bool_)
    value, counted = of.value[sectors], of.counted[sectors]
    for place in range(len(sectors)):
        matched = keep & (counted == counted[place]).all(axis=1)
        matched &= (value <= value[place]).all(axis=1)
        matched[place] = False
        if keep[place]:
            keep &= ~matched
    return np.asarray(sectors[keep])


def _flip(ranking: Ranking, of: Field, sector: int, rivals: IntArray) -> Flip:
    if ranking.rank[sector] == 1:
        return _result(ranking, of, sector, Least(of.weights, 0.0), rivals, exact=True)
    given = contest(of, sector, rivals)
    exact = given.exact and _steady(of, np.array(ranking.order))
    if not exact and _steady(of, np.array([sector])):
        # Who comes first is before those that one programme settles: where the least change that
        # does so much brings the sector before the others too, nothing has to be searched for.
        others = rivals[rivals != sector][given.shared]
        found = least(contest(of, sector, others[of.covering[others].min(axis=1) >= 0]))
        if found is None or _before_all(ranking, of, given, found, sector, rivals):
            return _result(ranking, of, sector, found, np.array(ranking.order), exact=True)
    found = least(given)
    while found is not None:
        ahead = _ahead(ranking, of.spread(found.weights), sector)
        new = np.setdiff1d(ahead, rivals)
        if not new.size:
            break
        # Weights that leave out what they lack would bring unranked sectors in: rivals as well.
        rivals, exact = np.append(rivals, new), False
        found = least(contest(of, sector, rivals))
    return _result(ranking, of, sector, found, np.array(ranking.order), exact=exact)


def _before_all(
    ranking: Ranking, of: Field, given: Contest, found: Least, sector: int, rivals: IntArray
) -> bool:
    """Return whether no rival, and nobody whom the weights would bring in, is ahead of a sector."""
    level = given.score(found.weights)
    none_ahead = bool((given.rows(level, level) @ found.weights <= TOLERANCE).all())
    brought = np.setdiff1d(_ahead(ranking, of.spread(found.weights), sector), rivals)
    return none_ahead and not brought.size


def _steady(of: Field, sectors: IntArray) -> bool:
    """Return whether these are ranked under any weights."""
    return bool((of.covering[sectors] >= 0).all())


def _ahead(ranking: Ranking, weights: FloatArray, sector: int) -> IntArray:
    """Return the sectors that are ahead of one under other weights; gates hold."""
    matrix = ranking.matrix
    playing = in_play(matrix.value)
    total = scores(matrix, ranking.scaled, weights[None, :], playing)[0]
    gated = np.array([reason == "gate" for reason in ranking.exclusion], dtype=np.bool_)
    total = np.where(gated, -np.inf, total)
    return np.flatnonzero(total > total[sector] * (1 + ROUNDING) + 100 * ROUNDING)


def _result(
    ranking: Ranking,
    of: Field,
    sector: int,
    found: Least | None,
    rivals: IntArray,
    *,
    exact: bool,
) -> Flip:
    ids = [one.id for one in ranking.matrix.sectors]
    dominator = _dominator(of, sector, rivals) if found is None else None
    return Flip(
        ids[sector],
        None if found is None else found.change,
        None if found is None else of.spread(found.weights),
        None if dominator is None else ids[dominator],
        exact,
    )


def _dominator(of: Field, sector: int, rivals: IntArray) -> int | None:
    """Return the first of the rivals that is at least as good on all, of those known on all."""
    if not of.counted[sector].all():
        return None
    gap = of.value[rivals] - of.value[sector]
    better = (gap >= 0).all(axis=1) & (gap > 0).any(axis=1) & of.counted[rivals].all(axis=1)
    return int(rivals[np.argmax(better)]) if better.any() else None
