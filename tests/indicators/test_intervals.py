"""Ends of the intervals: exact against closed forms and dense grids, and never too narrow."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.indicators.compute import compute
from sectorscan.indicators.intervals import extremes
from sectorscan.indicators.quantities import quantities
from sectorscan.indicators.registry import REGISTRY
from sectorscan.tables.model import Interval

SHARED_TOTALS = {"total_is_sum": True, "benchmark_contains_region": True}


def lq_panel(panel_of, x, u=100.0, v=1000.0, w=50000.0, **options):
    """Return a one-year panel of one sector whose LQ is x(x+u+v+w)/((x+u)(x+v))."""
    x = np.array(x)
    return panel_of(
        years=(2023,),
        sectors=1,
        e_ir=tuple(x),
        e_r=tuple(x + u),
        e_in=tuple(x + v),
        e_n=tuple(x + u + v + w),
        **{**SHARED_TOTALS, **options},
    )


def lq(x, u=100.0, v=1000.0, w=50000.0):
    return x * (x + u + v + w) / ((x + u) * (x + v))


def test_lq_with_shared_totals_has_its_maximum_inside(panel_of, table_cell):
    low, value, high = table_cell(compute(lq_panel(panel_of, [10, 50, 2000])), "location_quotient")
    u, v, w = 100.0, 1000.0, 50000.0
    stationary = (u * v + np.sqrt(u**2 * v**2 + w * (u + v + w) * u * v)) / w
    assert value == pytest.approx(lq(50))
    assert high == pytest.approx(lq(stationary), rel=1e-12)
    assert high > max(lq(10), lq(2000))
    assert low == pytest.approx(min(lq(10), lq(2000)), rel=1e-12)


def test_lq_with_an_unknown_high_has_a_finite_limit(panel_of, table_cell):
    low, _, high = table_cell(compute(lq_panel(panel_of, [400, 500, np.inf])), "location_quotient")
    assert low == pytest.approx(1.0)  # everything in the benchmark is this sector
    assert high == pytest.approx(lq(400), rel=1e-9)


def test_a_maximum_just_above_the_low_end_is_found_on_an_endless_line(panel_of, table_cell):
    _, _, high = table_cell(compute(lq_panel(panel_of, [320, 500, np.inf])), "location_quotient")
    u, v, w = 100.0, 1000.0, 50000.0
    stationary = (u * v + np.sqrt(u**2 * v**2 + w * (u + v + w) * u * v)) / w
    assert 320 < stationary < 322
    assert high == pytest.approx(lq(stationary), rel=1e-12)


def test_lq_with_a_published_total_holds_the_total_fixed(panel_of, table_cell):
    panel = panel_of(years=(2023,), sectors=1, e_ir=(10, 20, 40), e_r=100, e_in=1000, e_n=10000)
    assert table_cell(compute(panel), "location_quotient") == pytest.approx((1.0, 2.0, 4.0))


def test_a_published_total_stays_although_the_panel_says_that_totals_are_sums(panel_of, table_cell):
    panel = panel_of(
        years=(2023,), sectors=1, e_ir=(10, 20, 40), e_r=100, e_in=1000, e_n=10000, **SHARED_TOTALS
    )
    assert table_cell(compute(panel), "location_quotient") == pytest.approx((1.0, 2.0, 4.0))


def test_the_share_varies_the_sector_once_in_both_places(panel_of, table_cell):
    panel = panel_of(
        years=(2023,), sectors=1, e_ir=(10, 50, 90), e_r=(60, 100, 140), total_is_sum=True
    )
    low, _, high = table_cell(compute(panel), "employment_share_pct")
    assert (low, high) == pytest.approx((100 * 10 / 60, 100 * 90 / 140))


def test_where_a_denominators_low_is_0_the_end_is_unbounded(panel_of, table_cell):
    table = compute(
        panel_of(
            years=(2020, 2023),
            sectors=1,
            e_ir=(np.array([[0, 5]]), np.array([[50, 60]]), np.array([[100, 70]])),
            w_ir=3e6,
            n_ir=4,
        )
    )
    assert table_cell(table, "employment_cagr_pct")[2] == np.inf
    assert table_cell(table, "avg_annual_pay") == pytest.approx((3e6 / 70, 5e4, 6e5))
    low, _, high = table_cell(table, "employment_change")
    assert (low, high) == (-95, 70)


def test_an_unknown_high_is_unbounded_in_a_numerator_and_0_in_a_denominator(panel_of, table_cell):
    table = compute(panel_of(years=(2023,), sectors=1, e_ir=(10, 20, np.inf), w_ir=1e6, n_ir=5))
    assert table_cell(table, "employment") == (10, 20, np.inf)
    assert table_cell(table, "jobs_per_establishment") == (2, 4, np.inf)
    assert table_cell(table, "avg_annual_pay") == (0, 50000, 100000)


def test_a_withheld_cell_with_nothing_known_reaches_from_0(panel_of, table_cell):
    table = compute(lq_panel(panel_of, [0, 20, np.inf]))
    low, _, high = table_cell(table, "location_quotient")
    assert low == 0
    assert 20 < high < np.inf


def test_volatility_has_an_interior_minimum_of_0_where_steady_growth_fits(panel_of, table_cell):
    value = np.array([[100, 130, 115, 140]])
    panel = panel_of(
        years=(2020, 2021, 2022, 2023), sectors=1, e_ir=(0.8 * value, value, 1.2 * value)
    )
    low, middle, high = table_cell(compute(panel), "growth_volatility_pp")
    assert low == pytest.approx(0, abs=1e-7)
    assert low < middle < high


def test_volatility_minimum_with_one_unknown_year_is_the_stationary_point(panel_of, table_cell):
    def spread(x):
        jobs = np.array([100, x, 130, 140, 120])
        return float(np.std(100 * (jobs[1:] / jobs[:-1] - 1), ddof=1))

    one = np.array([[100, 118, 130, 140, 120]])
    low_cells, high_cells = one.copy(), one.copy()
    low_cells[0, 1], high_cells[0, 1] = 60, 200
    panel = panel_of(years=range(2019, 2024), sectors=1, e_ir=(low_cells, one, high_cells))
    low, _, high = table_cell(compute(panel), "growth_volatility_pp")
    dense = [spread(x) for x in np.linspace(60, 200, 20001)]
    assert low == pytest.approx(min(dense), abs=1e-6)
    assert high == pytest.approx(max(dense), rel=1e-9)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), sums=st.booleans())
def test_every_random_completion_of_the_withheld_cells_lies_within(random_panel, seed, sums):
    panel = random_panel(seed, uncertain=2, total_is_sum=sums, benchmark_contains_region=sums)
    table, cells = compute(panel), quantities(panel)
    draw = np.random.default_rng(seed).uniform(0, 1, (len(cells.atoms), 400, len(panel.sectors)))
    # Half of the draws are corners, where most extremes are.
    draw[:, ::2] = np.round(draw[:, ::2])
    at = {
        name: atom.low + share * (atom.high - atom.low)
        for (name, atom), share in zip(cells.atoms.items(), draw, strict=True)
    }
    for indicator in table.ids:
        spec, column = REGISTRY[indicator], table.column(indicator)
        if np.isnan(table.value[:, column]).all():
            continue
        values = spec.kernel(*(cells.evaluate(name, at) for name in spec.takes))
        slack = 1e-7 * np.maximum(1, np.abs(values))
        assert (values >= table.low[:, column] - slack).all(), indicator
        assert (values <= table.high[:, column] + slack).all(), indicator
        assert (table.low[:, column] <= table.value[:, column]).all(), indicator
        assert (table.value[:, column] <= table.high[:, column]).all(), indicator


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "indicator",
    [
        "location_quotient",
        "employment_cagr_vs_region_pp",
        "competitive_effect",
        "competitive_rate_pp",
        "pay_vs_benchmark",
        "employment_share_pct",
    ],
)
def test_ends_equal_a_dense_grid_over_the_independent_unknowns(random_panel, indicator, seed):
    panel = random_panel(seed, sectors=2, uncertain=1, years=(2020, 2021, 2022, 2023))
    table, cells, spec = compute(panel), quantities(panel), REGISTRY[indicator]
    names = cells.atoms_of(spec.takes)
    unsure = [name for name in names if cells.atoms[name].uncertain[0]]
    assert unsure
    steps = int(120_000 ** (1 / len(unsure)))
    axes = [
        np.linspace(cells.atoms[name].low[0], cells.atoms[name].high[0], steps) for name in unsure
    ]
    mesh = dict(zip(unsure, np.meshgrid(*axes, indexing="ij"), strict=True))
    at = {
        name: np.stack([mesh.get(name, np.full((steps,) * len(unsure), atom.value[0]))], axis=-1)
        for name, atom in cells.atoms.items()
    }
    row = np.array([0])
    values = spec.kernel(*(cells.evaluate(name, at, row) for name in spec.takes))
    low, high = table.low[0, table.column(indicator)], table.high[0, table.column(indicator)]
    width = high - low
    assert low <= values.min() + 1e-9 * abs(low)
    assert high >= values.max() - 1e-9 * abs(high)
    assert values.min() - low < 1e-3 * width
    assert high - values.max() < 1e-3 * width


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_volatility_ends_hold_against_a_grid_of_four_years(panel_of, table_cell, seed):
    rng = np.random.default_rng(seed)
    value = 100 * np.cumprod(rng.uniform(0.8, 1.3, 4))[None]
    low_cells, high_cells = value * rng.uniform(0.7, 1, (1, 4)), value * rng.uniform(1, 1.4, (1, 4))
    panel = panel_of(years=range(2020, 2024), sectors=1, e_ir=(low_cells, value, high_cells))
    low, _, high = table_cell(compute(panel), "growth_volatility_pp")
    axes = [np.linspace(a, b, 11) for a, b in zip(low_cells[0], high_cells[0], strict=True)]
    dense = REGISTRY["growth_volatility_pp"].kernel(np.array(list(product(*axes))))
    assert low <= dense.min() + 1e-9
    assert high >= dense.max() - 1e-9 * high
    assert high == pytest.approx(dense.max(), rel=1e-2)


def test_many_rows_are_worked_through_in_chunks_with_the_same_answer(monkeypatch):
    def formula(points, rows):
        return (points[0] - points[1]) * points[2]

    rng = np.random.default_rng(5)
    middle = rng.uniform(1, 2, (3, 50))
    box = Interval(middle - 0.5, middle, middle + 0.5)
    whole = extremes(formula, box)
    monkeypatch.setattr("sectorscan.indicators.intervals.CHUNK_VALUES", 100)
    parts = extremes(formula, box)
    np.testing.assert_array_equal(whole[0], parts[0])
    np.testing.assert_array_equal(whole[1], parts[1])
    corners = np.array(
        [formula(np.array(c), None) for c in product(*zip(box.low, box.high, strict=True))]
    )
    assert whole[0] == pytest.approx(corners.min(axis=0))


def test_a_formula_without_any_value_has_no_ends():
    box = Interval(np.array([[1.0]]), np.array([[2.0]]), np.array([[3.0]]))
    low, high = extremes(lambda points, rows: np.full(points[0].shape, np.nan), box)
    assert np.isnan([low, high]).all()


def test_slivers_of_rounding_are_taken_for_exact():
    low = np.array([1 / 3 * 3 - 1e-14, 99.0, 2.0, np.nan])
    value = np.array([1.0, 100.0, 2.0, np.nan])
    high = np.array([1.0, 100.0, np.inf, np.nan])
    found = Interval(low, value, high).without_slivers()
    assert found.low.tolist()[:3] == [1.0, 99.0, 2.0]
    assert found.high.tolist()[:3] == [1.0, 100.0, np.inf]
    assert np.isnan(found.low[3])
    assert found.uncertain.tolist() == [False, True, True, False]
