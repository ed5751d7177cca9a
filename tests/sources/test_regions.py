"""Which areas of the tables are regions, and what each region takes of the tables."""

from dataclasses import replace

import pandas as pd
import pytest

from sectorscan.errors import InputError
from sectorscan.sources.regions import Region, divide, every_area, in_several
from sectorscan.sources.states import fips_of
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS, FRAMES
from sectorscan.tables.model import RegionalTables, Scope, Sector

AREAS = (
    "39001", "39049", "50001", "39000", "50000", "72000", "US000", "USCMS", "39999", "39996",
    "39998", "C1814", "C4594", "CS198", "Adams County",
)  # fmt: skip
INDUSTRIES = ("10", "31-33", "311", "3118", "31181", "311811", "999", "722")


def tables(areas=AREAS, industries=INDUSTRIES, public=True):
    rows = [
        {
            "region": area,
            "industry": industry,
            "year": year,
            "industry_title": "",
            "establishments": 5.0,
            "employment": 10.0,
            "employment_low": 10.0,
            "employment_high": 10.0,
            "total_wages": 1.0,
            "total_wages_low": 1.0,
            "total_wages_high": 1.0,
            "employment_status": "published",
            "wages_status": "published",
            "source": "a.csv",
        }
        for area in areas
        for industry in industries
        for year in (2022, 2023)
    ]
    covered = [{"region": a, "year": y, "employment": 99.0} for a in areas for y in (2022, 2023)]
    empty = {
        name: pd.DataFrame(columns=FRAMES[name])
        for name in ("concentration", "growth", "indicators")
    }
    return RegionalTables(
        employment=pd.DataFrame(rows, columns=list(EMPLOYMENT_COLUMNS)),
        covered_totals=pd.DataFrame(covered),
        public=public,
        **empty,
    )


WHOLE = Scope()


def codes(kind, states=None, scope=WHOLE):
    return [region.areas[0] for region in every_area(tables(), scope, kind, states)]


def test_counties_are_neither_statewide_nor_unknown_places():
    assert codes("county") == ["39001", "39049", "50001"]


def test_states_are_statewide_rows():
    assert codes("state") == ["39000", "50000", "72000"]


def test_metropolitan_areas_are_no_combined_ones():
    assert codes("msa") == ["C1814", "C4594"]


def test_every_area_is_any_but_the_benchmark():
    assert set(codes("area")) == set(AREAS) - {"US000"}
    assert "39000" not in codes("state", scope=Scope(benchmark=("39000",)))
    assert "US000" in codes("area", scope=Scope(benchmark=("all",)))


@pytest.mark.parametrize("states", [("OH",), ("oh",), ("39",)])
def test_states_keep_to_some(states):
    assert codes("county", states) == ["39001", "39049"]
    assert codes("state", states) == ["39000"]


def test_a_kind_that_the_inputs_have_not_is_an_error_that_lists_them():
    with pytest.raises(InputError, match=r"every: county: .* in VA.*They have 39000, 39001"):
        every_area(tables(), Scope(), "county", ("VA",))


def test_names_are_the_areas_own_and_never_the_same_twice():
    names = {"39001": "Adams", "50001": "Adams", "39049": "Franklin"}
    found = every_area(replace(tables(), area_titles=names), Scope(), "county", None)
    assert [region.name for region in found] == ["Adams (39001)", "Franklin", "Adams (50001)"]


def test_postal_letters_are_those_of_the_area_table():
    from sectorscan.sources.areas import table

    ours = {fips_of(letters) for letters in ("AL", "DC", "OH", "VT", "WY", "PR")}
    assert ours == {"01", "11", "39", "50", "56", "72"}
    assert table()["39000"].startswith("Ohio")
    assert fips_of("ZZ") is None
    assert fips_of("00") is None


def test_areas_of_two_regions_are_told():
    regions = [Region("a", ("1", "2", "2")), Region("b", ("2", "3")), Region("c", ("4",))]
    assert in_several(regions) == ("2",)


def test_a_region_takes_its_rows_and_the_benchmarks_in_their_order():
    part = divide(tables(), Scope(level="6-digit")).of(("50001", "39049"))
    whole = tables().employment
    expected = whole[whole["region"].isin(["50001", "39049", "US000"])]
    pd.testing.assert_frame_equal(part.employment, expected)
    assert set(part.covered_totals["region"]) == {"50001", "39049", "US000"}


@pytest.mark.parametrize(
    ("scope", "deepest"),
    [
        (Scope(level="sector"), 4),
        (Scope(level="4-digit"), 5),
        (Scope(), 4),
        (Scope(level="6-digit"), 6),
    ],
)
def test_industries_below_the_candidates_parts_are_let_go(scope, deepest):
    kept = set(divide(tables(), scope).tables.employment["industry"])
    assert kept == {c for c in INDUSTRIES if "-" in c or len(c) <= deepest}


def test_bundles_say_how_deep_their_parts_lie():
    def kept(*codes):
        scope = Scope(bundles=(Sector("Food", "Food", codes),))
        return set(divide(tables(), scope).tables.employment["industry"])

    assert kept("31-33", "722") == {c for c in INDUSTRIES if "-" in c or len(c) <= 4}
    assert kept("3118") == {c for c in INDUSTRIES if "-" in c or len(c) <= 5}
    assert kept("311", "bakeries") == set(INDUSTRIES), "what is no code may hold anything"


def test_all_depths_stay_where_an_area_lacks_the_usual_level():
    some = tables()
    frame = some.employment
    bare = frame[(frame["region"] != "39001") | (frame["industry"].str.len() > 4)]
    assert set(
        divide(replace(some, employment=bare), Scope()).tables.employment["industry"]
    ) == set(INDUSTRIES)


def test_an_analysts_table_is_taken_whole():
    given = tables(public=False)
    assert divide(given, Scope()).of(("39001",)) is given


def test_absent_areas_are_known_before_anything_is_summed():
    assert divide(tables(), Scope()).absent(("39001", "39003", "x")) == ("39003", "x")
