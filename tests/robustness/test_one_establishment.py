import time
from dataclasses import replace

import numpy as np
import pytest

from sectorscan.indicators.compute import compute
from sectorscan.robustness.one_establishment import swings, with_one_more_or_less
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import GivenFigures, Interval

NAN = np.nan
GATES = (
    {"indicator": "employment", "below": 200, "effect": "exclude"},
    {"indicator": "establishments", "below": 10, "effect": "exclude"},
)


def five_years(*ends):
    return [[end] * 5 for end in ends]


def ranked(panel, config):
    return rank(compute(panel), config)


def test_location_quotient_by_hand(panel_of, config_of):
    # 100 jobs at 4 firms, 10,000 jobs in the region; 1 % of the nation's jobs.
    panel = panel_of(five_years(100), five_years(4), rest=9_900, nation=five_years(100_000))
    panel = replace(panel, e_n_lq=Interval.exact(np.full((1, 5), 1e7)))
    config = config_of()
    (swing,) = swings(panel, ranked(panel, config), config)
    assert swing.lq == pytest.approx(1)
    assert swing.lq_up == pytest.approx((125 / 10_025) / 0.01)
    assert swing.lq_down == pytest.approx((75 / 9_975) / 0.01)
    assert swing.lq_caution
    assert (swing.rank, swing.rank_up, swing.rank_down) == (1, 1, 1)
    assert not swing.rank_caution


def test_pay_stays_and_the_benchmark_is_held(panel_of):
    panel = panel_of(five_years(100, 700), five_years(4, 70), pay=[40_000, 60_000])
    for sign in (1, -1):
        moved = with_one_more_or_less(panel, sign)
        np.testing.assert_allclose(
            compute(moved).values("avg_annual_pay"), [40_000, 60_000], rtol=1e-12
        )
        np.testing.assert_array_equal(moved.e_in.value, panel.e_in.value)
        np.testing.assert_array_equal(moved.e_n_lq.value, panel.e_n_lq.value)
        np.testing.assert_allclose(moved.e_ir.value[:, -1], [100 + sign * 25, 700 + sign * 10])
        np.testing.assert_allclose(moved.e_ir.value[:, :-1], panel.e_ir.value[:, :-1])
        # A world for each sector: each row's totals move by that sector's own step.
        np.testing.assert_allclose(
            moved.e_region.value[:, -1] - panel.e_region.value[0, -1], [sign * 25, sign * 10]
        )
        np.testing.assert_allclose(moved.e_r_lq.value[:, -1], moved.e_region.value[:, -1])
        np.testing.assert_array_equal(moved.n_ir[:, -1], [4 + sign, 70 + sign])


def test_the_last_establishment_leaves_nothing(panel_of, config_of):
    panel = panel_of(five_years(100, 900), five_years(1, 90))
    moved = with_one_more_or_less(panel, -1)
    assert (moved.e_ir.value[0, -1], moved.w_ir.value[0, -1], moved.n_ir[0, -1]) == (0, 0, 0)
    config = config_of()
    first, _ = swings(panel, ranked(panel, config), config)
    assert first.lq_down == 0


@pytest.mark.parametrize("firms", [0, NAN])
def test_without_establishments_nothing_is_said(panel_of, config_of, firms):
    panel = panel_of(five_years(100, 900), five_years(firms, 90))
    config = config_of(min_coverage=0)
    swing, other = swings(panel, ranked(panel, config), config)
    assert not swing.computable
    assert swing.rank == swing.rank_up == swing.rank_down == 2
    assert swing.lq == swing.lq_up == swing.lq_down
    assert not any([swing.rank_caution, swing.lq_caution, swing.gate_caution])
    assert other.computable


def test_coming_into_the_ranking_and_falling_out_of_it(panel_of, config_of):
    panel = panel_of(five_years(900, 900, 950), five_years(9, 10, 95))
    config = config_of(gates=GATES)
    nine, ten, many = swings(panel, ranked(panel, config), config)
    assert (nine.rank, nine.rank_down) == (0, 0)
    assert nine.rank_up > 0
    assert (ten.rank > 0, ten.rank_up > 0, ten.rank_down) == (True, True, 0)
    assert nine.gate_caution
    assert ten.gate_caution
    assert not many.gate_caution


def test_a_rank_that_moves_by_three_is_a_caution(panel_of, config_of):
    # Two big employers in the first; without one of them it stands below three others.
    panel = panel_of(
        five_years(2_000, 1_900, 1_800, 1_700),
        five_years(2, 190, 180, 170),
        rest=92_600,
        nation=five_years(150_000, 150_000, 150_000, 150_000),
    )
    config = config_of(weights={"location_quotient": 1})
    first, *others = swings(panel, ranked(panel, config), config)
    assert (first.rank, first.rank_up, first.rank_down) == (1, 1, 4)
    assert first.rank_caution
    assert [swing.rank for swing in others] == [2, 3, 4]
    assert not any(swing.rank_caution for swing in others)


