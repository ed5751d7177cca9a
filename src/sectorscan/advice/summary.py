"""The summary paragraph: size, pay, growth, what of it is local, outlook, and the score."""

from __future__ import annotations

import math

from sectorscan.advice.evidence import (
    concentration,
    growth,
    pay_compared,
    projection,
    regional_average,
)
from sectorscan.advice.facts import Parts, SectorFacts, say
from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import (
    ESTABLISHMENTS,
    JOBS,
    PEOPLE,
    Clause,
    covered_jobs,
    criterion_name,
    joined,
    listed,
    trends,
)

PAY_PAR = 0.005
"""Pay nearer to the region's than this is called in line with it."""
HALF_A_JOB = 0.5
MOST_POINT_SOURCES = 2
NEARLY_ALL = 1 - 1e-9


def summary(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return the sentences of the summary; what isn't known is left out."""
    sentences = (
        _size(facts),
        _pay(facts),
        _growth(facts),
        _change(facts),
        _projection(facts),
        _points(facts),
    )
    return tuple(sentence for sentence in sentences if sentence is not None)


def _size(facts: SectorFacts) -> Sentence | None:
    if not facts.known("period.end"):
        return None
    parts: Parts = {"end": facts.fact("period.end", "year")}
    if facts.known("employment"):
        template = "As of {end}, the sector employs {about}{jobs}"
        parts["jobs"] = facts.fact("employment", facts.jobs_unit("employment"), PEOPLE)
        parts["about"] = facts.about("employment")
    elif facts.known("establishments"):
        template = "As of {end}, the number of jobs is not known"
    else:
        return None
    if facts.known("employment", "employment_share_pct"):
        template += " ({share} of {covered})"
        parts["share"] = facts.fact("employment_share_pct", "%")
        parts["covered"] = covered_jobs(facts.ranking.indicators.panel)
    if facts.known("establishments"):
        template += " at {establishments}"
        parts["establishments"] = facts.fact("establishments", "count", ESTABLISHMENTS)
    if facts.known("location_quotient"):
        quotient = concentration(facts)
        template += "; " + quotient.template.replace("{about}", "{about_lq}")
        parts.update({k: v for k, v in quotient.parts.items() if k != "about"})
        parts["about_lq"] = quotient.parts["about"]
    return say(template + ".", parts)


def _pay(facts: SectorFacts) -> Sentence | None:
    if not facts.known("avg_annual_pay"):
        return None
    parts: Parts = {
        "pay": facts.fact("avg_annual_pay", "USD/year"),
        "about": facts.about("avg_annual_pay"),
    }
    template = "It pays {about}{pay}"
    if facts.known("pay_vs_region"):
        if abs(facts.number("pay_vs_region") - 1) < PAY_PAR:
            template += f", in line with {regional_average(facts)}"
        else:
            compared = pay_compared(facts, "pay_vs_region")
            compared = Clause(compared.template.replace("{about}", ""), compared.parts)
            template += f", {compared.template} {regional_average(facts)}"
            parts["ratio"] = compared.parts["ratio"]
        if facts.sector.areas is None and facts.known("region.avg_annual_pay"):
            template += " of {region_pay}"
            parts["region_pay"] = facts.fact("region.avg_annual_pay", "USD/year")
    return say(template + ".", parts)


def _growth(facts: SectorFacts) -> Sentence | None:
    if not facts.known("employment_cagr_pct", "period.base"):
        return None
    return growth(facts).sentence()


def _projection(facts: SectorFacts) -> Sentence | None:
    return projection(facts).sentence() if facts.known("projected_growth_pct") else None


def _change(facts: SectorFacts) -> Sentence | None:
    """Return the change in jobs and how much of it shift-share calls local.

    Nothing where withheld figures leave open whether jobs were gained or lost: a caution says so.
    """
    if not facts.known("employment_change", "period.base") or facts.unsure("employment_change"):
        return None
    change = facts.number("employment_change")
    base: Parts = {
        "base": facts.fact("period.base", "year"),
        "about": facts.about("employment_change"),
    }
    if not facts.known("competitive_effect") or facts.unsure("competitive_effect"):
        return _change_alone(facts, change, base)
    local = facts.number("competitive_effect")
    if abs(change) < HALF_A_JOB:
        return _unchanged(facts, local, base)
    change_unit = facts.jobs_unit("employment_change", magnitude=True)
    base["change"] = facts.fact("employment_change", change_unit, JOBS)
    won = "gained" if change > 0 else "lost"
    if abs(local) < HALF_A_JOB:
        would = "brought" if change > 0 else "cost"
        return say(
            f"It {won} {{about}}{{change}} since {{base}}, what {{trends}} would have {would} too.",
            {**base, "trends": trends(facts.ranking.indicators.panel)},
        )
    return _local_share(facts, change, local, base)


def _change_alone(facts: SectorFacts, change: float, base: Parts) -> Sentence:
    if abs(change) < HALF_A_JOB:
        return say("It has as many jobs as in {base}.", {"base": base["base"]})
    won = "gained" if change > 0 else "lost"
    unit = facts.jobs_unit("employment_change", magnitude=True)
    count = facts.fact("employment_change", unit, JOBS)
    open_share = facts.known("competitive_effect") and facts.unsure("competitive_effect")
    rest = "; withheld figures leave open what of this is local performance" if open_share else ""
    return say(f"It {won} {{about}}{{change}} since {{base}}{rest}.", {**base, "change": count})


def _unchanged(facts: SectorFacts, local: float, base: Parts) -> Sentence:
    parts = {"base": base["base"], "trends": trends(facts.ranking.indicators.panel)}
    if abs(local) < HALF_A_JOB:
        return say("It has as many jobs as in {base}, as {trends} would have it.", parts)
    would = "cost" if local > 0 else "added"
    parts["local"] = facts.fact("competitive_effect", "abs jobs")
    return say(
        f"It has as many jobs as in {{base}}; {{trends}} would have {would} {{local}}.", parts
    )


def _local_share(facts: SectorFacts, change: float, local: float, base: Parts) -> Sentence:
    """Return the sentence for each pair of signs; what trends alone would do is change - local."""
    parts = {**base, "trends": trends(facts.ranking.indicators.panel)}
    unit = facts.jobs_unit("competitive_effect", magnitude=True)
    parts["local"] = facts.fact("competitive_effect", unit)
    gained, helped = change > 0, local > 0
    won = "gained" if gained else "lost"
    if gained == helped and abs(local) <= abs(change):
        side = "beyond" if gained else "short of"
        parts["reflect"] = "reflects" if round(abs(local)) == 1 else "reflect"
        return say(
            f"Of {{about}}{{change}} {won} since {{base}}, {{about}}{{local}} {{reflect}} local "
            f"performance {side} {{trends}}.",
            parts,
        )
    if gained == helped:
        pointed = "a loss" if gained else "a gain"
        came = "came out {about}{local} above" if gained else "fell {about}{local} short of"
        return say(
            f"It {won} {{about}}{{change}} since {{base}} although {{trends}} pointed to "
            f"{pointed}: local performance {came} them.",
            parts,
        )
    would = "brought" if gained else "cost"
    return say(
        f"It {won} {{about}}{{change}} since {{base}}, {{about}}{{local}} fewer than {{trends}} "
        f"would have {would}.",
        parts,
    )


def _points(facts: SectorFacts) -> Sentence | None:
    """Return the score, the two criteria that most of it comes from, and the rank."""
    ranked = facts.number("rank") > 0
    if not facts.known("score") or not (ranked or facts.number("would_rank") > 0):
        return None
    parts: Parts = {"score": facts.fact("score", "points")}
    template = "With {score} points"
    sources = [_source(facts, indicator) for indicator in _point_sources(facts)]
    if len(sources) == 1:
        template += ", all of them from {name},"
        parts.update(sources[0].parts)
    elif sources:
        where = joined(sources)
        template += f", {where.template.replace('} from', '} of them from', 1)},"
        parts.update(where.parts)
    if ranked:
        partners = tie_partners(facts)
        template += " it shares rank {rank} of {ranked} with {partners}" if partners else ""
        template += "" if partners else " it ranks {rank} of {ranked}"
        parts["partners"] = partners
        parts["ranked"] = facts.fact("ranked", "count")
        parts["rank"] = facts.fact("rank", "rank")
    else:
        template += " it would rank {rank} on these figures alone"
        parts["rank"] = facts.fact("would_rank", "rank")
    return say(template + ".", parts)


def _point_sources(facts: SectorFacts) -> list[str]:
    ranking = facts.ranking
    contributions = [
        (float(points), place, criterion.id)
        for place, (points, criterion) in enumerate(
            zip(ranking.contribution[facts.place], ranking.matrix.criteria, strict=True)
        )
        if not math.isnan(points) and points > 0
    ]
    contributions.sort(key=lambda entry: (-entry[0], entry[1]))
    if contributions and contributions[0][0] >= NEARLY_ALL * facts.number("score"):
        return [contributions[0][2]]
    return [indicator for _, _, indicator in contributions[:MOST_POINT_SOURCES]]


def _source(facts: SectorFacts, indicator: str) -> Clause:
    points = facts.fact(f"criterion.{indicator}.contribution", "points")
    return Clause(
        "{points} from {name}", {"points": points, "name": criterion_name(facts, indicator)}
    )


def tie_partners(facts: SectorFacts) -> str:
    """Return the titles of the sectors that share this one's rank, ``""`` where none does."""
    ranking = facts.ranking
    rank = ranking.rank[facts.place]
    partners = [
        sector.title or sector.id
        for place, sector in enumerate(ranking.indicators.sectors)
        if place != facts.place and rank > 0 and ranking.rank[place] == rank
    ]
    return listed(partners) if partners else ""
