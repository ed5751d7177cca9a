"""The models of the readiness scorecard: its questions, their weights and described levels."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from sectorscan.config.criteria import Strict
from sectorscan.config.fields import Number, Problem, Text, Weight, refuse

LEVELS = (0, 1, 2, 3, 4)
MOST_QUESTIONS = 40
"""A scorecard that nobody would fill in is no scorecard."""

LevelName = Literal["0", "1", "2", "3", "4"]
_NAMES: tuple[LevelName, ...] = ("0", "1", "2", "3", "4")
_LEVEL_BELOW_TOP = Annotated[Number, Field(ge=0, lt=max(LEVELS))]


def _check_levels(levels: dict[LevelName, str]) -> dict[LevelName, str]:
    missing = [str(level) for level in LEVELS if str(level) not in levels]
    remedy = "Say in a sentence what each level from 0 to 4 means."
    problems = [Problem((level,), "is missing", remedy) for level in missing]
    return refuse(*problems) if problems else levels


LevelTexts = Annotated[dict[LevelName, Text], AfterValidator(_check_levels)]
"""What each level means: it is read where the level is chosen."""


class QuestionConfig(Strict):
    """One question of the scorecard."""

    title: Text = Field(description="The question's short name.")
    weight: Weight = Field(
        description="Its share of the readiness score: any number, only the proportions count."
    )
    question: Text = Field(description="What raters are asked, as a full sentence.")
    evidence: Text = Field(description="What counts as evidence for an answer.")
    ask: Text = Field(description="Whom to ask.")
    levels: LevelTexts = Field(
        description='What each level means, "0" to "4", in a sentence each: it is read where the'
        " level is chosen."
    )
    blocks_launch_at: _LEVEL_BELOW_TOP | None = Field(
        default=None,
        description="A sector whose level is this or lower, or unknown, is never launched.",
    )

    @property
    def texts(self) -> tuple[str, ...]:
        """What the levels mean, from level 0 on."""
        return tuple(self.levels[level] for level in _NAMES)


def _check_questions(questions: dict[str, QuestionConfig]) -> dict[str, QuestionConfig]:
    if not questions:
        refuse(Problem((), "has no question left", "Keep one, or write one of your own."))
    if len(questions) > MOST_QUESTIONS:
        what = f"has {len(questions)} questions, more than the {MOST_QUESTIONS} allowed"
        refuse(Problem((), what, "Nobody would answer them all: keep those that matter."))
    if not any(question.weight > 0 for question in questions.values()):
        refuse(Problem((), "has weights that are all 0", "Give one question a weight."))
    return questions


def _as_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            pass
    return refuse(Problem((), "must be a date", "Write year-month-day, such as 2026-11-22."))


def _paths(value: object) -> object:
    if isinstance(value, list | tuple) and not value:
        refuse(Problem((), "is an empty list", "Name a file, or take the key away."))
    if isinstance(value, str) and not value.strip():
        refuse(Problem((), "is empty", "Name a file, or take the key away."))
    return (value,) if isinstance(value, str) else value


_ONE_OR_MANY = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ]
}

Scorecard = Annotated[dict[Text, QuestionConfig], AfterValidator(_check_questions)]
Questions = Mapping[str, QuestionConfig]
"""A scorecard as the stages pass it on: each question by its id, in the order of the workbook."""
Day = Annotated[
    dt.date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})
]
Paths = Annotated[tuple[Text, ...], BeforeValidator(_paths), WithJsonSchema(_ONE_OR_MANY)]
