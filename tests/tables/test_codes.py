import pytest

from sectorscan.tables.codes import mend_industries, mend_regions, to_flags, to_years


@pytest.mark.parametrize(
    ("cell", "code", "title"),
    [
        ("722", "722", ""),
        ("722.0", "722", ""),
        ("31-33", "31-33", ""),
        ("31\u201333", "31-33", ""),
        ("NAICS 722", "722", ""),
        ("naics722", "722", ""),
        ("722 Food services", "722", "Food services"),
        ("722 - Food services", "722", "Food services"),
        ("NAICS 31-33 Manufacturing", "31-33", "Manufacturing"),
        ("7.22E+02", "722", ""),
        ("31----", "31-33", ""),
        ("722///", "722", ""),
        ("10", "10", ""),
        ("total", "10", ""),
        ("All Industries", "10", ""),
        ("Total, all industries", "10", ""),
        ("0", "10", ""),
        ("00", "10", ""),
        ("10 Total, all industries", "10", "Total, all industries"),
        ("Manufacturing", "Manufacturing", ""),
        ("3D printing", "3D printing", ""),
    ],
)
def test_industry_codes_are_mended(cell, code, title):
    found = mend_industries([cell])
    assert found.codes == [code]
    assert (found.titles or [""]) == [title]


@pytest.mark.parametrize("cell", ["Apr-45", "5-Apr", "2045-04-01", "4/5/2045"])
def test_a_code_turned_into_a_date_is_a_problem(cell):
    [(what, at)] = mend_industries(["722", cell]).wrong.items()
    assert "date" in what
    assert at == [1]


@pytest.mark.parametrize("name", ["Green  energy", "21 Jump Street", "0", "4/5/2045", "S\u2013T"])
def test_own_names_are_kept_verbatim(name):
    assert mend_industries([name], free=True).codes == [name]


def test_lost_zeros_come_back_where_the_others_have_five_digits():
    assert mend_regions(["1001", "39041"], fips=False).codes == ["01001", "39041"]
    assert mend_regions(["1001"], fips=True).codes == ["01001"]
    assert mend_regions(["1001"], fips=False, known=["01001"]).codes == ["01001"]
    assert mend_regions(["1001"], fips=False).codes == ["1001"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("39041.0", "39041"), ("3.9041E+04", "39041"), ("39,041", "39041"), ("us000", "US000"),
     ("Franklin  County", "Franklin County"), ("US", "US")],
)  # fmt: skip
def test_area_codes_are_mended(cell, code):
    assert mend_regions([cell], fips=False).codes == [code]


def test_years():
    years, wrong = to_years(["2023", "2023.0", "1776", "2023Q1", "", "Jan-2023", "2023.5"])
    assert years == [2023, 2023, 0, 0, 0, 0, 0]
    assert {position for at in wrong.values() for position in at} == {2, 3, 4, 5, 6}


def test_disclosure_codes_and_yes_no_columns_differ():
    flags, unknown = to_flags(["", "N", "D", "(S)", "*", "-", "P", "?"], yes_no=False)
    assert flags == [False, True, True, True, True, True, False, False]
    assert unknown == {"unknown": [7]}
    assert to_flags(["Y", "N", "TRUE", "no", ""], yes_no=True)[0] == [
        True,
        False,
        True,
        False,
        False,
    ]
