"""Tiers and what blocks them as a table, and what is lacking for the next tier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.config.loader import load_config
from sectorscan.readiness.agreement import agreement
from sectorscan.readiness.model import Answer, SectorReadiness, score_of
from sectorscan.readiness.standing import effort, standing

QUESTIONS = load_config().config.scorecard
NAMES = list(QUESTIONS)


def sector(levels=None, questions=QUESTIONS, **by_name):
    """Return a sector whose questions have these mean levels (one for all, and by name)."""
    answers = tuple(
        Answer(name, asked.weight, (), by_name.get(name, levels), False)
        for name, asked in questions.items()
    )
    score, coverage = score_of(answers)
    return SectorReadiness("332", "Metal", answers, score, coverage, 0.0, ("A",), None, None,
                           agreement(()))  # fmt: skip


FULL = {"champions": 3, "convener": 3}


@pytest.mark.parametrize(
    ("economic", "levels", "held", "tier", "blocked_by"),
    [
        # Both axes, with people: 2.4 of 4 is 60.
        (60, {}, False, "launch", ()),
        (80, {"levels": 4}, False, "launch", ()),
        (80, {"levels": 2.4, "champions": 2.4, "convener": 2.4}, False, "launch", ()),
        (59.9, {}, False, "support", ()),
        (40, {}, False, "support", ()),
        (39.9, {}, False, "monitor", ()),
        (80, {"levels": 1, "champions": 2, "convener": 2}, False, "prepare", ()),
        (50, {"levels": 1, "champions": 2, "convener": 2}, False, "monitor", ()),
        # Champions at most 1.
        (80, {"champions": 1}, False, "prepare", ("champions",)),
        (80, {"champions": 0}, False, "prepare", ("champions",)),
        (80, {"champions": 4 / 3}, False, "launch", ()),
        # No convener.
        (80, {"convener": 0}, False, "prepare", ("convener",)),
        (80, {"convener": 1 / 3}, False, "launch", ()),
        # Either unknown: not 0, but no launch.
        (80, {"champions": None}, False, "prepare", ("champions",)),
        (80, {"convener": None}, False, "prepare", ("convener",)),
        (80, {"champions": None, "convener": 0}, False, "prepare", ("champions", "convener")),
        # Exactly at a bound, and off it by the rounding of a sum, or by more.
        (60 - 1e-12, {}, False, "launch", ()),
        (60 - 1e-8, {}, False, "support", ()),
        (40 - 1e-12, {}, False, "support", ()),
        (40 - 1e-8, {}, False, "monitor", ()),
        (80, {"levels": 2.4 - 1e-14}, False, "launch", ()),
        (80, {"levels": 2.4 - 1e-8, "champions": 2.4, "convener": 2.4}, False, "prepare", ()),
        (80, {"champions": 1 + 1e-12}, False, "launch", ()),
        (80, {"convener": 1e-12}, False, "launch", ()),
        # Hardly anything is known: what is known counts.
        (80, {"levels": None, "champions": 4, "convener": 4}, False, "launch", ()),
        (80, {"levels": None, "early_win": 4}, False, "prepare", ("champions", "convener")),
        (50, {"levels": None, "early_win": 4}, False, "support", ("champions", "convener")),
        # A hold.
        (80, {}, True, "prepare", ()),
        (50, {}, True, "support", ()),
        # Blocking changes no other tier.
        (50, {"champions": 0, "levels": 4}, False, "support", ("champions",)),
    ],
)
def test_tiers(economic, levels, held, tier, blocked_by):
    found = standing(economic, sector(**{"levels": 3, **levels}), QUESTIONS, held=held)
    assert (found.tier, found.blocked_by) == (tier, blocked_by)


def test_nobody_rated_is_the_economic_case_only():
    for readiness in (None, sector()):
        found = standing(90.0, readiness, QUESTIONS)
        assert (found.tier, found.next_tier) == ("economic case only", None)
    assert standing(None, sector(levels=4), QUESTIONS).tier is None


def test_a_question_of_ones_own_may_block_and_one_taken_away_doesnt():
    mine = dict(QUESTIONS)
    del mine["champions"]
    mine["early_win"] = mine["early_win"].model_copy(update={"blocks_launch_at": 2})
    assert standing(80, sector(3, mine, early_win=2), mine).blocked_by == ("early_win",)
    assert standing(80, sector(3, mine), mine).tier == "launch"


@pytest.mark.parametrize(
    ("economic", "levels", "held", "goal", "kinds"),
    [
        (80, {"levels": 3}, False, None, []),
        (80, {"levels": 3, "champions": 1}, False, "launch", ["raise champions"]),
        (80, {"levels": 3, "champions": None}, False, "launch", ["rate champions"]),
        (80, {"levels": 3}, True, "launch", ["hold"]),
        (50, {"levels": 3, "convener": 0}, False, "launch", ["raise convener", "score"]),
        (50, {"levels": 3}, False, "launch", ["score"]),
        (30, {"levels": 3}, False, "support", ["score"]),
    ],
)
def test_what_is_lacking(economic, levels, held, goal, kinds):
    found = standing(economic, sector(**levels), QUESTIONS, held=held)
    assert found.next_tier == goal
    assert [f"{step.kind} {step.question}".strip() for step in found.steps] == kinds


def test_what_blocks_is_marked_and_least_effort_comes_first():
    found = standing(80, sector(levels=2, champions=1, convener=0), QUESTIONS)
    marked = {step.question for step in found.steps if step.blocks}
    assert marked == {"champions", "convener"}
    efforts = [effort(step.level, step.to) for step in found.steps]
    assert efforts == sorted(efforts)
    assert found.steps[0].question == "convener"
    assert found.after >= 60


def test_monitor_with_weak_economy_lacks_both():
    found = standing(30, sector(levels=2), QUESTIONS)
    assert found.next_tier == "support"
    assert found.steps[-1].kind == "score"
    assert found.steps[-1].to == 40
    assert {step.kind for step in found.steps[:-1]} == {"raise"}


@given(st.lists(st.sampled_from([None, 0, 1, 2, 3, 4]), min_size=9, max_size=9))
def test_the_score_lies_in_0_to_100_and_unknown_is_not_0(levels):
    answers = tuple(
        Answer(name, QUESTIONS[name].weight, (), level, False)
        for name, level in zip(NAMES, levels, strict=True)
    )
    score, coverage = score_of(answers)
    known = [
        (QUESTIONS[n].weight, lv) for n, lv in zip(NAMES, levels, strict=True) if lv is not None
    ]
    if not known:
        assert (score, coverage) == (None, 0.0)
        return
    assert 0 <= score <= 100
    assert score == pytest.approx(25 * sum(w * lv for w, lv in known) / sum(w for w, _ in known))
    assert coverage == pytest.approx(sum(w for w, _ in known) / 100)
    zeros = tuple(a if a.level is not None else Answer(a.question, a.weight, (), 0.0, False)
                  for a in answers)  # fmt: skip
    assert score_of(zeros)[0] <= score + 1e-12
