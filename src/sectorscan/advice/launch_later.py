"""What comes after the first launch, in words: next, only asked, to be rated, not yet."""

from __future__ import annotations

from sectorscan.advice.facts import Parts, say
from sectorscan.advice.launch_first import MOST, YEARS, Words, some
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
    said += _without_a_year(words)
    waiting = [one for one in order.of("prepare") if not one.year]
    if order.first is None:
        for one in waiting[:1]:
            said += words.needs(one, one.contender.title)
        waiting = waiting[1:]
    if waiting:
        names = {"names": some([one.contender.title for one in waiting])}
        said.append(say("To be prepared after that: {names}.", names))
    said += _shared(words)
    if said or order.of("prepare"):
        return said
    other = "No" if order.first is None else "No other"
    return [say(f"{other} sector is ready or can be prepared for now.", {})]


def _year(words: Words, one: Entry) -> Sentence:
    own = words.priority(one)
    parts: Parts = {
        **own.parts,
        "title": one.contender.title,
        "year": words.of(one, "year", "count"),
        "name": one.convener,
    }
    ready = "" if one.stage == "launch" else " if it is ready by then"
    who = "{name} convenes" if one.convener else "a convener must be found"
    return say(f"Year {{year}}: launch {{title}}{ready}, priority {own.template}; {who}.", parts)


def _without_a_year(words: Words) -> list[Sentence]:
    """Return what is ready and finds no year within the plan."""
    said = []
    later = words.order.counted("unplaced")
    span = words.fact("years", "count", YEARS)
    for one in later[:MOST]:
        reasons = _reasons(words, one)
        why = f", because {some(reasons)}" if reasons else ""
        text = "{title} is ready, but has no place within {span}{why}."
        said.append(say(text, {"title": one.contender.title, "span": span, "why": why}))
    if len(later) > MOST:
        rest = {"names": some([one.contender.title for one in later[MOST:]])}
        said.append(say("Ready without a place, too: {names}.", rest))
    return said


def _delays(words: Words, one: Entry) -> list[Sentence]:
    """Return why a sector comes later than the team's capacity alone would have it."""
    reasons = _reasons(words, one)
    if not reasons:
        return []
    parts = {"title": one.contender.title, "why": some(reasons)}
    return [say("{title} doesn't come earlier, because {why}.", parts)]


def _reasons(words: Words, one: Entry) -> list[str]:
    return [_delay(words, one, delay) for delay in one.delays if delay.why != "capacity"]


def _delay(words: Words, one: Entry, delay: Delay) -> str:
    other = words.title(delay.other)
    if delay.why == "convener":
        return f"{delay.convener} is busy with {other}"
    return f"it shares employers with {other} ({words.codes(one.contender.sector, delay.other)})"


def _shared(words: Words) -> list[Sentence]:
    """Return which sectors share employers, and which lie inside another."""
    said = []
    for pair in words.order.shared[:MOST]:
        parts = {
            "one": words.title(pair.one),
            "other": words.title(pair.other),
            "codes": words.codes(pair.one, pair.other),
        }
        if words.alike(pair.one, pair.other):
            text = "{one} and {other} are the same industries ({codes}): make them a single "
            said.append(say(text + "partnership.", parts))
        elif pair.inside:
            outer = pair.other if pair.inside == pair.one else pair.one
            parts |= {"one": words.title(pair.inside), "other": words.title(outer)}
            text = "{one} lies inside {other} ({codes}): consider a joint partnership, so that "
            said.append(say(text + "nobody is asked twice.", parts))
        else:
            text = "{one} and {other} share employers ({codes}): ask these once, for both."
            said.append(say(text, parts))
    if len(words.order.shared) > MOST:
        text = "More of these sectors share employers: the plan's JSON form lists them all."
        said.append(say(text, {}))
    return said


def only_asked(words: Words) -> list[Sentence]:
    """Return the sectors for which a survey or a focus group is enough for now."""
    waiting = words.order.of("ask")
    said = [_asked(words, one) for one in waiting[:MOST]]
    if len(waiting) > MOST:
        count = {"count": words.fact("count.ask", "count", SECTORS)}
        said.append(say("In all {count} like these: the plan's table has them.", count))
    return said


