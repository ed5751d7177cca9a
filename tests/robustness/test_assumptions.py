"""Which assumption matters: plain loops of rankings, and cases in which one alone does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.robustness.test_draws import holey, reweighted
from tests.robustness.test_trust import withheld
from tests.robustness.test_variations import on_scale
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.config.models import RobustnessConfig, Scale
from sectorscan.indicators.compute import compute
from sectorscan.robustness.acceptability import RankCounts
from sectorscan.robustness.assumptions import MEASURES, which_matters
from sectorscan.robustness.choices import (
    ASSUMPTIONS,
    DRAWN,
    FIGURE,
    choices,
    mean_ranks,
    on_list,
    outcomes,
)
from sectorscan.robustness.draws import pool
from sectorscan.scoring.rank import rank

SCALES = ("points", "minmax", "zscore", "percentile", "rank")


def matters(table, config, samples=1024):
    found = which_matters(pool(rank(table, config), config), samples)
    return found, {one.id: one for one in found.each}


def by_hand(ranking, base_ranking, rows, top):
    """Return the mean change of rank and the joins and leaves, sector by sector."""

    def positions(of):
        ranks = [int(of.rank[s]) for s in rows]
        ranked = [r for r in ranks if r > 0]
        last = [*range(len(ranked) + 1, len(ranks) + 1)]
        return [
            np.mean([r + k for k in range(ranked.count(r))]) if r else np.mean(last) for r in ranks
        ]

    now, then = positions(base_ranking), positions(ranking)
    moved = [abs(a - b) for a, b, s in zip(then, now, rows, strict=True) if base_ranking.rank[s]]
    listed, before = (on_list_by_hand([int(of.rank[s]) for s in rows], top)
                      for of in (ranking, base_ranking))  # fmt: skip
    left = sum(max(b - a, 0) for a, b in zip(listed, before, strict=True))
    return np.mean(moved), listed != before, left


def on_list_by_hand(ranks, top):
    """Each one's share of a place: the tied share those that are left, the unranked have none."""
    return [np.mean([r + k <= top for k in range(ranks.count(r))]) if r else 0.0 for r in ranks]


@pytest.mark.parametrize("method", ["points", "minmax"])
@pytest.mark.parametrize("missing", ["renormalise", "exclude"])
@pytest.mark.parametrize("seed", [0, 1])
def test_what_comes_of_a_way_is_ranking_again_so(table, config, method, missing, seed):
    built, settings = holey(table, config, method, missing, "arithmetic", seed)
    settings = settings.model_copy(
        update={"outputs": settings.outputs.model_copy(update={"top": 2})}
    )
    ranking = rank(built, settings)
    base = pool(ranking, settings)
    every = choices(base)
    chosen = np.random.default_rng(seed).integers(0, every.count, (60, 5))
    chosen[0] = every.present
    found = outcomes(every, chosen)
    scales = [method, *(one for one in SCALES[1:] if one != method)]
    means = ["arithmetic", "geometric"]
    rules = [missing, *(m for m in ("renormalise", "neutral", "worst", "exclude") if m != missing)]
    # Of points there is no default for a user's own indicator.
    assert every.count == (DRAWN, 5 if method == "points" else 4, 2, 4, DRAWN)
    assert (found.rank_change[0], found.shortlist_changed[0], found.shortlist_left[0]) == (0, 0, 0)
    for place, way in enumerate(chosen):
        changed = reweighted(settings, every.weights[way[0]]).model_copy(
            update={"aggregation": means[way[2]], "missing": rules[way[3]]}
        )
        if way[1]:
            changed = on_scale(changed, scales[way[1]])
        moved, differs, left = by_hand(rank(built, changed), ranking, base.rows, 2)
        assert found.rank_change[place] == pytest.approx(moved), way
        assert found.shortlist_changed[place] == differs
        assert found.shortlist_left[place] == pytest.approx(left)


