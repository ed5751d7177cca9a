"""Filled forms against a config: weights, and every problem with its cell."""

import numpy as np
import pytest

from sectorscan.config.models import Config, CriterionConfig, GroupConfig, Scale
from sectorscan.robustness.answers import members_of, wanted_keys
from sectorscan.robustness.board import hierarchy_of, labels_of, settle, with_weights
from sectorscan.scoring.weights import criteria_weights
from sectorscan.sources.weight_forms import COMPARED, Answer, Form


def criterion(weight=1.0):
    return CriterionConfig(weight=weight, scale=Scale(points=((0.0, 0.0), (1.0, 100.0))))


CONFIG = Config(
    criteria={
        "big": GroupConfig(weight=1, indicators={"a": criterion(3), "b": criterion(1)}),
        "good": GroupConfig(weight=1, indicators={"c": criterion(), "d": criterion(),
                                                  "e": criterion()}),
        "one": GroupConfig(weight=1, indicators={"f": criterion()}),
    }
)  # fmt: skip
HIERARCHY = hierarchy_of(CONFIG)
LABELS = labels_of(CONFIG)
POINTS = {"big": "50", "good": "30", "one": "20", "a": "60", "b": "40", "c": "50", "d": "50",
          "e": ""}  # fmt: skip
SWING = {"big": "100", "good": "50", "one": "0", "a": "100", "b": "25", "c": "100", "d": "100",
         "e": "50"}  # fmt: skip
ALIKE = "1: both alike"


def form(method, given, member="Ana", order=()):
    """Return a form with an answer for each key: of a name, or of a pair."""
    answers = {
        key: Answer(given.get(key[-1] if method != "ahp" else key[1:], ""), f"G{place}")
        for place, key in enumerate(wanted_keys(HIERARCHY, method), 10)
    }
    ordered = {key: Answer(dict(order).get(key[-1], ""), f"F{place}")
               for place, key in enumerate(answers, 10)}  # fmt: skip
    return Form("w.xlsx", member, method, member, answers, ordered)


def read(*forms):
    return members_of(forms, HIERARCHY, LABELS)


def errors(findings):
    return [str(finding) for finding in findings if finding.severity == "error"]


def test_points_are_shares_at_both_levels():
    (member,), findings = read(form("points", POINTS))
    assert not findings
    assert member.groups == pytest.approx([0.5, 0.3, 0.2])
    assert member.effective == pytest.approx([0.3, 0.2, 0.15, 0.15, 0, 0.2])


def test_a_sum_that_is_not_100_is_scaled_and_said():
    (member,), findings = read(form("points", POINTS | {"big": "70"}))
    assert member.groups == pytest.approx([70 / 120, 30 / 120, 20 / 120])
    assert [finding.severity for finding in findings] == ["caution"]
    assert (
        "w.xlsx, sheet Ana, cell G10:G12: the points of the groups add up to 120, not to 100."
        in (str(findings[0]))
    )


def test_thirds_are_no_slip():
    given = POINTS | {"c": "33.3", "d": "33.3", "e": "33.3"}
    _, findings = read(form("points", given))
    assert not findings


def test_swing_answers_are_shares_of_their_sum():
    (member,), findings = read(form("swing", SWING))
    assert not findings
    assert member.groups == pytest.approx([2 / 3, 1 / 3, 0])
    assert member.inside[0] == pytest.approx([0.8, 0.2])


def test_swing_says_where_order_and_worth_contradict():
    _, findings = read(form("swing", SWING, order={"big": "2", "good": "1"}))
    assert "the order and the worth of the groups contradict" in str(findings[0])
    assert not read(form("swing", SWING, order={"big": "1", "good": "2"}))[1]


def test_swing_below_100_is_said():
    (member,), findings = read(form("swing", SWING | {"big": "80", "good": "40"}))
    assert member.groups == pytest.approx([2 / 3, 1 / 3, 0])
    assert "the highest answer of the groups is 80, not 100" in str(findings[0])


def ahp(**changes):
    pairs = {key[1:]: ALIKE for key in wanted_keys(HIERARCHY, "ahp")}
    return pairs | {tuple(names.split("__")): text for names, text in changes.items()}


def pair(one, other, kind="group"):
    return (f"{kind}:{one}", f"{kind}:{other}")


def test_comparisons_are_the_eigenvector():
    given = ahp() | {
        pair("big", "good"): "Left, 2",
        pair("big", "one"): "Left, 6",
        pair("good", "one"): "Left, 3: moderately more",
        pair("a", "b", "criterion"): "Right, 4",
    }
    (member,), findings = read(form("ahp", given))
    assert not findings
    assert member.groups == pytest.approx([0.6, 0.3, 0.1])
    assert member.inside[0] == pytest.approx([0.2, 0.8])
    assert member.pairwise[""].ratio == pytest.approx(0, abs=1e-9)
    assert set(member.pairwise) == {"", "big", "good"}


