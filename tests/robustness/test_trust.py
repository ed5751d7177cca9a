"""The summary of the draws: bands, figures worth finding out, criteria that say the same."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from sectorscan.config.models import RobustnessConfig
from sectorscan.indicators.compute import compute
from sectorscan.robustness import draws
from sectorscan.robustness.acceptability import rank_counts, wins
from sectorscan.robustness.draws import pool, score_blocks
from sectorscan.robustness.examine import READINGS, examine
from sectorscan.robustness.hygiene import hygiene, rank_correlation
from sectorscan.robustness.trust import count, drawing, letters, robustness
from sectorscan.robustness.worth import worth_finding_out
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import Interval


def withheld(some_region, share=0.5):
    """Return a region of 25 industries, a third of them with jobs and wages as intervals."""
    panel = some_region(25, seed=4)
    hidden = (np.arange(25) % 3 == 0)[:, None]
    spread = np.where(hidden, share, 0.0)

    def opened(cells):
        return Interval(cells.value * (1 - spread), cells.value, cells.value * (1 + spread))

    return replace(panel, e_ir=opened(panel.e_ir), w_ir=opened(panel.w_ir))


@pytest.fixture
def case(some_region, config_of):
    config = config_of(
        gates=({"indicator": "employment", "below": 150, "effect": "exclude"},),
        robustness=RobustnessConfig(draws=500),
        outputs={"top": 4},
    )
    return rank(compute(withheld(some_region)), config), config


def test_shares_are_those_of_the_drawn_scores(case):
    ranking, config = case
    found = robustness(ranking, config)
    scores = np.concatenate(
        list(score_blocks(ranking, config, drawing(config, "near", figures=True)))
    )
    counts = rank_counts(scores) / 500
    ids = [sector.id for sector in ranking.matrix.sectors]
    for s in ranking.order:
        assert found.number(ids[s], "p_first") == pytest.approx(counts[s, 0], abs=1e-12)
        assert found.number(ids[s], "p_top") == pytest.approx(counts[s, :4].sum(), abs=1e-12)
        ranked = np.isfinite(scores[:, s]).mean()
        assert found.number(ids[s], "p_ranked") == pytest.approx(ranked)
    np.testing.assert_allclose(found.acceptability.p_rank.sum(axis=0), 1)
    np.testing.assert_allclose(found.acceptability.p_rank.sum(axis=1), 1)
    assert any(0 < found.number(name, "p_ranked") < 1 for name in ids)
    with pytest.raises(KeyError):
        found.number(ids[0], "p_last")


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 1000),
    missing=st.sampled_from(["renormalise", "neutral", "worst", "exclude"]),
    aggregation=st.sampled_from(["arithmetic", "geometric"]),
    method=st.sampled_from(["points", "minmax", "rank"]),
)
def test_the_shares_of_every_reading_sum_to_1_both_ways(
    some_region, config_of, seed, missing, aggregation, method
):
    config = config_of(
        method=method,
        missing=missing,
        aggregation=aggregation,
        gates=({"indicator": "employment", "below": 150, "effect": "exclude"},),
        robustness=RobustnessConfig(draws=60, seed=seed),
    )
    base = pool(rank(compute(withheld(some_region)), config), config)
    for one in count(base, [drawing(config, w, figures=f) for w, f in READINGS.values()]):
        shares = one.acceptability.p_rank
        np.testing.assert_allclose(shares.sum(axis=0), 1, rtol=0, atol=1e-12)
        np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=0, atol=1e-12)
        assert (shares >= 0).all()
        for chance in (one.acceptability.p_first, one.acceptability.p_top):
            assert (chance <= one.acceptability.p_ranked + 1e-12).all()


def test_who_a_gate_keeps_out_in_any_case_takes_no_part(case):
    ranking, config = case
    found = robustness(ranking, config)
    high = ranking.indicators.high[:, ranking.indicators.column("employment")]
    for s, sector in enumerate(ranking.matrix.sectors):
        assert (sector.id in found.place) == (high[s] >= 150)
    out = [s.id for s in ranking.matrix.sectors if s.id not in found.place]
    assert out
    assert np.isnan(found.number(out[0], "p_top"))


def test_neighbours_that_swap_often_share_a_band(case):
    ranking, config = case
    found = robustness(ranking, config)
    scores = np.concatenate(
        list(score_blocks(ranking, config, drawing(config, "near", figures=True)))
    )
    order = list(ranking.order)
    ids = [ranking.matrix.sectors[s].id for s in order]
    bands = [found.band[name] for name in ids]
    assert bands[0] == "A"
    assert len(set(bands)) > 2
    for place in range(len(order) - 1):
        before = wins(scores, np.array([order[place]]), np.array([order[place + 1]]))[0] / 500
        assert found.beats_next[ids[place]] == pytest.approx(before)
        assert (bands[place] == bands[place + 1]) == (1 - before > 0.2)


def test_letters_go_on_after_z():
    assert [letters(n) for n in (0, 25, 26, 27, 51, 52, 702)] == [
        *("A", "Z", "AA", "AB", "AZ", "BA", "AAA")
    ]


def test_no_draws_and_nobody_ranked_give_nothing(case, config_of):
    ranking, config = case
    off = config.model_copy(update={"robustness": RobustnessConfig(draws=0)})
    assert robustness(ranking, off) is None
    found = examine(ranking, off)
    assert found.robustness is None
    assert found.readings == {}
    assert found.flips
    nobody = config_of(gates=({"indicator": "employment", "above": -1, "effect": "exclude"},))
    empty = rank(ranking.indicators, nobody)
    assert robustness(empty, nobody) is None
    assert examine(empty, nobody) is None


def test_how_far_the_drawing_is_is_told(case, monkeypatch):
    ranking, config = case
    monkeypatch.setattr(draws, "CELLS_AT_ONCE", 100 * len(ranking.matrix.sectors))
    told = []
    found = robustness(ranking, config, lambda done, of: told.append((done, of)))
    assert [of for _, of in told] == [config.robustness.draws] * len(told)
    done = [done for done, _ in told]
    assert done == sorted(set(done))
    assert done[-1] == config.robustness.draws
    assert len(done) > 2
    again = robustness(ranking, config)
    np.testing.assert_array_equal(found.acceptability.p_rank, again.acceptability.p_rank)


def test_readings_alone_and_together(case):
    ranking, config = case
    found = examine(ranking, config)
    assert list(found.readings) == list(READINGS)
    # The configured reading is one of them, from the same draws.
    np.testing.assert_array_equal(
        found.readings["near"].p_rank, found.robustness.acceptability.p_rank
    )
    firm = [one.p_rank.max(axis=1).mean() for one in found.readings.values()]
    near, anywhere, near_alone, any_alone, _ = firm
    assert near_alone > near
    assert near > anywhere
    assert any_alone > anywhere


def test_a_figure_worth_finding_out_does_what_is_said(case):
    """Put each cell at its end and rank again from the start."""
    ranking, config = case
    found = worth_finding_out(pool(ranking, config))
    assert len(found) > 3
    panel = ranking.indicators.panel
    ids = [sector.id for sector in panel.sectors]
    listed = {ids[s] for s in ranking.order if ranking.rank[s] <= 4}
    changes = [len(one.joins) + len(one.leaves) for one in found]
    assert changes == sorted(changes, reverse=True)
    for one in found:
        s, year = ids.index(one.sector), panel.years.index(one.year)
        name = "e_ir" if one.figure == "employment" else "w_ir"
        joins, leaves, first = set(), set(), set()
        for end, told in ((one.low, one.rank_low), (one.high, one.rank_high)):
            cells = getattr(panel, name)
            value = cells.value.copy()
            assert cells.low[s, year] == one.low
            value[s, year] = end
            exact = {n: Interval.exact(getattr(panel, n).value) for n in ("e_ir", "w_ir")}
            again = rank(compute(replace(panel, **{**exact, name: Interval.exact(value)})), config)
            assert again.rank[s] == told
            then = {ids[k] for k in again.order if again.rank[k] <= 4}
            joins, leaves = joins | (then - listed), leaves | (listed - then)
            first |= {ids[k] for k in again.order if again.rank[k] == 1 and ranking.rank[k] != 1}
        assert joins == set(one.joins)
        assert leaves == set(one.leaves)
        assert first == set(one.first)


def test_a_missing_criterion_is_tried_at_its_worst_and_its_best(table, config):
    columns = {"a": [50, 40, 30.0], "b": [50, 45, np.nan]}
    built = config({"a": 1, "b": 1}, min_coverage=0.5, outputs={"top": 1})
    ranking = rank(table(columns), built)
    (one,) = worth_finding_out(pool(ranking, built))
    assert (one.sector, one.figure, one.year) == ("s002", "b", None)
    assert np.isnan([one.low, one.value, one.high]).all()
    assert (one.rank_low, one.rank, one.rank_high) == (3, 3, 1)
    assert one.joins == one.first == ("s002",)
    assert one.leaves == ("s000",)


def test_a_given_interval_is_tried_at_its_ends(table, config):
    built = config({"a": 1}, outputs={"top": 1})
    ranking = rank(
        table({"a": [50.0, 40.0, 30.0]}, low={"a": [45, 30, 29]}, high={"a": [55, 48, 31]}), built
    )
    assert worth_finding_out(pool(ranking, built)) == ()
    wider = table({"a": [50.0, 40.0, 30.0]}, low={"a": [35, 30, 29]}, high={"a": [55, 48, 31]})
    (one,) = worth_finding_out(pool(rank(wider, built), built))
    assert (one.sector, one.joins, one.leaves) == ("s000", ("s001",), ("s000",))


def test_rank_correlations_are_scipys(table, config):
    random = np.random.default_rng(3)
    one, other = random.integers(0, 6, 30).astype(float), random.normal(size=30)
    other[4] = one[9] = np.nan
    known = ~np.isnan(one) & ~np.isnan(other)
    expected = spearmanr(one[known], other[known]).statistic
    assert rank_correlation(one, other) == pytest.approx(expected)
    assert np.isnan(rank_correlation(one[:4], other[:4]))
    assert np.isnan(rank_correlation(np.ones(9), np.arange(9.0)))


def test_criteria_that_say_the_same_and_one_that_says_nothing(table, config):
    random = np.random.default_rng(2)
    a, b = random.uniform(0, 100, (2, 12))
    columns = {"a": a, "twin": a**2 / 100, "b": b, "flat": np.full(12, 40.0), "off": a}
    built = config({"a": 30, "twin": 30, "b": 30, "flat": 10, "off": 0})
    found = hygiene(rank(table(columns), built))
    assert [(pair.first, pair.second) for pair in found.pairs] == [("a", "twin")]
    assert found.pairs[0].correlation == pytest.approx(1)
    assert [one.criterion for one in found.influences] == ["a", "twin", "b", "flat"]
    assert [one.separates for one in found.influences] == [True, True, True, False]
    shares = [one.influence for one in found.influences]
    assert shares[3] == 0
    assert sum(shares) == pytest.approx(1)
    spread = np.array([column.std() for column in (a, a**2 / 100, b)])
    np.testing.assert_allclose(shares[:3], spread / spread.sum())
    assert not found.double_count


def test_local_growth_counted_twice_is_said(panel_of, config_of):
    panel = panel_of(np.arange(1, 31).reshape(6, 5) * 100.0, np.full((6, 5), 9.0))
    both = {"location_quotient_change": 1, "competitive_rate_pp": 1}
    config = config_of(weights=both, method="minmax")
    assert hygiene(rank(compute(panel), config)).double_count
