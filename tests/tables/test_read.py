"""Analyst tables read, mended and checked: what each cell becomes."""

import numpy as np
import pandas as pd
import pytest

from sectorscan.errors import InputError
from sectorscan.tables.files import expand
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS
from sectorscan.tables.read import FRAMES, read_tables

HEADER = "region,industry,year,employment"


@pytest.fixture
def read(tmp_path):
    def reader(*tables, columns=None, ownership="private", regions=None, **named):
        for number, text in enumerate(tables):
            (tmp_path / f"table{number}.csv").write_text(text, encoding="utf-8")
        for name, text in named.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_tables(
            expand([tmp_path]),
            columns=columns or {},
            ownership=ownership,
            benchmark=("US000",),
            regions=regions,
        )

    return reader


def said(tables, severity):
    return [str(finding) for finding in tables.findings if finding.severity == severity]


def test_frame_has_the_documented_columns_types_and_order(read):
    tables = read(
        f"{HEADER}\n39045,722,2023,7\n39041,722,2023,5\n39041,541,2023,3\n39041,541,2020,2"
    )
    frame = tables.employment
    assert tuple(frame.columns) == EMPLOYMENT_COLUMNS
    assert frame[["region", "industry", "year"]].values.tolist() == [
        ["39041", "541", 2020],
        ["39041", "541", 2023],
        ["39041", "722", 2023],
        ["39045", "722", 2023],
    ]
    assert frame["year"].dtype == np.int64
    assert frame["region"].dtype == object
    assert frame["employment"].dtype == np.float64
    assert frame["employment_low"].tolist() == frame["employment"].tolist() == [2, 3, 5, 7]
    assert set(frame["employment_status"]) == {"published"}
    assert set(frame["wages_status"]) == {"missing"}
    assert tables.inputs[0].kind == "employment"
    assert (tables.inputs[0].path, tables.inputs[0].rows) == ("table0.csv", 4)


def test_indicators_alone_are_enough_and_other_frames_are_empty(read):
    tables = read(
        "industry,indicator,value,low,high\nGreen energy,green_jobs,5,4,\nB,green_jobs,6,,"
    )
    for name, columns in FRAMES.items():
        assert tuple(getattr(tables, name).columns) == columns
    assert tables.employment.empty
    assert tables.employment["year"].dtype == np.int64
    assert tables.indicators[["region", "industry", "low", "high"]].values.tolist() == [
        ["", "B", 6.0, 6.0],
        ["", "Green energy", 4.0, 5.0],
    ]
    assert tables.indicators["year"].isna().all()
    assert set(tables.indicators["source"]) == {"table0.csv"}


def test_a_blank_year_is_not_taken_for_the_last_year_of_another_industry(read):
    tables = read("industry,indicator,value,year\nA,green_jobs,5,2023\nB,green_jobs,6,")
    rows = tables.indicators[["industry", "value"]].to_numpy().tolist()
    assert rows == [["A", 5.0], ["B", 6.0]]


@pytest.mark.parametrize(
    ("cell", "flag", "status", "value", "low", "high"),
    [
        ("12", "", "published", 12, 12, 12),
        ("0", "", "published", 0, 0, 0),
        ("", "", "missing", np.nan, np.nan, np.nan),
        ("N/A", "", "missing", np.nan, np.nan, np.nan),
        ("(D)", "", "withheld", np.nan, 0, np.inf),
        ("0", "N", "withheld", np.nan, 0, np.inf),
        ("", "N", "withheld", np.nan, 0, np.inf),
        ("<10", "", "withheld", np.nan, 0, 9),
    ],
)
def test_status_of_jobs(read, cell, flag, status, value, low, high):
    tables = read(f"{HEADER},flag,establishments,total_wages\n1,722,2023,{cell},{flag},3,0")
    row = tables.employment.iloc[0]
    assert row["employment_status"] == status
    np.testing.assert_equal(
        [row["employment"], row["employment_low"], row["employment_high"]], [value, low, high]
    )
    assert row["establishments"] == 3
    assert row["wages_status"] == ("withheld" if flag else "published")


@pytest.mark.parametrize(
    ("cells", "status", "expected"),
    [
        (("", "20", "30", "N"), "withheld", [np.nan, 20, 30]),
        (("(D)", "20", "", ""), "withheld", [np.nan, 20, np.inf]),
        (("", "", "30", ""), "withheld", [np.nan, 0, 30]),
        (("25", "20", "30", ""), "estimated", [25, 20, 30]),
        (("25", "20", "30", "N"), "estimated", [25, 20, 30]),
        (("25", "25", "25", ""), "published", [25, 25, 25]),
        (("25", "20", "", ""), "estimated", [25, 20, 25]),
    ],
)
def test_bounds_of_jobs(read, cells, status, expected):
    header = "region,industry,year,employment,employment_low,employment_high,flag"
    row = read(f"{header}\n1,722,2023,{','.join(cells)}").employment.iloc[0]
    assert row["employment_status"] == status
    found = [row["employment"], row["employment_low"], row["employment_high"]]
    np.testing.assert_equal(found, expected)


