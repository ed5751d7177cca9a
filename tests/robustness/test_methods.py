"""Other ways to score beside the ranking: what is kept, who joins, who leaves, and by how much."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.robustness.exact import rankings
from tests.robustness.test_draws import withheld_panel
from tests.scoring.conftest import UNIT_POINTS

from sectorscan.config.models import Scale
from sectorscan.indicators.compute import compute
from sectorscan.robustness.draws import pool
from sectorscan.robustness.methods import _kendall_tau, complete, other_ways
from sectorscan.robustness.peers import METHODS
from sectorscan.scoring.rank import rank

RULES = ("renormalise", "neutral", "worst", "exclude")


def found(table, config):
    ways = other_ways(pool(rank(table, config), config))
    return {(way.kind, way.id): way for way in ways}


@pytest.fixture
def plans(table, config):
    """Return four sectors, three criteria, all known; A is first, then B, C, D."""
    built = table(
        {"a": [90.0, 40.0, 60.0, 0.0], "b": [50.0, 95.0, 30.0, 0.0], "c": [60.0, 50.0, 70.0, 0.0]},
        names=["A", "B", "C", "D"],
    )
    return built, config({"a": 2, "b": 1, "c": 1}, outputs={"top": 2})


def test_every_other_way_is_there_once_and_the_ranking_s_own_is_not(plans):
    ways = found(*plans)
    kinds = {}
    for kind, name in ways:
        kinds.setdefault(kind, []).append(name)
    assert kinds == {
        "method": list(METHODS),
        "scale": ["minmax", "zscore", "percentile", "rank"],
        "aggregation": ["geometric"],
        "missing": ["neutral", "worst", "exclude"],
        "without_criterion": ["a", "b", "c"],
        "without_sector": ["A", "B", "C", "D"],
    }


def test_scores_by_hand(plans):
    """Scores 72.5, 56.25, 55, 0. Without a: 55, 72.5, 50, 0. Without b: 80, 43.3, 63.3, 0."""
    ways = found(*plans)
    without_a, without_b = (ways["without_criterion", name] for name in "ab")
    assert (without_a.keeps_first, without_a.first) == (False, ("B",))
    assert without_a.keeps_shortlist
    assert without_a.kendall_tau == pytest.approx(4 / 6)  # one of six pairs is turned round
    assert (without_b.keeps_first, without_b.first) == (True, ("A",))
    assert (without_b.joins, without_b.leaves) == (("C",), ("B",))
    assert not without_b.keeps_shortlist
    assert without_b.ranked == 4


def test_a_sector_left_out_is_compared_with_the_order_of_the_others(plans):
    """Under points nobody's score hangs on another: whoever leaves, the others stay as they are."""
    ways = found(*plans)
    for name in "ABCD":
        way = ways["without_sector", name]
        assert way.keeps_first
        assert way.keeps_shortlist
        assert way.kendall_tau == pytest.approx(1)
        assert way.ranked == 3
    assert ways["without_sector", "A"].first == ("B",)


def test_a_sector_left_out_turns_others_round_where_it_sets_the_scale(table, config):
    """Under minmax: (1, 0), (0.5, 0.6), (0, 1) with weights 1 and 1, then without the last."""
    minmax = Scale(method="minmax")
    built = table({"a": [10.0, 5.0, 0.0], "b": [0.0, 6.0, 10.0]}, names=["A", "B", "C"])
    settings_ = config({"a": (1, minmax), "b": (1, minmax)}, outputs={"top": 1})
    ways = found(built, settings_)
    assert ways["without_sector", "A"].first == ("B", "C")  # 1 + 0 and 0 + 1: level
    assert not ways["without_sector", "A"].keeps_first
    assert ways["without_sector", "A"].joins == ("C",)
    assert np.isnan(ways["without_sector", "A"].kendall_tau)


def test_the_scales_agree_with_ranking_by_them(plans, config):
    built, settings_ = plans
    ways = found(built, settings_)
    base = rank(built, settings_)
    for method in ("minmax", "zscore", "percentile", "rank"):
        scale = Scale(method=method)
        other = config({"a": (2, scale), "b": (1, scale), "c": (1, scale)}, outputs={"top": 2})
        plain = rank(built, other)
        way = ways["scale", method]
        firsts = {s.id for s, r in zip(plain.matrix.sectors, plain.rank, strict=True) if r == 1}
        assert set(way.first) == firsts
        pairs = [(p, q) for p in range(4) for q in range(p)]
        one, other_ = (
            np.array([np.sign(r.rank[p] - r.rank[q]) for p, q in pairs]) for r in (base, plain)
        )
        tau = one @ other_ / np.sqrt((one @ one) * (other_ @ other_))
        assert way.kendall_tau == pytest.approx(tau)


def test_kendalls_tau_b_with_ties_over_those_that_both_rank():
    """Agresti's definition by hand: 4 concordant, 1 discordant, one tie on one side: 3/sqrt(30)."""
    was, now = np.array([1, 2, 3, 4, 0, 5]), np.array([1, 1, 4, 3, 2, 0])
    assert _kendall_tau(was, now) == pytest.approx(3 / np.sqrt(6 * 5))
    assert _kendall_tau(was, was) == pytest.approx(1)
    assert np.isnan(_kendall_tau(was[:1], now[:1]))
    assert np.isnan(_kendall_tau(np.array([1, 1]), np.array([1, 2])))


