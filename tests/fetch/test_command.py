"""The command itself: what it prints, where, with which exit code, and that rank takes over."""

import functools
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fetch.local import Answer, slice_path, table
from tests.running import run_program

from sectorscan.cli.fetch import next_command
from sectorscan.cli.options import Asked
from sectorscan.sources.fetch import settings
from sectorscan.sources.fetch.cache import MANIFEST

REGION = ("--region", "98001,98003", "--period", "2022:2023")
AREAS = ("US000", "98001", "98003")


@pytest.fixture
def run(server, monkeypatch, tmp_path):
    """Return a function from arguments to (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECTORSCAN_FETCH_URL", server.base)
    monkeypatch.setattr(settings, "Settings", functools.partial(settings.Settings, pause=0.0))
    return run_program


@pytest.fixture
def served(server):
    for year in (2022, 2023):
        for area in AREAS:
            server.serve(year, area)
    return server


def test_the_printed_command_ranks_at_once(run, served, tmp_path):
    code, out, err = run("fetch", *REGION)
    assert code == 0
    size = sum(len(table(year, area)) for year in (2022, 2023) for area in AREAS) / 1e6
    assert err == f"6 files downloaded into qcew ({size:.1f} MB); 0 there already.\n"
    assert out == "sectorscan rank qcew --region 98001,98003 --period 2022:2023\n"
    assert {path.name for path in (tmp_path / "qcew").iterdir()} == {
        MANIFEST,
        *(f"{year}.annual.{area}.csv" for year in (2022, 2023) for area in AREAS),
    }
    code, ranked, err = run(*shlex.split(out)[1:], "--format", "csv")
    assert code == 0, err
    assert ranked.startswith("rank,")
    assert MANIFEST not in err
    assert err.count("qcew-annual") == 6


def test_the_real_region_of_columbus_is_ranked_as_from_its_own_files(run, server, shared):
    """What rank makes of the downloaded files is what it makes of the public ones."""
    folder = shared("data/qcew/columbus_oh_annual_2020_2023")
    counties = set()
    for file in folder.glob("*.csv"):
        year, county = int(file.stem[11:15]), file.stem[-5:]
        counties.add(county)
        server.answers[slice_path(year, county)] = [Answer(file.read_bytes())]
    some = ",".join(sorted(counties))
    region = ("--region", some, "--benchmark", "all", "--period", "2020:2023")
    code, out, err = run("fetch", *region)
    assert code == 0, err
    assert len(server.asked) == 4 * len(counties) == 60
    _, ours, _ = run(*shlex.split(out)[1:], "--format", "csv")
    _, theirs, _ = run("rank", folder, *region, "--format", "csv")
    assert columns(ours) == columns(theirs)


def columns(text):
    """Return rank, sector and score of each line."""
    return [line.split(",")[:8] for line in text.splitlines()]


def test_a_config_is_all_it_takes(run, served, tmp_path):
    (tmp_path / "my region.yaml").write_text(
        "region: {areas: ['98001']}\nperiod: 2023\n"
        "sectors: {list: [{name: Food, naics: ['722'], areas: ['98003']}]}\n",
        encoding="utf-8",
    )
    code, out, _ = run("fetch", "-c", "my region.yaml", "--to", "some files")
    assert code == 0
    assert out == "sectorscan rank 'some files' --config 'my region.yaml'\n"
    assert served.paths == [slice_path(2023, area) for area in AREAS]
    code, _, err = run(*shlex.split(out)[1:])
    assert code == 0, err


def test_the_quarter_is_the_configs_unless_one_is_asked_for(run, served, tmp_path):
    (tmp_path / "c.yaml").write_text(
        "region: {areas: ['98001']}\nperiod: {base: 2022, end: 2023, quarter: 2}\n",
        encoding="utf-8",
    )

    def names(*options):
        out = run("fetch", "-c", "c.yaml", *options, "--dry-run")[1]
        return {line.split(".")[1] for line in out.splitlines()}

    assert names() == {"q2"}
    assert names("--quarter", "3") == {"q3"}
    assert names("--quarter", "1", "--quarter", "4") == {"q1", "q4"}


def test_one_quarter_stands_in_the_printed_command(tmp_path):
    asked = Asked((tmp_path,), "c.yaml", period="2022:2023")
    assert next_command(asked, Path("qcew"), {3}).endswith("--period 2022:2023 --quarter 3")
    for quarters in (set(), {1, 2, 3, 4}):
        assert "--quarter" not in next_command(asked, Path("qcew"), quarters)
    assert next_command(asked, Path("qcew"), all_regions=True).endswith("--all-regions")


def test_all_regions_of_a_config_are_fetched(run, served, tmp_path):
    (tmp_path / "c.yaml").write_text(
        "benchmark: US000\nperiod: {base: 2022, end: 2023}\n"
        "regions: [{name: A, areas: ['98001']}, {name: B, areas: ['98003']}]\n",
        encoding="utf-8",
    )
    code, out, _ = run("fetch", "-c", "c.yaml")
    assert (code, out) == (0, "sectorscan rank qcew --config c.yaml --all-regions\n")
    assert len(served.paths) == 6
    code, _, err = run(*shlex.split(out)[1:])
    assert code == 0, err


def test_the_second_time_nothing_is_asked_for(run, served):
    run("fetch", *REGION)
    asked = len(served.asked)
    code, out, err = run("fetch", *REGION)
    assert (code, err) == (0, "0 files downloaded into qcew (0.0 MB); 6 there already.\n")
    assert out.startswith("sectorscan rank qcew")
    assert len(served.asked) == asked


def test_a_dry_run_lists_and_asks_nothing(run, served, tmp_path):
    code, out, err = run("fetch", *REGION, "--dry-run")
    assert code == 0
    lines = [line.split("  ") for line in out.splitlines()]
    assert lines[0] == ["2023.annual.US000.csv", served.base + slice_path(2023, "US000")]
    assert len(lines) == 6
    assert err == "6 files would be asked for; 0 there already in qcew.\n"
    assert not served.asked
    assert not list(tmp_path.iterdir())


def test_failures_are_listed_and_the_good_ones_stay(run, served, tmp_path):
    served.serve(2023, "98003", Answer(status=404))
    served.serve(2022, "98001", Answer(b"<html>"))
    code, out, err = run("fetch", *REGION)
    assert (code, out) == (1, "")
    first, *errors, last = err.splitlines()
    assert first.startswith("4 files downloaded into qcew")
    assert errors[0].startswith("error: 2023.annual.98003.csv: 127.0.0.1:")
    assert errors[1].startswith("error: 2022.annual.98001.csv: a web page came")
    assert last == "2 problems."
    assert (tmp_path / "qcew" / "2023.annual.98001.csv").read_bytes() == table()


def test_quiet_says_only_what_a_script_needs(run, served):
    code, out, err = run("fetch", *REGION, "--quiet")
    assert (code, err) == (0, "")
    assert out.startswith("sectorscan rank")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--base-url", "data.bls.gov"], 2, "write an address such as"),
        (["--quarter", "5"], 2, "quarter"),
        (["--period", "2023:2020"], 2, "period"),
        (["--to", ""], 2, "path is empty"),
        (["--benchmark", "US"], 1, "Write US000."),
        (["--to", "a file"], 1, "can't be made"),
    ],
)
def test_mistakes_are_said_before_anything_is_asked(run, served, tmp_path, arguments, code, words):
    (tmp_path / "a file").write_text("", encoding="utf-8")
    found, out, err = run("fetch", *REGION, *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert not served.asked


def test_an_option_wins_over_the_environments_address(run, served, monkeypatch):
    monkeypatch.setenv("SECTORSCAN_FETCH_URL", "http://127.0.0.1:9")
    assert run("fetch", *REGION, "--base-url", served.base)[0] == 0


def fetching(server, folder, **more):
    command = [sys.executable, "-m", "sectorscan", "fetch", *REGION, "--base-url", server.base]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, **more)


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent otherwise on Windows")
def test_an_interrupt_ends_with_130_and_nothing_torn(served, tmp_path):
    with fetching(served, tmp_path, stderr=subprocess.PIPE) as process:
        interrupt = functools.partial(process.send_signal, signal.SIGINT)
        served.serve(2023, "98001", Answer(table(), stall=30.0, act=interrupt))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert out == b""
    kept = {path.name for path in (tmp_path / "qcew").iterdir()}
    assert kept == {"2023.annual.US000.csv", MANIFEST}


@pytest.mark.skipif(os.name == "nt", reason="needs a Unix terminal")
def test_a_bar_shows_on_a_terminal_only(served, tmp_path):
    ours, theirs = os.openpty()
    with fetching(served, tmp_path, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # how a terminal says that its other side has gone
                break
            if not piece:
                break
            shown += piece
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert b"6/6" in shown
    assert b"2023.annual.98001.csv" in shown
    assert out == b"sectorscan rank qcew --region 98001,98003 --period 2022:2023\n"
