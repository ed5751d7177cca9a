"""NAICS codes: levels, parents, vintages, titles."""

import pytest

from sectorscan.sources import areas, naics


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("10", None, None),
        ("31-33", "sector", "10"),
        ("72", "sector", "10"),
        ("311", "3-digit", "31-33"),
        ("453", "3-digit", "44-45"),
        ("722", "3-digit", "72"),
        ("7225", "4-digit", "722"),
        ("722511", "6-digit", "72251"),
        ("102", None, None),
        ("Food", None, None),
    ],
)
def test_level_and_parent(code, level, parent):
    assert naics.level(code) == level
    assert naics.parent(code) == parent


def test_contains_follows_the_ranges():
    assert naics.contains("31-33", "3254")
    assert naics.contains("325", "3254")
    assert naics.contains("10", "722")
    assert not naics.contains("31-33", "441")
    assert not naics.contains("722", "72")


def test_every_parent_of_the_bundled_table_is_in_it():
    codes = naics.table()
    orphans = [c for c in codes if naics.level(c) and naics.parent(c) not in codes]
    assert orphans == []
    assert len(codes) > 2000


def test_vintages_of_codes_that_moved():
    """NAICS 2022 moved publishing from 511 to 513 (Census Bureau, 2022 NAICS changes)."""
    assert naics.stands_in("511", 2021)
    assert not naics.stands_in("511", 2022)
    assert not naics.stands_in("513", 2021)
    assert naics.stands_in("513", 2023)
    assert naics.stands_in("722", 2023)
    assert naics.stands_in("no code", 2023)
    assert naics.stands_in("722110", 2010)
    assert not naics.stands_in("722110", 2011)
    assert not naics.stands_in("518111", 2007)
    assert naics.stands_in("518111", 1990)
    assert naics.stands_in("513", 1989)


@pytest.mark.parametrize(
    ("year", "vintage"),
    [
        *((1990, 2002), (2006, 2002), (2007, 2007), (2010, 2007), (2011, 2012), (2016, 2012)),
        *((2017, 2017), (2021, 2017), (2022, 2022), (2030, 2022)),
    ],
)
def test_the_vintage_of_a_year_is_qcews(year, vintage):
    """BLS, QCEW, Industry Classification Systems Used By QCEW."""
    assert naics.vintage(year) == vintage


def test_titles_and_search():
    assert naics.title("722") == "Food Services and Drinking Places"
    assert naics.title("nonsense") is None
    assert "3344" in [entry.code for entry in naics.search("semiconductor")]
    assert [entry.code for entry in naics.search("31-33")] == ["31-33"]
    assert naics.search("no such industry") == ()


def test_areas_by_name_and_by_the_users_own_titles():
    assert ("39049", "Franklin County, Ohio") in areas.search("franklin, ohio")
    assert areas.title("51760") == "Richmond city, Virginia"
    assert areas.title("09110") == "Capitol Planning Region, Connecticut"
    assert areas.search("US")[0] == ("US000", "United States")
    assert areas.search("my place", {"X1": "My Place"}) == (("X1", "My Place"),)
