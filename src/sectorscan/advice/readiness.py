"""Readiness in words: how ready raters find a sector, and what it lacks for the next tier up."""

from __future__ import annotations

from collections.abc import Callable

from sectorscan.advice.facts import Parts, SectorFacts, say
from sectorscan.advice.gates import tests
from sectorscan.advice.model import Fact, Sentence
from sectorscan.advice.wording import Clause, joined
from sectorscan.config.scorecard import Questions
from sectorscan.readiness.model import SectorReadiness
from sectorscan.readiness.standing import Standing, Step
from sectorscan.scoring.positions import TIE

RATERS = ("rater", "raters")
LEVELS = ("level", "levels")
POINTS = ("point", "points")
WHOLE = 1 - 1e-9
LITTLE = 0.7
"""A readiness score that rests on a smaller share of the weight is said to, as for coverage."""


def readiness(facts: SectorFacts, questions: Questions) -> tuple[Sentence, ...]:
    """Return how ready raters find the sector; nothing without scorecards."""
    standing = facts.standing
    if standing is None:
        return ()
    own = standing.readiness
    if own is None or own.score is None:
        return (say("Nobody has rated its readiness: this is the economic case only.", {}),)
    parts: Parts = {
        "score": facts.fact("readiness.score", "score"),
        "raters": facts.fact("readiness.raters", "count", RATERS),
        "coverage": facts.fact("readiness.coverage", "share"),
    }
    few = "only " if own.coverage < LITTLE else ""
    rest = f"; {few}{{coverage}} of the weight has a level" if own.coverage < WHOLE else ""
    sentences = [say(f"Readiness score {{score}}, by {{raters}}{rest}.", parts)]
    sentences += _blocked(standing, questions)
    sentences += doubts(
        own, questions, lambda name, unit, noun: facts.fact(f"readiness.{name}", unit, noun)
    )
    return tuple(sentences)


def doubts(
    own: SectorReadiness,
    questions: Questions,
    fact: Callable[[str, str, tuple[str, str] | None], Fact],
) -> list[Sentence]:
    """Return where raters lie apart and which share of the ratings is old.

    ``fact`` gives the fact of a name in the standing, its unit and its noun.
    """
    said = []
    asked = [one.question for one in own.answers if one.discuss]
    if asked:
        on = [
            Clause(
                "{title} ({spread})",
                {
                    "title": questions[name].title,
                    "spread": fact(f"question.{name}.spread", "count", LEVELS),
                },
            )
            for name in asked
        ]
        said.append(joined(on).sentence("Raters lie apart on ", ": they should talk about it."))
    if own.stale_share >= 1 - TIE:
        said.append(say("All of its ratings are more than a year old: ask again.", {}))
    elif own.stale_share > 0:
        text = "Ratings of {share} of the weight are more than a year old: ask again."
        said.append(say(text, {"share": fact("stale_share", "share", None)}))
    return said


def is_blocked(standing: Standing) -> bool:
    """Return whether questions keep it from being launched, where its scores would let it."""
    return bool(standing.blocked_by) and standing.tier in ("prepare", "support")


def _blocked(standing: Standing, questions: Questions) -> list[Sentence]:
    """Say which questions keep it from being launched."""
    if not is_blocked(standing):
        return []
    own = standing.readiness
    low = [q for q in standing.blocked_by if own and own.answer(q).level is not None]
    unknown = [q for q in standing.blocked_by if q not in low]
    clauses = [
        ("the level of " if len(names) == 1 else "the levels of ")
        + " and ".join(questions[name].title for name in names)
        + (" is " if len(names) == 1 else " are ")
        + word
        for names, word in ((low, "too low"), (unknown, "not known"))
        if names
    ]
    return [say("It can't be launched, because {why}.", {"why": " and ".join(clauses)})]


def lacking(facts: SectorFacts, questions: Questions) -> tuple[Sentence, ...]:
    """Return what the sector lacks for the next tier up, least effort first."""
    if facts.standing is None or facts.standing.next_tier is None:
        return ()
    return tuple(_step(facts, step, questions) for step in facts.standing.steps)


def _step(facts: SectorFacts, step: Step, questions: Questions) -> Sentence:
    address = f"readiness.{step.address}"
    must = " Without it no launch." if step.blocks else ""
    if step.kind == "hold":
        held = [
            joined(tests(facts, gate, outcome))
            for gate, outcome in enumerate(facts.ranking.gates[facts.place])
            if outcome.effect == "hold" and outcome.triggered
        ]
        return joined(held, last="; ", between="; ").sentence(
            "What holds it back from launch must change: "
        )
    if step.kind == "score":
        return say(
            "The economic score must rise from {level} to {to}: figures decide that, not raters.",
            {
                "to": facts.fact(f"{address}.to", "score"),
                "level": facts.fact(f"{address}.level", "score", against=step.to),
            },
        )
    title = questions[step.question].title
    parts: Parts = {
        "title": title,
        "to": facts.fact(f"{address}.to", "level"),
        "text": questions[step.question].texts[int(step.to)].rstrip("."),
    }
    if step.kind == "rate":
        text = "{title}: nobody could rate it; find out whether it is at level {to}"
        above = " or above" if step.to < len(questions[step.question].texts) - 1 else ""
        return say(f"{text}{above} ({{text}}).{must}", parts)
    parts |= {
        "level": facts.fact(f"{address}.level", "level"),
        "adds": facts.fact(f"{address}.adds", "points", POINTS),
    }
    text = "{title}, from level {level} to {to} ({text}): adds {adds} of readiness."
    return say(text + must, parts)
