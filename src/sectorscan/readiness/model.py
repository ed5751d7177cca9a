"""What raters said of each sector: one immutable object each, unrounded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sectorscan.config.scorecard import LEVELS, Questions
from sectorscan.errors import Finding
from sectorscan.tables.model import InputFile

APART = 2
"""Raters whose levels lie this far apart should talk about the question."""


@dataclass(frozen=True, slots=True, order=True)
class Rating:
    """One rater's answer to one question about one sector.

    ``level`` is None where the rater says that it isn't known. ``place`` is where it stands:
    ``scorecard.xlsx: 332 Fabricated Metal!E12``.
    """

    sector: str
    question: str
    rater: str
    date: dt.date
    level: int | None
    evidence: str
    place: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All raters' answers to one question about one sector.

    ``level`` is the mean of the known levels, 0 to 4, None where nobody knows or nobody was asked;
    ``stale`` says that every known one is more than twelve months old.
    """

    question: str
    weight: float
    ratings: tuple[Rating, ...]
    level: float | None
    stale: bool

    @property
    def levels(self) -> tuple[int, ...]:
        """The known levels, from the lowest on."""
        return tuple(sorted(r.level for r in self.ratings if r.level is not None))

    @property
    def spread(self) -> int:
        """How many levels the raters lie apart."""
        return self.levels[-1] - self.levels[0] if self.levels else 0

    @property
    def discuss(self) -> bool:
        """Whether they lie so far apart that they should talk about it."""
        return self.spread >= APART


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha for ordinal levels; ``why_not`` says why it is None.

    ``compared`` counts the questions that two raters or more gave a level.
    """

    alpha: float | None
    compared: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SectorReadiness:
    """One sector's scorecards together.

    ``score`` is 0-100, None where no question has a level; ``coverage`` and ``stale_share`` are
    shares of the questions' weight: with a level, and with stale levels alone. ``answers`` has
    every question of the scorecard, in its order. ``conveners`` are the names that raters wrote
    down for a convener.
    """

    sector: str
    title: str
    answers: tuple[Answer, ...]
    score: float | None
    coverage: float
    stale_share: float
    raters: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    agreement: Agreement
    conveners: tuple[str, ...] = ()

    def answer(self, question: str) -> Answer:
        """Return one question's answer.

        Raises
        ------
        KeyError
            Where the scorecard has no such question.
        """
        for one in self.answers:
            if one.question == question:
                return one
        raise KeyError(question)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every sector that some workbook has a sheet of, by id; nothing of a workbook's own order.

    ``as_of`` is the day from which ratings are looked back on, None where nobody rated anything.
    ``findings`` are cautions and notes about the workbooks; ``questions`` those of the config.
    ``synthetic`` says that some were made from the synthetic sample; ``left_out`` which of those
    weren't counted, beside real figures.
    """

    questions: Questions
    sectors: Mapping[str, SectorReadiness]
    raters: tuple[str, ...]
    agreement: Agreement
    as_of: dt.date | None
    inputs: tuple[InputFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    synthetic: bool = False
    left_out: Finding | None = None


def score_of(answers: tuple[Answer, ...]) -> tuple[float | None, float]:
    """Return the readiness score, 0-100, and the share of the weight that it rests on.

    Sum of weight times level/4 over the questions with a level, divided by their weights, times
    100. None where they weigh nothing.
    """
    total = sum(one.weight for one in answers)
    known = [(one.weight, one.level) for one in answers if one.level is not None]
    weight = sum(each for each, _ in known)
    if weight <= 0:
        return None, 0.0
    score = 100 * sum(each * level for each, level in known) / (max(LEVELS) * weight)
    return min(max(score, 0.0), 100.0), weight / total
