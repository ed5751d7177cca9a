"""``check``: every problem at once."""

import json
import shutil

from sectorscan.tables.resources import bundled


def test_sound_tables_have_no_problems(run):
    code, out, _ = run("check")
    assert code == 0
    assert "employment.csv: employment" in out
    assert "0 problems" in out


def test_config_and_tables_are_listed_in_one_go(run, tmp_path):
    table = tmp_path / "employment.csv"
    table.write_text(
        "region,industry,year,employment\n39041,722,2023,many\n39041,721,20x3,5\n", encoding="utf-8"
    )
    config = tmp_path / "mine.yaml"
    config.write_text("version: 1\nbenchmrk: US000\n", encoding="utf-8")
    code, out, _ = run("check", table, "-c", config)
    assert code == 1
    assert "mine.yaml:2:1" in out
    assert "Did you mean 'benchmark'" in out
    assert "employment.csv, row 2, column employment" in out
    assert "employment.csv, row 3, column year" in out
    code, out, _ = run("check", table, "-c", config, "--format", "json")
    problems = json.loads(out)["problems"]
    assert {p["row"] for p in problems if p["file"] == "employment.csv"} >= {2, 3}


def test_strict_counts_cautions(run, tmp_path):
    table = tmp_path / "employment.csv"
    lines = (bundled("samples") / "employment.csv").read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    arguments = ("check", table, "--region", "98001", "--benchmark", "US000")
    assert run(*arguments)[0] == 0
    assert run(*arguments, "--strict")[0] == 3
    shutil.rmtree(tmp_path)
