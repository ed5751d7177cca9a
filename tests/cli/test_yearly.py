"""The commands of every year: what they print, their exit codes."""

import datetime as dt
import json

import pytest

from sectorscan.refresh.manifest import read_manifest


@pytest.fixture
def project(sample_project, monkeypatch):
    monkeypatch.chdir(sample_project.parent)
    with (sample_project / "sectorscan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("robustness: {draws: 0}\noutputs: {files: ranking.csv}\n")
    return sample_project


def test_refresh_prints_the_run_and_says_what_it_read(run, project):
    code, out, err = run("refresh", project, "--date", "2026-11-22")
    assert (code, out) == (0, "runs/2026-11-22\n")
    assert "this is the synthetic sample" in err
    assert "read employment.csv: employment, 9,940 rows" in err
    assert "read 3 files: scorecard, 126 rows" in err
    assert "Ratings more than 12 months old on 2024-10-14 still count for Ambulatory" in err
    assert read_manifest(project / "runs" / "2026-11-22").as_of == "2024-10-14"
    code, out, err = run("refresh", project, "--if-changed", "--quiet")
    assert (code, out, err) == (0, "", "")
    code, out, err = run("refresh", project, "--dry-run")
    assert (code, out) == (0, "")
    assert "a trial: nothing was written" in err


def test_refresh_takes_today_and_the_current_folder(run, project, monkeypatch):
    monkeypatch.chdir(project)
    before = dt.datetime.now().astimezone().date()
    code, out, _ = run("refresh", "-q")
    after = dt.datetime.now().astimezone().date()
    assert code == 0
    assert out in {f"runs/{before}\n", f"runs/{after}\n"}


def test_cautions_and_strict(run, project):
    settings = "robustness: {draws: 0}\noutputs: {files: ranking.csv}\n"
    (project / "sectorscan.yaml").write_text(f"region: ['98001']\n{settings}", encoding="utf-8")
    code, out, err = run("refresh", project, "--date", "2026-11-22", "--strict")
    assert (code, out) == (3, "runs/2026-11-22\n")
    assert "caution: " in err


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "20261122", "2026-W47-7"])
def test_a_date_that_is_none_is_the_command_lines_fault(run, project, day):
    code, _, err = run("refresh", project, "--date", day)
    assert code == 2
    assert "2026-11-22" in err


def test_reproduce_says_whether_the_bytes_agree(run, project):
    run("refresh", project, "--date", "2026-11-22")
    place = project / "runs" / "2026-11-22"
    code, out, _ = run("reproduce", place)
    assert code == 0
    assert out.endswith("files have the same bytes.\n")
    (place / "ranking.csv").write_bytes(b"mine")
    code, out, _ = run("reproduce", place)
    assert code == 1
    assert "ranking.csv has changed since the run." in out
    assert "differs: ranking.csv" in out
    assert " files differs." in out
    assert run("reproduce", project / "inputs")[0] == 1


def test_rank_takes_the_inputs_that_the_config_names(run, project):
    table = "region,industry,year,employment\n39049,10,2022,900\n39049,722,2022,100\n"
    (project / "inputs" / "employment.csv").write_text(table, encoding="utf-8")
    (project / "sectorscan.yaml").write_text("inputs: [inputs]\n", encoding="utf-8")
    code, out, err = run("rank", "-c", project / "sectorscan.yaml", "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    assert [one["path"] for one in found["inputs"]] == ["employment.csv"]
    assert found["region"]["areas"] == ["39049"]
