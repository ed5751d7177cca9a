"""The first launch in words: which sector, why it, who convenes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sectorscan.advice.facts import Parts, say
from sectorscan.advice.launch_model import LITTLE, Entry, LaunchOrder
from sectorscan.advice.model import Fact, Sentence
from sectorscan.advice.wording import Clause, joined, listed
from sectorscan.config.scorecard import Questions
from sectorscan.scoring.positions import TIE

POINTS = ("point", "points")
PARTNERSHIPS = ("partnership", "partnerships")
YEARS = ("year", "years")
MOST = 5
"""At most so many sectors are told one by one where they only wait."""
MOST_STEPS = 3
"""At most so many steps are told of a sector."""
_TERMS: Mapping[str, tuple[str, str]] = {
    "economic": ("the economic score ({value})", "score"),
    "readiness": ("readiness ({value})", "score"),
    "p_top": ("how sure its place on the shortlist is ({value} of the draws)", "chance"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the sentences are made of: names and facts of one plan."""

    order: LaunchOrder
    questions: Questions
    lacking: Mapping[str, Sequence[Sentence]]

    def fact(self, address: str, unit: str, noun: tuple[str, str] | None = None) -> Fact:
        """Return the fact at an address of the plan."""
        return Fact(address, self.order.number(address), unit, noun)

    def of(self, entry: Entry, name: str, unit: str, noun: tuple[str, str] | None = None) -> Fact:
        """Return a number of one sector in the plan."""
        return self.fact(f"entry.{entry.place}.{name}", unit, noun)

    def priority(self, entry: Entry) -> Clause:
        """Return a sector's priority, in words where nothing that is weighed is known of it."""
        if math.isnan(entry.priority):
            return Clause("not known", {})
        return Clause("{priority}", {"priority": self.of(entry, "priority", "points", POINTS)})

    def title(self, sector: str) -> str:
        """Return a sector's title by its id."""
        titles = {one.contender.sector: one.contender.title for one in self.order.entries}
        return titles[sector]

    def asked(self, question: str) -> str:
        """Return a question's title as it stands inside a sentence."""
        return self.questions[question].title if question in self.questions else question

    def needs(self, entry: Entry) -> list[Sentence]:
        """Return what a sector lacks, least effort first, and where the rest is told."""
        steps = self.lacking.get(entry.contender.sector, ())
        said = [
            Sentence(
                f"It needs: {one.template}",
                {
                    name: replace(fact, id=f"entry.{entry.place}.{fact.id}")
                    for name, fact in one.facts.items()
                },
                one.words,
            )
            for one in steps[:MOST_STEPS]
        ]
        if len(steps) > MOST_STEPS:
            text = "And more: sectorscan explain tells all that {title} needs."
            said.append(say(text, {"title": entry.contender.title}))
        return said


def which_first(words: Words) -> list[Sentence]:
    """Return the sector to start with, and how many partnerships a year there are."""
    first, ready = words.order.first, words.order.of("launch")
    if first is None:
        return [say("None can be launched yet: no sector is ready.", {}), *_closest(words)]
    parts: Parts = {"title": first.contender.title}
    if len(ready) == 1:
        text = "Start with {title}: it is the only sector that is ready."
    else:
        parts["ready"] = words.fact("count.launch", "count")
        text = "Start with {title}: of {ready} sectors that are ready it has the "
        if math.isnan(first.priority):
            text += "best economic rank."
        else:
            parts["priority"] = words.of(first, "priority", "points", POINTS)
            text += "highest priority, {priority}."
        if _tied(first, ready[1]):
            parts["other"] = ready[1].contender.title
            text += " {other} has the same; the better economic rank decides, then the code."
    return [
        say(text, parts),
        say(
            "In the first year {start} is launched, after that at most {capacity} a year.",
            {
                "start": words.fact("start", "count-word", PARTNERSHIPS),
                "capacity": words.fact("capacity", "count"),
            },
        ),
    ]


def _tied(one: Entry, other: Entry) -> bool:
    return abs(one.priority - other.priority) <= TIE


def _closest(words: Words) -> list[Sentence]:
    said = []
    for one in words.order.of("prepare")[:1]:
        own = words.priority(one)
        text = f"{{title}} is closest to it, its priority {own.template}: prepare it, then plan "
        said.append(say(f"{text}again.", {**own.parts, "title": one.contender.title}))
    return said


