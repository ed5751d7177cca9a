"""Cells that name NAICS codes, one by one, and the parser's properties."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.sources.naics_cells import codes_in, unpadded

BLS = "data/projections/bls_employment_projections_2020_2030_industry.xlsx"


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("21", ["21"]),
        ("2211", ["2211"]),
        ("31-33", ["31-33"]),
        ("31–33", ["31-33"]),
        ("31 — 33", ["31-33"]),
        ("313,314", ["313", "314"]),
        ("315, 316", ["315", "316"]),
        ("3274, 3279", ["3274", "3279"]),
        ("44, 45", ["44-45"]),
        (
            "442-4, 446-8, 451, 453-4",
            ["442", "443", "444", "446", "447", "448", "451", "453", "454"],
        ),
        ("48, 492, 493", ["48-49"]),
        ("487,488", ["487", "488"]),
        ("5174, 5179", ["5174", "5179"]),
        ("521, 522", ["521", "522"]),
        ("532,533", ["532", "533"]),
        ("6114-7", ["6114", "6115", "6116", "6117"]),
        ("1131, 1132", ["1131", "1132"]),
        ("517311", ["517311"]),
        ("313314", ["313", "314"]),
        ("7131.0", ["7131"]),
        ("3254(1)", ["3254"]),
        ("3251, 3252, 3253, and 3259", ["3251", "3252", "3253", "3259"]),
        ("NA", []),
        ("", []),
        ("—", []),
    ],
)
def test_each_cell_of_the_published_tables(cell, codes):
    assert list(codes_in(cell)) == codes


@pytest.mark.parametrize("cell", ["Mining", "12345678", "33-31", "442-44443", "1", "31-", "=1+2"])
def test_what_names_no_codes_is_refused(cell):
    with pytest.raises(ValueError, match="^" + cell.replace("+", r"\+")):
        codes_in(cell)


@pytest.mark.shared
def test_every_cell_of_the_real_table_is_read(shared):
    sheet = openpyxl.load_workbook(shared(BLS))["Table 2.11"]
    cells = [str(row[1].value) for row in sheet.iter_rows(min_row=3) if row[1].value is not None]
    read = {cell: codes_in(cell) for cell in cells}
    assert len(cells) > 200
    assert {cell for cell, codes in read.items() if not codes} == {"NA"}
    assert sum(len(codes) > 1 for codes in read.values()) == 17


@pytest.mark.parametrize(
    ("padded", "code"),
    [
        *(("000000", "10"), ("310000", "31-33"), ("440000", "44-45"), ("480000", "48-49")),
        *(("620000", "62"), ("311000", "311"), ("541100", "5411"), ("541110", "54111")),
        *(("311", "311"), ("31-33", "31-33"), ("722511", "722511")),
    ],
)
def test_filling_zeros_are_taken_away(padded, code):
    assert unpadded(padded) == code


@given(st.lists(st.integers(111, 813), min_size=1, max_size=6, unique=True))
def test_a_list_of_codes_is_read_back(numbers):
    codes = [str(number) for number in numbers]
    assert list(codes_in(", ".join(codes))) == codes


@given(st.integers(1110, 8139), st.integers(1, 9))
def test_a_range_holds_every_code_between_its_ends(first, more):
    last = first + more
    for written in (str(last), str(last)[-1] if first // 10 == last // 10 else str(last)):
        expected = [str(code) for code in range(first, last + 1)]
        assert list(codes_in(f"{first}-{written}")) == expected
