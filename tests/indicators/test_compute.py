"""From a panel to the table: values, statuses, sources, reasons, and given figures."""

import copy
import dataclasses
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.indicators.compute import compute
from sectorscan.indicators.registry import REGISTRY
from sectorscan.tables.model import GivenFigures, Interval, Rate


def exact(*values):
    return Interval.exact(np.array(values, dtype=float))


def rate(*values, whole, low=None, high=None, wider="", missing=None):
    """A figure of another source, one value a sector."""
    value = np.array(values, dtype=float)
    ends = [value if end is None else np.array(end, dtype=float) for end in (low, high)]
    uncertain = ends[0] < ends[1]
    return Rate(
        interval=Interval(ends[0], value, ends[1]),
        all_industries=exact(whole),
        status=np.where(np.isnan(value), "missing", np.where(uncertain, "estimated", "derived")),
        source=f"other.csv: {wider}" if wider else "other.csv",
        wider=wider,
        missing=missing or {},
    )


@pytest.fixture
def simple(panel_of):
    """One sector and another, 2020 to 2023, against a nation that doesn't hold the region."""

    def make(**options):
        cells = {
            "years": (2020, 2021, 2022, 2023),
            "e_ir": [[100, 110, 120, 130], [300, 290, 280, 270]],
            "w_ir": [[4e6, 4.6e6, 5.2e6, 6.5e6], [15e6, 15e6, 15e6, 13.5e6]],
            "n_ir": [[10, 10, 11, 13], [30, 30, 30, 27]],
            "e_r": [1000, 1010, 1020, 1030],
            "w_r": [5e7, 5.1e7, 5.2e7, 5.15e7],
            "e_in": [[1000, 1020, 1040, 1100], [5000, 5000, 5000, 5500]],
            "w_in": [[5e7, 5e7, 5e7, 6.6e7], [2e8, 2e8, 2e8, 2.2e8]],
            "e_n": [20000, 20500, 21000, 22000],
            "w_n": [1e9, 1e9, 1e9, 1.21e9],
        }
        return panel_of(**{**cells, **options})

    return make


def test_every_indicator_of_the_table_by_hand(simple):
    given_figures = GivenFigures(
        values={"projected_growth_pct": exact(1.5, 0.25)},
        sources={"projected_growth_pct": "growth.csv"},
        region={"projected_growth_pct": 0.5},
    )
    others = {
        "openings_rate_pct": (12, 10),
        "workers_55_plus_pct": (30, 22),
        "turnover_pct": (8, 9),
        "new_hire_annual_pay": (36000, 30000),
        "middle_skill_share_pct": (60, 40),
    }
    rates = {name: rate(own, own, whole=whole) for name, (own, whole) in others.items()}
    thresholds = {"new_hire_annual_pay": 40000}
    table = compute(simple(given=given_figures, rates=rates, thresholds=thresholds))
    first = {name: table.value[0, table.column(name)] for name in table.ids}
    growth, region_growth = 1.3 ** (1 / 3), 1.03 ** (1 / 3)
    yearly = 100 * np.array([110 / 100, 120 / 110, 130 / 120])
    assert first.pop("real_pay_cagr_pct") != 0
    assert first == pytest.approx(
        {
            "employment": 130,
            "employment_share_pct": 100 * 130 / 1030,
            "establishments": 13,
            "jobs_per_establishment": 10,
            "location_quotient": (130 / 1030) / (1100 / 22000),
            "location_quotient_change": (130 / 1030) / 0.05 - 2,
            "employment_change": 30,
            "employment_cagr_pct": 100 * (growth - 1),
            "employment_cagr_vs_region_pp": 100 * (growth - region_growth),
            "recent_growth_vs_region_pp": 100 * ((130 / 110) ** 0.5 - (1030 / 1010) ** 0.5),
            "national_growth_effect": 10,
            "industry_mix_effect": 0,
            "competitive_effect": 20,
            "competitive_rate_pp": 100 * (growth - 1.1 ** (1 / 3)),
            "growth_volatility_pp": np.std(yearly, ddof=1),
            "avg_annual_pay": 50000,
            "pay_vs_region": 1,
            "pay_vs_benchmark": 50000 / 60000,
            "projected_growth_pct": 1.5,
            "projected_growth_vs_region_pp": 1.0,
            "openings_rate_pct": 12,
            "openings_vs_region": 1.2,
            "workers_55_plus_pct": 30,
            "workers_55_plus_vs_region_pp": 8,
            "turnover_pct": 8,
            "new_hire_annual_pay": 36000,
            "new_hire_pay_vs_threshold": 0.9,
            "middle_skill_share_pct": 60,
            "middle_skill_vs_region": 1.5,
        },
        abs=1e-9,
    )
    assert table.ids == tuple(REGISTRY)
    np.testing.assert_array_equal(table.low, table.value)
    np.testing.assert_array_equal(table.high, table.value)


