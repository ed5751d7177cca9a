"""The files that schedule a refresh: each reads as its scheduler has it, and calls what exists."""

import configparser
import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path, PureWindowsPath

import pytest
import typer
import yaml

from sectorscan.cli.app import app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
"""Minute, hour, day of the month, month, day of the week: crontab(5)."""
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def check_call(words):
    """Check that the words after the program's name are a command line that it takes."""
    group = typer.main.get_command(app)
    command = group.get_command(None, words[0])
    parsed = command.make_context(words[0], list(words[1:]))
    assert parsed.params["if_changed"], "a schedule that runs monthly does nothing without a change"
    assert words[0] == "refresh"


def check_moment(text):
    fields = text.split()
    assert len(fields) == len(RANGES)
    for field, (least, most) in zip(fields, RANGES, strict=True):
        assert field == "*" or least <= int(field) <= most


def unit(name):
    parser = configparser.ConfigParser(interpolation=None, strict=True, delimiters=("=",))
    parser.optionxform = str
    parser.read_string((EXAMPLES / name).read_text(encoding="ascii"))
    return parser


def test_cron():
    lines = (EXAMPLES / "sectorscan.cron").read_text(encoding="ascii").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    settings = [line for line in lines if re.fullmatch(r"[A-Z]+=\S+", line)]
    (entry,) = [line for line in lines if line not in settings]
    *moment, command = entry.split(maxsplit=5)
    check_moment(" ".join(moment))
    assert "%" not in command, "cron takes a percent sign for a line's end"
    program, *words = shlex.split(command)
    assert program == "sectorscan"
    check_call(words)


@pytest.mark.skipif(os.name == "nt", reason="cron's shell")
def test_cron_passes_the_project_whatever_the_home_folder_is_called(tmp_path):
    home = tmp_path / "a home with 'quotes'"
    program = home / "bin" / "sectorscan"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 3\n", encoding="ascii")
    program.chmod(0o755)
    lines = (EXAMPLES / "sectorscan.cron").read_text(encoding="ascii").splitlines()
    done = subprocess.run(
        ["/bin/sh", "-c", lines[-1].split(maxsplit=5)[5]],
        env={"HOME": str(home), "PATH": str(program.parent)},
        capture_output=True,
        check=False,
        text=True,
    )
    words = ["refresh", f"{home}/my_region", "--if-changed", "--quiet"]
    assert (done.stdout.splitlines(), done.returncode) == (words, 3)


def test_systemd_service_and_timer():
    service, timer = unit("sectorscan-refresh.service"), unit("sectorscan-refresh.timer")
    program, *words = shlex.split(service["Service"]["ExecStart"])
    assert Path(program).name == "sectorscan"
    assert service["Service"]["Type"] == "oneshot"
    check_call(words)
    found = re.fullmatch(r"\*-\*-(\d\d) (\d\d:\d\d:\d\d)", timer["Timer"]["OnCalendar"])
    assert 1 <= int(found[1]) <= 28
    dt.time.fromisoformat(found[2])
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd isn't installed")
def test_systemd_reads_its_calendar_and_its_units(tmp_path):
    moment = unit("sectorscan-refresh.timer")["Timer"]["OnCalendar"]
    done = subprocess.run(["systemd-analyze", "calendar", moment], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    units = [EXAMPLES / f"sectorscan-refresh.{kind}" for kind in ("service", "timer")]
    # It asks whether the program is there, too.
    program = tmp_path / ".local" / "bin" / "sectorscan"
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *units],
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )
    told = [line for line in done.stderr.splitlines() if "sectorscan" in line]
    assert (done.returncode, told) == (0, [])