def why_it(words: Words) -> list[Sentence]:
    """Return what its priority is made of, how far it is ahead, and what is higher, not ready."""
    near = words.order.of("prepare")
    first = words.order.first or (near[0] if near else None)
    if first is None:
        return []
    said = [_made_of(words, first)]
    weighed = words.order.settings.weights.model_dump()
    missing = [
        name
        for name, weight in weighed.items()
        if weight > 0 and name not in {term.name for term in first.terms}
    ]
    if missing and first.terms:
        names = ["the draws" if name == "p_top" else words.asked(name) for name in missing]
        said.append(say("Not known of it: {names}; the other weights count for more.",
                        {"names": listed(names)}))  # fmt: skip
    if first.contender.coverage < LITTLE:
        parts: Parts = {"coverage": words.of(first, "coverage", "share")}
        said.append(say("Its readiness rests on only {coverage} of the weight.", parts))
    return said + _against(words, first)


def _made_of(words: Words, first: Entry) -> Sentence:
    title: Parts = {"title": first.contender.title}
    if not first.terms:
        return say("Nothing that the plan weighs is known of {title}.", title)
    made = joined([_term(words, first, term.name) for term in first.terms])
    parts: Parts = {
        **made.parts,
        **title,
        "priority": words.of(first, "priority", "points", POINTS),
    }
    return say(f"The priority of {{title}}, {{priority}}, is made of {made.template}.", parts)


def _term(words: Words, entry: Entry, name: str) -> Clause:
    text, unit = _TERMS.get(name, ("{asked} (level {value})", "level"))
    parts: Parts = {
        "points": words.of(entry, f"term.{name}.points", "points"),
        "value": words.of(entry, name, unit),
    }
    if "{asked}" in text:
        parts["asked"] = words.asked(name)
    return Clause(f"{{points}} from {text}", parts)


def _against(words: Words, first: Entry) -> list[Sentence]:
    """Return how far it is ahead, and what has a higher priority but isn't ready."""
    said = []
    ready = words.order.of("launch")
    if len(ready) > 1 and ready[0].priority - ready[1].priority > TIE:
        parts: Parts = {
            "behind": words.of(ready[1], "behind", "points", POINTS),
            "other": ready[1].contender.title,
        }
        said.append(say("That is {behind} more than {other}, the next that is ready.", parts))
    if not ready:
        return said
    higher = [
        one
        for one in words.order.entries
        if one.priority > first.priority and one.stage != "launch"
    ]
    for one in higher[:MOST]:
        parts = {
            "title": one.contender.title,
            "priority": words.of(one, "priority", "points", POINTS),
            "why": _not_ready(words, one),
        }
        said.append(say("{title} has a higher priority, {priority}, but {why}.", parts))
    return said


def _not_ready(words: Words, one: Entry) -> str:
    if one.contender.held:
        return "a gate holds it back"
    if one.contender.unknown:
        return f"nobody could rate {listed([words.asked(q) for q in one.contender.unknown])}"
    if one.contender.blocked_by:
        names = listed([words.asked(q) for q in one.contender.blocked_by])
        return f"its launch is blocked by {names}"
    return f"its tier is {one.contender.tier}"


def who_convenes(words: Words) -> list[Sentence]:
    """Return who convenes the first, and for how long."""
    first = words.order.first
    if first is None:
        return []
    return [
        _convenes(first),
        say(
            "A convener carries a single sector at a time, for {span}.",
            {"span": words.fact("convener_years", "count", YEARS)},
        ),
    ]


def _convenes(entry: Entry) -> Sentence:
    """Return who convenes a sector, or that somebody must be found."""
    parts: Parts = {"title": entry.contender.title, "name": entry.convener}
    if not entry.convener:
        text = "Nobody is named as convener of {title}: somebody must be found before it starts."
        return say(text, {"title": entry.contender.title})
    others = [name for name in entry.contender.conveners if name != entry.convener]
    if not others:
        return say("{name} convenes {title}.", parts)
    return say("{name} convenes {title} (also named: {others}).",
               {**parts, "others": listed(others)})  # fmt: skip