def test_the_regions_and_the_benchmarks_own_figures(simple):
    table = compute(simple())
    region, nation = table.region, table.benchmark
    assert region["employment"] == 1030
    assert region["employment_base"] == 1000
    assert region["employment_change"] == 30
    assert region["employment_cagr_pct"] == pytest.approx(100 * (1.03 ** (1 / 3) - 1))
    assert region["avg_annual_pay"] == 50000
    assert region["pay_vs_benchmark"] == pytest.approx(50000 / 55000)
    assert np.isnan(region["establishments"])
    assert np.isnan(region["projected_growth_pct"])
    assert nation["employment"] == 22000
    assert nation["avg_annual_pay"] == 55000
    assert nation["employment_cagr_pct"] == pytest.approx(100 * (1.1 ** (1 / 3) - 1))


def test_statuses_tell_given_computed_and_estimated_apart(simple, panel_of):
    panel = simple()
    statuses = panel.e_status.copy()
    statuses[1, -1] = "derived"
    table = compute(dataclasses.replace(panel, e_status=statuses))
    assert list(table.status[:, table.column("employment")]) == ["published", "derived"]
    assert list(table.status[:, table.column("establishments")]) == ["published"] * 2
    assert list(table.status[:, table.column("location_quotient")]) == ["derived"] * 2
    assert list(table.status[:, table.column("real_pay_cagr_pct")]) == ["missing"] * 2


def test_one_withheld_base_year_estimates_growth_but_not_todays_jobs(simple):
    panel = simple()
    cells = panel.e_ir
    low, high = cells.low.copy(), cells.high.copy()
    low[0, 0], high[0, 0] = 90, 120
    statuses = panel.e_status.copy()
    statuses[0, 0] = "estimated"
    table = compute(
        dataclasses.replace(panel, e_ir=Interval(low, cells.value, high), e_status=statuses)
    )
    status = {name: list(table.status[:, table.column(name)]) for name in table.ids}
    assert status["employment"] == ["published", "published"]
    assert status["employment_cagr_pct"] == ["estimated", "derived"]
    assert status["recent_growth_vs_region_pp"] == ["derived", "derived"]
    assert status["growth_volatility_pp"] == ["estimated", "derived"]


def test_an_estimated_cell_whose_ends_meet_is_still_estimated(simple):
    panel = simple()
    statuses = panel.w_status.copy()
    statuses[0, -1] = "estimated"
    table = compute(dataclasses.replace(panel, w_status=statuses))
    assert list(table.status[:, table.column("avg_annual_pay")]) == ["estimated", "derived"]


def test_sources_name_each_file_once(simple):
    table = compute(simple())
    sources = dict(zip(table.ids, table.sources, strict=True))
    assert sources["employment"] == "employment.csv"
    assert sources["location_quotient"] == "employment.csv, nation.csv"
    assert sources["pay_vs_region"] == "wages.csv, employment.csv"
    assert sources["jobs_per_establishment"] == "employment.csv"


