"""``rank`` as people and scripts use it."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sectorscan.config.loader import load_config
from sectorscan.reports.write import render
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled


def test_without_input_it_ranks_the_synthetic_sample_and_says_so(run):
    code, out, _ = run("rank", "--no-color")
    assert code == 0
    assert "SYNTHETIC" in out
    assert "Computer and Electronic" in out
    assert "\x1b[" not in out


def test_the_printed_json_is_what_the_library_returns(run):
    sample = bundled("samples")
    paths = sorted(sample.glob("*.csv"))
    expected = render(scan(paths, load_config(sample / "sample.yaml")), "json")
    code, out, _ = run("rank", "--format", "json")
    assert code == 0
    assert out == expected


def test_weights_of_the_command_line_win(ranked):
    """What if wages weigh more: the effective weights move and sum to 1."""
    plain, weighed = ranked(), ranked("--weight", "job_quality=90")
    weight = {c["id"]: c["weight"] for c in weighed["config"]["criteria"]}
    before = {c["id"]: c["weight"] for c in plain["config"]["criteria"]}
    assert sum(weight.values()) == pytest.approx(1)
    assert weight["pay_vs_region"] > before["pay_vs_region"]
    assert weighed["config"]["sha256"] != plain["config"]["sha256"]
    assert plain["config"]["what_if"] == {}
    assert weighed["config"]["what_if"] == {"job_quality": 90}


def test_every_report_says_what_was_weighed_otherwise(run, tmp_path):
    target = tmp_path / "what_if.md"
    _, out, _ = run("rank", "--weight", "job_quality=60", "--out", target)
    words = "with job_quality = 60 (46.2 % of the weight)"  # 60 of 60 + 70
    assert words in " ".join(out.split())
    assert words in target.read_text(encoding="utf-8").replace("\\_", "_")


def test_options_spare_a_yaml(ranked):
    sample = bundled("samples")
    result = ranked(
        sample / "employment.csv",
        *("--region", "98001,98003", "--benchmark", "US000"),
        *("--period", "2020:2022", "--level", "sector", "--top", "3"),
    )
    assert result["region"]["areas"] == ["98001", "98003"]
    assert result["period"] == {"base": 2020, "end": 2022, "quarter": None}
    assert all(len(s["id"]) == 2 or "-" in s["id"] for s in result["sectors"])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("rank", "no_such_file.csv"), 1, "no_such_file.csv"),
        (("rank", "--config", "no_such.yaml"), 1, "no_such.yaml"),
        (("rank", "--region", "39999"), 1, "39999"),
        (("rank", "--weight", "jobquality=3"), 1, "Did you mean 'job_quality'"),
        (("rank", "--period", "2023:2020"), 2, "first year first"),
        (("rank", "--weight", "job_quality"), 2, "a name and a number"),
        (("rank", "--weight", "scale=1", "--weight", "scale=2"), 2, "given twice"),
        (("rank", ""), 2, "path is empty"),
        (("rank", "--out", " "), 2, "path is empty"),
        (("rank", "--config", ""), 2, "name is empty"),
        (("init", ""), 2, "path is empty"),
        (("rank", "--format", "yaml"), 2, "yaml"),
        (("rank", "--out", "report.pptx"), 1, ".xlsx"),
        (("rank", "--nonsense"), 2, "--nonsense"),
        (("explain", "999"), 1, "no candidate"),
        (("industries", "no such industry at all"), 1, "Nothing found"),
    ],
)
def test_faults_end_with_their_code_and_say_what_next(run, arguments, code, words):
    seen, out, err = run(*arguments)
    assert seen == code
    # Some machines make usage errors colorful whatever the stream is.
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out + err)
    assert words in " ".join(plain.split())
    assert "Traceback" not in out + err


def test_strict_ends_with_3_where_there_are_cautions(run):
    assert run("rank", "--strict")[0] == 0
    one_year = ("rank", "--period", "2023", "--strict", "--format", "json")
    code, out, _ = run(*one_year)
    assert code == 3
    assert any("one year (2023)" in text for text in json.loads(out)["cautions"])


@pytest.mark.parametrize(
    "preset", ["comprehensive", "four-core", "equal-groups", "job-quality", "rural", "urban"]
)
def test_every_preset_ranks_the_sample(ranked, preset):
    result = ranked("--config", preset)
    assert len(result["sectors"]) > 20
    assert result["config"]["path"] == preset


def test_several_files_in_one_run(run, tmp_path):
    files = [tmp_path / f"shortlist{e}" for e in (".xlsx", ".json", ".csv", ".md", ".parquet")]
    code, _, err = run("rank", *(part for f in files for part in ("--out", f)))
    assert code == 0
    assert all(f.stat().st_size > 500 for f in files)
    assert "wrote" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f.name for f in files)


def test_an_input_is_never_overwritten(run, tmp_path):
    table = tmp_path / "employment.csv"
    shutil.copy(bundled("samples") / "employment.csv", table)
    before = table.read_bytes()
    region = ("--region", "98001", "--benchmark", "US000")
    for given in (table, tmp_path):
        code, _, err = run("rank", given, *region, "--out", table)
        assert code == 1
        assert "would be overwritten" in err
    assert table.read_bytes() == before


def test_the_same_bytes_from_another_folder_and_another_day(program, tmp_path):
    """Folder, time zone, hash seed and locale leave every format as it is; so does the clock."""
    outputs = []
    for name, seed, zone in (("one", "1", "UTC"), ("two", "2", "Asia/Tokyo")):
        folder = tmp_path / name
        folder.mkdir()
        inputs = folder / "tables"
        shutil.copytree(bundled("samples"), inputs, ignore=shutil.ignore_patterns("qcew"))
        for path in inputs.iterdir():
            os.utime(path, (1_000_000_000 + int(seed), 1_000_000_000 + int(seed)))
        endings = ("json", "csv", "md", "xlsx")
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        done = program(
            *("rank", "tables", "-c", "tables/sample.yaml"),
            *(part for e in endings for part in ("--out", f"shortlist.{e}")),
            cwd=folder,
            env=env,
        )
        assert done.returncode == 0, done.stderr.decode()
        outputs.append([(folder / f"shortlist.{e}").read_bytes() for e in endings] + [done.stdout])
    assert outputs[0] == outputs[1]


BESIDE = (
    ("robustness", "--draws", "500"),
    ("compare", "332", "621", "--draws", "500"),
    ("explain", "334", "--draws", "500"),
    ("shiftshare",),
)
CALLED = """
import json, sys
from sectorscan.cli.app import app
for arguments in json.loads(sys.argv[1]):
    try:
        app(arguments)
    except SystemExit as ended:
        assert not ended.code, arguments