@pytest.mark.parametrize(
    ("share", "firms", "caution"),
    [(0.0100, 400, True), (0.0130, 8, True), (0.0124, 100, True), (0.0110, 50, False)],
    ids=["crosses 1", "moves by more than 0.15", "crosses 1.25", "neither"],
)
def test_location_quotient_cautions(panel_of, config_of, share, firms, caution):
    panel = panel_of(five_years(10_000 * share), five_years(firms), rest=10_000 * (1 - share))
    panel = replace(panel, e_n_lq=Interval.exact(np.full((1, 5), 1e7)))
    config = config_of()
    (swing,) = swings(panel, ranked(panel, config), config)
    assert swing.lq == pytest.approx(100 * share)
    assert swing.lq_caution is caution


@pytest.mark.parametrize("method", ["points", "minmax", "zscore", "percentile", "rank"])
@pytest.mark.parametrize("settings", [{}, {"aggregation": "geometric", "missing": "worst"}])
def test_by_brute_force(some_region, config_of, one_changed, method, settings):
    """One sector's row changed in the table, and the whole ranking made again."""
    panel = some_region(25)
    config = config_of(method=method, gates=GATES, **settings)
    base = ranked(panel, config)
    table = base.indicators
    for s, swing in enumerate(swings(panel, base, config)):
        assert swing.sector == panel.sectors[s].id
        assert swing.rank == base.rank[s]
        if not swing.computable:
            continue
        for sign, rank_moved, lq_moved in (
            (1, swing.rank_up, swing.lq_up),
            (-1, swing.rank_down, swing.lq_down),
        ):
            row = compute(one_changed(panel, s, sign))
            value = table.value.copy()
            value[s] = row.value[s]
            again = rank(replace(table, low=value, value=value, high=value), config)
            assert rank_moved == again.rank[s]
            assert lq_moved == pytest.approx(row.values("location_quotient")[s], nan_ok=True)


def test_blocks_of_cases_agree_with_one_block(some_region, config_of, monkeypatch):
    panel, config = some_region(30), config_of(method="minmax")
    base = ranked(panel, config)
    together = swings(panel, base, config)
    monkeypatch.setattr("sectorscan.robustness.one_establishment.CELLS_AT_ONCE", 700)
    assert repr(swings(panel, base, config)) == repr(together)


def test_given_figures_stay_as_given(panel_of, config_of):
    given = GivenFigures(
        values={"location_quotient": Interval.exact(np.array([1.1]))},
        sources={"location_quotient": "concentration.csv"},
    )
    panel = replace(panel_of(five_years(100), five_years(4)), given=given)
    config = config_of()
    (swing,) = swings(panel, ranked(panel, config), config)
    assert (swing.lq, swing.lq_up, swing.lq_down) == (1.1, 1.1, 1.1)


def test_inputs_are_never_mutated(some_region, config_of):
    panel, config = some_region(12), config_of(method="zscore")
    base = ranked(panel, config)
    before = [panel.n_ir.copy(), panel.e_ir.value.copy(), panel.e_region.value.copy()]
    score = base.score.copy()
    swings(panel, base, config)
    for now, then in zip([panel.n_ir, panel.e_ir.value, panel.e_region.value], before, strict=True):
        np.testing.assert_array_equal(now, then)
    np.testing.assert_array_equal(base.score, score)


def test_uncertain_cells_are_taken_at_their_values(some_region, config_of):
    panel, config = some_region(12), config_of()
    wide = Interval(panel.e_ir.value * 0.5, panel.e_ir.value, panel.e_ir.value * 2)
    unsure = replace(panel, e_ir=wide)
    got = swings(unsure, ranked(unsure, config), config)
    assert repr(got) == repr(swings(panel, ranked(panel, config), config))


def test_no_sectors(panel_of, config_of):
    panel = panel_of(np.zeros((0, 5)), np.zeros((0, 5)))
    config = config_of()
    assert swings(panel, ranked(panel, config), config) == ()


@pytest.mark.parametrize("method", ["points", "percentile"])
def test_a_hundred_sectors_are_fast(some_region, config_of, method):
    panel, config = some_region(100), config_of(method=method, gates=GATES)
    base = ranked(panel, config)
    times = []
    for _ in range(5):
        start = time.process_time()
        swings(panel, base, config)
        times.append(time.process_time() - start)
    assert min(times) < 0.1  # 0.015-0.03 s of processor time when measured