@pytest.mark.parametrize(
    ("changes", "indicator", "reason"),
    [
        (
            {"e_in": [[np.nan] * 3 + [1100]] * 2, "e_n": [np.nan, np.nan, np.nan, 22000]},
            "competitive_effect",
            "the benchmark US000 has no figures for 2020",
        ),
        (
            {"e_in": [[np.nan] * 4, [5000] * 4]},
            "location_quotient",
            "the benchmark US000 has no figures for this industry in 2023",
        ),
        (
            {"e_in": np.nan, "e_n": np.nan, "w_in": np.nan, "w_n": np.nan},
            "pay_vs_benchmark",
            "no benchmark figures were given",
        ),
        (
            {"e_ir": [[0, 1, 2, 3], [1, 1, 1, 1]]},
            "employment_cagr_pct",
            "no jobs in 2020 to grow from",
        ),
        ({"e_ir": [[9, 9, 9, 0], [1, 1, 1, 1]]}, "avg_annual_pay", "no jobs in 2023"),
        (
            {"e_ir": [[np.nan, 1, 2, 3], [1, 1, 1, 1]]},
            "employment_change",
            "no employment figures for 2020",
        ),
        ({"w_ir": np.nan}, "pay_vs_region", "no wages were given"),
        ({"w_ir": [[1, 1, 1, np.nan], [1] * 4]}, "avg_annual_pay", "no wages are known for 2023"),
        ({"n_ir": np.nan}, "establishments", "no establishment counts were given"),
        (
            {"n_ir": [[1, 1, 1, 0], [1] * 4]},
            "jobs_per_establishment",
            "no establishments in 2023",
        ),
        ({}, "real_pay_cagr_pct", "no price index was given"),
        ({}, "projected_growth_pct", "no projections were given"),
        ({}, "projected_growth_vs_region_pp", "no projections were given"),
        (
            {"e_ir": [[1, np.nan, 2, 3], [1, 1, 1, 1]]},
            "growth_volatility_pp",
            "fewer than 3 year-on-year growth rates are known in the period",
        ),
        ({"w_r": np.nan}, "pay_vs_region", "the region's total wages aren't known for 2023"),
    ],
)
def test_a_missing_value_says_why(simple, changes, indicator, reason):
    table = compute(simple(**changes))
    column = table.column(indicator)
    assert np.isnan([a[0, column] for a in (table.low, table.value, table.high)]).all()
    assert table.status[0, column] == "missing"
    assert table.missing_reason["s0", indicator] == reason


def test_every_missing_value_and_no_other_has_a_reason(simple):
    table = compute(simple(e_ir=[[0, 0, 0, 0], [300, np.nan, 280, 270]], w_in=np.nan))
    said = np.array(
        [[(s.id, name) in table.missing_reason for name in table.ids] for s in table.sectors]
    )
    np.testing.assert_array_equal(said, np.isnan(table.value))
    np.testing.assert_array_equal(said, table.status == "missing")


def test_a_period_of_one_year_has_levels_but_no_growth(panel_of, table_cell):
    table = compute(panel_of(years=(2023,), sectors=1, e_ir=50, e_r=1000, e_in=100, e_n=4000))
    assert table_cell(table, "location_quotient")[1] == pytest.approx(2)
    for name, spec in REGISTRY.items():
        if spec.kind == "growth" and not name.startswith(("projected", "real_pay")):
            assert np.isnan(table_cell(table, name)[1])
    why = "the period is one year (2023), so there is no growth to measure"
    assert table.missing_reason["s0", "employment_cagr_pct"] == why
    assert np.isnan(table.region["employment_cagr_pct"])


def test_recent_growth_is_missing_where_the_period_is_short_or_the_year_absent(panel_of):
    cells = {"sectors": 1, "e_ir": 50, "e_r": 1000}
    short = compute(panel_of(years=(2021, 2022, 2023), **cells))
    assert short.missing_reason["s0", "recent_growth_vs_region_pp"] == (
        "the period is no longer than 2 years"
    )
    absent = compute(panel_of(years=(2019, 2020, 2023), **cells))
    assert absent.missing_reason["s0", "recent_growth_vs_region_pp"] == "no figures for 2021"


def test_volatility_counts_only_rates_of_neighboring_years(panel_of, table_cell):
    jobs = [[100, 110, 121, 140, 160]]
    gap = compute(panel_of(years=(2018, 2019, 2020, 2022, 2023), sectors=1, e_ir=jobs))
    rates = [10, 10, 100 * (160 / 140 - 1)]
    assert table_cell(gap, "growth_volatility_pp")[1] == pytest.approx(np.std(rates, ddof=1))


def test_a_bundle_with_its_own_areas_takes_their_totals_but_its_share_is_of_the_region(
    panel_of, table_cell
):
    table = compute(
        panel_of(
            years=(2023,),
            sectors=2,
            e_ir=50,
            w_ir=2.5e6,
            e_r=[[1000], [400]],
            w_r=[[4e7], [2.4e7]],
            e_region=1000,
            w_region=4e7,
            e_in=100,
            e_n=4000,
        )
    )
    assert table_cell(table, "location_quotient", 1)[1] == pytest.approx(5)
    assert table_cell(table, "pay_vs_region", 1)[1] == pytest.approx(5 / 6)
    assert table_cell(table, "employment_share_pct", 1)[1] == pytest.approx(5)
    assert table.region["avg_annual_pay"] == 40000


