"""What goes wrong in the middle: whatever it was, runs are whole and the next refresh works."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.refresh.runs import DAY, check_next_one_works, check_runs, finished, started

from sectorscan.errors import InputError, SectorscanError
from sectorscan.refresh.folder import locked
from sectorscan.refresh.run import refresh
from sectorscan.sources import load as loading

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
KILLS = int(os.environ.get("SECTORSCAN_KILLS", "5"))
"""How many times a run is killed: more outside of the usual tests (SECTORSCAN_KILLS=50)."""
ARGUMENTS = ("--date", "2026-11-22", "--quiet")

# Kills itself when it opens the n-th file for writing below runs/, or renames there: every moment
# at which something can be half done.
KILLED_AT = """
import os, signal, sys
number = int(sys.argv.pop(1))
seen = 0
def hook(event, arguments):
    global seen
    if event == "os.rename" or (event == "open" and arguments[1] in ("w", "wb", "xb")):
        if "runs" in str(arguments[0]):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from sectorscan.cli import main
sys.argv[0] = "sectorscan"
main()
"""


@POSIX
def test_killed_at_random_moments(project):
    seed = random.randrange(2**32)  # noqa: S311
    print("seed", seed)  # noqa: T201
    moments = random.Random(seed)  # noqa: S311
    before = time.monotonic()
    assert finished(project, *ARGUMENTS)[0] == 0
    lasts = time.monotonic() - before
    killed = 0
    for _ in range(KILLS):
        process = started(project, *ARGUMENTS)
        time.sleep(moments.uniform(0, lasts))
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        check_runs(project)
        assert (project / "runs" / "latest").exists()
    assert killed
    check_next_one_works(project)


@POSIX
def test_killed_at_every_write(project):
    number = 0
    while True:
        number += 1
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(number), "refresh", str(project), *ARGUMENTS],
            check=False,
            capture_output=True,
        )
        check_runs(project)
        if done.returncode != -signal.SIGKILL:
            break
    assert done.returncode == 0, done.stderr
    # Config, tables, two reports and the ranking, the manifest, two renames, latest.
    assert number > 8
    check_next_one_works(project)


@POSIX
@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM"])
def test_interrupted_leaves_nothing_but_its_log(project, by):
    process = started(project, *ARGUMENTS)
    log = project / "refresh.log.jsonl"
    while not log.exists():
        time.sleep(0.01)
        assert process.poll() is None
    process.send_signal(getattr(signal, by))
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert [p.name for p in (project / "runs").iterdir()] == [".lock"]
    events = [json.loads(line)["event"] for line in log.read_text("ascii").splitlines()]
    assert events == ["started", "interrupted"]
    check_next_one_works(project)


@POSIX
@pytest.mark.parametrize("most_bytes", [1_000, 100_000, 600_000])
def test_a_full_disk_is_told(project, most_bytes):
    import resource

    refresh(project, DAY)
    code, _, err = finished(
        project,
        *ARGUMENTS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )
    assert code == 1
    assert "error: runs: the output can't be written: File too large." in err
    assert "Traceback" not in err
    assert len(list((project / "runs").glob("*-*-*"))) == 1
    check_runs(project)
    check_next_one_works(project)


def without_roots_rights():
    """Have root obey a folder's permissions in this process, as everybody else does."""
    import ctypes

    drop_from_bounding_set, may_write_anywhere = 24, 1
    if os.getuid() == 0 and ctypes.CDLL(None).prctl(drop_from_bounding_set, may_write_anywhere):
        os._exit(77)


@POSIX
def test_a_folder_that_may_not_be_written_to_is_told(project):
    project.chmod(0o555)
    code, out, err = finished(project, *ARGUMENTS, preexec_fn=without_roots_rights)
    project.chmod(0o755)
    if code == 77:
        pytest.skip("root can't give its rights away here")
    assert (code, out) == (1, "")
    assert err.startswith("error: runs: no permission to write the output.")
    assert sorted(p.name for p in project.iterdir()) == ["inputs", "sectorscan.yaml"]
    refresh(project, DAY)
    (project / "runs").chmod(0o555)
    code, out, err = finished(project, *ARGUMENTS, preexec_fn=without_roots_rights)
    (project / "runs").chmod(0o755)
    assert (code, out) == (1, "")
    assert err.startswith("error: runs: no permission to write the output.")
    assert "Traceback" not in err
    check_runs(project)
    check_next_one_works(project)


def test_a_lock_left_by_a_dead_process_blocks_nobody(project):
    (project / "runs").mkdir()
    (project / "runs" / ".lock").write_text("4194304\n", encoding="ascii")
    left = project / "runs" / ".tmp-4194304"
    left.mkdir()
    (left / "ranking.json").write_text("half", encoding="ascii")
    (project / "runs" / ".sectorscan-0123.tmp").write_text("half", encoding="ascii")
    outcome = refresh(project, DAY)
    assert outcome.cleaned == (".sectorscan-0123.tmp", ".tmp-4194304")
    check_next_one_works(project)


def test_two_refreshes_at_once(project):
    (project / "runs").mkdir()
    with locked(project / "runs"):
        code, out, err = finished(project, *ARGUMENTS)
        assert (code, out) == (1, "")
        assert "another refresh of this project is running" in err
        with pytest.raises(SectorscanError, match="another refresh"):
            refresh(project, DAY)
    both = [started(project, *ARGUMENTS) for _ in range(2)]
    ends = [process.communicate(timeout=120) for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    assert set(codes) <= {0, 1}
    for code, (_, err) in zip(codes, ends, strict=True):
        assert code == 0 or b"another refresh" in err
    check_runs(project)
    check_next_one_works(project)


def grown(path):
    with path.open("a", encoding="utf-8") as stream:
        stream.write("98001,311,2023,private,1,1\n")


def twin(path):
    path.with_name("wages_new.csv").write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (grown, "employment.csv", "inputs/employment.csv: this input has changed"),
        (Path.unlink, "wages.csv", "inputs/wages.csv: this input is no longer there"),
        (twin, "wages.csv", "inputs/wages_new.csv: this input has appeared"),
    ],
)
@pytest.mark.parametrize("when", ["before it is read", "after it is read"])
def test_an_input_that_changes_during_the_run(project, monkeypatch, change, name, words, when):
    refresh(project, DAY)
    path = project / "inputs" / name
    content, load = path.read_bytes(), loading.load

    def meanwhile(*arguments):
        if when == "before it is read":
            change(path)
            return load(*arguments)
        tables = load(*arguments)
        change(path)
        return tables

    monkeypatch.setattr(loading, "load", meanwhile)
    with pytest.raises(InputError, match=words):
        refresh(project, DAY)
    assert len(list((project / "runs").glob("*-*-*"))) == 1
    monkeypatch.undo()
    path.write_bytes(content)
    (project / "inputs" / "wages_new.csv").unlink(missing_ok=True)
    check_next_one_works(project)


def test_a_run_folder_that_was_taken_away_is_no_longer_the_latest(project):
    refresh(project, DAY)
    second = refresh(project, DAY).run
    shutil.rmtree(project / "runs" / second)
    assert refresh(project, DAY).run == second
    (project / "runs" / "latest").write_bytes(b"\xff" * 100)
    check_next_one_works(project)
