"""Which figures of other sources stand for a region's sectors, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.sources.rate_rows import RateRow, pick
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import FRAMES, Scope, Sector


def rates(*rows, source="other.csv"):
    """Return the frame from (region, industry, quantity, base, end, numerator, denominator)."""
    lines = []
    for region, industry, quantity, base, end, numerator, denominator, *ends in rows:
        low, high = ends or (numerator, numerator)
        lines.append(
            (region, industry, quantity, base, end, numerator, low, high, denominator, source)
        )
    return pd.DataFrame(lines, columns=list(FRAMES["rates"]))


def jobs(*codes, areas=("39041", "39045"), number=100.0):
    return [
        (area, code, year, number)
        for area in areas
        for code in ("10", *codes)
        for year in (2022, 2023)
    ]


def panel_of(tables, rows, frame, **scope):
    options = {"areas": ("39041", "39045"), "level": "3-digit", **scope}
    if "bundles" in options:
        options.pop("level")
    return roll_up(tables(rows, rates=frame), Scope(**options))


def test_a_regions_share_is_the_ratio_of_its_areas_sums(tables):
    frame = rates(
        ("39041", "311", "workers_55_plus", 2023, 2023, 10, 100),
        ("39045", "311", "workers_55_plus", 2023, 2023, 90, 300),
        ("39041", "10", "workers_55_plus", 2023, 2023, 20, 100),
        ("39045", "10", "workers_55_plus", 2023, 2023, 60, 300),
        ("39000", "311", "workers_55_plus", 2023, 2023, 1, 2),
    )
    panel = panel_of(tables, jobs("311"), frame)
    rate = panel.rates["workers_55_plus_pct"]
    assert rate.interval.value == pytest.approx([25])  # (10 + 90) / 400, not the mean of 10 and 30
    assert rate.all_industries.value == pytest.approx([20])
    assert (rate.wider, rate.source, list(rate.status)) == ("", "other.csv", ["derived"])
    assert panel.cautions == ()


def test_the_state_stands_in_for_its_region_else_the_nation_and_it_is_said(tables):
    nation = [
        ("US000", "10", "projected_jobs", 2023, 2033, 1050, 1000),
        ("US000", "311", "projected_jobs", 2023, 2033, 110, 100),
    ]
    state = [
        ("39000", "10", "projected_jobs", 2022, 2032, 1020, 1000),
        ("39000", "311", "projected_jobs", 2022, 2032, 90, 100),
    ]
    rate = panel_of(tables, jobs("311"), rates(*nation)).rates["projected_growth_pct"]
    assert rate.interval.value == pytest.approx([100 * (1.1**0.1 - 1)])
    assert rate.all_industries.value == pytest.approx([100 * (1.05**0.1 - 1)])
    assert (rate.wider, rate.source) == ("national rate", "other.csv: national rate")
    # The state's is nearer, though the nation's projections are newer.
    panel = panel_of(tables, jobs("311"), rates(*nation, *state))
    rate = panel.rates["projected_growth_pct"]
    assert rate.interval.value == pytest.approx([100 * (0.9**0.1 - 1)])
    assert rate.wider == "Ohio's rate"
    assert panel.cautions == (
        "projected_growth_pct: not the region's own figures but applied to it "
        "(other.csv: Ohio's rate).",
    )
    # Areas of two states have no state in common.
    two = ("39041", "18001")
    rate = panel_of(tables, jobs("311", areas=two), rates(*nation, *state), areas=two).rates[
        "projected_growth_pct"
    ]
    assert rate.wider == "national rate"


def test_a_wider_group_stands_in_and_it_is_said(tables):
    frame = rates(
        ("US000", "10", "projected_jobs", 2023, 2033, 100, 100),
        ("US000", "31-33", "projected_jobs", 2023, 2033, 300, 100),
        ("US000", "313, 314", "projected_jobs", 2023, 2033, 200, 100),
    )
    panel = panel_of(tables, jobs("313", "484"), frame)
    rate = panel.rates["projected_growth_pct"]
    assert rate.interval.value == pytest.approx([100 * (2**0.1 - 1), np.nan], nan_ok=True)
    assert rate.missing == {1: "other.csv has no such industry"}
    said = "projected_growth_pct is that of a wider group of industries for 313 (of 313, 314)."
    assert said in panel.cautions


def test_a_bundle_is_weighed_by_the_jobs_of_its_parts(tables):
    frame = rates(
        ("US000", "10", "openings", 2023, 2033, 10, 100),
        ("US000", "311", "openings", 2023, 2033, 30, 100),
        ("US000", "3121", "openings", 2023, 2033, 40, 300),
        ("US000", "3122", "openings", 2023, 2033, 10, 100),
    )
    bundles = (Sector("Food", "Food", ("311", "312")),)
    panel = panel_of(tables, jobs("311", "312"), frame, bundles=bundles)
    # 312 is the sum of all its parts: (30 + 40 + 10) / 500.
    assert panel.rates["openings_rate_pct"].interval.value == pytest.approx([16])


def test_a_bundles_part_without_a_row_takes_its_groups_rate_at_the_regions_jobs(tables):
    frame = rates(
        ("US000", "311", "openings", 2023, 2033, 30, 100),
        ("US000", "31-33", "openings", 2023, 2033, 100, 1000),
    )
    bundles = (Sector("Food", "Food", ("311", "312")),)
    rows = [
        *jobs("311", number=300.0),
        *[(area, "312", year, 100.0) for area in ("39041", "39045") for year in (2022, 2023)],
    ]
    panel = panel_of(tables, rows, frame, bundles=bundles)
    assert panel.rates["openings_rate_pct"].interval.value == pytest.approx([25])
    assert any("Food (of 31-33)" in said for said in panel.cautions)


def test_withheld_areas_leave_an_open_interval_and_wholly_withheld_is_missing(tables):
    nan = np.nan
    frame = rates(
        ("39041", "311", "workers_55_plus", 2023, 2023, 25, 100, 10, 40),
        ("39045", "311", "workers_55_plus", 2023, 2023, 5, 100),
        ("39041", "312", "workers_55_plus", 2023, 2023, nan, nan),
        ("39045", "312", "workers_55_plus", 2023, 2023, 30, 100),
        ("39041", "313", "workers_55_plus", 2023, 2023, nan, nan),
    )
    rate = panel_of(tables, jobs("311", "312", "313"), frame).rates["workers_55_plus_pct"]
    assert rate.interval.low == pytest.approx([7.5, 0, nan], nan_ok=True)
    assert rate.interval.value == pytest.approx([15, 30, nan], nan_ok=True)
    assert rate.interval.high == pytest.approx([22.5, np.inf, nan], nan_ok=True)
    assert list(rate.status) == ["estimated", "estimated", "missing"]
    assert rate.missing == {2: "other.csv withholds it"}


def test_a_code_that_held_other_things_at_the_base_takes_no_rate_of_its_own(tables):
    """NAICS 519 of 2017 isn't 519 of 2022 (US Census Bureau, NAICS 2022 manual)."""
    frame = rates(
        ("US000", "519", "projected_jobs", 2020, 2030, 200, 100),
        ("US000", "51", "projected_jobs", 2020, 2030, 150, 100),
        ("US000", "518", "projected_jobs", 2020, 2030, 110, 100),
    )
    rate = panel_of(tables, jobs("518", "519"), frame).rates["projected_growth_pct"]
    assert rate.interval.value == pytest.approx([100 * (1.1**0.1 - 1), 100 * (1.5**0.1 - 1)])


