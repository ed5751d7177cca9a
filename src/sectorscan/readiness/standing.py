"""Where a sector stands on both axes, and what it lacks for the next tier up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sectorscan.config.scorecard import LEVELS, Questions
from sectorscan.readiness.model import Answer, Readiness, SectorReadiness, score_of
from sectorscan.scoring.model import Ranking, Tier
from sectorscan.scoring.tiers import FAIR, STRONG, reaches, tier

Kind = Literal["rate", "raise", "hold", "score"]
TOP = max(LEVELS)
TIE = 1e-12
"""Ways that add as much as each other, but for rounding."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is lacking for the next tier.

    ``kind`` is ``rate`` (a question that nobody could answer, with the level ``to`` that it needs),
    ``raise`` (a question's level, from ``level`` to ``to``), ``hold`` (a gate must open) or
    ``score`` (the economic score, from ``level`` to ``to``). ``adds`` are points of the readiness
    score, the other answers held, the unknown ones at the level that they need; ``blocks`` says
    that without it no sector is launched, whatever its scores.
    """

    kind: Kind
    question: str = ""
    level: float = math.nan
    to: float = math.nan
    adds: float = math.nan
    blocks: bool = False

    @property
    def address(self) -> str:
        """What its numbers are called in the result: ``question.champions``, ``economic``."""
        return f"question.{self.question}" if self.question else "economic"


@dataclass(frozen=True, slots=True)
class Standing:
    """A sector's tier, the next one up, and the steps to it, those of least effort first.

    ``blocked_by`` are the questions that keep it from being launched. ``after`` is the readiness
    score once every level is as ``steps`` say, NaN where nothing is rated.
    """

    readiness: SectorReadiness | None
    tier: Tier | None
    next_tier: Tier | None
    steps: tuple[Step, ...]
    blocked_by: tuple[str, ...]
    after: float

    def number(self, name: str) -> float:
        """Return a number by its name in the result, NaN where it isn't known.

        ``score``, ``coverage``, ``raters``, ``stale_share``, ``alpha``, ``after``;
        ``economic.level`` and ``.to``; ``question.champions.level``, ``.to``, ``.adds``,
        ``.spread`` and ``.weight``.

        Raises
        ------
        KeyError
            Where there is no such number.
        """
        if name == "after":
            return self.after
        own = self.readiness
        if name in ("score", "coverage", "raters", "stale_share", "alpha"):
            return math.nan if own is None else _number(own, name)
        of, _, what = name.rpartition(".")
        for step in self.steps:
            if step.address == of and what in ("level", "to", "adds"):
                return float(getattr(step, what))
        if own is not None and of and what in ("level", "weight", "spread"):
            value = getattr(own.answer(of.removeprefix("question.")), what)
            return math.nan if value is None else float(value)
        raise KeyError(name)


def _number(readiness: SectorReadiness, name: str) -> float:
    values = {
        "score": readiness.score,
        "coverage": readiness.coverage,
        "raters": len(readiness.raters),
        "stale_share": readiness.stale_share,
        "alpha": readiness.agreement.alpha,
    }
    value = values[name]
    return math.nan if value is None else float(value)


def assess(ranking: Ranking, readiness: Readiness) -> tuple[Ranking, Mapping[str, Standing]]:
    """Return the ranking with each sector's tier from both axes, and every sector's standing."""
    found = standings(ranking, readiness)
    return replace(ranking, tier=tuple(one.tier for one in found.values())), found


def standings(ranking: Ranking, readiness: Readiness) -> Mapping[str, Standing]:
    """Return each candidate's standing by its id, in the ranking's order of sectors."""
    found = {}
    for place, sector in enumerate(ranking.indicators.sectors):
        held = any(gate.effect == "hold" and gate.triggered for gate in ranking.gates[place])
        found[sector.id] = standing(
            float(ranking.score[place]) if ranking.exclusion[place] is None else None,
            readiness.sectors.get(sector.id),
            readiness.questions,
            held=held,
        )
    return found


def standing(
    economic: float | None,
    readiness: SectorReadiness | None,
    questions: Questions,
    *,
    held: bool = False,
) -> Standing:
    """Return one sector's tier and what it lacks; ``economic`` is None for an unranked sector."""
    score = None if readiness is None else readiness.score
    blocked = () if readiness is None else blocking(readiness, questions)
    if economic is None:
        return Standing(readiness, None, None, (), blocked, math.nan)
    here = tier(economic, score, blocked=held or bool(blocked))
    goal = _next(here)
    if readiness is None or score is None:
        unrated = () if readiness is None else _to_rate(readiness, questions, all_of_them=True)
        return Standing(readiness, here, goal, unrated, blocked, math.nan)
    if goal is None:
        return Standing(readiness, here, goal, (), blocked, score)
    levels, after = _levels(readiness, questions, blocked if goal == "launch" else ())
    gate = (Step("hold", blocks=True),) if goal == "launch" and held else ()
    steps = (*levels, *_economic(economic, goal), *gate)
    return Standing(readiness, here, goal, steps, blocked, after)


def blocking(readiness: SectorReadiness, questions: Questions) -> tuple[str, ...]:
    """Return the questions whose level, or whose lack of one, keeps a sector from being launched.

    By the shipped scorecard: champions at most 1, convener 0, either unknown.
    """
    return tuple(
        name
        for name, question in questions.items()
        if question.blocks_launch_at is not None
        and ((level := readiness.answer(name).level) is None or level <= question.blocks_launch_at)
    )


def _next(here: Tier) -> Tier | None:
    """Return the next tier up; None at the top, and where nothing is rated yet."""
    if here in ("launch", "economic case only"):
        return None
    if here in ("prepare", "support"):
        return "launch"
    return "support"


def _economic(economic: float, goal: Tier) -> tuple[Step, ...]:
    bound = STRONG if goal == "launch" else FAIR
    return () if reaches(economic, bound) else (Step("score", level=economic, to=bound),)


def _levels(
    readiness: SectorReadiness, questions: Questions, blocked: tuple[str, ...]
) -> tuple[tuple[Step, ...], float]:
    """Return what raters can change, least effort first, and the readiness score once it is done.

    ``blocked`` are the questions that must rise above what blocks a launch. The unknown ones among
    them are taken to lie at the level that they need: were it left open, the answer itself could
    bring the score below what the other steps reach.
    """
    floors = {name: _needed(questions[name].blocks_launch_at) for name in blocked}
    unknown = [step for step in _to_rate(readiness, questions) if step.question in floors]
    supposed = tuple(
        replace(one, level=floors[one.question])
        if one.level is None and one.question in floors
        else one
        for one in readiness.answers
    )
    raised, after = climb(supposed, STRONG, floors)
    to = {step.question: step.to for step in raised}
    found = {step.question for step in unknown}
    return (
        *(replace(step, to=to.get(step.question, step.to)) for step in unknown),
        *_in_order([step for step in raised if step.question not in found], blocked),
    ), after


def _to_rate(
    readiness: SectorReadiness, questions: Questions, *, all_of_them: bool = False
) -> tuple[Step, ...]:
    """Return the unanswered questions that must be answered, the weightiest first."""
    unknown = [
        Step("rate", name, to=_needed(question.blocks_launch_at), blocks=is_needed)
        for name, question in questions.items()
        if readiness.answer(name).level is None
        and ((is_needed := question.blocks_launch_at is not None) or all_of_them)
    ]
    return tuple(sorted(unknown, key=lambda one: (not one.blocks, -questions[one.question].weight)))


def _needed(bound: float | None) -> float:
    return math.nan if bound is None else math.floor(bound) + 1.0


def effort(level: float, to: float) -> int:
    """Return the effort of raising a level, in tenths: a step to level 1 costs 10, to level 4 40.

    First commitments are easier to get than funded posts. A part of a step, as from a mean of 2.5
    to 3, costs that part. Whole tenths keep the number of different efforts small.
    """
    steps = range(math.floor(level) + 1, int(to) + 1)
    return round(10 * math.fsum(step * min(1.0, step - level) for step in steps))


@dataclass(frozen=True, slots=True)
class _Way:
    """Some steps, the effort of all together, and the points that they add."""

    cost: int
    gain: float
    steps: tuple[Step, ...]


def climb(
    answers: Sequence[Answer], bound: float, floors: Mapping[str, float]
) -> tuple[tuple[Step, ...], float]:
    """Return the steps of least effort in all that take the score to a bound, and the score then.

    ``floors`` are levels that questions must reach whatever they add. Of several ways with the
    same effort the one that adds most is taken. Solved exactly: the most that can be added for
    each effort, question by question. A bound of more than 100 can't be reached: every step counts.
    """
    score, _ = score_of(tuple(answers))
    if score is None:
        return (), math.nan
    known = [one for one in answers if one.level is not None]
    weight = math.fsum(one.weight for one in known)
    best = [_Way(0, 0.0, ())]
    for answer in known:
        ways = _ways(answer, weight, floors.get(answer.question, 0.0))
        best = _worth_it(_together(best, ways), bound - score)
    return best[-1].steps, score + best[-1].gain


def _ways(answer: Answer, weight: float, floor: float) -> list[Step | None]:
    """Return how a question can be raised, None for not at all."""
    level = answer.level or 0.0
    lowest = max(math.floor(level) + 1, int(floor))
    left_alone: list[Step | None] = [] if floor > level else [None]
    return left_alone + [
        Step(
            "raise", answer.question, level, to, 100 * answer.weight * (to - level) / (TOP * weight)
        )
        for to in range(lowest, TOP + 1)
    ]


def _together(best: Sequence[_Way], ways: Sequence[Step | None]) -> list[_Way]:
    """Return every way with one more question raised or not, the cheapest first."""
    efforts = [0 if step is None else effort(step.level, step.to) for step in ways]
    found = [
        way if step is None else _Way(way.cost + cost, way.gain + step.adds, (*way.steps, step))
        for way in best
        for step, cost in zip(ways, efforts, strict=True)
    ]
    return sorted(found, key=lambda way: (way.cost, -way.gain))


def _worth_it(ways: Sequence[_Way], needed: float) -> list[_Way]:
    """Return the ways that add more than every cheaper one, up to the first that adds enough."""
    found: list[_Way] = []
    for way in ways:
        if not found or way.gain > found[-1].gain + TIE:
            found.append(way)
            if reaches(way.gain, needed):
                break
    return found


def _in_order(steps: Sequence[Step], blocked: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the steps, least effort first, then what adds most."""
    marked = [replace(step, blocks=step.question in blocked) for step in steps]
    return tuple(
        sorted(marked, key=lambda one: (effort(one.level, one.to), -one.adds, one.question))
    )
