"""No command but fetch opens a connection: each one runs with every way to the network watched."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from tests.readiness.filling import write_blank

from sectorscan.cli.app import app
from sectorscan.cli.new_folder import contents, make
from sectorscan.cli.project import Settings
from sectorscan.config.loader import load_config
from sectorscan.refresh.run import refresh

QCEW = Path(__file__).resolve().parents[2] / "data" / "samples_qcew"
REGION = ("--region", "98001,98003", "--period", "2022:2023")

# One line or more for each command, the more of it runs the better. A new command needs its line:
# `test_every_command_has_its_line` says so.
CALLS = {
    "rank": [
        (),
        (QCEW, *REGION, "--out", "list.xlsx", "--out", "list.parquet", "--charts", "slides"),
        (QCEW, *REGION, "--out", "list.html"),
    ],
    "explain": [("332",), ("722", QCEW, *REGION, "--out", "one.md")],
    "compare": [("332", "621"), ("722", "621", "484", QCEW, *REGION, "--out", "three.md")],
    "robustness": [(), (QCEW, *REGION, "--format", "json", "--out", "trust.md")],
    "check": [(), (QCEW, *REGION, "--format", "json")],
    "prepare": [(QCEW, *REGION, "--out", "prepared")],
    "scope": [("332",), ("722", QCEW, *REGION, "--out", "footprint.xlsx")],
    "shiftshare": [(), (QCEW, *REGION, "--method", "all", "--out", "s.xlsx")],
    "weights": [("new", "--method", "ahp", "--out", "weights.xlsx"), ("compare",)],
    "areas": [("franklin", "ohio")],
    "industries": [("semiconductor",)],
    "scorecard": [("new", "--top", "2", "--out", "new.xlsx"), ("read", "card.xlsx")],
    "plan": [(), ("--readiness", "card.xlsx", "--out", "plan.md")],
    "init": [("project",), ("ohio", "--region", "39049", "--name", "Franklin County")],
    "refresh": [("project", "--date", "2026-11-22", "--dry-run"), ("project",)],
    "changes": [("project/runs/2025-11-22", "project/runs/2025-11-22-2", "--out", "c.md")],
    "reproduce": [("project",)],
    "trend": [("project", "--out", "trend.csv", "--out", "trend.html")],
    "indicators": [()],
    "schema": [()],
    "fetch": [(*REGION, "--dry-run")],
}
NETWORK = [*REGION, "--base-url", "http://127.0.0.1:9"]

# Python tells its audit hooks of each of these, whichever library asks; libraries of other
# languages would not be seen, and of those used here none has a reason to connect.
WATCHED = """
import sys
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
          "socket.sendmsg", "socket.bind"}
def hook(event, arguments):
    if event in EVENTS:
        with open("tried.txt", "a") as stream:
            stream.write(event + "\\n")
        raise OSError("no network here")
sys.addaudithook(hook)
from sectorscan.cli import main
sys.argv[0] = "sectorscan"
main()
"""


def watched(folder, name, arguments):
    """Run a command; return how it ended and what it tried to reach."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, name, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "SECTORSCAN_FETCH_URL": ""},
        capture_output=True,
        check=False,
        timeout=300,
    )
    tried = folder / "tried.txt"
    return done, tried.read_text(encoding="utf-8").split() if tried.exists() else []


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project folder with one run in it."""
    folder = tmp_path_factory.mktemp("yearly") / "project"
    make(folder, contents(folder, Settings())[0])
    for _ in ("runs/2025-11-22", "runs/2025-11-22-2"):
        refresh(folder, dt.date(2025, 11, 22))
    return folder


def test_every_command_has_its_line():
    names = set(typer.main.get_command(app).commands)
    assert names == set(CALLS), "add the new command's arguments to CALLS"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [(name, arguments) for name, calls in CALLS.items() for arguments in calls],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} arguments",
)
def test_no_command_tries_to_connect(name, arguments, tmp_path, project):
    if any(str(one).startswith("project") for one in arguments) and name != "init":
        shutil.copytree(project, tmp_path / "project")
    if "card.xlsx" in arguments:
        write_blank(tmp_path / "card.xlsx", load_config().config.scorecard)
    done, tried = watched(tmp_path, name, arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert tried == []


def test_the_watch_sees_a_command_that_does(tmp_path):
    done, tried = watched(tmp_path, "fetch", NETWORK)
    assert done.returncode == 1
    assert tried
    assert b"can't be reached" in done.stderr
