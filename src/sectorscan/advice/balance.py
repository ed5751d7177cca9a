"""Strengths, concerns and the headline: which criteria speak for a sector, which against."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sectorscan.advice.evidence import CONCENTRATED, above_median_share, evidence
from sectorscan.advice.facts import SectorFacts, say
from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import Clause, criterion_name, joined
from sectorscan.scoring.model import Criterion

MOST = 4
"""At most so many strengths, and so many concerns."""
MOST_OF_A_GROUP = 2
"""At most so many of one group of criteria, so that four growth rates don't crowd out pay."""
STRONG_SCALED = 60.0
WEAK_SCALED = 45.0
IN_THE_HEADLINE = 3
PROBABLY = "Probably "

_PAR: Mapping[str, tuple[float, float]] = {
    "location_quotient": (1.0, 0.05),
    "pay_vs_region": (1.0, 0.02),
    "pay_vs_benchmark": (1.0, 0.02),
    "employment_cagr_vs_region_pp": (0.0, 0.1),
    "recent_growth_vs_region_pp": (0.0, 0.1),
    "competitive_rate_pp": (0.0, 0.1),
    "projected_growth_vs_region_pp": (0.0, 0.1),
}
"""Where a comparison comes out even, and how near counts as even: no strength, no concern."""


def strengths(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return up to four strengths, those that add most to the score first."""
    return tuple(_sentence(facts, criterion, good=True) for criterion in _strong(facts))


def concerns(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return up to four concerns, those that cost most of the score first."""
    chosen = _chosen(facts, good=False)
    return tuple(_sentence(facts, criterion, good=False) for criterion in chosen)


def headline(facts: SectorFacts) -> Sentence | None:
    """Return the best-paying evidence in one line, None where nothing is scored."""
    strong = _strong(facts)[:IN_THE_HEADLINE]
    if strong:
        clauses = [evidence(facts, criterion.id, good=True).in_a_headline for criterion in strong]
        return joined(clauses, last="; ", between="; ").sentence(after="")
    best = [criterion for criterion, _ in _by_points(facts, good=True)][:1]
    if not best:
        return None
    name = criterion_name(facts, best[0].id)
    scaled = facts.fact(f"criterion.{best[0].id}.scaled", "points")
    return say("No marked strength; best on {name}, with {scaled} points on its scale",
               {"name": name, "scaled": scaled})  # fmt: skip


def _strong(facts: SectorFacts) -> list[Criterion]:
    return _chosen(facts, good=True)


def _sentence(facts: SectorFacts, criterion: Criterion, *, good: bool) -> Sentence:
    said = evidence(facts, criterion.id, good=good)
    lead = said.lead
    if _par_inside(facts, criterion.id) and not lead.startswith(PROBABLY):
        lead = f"{PROBABLY}{lead[0].lower()}{lead[1:]}"
    clause = Clause("{lead}: " + said.clause.template, {**said.clause.parts, "lead": lead})
    return say(clause.template + ".", clause.parts)


def _par_inside(facts: SectorFacts, indicator: str) -> bool:
    """Return whether withheld figures leave open on which side of par, or of its lead, it lies."""
    if indicator not in _PAR or facts.status(indicator) != "estimated":
        return False
    par = _PAR[indicator][0]
    if indicator == "location_quotient" and facts.number(indicator) >= CONCENTRATED:
        par = CONCENTRATED
    return facts.number(f"low.{indicator}") < par < facts.number(f"high.{indicator}")


def _chosen(facts: SectorFacts, *, good: bool) -> list[Criterion]:
    chosen: list[Criterion] = []
    for criterion, scaled in _by_points(facts, good=good):
        of_group = sum(other.group == criterion.group for other in chosen)
        reached = scaled >= STRONG_SCALED if good else scaled < WEAK_SCALED
        if reached and of_group < MOST_OF_A_GROUP and _off_par(facts, criterion, good=good):
            chosen.append(criterion)
    return chosen[:MOST]


def _by_points(facts: SectorFacts, *, good: bool) -> list[tuple[Criterion, float]]:
    """Return the scored criteria, those that add (or cost) most first; config order in ties."""
    ranking = facts.ranking
    scaled = [float(value) for value in ranking.scaled[facts.place]]
    known = [
        (place, criterion)
        for place, criterion in enumerate(ranking.matrix.criteria)
        if criterion.weight > 0 and not math.isnan(scaled[place])
        and not math.isnan(ranking.matrix.value[facts.place, place])
    ]  # fmt: skip

    def points(place: int, criterion: Criterion) -> float:
        contribution = float(ranking.contribution[facts.place, place])
        gained = criterion.weight * scaled[place] if math.isnan(contribution) else contribution
        return gained if good else criterion.weight * (100 - scaled[place])

    known.sort(key=lambda pair: (-points(*pair), pair[0]))
    return [(criterion, scaled[place]) for place, criterion in known]


def _off_par(facts: SectorFacts, criterion: Criterion, *, good: bool) -> bool:
    """Return whether the comparison with the region or the nation backs the verdict."""
    if criterion.id == "employment_share_pct":
        return above_median_share(facts) == good  # as the reason code "size" has it
    if criterion.id not in _PAR:
        return True
    par, near = _PAR[criterion.id]
    ahead = (facts.number(criterion.id) - par) * (1 if _more_is_better(criterion) else -1)
    return ahead >= near if good else ahead <= -near


def _more_is_better(criterion: Criterion) -> bool:
    points = criterion.scale.points
    if criterion.scale.method == "points" and points:
        return points[-1][1] >= points[0][1]
    return criterion.direction == "max"
