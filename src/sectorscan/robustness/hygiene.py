"""Whether the criteria say different things, and whether they say anything.

Two criteria that rank the sectors alike count one thing twice; one on which all are alike has a
weight that decides nothing; and what a criterion does in a ranking depends on how far the sectors
lie apart on it, not on its weight alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from sectorscan.robustness.examination import Hygiene, Influence, Pair
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.scales import is_constant
from sectorscan.tables.model import FloatArray

SAME = 0.9
"""Rank correlations from here on: two criteria say the same."""
FEWEST = 5
"""Of fewer sectors a correlation says nothing."""
DOUBLE = ("location_quotient_change", "competitive_rate_pp")
"""Both rise where the sector grows faster here than in the benchmark."""


def hygiene(ranking: Ranking) -> Hygiene:
    """Return what there is to say of the criteria with weight, over the ranked sectors."""
    criteria = ranking.matrix.criteria
    used = [place for place, criterion in enumerate(criteria) if criterion.weight > 0]
    scored = {criteria[place].id for place in used}
    rows = list(ranking.order)
    return Hygiene(
        pairs=tuple(_pairs(ranking, ranking.scaled[rows], used)),
        influences=tuple(_influences(ranking, rows, used)),
        double_count=set(DOUBLE) <= scored,
    )


def _pairs(ranking: Ranking, scaled: FloatArray, used: list[int]) -> Iterator[Pair]:
    criteria = ranking.matrix.criteria
    found = [
        Pair(
            criteria[one].id, criteria[other].id, rank_correlation(scaled[:, one], scaled[:, other])
        )
        for one, other in itertools.combinations(used, 2)
    ]
    same = [pair for pair in found if pair.correlation >= SAME - 1e-12]
    yield from sorted(same, key=lambda pair: -pair.correlation)


def rank_correlation(one: FloatArray, other: FloatArray) -> float:
    """Return Spearman's rank correlation of what both know; NaN of fewer than five, or constants.

    Ties have their mean rank (Spearman 1904, American Journal of Psychology 15(1):72-101).
    """
    from scipy.stats import rankdata

    known = ~np.isnan(one) & ~np.isnan(other)
    if known.sum() < FEWEST:
        return float("nan")
    ranks = np.stack([rankdata(one[known]), rankdata(other[known])])
    if bool(np.any(ranks.min(axis=1) == ranks.max(axis=1))):
        return float("nan")
    return float(np.asarray(np.corrcoef(ranks))[0, 1])


def _influences(ranking: Ranking, rows: list[int], used: list[int]) -> Iterator[Influence]:
    """Yield each criterion's share of what sets the ranked sectors' scores apart."""
    contribution = ranking.contribution[rows][:, used]
    known = ~np.isnan(contribution)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, contribution, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, contribution - mean, 0.0) ** 2).sum(axis=0) / count)
    total = spread.sum()
    constant = is_constant(ranking.scaled[rows][:, used].T)
    for k, place in enumerate(used):
        criterion = ranking.matrix.criteria[place]
        share = float(spread[k] / total) if total > 0 else float("nan")
        yield Influence(criterion.id, criterion.weight, share, not bool(constant[k]))
