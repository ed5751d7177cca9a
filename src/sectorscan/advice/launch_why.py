"""Why the first launch is the first, in words: its priority, what is higher, what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping

from sectorscan.advice.facts import Parts, say
from sectorscan.advice.launch_first import MOST, POINTS, Words
from sectorscan.advice.launch_model import LITTLE, Entry
from sectorscan.advice.model import Sentence
from sectorscan.advice.readiness import doubts
from sectorscan.advice.wording import Clause, joined, listed
from sectorscan.scoring.positions import TIE
from sectorscan.scoring.tiers import STRONG, reaches

_TERMS: Mapping[str, tuple[str, str]] = {
    "economic": ("the economic score ({value})", "score"),
    "readiness": ("readiness ({value})", "score"),
    "p_top": ("how sure its place on the shortlist is ({value} of the draws)", "chance"),
}
_REASONS: Mapping[str, str] = {
    "early_win": "employers who soon see results stay",
    "support_team": "the same few people carry every partnership",
    "critical_mass": "enough employers must be willing to come, even if they are far apart",
    "landscape": "employers who are asked by many grow tired",
}
"""Why the order weighs a question of the scorecard that counts in the readiness score already."""


def why_it(words: Words) -> list[Sentence]:
    """Return what its priority is made of, how far it is ahead, and what is higher, not ready."""
    near = words.order.of("prepare")
    first = words.order.first or (near[0] if near else None)
    if first is None:
        return []
    said = [_made_of(words, first), *_weighed(words, first)]
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
    return [*said, *_against(words, first), *_in_doubt(words, first)]


def why_in_short(words: Words) -> list[Sentence]:
    """Return what its priority is made of, and on what doubtful ratings that rests."""
    near = words.order.of("prepare")
    first = words.order.first or (near[0] if near else None)
    return [] if first is None else [_made_of(words, first), *_in_doubt(words, first)]


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


def _weighed(words: Words, first: Entry) -> list[Sentence]:
    """Return why its priority weighs questions that are in the readiness score already."""
    reasons = [
        f"{words.asked(term.name)} ({_REASONS[term.name]})"
        for term in first.terms
        if term.name in _REASONS
    ]
    if not reasons:
        return []
    return [say("Beside the scores it counts {reasons}.", {"reasons": listed(reasons)})]


def _against(words: Words, first: Entry) -> list[Sentence]:
    """Return how far it is ahead, and what has a higher priority but isn't ready."""
    said: list[Sentence] = []
    ready = words.order.of("launch")
    if not ready:
        return said
    if len(ready) > 1 and ready[0].priority - ready[1].priority > TIE:
        parts: Parts = {
            "behind": words.of(ready[1], "behind", "points", POINTS),
            "other": ready[1].contender.title,
        }
        said.append(say("That is {behind} more than {other}, the next that is ready.", parts))
    higher = [
        one
        for one in words.order.entries
        if one.priority - first.priority > TIE and one.stage != "launch"
    ]
    for one in higher[:MOST]:
        why = _not_ready(words, one)
        parts = {
            **why.parts,
            "title": one.contender.title,
            "priority": words.of(one, "priority", "points", POINTS),
        }
        said.append(say(f"{{title}} has a higher priority, {{priority}}, but {why.template}.",
                        parts))  # fmt: skip
    return said


def _not_ready(words: Words, one: Entry) -> Clause:
    """Return what keeps a sector from being launched."""
    own = one.contender
    if own.held:
        return Clause("a gate holds it back", {})
    if own.unknown:
        names = listed([words.asked(name) for name in own.unknown])
        return Clause("nobody could rate {names}", {"names": names})
    low = [
        Clause(f"{text} {{{name}}} is too low", {name: words.of(one, name, "score")})
        for name, text in (("economic", "its economic score of"), ("readiness", "its readiness of"))
        if not reaches(own.values[name], STRONG)
    ]
    if own.blocked_by:
        names = listed([words.asked(name) for name in own.blocked_by])
        low.append(Clause("its launch is blocked by {names}", {"names": names}))
    return joined(low)


def _in_doubt(words: Words, first: Entry) -> list[Sentence]:
    """Return on how little its readiness rests, where raters differ, and what is old."""
    said = []
    if first.contender.coverage < LITTLE:
        parts: Parts = {"coverage": words.of(first, "coverage", "share")}
        said.append(say("Its readiness rests on only {coverage} of the weight.", parts))
    standing = first.contender.standing
    if standing is None or standing.readiness is None:
        return said
    return said + doubts(
        standing.readiness,
        words.questions,
        lambda name, unit, noun: words.of(first, f"readiness.{name}", unit, noun),
    )
