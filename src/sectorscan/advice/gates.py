"""Gates in words: what was compared with which bound, and what came of it."""

from __future__ import annotations

import math

from sectorscan.advice.evidence import regional_average
from sectorscan.advice.facts import Parts, SectorFacts, own_address, say
from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import (
    ESTABLISHMENTS,
    JOBS,
    Clause,
    covered_jobs,
    criterion_name,
    joined,
    unit_suffix,
)
from sectorscan.scoring.model import GateOutcome

COUNTED = {"employment": ("jobs", JOBS), "establishments": ("count", ESTABLISHMENTS)}
GROWTH = {
    "employment_cagr_pct": ("jobs grew", "jobs shrank"),
    "projected_growth_pct": ("jobs are projected to grow", "jobs are projected to shrink"),
}


def gate_details(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return one sentence a gate, in the config's order."""
    outcomes = facts.ranking.gates[facts.place]
    return tuple(_detail(facts, place, outcome) for place, outcome in enumerate(outcomes))


def _detail(facts: SectorFacts, gate: int, outcome: GateOutcome) -> Sentence:
    clauses = tests(facts, gate, outcome)
    if outcome.unknown:
        before = "Can't be judged: "
    elif outcome.triggered:
        before = {
            "exclude": "Not passed: ",
            "hold": "Held back from launch: ",
            "caution": "Caution: ",
        }[outcome.effect]
    else:
        before = "Passed: "
    return joined(clauses).sentence(before)


def hold(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return a sentence for each gate that holds a ranked sector back from launch."""
    if facts.ranking.exclusion[facts.place] is not None:
        return ()
    return tuple(
        joined(tests(facts, gate, outcome)).sentence("Held back from launch: ")
        for gate, outcome in enumerate(facts.ranking.gates[facts.place])
        if outcome.effect == "hold" and outcome.triggered
    )


def undecided(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return a sentence for each gate that a missing value keeps from being judged."""
    question = {
        "exclude": "Whether it meets a requirement",
        "hold": "Whether to hold it back from launch",
        "caution": "Whether a caution is due",
    }
    unranked = facts.ranking.exclusion[facts.place] is not None
    return tuple(
        joined(tests(facts, gate, outcome)).sentence(
            f"{question[outcome.effect]} can't be judged: "
        )
        for gate, outcome in enumerate(facts.ranking.gates[facts.place])
        if outcome.unknown and not (unranked and outcome.effect == "hold")
    )


def straddling(facts: SectorFacts) -> tuple[Sentence, ...]:
    """Return a sentence for each bound that lies inside what is known of a value."""
    sentences = []
    for gate, outcome in enumerate(facts.ranking.gates[facts.place]):
        for place, (name, _, bound, _) in enumerate(outcome.tests):
            low, high = facts.number(f"low.{name}"), facts.number(f"high.{name}")
            inside = low <= bound <= high and low < high
            if outcome.straddles and inside and not facts.without_bounds(name):
                sentences.append(_straddle(facts, f"gate.{gate}.{place}", name))
    return tuple(sentences)


def _straddle(facts: SectorFacts, bound: str, name: str) -> Sentence:
    unit = facts.unit(name)
    parts: Parts = {
        "bound": facts.fact(bound, unit),
        "value": facts.fact(own_address(name), unit),
        "name": criterion_name(facts, name),
    }
    ends = []
    for word, side in (("at least", "low"), ("at most", "high")):
        if facts.known(f"{side}.{name}"):
            parts[side] = facts.fact(f"{side}.{name}", unit, against=facts.number(bound))
            ends.append(f"{word} {{{side}}}")
    known = "{low} to {high}" if len(ends) == 2 else "".join(ends)
    return say(
        f"The bound of {{bound}} for {{name}} lies inside what is known ({known}); it was judged "
        "at the estimate of {value}.",
        parts,
    )


def tests(facts: SectorFacts, gate: int, outcome: GateOutcome) -> list[Clause]:
    """Return what each of a gate's tests compared."""
    return [
        _test(facts, f"gate.{gate}.{place}", name, side, bound, value)
        for place, (name, side, bound, value) in enumerate(outcome.tests)
    ]


def _test(
    facts: SectorFacts, address: str, name: str, side: str, bound: float, value: float
) -> Clause:
    """Return what was compared: ``9 establishments where 10 are needed``."""
    if not math.isfinite(value):
        return Clause("{name} is not known", {"name": criterion_name(facts, name)})
    about = facts.about(name)
    if name in GROWTH and bound == 0:
        return _growth_sign(facts, name, value)
    if name in COUNTED and side == "below":
        unit, noun = COUNTED[name]
        own = facts.fact(name, unit, noun, against=bound)
        needed = "is needed" if bound == 1 else "are needed"
        limit = facts.fact(address, unit, against=value)
        return Clause(f"{{about}}{{own}} where {{bound}} {needed}",
                      {"about": about, "own": own, "bound": limit})  # fmt: skip
    if name == "employment_share_pct":
        return _limit(facts, "{about}{own} of {covered}", name, "%", address, side)
    if name == "pay_vs_region":
        unit = "ratio-as-percent-above"
        template = f"pay {{about}}{{own}} {regional_average(facts)}"
        return _limit(facts, template, name, unit, address, side)
    return _limit(facts, "{name} of {about}{own}{unit}", name, facts.unit(name), address, side)


def _limit(
    facts: SectorFacts, template: str, name: str, unit: str, address: str, side: str
) -> Clause:
    own, bound = facts.number(own_address(name)), facts.number(address)
    parts: Parts = {
        "about": facts.about(name),
        "own": facts.fact(own_address(name), unit, against=bound),
        "bound": facts.fact(address, unit, against=own),
        "name": criterion_name(facts, name),
        "unit": unit_suffix(unit),
        "covered": covered_jobs(facts.ranking.indicators.panel),
    }
    word = "needed" if side == "below" else "allowed"
    least = "at least" if side == "below" else "at most"
    if unit == "ratio-as-percent-above":
        return Clause(f"{template}, where {{bound}} is the limit", parts)
    return Clause(f"{template} where {least} {{bound}} is {word}", parts)


def _growth_sign(facts: SectorFacts, name: str, value: float) -> Clause:
    """Return a growth rate judged against zero: ``jobs shrank 1.2 % a year from 2020 to 2023``."""
    rose, fell = GROWTH[name]
    rate = facts.fact(name, "abs %/year")
    years = {}
    template = f"{rose if value >= 0 else fell} {{about}}{{rate}} a year"
    if name == "employment_cagr_pct" and facts.known("period.base"):
        template += " from {base} to {end}"
        years = {"base": facts.fact("period.base", "year"), "end": facts.fact("period.end", "year")}
    return Clause(template, {"about": facts.about(name), "rate": rate, **years})