"""


def test_the_same_bytes_of_what_is_asked_beside(tmp_path):
    """Of each command, in two programs with other hash seeds."""
    outputs = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        calls = [
            [*call, *(w for e in ("json", "csv", "md") for w in ("--out", f"{call[0]}.{e}"))]
            for call in BESIDE
        ]
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", CALLED, json.dumps(calls)],
            cwd=folder, env=env, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        outputs.append({path.name: path.read_bytes() for path in folder.iterdir()})
        outputs[-1]["printed"] = done.stdout
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) == 3 * len(BESIDE) + 1
    assert all(outputs[0].values())


def test_a_closed_pipe_ends_quietly(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "sectorscan", "rank", "--format", "json", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
    assert err == b""


def test_csv_on_standard_output_is_data_alone(run):
    code, out, _ = run("rank", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert rows[0]["rank"] == "1"
    assert float(rows[0]["score"]) >= float(rows[1]["score"])


def test_explain_prints_one_sector(run):
    code, out, _ = run("explain", "722")
    assert code == 0
    assert "Food Services" in out
    by_title = run("explain", "food services")[1]
    assert by_title == out
    code, out, _ = run("explain", "722", "--format", "json")
    assert json.loads(out)


def test_explain_writes_one_sector(run, tmp_path):
    files = [tmp_path / f"food{ending}" for ending in (".md", ".json", ".csv")]
    code, _, err = run("explain", "722", *(part for f in files for part in ("--out", f)))
    assert code == 0, err
    assert "Food Services" in files[0].read_text(encoding="utf-8")
    assert json.loads(files[1].read_text(encoding="utf-8"))["sector"]["id"] == "722"
    code, _, err = run("explain", "722", "--out", tmp_path / "food.xlsx")
    assert code == 1
    assert ".csv, .json, .md" in err


def test_init_makes_a_project_that_runs_at_once(run, tmp_path, monkeypatch):
    folder = tmp_path / "mine"
    code, _, err = run("init", folder)
    assert code == 0
    assert "sectorscan.yaml" in err
    monkeypatch.chdir(folder)
    code, out, err = run("rank", "-c", "sectorscan.yaml")
    assert code == 0, err
    assert "SYNTHETIC" in out
    before = Path("sectorscan.yaml").read_bytes()
    code, _, err = run("init", folder)
    assert code == 1
    assert "nothing was written" in err
    assert Path("sectorscan.yaml").read_bytes() == before


def test_areas_industries_indicators_schema_version(run):
    assert "39049  Franklin County, Ohio" in run("areas", "franklin", "ohio")[1]
    assert "3344" in run("industries", "semiconductor")[1]
    assert "511" in run("industries", "publishing industries")[1]
    assert "location_quotient" in run("indicators", "--format", "csv")[1]
    assert json.loads(run("schema")[1])["$schema"]
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("sectorscan ")


def test_every_help_shows_an_example(run):
    groups = run("--help")[1]
    for word in ("Rank", "Data", "Reference"):
        assert word in groups
    for name in ("rank", "explain", "check", "init", "areas", "industries", "indicators", "schema"):
        code, out, _ = run(name, "--help")
        assert code == 0
        assert "For example:" in out
        assert f"sectorscan {name}" in out


def test_an_industry_that_pays_nothing_is_ranked_all_the_same(ranked, tmp_path):
    table = tmp_path / "employment.csv"
    rows = [("39041", "10", 1000, 60000), ("39041", "722", 400, 0), ("39041", "332", 300, 66000)]
    text = "".join(f"{r},{i},2023,20,{e},{p}\n" for r, i, e, p in rows)
    header = "region,industry,year,establishments,employment,avg_annual_pay\n"
    table.write_text(header + text, encoding="utf-8")
    food = next(s for s in ranked(table)["sectors"] if s["id"] == "722")
    assert any("below the regional average" in c for c in food["justification"]["cautions"])


def test_the_charts_in_text_come_where_asked(run):
    _, out, _ = run("rank", "--quiet")
    assert "How firm the ranks are" not in out
    code, out, _ = run("rank", "--quiet", "--plot")
    assert code == 0
    assert "How firm the ranks are" in out


def test_pictures_are_written_and_named(run, tmp_path):
    pytest.importorskip("vl_convert")
    code, _, err = run("rank", "--charts", tmp_path / "slides")
    assert code == 0
    assert len(list((tmp_path / "slides").iterdir())) == 6
    assert f"wrote {tmp_path / 'slides' / 'contributions.png'}" in err
    code, _, err = run("rank", "--charts", tmp_path / "fewer", "--draws", "0")
    assert code == 0
    assert "not drawn: rank-intervals needs draws" in err


def test_pictures_are_of_one_region(run, tmp_path):
    code, _, err = run("rank", "--all-regions", "--charts", tmp_path / "slides")
    assert code == 2
    assert "--charts" in err
