"""Draws of weights and withheld figures: exact answers, plain loops, what must not matter."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sectorscan.robustness.draws as draws_module
from sectorscan.config.models import Scale
from sectorscan.indicators.compute import compute
from sectorscan.robustness import acceptability
from sectorscan.robustness.acceptability import RankCounts, percentile_rank, rank_counts, wins
from sectorscan.robustness.draws import Drawing, blocks, pool, score_blocks
from sectorscan.robustness.value_draws import draw, triangular, uncertain
from sectorscan.robustness.weight_draws import WEIGHTS, Hierarchy, hierarchy
from sectorscan.scoring.positions import competition_ranks
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import Interval

NEAR = Drawing("near", figures=False, draws=400, seed=3, spread=0.25)


def drawn_scores(ranking, config, drawing):
    return np.concatenate(list(score_blocks(ranking, config, drawing)))


@pytest.fixture
def municipal(shared, table, config):
    case = json.loads(shared("oracles/mcda/smaa_exact_municipal_plan.json").read_text("utf-8"))
    columns = dict(zip("abcd", np.array(case["matrix"], dtype=float).T, strict=True))
    groups = {"one": (1, list(columns))}
    built = config({name: (25, Scale(method="minmax")) for name in columns}, groups=groups)
    return case["expected"], rank(table(columns, names=case["alternatives"]), built), built


def test_exact_acceptabilities_and_central_weights(municipal):
    """Exact polytope volumes, and the mean weights inside each: within four standard errors."""
    expected, ranking, config = municipal
    size = 10_000
    drawing = Drawing("any", figures=False, draws=size, seed=1, spread=0.25)
    base = pool(ranking, config)
    streams = np.random.SeedSequence(1).spawn(1 + len(WEIGHTS))
    random = np.random.default_rng(streams[1 + list(WEIGHTS).index("any")])
    scores, weights = [], []
    for (block,) in blocks(base, [drawing]):
        scores.append(block)
        weights.append(WEIGHTS["any"](random, base.hierarchy, len(block), 0.25))
    scores, weights = np.concatenate(scores), np.concatenate(weights)
    np.testing.assert_allclose(weights @ ranking.scaled.T, scores, atol=1e-9)
    first = rank_counts(scores)[:, 0] / size
    exact = np.array(expected["acceptability"])
    error = np.sqrt(exact * (1 - exact) / size)
    assert (np.abs(first - exact) <= 4 * error + 1e-12).all()
    for s, central in enumerate(expected["central_weights"]):
        if central[0] is not None:
            inside = weights[scores.argmax(axis=1) == s]
            error = inside.std(axis=0, ddof=1) / np.sqrt(len(inside))
            assert (np.abs(inside.mean(axis=0) - central) <= 4 * error).all()


SCALES = ["points", "minmax", "zscore", "percentile", "rank"]
MISSING = ["renormalise", "neutral", "worst", "exclude"]


def holey(table, config, method, missing, aggregation, seed=0):
    """Return a ranking of 7 sectors by 4 criteria in 3 groups, some cells missing, one gate."""
    random = np.random.default_rng(seed)
    values = random.uniform(0, 100, (7, 4))
    values[random.random((7, 4)) < 0.2] = np.nan
    values[0], values[:, 3] = 50, np.where(np.arange(7) == 1, np.nan, values[:, 3])
    columns = dict(zip("abcd", values.T, strict=True))
    scale = Scale(points=((0, 0), (100, 100))) if method == "points" else Scale(method=method)
    built = config(
        {
            "a": (3, scale),
            "b": (2, scale, "max" if method == "points" else "min"),
            "c": (5, scale),
            "d": (0, scale),
        },
        groups={"x": (2, ["a", "b"]), "y": (1, ["c", "d"])},
        aggregation=aggregation,
        missing=missing,
        min_coverage=0.55,
        gates=({"indicator": "a", "above": 95, "effect": "exclude"},),
    )
    return table(columns), built


def reweighted(config, weights):
    """Return the config in which every group's weights are effective ones."""
    left = iter(weights)
    criteria = {}
    for name, group in config.criteria.items():
        given = {key: float(next(left)) for key in group.indicators}
        total = sum(given.values())
        indicators = {
            key: one.model_copy(update={"weight": given[key]})
            for key, one in group.indicators.items()
        }
        criteria[name] = group.model_copy(update={"weight": total, "indicators": indicators})
    return config.model_copy(update={"criteria": criteria})


