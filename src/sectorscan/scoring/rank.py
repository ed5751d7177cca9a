"""The ranking: gates on raw values first, then scales over those that pass, then everyone's score.

Excluded sectors are scored too, on the scales that the others set, so that the ledger can say
where they would have stood.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from sectorscan.config.models import Config
from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.registry import REGISTRY
from sectorscan.scoring.aggregate import BoolArray, in_play
from sectorscan.scoring.gates import evaluate, excluded
from sectorscan.scoring.matrix import decision_matrix
from sectorscan.scoring.model import DecisionMatrix, Ranking, Tier
from sectorscan.scoring.positions import IntArray, competition_ranks, would_rank
from sectorscan.scoring.scales import CONSTANT_SCORE, is_constant
from sectorscan.scoring.score import Scored, score_ends, score_values
from sectorscan.scoring.tiers import tier
from sectorscan.sources.scope import PANDEMIC_YEAR


def rank(indicators: IndicatorTable, config: Config) -> Ranking:
    """Return every candidate's score, rank, score interval and gates.

    Raises
    ------
    ConfigError
        Where no criterion has a positive weight, or a criterion has no usable scale.
    """
    matrix = decision_matrix(indicators, config)
    gated = excluded(config.gates, indicators)
    playing = in_play(matrix.value)
    scored = score_values(matrix, matrix.value, gated, playing)
    low, high = score_ends(matrix, scored, gated, playing)
    ranked_scores = np.where(scored.ranked, scored.score, np.nan)
    ranks = competition_ranks(ranked_scores)
    outcomes = evaluate(config.gates, indicators)
    return Ranking(
        matrix=matrix,
        indicators=indicators,
        scaled=scored.scaled,
        contribution=scored.contribution,
        score=scored.score,
        score_low=low,
        score_high=high,
        coverage=scored.coverage,
        rank=ranks,
        tied=(np.bincount(ranks, minlength=1)[ranks] > 1) & scored.ranked,
        would_rank=np.where(scored.ranked, 0, would_rank(ranked_scores, scored.score)),
        exclusion=_exclusions(gated, scored),
        tier=_tiers(scored),
        gates=outcomes,
        order=_order(matrix, ranks),
        cautions=_cautions(matrix, indicators, scored, gated, playing),
    )


def _exclusions(gated: BoolArray, scored: Scored) -> tuple[str | None, ...]:
    def reason(sector: int) -> str | None:
        if gated[sector]:
            return "gate"
        nothing_known = scored.coverage[sector] == 0 and np.isnan(scored.score[sector])
        if not scored.covered[sector] or nothing_known:
            return "coverage"
        return None if scored.ranked[sector] else "missing"

    return tuple(reason(sector) for sector in range(len(gated)))


def _tiers(scored: Scored) -> tuple[Tier | None, ...]:
    """Return tiers for the economic case alone; readiness is a later stage's."""
    return tuple(
        tier(float(score), None, blocked=False) if ranked else None
        for score, ranked in zip(scored.score, scored.ranked, strict=True)
    )


def _order(matrix: DecisionMatrix, ranks: IntArray) -> tuple[int, ...]:
    ranked = [sector for sector in range(len(ranks)) if ranks[sector] > 0]
    return tuple(sorted(ranked, key=lambda sector: (ranks[sector], matrix.sectors[sector].id)))


def _cautions(
    matrix: DecisionMatrix,
    indicators: IndicatorTable,
    scored: Scored,
    gated: BoolArray,
    playing: BoolArray,
) -> tuple[str, ...]:
    passing = ~gated & scored.covered
    cautions = []
    for place, criterion in enumerate(matrix.criteria):
        if criterion.weight == 0:
            continue
        share = f"{100 * criterion.weight:.3g} % of the weight"
        if not playing[place]:
            why = _why_unknown(indicators, criterion.id)
            label = indicators.label(criterion.id)
            cautions.append(f"{label}: known for no sector{why}; {_consequence(matrix, share)}")
        elif criterion.scale.method != "points" and is_constant(
            np.where(passing, matrix.value[:, place], np.nan)
        ):
            cautions.append(
                f"{indicators.label(criterion.id)} ({share}) can't tell the ranked sectors apart: "
                f"they all have the same value, or only one has any. Everyone gets "
                f"{CONSTANT_SCORE:.0f} on it."
            )
    return (*cautions, *_from_the_pandemic(matrix, indicators, playing))


def _from_the_pandemic(
    matrix: DecisionMatrix, indicators: IndicatorTable, playing: BoolArray
) -> tuple[str, ...]:
    """Say which scored windows start in the pandemic year where the period itself doesn't."""
    panel = indicators.panel
    if panel.end is None or PANDEMIC_YEAR in (panel.base, panel.end):
        return ()
    labels = [
        indicators.label(criterion.id)
        for place, criterion in enumerate(matrix.criteria)
        if criterion.weight > 0 and playing[place] and criterion.id in REGISTRY
        if REGISTRY[criterion.id].window == panel.end - PANDEMIC_YEAR
    ]
    if not labels:
        return ()
    return (
        f"{PANDEMIC_YEAR} was a pandemic year, and growth is counted from it in: "
        f"{'; '.join(labels)}. It is partly the rebound.",
    )


def _why_unknown(indicators: IndicatorTable, criterion: str) -> str:
    """Return the reason that most sectors have in common, in brackets, or nothing."""
    reasons = Counter(
        why
        for sector in indicators.sectors
        if (why := indicators.missing_reason.get((sector.id, criterion)))
    )
    return f" ({min(reasons, key=lambda why: (-reasons[why], why))})" if reasons else ""


def _consequence(matrix: DecisionMatrix, share: str) -> str:
    if matrix.missing == "neutral":
        return f"its {share} counts as 50 for everyone."
    if matrix.missing == "worst":
        return f"its {share} counts as 0 for everyone."
    return f"its {share} is spread over the other criteria."
