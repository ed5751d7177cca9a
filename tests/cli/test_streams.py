"""Streams as shells and schedulers give them: closed, full, narrow, interrupted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these are a Unix shell's ways")
PROGRAM = f"{sys.executable} -m sectorscan"


def shell(line, **environment):
    env = {**os.environ, **environment}
    command = ["bash", "-c", f"set -o pipefail; {line}"]
    return subprocess.run(command, env=env, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("what", ["rank -q", "rank -q -f json", "rank --help", "areas a"])
def test_a_reader_that_has_seen_enough_is_no_fault(what):
    done = shell(f"{PROGRAM} {what} | head -c 10")
    assert (done.returncode, len(done.stdout)) == (0, 10)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("what", ["rank", "rank --format json", "schema"])
def test_a_full_disk_is_said_in_one_line(what):
    done = shell(f"{PROGRAM} {what} >/dev/full")
    assert done.returncode == 1
    assert b"can't be written (no space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(closed, tmp_path):
    done = shell(f"{PROGRAM} rank --out {tmp_path / 'list.csv'} {closed}")
    assert done.returncode == 0
    assert done.stderr.count(b"Traceback") == 0
    # Nothing meant for a closed stream ends up in the report.
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbfrank,tied,id")


@pytest.mark.parametrize("environment", [{"COLUMNS": "0"}, {"COLUMNS": "40"}, {"TERM": "dumb"}])
def test_the_table_shows_in_any_width(environment):
    done = shell(f"{PROGRAM} rank --quiet", **environment)
    lines = done.stdout.decode().splitlines()
    assert any("Computer and Elec" in line for line in lines)
    assert max(map(len, lines)) <= (int(environment.get("COLUMNS", "80")) or 80)


@pytest.mark.parametrize("option", ["--no-color", ""])
def test_plain_text_has_no_escapes_at_all(option):
    no_color = {} if option else {"NO_COLOR": "1"}
    assert b"\x1b" not in shell(f"{PROGRAM} rank {option}", FORCE_COLOR="1", **no_color).stdout


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.8])
def test_an_interrupt_ends_with_130_and_leaves_no_half_file(delay, tmp_path):
    command = [sys.executable, "-c", "from sectorscan.cli import main; print(end='<', flush=True);"
               "main()", "rank", "-q", "--out", str(tmp_path / "list.xlsx")]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"<"
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode in (130, 0)
    # Python itself now and then drops an interrupt that comes while it imports.
    assert process.returncode == 0 or b"Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} <= {"list.xlsx"}


def test_standard_output_of_a_strict_interpreter_is_the_same(program):
    plain = subprocess.run(
        [sys.executable, "-W", "error", "-O", "-m", "sectorscan", "rank", "--format", "csv"],
        capture_output=True, check=False, timeout=60,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "cp1252", "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert plain.returncode == 0
    assert plain.stdout == program("rank", "--format", "csv").stdout
