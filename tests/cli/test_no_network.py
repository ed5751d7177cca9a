"""No command but fetch opens a connection: each one runs with every way to the network watched."""

import datetime as dt
import json
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
# languages would not be seen, and of those used here none has a reason to connect. One process runs
# the commands of all tests, each in a folder of its own: what is imported is imported under watch.
WATCHED = """
import json, os, sys
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
          "socket.sendmsg", "socket.bind"}
tried = []
def hook(event, arguments):
    if event in EVENTS:
        tried.append(event)
        raise OSError("no network here")
sys.addaudithook(hook)
from sectorscan.cli.app import app
from typer.testing import CliRunner
for line in sys.stdin:
    folder, arguments = json.loads(line)
    os.chdir(folder)
    done = CliRunner().invoke(app, arguments)
    answer = {"code": done.exit_code, "said": done.stderr, "failed": repr(done.exception),
              "tried": tried[:]}
    tried.clear()
    print(json.dumps(answer), flush=True)
"""


@pytest.fixture(scope="module")
def watched():
    """Return a function that runs a command in a folder: how it ended, what it tried to reach."""
    with subprocess.Popen(
        [sys.executable, "-c", WATCHED],
        env={**os.environ, "SECTORSCAN_FETCH_URL": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:

        def call(folder, name, arguments):
            process.stdin.write(json.dumps([str(folder), [name, *map(str, arguments)]]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield call
        process.stdin.close()
        assert process.wait(timeout=60) == 0


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
def test_no_command_tries_to_connect(name, arguments, tmp_path, project, watched):
    if any(str(one).startswith("project") for one in arguments) and name != "init":
        shutil.copytree(project, tmp_path / "project")
    if "card.xlsx" in arguments:
        write_blank(tmp_path / "card.xlsx", load_config().config.scorecard)
    done = watched(tmp_path, name, arguments)
    assert done["code"] == 0, done
    assert done["tried"] == []


def test_the_watch_sees_a_command_that_does(tmp_path, watched):
    done = watched(tmp_path, "fetch", NETWORK)
    assert done["code"] == 1
    assert done["tried"]
    assert "can't be reached" in done["said"]
