"""The same table in every accepted format and encoding gives the same figures."""

import datetime as dt
import subprocess
import sys
import zipfile

import numpy as np
import openpyxl
import polars
import pytest

from sectorscan.errors import InputError
from sectorscan.tables.excel import sheets_of
from sectorscan.tables.files import expand, read_header
from sectorscan.tables.read import read_tables

ROWS = [
    ["Región", "NAICS", "Year", "Employment", "Título"],
    ["39041", "722", "2023", "12,345", "Café"],
    ["01001", "31-33", "2023", "(D)", "Mfg"],
]
COLUMNS = {"region": "Región", "industry_title": "Título"}


def load(path, columns=COLUMNS):
    return read_tables(expand([path]), columns=columns, ownership="private", benchmark=None)


def write_text(path, mark, encoding):
    lines = [mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in ROWS]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_delimiters_and_encodings(tmp_path, mark, encoding):
    path = tmp_path / "table.txt"
    write_text(path, mark, encoding)
    assert read_header(expand([path])[0]) == tuple(ROWS[0])
    frame = load(path).employment
    assert frame["region"].tolist() == ["01001", "39041"]
    np.testing.assert_equal(frame["employment"].tolist(), [np.nan, 12345])
    assert frame["industry_title"].tolist() == ["Mfg", "Café"]


def test_header_longer_than_the_first_look(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("region,industry,year,employment\n" + "39041,722,2023,1\n" * 9000, "utf-8")
    assert read_header(expand([path])[0]) == ("region", "industry", "year", "employment")


def save(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbook_with_titles_above_and_several_sheets(tmp_path):
    path = save(
        tmp_path / "book.xlsx",
        {
            "About": [["This workbook holds regional tables"]],
            "Jobs": [
                ["Employment by county"],
                [],
                ["FIPS", "NAICS", "Year", "Jobs", None],
                [1001, 722, 2023, 12.5, None],
                [39041, "31-33", 2023.0, "<10", None],
                [None, None, None, None, None],
            ],
            "Pay": [["FIPS", "NAICS", "Year", "Average Annual Wage"], [1001, 722.0, 2023, 40000]],
        },
    )
    tables = load(path, {})
    assert tables.employment["region"].tolist() == ["01001", "39041"]
    assert tables.employment["total_wages"].tolist()[0] == 500_000
    assert tables.inputs[0].kind == "employment+wages"
    assert tables.inputs[0].rows == 3


def test_rows_of_a_workbook_are_its_own(tmp_path):
    rows = [["Title"], [], ["region", "industry", "year", "jobs"], ["1", "722", 2023, "many"]]
    with pytest.raises(InputError, match=r"book.xlsx \[Jobs\], row 4, column jobs"):
        load(save(tmp_path / "book.xlsx", {"Jobs": rows}), {})


def test_codes_that_excel_made_dates_are_found(tmp_path):
    rows = [["region", "industry", "year", "jobs"], ["1", dt.date(2045, 4, 1), 2023, 5]]
    with pytest.raises(InputError, match="took the code for one"):
        load(save(tmp_path / "book.xlsx", {"Jobs": rows}), {})


def test_percent_formats_of_a_workbook_count(tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["region", "industry", "base_year", "end_year", "annual_growth_pct"])
    book.active.append(["1", "722", 2020, 2030, 0.032])
    book.active.append(["1", "721", 2020, 2030, 1.5])
    book.active["E2"].number_format = "0.0%"
    book.save(path)
    growth = load(path, {}).growth.set_index("industry")["annual_growth_pct"]
    assert growth.to_dict() == {"721": 1.5, "722": 3.2}


def test_formulas_give_their_stored_value(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["region", "industry", "year", "jobs"])
        sheet.write_row(1, 0, ["1", "722", 2023])
        sheet.write_formula(1, 3, "=2+3", None, 5)
    assert load(tmp_path / "book.xlsx", {}).employment["employment"].tolist() == [5]


def test_formulas_that_were_never_computed_are_said(tmp_path):
    rows = [["region", "industry", "year", "jobs"], ["1", "722", 2023, "=2+3"]]
    with pytest.raises(InputError, match="formulas without their results"):
        load(save(tmp_path / "book.xlsx", {"Jobs": rows}), {})


def test_hidden_sheets_are_not_read(tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["region", "industry", "year", "jobs"])
    book.active.append(["1", "722", 2023, 5])
    hidden = book.create_sheet("old")
    hidden.append(["region", "industry", "year", "jobs"])
    hidden.append(["1", "722", 2023, 6])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert load(path, {}).employment["employment"].tolist() == [5]


def test_a_workbook_under_another_ending_is_read(tmp_path):
    rows = [["region", "industry", "year", "jobs"], ["1", "722", 2023, 5]]
    path = save(tmp_path / "book.xlsx", {"Jobs": rows}).rename(tmp_path / "book.xls")
    assert load(path, {}).employment["employment"].tolist() == [5]


def test_a_zip_or_workbook_in_disguise_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "table.xlsx", "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(InputError, match=r"no \.xlsx workbook"):
        load(tmp_path / "table.xlsx", {})
    book = save(tmp_path / "book.xlsx", {"A": [["region", "industry", "year", "jobs"]]})
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(book, "table.csv")
    with pytest.raises(InputError, match="inside a zip only CSV"):
        load(tmp_path / "z.zip", {})


def test_a_stray_cell_far_out_is_refused_before_it_fills_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["region", "industry", "year", "jobs"])
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "giant.xlsx")
    with pytest.raises(InputError, match="1,048,576 rows and 16,384 columns"):
        load(tmp_path / "giant.xlsx", {})