def test_a_flagged_figure_is_not_used_and_that_is_said(read):
    tables = read(f"{HEADER},flag\n1,722,2023,120,N\n1,721,2023,5,Z")
    assert tables.employment["employment_status"].tolist() == ["published", "withheld"]
    cautions = said(tables, "caution")
    assert len(cautions) == 2
    assert any("flagged as withheld" in text for text in cautions)
    assert any("flag is not known" in text and "'Z'" in text for text in cautions)


def test_wages_from_totals_or_pay_times_jobs(read):
    tables = read(
        f"{HEADER},avg_annual_pay,total_wages\n"
        "1,111,2023,10,50000,\n"
        "1,112,2023,10,50000,499999\n"
        "1,113,2023,(D),50000,\n"
        "1,114,2023,<10,50000,\n"
        "1,115,2023,,50000,\n"
        "1,116,2023,10,(D),\n"
        "1,117,2023,10,,\n"
    )
    frame = tables.employment.set_index("industry")
    assert frame["wages_status"].to_dict() == {
        "111": "derived",
        "112": "published",
        "113": "withheld",
        "114": "withheld",
        "115": "missing",
        "116": "withheld",
        "117": "missing",
    }
    assert frame.loc["111", "total_wages"] == 500_000
    assert frame.loc["112", "total_wages"] == 499_999
    assert frame["total_wages"].notna().sum() == 2
    assert frame.loc["114", ["total_wages_low", "total_wages_high"]].tolist() == [0, 450_000]
    assert frame.loc["113", ["total_wages_low", "total_wages_high"]].tolist() == [0, np.inf]


def test_wages_of_another_table_are_put_beside_the_jobs(read):
    tables = read(
        employment=f"{HEADER}\n1,722,2023,10\n1,721,2023,4",
        wages="region,industry,year,avg_annual_pay\n1,722,2023,50000\n1,999,2023,1\n2,722,2023,1",
    )
    frame = tables.employment.set_index("industry")
    assert frame.loc["722", "total_wages"] == 500_000
    assert frame.loc["722", "source"] == "employment.csv + wages.csv"
    assert frame.loc["721", "wages_status"] == "missing"
    [caution] = said(tables, "caution")
    assert "wages.csv: 2 rows have wages" in caution


def test_wages_that_contradict_each_other_are_a_problem(read):
    with pytest.raises(InputError, match=r"contradict the 500,000 of employment\.csv, row 2"):
        read(
            employment=f"{HEADER},total_wages\n1,722,2023,10,500000",
            wages="region,industry,year,total_wages\n1,722,2023,600000",
        )


def test_one_panel_serves_as_several_tables(read):
    tables = read(f"{HEADER},establishments,avg_annual_pay,LQ\n1,722,2023,10,2,50000,1.2")
    assert tables.inputs[0].kind == "employment+wages+concentration"
    assert tables.concentration["location_quotient"].tolist() == [1.2]


def test_repeated_rows_count_once_and_are_said(read):
    tables = read(f"{HEADER}\n1,722,2023,10\n1,721,2023,4\n1,722,2023,10\n1,722.0,2023,10")
    assert tables.employment["employment"].tolist() == [4, 10]
    [caution] = said(tables, "caution")
    assert "2 rows repeat" in caution
    assert "row 4, 5" in caution


def test_contradicting_rows_of_two_files_name_both(read):
    with pytest.raises(InputError, match=r"row 2 of table0\.csv too.*10 there, 12 here"):
        read(f"{HEADER}\n1,722,2023,10", f"{HEADER}\n1,722,2023,12")


def test_many_problems_of_a_kind_are_counted(read):
    rows = "\n".join(f"1,{number},2023,x{number}" for number in range(100, 422))
    with pytest.raises(InputError) as caught:
        read(f"{HEADER}\n{rows}")
    assert len(caught.value.findings) == 11
    assert caught.value.findings[0].row == 2
    assert "and 312 more" in str(caught.value.findings[-1])


def test_mended_codes_are_said_once_a_column(read):
    tables = read(f"{HEADER}\n39041,722.0,2023,1\n1001,NAICS 721,2023,1\n39041,Total,2023,2")
    assert tables.employment["region"].tolist() == ["01001", "39041", "39041"]
    assert tables.employment["industry"].tolist() == ["721", "10", "722"]
    notes = said(tables, "note")
    assert len(notes) == 2
    assert any("'1001' to '01001'" in note for note in notes)


def test_titles_behind_codes_and_area_names(read):
    tables = read("FIPS,County,NAICS,Year,Emp\n39041,Delaware,722 Food services,2023,5")
    assert tables.employment["industry_title"].tolist() == ["Food services"]
    assert tables.area_titles == {"39041": "Delaware"}


