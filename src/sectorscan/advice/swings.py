"""One establishment more or less: said where it moves the rank or the quotient much."""

from __future__ import annotations

from sectorscan.advice.facts import Parts, SectorFacts, own_address, say
from sectorscan.advice.model import Sentence

_ENDS = {"up": "One establishment more", "down": "One establishment fewer"}


def one_establishment(facts: SectorFacts) -> list[Sentence]:
    """Return what one establishment more or less would do, where the check gave a caution."""
    swing = facts.swing
    if swing is None:
        return []
    sentences: list[Sentence] = []
    if swing.gate_caution:
        sentences.extend(_in_or_out(facts))
    if swing.rank_caution:
        sentences.extend(_rank(facts))
    if swing.lq_caution and facts.known("location_quotient"):
        sentences.extend(_quotient(facts))
    return sentences


def _in_or_out(facts: SectorFacts) -> list[Sentence]:
    """Return what brings the sector into the ranking or takes it out (rank 0)."""
    now = facts.number("swing.rank")
    sentences = []
    for end, what in _ENDS.items():
        then = facts.number(f"swing.rank_{end}")
        if now > 0 and then == 0:
            sentences.append(say(f"{what} would take it out of the ranking.", {}))
        if now == 0 and then > 0:
            rank: Parts = {"then": facts.fact(f"swing.rank_{end}", "rank")}
            sentences.append(
                say(f"{what} would bring it into the ranking, at rank {{then}}.", rank)
            )
    return sentences


def _rank(facts: SectorFacts) -> list[Sentence]:
    """Return the move to the farther rank, ``from rank 4 to rank 8``."""
    now = facts.number("swing.rank")
    ranked = [end for end in _ENDS if facts.number(f"swing.rank_{end}") > 0]
    if not ranked or not now > 0:
        return []
    farthest = max(ranked, key=lambda end: abs(facts.number(f"swing.rank_{end}") - now))
    parts: Parts = {
        "now": facts.fact("swing.rank", "rank"),
        "then": facts.fact(f"swing.rank_{farthest}", "rank"),
    }
    template = f"{_ENDS[farthest]} would move it from rank {{now}} to rank {{then}}."
    return [say(template, parts)]


def _quotient(facts: SectorFacts) -> list[Sentence]:
    """Return the quotients with one establishment more and one fewer."""
    own = facts.number("location_quotient")
    parts: Parts = {"now": facts.fact(own_address("location_quotient"), "ratio")}
    ends = []
    for end, what in (("up", "more"), ("down", "fewer")):
        address = f"swing.lq_{end}"
        if facts.known(address):
            parts[end] = facts.fact(address, "ratio", against=own)
            ends.append(f"{{{end}}} with one establishment {what}")
    if not ends:
        return []
    return [say(f"Its location quotient of {{now}} would be {' and '.join(ends)}.", parts)]
