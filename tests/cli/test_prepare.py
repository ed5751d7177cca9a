"""``sectorscan prepare``: what is ranked from its tables is what the public files give."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from tests.running import run_program

from sectorscan.cli.session import command_line

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from singlefile import NATION, REGION, singlefile

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
AREAS = ",".join(
    f"39{county:03}"
    for county in (41, 45, 47, 49, 73, 83, 89, 91, 97, 101, 117, 127, 129, 141, 159)
)
ASKED = ("--benchmark", "US000", "--period", "2020:2023")
NAME = "Region of 15 areas"
NAMES = {"employment.csv", "wages.csv", "concentration.csv", "growth.csv"}
TRAVELS = ("value", "low", "high", "scaled", "weight", "contribution")


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    return [singlefile(folder, len(REGION) + 2, year) for year in (2022, 2023)]


@pytest.fixture(scope="module")
def prepared(shared, tmp_path_factory):
    """Return the tables of the real region, prepared once."""
    folder = tmp_path_factory.mktemp("prepared") / "t"
    code, out, err = run_program(
        "prepare", *columbus(shared), "--out", folder, "--region", AREAS, *ASKED
    )
    assert (code, out) == (0, ""), err
    return folder


def columbus(shared):
    return [shared(COLUMBUS), shared("data/qcew/us_annual_2024.csv")]


def near(one, other):
    """Equal but for the last bit: a given growth rate is not computed again from jobs."""
    return one == other or one == pytest.approx(other, rel=1e-11, abs=1e-11)


def assert_same_ranking(public, tables):
    assert [s["id"] for s in public["sectors"]] == [s["id"] for s in tables["sectors"]]
    assert public["totals"]["employment"] == tables["totals"]["employment"]
    for one, other in zip(public["sectors"], tables["sectors"], strict=True):
        for key in ("rank", "tied", "quadrant", "tier", "reason_codes"):
            assert one[key] == other[key], (one["id"], key)
        for key in ("score", "score_low", "score_high", "coverage"):
            assert near(one[key], other[key]), (one["id"], key)
        for kind in ("criteria", "indicators"):
            assert [c["id"] for c in one[kind]] == [c["id"] for c in other[kind]]
            for mine, theirs in zip(one[kind], other[kind], strict=True):
                for key in TRAVELS:
                    assert near(mine.get(key), theirs.get(key)), (one["id"], mine["id"], key)
    out = [{s["id"]: s["score"] for s in each["excluded"]} for each in (public, tables)]
    assert out[0].keys() == out[1].keys()
    assert all(near(score, out[1][name]) for name, score in out[0].items())


@pytest.mark.parametrize(
    "more", [(), ("--level", "4-digit"), ("--level", "sector")], ids=["3", "4", "sector"]
)
def test_columbus_ranks_the_same(ranked, shared, prepared, more):
    assert {path.name for path in prepared.iterdir()} == NAMES
    public = ranked(*columbus(shared), "--region", AREAS, *ASKED, *more)
    assert len(public["sectors"]) > 10
    assert any(s["score_low"] < s["score_high"] for s in public["sectors"])
    assert_same_ranking(public, ranked(prepared, "--region", NAME, *ASKED, *more))


@pytest.mark.parametrize("benchmark", [NATION, "all", "01001,01003"])
@pytest.mark.parametrize("setting", ["lq_base: same-ownership", "lq_base: all-covered"])
def test_every_benchmark_and_base_ranks_the_same(run, ranked, nation, tmp_path, benchmark, setting):
    config = tmp_path / "config.yaml"
    config.write_text(
        f"version: 1\nextends: balanced\n{setting}\nregion:\n  name: Six, OH\n"
        f"  areas: [{', '.join(repr(area) for area in REGION)}]\n",
        encoding="utf-8",
    )
    asked = ("-c", config, "--benchmark", benchmark)
    code, _, err = run("prepare", *nation, "--out", tmp_path / "t", *asked)
    assert code == 0, err
    assert command_line(["--region", "Six, OH;"]) in err
    tables = ranked(tmp_path / "t", *asked, "--region", "Six, OH;")
    public = ranked(*nation, *asked)
    assert_same_ranking(public, tables)


def test_the_region_is_found_without_being_named(run, ranked, nation, tmp_path):
    code, _, err = run("prepare", *nation, "--out", tmp_path / "t", "--region", REGION[0])
    assert code == 0, err
    assert_same_ranking(ranked(*nation, "--region", REGION[0]), ranked(tmp_path / "t"))


@pytest.mark.parametrize("ownership", ["private", "all"])
def test_same_inputs_same_bytes_whatever_the_cache(run, shared, tmp_path, ownership):
    config = tmp_path / "config.yaml"
    config.write_text(f"version: 1\nextends: balanced\nownership: {ownership}\n", encoding="utf-8")
    written = []
    for number, more in enumerate([(), ("--cache", tmp_path / "c"), ("--cache", tmp_path / "c")]):
        out = tmp_path / str(number)
        asked = ("-c", config, "--region", "39041,39049", "--period", "2021:2023")
        code, _, err = run("prepare", *columbus(shared), "--out", out, *asked, *more)
        assert code == 0, err
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1] == written[2]
    assert all(b"\n" in content for content in written[0].values())


def test_duckdb_writes_the_same_bytes(run, nation, tmp_path):
    pytest.importorskip("duckdb", reason="duckdb is not installed: sectorscan[duckdb]")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    written = []
    for engine in ("polars", "duckdb"):
        out = tmp_path / engine
        asked = ("--region", ",".join(REGION), "--engine", engine)
        code, _, err = run("prepare", *nation, "--out", out, *asked)
        assert code == 0, err
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]


def test_only_a_level(run, nation, tmp_path):
    asked = ("--region", REGION[0], "--level", "3-digit")
    code, _, err = run("prepare", *nation, "--out", tmp_path, *asked)
    assert code == 0, err
    lines = (tmp_path / "employment.csv").read_text(encoding="utf-8-sig").splitlines()
    codes = {line.split(",")[1] for line in lines[1:]}
    assert "10" in codes
    assert {len(code) for code in codes} == {2, 3}
    assert {code for code in codes if len(code) == 2} == {"10"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--engine", "duckdb", "--cache", "c"), "engine polars"),
        (("--spark-master", "local"), "--engine spark"),
        (("--level", "6-digit", "--region", "98999"), "no QCEW file has the area 98999"),
    ],
)
def test_what_can_t_be_is_told(run, nation, tmp_path, arguments, words):
    code, _, err = run("prepare", *nation, "--out", tmp_path / "t", *arguments)
    assert code == 1
    assert words in " ".join(err.split())
    assert not (tmp_path / "t").exists()


def test_own_areas_of_a_sector_are_refused(run, nation, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text(
        "version: 1\nextends: balanced\nregion: {name: Six, areas: ['98001', '98003']}\nsectors:\n"
        "  list:\n    - {name: Food, naics: ['722'], areas: ['98001']}\n",
        encoding="utf-8",
    )
    code, _, err = run("prepare", *nation, "--out", tmp_path / "t", "-c", config)
    assert code == 1
    assert "Food" in err


def test_analyst_tables_and_inner_folders_are_refused(run, nation, tmp_path):
    run("prepare", *nation, "--out", tmp_path / "t", "--region", REGION[0])
    code, _, err = run("prepare", tmp_path / "t", "--out", tmp_path / "u")
    assert code == 1
    assert "no QCEW file is among these inputs" in err
    code, _, err = run("prepare", nation[0].parent, "--out", nation[0].parent / "t")
    assert code == 1
    assert "lies in the input" in err


def test_every_command_that_reads_takes_a_cache(run, nation, tmp_path):
    asked = ("--region", REGION[0], "--format", "json")
    for command in (("rank",), ("explain", "311"), ("check",), ("shiftshare",), ("scope", "311")):
        plain = run(*command, *nation, *asked)
        kept = run(*command, *nation, *asked, "--cache", tmp_path)
        assert plain[:2] == kept[:2]
        json.loads(plain[1])
    assert len(list(tmp_path.iterdir())) == len(nation)


def test_the_caches_folder_may_be_named_in_the_environment(run, nation, tmp_path, monkeypatch):
    monkeypatch.setenv("SECTORSCAN_CACHE", str(tmp_path / "kept"))
    for command in (("shiftshare",), ("scope", "311")):
        assert run(*command, *nation, "--region", REGION[0])[0] == 0
        assert len(list((tmp_path / "kept").iterdir())) == len(nation)
        shutil.rmtree(tmp_path / "kept")


def test_what_has_nothing_to_roll_up_is_named(run, nation, tmp_path):
    state = tmp_path / "state.csv"
    state.write_text(
        "Area,STFIPS,NAICS,Title,BaseYear,ProjYear,Base,Projected,AvgAnnualOpenings\n"
        "Synthetic,98,000000,Total,2022,2032,1000000,1050000,110000\n"
        "Synthetic,98,311000,Food,2022,2032,10000,10300,800\n",
        encoding="utf-8",
    )
    asked = ("--out", tmp_path / "t", "--region", REGION[0])
    code, _, err = run("prepare", *nation, state, *asked)
    assert code == 0, err
    assert "note: not rolled up: state.csv (state-projections). Give them to rank" in err
    assert "not rolled up" not in run("prepare", *nation, *asked)[2]