def test_what_cannot_be_computed_has_a_reason_and_stops_nothing(table, config):
    """A user's own indicators on minmax: no points for them; and one sector alone."""
    minmax = Scale(method="minmax")
    settings_ = config({"a": (1, minmax), "b": (1, minmax)})
    ways = found(table({"a": [1.0, 2.0, 4.0], "b": [5.0, 3.0, 1.0]}), settings_)
    points = ways["scale", "points"]
    assert points.why_not == "there are no points, nor default ones, that go with the direction"
    assert points.unable == ("a", "b")
    assert not points.keeps_first
    assert not points.keeps_shortlist
    assert ways["scale", "zscore"].why_not is None

    alone = found(table({"a": [1.0], "b": [5.0]}), settings_)
    assert all("nobody to compare" in alone["method", name].why_not for name in METHODS)
    assert alone["scale", "rank"].keeps_first
    assert alone["without_sector", "s000"].why_not == "no other sector is there"

    one = config({"a": (1, minmax)})
    only = found(table({"a": [1.0, 2.0]}), one)["without_criterion", "a"]
    assert only.why_not == "no other criterion has a weight"


def test_a_way_that_ranks_nobody_has_a_reason(table, config):
    """Everyone lacks something: exclude leaves nobody."""
    built = table({"a": [1.0, np.nan], "b": [np.nan, 5.0]})
    ways = found(built, config({"a": 1, "b": 1}, min_coverage=0.0))
    assert ways["missing", "exclude"].why_not == "it ranks nobody"


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
@pytest.mark.parametrize("missing", RULES)
def test_filled_in_a_sector_has_the_score_that_it_has(table, config, aggregation, missing):
    """What goes into the other methods gives the ranking's scores back under its own mean."""
    random = np.random.default_rng(3)
    value = random.uniform(0, 100, (9, 5))
    value[random.random(value.shape) < 0.15] = np.nan
    value[:3], value[:, 4] = random.uniform(0, 100, (3, 5)), np.nan
    built = table(dict(zip("abcde", value.T, strict=True)))
    weights = {"a": 3, "b": 2, "c": 2, "d": 1, "e": 1}
    settings_ = config(weights, aggregation=aggregation, missing=missing, min_coverage=0.5)
    ranking = rank(built, settings_)
    scaled, weights = complete(ranking)
    assert not np.isnan(scaled).any()
    shares = weights / weights.sum()
    got = (
        scaled @ shares if aggregation == "arithmetic" else np.exp(np.log1p(0.99 * scaled) @ shares)
    )
    fills = {"neutral": 50, "worst": 0}
    expected = ranking.score[list(ranking.order)]
    if missing in fills:  # the criterion that nobody has counts as 50 or 0 for all
        left = 1 - ranking.matrix.weights[4]
        of_e = fills[missing] if aggregation == "arithmetic" else np.log1p(0.99 * fills[missing])
        expected = (
            (expected - (1 - left) * of_e) / left
            if aggregation == "arithmetic"
            else np.exp((np.log(expected) - (1 - left) * of_e) / left)
        )
    np.testing.assert_allclose(got, expected)


def test_spotis_is_the_weighted_mean_and_weighted_product_the_geometric_one(panel_of, config_of):
    """Independent software for our own formulas."""
    settings_ = config_of()
    built = compute(withheld_panel(panel_of))
    ways = found(built, settings_)
    assert ways["method", "spotis"].kendall_tau == pytest.approx(1)
    geometric = ways["aggregation", "geometric"]
    product = ways["method", "weighted_product"]
    assert replace(product, kind=geometric.kind, id=geometric.id) == geometric


@settings(max_examples=80, deadline=None)
@given(rankings(), st.integers(1, 4))
def test_whatever_the_ranking_the_table_is_whole_and_consistent(ranking, top):
    config = _config_of(ranking, top)
    if not ranking.order:
        return
    ways = other_ways(pool(ranking, config))
    ranked = {ranking.matrix.sectors[s].id for s in ranking.order}
    listed = {ranking.matrix.sectors[s].id for s in ranking.order if ranking.rank[s] <= top}
    assert len({(way.kind, way.id) for way in ways}) == len(ways)
    for way in ways:
        if way.why_not is not None:
            assert not way.first
            assert not way.keeps_first
            continue
        assert way.first
        assert way.ranked >= len(way.first)
        assert not set(way.joins) & set(way.leaves)
        assert np.isnan(way.kendall_tau) or -1 - 1e-9 <= way.kendall_tau <= 1 + 1e-9
        if way.kind != "without_sector":
            assert set(way.leaves) <= listed
            assert not set(way.joins) & listed
        if way.kind == "method":
            assert way.ranked == len(ranked)
            assert set(way.first) <= ranked


def _config_of(ranking, top):
    """Return a config that gives the ranking of ``exact.rankings`` its weights and rules."""
    from sectorscan.config.models import Config, CriterionConfig, GateConfig, GroupConfig

    matrix = ranking.matrix
    gated = any(ranking.gates)
    return Config(
        criteria={
            one.id: GroupConfig(
                weight=one.weight,
                indicators={one.id: CriterionConfig(weight=1, scale=Scale(points=UNIT_POINTS))},
            )
            for one in matrix.criteria
        },
        aggregation=matrix.aggregation,
        missing=matrix.missing,
        min_coverage=matrix.min_coverage,
        gates=(GateConfig(indicator="c0", below=1, effect="exclude"),) if gated else (),
        outputs={"top": top},
    )
