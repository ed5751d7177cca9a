"""Quarterly QCEW files: the same quarter of each year, or four quarters averaged to a year."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sectorscan.errors import InputError
from sectorscan.sources.qcew import is_qcew, read_qcew
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.files import expand, read_header
from sectorscan.tables.model import Scope, Sector

SLICE = (
    *("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"),
    *("disclosure_code", "qtrly_estabs", "month1_emplvl", "month2_emplvl", "month3_emplvl"),
    *("total_qtrly_wages", "lq_disclosure_code", "lq_month3_emplvl", "oty_disclosure_code"),
    *("oty_qtrly_estabs_chg", "oty_month1_emplvl_chg", "oty_month2_emplvl_chg"),
    *("oty_month3_emplvl_chg", "oty_total_qtrly_wages_chg"),
)
ANNUAL = (
    *SLICE[:8],
    *("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages", "lq_annual_avg_emplvl"),
    "oty_disclosure_code",
    *("oty_annual_avg_estabs_chg", "oty_annual_avg_emplvl_chg", "oty_total_annual_wages_chg"),
)
LEVELS = {"10": "71", "72": "74", "721": "75", "722": "75", "7221": "76"}
PAY_A_QUARTER = 10_000


def quarter_row(industry, months, firms, *, year, quarter, area="01001", own="5", change=0):
    """A row as BLS has it; ``months`` None is withheld; each month changed by ``change``."""
    jobs = (0, 0, 0) if months is None else months
    changes = (0, 0, 0) if months is None else (change,) * 3
    mark = "N" if months is None else ""
    wages = round(sum(jobs) / 3 * PAY_A_QUARTER)
    figures = (area, own, industry, "70" if own == "0" else LEVELS[industry], "0", year, quarter)
    rest = (mark, firms, *jobs, wages, mark, "1.00", mark, 0, *changes, change * PAY_A_QUARTER)
    return dict(zip(SLICE, map(str, (*figures, *rest)), strict=True))


def annual_row(industry, jobs, firms, *, year, area="01001", own="5"):
    level = "70" if own == "0" else LEVELS[industry]
    figures = (area, own, industry, level, "0", year, "A", "", firms, jobs, jobs * 40_000, "1.00")
    return dict(zip(ANNUAL, map(str, (*figures, "", 0, 0, 0)), strict=True))


def county(year, quarter, jobs=(90, 99, 111), area="01001", change=0):
    """All jobs are in 72: 721 and 722 are withheld."""
    at = {"year": year, "quarter": quarter, "area": area}
    return [
        quarter_row("10", jobs, 12, own="0", change=change, **at),
        quarter_row("10", jobs, 12, change=change, **at),
        quarter_row("72", jobs, 12, change=change, **at),
        quarter_row("721", None, 4, **at),
        quarter_row("722", None, 8, **at),
    ]


def annual_county(year, jobs=100, area="01001"):
    at = {"year": year, "area": area}
    return [
        annual_row("10", jobs, 12, own="0", **at),
        annual_row("10", jobs, 12, **at),
        annual_row("72", jobs, 12, **at),
    ]


def put(folder, rows, name, columns=None):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(*paths, areas=("01001",), benchmark=None, period=None, quarter=None, ownership="private"):
    return read_qcew(
        expand(paths),
        areas=None if areas is None else frozenset(areas),
        benchmark=benchmark,
        ownership=ownership,
        period=period,
        quarter=quarter,
    )


def cell(tables, industry, year, area="01001"):
    return tables.employment.set_index(["region", "industry", "year"]).loc[(area, industry, year)]


def whats(tables, severity):
    return [finding.what for finding in tables.findings if finding.severity == severity]


def test_a_single_quarter_is_the_mean_of_its_months_and_its_wages_count_four_times(tmp_path):
    tables = read(put(tmp_path, county(2023, 2), "q2.csv"))
    assert tables.quarter == 2
    assert tables.inputs[0].kind == "qcew-quarterly"
    total = cell(tables, "10", 2023)
    assert total["employment"] == total["employment_low"] == total["employment_high"] == 100
    assert total["total_wages"] == 4 * 100 * PAY_A_QUARTER
    assert tables.covered_totals["employment"].tolist() == [100]
    [said] = [text for text in whats(tables, "caution") if "one quarter" in text]
    assert "the second quarter: jobs are the mean of its three months" in said
    assert "wages count four times" in said


def test_monthly_counts_add_up_exactly_so_no_rounding_is_allowed_for(tmp_path):
    tables = read(put(tmp_path, county(2023, 2), "q2.csv"))
    lodging, food = cell(tables, "721", 2023), cell(tables, "722", 2023)
    assert lodging["employment_high"] == pytest.approx(100)
    assert lodging["employment"] + food["employment"] == pytest.approx(100)
    assert lodging["employment_status"] == "estimated"


def test_four_quarters_are_a_year(tmp_path):
    quarters = [county(2023, q, (90 + q, 100 + q, 110 + q)) for q in (1, 2, 3, 4)]
    paths = [put(tmp_path, rows, f"q{q}.csv") for q, rows in enumerate(quarters)]
    tables = read(*paths)
    assert tables.quarter is None
    total = cell(tables, "10", 2023)
    assert total["employment"] == pytest.approx(102.5)
    assert total["total_wages"] == pytest.approx(
        sum((100 + q) * PAY_A_QUARTER for q in range(1, 5))
    )
    assert total["establishments"] == 12
    lodging = cell(tables, "721", 2023)
    assert lodging["employment_low"] == 0
    assert lodging["employment_high"] == pytest.approx(102.5)
    assert lodging["employment_status"] == "estimated"
    assert tables.covered_totals["employment"].tolist() == pytest.approx([102.5])
    assert whats(tables, "note") == ["four quarters were averaged to a year: 2023."]


def test_an_industry_that_a_quarter_lacks_had_no_jobs_then(tmp_path):
    seasonal = []
    for q in (1, 2, 3, 4):
        seasonal += [
            quarter_row("10", (40, 40, 40) if q == 3 else (20, 20, 20), 3, year=2023, quarter=q),
            quarter_row("722", (20, 20, 20), 2, year=2023, quarter=q),
        ]
        if q == 3:
            seasonal.append(quarter_row("721", (20, 20, 20), 1, year=2023, quarter=q))
    tables = read(put(tmp_path, seasonal, "year.csv"))
    assert cell(tables, "721", 2023)["employment"] == 5
    assert cell(tables, "721", 2023)["establishments"] == 0.25


def test_ends_of_withheld_quarters_are_averaged(tmp_path):
    rows = []
    for q in (1, 2, 3, 4):
        rows += county(2023, q, (40 * q,) * 3)
        if q == 4:
            rows[-1].update(
                disclosure_code="", month1_emplvl="30", month2_emplvl="30", month3_emplvl="30"
            )
    tables = read(put(tmp_path, rows, "year.csv"))
    lodging = cell(tables, "721", 2023)
    # 0 to 40, 0 to 80, 0 to 120, and 160 - 30 in the fourth quarter
    assert lodging["employment_low"] == pytest.approx(130 / 4)
    assert lodging["employment_high"] == pytest.approx((40 + 80 + 120 + 130) / 4)


def test_years_of_some_quarters_are_compared_by_the_latest_that_all_have(tmp_path):
    rows = [r for year, q in ((2022, 1), (2022, 2), (2023, 1), (2023, 2), (2023, 3)) for r in
            county(year, q, (year - 2000 + q,) * 3)]  # fmt: skip
    tables = read(put(tmp_path, rows, "some.csv"))
    assert tables.quarter == 2
    assert [cell(tables, "10", y)["employment"] for y in (2022, 2023)] == [24, 25]
    assert not any("left out" in text for text in whats(tables, "caution"))
    asked = read(tmp_path / "some.csv", quarter=1)
    assert asked.quarter == 1
    assert [cell(asked, "10", y)["employment"] for y in (2022, 2023)] == [23, 24]
    only = read(tmp_path / "some.csv", period=(2023, 2023))
    assert only.quarter == 3


def test_a_year_without_the_quarter_that_is_compared_is_named(tmp_path):
    rows = [r for year, q in ((2021, 4), (2022, 1), (2023, 1)) for r in county(year, q)]
    tables = read(put(tmp_path, rows, "some.csv"))
    assert tables.quarter == 1
    assert sorted(set(tables.employment["year"])) == [2022, 2023]
    [said] = [text for text in whats(tables, "caution") if "left out" in text]
    assert "the fourth quarter of 2021 (01001); they can't be compared with the first" in said


def test_three_quarters_are_never_averaged(tmp_path):
    rows = [r for q in (1, 2, 3) for r in county(2022, q)]
    rows += [r for q in (1, 2, 3, 4) for r in county(2023, q)]
    assert read(put(tmp_path, rows, "some.csv")).quarter == 3
    whole = read(tmp_path / "some.csv", period=(2023, 2023))
    assert whole.quarter is None


def test_the_year_before_is_the_same_quarter_of_the_year_before(tmp_path):
    tables = read(put(tmp_path, county(2023, 2, change=10), "q2.csv"))
    before = cell(tables, "10", 2022)
    assert before["employment"] == 90
    assert before["employment_status"] == "derived"
    assert before["total_wages"] == 4 * (100 - 10) * PAY_A_QUARTER


def test_annual_averages_win_over_quarters_of_the_same_year_and_it_is_said(tmp_path):
    annual = put(tmp_path, annual_county(2023, 500), "annual.csv", ANNUAL)
    quarters = put(tmp_path, [r for q in (1, 2, 3, 4) for r in county(2023, q)], "quarters.csv")
    tables = read(annual, quarters)
    assert cell(tables, "10", 2023)["employment"] == 500
    assert whats(tables, "note") == [
        "2023: annual averages are there, so the quarters were not used."
    ]
    assert [file.kind for file in tables.inputs] == ["qcew-annual", "qcew-quarterly"]
    asked = read(annual, quarters, quarter=4)
    assert (asked.quarter, cell(asked, "10", 2023)["employment"]) == (4, 100)


def test_an_annual_year_is_compared_with_four_quarters(tmp_path):
    annual = put(tmp_path, annual_county(2022, 500), "annual.csv", ANNUAL)
    quarters = put(tmp_path, [r for q in (1, 2, 3, 4) for r in county(2023, q)], "quarters.csv")
    tables = read(annual, quarters)
    assert tables.quarter is None
    assert [cell(tables, "10", y)["employment"] for y in (2022, 2023)] == [500, 100]


def test_an_area_with_nothing_to_compare_stops_the_run(tmp_path):
    annual = put(tmp_path, annual_county(2023, 500, "01003"), "annual.csv", ANNUAL)
    first = put(tmp_path, [*county(2022, 1), *county(2023, 1)], "q1.csv")
    message = (
        r"no QCEW file has the first quarter of 01003, and only like is compared with like\. "
        r"Its files have 2023 \(annual\)"
    )
    with pytest.raises(InputError, match=message):
        read(first, annual, areas=("01001", "01003"))
    with pytest.raises(InputError, match="the first quarter of 01003"):
        read(first, annual, benchmark=("01003",))
    with pytest.raises(InputError, match=r"no QCEW file has rows of 01001 in the third quarter"):
        read(first, quarter=3)
    with pytest.raises(InputError, match=r"no QCEW file has the second quarter"):
        read(annual, areas=("01003",), quarter=2)


@pytest.mark.parametrize(("bad", "column"), [("5", "qtr"), ("Q1", "qtr"), ("", "qtr")])
def test_a_quarter_that_is_none_is_placed(tmp_path, bad, column):
    rows = county(2023, 1)
    rows[3]["qtr"] = bad
    rows[3].update(month3_emplvl="7")
    with pytest.raises(InputError, match="isn't a quarter") as caught:
        read(put(tmp_path, rows, "q.csv"))
    finding = caught.value.findings[0]
    assert (finding.file, finding.row, finding.column) == ("q.csv", 5, column)


def test_a_bad_cell_is_placed_under_the_file_s_own_header(tmp_path):
    rows = [r for q in (1, 2) for r in county(2023, q)]
    rows[6]["qtrly_estabs"] = "many"
    with pytest.raises(InputError, match="isn't a number") as caught:
        read(put(tmp_path, rows, "q.csv"))
    finding = caught.value.findings[0]
    assert (finding.row, finding.column, finding.value) == (8, "qtrly_estabs", "many")


def test_two_files_that_contradict_each_other_name_the_quarter(tmp_path):
    one = put(tmp_path, county(2023, 1), "a.csv")
    two = put(tmp_path, [*county(2023, 1, (90, 99, 114)), *county(2023, 2)], "b.csv")
    with pytest.raises(InputError, match=r"industry 10, the first quarter of 2023 \(100 jobs and"):
        read(one, two)


@pytest.mark.parametrize(
    "path",
    [
        "data/qcew/us_2024q1_slice.csv",
        "data/qcew/by_area_2016q1_q4_vt/2016.q1-q4 50009 Essex County, Vermont.csv",
    ],
)
def test_quarterly_files_are_known_by_their_columns(shared, path):
    assert is_qcew(read_header(expand([shared(path)])[0])) == "qcew-quarterly"


VERMONT = "data/qcew/by_area_2016q1_q4_vt"
COUNTIES = ("50005", "50009", "50019")


@pytest.fixture(scope="module")
def vermont_rows(shared):
    paths = sorted(shared(VERMONT).glob("*.csv"))
    frames = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
    rows = pd.concat(frames, ignore_index=True)
    numbers = ["month1_emplvl", "month2_emplvl", "month3_emplvl", "total_qtrly_wages"]
    return rows.astype(dict.fromkeys(numbers, float))


def test_vermont_s_four_quarters_are_averaged(shared, vermont_rows):
    """Every private industry disclosed in all four quarters of 2016."""
    tables = read(shared(VERMONT), areas=COUNTIES, benchmark=("50000",))
    assert tables.quarter is None
    assert tables.area_titles["50009"] == "Essex County, Vermont"
    own = vermont_rows[vermont_rows["own_code"] == "5"]
    own = own[own["agglvl_code"].str[1].isin(list("145678"))]
    months = own[["month1_emplvl", "month2_emplvl", "month3_emplvl"]].sum(axis=1)
    own = own.assign(jobs=months / 12, known=own["disclosure_code"].isin(["", "-"]))
    years = own.groupby(["area_fips", "industry_code"]).agg(
        jobs=("jobs", "sum"), pay=("total_qtrly_wages", "sum"), known=("known", "all")
    )
    frame = tables.employment[tables.employment["year"] == 2016]
    frame = frame.set_index(["region", "industry"]).rename_axis(years.index.names)
    assert len(frame) == len(years)
    both = years.join(frame, how="inner")
    told = both[both["known"]]
    assert len(told) > 1000
    assert set(told["employment_status"]) == {"published"}
    np.testing.assert_allclose(told["employment"], told["jobs"], rtol=1e-12)
    np.testing.assert_allclose(told["total_wages"], told["pay"], rtol=1e-12)
    assert set(both.loc[~both["known"], "employment_status"]) == {"estimated"}


def test_vermont_s_months_add_up_without_rounding(shared):
    """No sum of a published quarter contradicts its parts although nothing is allowed for."""
    for quarter in (1, 2, 3, 4):
        tables = read(shared(VERMONT), areas=None, quarter=quarter, period=(2016, 2016))
        assert not [text for text in whats(tables, "caution") if "add up" in text]


def test_hidden_months_lie_in_their_bounds(shared, tmp_path):
    """Every tenth disclosed 3- to 6-digit row of Vermont is marked withheld."""
    truth = {}
    for path in sorted(shared(VERMONT).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["qtr"] == "2"]
        detail = [
            row
            for row in rows
            if row["own_code"] == "5" and row["agglvl_code"][1] > "4" and not row["disclosure_code"]
        ]
        for row in detail[::10]:
            jobs = sum(float(row[f"month{m}_emplvl"]) for m in (1, 2, 3)) / 3
            truth[row["area_fips"], row["industry_code"]] = jobs
            row.update(disclosure_code="N", total_qtrly_wages="0")
            row.update(dict.fromkeys(("month1_emplvl", "month2_emplvl", "month3_emplvl"), "0"))
        put(tmp_path, rows, path.name)
    frame = read(tmp_path, areas=None, period=(2016, 2016)).employment
    frame = frame.set_index(["region", "industry"])
    assert len(truth) > 150
    for place, jobs in truth.items():
        found = frame.loc[place]
        assert found["employment_status"] == "estimated"
        assert found["employment_low"] <= jobs + 1e-9
        assert jobs <= found["employment_high"] + 1e-9


def test_essex_withholds_what_its_files_say(shared, vermont_rows):
    tables = read(shared(VERMONT), areas=COUNTIES, benchmark=("50000",), quarter=1)
    rows = vermont_rows[
        (vermont_rows["area_fips"] == "50009")
        & (vermont_rows["own_code"] == "5")
        & (vermont_rows["qtr"] == "1")
    ]
    jobs = rows[["month1_emplvl", "month2_emplvl", "month3_emplvl"]].sum(axis=1)
    sectors = rows["agglvl_code"] == "74"
    told = jobs[sectors].sum() / jobs[rows["agglvl_code"] == "71"].sum()
    assert round(told, 2) == 0.53
    withheld = int((rows.loc[sectors, "disclosure_code"] == "N").sum())
    said = next(text for text in whats(tables, "caution") if "Essex" in text)
    assert f"withholds {withheld} of its {sectors.sum()} sectors" in said
    assert f"which hold {100 * (1 - told):.0f} % of its jobs" in said
    assert said.endswith("(the first quarter of 2016).")


def test_the_nation_s_quarter_is_read(shared):
    tables = read(shared("data/qcew/us_2024q1_slice.csv"), areas=None, benchmark=("all",))
    assert tables.quarter == 1
    total = tables.covered_totals.set_index("year")["employment"]
    assert total[2024] == pytest.approx((152393725 + 153129544 + 153848430) / 3)
    assert total[2023] == pytest.approx(total[2024] - (2159585 + 2084056 + 2278693) / 3)


def withheld_quarters(**more):
    """Four quarters of 90, 100, 110 and 120 jobs, in each of which 721 and 722 share them."""
    return [
        row
        for quarter in (1, 2, 3, 4)
        for row in county(2023, quarter, jobs=(80 + 10 * quarter,) * 3, **more)
    ]


def bundle_of(tables, *codes, areas=("01001",), written=None, excluded=()):
    sector = Sector("b", "b", codes, written=written or codes, excluded=excluded)
    return roll_up(tables, Scope(areas=areas, period=(2023, 2023), bundles=(sector,)))


def test_a_bundle_of_four_averaged_quarters_is_bounded_in_each_quarters_tree(tmp_path):
    """721 and 722 have 0 to 105 each over the year; together they are the 105 of each quarter."""
    tables = read(put(tmp_path, withheld_quarters(), "2023.csv"))
    for code in ("721", "722"):
        one = cell(tables, code, 2023)
        assert (one["employment_low"], one["employment_high"]) == (0, 105)
    jobs = bundle_of(tables, "721", "722").e_ir
    assert jobs.low[0, 0] == pytest.approx(105)
    assert jobs.high[0, 0] == pytest.approx(105)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32 - 1))
def test_averaged_bundles_hold_the_truth_and_are_never_wider_than_adding(tmp_path, seed):
    rng = np.random.default_rng(seed)
    rows, truth = [], np.zeros(2)
    for quarter in (1, 2, 3, 4):
        months = rng.integers(0, 60, (2, 3))
        truth += months.sum(1) / 12
        at = {"year": 2023, "quarter": quarter}
        hidden = rng.random(3) < (0.5, 0.7, 0.7)
        every = tuple(int(jobs) for jobs in months.sum(0))
        rows += [quarter_row("10", every, 5, own="0", **at), quarter_row("10", every, 5, **at)]
        cells = (("72", every, 5), ("721", months[0], 2), ("722", months[1], 3))
        rows += [
            quarter_row(code, None if gone else tuple(map(int, jobs)), firms, **at)
            for (code, jobs, firms), gone in zip(cells, hidden, strict=True)
        ]
    tables = read(put(tmp_path, rows, "2023.csv"))
    jobs = bundle_of(tables, "721", "722").e_ir
    low, high = (
        sum(cell(tables, code, 2023)[f"employment_{end}"] for code in ("721", "722"))
        for end in ("low", "high")
    )
    assert low - 1e-9 <= jobs.low[0, 0] <= truth.sum() + 1e-9
    assert truth.sum() - 1e-9 <= jobs.high[0, 0] <= high + 1e-9


def test_a_difference_beside_joint_bounds_keeps_ends_that_hold_the_truth(tmp_path):
    """72 has 105 jobs, 7221 is withheld, and the level between isn't there: 72 less 0 to 105."""
    rows = [row for row in withheld_quarters() if row["industry_code"] not in ("721", "722")]
    rows += [quarter_row("7221", None, 5, year=2023, quarter=quarter) for quarter in (1, 2, 3, 4)]
    tables = read(put(tmp_path, rows, "2023.csv"))
    panel = bundle_of(tables, "72", written=("72",), excluded=("7221",))
    assert panel.sectors[0].naics == ("72 except 7221",)
    assert (panel.e_ir.low[0, 0], panel.e_ir.high[0, 0]) == (0, 105)


def test_several_ownerships_of_quarters_are_bounded_in_their_tree(tmp_path):
    """All 100 jobs are private or local, each withheld: 72 in all is 100, not 0 to 200."""
    rows = []
    for quarter in (1, 2, 3, 4):
        at = {"year": 2023, "quarter": quarter}
        rows.append(quarter_row("10", (100, 100, 100), 12, own="0", **at))
        for own in ("3", "5"):
            rows += [quarter_row(code, None, 6, own=own, **at) for code in ("10", "72")]
    one = cell(read(put(tmp_path, rows, "2023.csv"), ownership="all"), "72", 2023)
    assert one["employment_low"] == pytest.approx(100)
    assert one["employment_high"] == pytest.approx(100)
