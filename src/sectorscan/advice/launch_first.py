"""The first launch in words: which sector, and who convenes it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sectorscan.advice.facts import Parts, say
from sectorscan.advice.launch_model import Contender, Entry, LaunchOrder, Shared
from sectorscan.advice.model import Fact, Sentence
from sectorscan.advice.wording import Clause, listed
from sectorscan.config.scorecard import Questions
from sectorscan.scoring.positions import TIE

POINTS = ("point", "points")
PARTNERSHIPS = ("partnership", "partnerships")
YEARS = ("year", "years")
MOST = 5
"""At most so many sectors, names or pairs of one kind are told; the table and the JSON have all."""
MOST_STEPS = 3
"""At most so many steps are told of a sector."""


@dataclass(frozen=True)
class Words:
    """What the sentences are made of: names and facts of one plan.

    ``unranked`` are the titles of sectors that were rated and aren't ranked.
    """

    order: LaunchOrder
    questions: Questions
    lacking: Mapping[str, Sequence[Sentence]]
    unranked: tuple[str, ...] = ()

    @cached_property
    def _contenders(self) -> Mapping[str, Contender]:
        return {one.contender.sector: one.contender for one in self.order.entries}

    @cached_property
    def _pairs(self) -> Mapping[frozenset[str], Shared]:
        return {frozenset((pair.one, pair.other)): pair for pair in self.order.shared}

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
        return self._contenders[sector].title

    def alike(self, one: str, other: str) -> bool:
        """Return whether two sectors are the same industries in the same areas."""
        ours, theirs = self._contenders[one], self._contenders[other]
        same = set(ours.codes) == set(theirs.codes)
        return same and set(ours.areas) == set(theirs.areas)

    def codes(self, one: str, other: str) -> str:
        """Return the codes that two sectors share: ``NAICS 3118 and 3121``."""
        return f"NAICS {some(self._pairs[frozenset((one, other))].codes)}"

    def asked(self, question: str) -> str:
        """Return a question's title as it stands inside a sentence."""
        return self.questions[question].title if question in self.questions else question

    def needs(self, entry: Entry, who: str = "It") -> list[Sentence]:
        """Return what a sector (``who``) lacks, least effort first, and where the rest is told."""
        steps = self.lacking.get(entry.contender.sector, ())
        said = [
            Sentence(
                f"{{who}} needs: {one.template}",
                {
                    name: replace(fact, id=f"entry.{entry.place}.{fact.id}")
                    for name, fact in one.facts.items()
                },
                {**one.words, "who": "It" if place else who},
            )
            for place, one in enumerate(steps[:MOST_STEPS])
        ]
        if len(steps) > MOST_STEPS:
            text = "And more: sectorscan explain tells all that {title} needs."
            said.append(say(text, {"title": entry.contender.title}))
        return said


def some(names: Sequence[str]) -> str:
    """Return names in words, the first ones where there are many: ``a, b, c, d, e and others``."""
    return listed(names if len(names) <= MOST else [*names[:MOST], "others"])


def which_first(words: Words) -> list[Sentence]:
    """Return the sector to start with, and how many partnerships a year there are."""
    first, ready = words.order.first, words.order.of("launch")
    if first is None:
        return [say("None can be launched yet: no sector is ready.", {}), *_nearest(words)]
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
        tied = [one for one in ready[1:] if abs(first.priority - one.priority) <= TIE]
        if tied:
            parts["others"] = some([one.contender.title for one in tied])
            have = "has" if len(tied) == 1 else "have"
            text += f" {{others}} {have} the same; the better economic rank decides, then the code."
    return [say(text, parts), _a_year(words)]


def _a_year(words: Words) -> Sentence:
    """Return how many partnerships are launched a year."""
    parts: Parts = {
        "start": words.fact("start", "count-word", PARTNERSHIPS),
        "capacity": words.fact("capacity", "count"),
        "span": words.fact("years", "count", YEARS),
    }
    if words.order.settings.years == 1:
        text = "The plan looks {span} ahead: {start} is launched."
    elif words.order.settings.capacity == 1:
        text = "Each year {start} is launched: a small team that carries more wears out."
    else:
        text = "In the first year {start} is launched, after that at most {capacity} a year."
    return say(text, parts)


def _nearest(words: Words) -> list[Sentence]:
    """Return what to prepare where none is ready."""
    near = words.order.of("prepare")
    if not near:
        return []
    parts: Parts = {"title": near[0].contender.title}
    if len(near) == 1:
        text = "Prepare {title}, then plan again: people can make no other sector ready."
        return [say(text, parts)]
    own = words.priority(near[0])
    parts |= {**own.parts, "count": words.fact("count.prepare", "count")}
    text = "Prepare {title}, then plan again: of {count} that people can make ready it has "
    return [say(f"{text}the highest priority, {own.template}.", parts)]


def who_convenes(words: Words) -> list[Sentence]:
    """Return who convenes the first, and for how long."""
    first = words.order.first
    if first is None:
        return []
    span = words.fact("convener_years", "count", YEARS)
    text = "A convener carries a single sector at a time, for {span}"
    if words.order.settings.convener_years > 1:
        text += ": to bring employers together takes time, the more so where they are far apart"
    return [_convenes(first), say(f"{text}.", {"span": span})]


def _convenes(entry: Entry) -> Sentence:
    """Return who convenes a sector, or that somebody must be found."""
    parts: Parts = {"title": entry.contender.title, "name": entry.convener}
    if not entry.convener:
        text = "Nobody is named as convener of {title}: somebody must be found before it starts."
        return say(text, {"title": entry.contender.title})
    others = [name for name in entry.contender.conveners if name != entry.convener]
    if not others:
        return say("{name} convenes {title}.", parts)
    return say("{name} convenes {title} (also named: {others}).", {**parts, "others": some(others)})
