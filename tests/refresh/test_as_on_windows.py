"""A project's year where whatever is open can't be renamed or deleted, as on Windows."""

import gc
import json
import os
from pathlib import Path

import pytest
from tests.as_windows import HANDLES, held, play
from tests.refresh.rated import configure, fill, put_figures
from tests.refresh.runs import DAY
from tests.running import run_program as run

from sectorscan.errors import SectorscanError
from sectorscan.refresh.folder import latest_run, publish, run_names, working

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"
pytestmark = pytest.mark.skipif(not HANDLES.exists(), reason="no list of open files here")


def test_a_year_leaves_no_file_open_that_it_moves_or_deletes(tmp_path, monkeypatch):
    # As the command line has it: nothing closes a file by chance.
    monkeypatch.setattr(gc, "collect", lambda *_: 0)
    gc.disable()
    project = tmp_path / "Sector figures"
    put_figures(project)
    configure(project)
    # Saved by a script, so formulas lack their results: that is read in another way.
    fill(project, lambda *_: 3, date="2026-06-01")
    refused = play(monkeypatch)
    try:
        for day in ("2026-11-22", "2026-11-23"):
            code, _, err = run("refresh", project, "--date", day, "-q")
            assert (code, refused) == (0, []), err
            assert held(project) == []
        assert run("reproduce", project, "-q")[0] == 0
        assert run("refresh", project, "--dry-run", "-q")[0] == 0
        out = tmp_path / "trend.html"
        assert run("trend", project, "--out", out, "-q")[0] == 0
    finally:
        gc.enable()
    assert (refused, held(tmp_path)) == ([], [])
    assert {path.name for path in (project / "runs").iterdir()} <= {
        *("2026-11-22", "2026-11-23", "latest", ".lock"),
    }


def test_manifests_have_slashes_and_one_order_of_capitals(tmp_path):
    project = tmp_path / "project"
    put_figures(project)
    (project / "cards").mkdir()
    configure(project, "readiness: cards\\Zoe.xlsx\n")
    fill(project, lambda *_: 3, date="2026-06-01")
    for name in ("Zoe", "amy"):
        (project / "cards" / f"{name}.xlsx").write_bytes((project / "card.xlsx").read_bytes())
    configure(project, "readiness: [cards\\Zoe.xlsx, 'cards\\amy.xlsx']\n")
    assert run("refresh", project, "--date", "2026-11-22", "-q")[0] == 0
    manifest = json.loads((project / "runs/2026-11-22/manifest.json").read_bytes())
    assert [one["path"] for one in manifest["scorecards"]] == [
        "scorecards/Zoe.xlsx",
        "scorecards/amy.xlsx",
    ]


@pytest.mark.parametrize("moments", [1, 2])
def test_a_virus_scanner_that_looks_into_a_new_run_is_waited_for(tmp_path, monkeypatch, moments):
    play(monkeypatch, waits=(0.0,) * 2)
    tries = scanned(monkeypatch, "rename", moments)
    (tmp_path / "runs").mkdir()
    with working(tmp_path / "runs") as folder:
        (folder / "manifest.json").write_bytes(b"{}")
        publish(folder, tmp_path / "runs", DAY)
    assert len(tries) == moments
    assert latest_run(tmp_path / "runs").name == "2026-11-22"


def test_a_run_that_somebody_keeps_open_never_appears(tmp_path, monkeypatch):
    play(monkeypatch, waits=(0.0,) * 2)
    scanned(monkeypatch, "rename", 99)
    runs = tmp_path / "runs"
    runs.mkdir()

    def published():
        with working(runs) as folder:
            (folder / "manifest.json").write_bytes(b"{}")
            return publish(folder, runs, DAY)

    with pytest.raises(PermissionError):
        published()
    assert run_names(runs) == []
    assert [path.name for path in runs.iterdir()] == [".next"]


def scanned(monkeypatch, name, moments):
    """Have a step of the system be refused a number of times; return the refused calls."""
    step, calls = getattr(os, name), []

    def taken(*arguments, **options):
        if len(calls) < moments:
            calls.append(arguments)
            raise PermissionError(13, "Permission denied")
        return step(*arguments, **options)

    monkeypatch.setattr(os, name, taken)
    return calls


def test_an_interruption_just_after_the_folder_is_there_leaves_none(tmp_path, monkeypatch):
    make = os.mkdir

    def interrupted(*arguments, **options):
        make(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt), working(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_locked_log_stops_no_refresh(tmp_path, monkeypatch):
    from sectorscan.refresh.log import LOG, Log

    (tmp_path / LOG).write_bytes(b"{}\n")
    monkeypatch.setattr(os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "x")))
    Log(tmp_path).add("started")
    assert (tmp_path / LOG).read_bytes() == b"{}\n"


def test_an_unreadable_input_names_excel(tmp_path, monkeypatch):
    from sectorscan.refresh.folder import readable

    with pytest.raises(SectorscanError, match="Close it in Excel"), readable("card.xlsx"):
        raise PermissionError(13, "Permission denied")