def test_every_number_keeps_its_digits(tmp_path):
    path = save(tmp_path / "book.xlsx", {"A": [[0.1, 123456789.25, 2023, True, None, 1e20]]})
    [(_, rows)] = sheets_of(expand([path])[0])
    assert rows[0] == ["0.1", "123456789.25", "2023", "TRUE", "", "1e+20"]


def test_parquet(tmp_path):
    frame = polars.DataFrame(
        {"area_fips": ["01001", "39041"], "industry": [722.0, None], "year": [2023, 2023]}
    ).with_columns(employment=polars.Series([5.5, None]), industry=polars.lit(722))
    frame.write_parquet(tmp_path / "t.parquet")
    [file] = expand([tmp_path / "t.parquet"])
    assert read_header(file) == ("area_fips", "industry", "year", "employment")
    found = load(tmp_path / "t.parquet", {}).employment
    assert found["employment_status"].tolist() == ["published", "missing"]
    assert found["industry"].tolist() == ["722", "722"]


def test_zip_of_csv(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("2022.csv", "region,industry,year,jobs\n1,722,2022,4\n")
        archive.writestr("2023.csv", "region,industry,year,jobs\n1,722,2023,5\n")
    tables = load(tmp_path / "z.zip", {})
    assert tables.employment["employment"].tolist() == [4, 5]
    assert [each.path for each in tables.inputs] == ["z.zip/2022.csv", "z.zip/2023.csv"]


def test_plain_csv_imports_neither_polars_nor_calamine(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("region,industry,year,jobs\n1,722,2022,4\n", "utf-8")
    code = (
        "import sys; from pathlib import Path\n"
        "from sectorscan.tables.files import expand\n"
        "from sectorscan.tables.read import read_tables\n"
        "read_tables(expand([Path(sys.argv[1])]), columns={}, ownership='all', benchmark=None)\n"
        "print([n for n in ('polars', 'python_calamine', 'openpyxl') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.shared
def test_virginia_panel_is_recognised_by_itself(shared):
    tables = load(shared("data/panel/virginia_localities_private_sectors_2019_2025.csv"), {})
    frame = tables.employment
    assert tables.inputs[0].kind == "employment+wages"
    assert len(frame) == 17_804
    assert (frame["employment_status"] == "withheld").sum() == 5_289
    assert frame["region"].nunique() == 133
    assert tables.area_titles["51760"].startswith("Richmond")
    assert tables.findings == ()


@pytest.mark.shared
def test_virginia_panel_through_a_mapping(shared):
    path = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    columns = {
        "region": "area_fips",
        "industry": "industry_code",
        "employment": "annual_avg_emplvl",
        "total_wages": "total_annual_wages",
        "establishments": "annual_avg_estabs",
        "flag": "disclosure_code",
    }
    mapped, plain = load(path, columns), load(path, {})
    assert mapped.employment.equals(plain.employment)


@pytest.mark.shared
def test_projections_workbook_is_refused_with_its_columns(shared):
    path = shared("data/projections/bls_employment_projections_2020_2030_industry.xlsx")
    with pytest.raises(InputError, match="no analyst table is recognised"):
        load(path, {})
