"""Kernels against published answers; each test names its source."""

import json

import numpy as np
import pytest

from sectorscan.indicators import concentration, growth, pay
from sectorscan.indicators.arithmetic import ratio


def oracle(shared, name):
    return json.loads(shared(f"oracles/regional/{name}").read_text(encoding="utf-8"))


# Location quotients and specialization


def test_lq_of_farhauer_and_kroell_2013_as_quoted_by_the_r_package_reat():
    # REAT manual, locq(): "returns the location quotient (0.3847623)"
    quotient = concentration.location_quotient(1714, 79006, 879213, 15593224)
    assert float(quotient) == pytest.approx(0.3847623, abs=5e-8)


def test_lq_is_2_where_16_percent_work_in_manufacturing_against_8_nationally():
    # Datawrapper map N04SU: "a county with 8% ... will have a 1.0 LQ, one with 16% an LQ of 2.0"
    quotient = concentration.location_quotient(np.array([80, 160]), 1000, 8000, 100000)
    assert quotient == pytest.approx([1.0, 2.0])


def test_lq_and_its_interval_farhauer_with_the_variance_of_beyene_moineddin_2005(shared):
    answer = oracle(shared, "lq_ci_farhauer.json")
    cells = [answer["input"][key] for key in ("e_ij", "e_j", "e_i", "e")]
    quotient = float(concentration.location_quotient(*cells))
    error = float(np.sqrt(concentration.log_location_quotient_variance(*cells)))
    assert quotient == pytest.approx(answer["LQ"], rel=1e-12)
    assert error == pytest.approx(answer["se_logLQ"], rel=1e-9)
    ends = quotient * np.exp(np.array([-1, 1]) * 1.959963984540054 * error)
    assert ends == pytest.approx(answer["ci95"], rel=1e-9)


def test_lq_of_bls_for_autauga_county_2023_is_on_the_base_of_all_ownerships(shared):
    row = oracle(shared, "qcew_lq_real.json")
    private = row["private_emp"], row["us_private_emp_2023"]
    on_all = concentration.location_quotient(
        private[0], row["total_emp"], private[1], row["us_total_emp_2023"]
    )
    assert float(on_all) == pytest.approx(row["computed_all_ownership_base"], rel=1e-12)
    assert round(float(on_all), 2) == row["published_lq_annual_avg_emplvl_private"]
    on_private = concentration.location_quotient(private[0], private[0], private[1], private[1])
    assert float(on_private) == row["would_be_if_private_base"]


def test_average_annual_pay_of_bls_rows_is_wages_over_employment(shared):
    for row in oracle(shared, "qcew_lq_real.json")["identities"]:
        average = float(pay.avg_annual_pay(row["total_annual_wages"], row["annual_avg_emplvl"]))
        assert abs(average - row["avg_annual_pay"]) < 1


def test_herfindahl_hirschman_of_eight_market_shares_is_1296():
    # Investopedia, "Herfindahl-Hirschman Index": shares 10, 9, 12, 15, 12, 11, 15, 16 %
    index = concentration.herfindahl_hirschman(np.array([10.0, 9, 12, 15, 12, 11, 15, 16]))
    assert 10_000 * index == pytest.approx(1296)


def test_krugman_index_runs_from_0_the_same_mix_to_2_nothing_in_common():
    # Krugman (1991), Geography and Trade, p. 76
    region = np.array([[30.0, 70, 0], [0, 0, 10], [50, 50, 0]])
    nation = np.array([300.0, 700, 0])
    assert concentration.krugman_specialization(region, nation) == pytest.approx([0, 2, 0.4])


def test_hachman_index_is_1_for_the_benchmark_mix_and_falls_with_specialization():
    # 1 / sum of LQ x share: shares 50/50 against 80/20 give 1 / (0.5²/0.8 + 0.5²/0.2) = 0.64
    region = np.array([[80.0, 20], [50, 50]])
    assert concentration.hachman(region, np.array([800.0, 200])) == pytest.approx([1, 0.64])


# Growth


def test_cagr_from_50_in_2010_to_100_in_2019_is_8_percent_a_year():
    # Wood-products example in the RPC recovery plan (issuu.com/reasite): "8 percent each year"
    assert float(growth.annual_growth_pct(100, 50, 9)) == pytest.approx(8.0, abs=0.01)


@pytest.mark.parametrize(
    ("end", "base", "years"), [(5, 0, 3), (0, 0, 3), (5, np.nan, 3), (5, 5, 0), (5, 4, np.nan)]
)
def test_growth_from_a_zero_or_unknown_base_or_over_no_years_is_not_computable(end, base, years):
    assert np.isnan(growth.annual_growth_pct(end, base, years))


def test_growth_to_zero_is_minus_100_percent():
    assert float(growth.annual_growth_pct(0, 5, 3)) == -100


def test_volatility_is_the_sample_standard_deviation_of_three_or_more_rates():
    jobs = np.array([[100, 110, 99, 108.9], [100, 110, 99, np.nan]])
    spread = growth.growth_volatility_pp(jobs)
    assert spread[0] == pytest.approx(np.std([10, -10, 10], ddof=1))
    assert np.isnan(spread[1])


def test_volatility_skips_the_two_rates_beside_a_missing_year():
    jobs = np.array([100, 110, 121, 100, np.nan, 100, 150.0])
    rates = [10, 10, 100 * (100 / 121 - 1), 50]
    assert float(growth.growth_volatility_pp(jobs)) == pytest.approx(np.std(rates, ddof=1))


# Shift-share


