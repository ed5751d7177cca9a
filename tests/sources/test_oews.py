"""OEWS staffing patterns in their published columns; all figures are synthetic."""

import openpyxl
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.oews import is_oews, read_oews
from sectorscan.tables.files import expand

HEADER = (
    "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OWN_CODE,OCC_CODE,OCC_TITLE,"
    "O_GROUP,TOT_EMP,EMP_PRSE,PCT_TOTAL,A_MEAN"
)


def rows(naics, title, jobs, own="5"):
    """Return a row a major group; the total is group 00."""
    return [
        f'99,U.S.,1,US,{naics},"{title}",3-digit,{own},{code}-0000,Group,major,"{n}",1.0,**,#'
        for code, n in jobs.items()
    ]


def read(tmp_path, lines, ownership="private", name="nat3d_M2023_dl.csv"):
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return read_oews(expand([path])[0], ownership)


def found(tables):
    return {r.industry: (r.numerator, r.low, r.high, r.denominator) for r in
            tables.rates.itertuples()}  # fmt: skip


ALL = {"00": "1,000", "11": "200", "35": "300", "43": "250", "51": "250"}


def test_middle_skill_jobs_over_all_jobs_of_each_industry(tmp_path):
    lines = [
        *rows("000000", "Cross-industry", ALL),
        *rows("311000", "Food Manufacturing", {"00": 500, "11": 100, "51": 300, "53": 100}),
        *rows("31-33", "Manufacturing", {"00": 900, "17": 300, "51": 600}),
        *rows("3250A1", "Chemicals (3251, 3252, 3253, and 3259 only)", {"00": 100, "51": 40}),
        *rows("541100", "Legal Services", {"00": 80, "23": 60, "43": 20}),
        "99,U.S.,1,US,541100,Legal,4-digit,5,43-6012,Secretaries,detailed,20,1,25,#",
    ]
    tables = read(tmp_path, lines)
    assert found(tables) == {
        "10": (500, 500, 500, 1000),
        "311": (400, 400, 400, 500),
        "31-33": (600, 600, 600, 900),
        "3251, 3252, 3253, 3259": (40, 40, 40, 100),
        "5411": (20, 20, 20, 80),
    }
    assert set(tables.rates["end_year"]) == {2023}
    (source,) = set(tables.rates["source"])
    assert "middle skill: SOC major groups 41, 43, 47, 49, 51, 53" in source
    assert tables.inputs[0].kind == "oews-staffing"


def test_withheld_groups_make_intervals(tmp_path):
    lines = [
        *rows("311000", "Food", {"00": 500, "11": "**", "43": 100, "51": "**", "53": 200}),
        *rows("312000", "Beverages", {"00": "**", "51": 10}),
    ]
    assert found(read(tmp_path, lines)) == {"311": (400, 300, 500, 500)}


def test_the_private_rows_count_where_there_are_any(tmp_path):
    lines = [
        *rows("622000", "Hospitals", {"00": 100, "43": 10}),
        *rows("622000", "Hospitals", {"00": 300, "43": 90}, own="235"),
        *rows("611000", "Schools", {"00": 300, "43": 90}, own="235"),
    ]
    assert found(read(tmp_path, lines)) == {
        "622": (10, 10, 10, 100),
        "611": (90, 90, 90, 300),
    }
    assert found(read(tmp_path, lines, "all"))["622"] == (90, 90, 90, 300)


def test_the_published_workbook_form(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    for code, jobs in {"00": 500, "11": 100, "51": 400}.items():
        book.active.append(
            [99, "U.S.", 1, "US", "311000", "Food", "3-digit", 5, f"{code}-0000", "G", "major",
             jobs, 1.5, "**", 50000]
        )  # fmt: skip
    path = tmp_path / "nat3d_M2023_dl.xlsx"
    book.save(path)
    assert found(read_oews(expand([path])[0], "private")) == {"311": (400, 400, 400, 500)}


def test_a_file_without_industries_is_a_caution_and_a_bad_number_an_error(tmp_path):
    tables = read(tmp_path, rows("000000", "Cross-industry", ALL), name="national_M2023_dl.csv")
    assert "national industry-specific file" in str(tables.findings[0])
    with pytest.raises(InputError, match=r"column TOT_EMP: this is not a number .found 'many'"):
        read(tmp_path, rows("311000", "Food", {"00": "many"}))


def test_it_is_known_by_its_columns():
    assert is_oews(HEADER.split(","))
    assert not is_oews(["AREA", "OCC_CODE", "TOT_EMP"])
