"""``robustness``, and the draws of ``rank`` and ``explain``, as people and scripts use them."""

import json
import subprocess
import sys
from contextlib import contextmanager

import pytest

from sectorscan.cli import rank, robustness
from sectorscan.cli.options import Asked
from sectorscan.robustness.examine import READINGS


def test_all_of_it_for_the_sample_and_files_beside(run, tmp_path):
    files = [tmp_path / name for name in ("trust.md", "trust.csv", "trust.json")]
    outs = [word for path in files for word in ("--out", path)]
    code, out, err = run("robustness", "--draws", 200, *outs)
    assert code == 0
    assert "200 times" in out
    assert f"wrote {files[0]}" in err
    assert "# How far the ranking can be trusted" in files[0].read_text("utf-8")
    assert files[1].read_bytes().startswith(b"\xef\xbb\xbfrank,band,id")
    result = json.loads(files[2].read_text("utf-8"))
    assert result["draws"] == 200
    assert set(READINGS) < set(result["sectors"][0])


def test_json_is_alone_on_standard_output_and_the_seed_decides(run):
    one = run("robustness", "--draws", 150, "--format", "json")
    assert json.loads(one[1])["seed"] == 1
    assert run("robustness", "--draws", 150, "--format", "json") == one
    other = run("robustness", "--draws", 150, "--seed", 5, "--format", "json")
    assert json.loads(other[1])["sectors"] != json.loads(one[1])["sectors"]


def test_without_draws_the_exact_parts_stay(run):
    code, out, _ = run("robustness", "--draws", 0)
    assert code == 0
    assert "times" not in out
    assert "How far each weight may move" in out
    result = json.loads(run("robustness", "--draws", 0, "--format", "json")[1])
    assert result["sectors"][0]["near"] is None
    assert result["weights"]


def test_other_ways_to_score_six_virginia_localities(shared, run):
    """Richmond and around, no figure missing: two methods must be our own two means."""
    panel = shared("data/panel/virginia_localities_private_sectors_2019_2025.csv")
    around = "51760,51041,51075,51085,51087,51145"
    options = ("--region", around, "--benchmark", "all", "--draws", 0, "--format", "json")
    code, out, err = run("robustness", panel, *options)
    assert code == 0, err
    ways = {(one["kind"], one["id"]): one for one in json.loads(out)["other_ways"]}
    assert all(one["why_not"] is None for one in ways.values())
    assert len([kind for kind, _ in ways if kind == "method"]) == 6
    assert ways["method", "spotis"]["kendall_tau"] == pytest.approx(1)
    assert ways["method", "spotis"]["keeps_shortlist"]
    product = ways["method", "weighted_product"]
    assert product == {**ways["aggregation", "geometric"], "kind": "method", "id": product["id"]}
    absent = [one for (kind, _), one in ways.items() if kind == "without_sector"]
    assert len(absent) > 10
    assert all(
        one["kendall_tau"] == pytest.approx(1) for one in absent
    )  # nobody's points hang on another's


def test_rank_and_explain_say_it_and_can_leave_it_out(run):
    said = " ".join(run("rank", "--draws", 200)[1].split())
    assert "of the draws it comes first" in said
    assert "of the draws it comes first" in " ".join(run("explain", "334")[1].split())
    for command in (("rank",), ("explain", "334")):
        assert "draws" not in run(*command, "--draws", 0)[1]


def test_progress_counts_the_draws(monkeypatch):
    seen = []

    @contextmanager
    def progress(what, *, quiet):
        seen.append(what)
        yield seen.append

    monkeypatch.setattr(rank, "progress", progress)
    monkeypatch.setattr(robustness, "progress", progress)
    rank.ranked(Asked((), None, draws=300), quiet=False)
    assert seen[0] == "Reading and ranking ..."
    assert seen[-1] == "Drawing weights and withheld figures, 300 of 300 ..."
    robustness.examined(Asked((), None, draws=300), quiet=False)
    assert seen[-1] == "Solving for what would change the ranking ..."


def test_draws_are_the_configs_unless_the_command_line_says(run, tmp_path):
    config = tmp_path / "few.yaml"
    config.write_text("version: 1\nrobustness: {draws: 120, weights: any}\n", encoding="utf-8")
    result = json.loads(run("rank", "-c", config, "--format", "json")[1])
    assert result["robustness"]["draws"] == 120
    assert result["robustness"]["weights"] == "any"
    result = json.loads(run("rank", "-c", config, "--draws", 0, "--format", "json")[1])
    assert result["robustness"] is None