def test_a_way_gives_the_same_whichever_others_are_asked_for(some_region, config_of, monkeypatch):
    config = config_of(gates=({"indicator": "employment", "below": 150, "effect": "exclude"},))
    every = choices(pool(rank(compute(withheld(some_region)), config), config))
    monkeypatch.setattr("sectorscan.robustness.choices.CELLS_AT_ONCE", 20_000)
    chosen = np.random.default_rng(3).integers(0, every.count, (40, 5))
    whole = outcomes(every, np.concatenate([chosen, chosen[::-1]]))
    np.testing.assert_array_equal(whole.ranking[:40], whole.ranking[:39:-1])
    for place in range(0, 40, 7):
        one = outcomes(every, chosen[[place]])
        assert one.rank_change[0] == whole.rank_change[place]
        assert one.ranking[0] == whole.ranking[place]
    assert len(set(whole.ranking.tolist())) > 20


def test_where_one_assumption_alone_matters_it_has_everything(table, config):
    """One criterion: no weights, no mean and no scale can turn the order, withheld figures do."""
    values = np.array([40.0, 50, 60, 70])
    built = table({"a": values}, low={"a": values - 25}, high={"a": values + 25})
    found, each = matters(built, config({"a": 1}, outputs={"top": 2}))
    assert each["weights"].left_out == "only one criterion has a weight"
    assert each["missing"].left_out == "no figure that counts is missing"
    for name, count in (("scale", 5), ("aggregation", 2)):
        assert "the same ranks, alone and with the others" in each[name].left_out
        assert (each[name].choices, each[name].rankings) == (count, 1)
        assert not each[name].shares
    figures = each["figures"]
    assert figures.left_out is None
    assert 1 < figures.rankings <= 24
    for name in MEASURES:
        share = figures.shares[name]
        assert share.first == pytest.approx(1, abs=0.02 + share.first_within)
        assert share.total == pytest.approx(1, abs=0.02 + share.total_within)
    assert 0 < found.means["shortlist_changed"] < 1


def test_different_outcomes_are_counted_right(table, config):
    """Two criteria: the order of two sectors turns once, at equal weights; the third is last."""
    built = table({"a": [90.0, 50, 10], "b": [50.0, 88, 10]})
    _, each = matters(built, config({"a": 1, "b": 1}, outputs={"top": 1}))
    assert (each["weights"].choices, each["weights"].rankings, each["weights"].shortlists) == (
        *(DRAWN, 2, 2),
    )
    assert each["figures"].left_out == "no figure that counts is withheld"
    assert each["figures"].rankings == 1
    _, wider = matters(built, config({"a": 1, "b": 1}, outputs={"top": 2}))
    assert (wider["weights"].rankings, wider["weights"].shortlists) == (2, 1)


def test_a_shortlist_that_never_changes_has_no_shares(table, config):
    built = table({"a": [90.0, 50, 10], "b": [50.0, 88, 10]})
    found, each = matters(built, config({"a": 1, "b": 1}, outputs={"top": 3}))
    assert found.means["shortlist_changed"] == found.means["shortlist_left"] == 0
    assert set(each["weights"].shares) == {"rank_change"}


def test_a_scale_that_cant_be_changed_is_left_out_with_its_reason(table, config):
    bent = Scale(points=((0, 0), (50, 100), (100, 0)))
    built = table({"a": [90.0, 50, 10, 30], "b": [50.0, 88, 10, 20]})
    found, each = matters(built, config({"a": (1, bent), "b": 1}))
    assert each["scale"].left_out.startswith("no other can be computed: the points don't say")
    assert set(found.scales_left_out) == set(SCALES[1:])
    assert each["weights"].left_out is None


def test_a_missing_figure_lets_the_missing_rule_in(table, config):
    built = table({"a": [90.0, 50, 10, 30], "b": [50.0, 88, np.nan, 20], "c": [np.nan] * 4})
    _, each = matters(built, config({"a": 2, "b": 1, "c": 1}, min_coverage=0.2))
    assert each["missing"].left_out is None
    assert each["missing"].choices == 4
    unweighted = table({"a": [90.0, 50, 10, 30], "b": [50.0, 88, np.nan, 20], "c": [1.0, 2, 3, 4]})
    _, each = matters(unweighted, config({"a": 2, "b": 0, "c": 1}))
    assert each["missing"].left_out == "no figure that counts is missing"


def test_figures_without_limit_are_said_to_be_held(table, config):
    values = np.array([20.0, 40, 60, 80])
    built = table({"a": values, "b": values[::-1]}, high={"a": np.full(4, np.inf)})
    _, each = matters(built, config({"a": 2, "b": 1}))
    assert "have no limit" in each["figures"].left_out


