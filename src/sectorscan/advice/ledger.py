"""The ledger of the unranked: why a sector isn't shortlisted, and what would change that."""

from __future__ import annotations

import math

from sectorscan.advice.evidence import regional_average
from sectorscan.advice.facts import Parts, SectorFacts, own_address, say
from sectorscan.advice.gates import COUNTED, GROWTH, tests
from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import (
    Clause,
    covered_jobs,
    criterion_name,
    joined,
    listed,
    unit_suffix,
)
from sectorscan.scoring.model import GateOutcome

_NO_DECLINE = {
    "employment_cagr_pct": "its jobs had not shrunk",
    "projected_growth_pct": "its jobs were not projected to shrink",
}


def reason(facts: SectorFacts) -> Sentence | None:
    """Return why a sector isn't ranked, None where it is."""
    exclusion = facts.ranking.exclusion[facts.place]
    if exclusion is None:
        return None
    if exclusion == "gate":
        failed = [
            clause for gate, outcome in _excluding(facts) for clause in tests(facts, gate, outcome)
        ]
        return joined(failed).sentence("not shortlisted: ", "")
    names = _missing_names(facts)
    if exclusion == "missing":
        return say("not shortlisted: {names} not known, and the config leaves out sectors with a "
                   "missing figure", {"names": listed(names) if names else "a figure"})  # fmt: skip
    return _coverage_reason(facts, names)


def _coverage_reason(facts: SectorFacts, names: list[str]) -> Sentence:
    parts: Parts = {"names": listed(names) if names else ""}
    if not facts.number("coverage") > 0:
        return say("not shortlisted: none of the criteria is known", {})
    needed = facts.number("min_coverage")
    parts["coverage"] = facts.fact("coverage", "share", against=needed)
    parts["needed"] = facts.fact("min_coverage", "share", against=facts.number("coverage"))
    template = "not shortlisted: {coverage} of the weight is known where {needed} is needed"
    return say(template + (" (not known: {names})" if names else ""), parts)


def would_qualify_if(facts: SectorFacts) -> Sentence | None:
    """Return what would have to change for an unranked sector to be ranked."""
    exclusion = facts.ranking.exclusion[facts.place]
    if exclusion is None:
        return None
    wishes: list[Clause] = []
    if exclusion == "gate":
        wishes = [
            joined(_wishes(facts, gate, outcome), last=" or ")
            for gate, outcome in _excluding(facts)
        ]
    if facts.number("coverage") < facts.number("min_coverage") or exclusion != "gate":
        wishes.append(_coverage_wish(facts))
    wish = joined(_without_repeats(wishes))
    if facts.number("would_rank") > 0:
        rank = {"would": facts.fact("would_rank", "rank")}
        template = f"{wish.template}; on its present figures it would rank {{would}}"
        return say(template, {**wish.parts, **rank})
    return say(wish.template, wish.parts)


def _without_repeats(wishes: list[Clause]) -> list[Clause]:
    """Return the wishes, ``it had`` said once: it had 200 jobs or more and 10 establishments."""
    had = "it had "
    if not wishes or not wishes[0].template.startswith(had):
        return wishes
    rest = [Clause(wish.template.removeprefix(had), wish.parts) for wish in wishes[1:]]
    return [wishes[0], *rest]


def _excluding(facts: SectorFacts) -> list[tuple[int, GateOutcome]]:
    return [
        (gate, outcome)
        for gate, outcome in enumerate(facts.ranking.gates[facts.place])
        if outcome.effect == "exclude" and outcome.triggered
    ]


def _wishes(facts: SectorFacts, gate: int, outcome: GateOutcome) -> list[Clause]:
    return [
        _wish(facts, f"gate.{gate}.{place}", name, side, bound)
        for place, (name, side, bound, _) in enumerate(outcome.tests)
    ]


def _wish(facts: SectorFacts, address: str, name: str, side: str, bound: float) -> Clause:
    more = "or more" if side == "below" else "or less"
    own = facts.number(own_address(name))
    if name in GROWTH and bound == 0 and side == "below":
        return Clause(_NO_DECLINE[name], {})
    if name in COUNTED:
        unit, noun = COUNTED[name]
        wanted = facts.fact(address, unit, noun, against=own)
        return Clause(f"it had {{bound}} {more}", {"bound": wanted})
    if name == "employment_share_pct":
        covered = covered_jobs(facts.ranking.indicators.panel)
        wanted = facts.fact(address, "%", against=own)
        return Clause(
            f"it had {{bound}} of {{covered}} {more}", {"bound": wanted, "covered": covered}
        )
    if name == "pay_vs_region":
        wanted = facts.fact(address, "ratio-as-percent-above", against=own)
        return Clause(f"it paid {{bound}} {regional_average(facts)} {more}", {"bound": wanted})
    wanted = facts.fact(address, facts.unit(name), against=own)
    parts: Parts = {
        "name": criterion_name(facts, name),
        "bound": wanted,
        "unit": unit_suffix(facts.unit(name)),
    }
    return Clause(f"its {{name}} were {{bound}}{{unit}} {more}", parts)


def _coverage_wish(facts: SectorFacts) -> Clause:
    names = _missing_names(facts)
    if facts.ranking.exclusion[facts.place] == "missing" or not facts.number("min_coverage") > 0:
        return Clause("{names} were known", {"names": listed(names) if names else "every figure"})
    needed = facts.fact("min_coverage", "share")
    of = " (still missing: {names})" if names else ""
    return Clause(f"at least {{needed}} of the weight were known{of}",
                  {"needed": needed, "names": listed(names) if names else ""})  # fmt: skip


def _missing_names(facts: SectorFacts) -> list[str]:
    """Return the criteria with weight that others have and this sector hasn't."""
    ranking = facts.ranking
    return [
        criterion_name(facts, criterion.id)
        for place, criterion in enumerate(ranking.matrix.criteria)
        if criterion.weight > 0
        and math.isnan(ranking.matrix.value[facts.place, place])
        and not all(math.isnan(value) for value in ranking.matrix.value[:, place])
    ]