def _asked(words: Words, one: Entry) -> Sentence:
    parts: Parts = {"title": one.contender.title}
    if one.contender.tier == "support":
        parts["readiness"] = words.of(one, "readiness", "score")
        parts["economic"] = words.of(one, "economic", "score")
        held = " and a gate holds it back" if one.contender.held else ""
        text = "{title}: its readiness is {readiness}, but its economic score of {economic} is too "
        text += f"low for a partnership{held}; a focus group keeps the contact."
    elif one.contender.unknown:
        parts["names"] = listed([words.asked(name) for name in one.contender.unknown])
        text = "{title}: nobody could rate {names}; a survey of its employers would tell."
    else:
        parts["coverage"] = words.of(one, "coverage", "share")
        text = "{title}: only {coverage} of the weight is rated; a survey would tell more."
    return say(text, parts)


def to_rate(words: Words) -> list[Sentence]:
    """Return the unrated sectors of the shortlist."""
    said = []
    for one in words.order.of("rate"):
        parts: Parts = {
            "title": one.contender.title,
            "economic": words.of(one, "economic", "score"),
            "rank": words.of(one, "rank", "rank"),
        }
        held = "; a gate holds it back from launch" if one.contender.held else ""
        said.append(say(f"{{title}}: economic score {{economic}}, rank {{rank}}{held}.", parts))
    if said:
        which = "it" if len(said) == 1 else "these"
        text = f"Nobody has rated {which}. A scorecard asks people: sectorscan scorecard new."
        said.append(say(text, {}))
    return said


def not_yet(words: Words) -> list[Sentence]:
    """Return what isn't for now, the best of it one by one."""
    seen, unseen = words.order.counted("seen"), words.order.counted("unseen")
    said = []
    for one in seen[:MOST]:
        parts: Parts = {
            "title": one.contender.title,
            "economic": words.of(one, "economic", "score"),
            "readiness": words.of(one, "readiness", "score"),
        }
        held = "; a gate holds it back" if one.contender.held else ""
        said.append(say(f"{{title}}: economic score {{economic}}, readiness {{readiness}}{held}.",
                        parts))  # fmt: skip
    if len(seen) > MOST:
        parts = {"count": words.fact("count.seen", "count", SECTORS)}
        said.append(say("In all {count} like these, with lower priority.", parts))
    if words.unranked:
        text = "Rated, but not ranked: {names}. sectorscan explain says why."
        said.append(say(text, {"names": some(words.unranked)}))
    if unseen:
        parts = {"count": words.fact("count.unseen", "count", SECTORS)}
        said.append(say("Nobody has rated {count} below the shortlist.", parts))
    return said


def next_in_short(words: Words) -> list[Sentence]:
    """Return what follows the first, a sentence a sector, without what delays it and its needs."""
    order = words.order
    follow = [one for one in order.scheduled if one is not order.first]
    said = [_year(words, one) for one in follow[:MOST]]
    if len(follow) > MOST:
        rest = [one.contender.title for one in follow[MOST:]]
        said.append(say("After that: {names}.", {"names": some(rest)}))
    return said or what_next(words)[:MOST]


def later_in_short(words: Words) -> list[Sentence]:
    """Return what isn't launched for now, by name where a board has something to do about it."""
    said = [
        say(text, {"names": some([one.contender.title for one in found])})
        for text, found in (
            ("Only a survey or a focus group for now: {names}.", words.order.of("ask")),
            ("To be rated before they can be judged: {names}.", words.order.of("rate")),
        )
        if found
    ]
    for name, text in (
        ("seen", "Not for now, by their scores: {count}."),
        ("unseen", "Nobody has rated {count} below the shortlist."),
    ):
        if words.order.counted(name):
            parts: Parts = {"count": words.fact(f"count.{name}", "count", SECTORS)}
            said.append(say(text, parts))
    return said