def test_windows_task():
    # schtasks takes a file without a declared encoding, in ASCII.
    text = (EXAMPLES / "sectorscan-refresh.xml").read_bytes().decode("ascii")
    assert text.startswith('<?xml version="1.0"?>')
    task = ET.fromstring(text)  # noqa: S314
    assert task.tag == f"{TASK}Task"
    parts = [child.tag.removeprefix(TASK) for child in task]
    assert parts == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    # The schema's sequences (MS-TSCH 2.5): what is there stands in this order.
    for path, order in (
        ("Triggers/CalendarTrigger", ("Enabled", "StartBoundary", "EndBoundary", "Repetition",
                                      "ExecutionTimeLimit", "RandomDelay", "ScheduleByMonth")),
        ("Triggers/CalendarTrigger/ScheduleByMonth", ("DaysOfMonth", "Months")),
        ("Actions/Exec", ("Command", "Arguments", "WorkingDirectory")),
    ):  # fmt: skip
        element = task.find("/".join(f"{TASK}{part}" for part in path.split("/")))
        children = [child.tag.removeprefix(TASK) for child in element]
        assert children == [name for name in order if name in children], path
    assert task.find(f"{TASK}Actions").get("Context") == task.find(
        f"{TASK}Principals/{TASK}Principal"
    ).get("id")
    trigger = task.find(f"{TASK}Triggers/{TASK}CalendarTrigger")
    dt.datetime.fromisoformat(trigger.findtext(f"{TASK}StartBoundary"))
    assert len(trigger.find(f"{TASK}ScheduleByMonth/{TASK}Months")) == 12
    action = task.find(f"{TASK}Actions/{TASK}Exec")
    for name in ("Command", "WorkingDirectory"):
        # Whole paths as Windows takes them; quotes would be part of the name.
        assert PureWindowsPath(action.findtext(f"{TASK}{name}")).is_absolute()
        assert '"' not in action.findtext(f"{TASK}{name}")
    assert action.findtext(f"{TASK}Command").endswith("sectorscan.exe")
    check_call(shlex.split(action.findtext(f"{TASK}Arguments")))


def test_github_actions():
    text = (EXAMPLES / "sectorscan-refresh.yml").read_text(encoding="ascii")
    workflow = yaml.safe_load(text)
    # YAML 1.1 takes the key on for a truth value.
    triggers = workflow[True]
    check_moment(triggers["schedule"][0]["cron"])
    (job,) = workflow["jobs"].values()
    calls = [step["run"] for step in job["steps"] if "sectorscan refresh" in step.get("run", "")]
    program, *words = shlex.split(calls[0])
    assert program == "sectorscan"
    check_call(words)
    assert workflow["permissions"] == {"contents": "write"}


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="git and its shell")
@pytest.mark.parametrize("made", [True, False])
def test_github_actions_commit_a_run_and_the_log_of_a_failed_one(tmp_path, monkeypatch, made):
    """The last step of the workflow, as the runner's shell has it, in a checked out repository."""

    def git(*words):
        done = subprocess.run(["git", *words], check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "nobody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "nobody@example.org")
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git("clone", "--quiet", "origin.git", "checkout")
    monkeypatch.chdir(tmp_path / "checkout")
    git("checkout", "--quiet", "-B", "main")
    Path(".gitignore").write_text("runs/.*\n", encoding="ascii")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin")
    git("push", "--quiet", "--set-upstream", "origin", "HEAD:main")
    Path("runs").mkdir()
    Path("runs/.lock").touch()
    Path("refresh.log.jsonl").write_text("{}\n", encoding="ascii")
    if made:
        Path("runs/2026-11-22").mkdir()
        Path("runs/2026-11-22/manifest.json").write_text("{}", encoding="ascii")
    workflow = yaml.safe_load((EXAMPLES / "sectorscan-refresh.yml").read_text(encoding="ascii"))
    last = workflow["jobs"]["refresh"]["steps"][-1]
    assert last["if"] == "always()"
    done = subprocess.run(["/bin/sh", "-e", "-c", last["run"]], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    kept = [".gitignore", "refresh.log.jsonl", *["runs/2026-11-22/manifest.json"] * made]
    assert git("ls-tree", "-r", "--name-only", "origin/main") == kept


def test_every_example_is_in_the_table():
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    page = (EXAMPLES.parent / "docs" / "scheduling.md").read_text(encoding="utf-8")
    for path in EXAMPLES.iterdir():
        if path.name != "README.md":
            assert f"`{path.name}`" in table
            assert f"../examples/{path.name}" in page