def test_the_regions_end_year_counts_where_the_file_has_it(tables):
    frame = rates(
        *[("39041", "311", "turnover", year, year, year - 2013, 100) for year in (2022, 2023, 2024)]
    )
    panel = panel_of(
        tables, jobs("311", areas=("39041",)), frame, areas=("39041",), period=(2022, 2023)
    )
    assert panel.rates["turnover_pct"].interval.value == pytest.approx([10])


def test_openings_of_a_growth_table_count_over_its_areas_jobs(tables):
    known = {"39041": 20}
    growth = pd.DataFrame(
        [
            (area, code, 2022, 2032, 1.0, "projected", openings, "growth.csv")
            for area in ("39041", "39045")
            for code, openings in (("10", 10), ("311", 30), ("312", known.get(area, np.nan)))
        ],
        columns=list(FRAMES["growth"]),
    )  # fmt: skip
    scope = Scope(areas=("39041", "39045"), level="3-digit")
    panel = roll_up(tables(jobs("311", "312", number=200.0), growth=growth), scope)
    rate = panel.rates["openings_rate_pct"]
    assert rate.interval.value == pytest.approx([15, 10])
    assert rate.interval.high == pytest.approx([15, np.inf])
    assert rate.all_industries.value == pytest.approx([5])
    assert (rate.wider, rate.source) == ("", "growth.csv")


def test_without_other_files_there_are_no_rates(tables):
    assert panel_of(tables, jobs("311"), rates()).rates == {}


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(1, 1e6)), min_size=1, max_size=5))
def test_a_sum_of_areas_lies_between_its_areas(parts):
    key = frozenset({"311"})
    areas = [{key: RateRow(key, n, n, n, d)} for n, d in parts]
    found = pick(areas, ("311",), 2023, lambda code: 1.0)
    low, value, high = found.ratio()
    assert low == value == high
    ratios = [n / d for n, d in parts]
    assert min(ratios) * (1 - 1e-12) <= value <= max(ratios) * (1 + 1e-12)