def test_the_seed_settles_it(some_region, config_of):
    def once(seed, panel):
        of = RobustnessConfig(draws=10, seed=seed)
        return matters(compute(panel), config_of(robustness=of))[0]

    panel = withheld(some_region)
    first = once(0, panel)
    assert first == once(0, panel)
    other = once(1, panel)
    assert first != other
    for one, same in zip(first.each, other.each, strict=True):
        for name, share in one.shares.items():
            further = same.shares[name]
            assert share.total == pytest.approx(
                further.total, abs=2 * (share.total_within + further.total_within)
            )


def test_withheld_figures_are_drawn_as_the_table_gives_them(some_region, config_of):
    """No draw of a figure changes anything where its ends are its value."""
    panel = withheld(some_region)
    config = config_of()
    every = choices(pool(rank(compute(panel), config), config))
    chosen = np.tile(every.present, (DRAWN, 1))
    chosen[:, FIGURE] = np.arange(DRAWN)
    assert len(np.unique(outcomes(every, chosen).ranking)) > 100
    exact = replace(panel, e_ir=some_region(25, seed=4).e_ir, w_ir=some_region(25, seed=4).w_ir)
    certain = choices(pool(rank(compute(exact), config), config))
    found = outcomes(certain, chosen)
    assert not found.rank_change.any()
    assert not found.shortlist_changed.any()


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=4))
def test_shared_ranks_add_up(rows):
    """Whatever is tied or unranked, the ranks that are shared are 1 to 5."""
    scores = np.array(rows)
    ranks = np.array([[0 if s == 0 else 1 + (row > s).sum() for s in row] for row in scores])
    shared = mean_ranks(ranks)
    np.testing.assert_allclose(shared.sum(axis=1), 15)
    for row, own in zip(scores, shared, strict=True):
        np.testing.assert_array_equal(
            np.argsort(-row, kind="stable"), np.argsort(own, kind="stable")
        )


@given(
    st.lists(
        st.tuples(*[st.floats(0, 100) | st.just(float("nan"))] * 3), min_size=2, max_size=5
    ).filter(lambda rows: not np.isnan(rows).all(axis=1).any())
)
def test_the_present_way_changes_nothing_whatever_the_figures(rows):
    values = np.array(rows, dtype=float)
    table = indicator_table(dict(zip("abc", values.T, strict=True)))
    config = scoring_config({"a": 2, "b": 1, "c": 1}, min_coverage=0.3)
    ranking = rank(table, config)
    if not ranking.order:
        return
    every = choices(pool(ranking, config))
    found = outcomes(every, every.present[None, :])
    assert (found.rank_change[0], found.shortlist_changed[0], found.shortlist_left[0]) == (0, 0, 0)


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=4),
    st.integers(1, 7),
)
def test_places_on_the_list_are_shared_as_the_draws_share_them(rows, top):
    scores = np.array(rows)
    ranks = np.array([[0 if s == 0 else 1 + (row > s).sum() for s in row] for row in scores])
    shared = on_list(ranks, top)
    for row, own in zip(ranks, shared, strict=True):
        np.testing.assert_allclose(own, on_list_by_hand(row.tolist(), top))
        assert own.sum() == pytest.approx(min(top, (row > 0).sum()))
    drawn = RankCounts(5)
    drawn.add(np.where(scores == 0, -np.inf, scores))
    np.testing.assert_allclose(drawn.ranked()[:, :top].sum(axis=1), shared.sum(axis=0))


def test_two_that_tie_for_the_last_place_have_half_of_it(table, config):
    """Under the weights as they are y and z tie for the second place; the geometric mean is y's."""
    built = table({"a": [90.0, 50, 40], "b": [90.0, 50, 60]})
    settings = config({"a": 1, "b": 1}, outputs={"top": 2})
    every = choices(pool(rank(built, settings), settings))
    way = every.present.copy()
    way[2] = 1
    found = outcomes(every, way[None, :])
    assert (found.shortlist_changed[0], found.shortlist_left[0]) == (1, 0.5)


def test_all_five_are_named_once(table, config):
    found, _ = matters(table({"a": [1.0, 2], "b": [2.0, 1]}), config({"a": 1, "b": 1}))
    assert tuple(one.id for one in found.each) == ASSUMPTIONS