def test_impossible_draws_are_a_fault_of_the_command_line_or_the_config(run, tmp_path):
    assert run("rank", "--draws", "-1")[0] == 2
    code, _, err = run("rank", "--draws", "100000000")
    assert code == 1
    assert "--draws" in err


@pytest.fixture
def own_table(tmp_path):
    """Write a table of the given sectors with one indicator, and a config that adds growth."""

    def write(values):
        table, config = tmp_path / "indicators.csv", tmp_path / "config.yaml"
        rows = [f"R1,{sector},reach,{value}" for sector, value in values.items()]
        table.write_text("\n".join(["region,industry,indicator,value", *rows]), "utf-8")
        config.write_text(
            "version: 1\ncriteria:\n  all:\n    weight: 1\n    indicators:\n"
            "      reach: {weight: 3, scale: {points: [[0, 0], [100, 100]]}}\n"
            "      projected_growth_vs_region_pp: {weight: 1}\n",
            "utf-8",
        )
        return table, "--config", config, "--draws", 50

    return write


def test_a_criterion_that_nobody_has_turns_nothing(run, own_table):
    """It is no line among the weights and values that could, and is named once instead."""
    options = own_table({"Bakeries": 70, "Brewers": 40})
    code, out, err = run("robustness", *options)
    assert code == 0, err
    part = out.split("How far each weight may move")[1].split("What it would take")[0]
    assert "Known for no sector, so no weight of it changes anything: Projected" in " ".join(
        part.split()
    )
    assert part.count("Projected") == 1
    out = run("compare", "Bakeries", "Brewers", *options)[1]
    points, turns = out.split("What would turn the two round")
    assert "Projected" in points
    assert "Projected" not in turns
    assert "50 draws" in " ".join(points.split())


def test_a_sector_alone_has_no_others_to_be_left_out(run, own_table):
    code, out, err = run("robustness", *own_table({"Bakeries": 70}))
    assert code == 0, err
    assert "There is no second sector, so none can be left out." in " ".join(out.split())
    assert "of the others where they are left out" not in " ".join(out.split())


def test_limits_of_the_wrong_length_say_how_many_belong_there(run, tmp_path):
    config = tmp_path / "limits.yaml"
    config.write_text("version: 1\nrobustness: {limits: {pay_vs_region: [1, 2, 3]}}\n", "utf-8")
    code, _, err = run("robustness", "--config", config)
    assert code == 1
    assert "limits.pay_vs_region: must have at most 2 entries" in err


def test_without_draws_rank_imports_no_more_than_before():
    """Nothing of linear programmes, statistics or the examination comes in unasked."""
    script = (
        "import sys; from typer.testing import CliRunner; from sectorscan.cli.app import app\n"
        "CliRunner().invoke(app, ['rank', '--draws', sys.argv[1], '--format', 'json'])\n"
        "late = 'scipy', 'sectorscan.robustness', 'pymcdm', 'matplotlib'\n"
        "print(*(m for m in sys.modules if m.startswith(late)))"
    )
    for draws in ("0", "50"):
        done = subprocess.run(
            [sys.executable, "-c", script, draws], capture_output=True, check=True, text=True
        )
        loaded = set(done.stdout.split())
        assert "sectorscan.robustness.model" in loaded
        assert not {n for n in loaded if n.startswith(("scipy.optimize", "pymcdm", "SALib"))}
        assert not loaded & {"pymcdm", "matplotlib"}
        assert not loaded & {"sectorscan.robustness.examine", "sectorscan.robustness.flips"}
        assert ("sectorscan.robustness.draws" in loaded) == (draws != "0")


def test_of_a_single_sector_no_table_is_announced_that_is_not_there(run, tmp_path):
    rows = [
        f"{region},{code},{year},{jobs * times},60000"
        for region, times in (("39041", 1), ("US000", 100))
        for code, jobs in (("10", 9000), ("332", 1000))
        for year in (2020, 2023)
    ]
    header = "region,industry,year,employment,avg_annual_pay"
    (tmp_path / "employment.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    code, page, err = run("robustness", tmp_path, "--draws", 100, "--format", "markdown")
    assert code == 0, err
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    for title, words in {
        "What it would take to come first": "Every ranked sector comes first already.",
        "Which assumption moves the ranks most": "None: no other choice changes a rank.",
        "Which figures are worth finding out": "No single withheld or missing figure",
    }.items():
        assert sections[title].strip().startswith(words)
        assert "|" not in sections[title]
    assert "Which assumption changes the shortlist most" not in sections
    for words in ("left open at once", "Alone:", "Weights: the least share", "pp:"):
        assert words not in page
    assert "(no figure that counts is withheld)" in page
