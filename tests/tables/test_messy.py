"""Spreadsheets as they come: footnotes with commas, dates for years, errors, stray worksheets."""

import datetime as dt

import openpyxl
import pytest

from sectorscan.errors import InputError
from sectorscan.tables.files import expand
from sectorscan.tables.read import read_tables

HEADER = ["region", "industry", "year", "employment"]


def read(path, **columns):
    return read_tables(expand([path]), columns=columns, ownership="private", benchmark=None)


@pytest.fixture
def csv_of(tmp_path):
    def write(text, name="employment.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        return tmp_path / name

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "employment.xlsx")
        return tmp_path / "employment.xlsx"

    return write


@pytest.mark.parametrize(
    "below",
    [
        "Source: BLS, QCEW\n",
        "\nSource: BLS, QCEW\n* withheld, by law\nNote: a, b, c, d\n",
        "Notes: see the, annual, report, page 3\n",
        "(D) not disclosed,see note,,\n* suppressed,,,\n",
        "[1] preliminary, may change\n1) or not, ever\n",
    ],
)
def test_footnotes_are_told_from_rows_even_with_commas(csv_of, below):
    tables = read(csv_of(f"region,industry,year,employment\n39041,722,2022,10\n{below}"))
    assert tables.employment["employment"].tolist() == [10]
    assert [str(f) for f in tables.findings if "footnote" in f.what]


@pytest.mark.parametrize("day", ["-01-01", "-12-31", "-12-31 00:00:00", "-01-01T00:00:00.000"])
def test_dates_that_stand_for_years_are_read_and_told(csv_of, day):
    rows = "".join(f"39041,722,{year}{day},10\n" for year in (2022, 2023))
    tables = read(csv_of(f"region,industry,year,employment\n{rows}"))
    assert tables.employment["year"].tolist() == [2022, 2023]
    assert any("dates are read as" in finding.what for finding in tables.findings)


def test_dates_of_several_months_are_no_years(csv_of):
    rows = "39041,722,2022-01-01,10\n39041,722,2022-04-01,10\n"
    with pytest.raises(InputError, match="calendar year"):
        read(csv_of(f"region,industry,year,employment\n{rows}"))


def test_date_cells_of_a_workbook_are_years(workbook):
    path = workbook({"Jobs": [HEADER, ["39041", "722", dt.date(2023, 12, 31), 10]]})
    assert read(path).employment["year"].tolist() == [2023]


def test_an_error_cell_of_a_workbook_is_no_blank(workbook):
    path = workbook({"Jobs": [HEADER, ["39041", "722", 2022, 10], ["39041", "722", 2023, "#REF!"]]})
    with pytest.raises(InputError, match=r"row 3, column employment: .*spreadsheet error.*#REF!"):
        read(path)


def test_not_available_in_a_workbook_is_a_blank(workbook):
    path = workbook({"Jobs": [HEADER, ["39041", "722", 2022, 10], ["39041", "722", 2023, "#N/A"]]})
    assert read(path).employment["employment"].notna().sum() == 1


def test_a_worksheet_that_is_not_read_is_told(workbook):
    path = workbook(
        {
            "Jobs": [HEADER, ["39041", "722", 2022, 10]],
            "Pay": [["region", "industry", "yr.", "what they earn"], ["39041", "722", 2022, 9]],
            "About": [["made by", "us"], ["on", "Monday"]],
        }
    )
    found = {f.file: f.severity for f in read(path).findings if "worksheet" in f.what}
    assert found == {"employment.xlsx [Pay]": "caution", "employment.xlsx [About]": "note"}


@pytest.mark.parametrize(
    ("name", "rates", "told"),
    [
        ("growth_pct", (0.032, -0.02, 0.12), True),
        ("annual_growth_pct", (0.0032, -0.002, 0.012), True),
        ("growth_pct", (0.032, -0.02, 12), False),
        ("annual_growth_pct", (0.4, -0.2, 0.1), False),
        ("growth_pct", (0.4, -0.2), False),
    ],
)
def test_growth_in_fractions_is_a_caution(csv_of, name, rates, told):
    rows = "".join(f"39041,{722 + at},2023,2033,{rate}\n" for at, rate in enumerate(rates))
    tables = read(csv_of(f"region,industry,base_year,end_year,{name}\n{rows}"))
    assert any("3.2%" in finding.remedy for finding in tables.findings) == told


@pytest.mark.parametrize(
    ("industries", "words"),
    [
        (("722", "Manufacturing"), "the industry has no NAICS code"),
        (("722", "Manufacturing", "Retail"), "2 industries have no NAICS code"),
        (("Food", "Manufacturing"), None),
        (("722", "total"), None),
    ],
)
def test_an_industry_in_words_among_codes_is_a_caution(csv_of, industries, words):
    rows = "".join(f"39041,{industry},2022,10\n" for industry in industries)
    told = [f for f in read(csv_of(f"region,industry,year,employment\n{rows}")).findings
            if f.severity == "caution"]  # fmt: skip
    assert [words in f.what for f in told] == ([True] if words else [])


def test_a_header_that_is_to_be_two_things_is_a_problem(csv_of):
    path = csv_of("region,industry,year,n\n39041,722,2022,10\n")
    with pytest.raises(InputError, match="'n' is mapped to employment and to establishments"):
        read(path, employment="n", establishments="n")


def test_an_endless_line_is_refused_before_it_is_cut(csv_of):
    path = csv_of("region,industry,year,employment\n39041,722,2022,10\n" + "," * (1 << 21))
    with pytest.raises(InputError, match="row 3: a line is longer than"):
        read(path)


def test_endless_titles_are_cut(csv_of):
    path = csv_of(f"region,industry,industry_title,year,employment\n1,722,{'x' * 30000},2022,10\n")
    assert len(read(path).employment["industry_title"][0]) == 500
