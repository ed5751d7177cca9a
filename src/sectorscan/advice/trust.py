"""How far a sector's rank can be trusted: one sentence from the draws."""

from __future__ import annotations

from sectorscan.advice.facts import Parts, SectorFacts, say
from sectorscan.advice.model import Sentence

SURE = 1 - 1e-9


def trust(facts: SectorFacts) -> Sentence | None:
    """Return how often it is first, on the shortlist, and between which ranks it lies.

    None without draws, and for a sector that no draw ranks.
    """
    if facts.robustness is None or not facts.number("robustness.p_ranked") > 0:
        return None
    parts: Parts = {"listed": facts.fact("robustness.p_top", "chance")}
    if not facts.number("rank") > 0:
        parts["ranked"] = facts.fact("robustness.p_ranked", "chance")
        return say(
            "In {ranked} of the draws its figures let it into the ranking, in {listed} it is on "
            "the shortlist.",
            parts,
        )
    if facts.number("robustness.p_first") > 0:
        parts["first"] = facts.fact("robustness.p_first", "chance")
        template = "In {first} of the draws it comes first, in {listed} it is on the shortlist"
    elif facts.number("robustness.p_top") > 0:
        template = "It comes first in no draw, in {listed} of them it is on the shortlist"
    else:
        return say(f"In no draw is it on the shortlist; {_between(facts, parts := {})}.", parts)
    template += f"; {_between(facts, parts)}"
    if facts.number("robustness.p_ranked") < SURE:
        parts["ranked"] = facts.fact("robustness.p_ranked", "chance")
        template += "; it is ranked at all in {ranked}"
    return say(template + ".", parts)


def _between(facts: SectorFacts, parts: Parts) -> str:
    parts["low"] = facts.fact("robustness.rank_p05", "rank")
    if facts.number("robustness.rank_p05") == facts.number("robustness.rank_p95"):
        return "its rank is {low} in nine of ten"
    parts["high"] = facts.fact("robustness.rank_p95", "rank")
    return "its rank lies between {low} and {high} in nine of ten"
