"""Cautions: what a reader must know before leaning on a sector's figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sectorscan.advice import gates
from sectorscan.advice.evidence import pay_compared, regional_average
from sectorscan.advice.facts import Parts, SectorFacts, say
from sectorscan.advice.model import Sentence
from sectorscan.advice.pairing import pairing
from sectorscan.advice.swings import one_establishment
from sectorscan.advice.wording import (
    JOBS,
    Clause,
    area_noun,
    criterion_name,
    elsewhere,
    joined,
    listed,
)
from sectorscan.tables.model import Segment

MOST_SEGMENTS = 3
COUNT_WORDS_TO = 12
ONE_JOB = 1.0
WIDE_SCORE_POINTS = 5.0
"""A score range narrower than this moves few ranks and is left to the full report."""
PAY_STEP_USD = 100.0
"""An interval of pay narrower than prose shows is not worth a sentence."""


def cautions(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return every caution, the weightiest first."""
    found = (
        *gates.hold(facts),
        *_caution_gates(facts),
        *gates.undecided(facts),
        _score_range(facts),
        *_intervals(facts),
        *gates.straddling(facts),
        *_without_bounds(facts),
        *_missing(facts),
        *one_establishment(facts),
    )
    return tuple(sentence for sentence in found if sentence is not None)


def _caution_gates(facts: SectorFacts) -> list[Sentence]:
    sentences = []
    for place, outcome in enumerate(facts.ranking.gates[facts.place]):
        if outcome.effect != "caution" or not outcome.triggered:
            continue
        low_pay = any(
            name == "pay_vs_region" and side == "below" for name, side, _, _ in outcome.tests
        )
        if low_pay and len(outcome.tests) == 1:
            sentences.append(_low_pay(facts))
        else:
            sentences.append(joined(gates.tests(facts, place, outcome)).sentence())
    return sentences


def _low_pay(facts: SectorFacts) -> Sentence:
    """Return the low-wage caution with the higher-paying segments to pair the sector with."""
    compared = pay_compared(facts, "pay_vs_region")
    template = f"Pay is {compared.template} {regional_average(facts)}"
    parts = dict(compared.parts)
    pair = pairing(facts.ranking, facts.place)
    if facts.sector.areas is None and facts.known("region.avg_annual_pay"):
        template += " of {average}"
        parts["average"] = facts.fact("region.avg_annual_pay", "USD/year")
    if not pair.known:
        return say(template + "; what its parts pay is not known.", parts)
    if pair.better:
        named = _named(facts, "segment", pair.better[:MOST_SEGMENTS], pair.average)
        template += f"; pair it with its better-paid parts: {named.template}."
        return say(template, {**parts, **named.parts})
    template += ", and none of its parts with known pay is above it"
    if not pair.neighbours:
        return say(template + ".", parts)
    near = _named(facts, "neighbour", pair.neighbours, pair.average)
    template += f"; better paid beside it, outside its own codes: {near.template}."
    return say(template, {**parts, **near.parts})


def _named(facts: SectorFacts, kind: str, segments: Sequence[Segment], average: float) -> Clause:
    """Return segments with their pay: ``Pharmacies ($71,200) and Opticians ($68,000)``."""
    return joined(
        [
            Clause(
                "{title} ({pay})",
                {
                    "title": segment.title,
                    "pay": facts.fact(f"{kind}.{segment.id}.pay", "USD/year", against=average),
                },
            )
            for segment in segments
        ]
    )


def _score_range(facts: SectorFacts) -> Sentence | None:
    """Return how far withheld figures could move the score, where a reader should know it."""
    low, high = facts.number("score_low"), facts.number("score_high")
    if not (facts.known("score") and high - low >= WIDE_SCORE_POINTS):
        return None
    return say(
        "Its score of {score} rests on estimates: with its uncertain figures at their worst or at "
        "their best it would lie between {low} and {high}.",
        {
            "score": facts.fact("score", "points"),
            "low": facts.fact("score_low", "points"),
            "high": facts.fact("score_high", "points"),
        },
    )


def _intervals(facts: SectorFacts) -> list[Sentence | None]:
    return [
        _jobs_interval(facts),
        _pay_interval(facts),
        _side_of_par(facts),
        _change_interval(facts),
    ]


def _jobs_interval(facts: SectorFacts) -> Sentence | None:
    """Return ``jobs lie between 1,010 and 1,390: two of six counties are withheld``."""
    between = _between(facts, "employment", "jobs", ONE_JOB, JOBS)
    if between is None or facts.without_bounds("employment"):
        return None
    withheld = _withheld(facts)
    return joined(
        [Clause(f"jobs {between.template}", between.parts), withheld], last=": "
    ).sentence()


