"""Files are written whole or not at all, by their ending, the same bytes every time."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sectorscan.errors import SectorscanError
from sectorscan.reports.write import WRITERS, check, render, render_sector, write
from sectorscan.tables import writing

ENDINGS = sorted(WRITERS)
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_is_written_and_nothing_else_left(nasty, tmp_path, ending):
    write(nasty, tmp_path / f"out{ending}")
    assert [path.name for path in tmp_path.iterdir()] == [f"out{ending}"]
    assert (tmp_path / f"out{ending}").stat().st_size > 500


def test_ending_may_be_upper_case(nasty, tmp_path):
    write(nasty, tmp_path / "OUT.JSON")
    assert (tmp_path / "OUT.JSON").read_text(encoding="utf-8") == render(nasty, "json")


def test_csv_file_has_a_byte_order_mark_for_excel_and_the_text_has_none(nasty, tmp_path):
    write(nasty, tmp_path / "a.csv")
    text = render(nasty, "csv")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + text.encode()
    assert text.startswith("rank,")


@pytest.mark.parametrize("name", ["a.htm", "a.txt", "a.tsv", "a", "a.xls"])
def test_other_endings_name_the_ones_that_work(nasty, tmp_path, name):
    with pytest.raises(
        SectorscanError, match=r"\.csv, \.docx, \.html, \.json, \.md, \.parquet, \.xlsx"
    ):
        write(nasty, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_near_miss_of_an_ending_gets_a_guess(nasty, tmp_path):
    with pytest.raises(SectorscanError, match=r"Did you mean '\.xlsx'"):
        write(nasty, tmp_path / "a.xls")


def test_every_bad_place_is_told_at_once(tmp_path):
    with pytest.raises(SectorscanError) as caught:
        check([tmp_path / "a.htm", tmp_path / "no" / "a.json", tmp_path / "ok.csv"])
    assert len(caught.value.findings) == 2


def test_missing_folder_says_to_make_it(nasty, tmp_path):
    with pytest.raises(SectorscanError, match=r"doesn't exist.*Make the folder"):
        write(nasty, tmp_path / "no" / "a.json")


def test_folder_as_target_is_refused(nasty, tmp_path):
    (tmp_path / "a.json").mkdir()
    with pytest.raises(SectorscanError, match="is a folder"):
        write(nasty, tmp_path / "a.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_as_target_is_refused_not_replaced(nasty, tmp_path):
    os.mkfifo(tmp_path / "a.json")
    with pytest.raises(SectorscanError, match="ordinary file"):
        write(nasty, tmp_path / "a.json")
    assert (tmp_path / "a.json").is_fifo()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "Close the file where it is open"),
        (OSError(28, "No space left on device"), "disk is full"),
        (OSError(5, "Input/output error"), "can't be written: Input/output error"),
    ],
)
def test_refused_rename_keeps_the_earlier_file(nasty, tmp_path, monkeypatch, error, words):
    target = tmp_path / "a.json"
    target.write_text("earlier", encoding="utf-8")

    def refuse(*_):
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SectorscanError, match=words):
        write(nasty, target)
    assert target.read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_failure_while_writing_leaves_nothing(nasty, tmp_path, monkeypatch):
    def interrupted(temporary, _content):
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_fill", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(nasty, tmp_path / "a.json")
    assert not list(tmp_path.iterdir())


def test_write_protected_file_is_refused(nasty, tmp_path, monkeypatch):
    target = tmp_path / "a.json"
    target.write_text("earlier", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SectorscanError, match="write-protected"):
        write(nasty, target)


@LINKS
def test_link_stays_and_its_file_is_replaced(nasty, tmp_path):
    real = tmp_path / "kept" / "real.json"
    real.parent.mkdir()
    real.write_text("earlier", encoding="utf-8")
    link = tmp_path / "link.json"
    link.symlink_to(real)
    write(nasty, link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == render(nasty, "json")


@LINKS
def test_link_to_itself_is_told(nasty, tmp_path):
    link = tmp_path / "a.json"
    link.symlink_to(link)
    with pytest.raises(SectorscanError, match=r"a\.json"):
        write(nasty, link)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_permissions_of_the_earlier_file_are_kept(nasty, tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("", encoding="utf-8")
    target.chmod(0o640)
    write(nasty, target)
    assert target.stat().st_mode & 0o777 == 0o640


_WRITE_ALL = """
import pickle, sys
from pathlib import Path
from sectorscan.reports.write import write
shortlist = pickle.loads(Path(sys.argv[1]).read_bytes())
for ending in sys.argv[2:]:
    write(shortlist, Path("other" + ending))
"""


def test_same_bytes_from_another_folder_day_zone_and_hash_seed(nasty, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    for ending in ENDINGS:
        write(nasty, here / f"one{ending}")
    (tmp_path / "shortlist").write_bytes(pickle.dumps(nasty))
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "HOME": str(there)}
    arguments = [sys.executable, "-c", _WRITE_ALL, str(tmp_path / "shortlist"), *ENDINGS]
    subprocess.run(arguments, cwd=there, env=environment, check=True)
    for ending in ENDINGS:
        first, second = here / f"one{ending}", there / f"other{ending}"
        assert first.read_bytes() == second.read_bytes(), ending


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_machine_path_gets_in(nasty, tmp_path, ending):
    write(nasty, tmp_path / f"a{ending}")
    assert str(Path.home()).encode() not in (tmp_path / f"a{ending}").read_bytes()
    assert str(tmp_path).encode() not in (tmp_path / f"a{ending}").read_bytes()


@pytest.mark.parametrize(
    ("form", "ranked", "unranked"),
    [
        ("json", "12,340", '"id": "521"'),
        ("csv", "employment,12340,12340,12340,jobs,", "employment,50,50,50,jobs,"),
        ("markdown", "12,340", "(521)"),
    ],
)
def test_one_sector_is_rendered_ranked_or_not(nasty, form, ranked, unranked):
    assert ranked in render_sector(nasty, "541", form)
    assert unranked in render_sector(nasty, "521", form)


def test_unknown_sector_is_a_bug_of_the_caller(nasty):
    with pytest.raises(KeyError, match="nope"):
        render_sector(nasty, "nope", "json")
