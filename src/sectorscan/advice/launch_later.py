"""What comes after the first launch, in words: next, only asked, to be rated, not yet."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sectorscan.advice.facts import Parts, say
from sectorscan.advice.launch_first import MOST, YEARS, Words
from sectorscan.advice.launch_model import Delay, Entry
from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import listed

SECTORS = ("sector", "sectors")


def what_next(words: Words) -> list[Sentence]:
    """Return what follows the first, year by year, with what it needs; then shared employers."""
    order, said = words.order, []
    for one in order.scheduled:
        if one is not order.first:
            said += [_year(words, one), *_delays(words, one)]
            said += words.needs(one) if one.stage == "prepare" else []
    later = [one for one in order.of("launch") if not one.year]
    for one in later[:MOST]:
        span = words.fact("years", "count", YEARS)
        said.append(
            say(
                "{title} is ready, but has no place in the next {span}.",
                {"title": one.contender.title, "span": span},
            )
        )
        said += _delays(words, one)
    if len(later) > MOST:
        rest = {"names": _some([one.contender.title for one in later[MOST:]])}
        said.append(say("Ready without a place, too: {names}.", rest))
    waiting = [one for one in order.of("prepare") if not one.year]
    if order.first is None:
        for one in waiting[:1]:
            said += words.needs(one)
        waiting = waiting[1:]
    if waiting:
        names = {"names": _some([one.contender.title for one in waiting])}
        said.append(say("To be prepared after that: {names}.", names))
    said += _shared(words)
    return said or [say("No other sector is ready, or can be prepared by the people alone.", {})]


def _year(words: Words, one: Entry) -> Sentence:
    own = words.priority(one)
    parts: Parts = {
        **own.parts,
        "title": one.contender.title,
        "year": words.of(one, "year", "count"),
        "name": one.convener,
    }
    start = "launch {title}" if one.stage == "launch" else "if it is ready by then, {title}"
    who = "{name} convenes" if one.convener else "a convener must be found"
    return say(f"Year {{year}}: {start}, priority {own.template}; {who}.", parts)


def _delays(words: Words, one: Entry) -> list[Sentence]:
    """Return why a sector comes later than the team's capacity alone would have it."""
    reasons = [_delay(words, one, delay) for delay in one.delays if delay.why != "capacity"]
    if not reasons:
        return []
    parts = {"title": one.contender.title, "why": listed(reasons)}
    return [say("{title} doesn't come earlier, because {why}.", parts)]


def _delay(words: Words, one: Entry, delay: Delay) -> str:
    other = words.title(delay.other)
    if delay.why == "convener":
        return f"{delay.convener} is busy with {other}"
    return f"it shares employers with {other} ({_codes(words, one.contender.sector, delay.other)})"


def _codes(words: Words, one: str, other: str) -> str:
    pair = next(p for p in words.order.shared if {p.one, p.other} == {one, other})
    return f"NAICS {listed(pair.codes)}"


def _shared(words: Words) -> list[Sentence]:
    """Return which sectors share employers, and which lie inside another."""
    said = []
    for pair in words.order.shared:
        parts = {
            "one": words.title(pair.one),
            "other": words.title(pair.other),
            "codes": _codes(words, pair.one, pair.other),
        }
        if pair.inside:
            outer = pair.other if pair.inside == pair.one else pair.one
            parts |= {"one": words.title(pair.inside), "other": words.title(outer)}
            text = "{one} lies inside {other} ({codes}): consider a joint partnership, so that "
            said.append(say(text + "nobody is asked twice.", parts))
        else:
            text = "{one} and {other} share employers ({codes}): ask these once, for both."
            said.append(say(text, parts))
    return said


def only_asked(words: Words) -> list[Sentence]:
    """Return the sectors for which a survey or a focus group is enough for now."""
    said = []
    for one in words.order.of("ask"):
        parts: Parts = {"title": one.contender.title}
        if one.contender.tier == "support":
            parts["readiness"] = words.of(one, "readiness", "score")
            parts["economic"] = words.of(one, "economic", "score")
            text = "{title}: people are ready (readiness {readiness}), but its economic score of "
            text += "{economic} is too low for a partnership; a focus group keeps them."
        elif one.contender.unknown:
            parts["names"] = listed([words.asked(name) for name in one.contender.unknown])
            text = "{title}: nobody could rate {names}; a survey of its employers would tell."
        else:
            parts["coverage"] = words.of(one, "coverage", "share")
            text = "{title}: only {coverage} of the weight is rated; a survey would tell more."
        said.append(say(text, parts))
    return said


def to_rate(words: Words) -> list[Sentence]:
    """Return the unrated sectors of the shortlist."""
    said = [
        say(
            "{title}: economic score {economic}, rank {rank}.",
            {
                "title": one.contender.title,
                "economic": words.of(one, "economic", "score"),
                "rank": words.of(one, "rank", "rank"),
            },
        )
        for one in words.order.of("rate")
    ]
    if said:
        said.append(
            say("Nobody has rated these. A scorecard asks people: sectorscan scorecard new.", {})
        )
    return said


def not_yet(words: Words) -> list[Sentence]:
    """Return what isn't for now, the best of it one by one."""
    waiting = words.order.of("not yet")
    rated = [one for one in waiting if not math.isnan(one.contender.values["readiness"])]
    said = []
    for one in rated[:MOST]:
        parts: Parts = {
            "title": one.contender.title,
            "economic": words.of(one, "economic", "score"),
            "readiness": words.of(one, "readiness", "score"),
        }
        held = "; a gate holds it back" if one.contender.held else ""
        said.append(say(f"{{title}}: economic score {{economic}}, readiness {{readiness}}{held}.",
                        parts))  # fmt: skip
    if len(waiting) > len(said):
        parts = {"count": words.fact("count.not yet", "count", SECTORS)}
        text = "Not for now in all: {count}, by their scores or because nobody rated them."
        said.append(say(text, parts))
    return said


def next_in_short(words: Words) -> list[Sentence]:
    """Return what follows the first, a sentence a sector, without what delays it and its needs."""
    order = words.order
    follow = [one for one in order.scheduled if one is not order.first]
    said = [_year(words, one) for one in follow[:MOST]]
    if len(follow) > MOST:
        rest = [one.contender.title for one in follow[MOST:]]
        said.append(say("After that: {names}.", {"names": _some(rest)}))
    return said or what_next(words)[:MOST]


def later_in_short(words: Words) -> list[Sentence]:
    """Return what isn't launched for now, by name where a board has something to do about it."""
    said = [
        say(text, {"names": _some([one.contender.title for one in found])})
        for text, found in (
            ("Only a survey or a focus group for now: {names}.", words.order.of("ask")),
            ("To be rated before they can be judged: {names}.", words.order.of("rate")),
        )
        if found
    ]
    if words.order.of("not yet"):
        parts: Parts = {"count": words.fact("count.not yet", "count", SECTORS)}
        said.append(say("Not for now, by their scores or because nobody rated them: {count}.",
                        parts))  # fmt: skip
    return said


def _some(names: Sequence[str]) -> str:
    """Return the first names in words, and that there are more."""
    return listed(names if len(names) <= MOST else [*names[:MOST], "others"])
