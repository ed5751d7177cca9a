"""``sectorscan scope``: a sector's counties, and what each does to the region."""

import csv
import io
import json

import polars as pl
import pytest
from openpyxl import load_workbook

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.reports.footprint import COLUMNS, to_json
from sectorscan.scan.footprint import scan_footprint
from sectorscan.sources.areas import borders
from sectorscan.sources.footprint import areas_to_read, counties_of
from sectorscan.sources.load import load
from sectorscan.tables.model import Scope

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
REGION = ("39041", "39045", "39049")
TABLE = """region,industry,year,employment
A,10,2020,1000
A,10,2023,1000
A,332,2020,80
A,332,2023,100
B,10,2020,400
B,10,2023,500
B,332,2020,100
B,332,2023,200
C,10,2020,600
C,10,2023,500
C,332,2020,10
C,332,2023,10
US,10,2020,100000
US,10,2023,100000
US,332,2020,8000
US,332,2023,8000
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "employment.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def tables_of(tmp_path):
    """Return a function from areas to tables that have a row of each."""

    def call(*areas):
        path = tmp_path / "employment.csv"
        rows = [f"{area},10,2023,100" for area in areas]
        path.write_text("\n".join(["region,industry,year,employment", *rows]) + "\n")
        return load([path], Scope(), {})

    return call


@pytest.fixture
def scope(run):
    def call(*arguments):
        code, out, err = run("scope", *arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return call


def test_figures_by_hand(scope, table):
    found = scope("332", table, "--region", "A")
    b, a, c = found["counties"]
    assert [county["area"] for county in (b, a, c)] == ["B", "A", "C"]
    assert [county["in_region"] for county in (b, a, c)] == [False, True, False]
    assert [county["employment"] for county in (b, a, c)] == [200, 100, 10]
    assert b["location_quotient"] == pytest.approx((200 / 500) / 0.08)
    assert b["employment_cagr_pct"] == pytest.approx(100 * (2 ** (1 / 3) - 1))
    assert b["part_pct"] == pytest.approx(100 * 200 / 310)
    assert found["in_region"]["location_quotient"]["value"] == pytest.approx(1.25)
    assert b["region_quotient_if_changed"] == pytest.approx((300 / 1500) / 0.08)
    assert b["region_quotient_change"] == pytest.approx(1.25)
    assert (b["effect"], c["effect"]) == ("raises", "dilutes")
    assert a["effect"] is None  # nothing would be left
    assert c["together_location_quotient"] == pytest.approx((310 / 2000) / 0.08)
    assert found["core"]["areas"] == ["B", "A", "C"]


def test_the_core_is_the_longest_run_at_the_quotient(scope, table):
    found = scope("332", table, "--region", "A", "--lq", "2.4")
    assert found["core"]["areas"] == ["B", "A"]
    assert found["core"]["part_pct"] == pytest.approx(100 * 300 / 310)
    assert found["core"]["location_quotient"]["value"] == pytest.approx(2.5)
    assert [county["in_core"] for county in found["counties"]] == [True, True, False]
    nowhere = scope("332", table, "--region", "A", "--lq", "9")
    assert nowhere["core"]["areas"] == []


def test_leaving_a_county_out(scope, table):
    found = scope("332", table, "--region", "A,B")
    changes = {c["area"]: c for c in found["counties"]}
    assert found["in_region"]["employment"]["value"] == 300
    assert changes["B"]["region_quotient_if_changed"] == pytest.approx(1.25)
    assert changes["B"]["effect"] == "dilutes"
    assert changes["A"]["effect"] == "raises"


def test_json_is_what_the_function_returns(run, shared):
    folder = shared(COLUMBUS)
    arguments = ("--region", ",".join(REGION), "--benchmark", "all", "--period", "2022:2023")
    code, out, _ = run("scope", "336", folder, *arguments, "--format", "json")
    overrides = Overrides(region=REGION, benchmark=("all",), period=(2022, 2023))
    found = scan_footprint([folder], load_config(None, overrides=overrides), "336")
    assert code == 0
    assert out == to_json(found)


def test_withheld_counties_are_intervals_never_zeros(scope, shared):
    found = scope("336", shared(COLUMBUS), "--region", ",".join(REGION), "--benchmark", "all")
    withheld = [c for c in found["counties"] if c["status"] == "estimated"]
    assert len(withheld) >= 5
    for county in withheld:
        assert county["employment_low"] <= county["employment"] <= county["employment_high"]
        assert county["employment"] > 0
        low, high = county["location_quotient_low"], county["location_quotient_high"]
        assert low < county["location_quotient"] < high
        assert county["part_pct_low"] <= county["part_pct"] <= county["part_pct_high"]
    assert sum(c["part_pct"] for c in found["counties"]) == pytest.approx(100)
    last = found["counties"][-1]
    assert last["together_location_quotient"] == pytest.approx(1)  # all areas are the benchmark
    assert any(c["effect"].startswith("may ") for c in withheld)


def test_an_effect_is_certain_where_the_shares_of_jobs_are_apart(scope, shared):
    found = scope("336", shared(COLUMBUS), "--region", ",".join(REGION), "--benchmark", "all")
    effects = {c["area"]: c for c in found["counties"]}
    assert effects["39141"]["effect"] == "raises"  # Ross: 3,373 jobs, published
    assert effects["39073"]["effect"] == "dilutes"  # Hocking: none
    for county in found["counties"]:
        change = county["region_quotient_change"]
        assert ("raise" in county["effect"]) == (change > 0)


def test_bundles_with_exclusions_and_titles(scope, shared, tmp_path):
    config = tmp_path / "board.yaml"
    config.write_text(
        "region: ['39041', '39049']\nbenchmark: all\nperiod: 2023\nsectors: {list: "
        "[{name: Care, naics: '62', except: '624'}]}\n"
    )
    found = scope("care", shared(COLUMBUS), "-c", config)
    assert found["sector"] == {
        "id": "Care", "title": "Care", "naics": ["62"], "naics_except": ["624"],
    }  # fmt: skip
    by_title = scope("hospitals", shared(COLUMBUS), "-c", config)
    assert by_title["sector"]["id"] == "622"
    shipped = scope("Health care", shared(COLUMBUS), "--region", "39049", "--benchmark", "all")
    assert shipped["sector"]["naics"] == ["621", "622", "623"]


def test_without_a_benchmark_it_says_what_to_give(run, shared):
    code, out, _ = run("scope", "336", shared(COLUMBUS), "--region", "39049")
    assert code == 0
    assert "The inputs have no benchmark, so no location quotient is known" in " ".join(out.split())
    assert "No county reaches" not in out


def test_a_caution_names_the_sector_once(scope, shared):
    found = scope("445", shared(COLUMBUS), "--region", "39049", "--benchmark", "all")
    told = [text for text in found["cautions"] if "into 445: not all" in text]
    assert len(told) == 1


def test_neighbours_are_chosen(scope, shared):
    base = (shared(COLUMBUS), "--region", ",".join(REGION), "--benchmark", "all")
    some = scope("336", *base, "--neighbours", "39159,39097")
    assert {c["area"] for c in some["counties"]} == {*REGION, "39159", "39097"}
    near = scope("336", *base, "--neighbours", "bordering")
    outside = {c["area"] for c in near["counties"] if not c["in_region"]}
    assert all(c["borders_on_region"] for c in near["counties"] if not c["in_region"])
    assert "39141" not in outside  # Ross doesn't touch Fairfield
    assert "39159" in outside


def test_facts_of_the_map():
    franklin = {"39041", "39045", "39089", "39097", "39129", "39159"}
    assert borders("39049") == franklin
    assert all("39049" in borders(code) for code in franklin)
    assert "18177" in borders("39135")  # across the state line: Wayne, Indiana and Preble, Ohio
    assert borders("09110") is None  # a planning region of Connecticut, made in 2022


def test_of_national_files_the_states_and_the_border_are_read(tmp_path, monkeypatch, shared):
    from sectorscan.sources import footprint, qcew_scan

    nation = {"39049", "39041", "39001", "18177", "39135", "06037", "US000"}
    monkeypatch.setattr(footprint, "MOST_COUNTIES", 3)
    monkeypatch.setattr(qcew_scan, "areas_and_years", lambda files: (nation, {2023}))
    areas, said = areas_to_read([shared(COLUMBUS)], Scope(areas=("39135",)), {}, None)
    assert set(areas) == {"39135", "39049", "39041", "39001", "18177"}
    assert "The files have 6 counties" in said
    assert "(5)" in said


def test_of_more_counties_than_were_chosen_only_those_are_looked_at(tables_of):
    tables = tables_of("39135", "39049", "18177", "06037", "39000", "US000")
    scope = Scope(areas=("39135",))
    assert counties_of(tables, scope, None, ("39135", "18177")).outside == ("18177",)
    assert counties_of(tables, scope, None).outside == ("06037", "18177", "39049")
    assert counties_of(tables, scope, ["39000"]).outside == ("39000",)  # asked for by name


def test_every_format(run, shared, tmp_path):
    base = ("336", shared(COLUMBUS), "--region", ",".join(REGION), "--benchmark", "all")
    files = [tmp_path / f"footprint{end}" for end in (".csv", ".json", ".md", ".parquet", ".xlsx")]
    outs = [word for path in files for word in ("--out", path)]
    code, table, err = run("scope", *base, *outs)
    assert code == 0, err
    assert "Footprint of Transportation Equipment Manufacturing (NAICS 336), 2023" in table
    rows = list(csv.DictReader(io.StringIO(files[0].read_text(encoding="utf-8-sig"))))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 15
    frame = pl.read_parquet(files[3])
    assert frame["area"].to_list() == [row["area"] for row in rows]
    assert frame["employment"].to_list() == [float(row["employment"]) for row in rows]
    sheet = load_workbook(files[4])["Footprint"]
    assert any(cell.value == "39141" for row in sheet.iter_rows() for cell in row)
    assert "| In | County |" in files[2].read_text(encoding="utf-8")
    again = [path.read_bytes() for path in files]
    run("scope", *base, *outs)
    assert [path.read_bytes() for path in files] == again


def test_its_own_files_are_no_input(run, table):
    code, _, err = run("scope", "332", table, "--region", "A", "-o", table.parent / "found.csv")
    assert code == 0, err
    code, _, err = run("scope", "332", table.parent, "--region", "A")
    assert code == 0, err
    assert "report of sectorscan's own" in err


def test_the_sample_is_labelled(run):
    code, out, _ = run("scope", "332", "--region", "98001,98003")
    assert code == 0
    assert "SYNTHETIC SAMPLE" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nothing such",), 1, "'nothing such' is no industry of the inputs and no bundle"),
        (("332", "--neighbours", "77777"), 1, "the neighbour 77777 is in none of the inputs"),
        (("332", "--neighbours", "A,,B"), 2, "commas between them"),
        (("332", "--neighbours", "bordering"), 1, "which counties border on"),
        (("332", "--lq", "0"), 2, "--lq"),
        (("332", "--lq", "nan"), 2, "--lq"),
        (("332", "--out", "x.html"), 1, "endings that work are .csv"),
    ],
)
def test_faults(run, arguments, code, words):
    found, _, err = run("scope", *arguments, "--region", "98001")
    assert found == code
    assert words in err
