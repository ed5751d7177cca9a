"""Mix inside a sector: sums against their parts, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.indicators.mix import mix_inside, weighted_mean
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector


def _row(region, industry, year, jobs, wages):
    return (region, industry, year, jobs, {"wages": wages})


def _panel(tables):
    """A fast part (100 to 200 jobs) and a slow one (300 to 300), 2 years apart."""
    rows = []
    for region, size in (("39041", 1.0), ("US000", 10.0)):
        for year, fast, slow, total in ((2021, 100, 300, 1000), (2023, 200, 300, 1100)):
            grown = 150 if region == "US000" and year == 2023 else fast
            rows += [
                _row(region, "10", year, total * size, total * size * 50e3),
                _row(region, "541", year, grown * size, grown * size * 90e3),
                _row(region, "722", year, slow * size, slow * size * 20e3),
            ]
    bundle = Sector("Both", "Both", ("541", "722"))
    return roll_up(tables(rows), Scope(areas=("39041",), benchmark=("US000",), bundles=(bundle,)))


@pytest.fixture
def panel(tables):
    return _panel(tables)


def test_growth_of_the_sum_against_the_parts(panel):
    growth = {one.id: one for one in mix_inside(panel, 0)}["employment_cagr_pct"]
    assert growth.of_sum == pytest.approx(100 * ((500 / 400) ** 0.5 - 1))
    fast, slow = 100 * (2**0.5 - 1), 0.0
    assert growth.of_parts == pytest.approx(0.25 * fast + 0.75 * slow)
    assert growth.difference == growth.of_sum - growth.of_parts


def test_competitive_effects_are_added(panel):
    effect = {one.id: one for one in mix_inside(panel, 0)}["competitive_effect"]
    assert effect.of_sum == pytest.approx(500 - 400 * 4500 / 4000)
    assert effect.of_parts == pytest.approx((200 - 100 * 1.5) + (300 - 300))
    assert effect.difference == pytest.approx(0)  # one trend: 50 jobs either way


def test_the_quotient_and_pay_are_weighed_by_jobs_of_the_end(panel):
    found = {one.id: one for one in mix_inside(panel, 0)}
    quotient = found["location_quotient"]
    assert quotient.of_sum == pytest.approx((500 / 1100) / (4500 / 11000))
    parts = (200 / 1100) / (1500 / 11000), 1.0
    assert quotient.of_parts == pytest.approx(0.4 * parts[0] + 0.6 * parts[1])
    assert found["pay_vs_benchmark"].of_parts == pytest.approx(1.0)
    assert found["pay_vs_benchmark"].of_sum == pytest.approx(
        ((200 * 90 + 300 * 20) / 500) / ((1500 * 90 + 3000 * 20) / 4500)
    )
    assert not any(one.estimated for one in found.values())


def test_nothing_where_the_parts_arent_all_of_it(panel):
    fewer = replace(panel, segments=(panel.segments[0][:1],))
    assert mix_inside(fewer, 0) == ()
    smaller = tuple(replace(part, employment=part.employment / 2) for part in panel.segments[0])
    assert mix_inside(replace(panel, segments=(smaller,)), 0) == ()


def test_an_unknown_base_leaves_growth_out(panel):
    unknown = tuple(replace(part, employment_base=np.nan) for part in panel.segments[0])
    found = {one.id for one in mix_inside(replace(panel, segments=(unknown,)), 0)}
    assert found == {"location_quotient", "pay_vs_benchmark"}


numbers = st.floats(0.1, 1e6)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8))
def test_a_weighted_mean_lies_between_its_values(pairs):
    values, weights = (np.array(column) for column in zip(*pairs, strict=True))
    mean = weighted_mean(values, weights)
    assert values.min() * (1 - 1e-9) <= mean <= values.max() * (1 + 1e-9)


def test_what_has_no_weight_needs_no_value():
    assert weighted_mean(np.array([2.0, np.nan]), np.array([5.0, 0.0])) == 2.0
    assert np.isnan(weighted_mean(np.array([2.0, np.nan]), np.array([5.0, 1.0])))