def _between(
    facts: SectorFacts, indicator: str, unit: str, least: float, noun: tuple[str, str] | None = None
) -> Clause | None:
    """Return ``lie between low and high``, None where the value is as good as exact."""
    low, high = facts.number(f"low.{indicator}"), facts.number(f"high.{indicator}")
    if facts.status(indicator) != "estimated" or math.isnan(low) or high - low < least:
        return None
    if math.isinf(high):
        return Clause("number at least {low}", {"low": facts.fact(f"low.{indicator}", unit)})
    verb = "lie" if noun else "lies"
    return Clause(
        f"{verb} between {{low}} and {{high}}",
        {
            "low": facts.fact(f"low.{indicator}", unit, against=high),
            "high": facts.fact(f"high.{indicator}", unit, against=low),
        },
    )


def _withheld(facts: SectorFacts) -> Clause:
    """Return how many of the areas with this industry are withheld."""
    withheld, present = facts.number("withheld_areas"), facts.number("areas_with_rows")
    _, many = area_noun(facts.ranking.indicators.panel.areas)
    if not 0 < withheld <= present:
        return Clause("some of the figures are withheld", {})
    if present == 1:
        return Clause("the figure is withheld", {})
    unit = "count-word" if present <= COUNT_WORDS_TO else "count"
    of = facts.fact("areas_with_rows", unit)
    if withheld == present:
        word = "both" if present == 2 else "all {of}"
        return Clause(f"{word} {many} are withheld", {} if present == 2 else {"of": of})
    verb = "is" if withheld == 1 else "are"
    scope = "" if present == facts.number("areas") else " with this industry"
    return Clause(
        f"{{withheld}} of {{of}} {many}{scope} {verb} withheld",
        {"withheld": facts.fact("withheld_areas", unit), "of": of},
    )


def _pay_interval(facts: SectorFacts) -> Sentence | None:
    if facts.without_bounds("avg_annual_pay"):
        return None
    between = _between(facts, "avg_annual_pay", "USD/year", PAY_STEP_USD)
    return Clause(f"average pay {between.template}", between.parts).sentence() if between else None


def _without_bounds(facts: SectorFacts) -> list[Sentence]:
    """Return one sentence on everything that rests on an estimate with no bound worth telling."""
    told = ["employment", "location_quotient", "avg_annual_pay"]
    told += [
        name
        for outcome in facts.ranking.gates[facts.place]
        for name, _, _, _ in outcome.tests
        if outcome.straddles and name != "pay_vs_region"
    ]
    open_ended = [name for name in dict.fromkeys(told) if facts.without_bounds(name)]
    if not open_ended:
        return []
    names = listed([criterion_name(facts, name) for name in open_ended])
    return [
        say("Withheld figures without known bounds stand behind these estimates: {names}.",
            {"names": names})
    ]  # fmt: skip


def _side_of_par(facts: SectorFacts) -> Sentence | None:
    """Return a caution where withheld figures leave open on which side of the nation it stands."""
    low, high = facts.number("low.location_quotient"), facts.number("high.location_quotient")
    if facts.without_bounds("location_quotient") or not low < 1 < high:
        return None
    between = _between(facts, "location_quotient", "ratio", 0.0)
    if between is None:
        return None
    clause = Clause(
        "whether it is more concentrated here than {elsewhere} is not certain: the location "
        f"quotient {between.template}",
        {**between.parts, "elsewhere": elsewhere(facts.ranking.indicators.panel)},
    )
    return clause.sentence()


def _change_interval(facts: SectorFacts) -> Sentence | None:
    """Return a caution where withheld figures leave open whether jobs were gained or lost."""
    low, high = facts.number("low.employment_change"), facts.number("high.employment_change")
    if not facts.unsure("employment_change"):
        return None
    base = {"base": facts.fact("period.base", "year")}
    if math.isinf(low) or math.isinf(high):
        return say("Whether jobs were gained or lost since {base} is not certain: some of the "
                   "figures are withheld.", base)  # fmt: skip
    return say(
        "Whether jobs were gained or lost since {base} is not certain: the change lies between a "
        "loss of {low} and a gain of {high}.",
        {
            **base,
            "low": facts.fact("low.employment_change", "abs jobs"),
            "high": facts.fact("high.employment_change", "abs jobs"),
        },
    )


def _missing(facts: SectorFacts) -> list[Sentence]:
    """Return what this sector lacks that others have, with the reasons, and what is left."""
    by_reason: dict[str, list[str]] = {}
    matrix = facts.ranking.matrix
    for place, criterion in enumerate(matrix.criteria):
        nobody = all(math.isnan(value) for value in matrix.value[:, place])
        if criterion.weight > 0 and math.isnan(matrix.value[facts.place, place]) and not nobody:
            reason = facts.missing_reason(criterion.id) or "no figure in the inputs"
            by_reason.setdefault(reason, []).append(criterion_name(facts, criterion.id))
    if not by_reason:
        return []
    gaps = [
        Clause(
            "{names} ({reason})", {"names": listed(list(dict.fromkeys(names))), "reason": reason}
        )
        for reason, names in by_reason.items()
    ]
    lack = joined(gaps, last="; ", between="; ")
    coverage: Parts = {"coverage": facts.fact("coverage", "share")}
    template = "Figures are known for {coverage} of the weight; not known here: "
    return [say(f"{template}{lack.template}.", {**coverage, **lack.parts})]
