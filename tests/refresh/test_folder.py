"""The folder of runs: what a death between any two steps leaves, and what else may lie there."""

import datetime as dt
import os

import pytest
from tests.refresh.runs import DAY

from sectorscan.errors import SectorscanError
from sectorscan.refresh import folder as folders
from sectorscan.refresh.folder import clean, latest_run, locked, publish, run_names, working

POSIX = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
STEPS = ("rename", "replace", "fsync", "mkdir", "unlink")


class DiedError(BaseException):
    """The process is gone: nothing is cleaned up."""


class Death:
    """Ends everything at the n-th step of the system, before it is taken or just after it."""

    def __init__(self, monkeypatch, number, *, after):
        self.seen, self.number, self.after = 0, number, after
        for name in STEPS:
            monkeypatch.setattr(os, name, self.deadly(getattr(os, name)))

    def deadly(self, step):
        def taken(*arguments, **options):
            self.seen += 1
            if self.seen > self.number or (self.seen == self.number and not self.after):
                raise DiedError
            result = step(*arguments, **options)
            if self.seen == self.number:
                raise DiedError
            return result

        return taken


def written(runs, date=DAY):
    """Publish a run folder that holds a manifest alone."""
    with working(runs) as folder:
        (folder / "manifest.json").write_bytes(b"{}")
        return publish(folder, runs, date)


@pytest.fixture
def runs(tmp_path):
    """Return a folder with one run in it."""
    (tmp_path / "runs").mkdir()
    written(tmp_path / "runs")
    return tmp_path / "runs"


@pytest.mark.parametrize("after", [False, True])
def test_a_death_at_any_step_leaves_the_latest_one_whole(runs, monkeypatch, after):
    seen = set()
    for number in range(1, 40):
        before = run_names(runs)
        with monkeypatch.context() as patch:
            patch.setattr(folders, "_remove", lambda _: None)
            death = Death(patch, number, after=after)
            try:
                written(runs)
            except DiedError:
                pass
            else:
                break
        assert death.seen >= number
        added = [name for name in run_names(runs) if name not in before]
        # A run that is there is the latest one, whether or not the file says so by now.
        assert latest_run(runs).name == (added or before)[-1]
        said = (runs / "latest").read_text(encoding="ascii").strip()
        seen.add((len(added), said == latest_run(runs).name))
        clean(runs)
        assert (runs / "latest").read_text(encoding="ascii").strip() == (added or before)[-1]
        assert {path.name for path in runs.iterdir()} == {*run_names(runs), "latest"}
    assert 8 < number < 39
    # Nothing new; a run that latest doesn't name yet; one that it names.
    assert seen == {(0, True), (1, False), (1, True)}


def test_a_name_written_down_for_a_run_that_never_came_counts_for_nothing(runs):
    (runs / ".next").write_bytes(b"2026-11-22-2\n")
    assert latest_run(runs).name == "2026-11-22"
    clean(runs)
    assert not (runs / ".next").exists()


@pytest.mark.parametrize(
    "content",
    [b"2026-11-22\r\n", b"\xef\xbb\xbf2026-11-22\r\n", b"  2026-11-22"],
    ids=["carriage return", "byte order mark", "space"],
)
def test_latest_as_an_editor_may_save_it(runs, content):
    written(runs)
    (runs / "latest").write_bytes(content)
    assert latest_run(runs).name == "2026-11-22"


@pytest.mark.parametrize(
    "content",
    [b"", b"../../etc\n", b"2026-11-22\n2026-11-22\n", b"\xff" * 100, b"2026-99-99\n", b".\n"],
)
def test_a_latest_that_names_no_run_counts_for_nothing(runs, content):
    written(runs)
    (runs / "latest").write_bytes(content)
    assert latest_run(runs).name == "2026-11-22-2"


@POSIX
def test_a_link_named_latest_is_replaced_and_its_target_left_alone(runs, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"2026-11-22")
    for target in (victim, runs / "2026-11-22", runs / "latest"):
        (runs / "latest").unlink()
        (runs / "latest").symlink_to(target)
        with locked(runs):
            name = written(runs)
        assert not (runs / "latest").is_symlink()
        assert (runs / "latest").read_text(encoding="ascii") == f"{name}\n"
    assert victim.read_bytes() == b"2026-11-22"


@POSIX
@pytest.mark.parametrize("name", [".lock", ".next"])
def test_a_link_that_would_be_written_through_is_refused(runs, tmp_path, name):
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep")
    (runs / name).symlink_to(victim)
    with pytest.raises(SectorscanError, match=f"runs/{name}: this must be a file"), locked(runs):
        pass
    assert victim.read_bytes() == b"keep"


@pytest.mark.parametrize("name", ["latest", ".lock", ".next"])
def test_a_folder_in_a_files_place_is_told_before_anything_is_done(runs, name):
    (runs / name).unlink(missing_ok=True)
    (runs / name).mkdir()
    with pytest.raises(SectorscanError, match=f"runs/{name}: this must be a file"), locked(runs):
        pass
    assert (runs / name).is_dir()


@POSIX
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_named_latest_keeps_nobody_waiting(runs):
    (runs / "latest").unlink()
    os.mkfifo(runs / "latest")
    assert latest_run(runs).name == "2026-11-22"
    with pytest.raises(SectorscanError, match="runs/latest: this must be a file"), locked(runs):
        pass


def test_a_file_or_a_broken_link_named_runs_is_told(tmp_path):
    (tmp_path / "runs").write_bytes(b"")
    with pytest.raises(SectorscanError, match="runs: this must be a folder"):
        locked(tmp_path / "runs").__enter__()


def test_what_else_lies_there_is_no_run_and_stays(runs):
    strays = ("old copy", "2026-11-22 (2)", "2026-11-22-02", "2026-11-22-1", ".tmp", ".tmp-mine")
    for name in strays:
        (runs / name).mkdir()
        (runs / name / "manifest.json").write_bytes(b"{}")
    (runs / "2026-11-22-2").write_bytes(b"a file")
    (runs / "Thumbs.db").write_bytes(b"")
    assert run_names(runs) == ["2026-11-22"]
    assert clean(runs) == []
    assert written(runs) == "2026-11-22-3"
    assert all((runs / name / "manifest.json").is_file() for name in strays)


def test_a_clock_set_back_leaves_the_run_made_last_the_latest(runs):
    assert written(runs, dt.date(2001, 1, 1)) == "2001-01-01"
    assert latest_run(runs).name == "2001-01-01"
    (runs / "latest").unlink()
    assert latest_run(runs).name == "2026-11-22"


def test_a_disk_without_locks_is_told(runs, monkeypatch):
    import filelock

    def refused(*_, **__):
        message = "FileSystem does not appear to support flock"
        raise NotImplementedError(message)

    monkeypatch.setattr(filelock.FileLock, "acquire", refused)
    with pytest.raises(SectorscanError, match="this disk has no locks"), locked(runs):
        pass