def test_the_quotients_own_base_is_used_for_the_quotient_alone(simple, table_cell):
    table = compute(simple(e_r_lq=[2000] * 4, e_n_lq=[30000] * 4))
    assert table_cell(table, "location_quotient")[1] == pytest.approx((130 / 2000) / (1100 / 30000))
    assert table_cell(table, "employment_share_pct")[1] == pytest.approx(100 * 130 / 1030)
    assert table_cell(table, "location_quotient_change")[1] == pytest.approx(
        (130 / 2000) / (1100 / 30000) - (100 / 2000) / (1000 / 30000)
    )


# Given figures


def given_of(name, interval, **more):
    return GivenFigures({name: interval}, {name: "given.csv"}, **more)


def test_a_given_figure_wins_and_a_difference_beyond_rounding_is_a_caution(simple, table_cell):
    panel = simple(given=given_of("location_quotient", exact(2.9, 1.05)))
    table = compute(panel)
    assert table_cell(table, "location_quotient") == (2.9, 2.9, 2.9)
    assert table.status[0, table.column("location_quotient")] == "published"
    assert table.sources[table.column("location_quotient")] == "given.csv"
    (caution,) = table.cautions
    assert "1 of 2 given figures differ" in caution
    assert "Sector 0 (given 2.9, computed 2.524)" in caution


def test_given_growth_is_what_is_compared_with_the_regions(simple, table_cell):
    """Else a sector that is said to grow 9 % would be scored on the growth of its jobs table."""
    panel = simple(given=given_of("employment_cagr_pct", exact(9.0, np.nan)))
    table, computed = compute(panel), compute(simple())
    region = table.region["employment_cagr_pct"]
    ours = table_cell(table, "employment_cagr_vs_region_pp", 0)
    assert ours == pytest.approx((9 - region,) * 3)
    other = table_cell(table, "employment_cagr_vs_region_pp", 1)
    assert other == table_cell(computed, "employment_cagr_vs_region_pp", 1)


def test_a_given_figure_that_is_only_rounded_is_no_caution(simple):
    lq0, lq1 = (130 / 1030) / 0.05, (270 / 1030) / 0.25
    panel = simple(given=given_of("location_quotient", exact(round(lq0, 1), round(lq1, 1))))
    assert compute(panel).cautions == ()
    growth = given_of("employment_cagr_pct", exact(9.1, -3.5))
    assert compute(simple(given=growth)).cautions == ()


def test_a_given_growth_off_by_a_tenth_is_a_caution(simple):
    (caution,) = compute(simple(given=given_of("employment_cagr_pct", exact(9.26, -3.45)))).cautions
    assert caution.startswith("Job growth a year: 1 of 2 given figures differ")


def test_a_given_figure_inside_the_computed_interval_is_no_difference(simple):
    panel = simple(given=given_of("employment_cagr_pct", exact(8.0, np.nan)))
    low = panel.e_ir.low.copy()
    low[0, -1] = 100
    unsure = Interval(low, panel.e_ir.value, panel.e_ir.high)
    table = compute(dataclasses.replace(panel, e_ir=unsure))
    assert table.cautions == ()
    column = table.column("employment_cagr_pct")
    assert table.value[0, column] == 8.0
    assert table.value[1, column] < 0
    assert table.sources[column] == "given.csv, employment.csv"


def test_given_growth_alone_gives_growth_against_the_region(panel_of, table_cell):
    figures = given_of(
        "employment_cagr_pct", exact(2.5, np.nan), region={"employment_cagr_pct": 1.0}
    )
    table = compute(panel_of(years=(2023,), e_ir=[[50], [60]], e_r=1000, given=figures))
    assert table_cell(table, "employment_cagr_pct")[1] == 2.5
    assert table_cell(table, "employment_cagr_vs_region_pp")[1] == 1.5
    assert table.status[0, table.column("employment_cagr_vs_region_pp")] == "derived"
    assert np.isnan(table_cell(table, "employment_cagr_vs_region_pp", 1)[1])
    assert ("s1", "employment_cagr_vs_region_pp") in table.missing_reason
    assert table.region["employment_cagr_pct"] == 1.0


def test_a_projection_without_that_of_all_industries_has_no_difference(simple):
    figures = given_of("projected_growth_pct", exact(1.5, np.nan))
    table = compute(simple(given=figures))
    reason = table.missing_reason
    assert reason["s0", "projected_growth_vs_region_pp"] == (
        "no projected growth of all industries was given"
    )
    assert reason["s1", "projected_growth_pct"] == "no projection was given for this industry"
    assert table.status[0, table.column("projected_growth_pct")] == "published"
    assert table.sources[table.column("projected_growth_vs_region_pp")] == "given.csv"