@pytest.mark.parametrize("method", SCALES)
@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
@pytest.mark.parametrize("weights", ["near", "any"])
def test_weights_drawn_are_a_plain_loop_of_rankings(
    table, config, method, missing, aggregation, weights
):
    built, settings_ = holey(table, config, method, missing, aggregation)
    ranking = rank(built, settings_)
    drawing = Drawing(weights, figures=False, draws=25, seed=9, spread=0.5)
    got = drawn_scores(ranking, settings_, drawing)
    streams = np.random.SeedSequence(9).spawn(1 + len(WEIGHTS))
    random = np.random.default_rng(streams[1 + list(WEIGHTS).index(weights)])
    every = WEIGHTS[weights](random, hierarchy(settings_), 25, 0.5)
    assert len({tuple(np.argsort(row)) for row in got}) > 1
    for row, effective in zip(got, every, strict=True):
        plain = rank(built, reweighted(settings_, effective))
        np.testing.assert_allclose(plain.matrix.weights, effective, atol=1e-12)
        expected = np.where(plain.rank > 0, plain.score, -np.inf)
        np.testing.assert_allclose(row, expected, atol=1e-9)


def withheld_panel(panel_of):
    """Return a region in which two sectors' jobs and wages are intervals, one of them open."""
    random = np.random.default_rng(5)
    jobs = np.round(random.uniform(300, 4000, (5, 5)))
    panel = panel_of(jobs, np.full((5, 5), 20.0), pay=[40e3, 60e3, 55e3, 70e3, 35e3])
    low, high = panel.e_ir.low.copy(), panel.e_ir.high.copy()
    low[1] *= 0.6
    high[1] *= 1.7
    low[3, -1], high[3, -1] = jobs[3, -1], 2 * jobs[3, -1]
    wages_low, wages_high = panel.w_ir.low.copy(), panel.w_ir.high.copy()
    wages_low[1, -1] *= 0.7
    wages_high[2, -1] = np.inf
    return replace(
        panel,
        e_ir=Interval(low, panel.e_ir.value, high),
        w_ir=Interval(wages_low, panel.w_ir.value, wages_high),
    )


@pytest.mark.parametrize("method", SCALES)
def test_figures_drawn_are_a_plain_loop_of_indicators_computed_again(panel_of, config_of, method):
    panel = withheld_panel(panel_of)
    settings_ = config_of(
        method=method, gates=({"indicator": "employment", "below": 1500, "effect": "exclude"},)
    )
    table = compute(panel)
    ranking = rank(table, settings_)
    drawing = Drawing(None, figures=True, draws=30, seed=4, spread=0.25)
    got = drawn_scores(ranking, settings_, drawing)
    base = pool(ranking, settings_)
    random = np.random.default_rng(np.random.SeedSequence(4).spawn(1)[0])
    drawn = draw(random, base.figures, 30)
    # The unknowns are found again from two indicators that each are one unknown: jobs, pay.
    jobs, change = drawn["employment"], drawn["employment_cagr_vs_region_pp"]
    pay = drawn["pay_vs_region"]
    for place in range(30):
        e_ir, w_ir = panel.e_ir.value.copy(), panel.w_ir.value.copy()
        e_ir[jobs.rows, -1] = jobs.values[place]
        region = compute(panel).region
        for s, value in zip(change.rows, change.values[place], strict=True):
            factor = 1 + (value + region["employment_cagr_pct"]) / 100
            e_ir[s, 0] = e_ir[s, -1] / factor ** (panel.years[-1] - panel.years[0])
        average = region["avg_annual_pay"]
        for s, value in zip(pay.rows, pay.values[place], strict=True):
            w_ir[s, -1] = value * average * e_ir[s, -1]
        # pay_vs_region compares with all of the region, a published total
        again = replace(panel, e_ir=Interval.exact(e_ir), w_ir=Interval.exact(w_ir))
        plain = rank(compute(again), settings_)
        expected = np.where(plain.rank > 0, plain.score, -np.inf)
        np.testing.assert_allclose(got[place], expected, atol=1e-7)
    assert len(np.unique(got[:, 1])) > 5


