"""``rank --all-regions`` on the command line."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sectorscan.cli import all_regions
from sectorscan.config.loader import load_config
from sectorscan.reports.regions_json import to_json
from sectorscan.scan.regions import scan_regions

QCEW = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"
EVERY = "extends: balanced\nbenchmark: US000\nperiod: 2020:2023\nregions: {every: county}\n"


@pytest.fixture
def config(tmp_path):
    def make(text=EVERY):
        path = tmp_path / "regions.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_the_printed_json_is_what_the_library_returns(run, config):
    path = config()
    code, out, err = run("rank", QCEW, "-c", path, "--all-regions", "-f", "json", "--quiet")
    assert (code, err) == (0, "")
    assert out == to_json(scan_regions([QCEW], load_config(path)))


def test_region_is_for_plain_rank_and_regions_for_all_of_them(run, ranked, config):
    path = config(EVERY + "region: {name: Two, areas: ['98001', '98003']}\n")
    assert ranked(QCEW, "-c", path)["region"]["name"] == "Two"
    code, out, _ = run("rank", QCEW, "-c", path, "--all-regions", "-f", "json")
    assert code == 0
    assert len(json.loads(out)["regions"]) == 6


def test_plain_rank_asks_which_of_the_regions_is_meant(run, config):
    for command in (("rank", QCEW), ("explain", "541", QCEW)):
        code, _, err = run(*command, "-c", config())
        assert code == 1
        assert "regions.yaml:4:1: regions: names many regions" in err
        assert "--all-regions" in err
    assert run("rank", QCEW, "-c", config(), "--region", "98001")[0] == 0


def test_fetch_takes_the_areas_of_all_named_regions(run, config, tmp_path):
    named = "regions: [{name: a, areas: ['39041', '39045']}, {name: b, areas: ['39049']}]\n"
    path = config(EVERY.replace("regions: {every: county}\n", named))
    code, out, err = run("fetch", "-c", path, "--to", tmp_path / "qcew", "--dry-run", "-q")
    assert code == 0, err
    assert {line.split("/")[-1] for line in out.split()[1::2]} == {
        "US000.csv", "39041.csv", "39045.csv", "39049.csv"
    }  # fmt: skip
    code, _, err = run("fetch", "-c", config(), "--to", tmp_path / "qcew", "--dry-run", "-q")
    assert code == 1
    assert "For every area of the nation download its national files" in err


def test_weights_and_other_options_hold_for_every_region(run, config):
    code, out, _ = run(
        "rank", QCEW, "-c", config(), "--all-regions", "-f", "json",
        "--weight", "job_quality=0", "--level", "sector", "--top", "1",
    )  # fmt: skip
    assert code == 0
    result = json.loads(out)
    assert result["config"]["what_if"] == {"job_quality": 0}
    for region in result["regions"]:
        assert sum(one["shortlisted"] for one in region["sectors"]) == 1
        assert all(len(one["id"]) == 2 or "-" in one["id"] for one in region["sectors"])


@pytest.mark.parametrize(
    ("text", "arguments", "code", "words"),
    [
        ("extends: balanced\n", (), 1, "names no regions to rank. Write regions: {every: county}"),
        (EVERY, ("--region", "98001"), 2, "--region"),
        (EVERY, ("--out", "x.html"), 1, "The endings that work are .csv, .json"),
        (EVERY.replace("county", "msa"), (), 1, "every: msa: the inputs have no such area"),
        (EVERY.replace("US000", "'39000'"), (), 1, "the benchmark 39000 is in none"),
    ],
)
def test_faults_end_with_their_code_and_say_what_next(run, config, text, arguments, code, words):
    ended, _, err = run("rank", QCEW, "-c", config(text), "--all-regions", *arguments)
    assert ended == code
    assert words in err


def test_every_form_is_written_and_read_over_as_our_own(run, config, tmp_path):
    folder = tmp_path / "inputs"
    folder.mkdir()
    for file in QCEW.glob("202*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    out = [folder / f"regions.{ending}" for ending in ("xlsx", "json", "csv", "md", "parquet")]
    asked = [part for path in out for part in ("--out", path)]
    for _ in range(2):
        code, _, err = run("rank", folder, "-c", config(), "--all-regions", *asked)
        assert code == 0, err
    assert all(path.stat().st_size > 1000 for path in out)
    assert "regions.csv: this is a report of sectorscan's own" in err
    assert err.count("wrote ") == 5


def test_strict_minds_cautions_and_unranked_regions(run, config):
    growth = (
        "criteria: {concentration: {weight: 1, indicators: {location_quotient: {weight: 1}}}}\n"
    )
    sound = f"benchmark: US000\nperiod: 2021:2023\n{growth}regions: [{{name: a, areas: [98001]}}"
    for rest, ends in (("]\n", 0), (", {name: b, areas: [99999]}]\n", 3)):
        code, _, err = run(
            "rank", QCEW, "-c", config(sound + rest), "--all-regions", "--strict", "-f", "json"
        )
        assert code == ends, err


def test_check_looks_at_the_regions(run, config):
    bad = EVERY.replace("{every: county}", "[{name: Gone, areas: ['98001', '99999']}, "
                        "{name: North, areas: ['98001']}]")  # fmt: skip
    code, out, _ = run("check", QCEW, "-c", config(bad))
    assert code == 0
    assert "caution: Gone can't be ranked: the inputs have no rows for 99999." in out
    assert "caution: These areas count in more than one region: 98001." in out
    code, out, _ = run("check", QCEW, "-c", config(EVERY + "region: ['99999']\n"))
    assert code == 1
    assert "the region's area 99999 is in none of the inputs" in out
    code, out, _ = run("check", QCEW, "-c", config())
    assert code == 0
    assert "none is chosen" not in out


def test_the_same_bytes_from_another_folder_and_hash_seed(config, tmp_path):
    path = config()
    outputs = []
    for seed, folder in (("1", tmp_path), ("2", QCEW)):
        done = subprocess.run(
            [sys.executable, "-m", "sectorscan", "rank", str(QCEW), "-c", str(path),
             "--all-regions", "-f", "json", "-q"],
            cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


def test_progress_names_the_region(monkeypatch, config):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def progress(what, *, quiet):
        seen.append(what)
        yield seen.append

    monkeypatch.setattr(all_regions, "progress", progress)
    from sectorscan.cli.options import Asked

    all_regions.ranked(Asked((QCEW,), str(config())), quiet=False)
    assert seen[0] == "Reading ..."
    assert seen[-1] == "Ranking region 6 of 6 ..."


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process on Windows")
def test_an_interrupt_ends_with_130_and_writes_nothing(config, tmp_path):
    out = tmp_path / "regions.csv"
    code = (
        "import os, signal, sys\n"
        "from sectorscan.scan import regions\n"
        "first = regions._one\n"
        "def one(*a):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return first(*a)\n"
        "regions._one = one\n"
        "from sectorscan.cli import main\n"
        "sys.argv = ['sectorscan', *sys.argv[1:]]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "rank", str(QCEW), "-c", str(config()), "--all-regions",
         "--out", str(out)],
        capture_output=True, check=False, timeout=120,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert not out.exists()
