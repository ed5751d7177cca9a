"""States' long-term projections in the forms in which they are published; figures are synthetic."""

import pytest

from sectorscan.errors import InputError
from sectorscan.sources.state_projections import (
    is_occupational,
    is_state_projections,
    read_state_projections,
)
from sectorscan.tables.files import expand

CENTRAL = """\
Area,STFIPS,NAICS,Title,BaseYear,ProjYear,Base,Projected,Change,PercentChange,AvgAnnualOpenings
Ohio,39,000000,Total All Industries,2022,2032,"5,700,000","5,800,000","100,000",1.8,"640,000"
Ohio,39,311000,Food Manufacturing,2022,2032,60000,63000,3000,5.0,7200
Ohio,39,310000,Manufacturing,2022,2032,680000,660000,-20000,-2.9,No data
Ohio,39,483000,Water Transportation,2022,2032,*,No data,,,
Ohio,39,671100,Self Employed,2022,2032,300000,310000,10000,3.3,1000
"""
NEW_YORK = """\
Area,Period,Industry Code,Industry Title,Base Year,Projected Year,Net Change,Annual Growth Rate
New York State,2020-2030,0,"Total, All Industries",9000000,10200000,1200000,1.3
New York State,2020-2030,311,Food Manufacturing,50000,52000,2000,0.4
Capital Region,2020-2030,311,Food Manufacturing,4000,4400,400,1.0
"""
CALIFORNIA = """\
Area Type,Area Name,Period,NAICS Level,NAICS Code,Industry Title,\
Base Year Employment Estimate,Projected Year Employment Estimate,Numeric Change,Percentage Change
State,California,2022-2032,1,0,Total Employment,19000000,21000000,2000000,10.5
State,California,2022-2032,2,31-33,Manufacturing,1300000,1250000,-50000,-3.8
County,Los Angeles County,2022-2032,2,31-33,Manufacturing,320000,300000,-20000,-6.3
"""
DATED = """\
State,Industry Code,Industry Title,2022 Employment,2032 Employment,Annual Openings
Vermont,10,Total,310000,325000,38000
Vermont,62,Health care,60000,66000,7000
"""
WID = """\
stfips,areatype,area,periodid,indcode,codetitle,baseyear,projyear,estindprj,projindprj,aopent
39,01,000000,1,000000,Total,2022,2032,5700000,5800000,640000
39,04,000049,1,622000,Hospitals,2022,2032,40000,44000,3300
"""


def read(tmp_path, text, name="state.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_state_projections(expand([path])[0])


def jobs(tables, quantity="projected_jobs"):
    rows = tables.rates[tables.rates["quantity"] == quantity]
    return {
        (row.region, row.industry): (row.numerator, row.denominator) for row in rows.itertuples()
    }


def test_the_style_of_projections_central(tmp_path):
    tables = read(tmp_path, CENTRAL)
    assert jobs(tables) == {
        ("39000", "10"): (5_800_000, 5_700_000),
        ("39000", "311"): (63_000, 60_000),
        ("39000", "31-33"): (660_000, 680_000),
    }
    assert jobs(tables, "openings") == {
        ("39000", "10"): (640_000, 5_700_000),
        ("39000", "311"): (7_200, 60_000),
    }
    assert [str(f) for f in tables.findings] == [
        "state.csv: rows whose codes are no NAICS industries aren't used: 671100."
    ]
    assert tables.inputs[0].kind == "state-projections"


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        (
            NEW_YORK,
            (2020, 2030),
            {
                ("36000", "10"): (10_200_000, 9_000_000),
                ("36000", "311"): (52_000, 50_000),
                ("Capital Region", "311"): (4_400, 4_000),
            },
        ),
        (
            CALIFORNIA,
            (2022, 2032),
            {
                ("06000", "10"): (21_000_000, 19_000_000),
                ("06000", "31-33"): (1_250_000, 1_300_000),
                ("Los Angeles County", "31-33"): (300_000, 320_000),
            },
        ),
        (
            DATED,
            (2022, 2032),
            {("50000", "10"): (325_000, 310_000), ("50000", "62"): (66_000, 60_000)},
        ),
        (
            WID,
            (2022, 2032),
            {("39000", "10"): (5_800_000, 5_700_000), ("39049", "622"): (44_000, 40_000)},
        ),
    ],
    ids=["new-york", "california", "years-in-header", "workforce-information-database"],
)
def test_the_forms_of_the_states(tmp_path, text, years, expected):
    tables = read(tmp_path, text)
    assert jobs(tables) == expected
    assert set(zip(tables.rates["base_year"], tables.rates["end_year"], strict=True)) == {years}


def test_a_column_that_could_be_two_is_an_error_that_names_both(tmp_path):
    text = CENTRAL.replace("Change,", "Base Employment,", 1)
    with pytest.raises(InputError, match="'Base' and 'Base Employment' could both be the jobs"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("Area,STFIPS", "Where,Number"), "doesn't say which area"),
        (("BaseYear,ProjYear", "From,Until"), "from which year to which"),
        (("2022,2032,60000", "2032,2022,60000"), "1 rows don't say from which year"),
        (("60000,63000", "many,63000"), "column Base: this is not a number"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, change, says):
    with pytest.raises(InputError, match=says):
        read(tmp_path, CENTRAL.replace(*change, 1))


def test_occupations_and_analysts_tables_are_told_apart():
    occupations = [
        "Area",
        "STFIPS",
        "OccCode",
        "Title",
        "BaseYear",
        "ProjYear",
        "Base",
        "Projected",
    ]
    assert is_occupational(occupations)
    assert not is_state_projections(occupations)
    analyst = ["region", "industry", "base_year", "end_year", "growth_pct", "basis", "openings"]
    assert not is_state_projections(analyst)
    assert not is_state_projections(["region", "industry", "year", "employment"])


def test_jobs_of_two_years_alone_could_be_history():
    history = ["State", "NAICS", "Jobs 2013", "Jobs 2023", "Change"]
    assert not is_state_projections(history)
    assert is_state_projections([*history, "Annual Openings"])
    assert is_state_projections(["State", "NAICS", "Jobs 2023", "Projected Jobs 2033"])
