import pytest

from sectorscan.tables.names import ALIASES, AMBIGUOUS, MEANING, normalise
from sectorscan.tables.recognise import check_mapping, match, recognise, unrecognised


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("region,industry,year,employment", ("employment",)),
        ("REGION,INDUSTRY,YEAR,EMPLOYMENT", ("employment",)),
        ("Area,NAICS,Year,Annual Average Employment", ("employment",)),
        ("FIPS,NAICS Code,Year,Jobs", ("employment",)),
        ("county,naics,year,annual_avg_emplvl,avg_annual_pay", ("employment", "wages")),
        ("Geography,Industry,Year,Emp.,LQ", ("employment", "concentration")),
        ("region,industry,year,Average Annual Wage", ("wages",)),
        ("region,industry,year,total_annual_wages", ("wages",)),
        ("region,industry,year,Location Quotient", ("concentration",)),
        ("region,industry,base_year,end_year,growth_pct", ("growth",)),
        ("Area,Industry,Base Year,Projected Year,Annual Growth Rate", ("growth",)),
        ("industry,indicator,value", ("indicators",)),
        ("region,industry,year", ()),
        ("a,b,c", ()),
    ],
)
def test_kinds(header, kinds):
    assert recognise(header.split(","), {}) == kinds


def test_mapping_wins_over_recognition():
    header = ["Place", "industry", "year", "employment", "Jobs2"]
    found = match(header, {"region": "Place", "employment": "Jobs2"}, (), "f.csv")
    assert found.kinds == ("employment",)
    assert found.positions["employment"] == 4
    assert found.problems == ()


def test_codes_decide_between_a_code_and_a_name():
    header = ["FIPS", "County", "NAICS", "Industry", "Year", "Employment"]
    sample = [["39041", "Delaware", "722", "Food services", "2023", "5"]]
    found = match(header, {}, sample, "f.csv")
    assert found.problems == ()
    assert found.positions == {
        "region": 0, "region_title": 1, "industry": 2, "industry_title": 3, "year": 4,
        "employment": 5,
    }  # fmt: skip


def test_two_columns_of_codes_are_left_to_the_user():
    header = ["FIPS", "Area", "NAICS", "Year", "Employment"]
    found = match(header, {}, [["39041", "39045", "722", "2023", "5"]], "f.csv")
    assert "'FIPS' and 'Area' could both be region" in str(found.problems[0])


def test_doubts_about_columns_that_no_table_needs_are_not_told():
    assert match(["industry", "indicator", "value", "wages"], {}, (), "f").problems == ()


def test_mapping_to_a_header_that_is_not_there_names_the_nearest():
    [finding] = check_mapping({"employment": "Job"}, [["Jobs", "region"]], ["a.csv"])
    assert "Did you mean 'Jobs'?" in str(finding)
    [finding] = check_mapping({"employmnt": "Jobs"}, [["Jobs"]], ["a.csv"])
    assert "Did you mean 'employment'?" in str(finding)


def test_no_alias_means_two_things():
    listed = [alias for headers in ALIASES.values() for alias in headers.split()]
    assert sorted(listed) == sorted(set(listed))
    assert not set(AMBIGUOUS) & set(MEANING)
    assert [alias for alias in listed if normalise(alias) != alias] == []


def test_the_remedy_names_the_header_that_resembles_what_is_missing():
    header = ("Locality", "FIPS", "Industry Sector (NAICS)", "year", "employment")
    said = unrecognised(header, {}, "mine.csv")
    assert "columns: {industry: 'Industry Sector (NAICS)'}" in said.remedy
