"""Two sectors: differences that sum to the gap, the fewest that outweigh, what turns them round."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.robustness.exact import rankings, scores_at
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.advice.compare import comparison_sentences, resolve_pair
from sectorscan.config.models import Scale
from sectorscan.reports.words import render
from sectorscan.robustness.compare import outweighing, points, side_by_side
from sectorscan.robustness.draws import Drawing, score_blocks
from sectorscan.scoring.rank import rank

FEW = {"draws": 200, "seed": 1}


def pair_of(columns, weights, *, names=None, **more):
    """Return ranking, config and the comparison of the first two sectors."""
    config = scoring_config(weights, robustness=FEW, **more)
    ranking = rank(indicator_table(columns, names=names), config)
    return ranking, config, side_by_side(ranking, config, (0, 1)).pair


@settings(max_examples=150, deadline=None)
@given(rankings(sectors=(2, 4)))
def test_points_sum_to_the_scores_and_differences_to_the_gap(ranking):
    """Gaps, both means, all missing policies: each sector's own weights count."""
    scored = [s for s in range(len(ranking.score)) if not np.isnan(ranking.score[s])]
    given_points = points(ranking, tuple(scored))
    np.testing.assert_allclose(given_points.sum(axis=1), ranking.score[scored], atol=1e-9)
    for row, other in combinations(range(len(scored)), 2):
        gap = ranking.score[scored[row]] - ranking.score[scored[other]]
        assert (given_points[row] - given_points[other]).sum() == pytest.approx(gap, abs=1e-9)


@given(st.lists(st.sampled_from([-7.0, -3.0, -1.5, 0.0, 1.0, 2.5, 4.0, 9.0]), max_size=7))
def test_no_fewer_advantages_outweigh_and_no_so_few_sum_to_more(differences):
    given_differences = np.array(differences)
    found = outweighing(given_differences)
    ahead = [k for k, d in enumerate(differences) if d > 0]
    against = -given_differences[given_differences < 0].sum()
    sums = {
        size: max(sum(differences[k] for k in chosen) for chosen in combinations(ahead, size))
        for size in range(1, len(ahead) + 1)
    }
    enough = [size for size, most in sums.items() if most > against]
    if found is None:
        assert not enough
    elif not found:
        assert against == 0
    else:
        assert len(found) == enough[0]
        assert sum(differences[k] for k in found) == sums[enough[0]]


@settings(max_examples=60, deadline=None)
@given(rankings(sectors=(2, 3)))
def test_the_order_turns_beyond_the_turning_points_and_not_before(ranking):
    assume(len(ranking.order) >= 2)
    config = scoring_config({c.id: c.weight for c in ranking.matrix.criteria}, robustness=FEW)
    pair = side_by_side(ranking, config, ranking.order[:2]).pair
    weights = ranking.matrix.weights
    for hold in pair.reversal.weights:
        if hold.kind != "criterion" or hold.low == hold.high:
            continue
        moved = np.array([c.id == hold.id for c in ranking.matrix.criteria], dtype=float)
        rest = np.where(moved > 0, 0.0, weights)
        shares = np.linspace(hold.low, hold.high, 11)[1:-1, None]
        score = scores_at(ranking, shares * moved + (1 - shares) * rest / rest.sum())
        assert (score[:, pair.one] >= score[:, pair.other] - 1e-7).all()
        for end, step in ((hold.low, -1e-6), (hold.high, 1e-6)):
            if 0 < end < 1:
                share = end + step
                beyond = scores_at(ranking, (share * moved + (1 - share) * rest / rest.sum())[None])
                one, other = beyond[0, pair.one], beyond[0, pair.other]
                assert other > one - 1e-9 or np.isneginf(one)


def test_the_one_ahead_comes_first_whichever_is_named_first():
    columns = {"a": [20, 80], "b": [60, 50]}
    ranking, config, pair = pair_of(columns, {"a": 1, "b": 1})
    assert (pair.one, pair.other) == (1, 0)
    assert pair.gap == pytest.approx(25)
    np.testing.assert_allclose(pair.differences, [30, -5])
    assert side_by_side(ranking, config, (1, 0)).pair.one == 1


def test_what_would_turn_two_sectors_round_by_hand():
    """0.5 (80 - 20) against 0.5 (50 - 60): level where a weighs 10/70; b to 110, a to 70."""
    _, _, pair = pair_of({"a": [80, 20], "b": [50, 60]}, {"a": 1, "b": 1})
    a, b = pair.reversal.weights[:2]
    assert (a.low, a.high) == (pytest.approx(1 / 7), 1.0)
    assert (b.low, b.high) == (0.0, pytest.approx(6 / 7))
    assert [one.value for one in pair.reversal.values] == [pytest.approx(70), None]
    assert pair.reversal.least.change == pytest.approx(2 * (0.5 - 1 / 7))
    assert pair.outweighing == (0,)


