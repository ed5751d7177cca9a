"""The least change of weights that puts a sector first: published answers, and applied."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.robustness.exact import municipal, rankings, scores_at
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.robustness.contests import WITHIN, contest, least
from sectorscan.robustness.field import field
from sectorscan.robustness.flips import flips, overtaking, ranges_when_first
from sectorscan.scoring.aggregate import FILL
from sectorscan.scoring.rank import rank

AHEAD = 1e-6
"""Scores nearer than this count as level: a linear programme keeps its rows to 1e-7."""


def by_sector(ranking):
    return {flip.sector: flip for flip in flips(ranking)}


def test_published_least_changes(shared):
    case, ranking = municipal(shared, "flip_municipal_plan")
    found = by_sector(ranking)
    for name, change, weights in zip(
        case["alternatives"],
        case["expected"]["min_l1_weight_change_to_be_first"],
        case["expected"]["min_l1_weights"],
        strict=True,
    ):
        assert found[name].exact
        if change is None:
            assert (found[name].change, found[name].weights) == (None, None)
        else:
            assert found[name].change == pytest.approx(change, abs=1e-6)
            np.testing.assert_allclose(found[name].weights, weights, atol=1e-6, rtol=0)


def test_published_ranges_of_the_weights_that_put_each_first(shared):
    """Linear programmes of smaa_exact_municipal_plan.json, to 1e-9."""
    case, ranking = municipal(shared, "smaa_exact_municipal_plan")
    found = ranges_when_first(ranking, ranking.order)
    for name, low, high in zip(
        case["alternatives"],
        case["expected"]["weight_min"],
        case["expected"]["weight_max"],
        strict=True,
    ):
        if low[0] is None:
            assert found[name] is None
            continue
        assert found[name].exact
        np.testing.assert_allclose(found[name].low, low, atol=1e-9, rtol=0)
        np.testing.assert_allclose(found[name].high, high, atol=1e-9, rtol=0)


def test_a_dominated_sector_names_the_one_that_dominates_it(shared):
    _, ranking = municipal(shared, "flip_municipal_plan")
    found = by_sector(ranking)
    assert {name: flip.dominated_by for name, flip in found.items()} == {
        "I": None, "VI": None, "IV": None, "II": "VI", "III": "I", "V": "I",
    }  # fmt: skip


def ahead(ranking, weights, sector):
    """Return by how much the best other sector is ahead under (C,) weights."""
    score = scores_at(ranking, weights[None, :])[0]
    return np.delete(score, sector).max(initial=-np.inf) - score[sector]


@settings(max_examples=50, deadline=None)
@given(rankings(sectors=(2, 6)))
def test_a_flip_flips_and_a_little_less_does_not(ranking):
    now = ranking.matrix.weights
    ids = [sector.id for sector in ranking.matrix.sectors]
    for flip in flips(ranking):
        if flip.weights is None:
            continue
        sector = ids.index(flip.sector)
        assert flip.weights.sum() == pytest.approx(1)
        assert np.abs(flip.weights - now).sum() == pytest.approx(flip.change)
        assert ((flip.weights > 0) <= (now > 0)).all()
        assert ahead(ranking, flip.weights, sector) <= AHEAD
        # What is searched for is proved to that much: nothing nearer by more does it.
        short = 1e-3 if flip.exact else 2 * WITHIN / max(flip.change, WITHIN)
        if flip.change > max(1e-3, short * flip.change):
            less = now + (1 - short) * (flip.weights - now)
            everyone = scores_at(ranking, less[None, :])[0][list(ranking.order)]
            if np.isfinite(everyone).all():
                assert ahead(ranking, less, sector) > 0


@settings(max_examples=100, deadline=None)
@given(rankings(gaps=False))
def test_a_flip_applied_as_weights_of_a_config_puts_it_first(ranking):
    """Ranked again from the figures, by the weights found."""
    ids = [sector.id for sector in ranking.matrix.sectors]
    columns = {c.id: ranking.matrix.value[:, k] for k, c in enumerate(ranking.matrix.criteria)}
    for flip in flips(ranking):
        if flip.weights is None:
            continue
        assert flip.exact
        config = scoring_config(
            dict(zip(columns, flip.weights.tolist(), strict=True)),
            aggregation=ranking.matrix.aggregation,
            min_coverage=0.0,
        )
        again = rank(indicator_table(columns, names=ids), config)
        held = [reason != "gate" for reason in ranking.exclusion]
        best = again.score[held].max()
        assert again.score[ids.index(flip.sector)] >= best - AHEAD


@settings(max_examples=30, deadline=None)
@given(rankings(sectors=(2, 5), criteria=(2, 4)), st.integers(0, 2**32 - 1))
def test_no_weights_at_random_are_nearer_or_put_a_never_first_first(ranking, seed):
    used = ranking.matrix.weights > 0
    assume(used.sum() > 1)
    random = np.random.default_rng(seed)
    drawn = np.zeros((20_000, len(used)))
    drawn[:, used] = random.dirichlet(np.ones(used.sum()), len(drawn))
    # Half of them nearer by: the least change is often small.
    drawn[::2] = ranking.matrix.weights + random.random((10_000, 1)) * (
        drawn[::2] - ranking.matrix.weights
    )
    score = scores_at(ranking, drawn)
    # All who are ranked now are rivals, even where other weights would leave them without coverage.
    stay = np.isfinite(score[:, list(ranking.order)]).all(axis=1)
    drawn, score = drawn[stay], score[stay]
    change = np.abs(drawn - ranking.matrix.weights).sum(axis=1)
    ids = [sector.id for sector in ranking.matrix.sectors]
    for flip in flips(ranking):
        sector = ids.index(flip.sector)
        others = np.delete(score, sector, axis=1).max(axis=1, initial=-np.inf)
        first = np.isfinite(score[:, sector]) & (score[:, sector] > others + AHEAD)
        # An unranked rival that comes and goes with the weights is held against the sector.
        if first.any() and not any(reason == "coverage" for reason in ranking.exclusion):
            assert flip.change is not None
            if ranking.rank[sector] > 1:
                assert flip.change <= change[first].min() + 2 * WITHIN


@settings(max_examples=100, deadline=None)
@given(rankings())
def test_dominated_by_really_dominates(ranking):
    ids = [sector.id for sector in ranking.matrix.sectors]
    used = ranking.matrix.weights > 0
    for flip in flips(ranking):
        if flip.dominated_by is not None:
            one, other = (ids.index(name) for name in (flip.sector, flip.dominated_by))
            filled = np.nan_to_num(ranking.scaled, nan=FILL.get(ranking.matrix.missing, np.nan))
            gap = (filled[other] - filled[one])[used]
            assert (gap >= 0).all()
            assert (gap > 0).any()


@settings(max_examples=30, deadline=None)
@given(rankings(sectors=(2, 5)))
def test_overtaking_one_takes_no_more_than_overtaking_all(ranking):
    ids = [sector.id for sector in ranking.matrix.sectors]
    for flip in flips(ranking):
        sector = ids.index(flip.sector)
        if flip.change is None or ranking.rank[sector] == 1:
            continue
        against = overtaking(ranking, sector, ranking.order[0])
        assert against.change is not None
        assert against.change <= flip.change + 2 * WITHIN
        score = scores_at(ranking, against.weights[None, :])[0]
        assert score[sector] >= score[ranking.order[0]] - AHEAD


def test_what_overtaking_the_first_takes_is_exact_where_it_overtakes_the_others_too():
    """z lacks b, so passing all is no linear programme; passing x is, and leaves z behind."""
    columns = {"a": [90, 50, 20], "b": [10, 60, np.nan]}
    ranking = rank(
        indicator_table(columns, names=["x", "y", "z"]),
        scoring_config({"a": 60, "b": 40}, min_coverage=0),
    )
    flip, against = by_sector(ranking)["y"], overtaking(ranking, 1, 0)
    # 90 a + 10 (1 - a) = 50 a + 60 (1 - a) where a = 5/9: 60 % - 5/9 is moved, twice counted.
    assert flip.exact
    assert flip.change == against.change == pytest.approx(2 * (0.6 - 5 / 9))
    assert not by_sector(ranking)["z"].exact


@settings(max_examples=40, deadline=None)
@given(rankings(sectors=(2, 5)))
def test_nothing_nearer_is_found_by_searching_where_it_is_exact(ranking):
    of, order = field(ranking), np.array(ranking.order)
    for flip, sector in zip(flips(ranking), order, strict=True):
        if flip.exact and ranking.rank[sector] > 1:
            searched = least(contest(of, int(sector), order))
            assert (searched is None) == (flip.change is None)
            assert searched is None or searched.change >= flip.change - AHEAD


def test_an_unranked_sector_that_other_weights_would_bring_in_counts_as_a_rival():
    """z has nothing but b: were b to weigh more it would be ranked, and ahead of y."""
    columns = {"a": [90, 50, np.nan], "b": [10, 60, 100]}
    ranking = rank(
        indicator_table(columns, names=["x", "y", "z"]),
        scoring_config({"a": 60, "b": 40}, min_coverage=0.42),
    )
    assert ranking.exclusion == (None, None, "coverage")
    flip = by_sector(ranking)["y"]
    assert flip.change is None
    assert not flip.exact


def test_weights_of_zero_stay_zero():
    columns = {"a": [90, 50], "b": [10, 60], "c": [0, 100]}
    ranking = rank(indicator_table(columns), scoring_config({"a": 60, "b": 40, "c": 0}))
    second = flips(ranking)[1]
    assert second.weights[2] == 0
    # 40 a = 50 b where a + b = 1
    np.testing.assert_allclose(second.weights, [5 / 9, 4 / 9, 0])
