"""What is said of each candidate: the composition of the advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sectorscan.advice.balance import concerns, headline, strengths
from sectorscan.advice.cautions import cautions
from sectorscan.advice.codes import quadrant, reason_codes
from sectorscan.advice.facts import SectorFacts, Swing
from sectorscan.advice.gates import gate_details
from sectorscan.advice.ledger import reason, would_qualify_if
from sectorscan.advice.model import Recommendation
from sectorscan.advice.readiness import lacking, readiness
from sectorscan.advice.summary import summary
from sectorscan.advice.trust import trust
from sectorscan.config.scorecard import Questions
from sectorscan.readiness.standing import Standing
from sectorscan.robustness.model import Robustness
from sectorscan.scoring.model import Ranking


def recommend(
    ranking: Ranking,
    swings: Sequence[Swing] = (),
    robustness: Robustness | None = None,
    standings: Mapping[str, Standing] | None = None,
    questions: Questions | None = None,
) -> tuple[Recommendation, ...]:
    """Return what is said of each candidate, in the order of ``ranking.indicators.sectors``.

    ``swings`` are the results of the one-establishment check, matched by sector id;
    ``robustness`` what the draws say, None where there were none; ``standings`` where each sector
    stands on both axes, by its id, and ``questions`` the scorecard's, where there is one.
    """
    by_sector = {swing.sector: swing for swing in swings}
    return tuple(
        _recommendation(
            SectorFacts(
                ranking,
                place,
                by_sector.get(sector.id),
                robustness,
                (standings or {}).get(sector.id),
            ),
            questions or {},
        )
        for place, sector in enumerate(ranking.indicators.sectors)
    )


def _recommendation(facts: SectorFacts, questions: Questions) -> Recommendation:
    why_not = reason(facts)
    return Recommendation(
        sector=facts.sector.id,
        summary=summary(facts),
        strengths=strengths(facts),
        concerns=concerns(facts),
        cautions=cautions(facts),
        reason_codes=reason_codes(facts),
        quadrant=quadrant(facts),
        gate_details=gate_details(facts),
        headline=why_not or headline(facts),
        reason=why_not,
        would_qualify_if=would_qualify_if(facts),
        trust=trust(facts),
        readiness=readiness(facts, questions),
        lacking=lacking(facts, questions),
    )
