import hashlib
import struct
import zipfile
from pathlib import Path

import pytest

from sectorscan.errors import InputError
from sectorscan.tables import archives, files
from sectorscan.tables.files import digest, expand, read_bytes, read_header
from sectorscan.tables.read import read_tables
from sectorscan.tables.resources import bundled

TABLE = "region,industry,year,employment\n39041,722,2023,10\n"


def make_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_folder_gives_its_tables_by_name_and_nothing_else(tmp_path):
    for name in (
        "b.csv",
        "a.TSV",
        "README.md",
        ".hidden.csv",
        "~$a.xlsx",
        "sub/c.csv",
        ".git/d.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TABLE)
    assert [file.name for file in expand([tmp_path])] == ["a.TSV", "b.csv", "c.csv"]


def test_a_file_given_twice_counts_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    assert len(expand([tmp_path, path])) == 1


def test_missing_paths_are_told_all_at_once_with_the_nearest_name(tmp_path):
    (tmp_path / "employment.csv").write_text(TABLE)
    with pytest.raises(InputError) as caught:
        expand([tmp_path / "employmnt.csv", tmp_path / "nothing"])
    assert len(caught.value.findings) == 2
    assert "Did you mean 'employment.csv'?" in str(caught.value)


def test_empty_folder_is_said(tmp_path):
    with pytest.raises(InputError, match="no tables"):
        expand([tmp_path])


def test_zip_members_are_tables_of_their_own(tmp_path):
    path = make_zip(tmp_path / "z.zip", {"b.csv": TABLE, "a.csv": TABLE, "__MACOSX/a.csv": "x"})
    listed = expand([path])
    assert [file.name for file in listed] == ["z.zip/a.csv", "z.zip/b.csv"]
    assert read_header(listed[0]) == ("region", "industry", "year", "employment")


def test_a_member_s_name_is_never_a_path(tmp_path):
    path = make_zip(tmp_path / "z.zip", {"../../etc/evil\x1b.csv": TABLE})
    [file] = expand([path])
    assert "\x1b" not in file.name
    tables = read_tables([file], columns={}, ownership="private", benchmark=None)
    assert tables.employment["employment"].tolist() == [10.0]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["z.zip"]


@pytest.mark.parametrize("inner", ["inner.zip", "book.xlsx"])
def test_archives_inside_archives_are_refused(tmp_path, inner):
    with pytest.raises(InputError, match="inside a zip only CSV"):
        expand([make_zip(tmp_path / "z.zip", {inner: "x"})])


def test_zip_without_tables_and_bombs_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="holds no table"):
        expand([make_zip(tmp_path / "z.zip", {"readme.md": "x"})])
    bomb = make_zip(tmp_path / "bomb.zip", {"a.csv": "0" * (20 << 20)})
    with pytest.raises(InputError, match="unpacks 300-fold"):
        expand([bomb])
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    with pytest.raises(InputError, match="2 files, more than"):
        expand([make_zip(tmp_path / "many.zip", {"a.csv": TABLE, "b.csv": TABLE})])


def test_encrypted_zip_is_refused(tmp_path):
    path = make_zip(tmp_path / "z.zip", {"a.csv": TABLE})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(content)
    with pytest.raises(InputError, match="encrypted"):
        expand([path])


def test_too_large_a_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    [file] = expand([path])
    zipped = expand([make_zip(tmp_path / "z.zip", {"a.csv": TABLE})])
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    for one in (file, *zipped):
        with pytest.raises(InputError, match="more than"):
            read_bytes(one)
    monkeypatch.setattr(files, "MAX_TEXT_BYTES", 10)
    for place in (path, tmp_path / "z.zip"):
        with pytest.raises(InputError, match="more than"):
            expand([place])


def test_digest_is_sha256(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"abc")
    assert digest(path) == hashlib.sha256(b"abc").hexdigest()


def test_bundled_finds_the_shipped_folders():
    assert bundled("configs").is_dir()
    with pytest.raises(FileNotFoundError, match="nothing"):
        bundled("configs", "nothing.yaml")


def test_the_order_in_which_files_are_named_is_no_matter(tmp_path):
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for path in paths:
        path.write_text("region,industry,year,employment\n", encoding="utf-8")
    assert expand(paths[::-1]) == expand(paths) == expand([tmp_path])