OWNED = (
    "region,industry,year,employment,own_code\n1,10,2023,100,0\n1,10,2023,80,5\n1,722,2023,9,5\n"
    "1,722,2023,1,3\n"
)


def test_ownership_private_takes_its_rows_and_the_covered_totals(read):
    tables = read(OWNED)
    assert tables.employment["employment"].tolist() == [80, 9]
    assert tables.covered_totals.values.tolist() == [["1", 2023, 100.0]]
    assert tables.ownership == "private"


def test_ownership_all_takes_totals_and_sums_only_complete_parts(read):
    parts = "".join(f"1,541,2023,{jobs},{own}\n" for own, jobs in ((1, 1), (2, 2), (3, 3), (5, 4)))
    tables = read(OWNED + parts, ownership="all")
    frame = tables.employment.set_index("industry")
    assert frame["employment"].to_dict() == pytest.approx(
        {"10": 100, "541": 10, "722": np.nan}, nan_ok=True
    )
    assert frame.loc["722", "employment_status"] == "missing"
    [caution] = said(tables, "caution")
    assert "1 were summed" in caution
    assert "1 are not known" in caution


def test_without_an_ownership_column_rows_are_taken_as_they_are(read):
    assert read(f"{HEADER}\n1,10,2023,5").ownership is None


def test_growth_is_annualised_by_compounding(read):
    tables = read(
        growth="region,industry,base_year,end_year,growth_pct,annual_growth_pct,openings\n"
        "1,722,2020,2030,21.8994,,\n1,721,2013,2023,,2,50\n1,541,2020,2030,10,5,\n",
        employment=f"{HEADER}\n1,722,2023,10",
    )
    frame = tables.growth.set_index("industry")
    assert frame.loc["722", "annual_growth_pct"] == pytest.approx(2, abs=1e-5)
    assert frame.loc["541", "annual_growth_pct"] == 5
    assert frame["basis"].to_dict() == {"541": "projected", "721": "observed", "722": "projected"}
    assert frame.loc["721", "openings"] == 50
    [caution] = said(tables, "caution")
    assert "disagree" in caution


def test_percent_signs_in_growth_are_read(read):
    tables = read(
        "region,industry,base_year,end_year,annual_growth_pct,basis\n1,722,2020,2030,(3.2%),Actual"
    )
    assert tables.growth[["annual_growth_pct", "basis"]].values.tolist() == [[-3.2, "observed"]]


def test_columns_mapping_makes_any_file_an_analyst_table(read):
    tables = read(
        "place;trade;when;people\n1;722;2023;7",
        columns={"region": "place", "industry": "trade", "year": "when", "employment": "people"},
    )
    assert tables.employment["employment"].tolist() == [7]


def test_mapping_to_an_absent_header_is_a_problem(read):
    with pytest.raises(InputError, match="Did you mean 'jobs'"):
        read("region,industry,year,jobs\n1,722,2023,7", columns={"employment": "jobz"})


def test_rows_are_counted_as_a_spreadsheet_counts_them(read):
    with pytest.raises(InputError) as caught:
        read(f"# a comment\n# another\n\n{HEADER}\n\n1,722,2023,7\n1,721,2023,x\n")
    assert caught.value.findings[0].row == 7


def test_footnotes_below_the_table_are_passed_over(read):
    tables = read(f"{HEADER}\n1,722,2023,7\n\nSource: a survey\nNote: (D) is withheld,,,\n")
    assert tables.employment["employment"].tolist() == [7]
    assert any("footnote" in note for note in said(tables, "note"))


def test_blank_columns_and_rows_at_the_ends_are_nothing(read):
    tables = read(f"{HEADER},,\n1,722,2023,7,,\n,,,,,\n")
    assert tables.employment["employment"].tolist() == [7]


@pytest.mark.parametrize("column", ["note", "source"])
def test_synthetic_is_labelled(read, column):
    assert read(f"{HEADER},{column}\n1,722,2023,7,synthetic").synthetic


def test_not_synthetic_by_default(read):
    assert not read(f"{HEADER},note\n1,722,2023,7,survey").synthetic


def test_input_frames_are_new_objects(read):
    text = f"{HEADER}\n1,722,2023,7"
    first, second = read(text), read(text)
    pd.testing.assert_frame_equal(first.employment, second.employment)
    first.employment.loc[0, "employment"] = 0
    assert second.employment["employment"].tolist() == [7]


def test_more_jobs_than_the_total_is_a_caution(read):
    [caution] = said(read(f"{HEADER}\n1,10,2023,100\n1,722,2023,150\n1,721,2023,90"), "caution")
    assert "row 3" in caution
    assert "150 above 100" in caution


def test_wages_in_thousands_are_a_caution(read):
    [caution] = said(read(f"{HEADER},total_wages\n1,722,2023,100,5200"), "caution")
    assert "middle pay is 52 USD a year" in caution
