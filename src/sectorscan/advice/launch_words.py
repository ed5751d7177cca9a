"""The plan in words: which first, why it, who convenes, what next, what not yet.

Every number is a fact of the plan: ``LaunchOrder.number`` follows its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sectorscan.advice.facts import say
from sectorscan.advice.launch_first import Words, which_first, who_convenes
from sectorscan.advice.launch_later import (
    later_in_short,
    next_in_short,
    not_yet,
    only_asked,
    to_rate,
    what_next,
)
from sectorscan.advice.launch_model import LaunchOrder
from sectorscan.advice.launch_why import why_in_short, why_it
from sectorscan.advice.model import Sentence
from sectorscan.config.scorecard import Questions


@dataclass(frozen=True, slots=True)
class Told:
    """One question that a board asks of a plan, and what the plan answers."""

    question: str
    sentences: tuple[Sentence, ...]


def tell(
    order: LaunchOrder,
    questions: Questions,
    lacking: Mapping[str, Sequence[Sentence]],
    unranked: Sequence[str] = (),
) -> tuple[Told, ...]:
    """Return the plan's answers.

    ``lacking`` is what each sector lacks for the next tier up, ``unranked`` the titles of sectors
    that were rated and aren't ranked.
    """
    words = Words(order, questions, lacking, tuple(unranked))
    if not order.rated:
        return _told(
            ("Which first?", _economic_only(words)),
            ("What must be rated first?", to_rate(words)),
        )
    return _told(
        ("Which first?", which_first(words)),
        ("Why it?", why_it(words)),
        ("Who convenes?", who_convenes(words)),
        ("What next?", what_next(words)),
        ("What only needs a survey or a focus group for now?", only_asked(words)),
        ("What must be rated before it can be judged?", to_rate(words)),
        ("What not yet?", not_yet(words)),
    )


def tell_in_short(
    order: LaunchOrder, questions: Questions, lacking: Mapping[str, Sequence[Sentence]]
) -> tuple[Told, ...]:
    """Return the answers for a memo, a few sentences each; none where nobody rated a sector."""
    if not order.rated:
        return ()
    words = Words(order, questions, lacking)
    return _told(
        ("Which first?", which_first(words)[: 1 if order.first else None]),
        ("Why it?", why_in_short(words)),
        ("Who convenes?", who_convenes(words)[:1]),
        ("What next?", next_in_short(words)),
        ("What not yet?", later_in_short(words)),
    )


def _told(*answers: tuple[str, list[Sentence]]) -> tuple[Told, ...]:
    """Return the questions to which there is something to say."""
    return tuple(Told(question, tuple(said)) for question, said in answers if said)


def _economic_only(words: Words) -> list[Sentence]:
    best = words.order.entries[:1]
    said = [
        say(
            "Nobody has rated readiness, so this is an economic order only: it can't be said which "
            "sector is ready, when it could start, or who would convene it.",
            {},
        )
    ]
    said += [
        say(
            "{title} has the best economic score, {economic}; that alone is no reason to start.",
            {"title": one.contender.title, "economic": words.of(one, "economic", "score")},
        )
        for one in best
    ]
    return said
