"""The commands of every year: what they print, their exit codes, what init asks."""

import datetime as dt
import json

import pytest

from sectorscan.cli import init as module
from sectorscan.config.loader import load_config


@pytest.fixture
def project(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("init", "p")[0] == 0
    with (tmp_path / "p" / "sectorscan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("robustness: {draws: 0}\noutputs: {files: ranking.csv}\n")
    return tmp_path / "p"


def test_refresh_prints_the_run_and_says_what_it_read(run, project):
    code, out, err = run("refresh", project, "--date", "2026-11-22")
    assert (code, out) == (0, "runs/2026-11-22\n")
    assert "this is the synthetic sample" in err
    assert "read employment.csv: employment, 9,940 rows" in err
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
    assert run("reproduce", project / "inputs")[0] == 1


def test_init_takes_options(run, tmp_path):
    code, _, err = run(
        "init", tmp_path / "p", "--region", "01001,39049", "--name", 'A "b": c', "--period",
        "2020:2023", "--benchmark", "39000", "--level", "4-digit", "--preset", "rural",
    )  # fmt: skip
    assert code == 0, err
    assert "put your figures into" in err
    config = load_config(tmp_path / "p" / "sectorscan.yaml").config
    assert config.region.areas == ("01001", "39049")
    assert (config.region.name, config.benchmark) == ('A "b": c', "39000")
    assert (config.period.years, config.sectors.level) == ((2020, 2023), "4-digit")
    assert config.criteria == load_config("rural").config.criteria


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--name", "X"), 2, "which areas?"),
        (("--preset", "rurul"), 2, "Did you mean 'rural'?"),
        (("--region", "1,,2"), 2, "commas between them"),
        (("--region", "39049", "--name", "a\nb"), 1, "name"),
    ],
)
def test_what_init_refuses_leaves_nothing(run, tmp_path, options, code, words):
    done, _, err = run("init", tmp_path / "p", *options)
    assert done == code
    assert words in " ".join(err.replace("│", " ").split())
    assert not (tmp_path / "p").exists()


def test_init_asks_on_a_terminal(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from sectorscan.cli.app import app

    monkeypatch.setattr(module, "_on_terminal", lambda: True)
    answers = [
        "franklin ohio",
        "nowhere at all",
        "39049",
        "Franklin",
        "",
        "2020-2023x",
        "2020:2023",
    ]
    answers += ["rurul", "rural"]
    result = CliRunner().invoke(app, ["init", str(tmp_path / "p")], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    for words in ("39049  Franklin County, Ohio", "Nothing found", "write two years", "no preset"):
        assert words in result.stderr
    config = load_config(tmp_path / "p" / "sectorscan.yaml").config
    assert (config.region.name, config.region.areas) == ("Franklin", ("39049",))
    assert (config.benchmark, config.period.years) == ("US000", (2020, 2023))
    result = CliRunner().invoke(app, ["init", str(tmp_path / "s")], input="\n")
    assert result.exit_code == 0
    assert load_config(tmp_path / "s" / "sectorscan.yaml").config.region.areas[0] == "98001"


def test_rank_takes_the_inputs_that_the_config_names(run, project):
    table = "region,industry,year,employment\n39049,10,2022,900\n39049,722,2022,100\n"
    (project / "inputs" / "employment.csv").write_text(table, encoding="utf-8")
    (project / "sectorscan.yaml").write_text("inputs: [inputs]\n", encoding="utf-8")
    code, out, err = run("rank", "-c", project / "sectorscan.yaml", "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    assert [one["path"] for one in found["inputs"]] == ["employment.csv"]
    assert found["region"]["areas"] == ["39049"]