def test_contradicting_comparisons_are_named():
    given = ahp() | {
        pair("big", "good"): "Left, 5: strongly more",
        pair("good", "one"): "Left, 5: strongly more",
        pair("big", "one"): "Right, 2",
    }
    (member,), findings = read(form("ahp", given))
    assert member.pairwise[""].ratio > 0.1
    text = str(findings[0])
    assert findings[0].severity == "caution"
    assert "the comparisons of the groups contradict each other" in text
    assert "cell G10" in text, "of three equally odd ones the first"
    assert "Big against Good, answered 5 times, where the others say 1.4 times" in text


def test_the_list_reads_from_left_to_right():
    assert list(COMPARED.values()) == sorted(COMPARED.values(), reverse=True)
    assert len(COMPARED) == 17
    assert COMPARED["Left, 9: extremely more"] == 9
    assert COMPARED["Right, 9: extremely more"] == pytest.approx(1 / 9)
    assert COMPARED[ALIKE] == 1


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("points", POINTS | {"a": "many"}, ["cell G13", "no number", "'many'"]),
        ("points", POINTS | {"a": "12,5"}, ["no number", "'12,5'"]),
        ("points", POINTS | {"a": "-5"}, ["cell G13", "can't be negative"]),
        ("points", POINTS | {"a": "1e300"}, ["more than 1,000,000"]),
        ("points", POINTS | {"a": "nan"}, ["no number"]),
        ("points", POINTS | {"a": "", "b": ""}, ["Big has weight, but none", "cell G13"]),
        ("points", POINTS | {"big": "", "good": "", "one": ""}, ["no group has points"]),
        ("swing", SWING | {"good": ""}, ["Good has no answer", "Write 0"]),
        ("swing", SWING | {"good": "120"}, ["more than 100"]),
        ("ahp", ahp() | {pair("big", "one"): ""}, ["the comparison has no answer", "cell G11"]),
        ("ahp", ahp() | {pair("big", "one"): "much more"}, ["none of the list's answers"]),
        ("ahp", {pair("a", "b", "criterion"): ALIKE}, ["the groups aren't compared"]),
    ],
)
def test_what_cannot_be_used_is_an_error_with_its_cell(method, given, words):
    members, findings = read(form(method, given))
    assert not members
    told = errors(findings)
    for word in words:
        assert any(word in text for text in told), told
    assert all("w.xlsx, sheet Ana" in text for text in told)


def test_every_problem_is_said_at_once():
    bad = form("points", POINTS | {"a": "x", "c": "-1"}, member="Ana")
    worse = form("swing", SWING | {"big": ""}, member="Ben")
    assert len(errors(read(bad, worse)[1])) == 3


def test_a_blank_sheet_is_not_counted():
    members, findings = read(form("points", {}), form("points", POINTS, member="Ben"))
    assert [member.name for member in members] == ["Ben"]
    assert [(f.severity, "isn't counted" in f.what) for f in findings] == [("note", True)]


def test_a_member_twice_is_an_error():
    members, findings = read(form("points", POINTS), form("swing", SWING, member="ANA"))
    assert len(members) == 2
    assert "'ANA' has answered already, in w.xlsx, sheet Ana" in errors(findings)[0]


def test_other_criteria_are_named():
    strange = form("points", POINTS)
    answers = dict(strange.answers)
    del answers[("criterion", "c")]
    answers[("criterion", "zz")] = Answer("5", "G40")
    told = errors(read(Form("w.xlsx", "Ana", "points", "Ana", answers))[1])
    assert len(told) == 1
    assert "asks for what the config hasn't got (zz)" in told[0]
    assert "doesn't ask for what the config has (c)" in told[0]
    assert "--config" in told[0]


def test_a_group_that_nobody_wants_keeps_its_own_shares():
    given = POINTS | {"big": "0", "good": "60", "one": "40", "a": "", "b": ""}
    members, findings = read(form("points", given), form("points", given, member="Ben"))
    assert not findings
    board = settle(HIERARCHY, members, CONFIG)
    assert board.groups == pytest.approx([0, 0.6, 0.4])
    assert board.inside[0] == pytest.approx([0.75, 0.25]), "the config's 3 to 1"
    assert board.effective.sum() == pytest.approx(1)


def test_medians_hold_the_hierarchy():
    given = [
        POINTS,
        POINTS | {"big": "20", "good": "60", "a": "10", "b": "90"},
        POINTS | {"big": "30", "good": "30", "one": "40", "a": "50", "b": "50"},
    ]
    members, _ = read(*(form("points", one, member=f"m{i}") for i, one in enumerate(given)))
    board = settle(HIERARCHY, members, CONFIG)
    assert board.groups == pytest.approx(np.array([30, 30, 20]) / 80)
    assert board.inside[0] == pytest.approx(np.array([50, 50]) / 100)
    assert board.effective == pytest.approx([30 / 160, 30 / 160, 15 / 80, 15 / 80, 0, 20 / 80])
    assert board.spread[0] == pytest.approx(np.min([m.effective for m in members], axis=0))
    config = with_weights(CONFIG, board, board.groups, board.inside)
    assert criteria_weights(config) == pytest.approx(board.effective)
    assert (
        config.criteria["big"].indicators["a"].scale == CONFIG.criteria["big"].indicators["a"].scale
    )