def test_an_open_end_is_held_at_its_value_and_said(panel_of, config_of):
    ranking = rank(compute(withheld_panel(panel_of)), config_of())
    found = pool(ranking, config_of()).figures
    assert found.held == (("pay_vs_region", "s002"),)
    drawn = draw(np.random.default_rng(0), found, 50)["pay_vs_region"]
    at = list(drawn.rows).index(2)
    np.testing.assert_allclose(drawn.values[:, at], ranking.indicators.values("pay_vs_region")[2])


def test_a_users_own_interval_is_drawn_directly(table, config):
    built = table({"a": [10.0, 20.0]}, low={"a": [5.0, 20.0]}, high={"a": [20.0, 20.0]})
    found = uncertain(built, ["a"], np.ones(2, dtype=bool))
    values = draw(np.random.default_rng(0), found, 4000)["a"].values[:, 0]
    assert (values >= 5).all()
    assert (values <= 20).all()
    assert abs((values < 10).mean() - 0.5) < 4 * 0.5 / np.sqrt(4000)


def test_draws_fall_off_linearly_to_both_ends():
    """Above the value the density is 2(1 - t)/reach: mean a third of the way, half by 0.293."""
    interval = Interval(np.array([0.0, 4.0]), np.array([4.0, 4.0]), np.array([10.0, 10.0]))
    values = triangular(np.random.default_rng(1), interval, 40_000)
    above = (values[:, 0][values[:, 0] > 4] - 4) / 6
    below = (4 - values[:, 0][values[:, 0] < 4]) / 4
    for share in (above, below, (values[:, 1] - 4) / 6):
        assert (share >= 0).all()
        assert (share <= 1).all()
        error = np.sqrt(1 / 18 / len(share))
        assert abs(share.mean() - 1 / 3) < 4 * error
        assert abs((share < 1 - np.sqrt(0.5)).mean() - 0.5) < 4 * 0.5 / np.sqrt(len(share))
    assert abs((values[:, 0] < 4).mean() - 0.5) < 4 * 0.5 / np.sqrt(40_000)


def test_equal_ends_stay_and_an_end_that_is_the_value_leaves_the_other_side():
    interval = Interval(np.array([1.0, 3.0]), np.array([3.0, 3.0]), np.array([3.0, 3.0]))
    values = triangular(np.random.default_rng(1), interval, 500)
    assert (values[:, 0] <= 3).all()
    assert len(np.unique(values[:, 0])) == 500
    assert (values[:, 1] == 3).all()


def test_the_same_seed_gives_the_same_bytes_whatever_else_is_drawn(panel_of, config_of):
    settings_ = config_of()
    ranking = rank(compute(withheld_panel(panel_of)), settings_)
    base = pool(ranking, settings_)
    both = replace(NEAR, figures=True)
    alone = [block.tobytes() for (block,) in blocks(base, [NEAR])]
    beside = [found[1].tobytes() for found in blocks(base, [both, NEAR])]
    assert alone == beside
    assert alone == [block.tobytes() for (block,) in blocks(base, [NEAR])]
    assert alone != [block.tobytes() for (block,) in blocks(base, [replace(NEAR, seed=4)])]


def test_blocks_of_any_size_cover_all_draws(panel_of, config_of, monkeypatch):
    settings_ = config_of()
    ranking = rank(compute(withheld_panel(panel_of)), settings_)
    monkeypatch.setattr(draws_module, "CELLS_AT_ONCE", 35)
    sizes = [len(block) for block in score_blocks(ranking, settings_, NEAR)]
    assert sum(sizes) == NEAR.draws
    assert set(sizes[:-1]) == {7}


@settings(max_examples=60, deadline=None)
@given(
    weights=st.lists(st.floats(0.01, 100), min_size=3, max_size=3),
    factor=st.floats(1e-6, 1e6),
    zero=st.integers(0, 3),
)
def test_scaling_all_weights_changes_nothing_and_zero_weights_stay_zero(weights, factor, zero):
    outer = np.array([2.0, 1.0])
    inner = np.array(weights)
    if zero < 3:
        inner[zero] = 0
    group = np.array([0, 0, 1])
    for name, drawn in WEIGHTS.items():
        one = drawn(np.random.default_rng(1), Hierarchy(outer, inner, group), 50, 0.25)
        other = drawn(
            np.random.default_rng(1), Hierarchy(outer * factor, inner * factor, group), 50, 0.25
        )
        np.testing.assert_allclose(one, other, rtol=1e-9)
        np.testing.assert_allclose(one.sum(axis=1), 1)
        assert (one[:, inner == 0] == 0).all(), name


