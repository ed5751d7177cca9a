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

from sectorscan.errors import SectorscanError
from sectorscan.refresh import folder as folders
from sectorscan.refresh.folder import locked
from sectorscan.refresh.reproduce import reproduce
from sectorscan.refresh.run import refresh
from sectorscan.refresh.stopping import interrupt_when_asked, uninterrupted

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
KILLS = int(os.environ.get("SECTORSCAN_KILLS", "5"))
"""How many times a run is killed: more outside of the usual tests (SECTORSCAN_KILLS=50)."""
ARGUMENTS = ("--date", "2026-11-22", "--quiet")

# Forks a refresh for every moment at which something can be half done, which kills itself there:
# when it opens a file for writing below runs/, or renames one. (Flushes too: test_folder.py.)
KILLED_AT_EVERY_STEP = """
import os, pathlib, signal, sys
from tests.refresh.runs import DAY, check_runs
from sectorscan.refresh.run import refresh
project = pathlib.Path(sys.argv[1])
refresh(project, DAY, trial=True)

def deadly(number):
    seen = 0
    def hook(event, arguments):
        nonlocal seen
        if event == "os.rename" or (event == "open" and arguments[1] in ("w", "wb", "xb")):
            if "runs" in str(arguments[0]):
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

number, status = 0, signal.SIGKILL
while status == signal.SIGKILL:
    number += 1
    child = os.fork()
    if not child:
        signal.alarm(60)
        deadly(number)
        refresh(project, DAY)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    check_runs(project)
print(number, status)
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
def test_killed_at_every_step(project):
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(project)],
        check=False,
        capture_output=True,
        cwd=Path(__file__).resolve().parents[2],
        timeout=300,
    )
    number, status = done.stdout.split()
    assert (done.stderr, status) == (b"", b"0")
    # Config, tables, two reports and the ranking, the manifest, the name, three renames.
    assert int(number) > 10
    check_next_one_works(project)


@POSIX
@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_interrupted_leaves_nothing_but_its_log(project, by):
    process = started(project, *ARGUMENTS)
    log = project / "refresh.log.jsonl"
    while not (log.exists() and log.stat().st_size):
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
def test_what_the_caller_had_ignored_stays_ignored():
    """As nohup has it, or a script that lets nobody stop it."""
    before = signal.getsignal(signal.SIGHUP), signal.getsignal(signal.SIGTERM)
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        interrupt_when_asked()
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        with uninterrupted():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGHUP, before[0])
        signal.signal(signal.SIGTERM, before[1])


@POSIX
@pytest.mark.parametrize("most_bytes", [1_000, 100_000, 600_000])
def test_a_full_disk_is_told(project, first, most_bytes):
    import resource

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

    drop_from_bounding_set, may_write_anywhere, may_read_anywhere = 24, 1, 2
    for right in (may_write_anywhere, may_read_anywhere):
        if os.getuid() == 0 and ctypes.CDLL(None).prctl(drop_from_bounding_set, right):
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
    run = project / "runs" / "2026-11-22"
    run.chmod(0)
    code, out, err = finished(project, *ARGUMENTS, preexec_fn=without_roots_rights)
    run.chmod(0o755)
    assert (code, out) == (1, "")
    assert err.startswith("error: runs: this can't be read (permission denied). ")
    assert err.endswith("check that you may read it.\n")
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


def test_a_kill_between_the_rename_and_latest_loses_nothing(project, first, monkeypatch):
    """The run is whole and counts as the latest one, for whatever asks next."""
    (project / "inputs" / "wages.csv").write_bytes(
        (project / "inputs" / "wages.csv").read_bytes() + b"\n"
    )

    class KilledError(BaseException):
        """Nothing after it is done."""

    def killed(_):
        raise KilledError

    settle = folders._settle
    with monkeypatch.context() as patch:
        # The first call puts in order what an earlier run left, the second names the new one.
        patch.setattr(folders, "_settle", lambda _: patch.setattr(folders, "_settle", killed))
        with pytest.raises(KilledError):
            refresh(project, DAY)
    assert folders._settle is settle
    latest = project / "runs" / "latest"
    assert latest.read_text(encoding="ascii") == "2026-11-22\n"
    check_runs(project)
    assert reproduce(project).run == "2026-11-22-2"
    assert refresh(project, DAY, trial=True).previous == "2026-11-22-2"
    assert latest.read_text(encoding="ascii") == "2026-11-22\n"
    outcome = refresh(project, DAY, if_changed=True)
    assert (outcome.status, outcome.run) == ("unchanged", "2026-11-22-2")
    assert latest.read_text(encoding="ascii") == "2026-11-22-2\n"
    assert refresh(project, DAY).previous == "2026-11-22-2"
    check_next_one_works(project)


def test_a_run_folder_that_was_taken_away_is_no_longer_the_latest(project, first):
    second = refresh(project, DAY).run
    shutil.rmtree(project / "runs" / second)
    assert refresh(project, DAY).run == second
    (project / "runs" / "latest").write_bytes(b"\xff" * 100)
    check_next_one_works(project)