def test_shares_of_draws_are_those_counted_one_by_one():
    columns = {"a": [80, 20, 60], "b": [40, 90, 60]}
    config = scoring_config({"a": 1, "b": 1}, robustness={"draws": 500, "weights": "any"})
    ranking = rank(indicator_table(columns), config)
    found = side_by_side(ranking, config, (0, 1, 2))
    blocks = list(score_blocks(ranking, config, Drawing("any", True, 500, 1, 0.25)))
    score = np.concatenate(blocks)
    for row, s in enumerate(found.sectors):
        for column, t in enumerate(found.sectors):
            ahead = (score[:, s] > score[:, t]).mean() + 0.5 * (score[:, s] == score[:, t]).mean()
            assert found.beats[row][column] == pytest.approx(ahead)
    assert found.pair is None


def test_unranked_sectors_are_compared_by_score_alone():
    columns = {"a": [80, 20], "b": [50, 60]}
    gates = [{"indicator": "a", "below": 30, "effect": "exclude"}]
    ranking, _, pair = pair_of(columns, {"a": 1, "b": 1}, names=["X", "Y"], gates=gates)
    assert (pair.reversal, pair.beats) == (None, None)
    text = " ".join(render(s) for s in comparison_sentences(ranking, pair))
    assert "X scores 65.0, Y 40.0: 25.0 points between them (Y is not ranked" in text


@settings(max_examples=60, deadline=None)
@given(rankings(sectors=(2, 4)))
def test_every_number_of_a_sentence_stands_in_the_result(ranking):
    assume(len(ranking.order) >= 2)
    config = scoring_config({c.id: c.weight for c in ranking.matrix.criteria}, robustness=FEW)
    pair = side_by_side(ranking, config, ranking.order[-2:]).pair
    for sentence in comparison_sentences(ranking, pair):
        assert "{" not in render(sentence)
        for fact in sentence.facts.values():
            assert fact.value == resolve_pair(ranking, pair, fact.id)
            assert np.isfinite(fact.value)


def test_sentences_read_like_this():
    ranking, _, pair = pair_of(
        {"a": [80, 20], "b": [50, 60]}, {"a": 1, "b": 1}, names=["Food", "Wood"]
    )
    assert [render(sentence) for sentence in comparison_sentences(ranking, pair)] == [
        "Food scores 65.0, Wood 40.0: 25.0 points between them.",
        "Food is ahead on a (30.0 points): 30.0 points in all.",
        "Wood is ahead on b (5.0 points): 5.0 points in all.",
        "For Food, a alone outweighs everything in favor of Wood: 30.0 points against 5.0.",
        "The order would turn if a weighed below 14.3 % (now 50 %), or if b weighed above 85.7 % "
        "(now 50 %), the other weights kept in proportion.",
        "Wood would draw level with a of 70 (now 20), all else equal.",
        "It takes 35.7 % of all weight, moved between criteria, most of it from a (50 % becomes "
        "14.3 %) to b (50 % becomes 85.7 %), for Wood to draw level; less can't do it.",
        "Food is ahead of Wood in 100 % of 200 draws, with every weight moved a little at random "
        "and the withheld figures drawn within their bounds.",
    ]


def test_one_that_is_dominated_is_said_never_to_overtake():
    ranking, _, pair = pair_of({"a": [80, 20], "b": [60, 50]}, {"a": 1, "b": 1}, names=["X", "Y"])
    text = " ".join(render(s) for s in comparison_sentences(ranking, pair))
    assert "Y is ahead on nothing." in text
    assert "No single weight, moved alone, would turn the two round." in text
    assert "No weights at all put Y ahead. X is at least as good on everything." in text


def test_values_under_scales_that_move_along_stand_beside_the_held_ones():
    scale = Scale(method="minmax")
    columns = {"a": [90, 60, 0], "b": [50, 55, 0]}
    _, _, pair = pair_of(columns, {"a": (1, scale), "b": (1, scale)})
    a, b = pair.reversal.values
    assert (a.moves, b.moves) == (True, True)
    assert a.value == pytest.approx(90 * (1 - (1 - 50 / 55)))
    assert b.value is None
    assert b.moving > 55
