"""The log: every line whole, its size bounded, and nothing written where a link leads."""

import json
import os

import pytest

from sectorscan.errors import Finding
from sectorscan.refresh.log import EARLIER, LOG, Log

POSIX = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def events(folder, name=LOG):
    return [json.loads(line) for line in (folder / name).read_text("ascii").splitlines()]


@pytest.mark.parametrize("left", [b'{"event": "half', b"\0" * 300, b'{"a": 1}\n{"b"'])
def test_a_line_that_was_cut_short_is_taken_away(tmp_path, left):
    (tmp_path / LOG).write_bytes(left)
    Log(tmp_path).add("started")
    whole = left.count(b"\n")
    assert [one.get("event") for one in events(tmp_path)] == [None] * whole + ["started"]


@POSIX
def test_a_full_disk_leaves_no_half_line(tmp_path, monkeypatch):
    log = Log(tmp_path)
    log.add("started")
    whole = (tmp_path / LOG).read_bytes()
    fdopen = os.fdopen

    class Full:
        """A file that takes ten bytes of what is written."""

        def __init__(self, stream):
            self.stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def __getattr__(self, name):
            return getattr(self.stream, name)

        def write(self, content):
            return self.stream.write(content[:10])

    monkeypatch.setattr(os, "fdopen", lambda *a, **o: Full(fdopen(*a, **o)))
    log.add("done")
    assert (tmp_path / LOG).read_bytes() == whole


def test_it_does_not_grow_without_bound(tmp_path):
    log = Log(tmp_path)
    log.failed([Finding("x" * 10_000)] * 1000)
    (one,) = events(tmp_path)
    assert (len(one["findings"]), len(one["findings"][0]), one["more"]) == (20, 500, 980)
    line = (tmp_path / LOG).stat().st_size
    while not (tmp_path / EARLIER).exists():
        log.failed([Finding("x" * 10_000)] * 1000)
        assert (tmp_path / LOG).stat().st_size < (1 << 20) + 2 * line
    assert len(events(tmp_path)) == 1
    assert len(events(tmp_path, EARLIER)) > 50


@POSIX
def test_a_link_or_a_pipe_in_its_place_is_left_alone(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep\n")
    (tmp_path / LOG).symlink_to(victim)
    Log(tmp_path).add("started")
    assert victim.read_bytes() == b"keep\n"
    (tmp_path / LOG).unlink()
    os.mkfifo(tmp_path / LOG)
    Log(tmp_path).add("started")
    (tmp_path / LOG).unlink()
    (tmp_path / LOG).mkdir()
    Log(tmp_path).add("started")