def test_any_weights_are_uniform_over_groups_and_inside_them():
    """Means of 1/2 and 1/6; a flat Dirichlet of n has the variance (n - 1)/(n²(n + 1))."""
    given_ = Hierarchy(np.ones(2), np.ones(4), np.array([0, 1, 1, 1]))
    weights = WEIGHTS["any"](np.random.default_rng(2), given_, 40_000, 0.25)
    np.testing.assert_allclose(weights.mean(axis=0), [1 / 2, 1 / 6, 1 / 6, 1 / 6], atol=0.006)
    inside = weights[:, 1] / weights[:, 1:].sum(axis=1)
    assert weights[:, 0].var() == pytest.approx(1 / 12, rel=0.03)
    assert inside.var() == pytest.approx(2 / (9 * 4), rel=0.03)


def test_near_weights_stay_within_the_spread_before_they_are_renormalised():
    given_ = Hierarchy(np.array([1.0, 3.0]), np.array([1.0, 2.0, 1.0]), np.array([0, 0, 1]))
    weights = WEIGHTS["near"](np.random.default_rng(2), given_, 20_000, 0.25)
    inside = weights[:, 1] / weights[:, 0]
    outer = weights[:, 2] / weights[:, :2].sum(axis=1)
    for ratio, middle in ((inside, 2.0), (outer, 3.0)):
        assert ratio.min() >= middle * 0.75 / 1.25
        assert ratio.max() <= middle * 1.25 / 0.75
        assert ratio.max() / ratio.min() > 2


def plain_counts(scores):
    """Return rank counts by a loop: tied sectors share their ranks, unranked ones the last."""
    size = scores.shape[1]
    counts = np.zeros((size, size))
    for row in scores:
        ranks = competition_ranks(np.where(np.isneginf(row), np.nan, row))
        for s, r in enumerate(ranks):
            first = r - 1 if r else (ranks > 0).sum()
            shared = (ranks == r).sum()
            counts[s, first : first + shared] += 1 / shared
    return counts


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_acceptabilities_sum_to_1_both_ways_and_are_a_plain_loop(data):
    size = data.draw(st.integers(1, 6))
    cell = st.one_of(st.integers(0, 4).map(float), st.just(-np.inf), st.floats(0, 100))
    rows = data.draw(st.lists(st.lists(cell, min_size=size, max_size=size), min_size=1, max_size=6))
    scores = np.array(rows)
    counts = rank_counts(scores)
    np.testing.assert_allclose(counts.sum(axis=0), len(rows), atol=1e-9)
    np.testing.assert_allclose(counts.sum(axis=1), len(rows), atol=1e-9)
    np.testing.assert_allclose(counts, plain_counts(scores), atol=1e-9)


@pytest.mark.parametrize("size", [5, 60, 300])
def test_counts_are_the_same_in_blocks_with_many_ties_and_many_unranked(size, monkeypatch):
    """Dense or pair by pair, groups of ties cut into parts, some sectors never ranked."""
    random = np.random.default_rng(size)
    scores = np.round(random.uniform(0, 20, (24, size)), 1)
    scores[:, : size // 3] = 7.0
    scores[random.random(scores.shape) < 0.2] = -np.inf
    scores[:3] = -np.inf
    scores[3] = 1.0
    expected = plain_counts(scores)
    np.testing.assert_allclose(rank_counts(scores), expected, atol=1e-9)
    monkeypatch.setattr(acceptability, "MOST_PAIRS", 50)
    counts = RankCounts(size)
    for first in range(0, len(scores), 5):
        counts.add(scores[first : first + 5])
    np.testing.assert_allclose(counts.total(), expected, atol=1e-9)


def test_percentiles_are_whole_ranks_of_the_inverted_distribution():
    shares = np.array([[0.05, 0.45, 0.5], [0.04, 0.96, 0.0]])
    assert percentile_rank(shares, 0.05).tolist() == [1, 2]
    assert percentile_rank(shares, 0.5).tolist() == [2, 2]
    assert percentile_rank(shares, 0.95).tolist() == [3, 2]


def test_wins_count_ties_as_halves_and_the_unranked_as_losers():
    scores = np.array([[3.0, 1.0], [1.0, 1.0], [-np.inf, 1.0], [-np.inf, -np.inf]])
    assert wins(scores, np.array([0, 1]), np.array([1, 0])).tolist() == [2.0, 2.0]
