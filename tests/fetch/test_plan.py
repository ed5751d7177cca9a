"""Which files a scope needs: benchmark, region, sectors' own areas; every wrong code at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.config.loader import load_config
from sectorscan.errors import InputError
from sectorscan.scan import scope_of
from sectorscan.sources.fetch.plan import MOST_SLICES, Slice, plan, wanted_areas
from sectorscan.tables.model import Scope, Sector

REGION = ("39041", "39049")


def scope(areas=REGION, benchmark=None, period=(2022, 2023), **more):
    return Scope(areas=areas, benchmark=benchmark, period=period, **more)


def problems(*arguments):
    with pytest.raises(InputError) as raised:
        plan(*arguments)
    return [str(finding) for finding in raised.value.findings]


def test_the_nation_is_the_benchmark_where_none_is_named():
    assert wanted_areas(scope()) == ("US000", "39041", "39049")


def test_all_as_benchmark_needs_no_file_of_its_own():
    assert wanted_areas(scope(benchmark=("all",))) == REGION


def test_sectors_own_areas_are_needed_too_and_each_once():
    bundles = (
        Sector("Food", "Food", ("722",), ("39041", "39045")),
        Sector("Health", "Health", ("62",), None),
    )
    found = wanted_areas(scope(benchmark=("39000", "39049"), bundles=bundles))
    assert found == ("39000", "39049", "39041", "39045")


def test_a_config_gives_its_areas_and_years(tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text(
        "region: {areas: [39041]}\nbenchmark: '39000'\nperiod: {base: 2021, end: 2022}\n"
        "sectors:\n  list:\n    - {name: Food, naics: ['722'], areas: ['39045']}\n",
        encoding="utf-8",
    )
    names = [one.name for one in plan(scope_of(load_config(config)))]
    assert names == [
        f"{year}.annual.{area}.csv" for year in (2022, 2021) for area in ("39000", "39041", "39045")
    ]


def test_addresses_are_the_services_own():
    annual, quarterly = Slice(2023, None, "39049"), Slice(2023, 1, "US000")
    base = "https://data.bls.gov"
    assert annual.address(base) == f"{base}/cew/data/api/2023/a/area/39049.csv"
    assert quarterly.address(base) == f"{base}/cew/data/api/2023/1/area/US000.csv"
    assert quarterly.name == "2023.q1.US000.csv"
    assert annual.singlefile() == f"{base}/cew/data/files/2023/csv/2023_annual_singlefile.zip"
    assert quarterly.singlefile().endswith("/2023_qtrly_singlefile.zip")


def test_quarters_are_asked_for_newest_first_and_once():
    names = [one.name for one in plan(scope(areas=("39041",)), (1, 3, 1))]
    assert names[:4] == [
        "2023.q3.US000.csv",
        "2023.q3.39041.csv",
        "2023.q1.US000.csv",
        "2023.q1.39041.csv",
    ]
    assert len(names) == len(set(names)) == 8


def test_every_problem_is_said_at_once():
    bundle = Sector("Food\x1b[2J", "Food", ("722",), ("3904X",))
    told = problems(Scope(areas=("1001", "c1814"), benchmark=("US",), bundles=(bundle,)))
    assert told == [
        "the benchmark 'US' is no area code of QCEW. Write US000.",
        "the region's area '1001' is no area code of QCEW. Write it with its zero: 01001.",
        "the region's area 'c1814' is no area code of QCEW. Write C1814.",
        "the area of the sector Food\\x1b[2J '3904X' is no area code of QCEW. "
        "Find it with: sectorscan areas NAME",
        "the years aren't named. Give --period 2020:2023, or period: {base: 2020, end: 2023} "
        "in the config.",
    ]


def test_a_name_in_place_of_a_code_gets_its_code():
    (told,) = problems(scope(areas=("Franklin County, Ohio",)))
    assert told.endswith("39049 is Franklin County, Ohio.")


def test_no_region_is_said():
    (told,) = problems(Scope(period=(2022, 2023)))
    assert told.startswith("no region is named. Give --region")


def test_too_many_files_point_to_the_national_ones():
    counties = tuple(f"{code:05}" for code in range(48001, 48001 + MOST_SLICES // 2))
    (told,) = problems(scope(areas=counties))
    assert "2023_annual_singlefile.zip" in told
    assert len(plan(scope(areas=counties[:-1]))) == MOST_SLICES


@settings(deadline=None)
@given(st.text(max_size=12))
def test_no_code_leads_out_of_the_folder_or_the_service(code):
    try:
        slices = plan(scope(areas=(code,), benchmark=("all",)))
    except InputError:
        return
    for one in slices:
        assert one.name.isascii()
        assert not set(one.name) & set("/\\:%? ")
        assert one.name.count(".") == 3


@pytest.mark.parametrize(
    "code", ["../39041", "39041/..", "39041\n", "٣٩٠٤١", "%2e%2e", "390411", ""]
)
def test_what_is_no_code_is_refused(code):
    assert "is no area code of QCEW" in problems(scope(areas=(code,)))[0]


@pytest.mark.parametrize("code", ["US000", "39000", "39999", "C1814", "CS198", "USCMS", "09110"])
def test_every_kind_of_area_is_taken(code):
    assert plan(scope(areas=(code,)))[0].area in (code, "US000")