def test_own_indicators_follow_the_registrys_by_name_with_their_units(simple, table_cell):
    own = Interval(np.array([1.0, np.nan]), np.array([2.0, 5.0]), np.array([4.0, np.nan]))
    figures = GivenFigures(
        values={"zeal": own, "access": exact(1, np.nan)},
        sources={"zeal": "board.csv", "access": "board.csv"},
        units={"zeal": "points"},
        region={"zeal": 3.0, "access": np.nan},
    )
    table = compute(simple(given=figures))
    assert table.ids == (*REGISTRY, "access", "zeal")
    assert table.labels[-1] == "zeal"
    assert table.units[-2:] == ("", "points")
    assert table_cell(table, "zeal", 0) == (1, 2, 4)
    assert table_cell(table, "zeal", 1) == (5, 5, 5)
    assert table.missing_reason["s1", "access"] == "no value was given"
    assert table.region["zeal"] == 3.0


def test_own_indicators_alone_need_no_years(panel_of, table_cell):
    figures = GivenFigures(values={"cost": exact(3, 1)}, sources={"cost": "indicators.csv"})
    table = compute(panel_of(years=(), given=figures))
    assert table_cell(table, "cost", 1) == (1, 1, 1)
    assert np.isnan(table.value[:, :-1]).all()
    assert table.missing_reason["s0", "location_quotient"] == "no employment figures were given"
    assert np.isnan(table.region["employment"])


def test_no_sectors_give_an_empty_table(panel_of):
    table = compute(panel_of(sectors=0, e_ir=1, e_r=1, e_region=1, w_region=1))
    assert table.value.shape == (0, len(REGISTRY))


# Properties


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_quotients_weighted_by_benchmark_shares_average_1(random_panel, seed):
    panel = random_panel(seed, sectors=6, uncertain=0)
    shares = panel.e_in.value[:, -1] / panel.e_n.value[0, -1]
    assert float(shares @ compute(panel).values("location_quotient")) == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), uncertain=st.integers(0, 2))
def test_shift_share_parts_sum_to_the_change(random_panel, seed, uncertain):
    table = compute(random_panel(seed, uncertain=uncertain))
    parts = sum(
        table.values(name)
        for name in ("national_growth_effect", "industry_mix_effect", "competitive_effect")
    )
    assert parts == pytest.approx(table.values("employment_change"), rel=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.01, 1000))
def test_counting_jobs_and_pay_in_other_units_changes_no_ratio_or_rate(random_panel, seed, factor):
    panel = random_panel(seed, uncertain=1)
    scaled = {
        field.name: Interval(*(factor * e for e in (cells.low, cells.value, cells.high)))
        for field in dataclasses.fields(panel)
        if isinstance(cells := getattr(panel, field.name), Interval)
    }
    before, after = compute(panel), compute(dataclasses.replace(panel, **scaled))
    free = [i for i, unit in enumerate(before.units) if unit not in ("jobs", "count")]
    for end in ("low", "value", "high"):
        np.testing.assert_allclose(
            getattr(after, end)[:, free], getattr(before, end)[:, free], rtol=1e-5, atol=1e-6
        )


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_sectors_changes_no_value(random_panel, seed):
    panel = random_panel(seed, sectors=5, uncertain=2)
    order = np.random.default_rng(seed).permutation(5)

    def turned(cells):
        if isinstance(cells, Interval) and len(cells.value) == 5:
            return Interval(cells.low[order], cells.value[order], cells.high[order])
        if isinstance(cells, np.ndarray) and len(cells) == 5:
            return cells[order]
        return cells

    fields = {f.name: turned(getattr(panel, f.name)) for f in dataclasses.fields(panel)}
    before, after = compute(panel), compute(dataclasses.replace(panel, **fields))
    np.testing.assert_allclose(after.value, before.value[order], rtol=1e-12)
    np.testing.assert_allclose(after.low, before.low[order], rtol=1e-6, atol=1e-6)


