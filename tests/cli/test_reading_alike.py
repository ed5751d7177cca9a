"""Every command that reads inputs takes the same options; one quarter is named by all of them."""

import csv
import json

import pytest
import typer.main

from sectorscan.cli.app import app

READERS = ("rank", "explain", "compare", "robustness", "plan", "check", "prepare", "shiftshare",
           "scope")  # fmt: skip
ALIKE = ("config", "region", "benchmark", "period", "quarter", "cache")
VERMONT = "data/qcew/by_area_2016q1_q4_vt"
ASKED = ("--region", "50005,50019", "--benchmark", "50000", "--quarter", "1")
QUARTER = "first quarter of 2016"
BUNDLES = """\
benchmark: "50000"
period: {base: 2015, end: 2016, quarter: 1}
regions: {every: county}
sectors:
  list:
    - {name: Making, naics: ["31-33"], except: ["311"]}
    - {name: Care, naics: ["62"]}
"""


def options(name):
    command = typer.main.get_command(app).commands[name]
    return {one.name: (tuple(one.opts), one.help, one.envvar) for one in command.params}


def test_the_options_are_the_same_everywhere():
    rank = options("rank")
    for name in READERS:
        own = options(name)
        for option in ALIKE:
            assert own[option] == rank[option], (name, option)
    assert rank["cache"][2] == "SECTORSCAN_CACHE"


@pytest.mark.parametrize("command", [("shiftshare",), ("scope", "31-33"), ("rank",)])
def test_a_quarter_is_named(run, shared, tmp_path, command):
    files = [tmp_path / name for name in ("told.md", "told.json")]
    outs = [word for path in files for word in ("--out", path)]
    code, out, err = run(*command, shared(VERMONT), *ASKED, "--quiet", *outs)
    assert code == 0, err
    assert QUARTER in " ".join(out.split())
    assert QUARTER in " ".join(files[0].read_text(encoding="utf-8").split())
    told = json.loads(files[1].read_text(encoding="utf-8"))
    assert told["period"] == {"base": 2015, "end": 2016, "quarter": 1}


def test_all_regions_name_it_too(run, shared, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text(BUNDLES, encoding="utf-8")
    code, out, err = run("rank", shared(VERMONT), "-c", config, "--all-regions", "--quiet")
    assert code == 0, err
    assert f"first quarter of 2015 to {QUARTER}" in " ".join(out.split())
    checked = run("check", shared(VERMONT), "-c", config)[1]
    assert "of a region's jobs are estimated" in checked


def test_metropolitan_areas_are_regions_too(run, shared, tmp_path):
    """Vermont's counties under the codes of metropolitan areas give the figures of the counties."""
    inputs = tmp_path / "msas"
    inputs.mkdir()
    codes = {"50005": "C1026", "50009": "C1554", "50019": "C1814"}
    for file in shared(VERMONT).glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            if row["area_fips"] in codes:
                row["agglvl_code"] = str(int(row["agglvl_code"]) - 30)
                row["area_fips"] = codes[row["area_fips"]]
        with (inputs / file.name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(rows)
    config = tmp_path / "c.yaml"
    config.write_text(BUNDLES.replace("county", "msa"), encoding="utf-8")
    asked = ("-c", config, "--all-regions", "--format", "json")
    code, out, err = run("rank", inputs, *asked)
    assert code == 0, err
    msas = json.loads(out)["regions"]
    config.write_text(BUNDLES, encoding="utf-8")
    counties = json.loads(run("rank", shared(VERMONT), *asked)[1])["regions"]
    assert [one["areas"] for one in msas] == [["C1026"], ["C1554"], ["C1814"]]
    for ours, theirs in zip(msas, counties, strict=True):
        assert ours["sectors"] == theirs["sectors"]
        # The state's figures cap its counties' withheld ones; whose an MSA is, isn't known.
        wide, narrow = (one["totals"].pop("mean_interval_width_pct") for one in (ours, theirs))
        assert wide is None or wide >= narrow
        assert ours["totals"] == theirs["totals"]
    region = ("-c", config, "--benchmark", "50000", "--format", "json")
    told = json.loads(run("shiftshare", inputs, *region, "--region", "C1026,C1814")[1])
    same = json.loads(run("shiftshare", shared(VERMONT), *region, "--region", "50005,50019")[1])
    assert told["methods"] == same["methods"]


def test_bundles_with_exclusions_are_taken_apart_by_quarters(run, shared, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text(BUNDLES, encoding="utf-8")
    folder = shared(VERMONT)
    code, out, err = run("shiftshare", folder, "-c", config, *ASKED, "--format", "json")
    assert code == 0, err
    whole = json.loads(run("shiftshare", folder, *ASKED, "--level", "sector", "-f", "json")[1])
    three = json.loads(run("shiftshare", folder, *ASKED, "--level", "3-digit", "-f", "json")[1])

    def jobs(document, sector):
        lines = {line["id"]: line for line in document["methods"][0]["sectors"]}
        return lines[sector]["employment_end"]

    made = jobs(json.loads(out), "Making")
    rest = jobs(whole, "31-33")["value"] - jobs(three, "311")["value"]
    assert made["value"] == pytest.approx(rest)
    # Means of three months are thirds: what the sums fix has no range of rounding.
    assert made["low"] == made["value"] == made["high"]


def test_one_year_has_no_change_to_take_apart(run, shared):
    asked = ("shiftshare", shared(VERMONT), *ASKED, "--period", "2016", "--quiet")
    code, out, _ = run(*asked)
    assert code == 0
    assert "The period is one year" in " ".join(out.split())
    assert "Classic shift-share" not in out
    assert "Herfindahl" in out
    assert run(*asked, "--strict")[0] == 3


def test_check_says_how_much_is_estimated_as_rank_does(run, shared):
    _, ranked, _ = run("rank", shared(VERMONT), *ASKED, "--quiet")
    _, checked, _ = run("check", shared(VERMONT), *ASKED)
    line = next(text for text in checked.splitlines() if "jobs are estimated" in text)
    assert line.startswith("note: Region of 2 areas: ")
    assert line.removeprefix("note: Region of 2 areas: ") in " ".join(ranked.split())


@pytest.mark.parametrize("command", [("shiftshare",), ("scope", "311"), ("prepare", "-o", "t")])
def test_many_regions_need_a_choice(run, shared, tmp_path, command):
    config = tmp_path / "c.yaml"
    config.write_text(BUNDLES, encoding="utf-8")
    code, _, err = run(*command, shared(VERMONT), "-c", config)
    assert code == 1
    assert "which one is meant isn't said" in err
