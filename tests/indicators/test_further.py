"""Growth over the last 2, 5 and 10 years; location quotients of wages and establishments."""

import csv
import json

import numpy as np
import pytest

from sectorscan.indicators.compute import compute

TEN = tuple(range(2013, 2024))


@pytest.fixture
def steady(panel_of):
    """One sector that grows 3 % a year in a region that grows 1 % and an industry that grows 2 %.

    The region jumps by a tenth in 2019, the industry in 2017.
    """

    def series(start, rate, jump_at=9999):
        return [start * (1 + rate) ** (y - 2013) * (1.1 if y >= jump_at else 1) for y in TEN]

    def make(years=TEN):
        at = [TEN.index(year) for year in years]
        cells = {
            "e_ir": series(100, 0.03),
            "e_r": series(1000, 0.01, 2019),
            "e_in": series(5000, 0.02, 2017),
            "e_n": series(90000, 0.02),
        }
        chosen = {name: np.array(values)[at] for name, values in cells.items()}
        return panel_of(years=years, sectors=1, **chosen)

    return make


def _row(table):
    return {name: float(table.value[0, table.column(name)]) for name in table.ids}


def test_each_window_is_the_compound_rate_of_its_own_years(steady):
    """The compound annual growth rate of a series that grows 3 % a year is 3 % over any window."""
    found = _row(compute(steady()))
    for years in (2, 5, 10):
        assert found[f"employment_cagr_{years}y_pct"] == pytest.approx(3)
    assert found["employment_cagr_5y_vs_region_pp"] == pytest.approx(
        103 - 100 * 1.01 * 1.1 ** (1 / 5)
    )
    assert found["employment_cagr_10y_vs_region_pp"] == pytest.approx(
        103 - 100 * 1.01 * 1.1 ** (1 / 10)
    )
    assert found["competitive_rate_5y_pp"] == pytest.approx(1)
    assert found["competitive_rate_10y_pp"] == pytest.approx(103 - 102 * 1.1 ** (1 / 10))


def test_the_region_and_the_benchmark_have_the_windows_too(steady):
    table = compute(steady())
    assert table.region["employment_cagr_2y_pct"] == pytest.approx(1)
    assert table.region["employment_cagr_5y_pct"] == pytest.approx(101 * 1.1 ** (1 / 5) - 100)
    assert table.benchmark["employment_cagr_10y_pct"] == pytest.approx(2)


@pytest.mark.parametrize(
    ("years", "indicator", "reason"),
    [
        (TEN[4:], "employment_cagr_10y_pct", "the period starts in 2017, after 2013"),
        (
            (2017, 2019, 2023),
            "employment_cagr_5y_vs_region_pp",
            "no figures for 2018",
        ),
        ((2023,), "competitive_rate_5y_pp", "the period is one year (2023)"),
        (TEN, "location_quotient_ci95_low", "region is known to be part of the benchmark"),
        (TEN, "wage_location_quotient", "no wages were given"),
        (TEN, "establishment_location_quotient", "no establishment counts were given"),
    ],
)
def test_what_is_missing_has_its_reason(steady, years, indicator, reason):
    table = compute(steady(years))
    assert np.isnan(table.value[0, table.column(indicator)])
    assert reason in table.missing_reason["s0", indicator]


def test_growth_from_no_jobs_is_missing_over_a_window(panel_of):
    panel = panel_of(
        years=(2018, 2023), sectors=1, e_ir=[0, 50], e_r=[900, 1000], e_in=[80, 90], e_n=[9e3, 1e4]
    )
    table = compute(panel)
    assert np.isnan(table.values("employment_cagr_5y_pct")[0])
    assert table.missing_reason["s0", "employment_cagr_5y_pct"] == "no jobs in 2018 to grow from"
    assert table.values("competitive_effect")[0] == 50


def test_a_withheld_first_year_leaves_an_interval(panel_of):
    panel = panel_of(
        years=(2018, 2023),
        sectors=1,
        e_ir=([80, 100], [100, 100], [125, 100]),
        e_r=[1000, 1000],
    )
    table = compute(panel)
    at = table.column("employment_cagr_5y_pct")
    assert table.low[0, at] == pytest.approx(100 * ((100 / 125) ** 0.2 - 1))
    assert table.value[0, at] == 0
    assert table.high[0, at] == pytest.approx(100 * ((100 / 80) ** 0.2 - 1))
    assert table.status[0, at] == "estimated"


def test_the_confidence_interval_of_a_published_location_quotient(panel_of, shared):
    """Farhauer and Kroell, as REAT has it; the interval is Monte Carlo checked in the oracle."""
    oracle = json.loads(shared("oracles/regional/lq_ci_farhauer.json").read_text())
    given = oracle["input"]
    panel = panel_of(
        years=(2023,),
        sectors=1,
        e_ir=given["e_ij"],
        e_r=given["e_j"],
        e_in=given["e_i"],
        e_n=given["e"],
        part_of_benchmark=True,
    )
    found = _row(compute(panel))
    assert found["location_quotient"] == pytest.approx(oracle["LQ"], rel=1e-12)
    ends = found["location_quotient_ci95_low"], found["location_quotient_ci95_high"]
    assert ends == pytest.approx(oracle["ci95"], rel=1e-9)


@pytest.mark.parametrize(
    ("quantity", "indicator", "revised"),
    [
        ("total_annual_wages", "wage_location_quotient", 0.008),
        ("annual_avg_estabs", "establishment_location_quotient", 0.01),
    ],
)
def test_bls_quotients_of_wages_and_establishments(shared, panel_of, quantity, indicator, revised):
    """BLS, QCEW 2023, Franklin county, Ohio, private 3-digit rows: its own published quotients.

    The nation of 2023 is that of 2024 less its change, so revised since by up to ``revised``.
    """
    county = _rows(shared("data/qcew/columbus_oh_annual_2020_2023/morpc-qcew-2023-a-39049.csv"))
    nation = _rows(shared("data/qcew/us_annual_2024.csv"))
    here, there = county["0", "10"], nation["0", "10"]
    rows = [
        (row, nation[key])
        for key, row in county.items()
        if key[0] == "5" and len(key[1]) == 3 and key in nation and not row["disclosure_code"]
        if key[1] != "999"  # not yet classified: most of it is coded, and revised, within the year
    ]
    assert len(rows) > 70
    change = f"oty_{quantity}_chg"
    cells = {
        "wage_location_quotient": ("w_ir", "w_r", "w_in", "w_n"),
        "establishment_location_quotient": ("n_ir", "n_r", "n_in", "n_n"),
    }[indicator]
    figures = (
        [[float(row[quantity])] for row, _ in rows],
        [[float(here[quantity])]] * len(rows),
        [[float(us[quantity]) - float(us[change])] for _, us in rows],
        [[float(there[quantity]) - float(there[change])]],
    )
    given = dict(zip(cells, map(np.array, figures), strict=True))
    found = compute(panel_of(years=(2023,), sectors=len(rows), e_ir=1.0, **given))
    published = np.array([float(row[f"lq_{quantity}"]) for row, _ in rows])
    np.testing.assert_allclose(found.values(indicator), published, rtol=revised, atol=0.005)


def _rows(path):
    """Return a QCEW file's rows by ownership and industry, numbers as ``1`` or ``1.0``."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["own_code"][:1], row["industry_code"].removesuffix(".0")): row
            for row in csv.DictReader(stream)
        }