def test_the_panel_is_not_changed_and_the_answer_is_the_same_twice(random_panel):
    panel = random_panel(3, uncertain=2)
    before = copy.deepcopy(panel)
    first, second = compute(panel), compute(panel)
    for field in dataclasses.fields(panel):
        now, then = getattr(panel, field.name), getattr(before, field.name)
        if isinstance(now, Interval):
            for end in ("low", "value", "high"):
                np.testing.assert_array_equal(getattr(now, end), getattr(then, end))
        elif isinstance(now, np.ndarray):
            np.testing.assert_array_equal(now, then)
    for end in ("low", "value", "high", "status"):
        np.testing.assert_array_equal(getattr(first, end), getattr(second, end))


def test_nothing_warns_for_zeros_and_gaps(panel_of, recwarn):
    compute(
        panel_of(
            years=(2020, 2021, 2022, 2023),
            sectors=2,
            e_ir=(
                [[0, 0, 0, 0], [0, 5, 5, 5]],
                [[0, 0, 0, 0], [5, 5, 5, 5]],
                [[0] * 4, [np.inf] * 4],
            ),
            w_ir=([[0.0] * 4, [0.0] * 4], [[0.0] * 4, [1e5] * 4], [[0.0] * 4, [np.inf] * 4]),
            e_r=([[5] * 4] * 2, [[10] * 4] * 2, [[np.inf] * 4] * 2),
            e_in=[[0] * 4, [50] * 4],
            e_n=[0, 0, 100, 100],
            n_ir=0,
            total_is_sum=True,
        )
    )
    assert [str(w.message) for w in recwarn.list] == []


@pytest.mark.parametrize(
    ("sectors", "years", "uncertain", "seconds"), [(100, 10, 0, 0.02), (300, 4, 300, 0.5)]
)
def test_it_is_fast(random_panel, sectors, years, uncertain, seconds):
    panel = random_panel(
        1, sectors=sectors, uncertain=uncertain, years=tuple(range(2024 - years, 2024))
    )
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        compute(panel)
        taken.append(time.perf_counter() - start)
    # Five times the aim: a busy machine is no failure, a quadratic loop is.
    assert min(taken) < 5 * seconds


def test_a_users_own_figure_wins_over_another_sources_and_the_rest_stay(simple):
    given = GivenFigures(
        values={
            "workers_55_plus_pct": exact(40, np.nan),
            "openings_vs_region": exact(np.nan, 3),
        },
        sources={"workers_55_plus_pct": "indicators.csv", "openings_vs_region": "indicators.csv"},
    )
    rates = {
        "workers_55_plus_pct": rate(30, 25, whole=22),
        "openings_rate_pct": rate(12, 9, whole=10),
    }
    table = compute(simple(given=given, rates=rates))
    assert list(table.values("workers_55_plus_pct")) == [40, 25]
    assert list(table.values("workers_55_plus_vs_region_pp")) == [18, 3]
    assert table.values("openings_vs_region") == pytest.approx([1.2, 3])
    column = table.column("workers_55_plus_pct")
    assert list(table.status[:, column]) == ["published", "derived"]
    assert table.sources[column] == "indicators.csv, other.csv"
    assert table.region["workers_55_plus_pct"] == 22


def test_an_interval_of_another_source_stays_one(simple):
    rates = {
        "workers_55_plus_pct": rate(30, 25, low=[26, 25], high=[31, 25], whole=22),
        "middle_skill_share_pct": rate(60, 20, low=[0, 20], high=[np.inf, 20], whole=40),
    }
    table = compute(simple(rates=rates))
    column = table.column("workers_55_plus_vs_region_pp")
    assert (table.low[0, column], table.value[0, column], table.high[0, column]) == (4, 8, 9)
    assert list(table.status[:, column]) == ["estimated", "derived"]
    column = table.column("middle_skill_vs_region")
    assert (table.low[0, column], table.high[0, column]) == (0, np.inf)


def test_what_another_source_lacks_is_missing_with_its_reason(simple):
    table = compute(simple())
    reason = table.missing_reason
    assert reason["s0", "openings_vs_region"] == "no openings were given"
    assert reason["s0", "new_hire_pay_vs_threshold"] == "no pay of new hires (QWI) was given"
    rates = {
        "new_hire_annual_pay": rate(36000, np.nan, whole=30000, missing={1: "qwi.csv withholds it"})
    }
    reason = compute(simple(rates=rates)).missing_reason
    no_threshold = "no threshold was given (thresholds: new_hire_annual_pay)"
    assert reason["s0", "new_hire_pay_vs_threshold"] == no_threshold
    assert reason["s1", "new_hire_annual_pay"] == "qwi.csv withholds it"