def test_shift_share_of_growth_6_against_2_and_3_percent_is_2_1_and_3():
    # Clarksville partnership, "Shift-share explanation": local 6 %, nation 2 %, industry 3 %
    e_ir0, e_ir1, e_in0, e_in1, e_n0, e_n1 = 100.0, 106.0, 5000.0, 5150.0, 1e5, 1.02e5
    parts = (
        growth.national_growth_effect(e_ir0, e_n1, e_n0),
        growth.industry_mix_effect(e_ir0, e_in1, e_in0, e_n1, e_n0),
        growth.competitive_effect(e_ir1, e_ir0, e_in1, e_in0),
    )
    assert np.array(parts) == pytest.approx([2, 1, 3])


def test_competitive_effect_is_computable_from_a_zero_regional_base():
    assert float(growth.competitive_effect(40.0, 0.0, 110.0, 100.0)) == 40


@pytest.fixture
def farhauer(shared):
    answer = oracle(shared, "shiftshare_farhauer_A_by_industry.json")
    e_ir0, e_ir1, e_in0, e_in1 = (
        np.array(answer[key]) for key in ("region_t0", "region_t1", "nation_t0", "nation_t1")
    )
    sums = {"e_r0": e_ir0.sum(), "e_r1": e_ir1.sum(), "e_n0": e_in0.sum(), "e_n1": e_in1.sum()}
    return answer["expected"], {
        "e_ir0": e_ir0,
        "e_ir1": e_ir1,
        "e_in0": e_in0,
        "e_in1": e_in1,
        **sums,
    }


def taken(cells, *names):
    return {name: cells[name] for name in names}


def test_classic_shift_share_of_farhauer_region_a_by_industry(farhauer):
    expected, cells = farhauer
    national = growth.national_growth_effect(**taken(cells, "e_ir0", "e_n1", "e_n0"))
    mix = growth.industry_mix_effect(**taken(cells, "e_ir0", "e_in1", "e_in0", "e_n1", "e_n0"))
    local = growth.competitive_effect(**taken(cells, "e_ir1", "e_ir0", "e_in1", "e_in0"))
    for part, key in ((national, "NS"), (mix, "IM"), (local, "RS")):
        assert part == pytest.approx(expected[key])
        assert part.sum() == pytest.approx(expected["totals"][key])


def test_esteban_marquillas_of_farhauer_region_a_by_industry(farhauer):
    expected, cells = farhauer
    names = ("e_ir1", "e_ir0", "e_r0", "e_in1", "e_in0", "e_n0")
    parts = growth.esteban_marquillas(**taken(cells, *names))
    for part, key in zip(parts, ("homothetic", "EM_competitive", "EM_allocation"), strict=True):
        assert part == pytest.approx(expected[key])
        assert part.sum() == pytest.approx(expected["totals"][key])


def test_arcelus_of_farhauer_region_a_by_industry(farhauer):
    expected, cells = farhauer
    parts = growth.arcelus(**cells)
    keys = [f"ARC_{part}_{side}" for part in ("NG", "IM", "RG", "RI") for side in ("exp", "diff")]
    for part, key in zip(parts, keys, strict=True):
        assert part == pytest.approx(expected[key])
        assert part.sum() == pytest.approx(expected["totals"][key], abs=1e-9)
    assert sum(parts) == pytest.approx(cells["e_ir1"] - cells["e_ir0"])


def test_dynamic_shift_share_of_barff_and_knight_is_the_sum_of_single_years():
    e_ir = np.array([[100.0, 120, 90], [50, 60, 80]])
    e_in = np.array([[1000.0, 1100, 1050], [500, 500, 700]])
    e_n = np.array([[10000.0, 10500, 11000]])
    parts = growth.dynamic_shift_share(e_ir, e_in, e_n)
    first = growth.national_growth_effect(e_ir[:, 0], e_n[:, 1], e_n[:, 0])
    second = growth.national_growth_effect(e_ir[:, 1], e_n[:, 2], e_n[:, 1])
    assert parts.national_growth == pytest.approx(first + second)
    assert sum(parts) == pytest.approx(e_ir[:, -1] - e_ir[:, 0])


# Pay


def test_relative_pay_is_a_ratio_of_ratios_of_sums():
    assert float(pay.relative_pay(712e4, 100, 603e5, 1000)) == pytest.approx(71200 / 60300)


def test_real_pay_growth_takes_the_price_index_out():
    # 10 % more pay over two years in which prices rose by 10 % is no growth at all
    assert float(pay.real_pay_cagr_pct(110, 1, 100, 1, 121, 110, 2)) == pytest.approx(0)
    assert float(pay.real_pay_cagr_pct(121, 1, 100, 1, 100, 100, 2)) == pytest.approx(10)


def test_division_by_zero_is_nan_and_warns_nobody(recwarn):
    assert np.isnan(ratio(np.array([1.0, 0.0]), 0.0)).all()
    assert float(ratio(3, 4)) == 0.75
    assert not recwarn.list


@pytest.mark.parametrize(
    "quotient",
    [concentration.wage_location_quotient, concentration.establishment_location_quotient],
)
def test_wage_and_establishment_quotients_are_the_same_formula(quotient):
    assert float(quotient(20.0, 100.0, 1000.0, 10000.0)) == pytest.approx(2)


def test_kernels_broadcast_over_draws_and_sectors():
    draws = np.random.default_rng(1).uniform(1, 10, (1000, 5))
    quotient = concentration.location_quotient(draws, 100.0, np.arange(1.0, 6), 1000.0)
    assert quotient.shape == (1000, 5)
    assert quotient[7, 3] == pytest.approx((draws[7, 3] / 100) / (4 / 1000))
