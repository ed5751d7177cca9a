"""Places that Windows refuses to write to, for a moment or for good, and what is said then."""

import errno
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from sectorscan.errors import Finding, SectorscanError, quoted
from sectorscan.reports.write import check
from sectorscan.sources.qcew_batches import names_of
from sectorscan.sources.qcew_engines import _address
from sectorscan.tables import writing
from sectorscan.tables.files import in_order
from sectorscan.tables.writing import patiently, trouble, write_bytes


@pytest.fixture
def windows(monkeypatch):
    """Have the writer take itself for one on Windows, without its waits."""
    monkeypatch.setattr(writing, "ON_WINDOWS", True)
    monkeypatch.setattr(writing, "_WAITS", (0.0,) * 3)


def refusing(monkeypatch, name, moments):
    """Have a step of the system be refused a number of times; return the refused calls."""
    step, calls = getattr(os, name), []

    def taken(*arguments, **options):
        if len(calls) < moments:
            calls.append(arguments)
            raise PermissionError(errno.EACCES, "Access is denied", str(arguments[0]))
        return step(*arguments, **options)

    monkeypatch.setattr(os, name, taken)
    return calls


@pytest.mark.parametrize("moments", [0, 1, 3])
def test_a_file_that_is_open_for_a_moment_is_waited_for(tmp_path, monkeypatch, windows, moments):
    calls = refusing(monkeypatch, "replace", moments)
    write_bytes(tmp_path / "a.xlsx", b"new")
    assert (tmp_path / "a.xlsx").read_bytes() == b"new"
    assert len(calls) == moments


def test_elsewhere_nothing_is_tried_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "ON_WINDOWS", False)
    calls = refusing(monkeypatch, "replace", 1)
    with pytest.raises(SectorscanError, match="no permission"):
        write_bytes(tmp_path / "a.xlsx", b"new")
    assert len(calls) == 1


def test_a_workbook_that_is_open_in_excel_is_said_to_be(tmp_path, monkeypatch, windows):
    (tmp_path / "a.xlsx").write_bytes(b"earlier")
    calls = refusing(monkeypatch, "replace", 99)
    with pytest.raises(SectorscanError, match=r"open in another program\. Close it in Excel"):
        write_bytes(tmp_path / "a.xlsx", b"new")
    assert len(calls) == 4
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.xlsx": b"earlier"}


def test_it_is_said_before_the_work_is_done(tmp_path, monkeypatch, windows):
    (tmp_path / "a.xlsx").write_bytes(b"earlier")
    check([tmp_path / "a.xlsx"])
    opened = Path.open

    def held(path, mode="r", *arguments, **options):
        if "+" in mode:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(SectorscanError, match=r"a\.xlsx: the file is open in another program"):
        check([tmp_path / "a.xlsx"])


def test_a_look_before_the_work_leaves_the_file_as_it_is(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"earlier")
    os.utime(path, ns=(10**18, 10**18))
    check([path])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (b"earlier", 10**18)


def test_a_write_protected_target_leaves_no_temporary_file(tmp_path, monkeypatch, windows):
    """Windows neither replaces nor deletes a write-protected file."""
    (tmp_path / "a.csv").write_bytes(b"earlier")
    (tmp_path / "a.csv").chmod(0o444)
    replace, unlink = os.replace, os.unlink

    def unless_protected(step):
        def taken(*paths, **options):
            if any(Path(path).exists() and not Path(path).stat().st_mode & 0o200 for path in paths):
                raise PermissionError(errno.EACCES, "Access is denied")
            return step(*paths, **options)

        return taken

    monkeypatch.setattr(os, "replace", unless_protected(replace))
    monkeypatch.setattr(os, "unlink", unless_protected(unlink))
    with pytest.raises(SectorscanError):
        write_bytes(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_path_that_windows_finds_too_long_is_said_to_be(windows):
    missing = FileNotFoundError(errno.ENOENT, "No such file or directory")
    long, short = Path("/x" * 150) / "a.csv", Path("/x/a.csv")
    assert "longer than Windows takes" in str(trouble(missing, long))
    assert "longer" not in str(trouble(missing, short))
    missing.filename = str(long)
    assert "nearer to the drive's root" in str(trouble(missing, Path("runs")))


def test_elsewhere_a_long_path_is_what_the_system_says(monkeypatch):
    monkeypatch.setattr(writing, "ON_WINDOWS", False)
    missing = FileNotFoundError(errno.ENOENT, "No such file or directory")
    assert "No such file" in str(trouble(missing, Path("/x" * 150) / "a.csv"))


def test_only_a_refusal_is_tried_again(windows):
    seen = []

    def gone(target):
        seen.append(target)
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        patiently(gone, Path("a"))
    assert len(seen) == 1


def test_paths_have_the_same_order_on_every_system():
    names = ["Zoe.csv", "amy.csv", "a/b.csv", "a-b.csv", "B/a.csv"]
    posix = [path.as_posix() for path in in_order(map(PurePosixPath, names))]
    windows = [path.as_posix() for path in in_order(map(PureWindowsPath, names))]
    assert posix == windows == ["B/a.csv", "Zoe.csv", "a/b.csv", "a-b.csv", "amy.csv"]
    assert [str(path) for path in sorted(map(PurePosixPath, names))] == posix


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C:\\Users\\me\\My Data", r"'C:\Users\me\My Data'"),
        ("\\\\server\\share", r"'\\server\share'"),
        ("it's", '"it\'s"'),
        ("a\nb\x1b", r"'a\nb\x1b'"),
    ],
)
def test_a_path_is_shown_as_it_is_typed(text, said):
    assert quoted(text) == said
    assert str(Finding("is no file", value=text)) == f"is no file (found {said})."


def test_engines_name_files_of_windows_in_either_way():
    drive, share = PureWindowsPath("C:\\My Data\\a.csv"), PureWindowsPath("\\\\srv\\s\\a.csv")
    assert names_of(drive) == ("C:\\My Data\\a.csv", "C:/My Data/a.csv")
    assert _address(drive) == "file:///C:/My Data/a.csv"
    assert _address(share) == "file:////srv/s/a.csv"
    assert _address(PurePosixPath("/srv/a b.csv")) == "file:///srv/a b.csv"
