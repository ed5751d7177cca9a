"""The Parquet cache: the same rows, and never trusted."""

import shutil
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from sectorscan.errors import InputError, SectorscanError
from sectorscan.sources import qcew_cache
from sectorscan.sources.engines import Reading
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand
from singlefile import REGION, singlefile

AREAS = frozenset(REGION)


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    return singlefile(tmp_path_factory.mktemp("nation"), counties=len(REGION) + 2)


def read(paths, cache, areas=AREAS, **more):
    asked = {"benchmark": ("US000",), "ownership": "private", "period": None, **more}
    return read_qcew(expand(paths), areas=areas, reading=Reading(cache=cache), **asked)


def assert_same(one, other):
    pd.testing.assert_frame_equal(one.employment, other.employment, check_exact=True)
    pd.testing.assert_frame_equal(one.covered_totals, other.covered_totals, check_exact=True)
    assert (one.findings, one.inputs, one.area_titles) == (
        other.findings,
        other.inputs,
        other.area_titles,
    )


@pytest.fixture
def unread(monkeypatch):
    """Make reading a source fail: what comes then comes from the cache."""

    def use():
        def refuse(*_):
            message = "the source was read"
            raise AssertionError(message)

        monkeypatch.setattr(qcew_cache, "batches", refuse)

    return use


def test_first_and_second_run_give_the_rows_of_the_file(nation, tmp_path, unread):
    plain = read([nation], None)
    assert_same(plain, read([nation], tmp_path / "cache"))
    unread()
    assert_same(plain, read([nation], tmp_path / "cache"))
    assert_same(read([nation], None, areas=None), read([nation], tmp_path / "cache", areas=None))


def test_its_name_has_the_source_s_hash(nation, tmp_path):
    tables = read([nation], tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith(tables.inputs[0].sha256[:32])
    assert kept.suffix == ".parquet"


def test_columbus_and_the_quarters_of_vermont_are_the_same(shared, tmp_path):
    paths = [
        shared("data/qcew/columbus_oh_annual_2020_2023"),
        shared("data/qcew/us_annual_2024.csv"),
    ]
    asked = {"areas": frozenset({"39041", "39049"}), "ownership": "all", "period": (2020, 2023)}
    plain = read(paths, None, **asked)
    for _ in range(2):
        assert_same(plain, read(paths, tmp_path, **asked))
    vermont = sorted(shared("data/qcew/by_area_2016q1_q4_vt").glob("*.csv"))
    asked = {"areas": frozenset({"50009"}), "benchmark": ("50000",)}
    plain = read(vermont, None, **asked)
    for _ in range(2):
        assert_same(plain, read(vermont, tmp_path, **asked))


def test_members_of_a_zip_have_their_own(nation, tmp_path, unread):
    with zipfile.ZipFile(tmp_path / "nation.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(nation, "one.csv")
        archive.writestr("two.csv", nation.read_bytes().replace(b'"2023"', b'"2022"'))
    plain = read([tmp_path / "nation.zip"], None)
    assert set(plain.employment["year"]) == {2022, 2023} | {2021}
    assert_same(plain, read([tmp_path / "nation.zip"], tmp_path / "cache"))
    assert len(list((tmp_path / "cache").iterdir())) == 2
    unread()
    assert_same(plain, read([tmp_path / "nation.zip"], tmp_path / "cache"))


def test_a_changed_source_is_read_again(nation, tmp_path):
    source = tmp_path / "nation.csv"
    shutil.copy(nation, source)
    read([source], tmp_path / "cache")
    # The same size and age, other figures.
    times = source.stat()
    content = source.read_bytes()
    at = content.index(b'"US000","5","10"')
    comma = content.index(b",", content.index(b'"A",""', at) + 7)
    digit = content[comma + 1 : comma + 2]
    other = b"1" if digit != b"1" else b"2"
    source.write_bytes(content[: comma + 1] + other + content[comma + 2 :])
    import os

    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    plain = read([source], None)
    assert_same(plain, read([source], tmp_path / "cache"))
    assert not plain.employment.equals(read([nation], None).employment)


def _cut(path, other):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path, other):
    path.write_bytes(b"")


def _flipped(path, other):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(bytes(content))


def _text(path, other):
    path.write_text("area,own\n", encoding="utf-8")


def _rewritten(path, other):
    pl.read_parquet(path).with_columns(employment=pl.lit(1.0)).write_parquet(path)


def _of_another_source(path, other):
    path.unlink()
    digest = other.stem.rpartition("-")[2]
    shutil.copy(other, path.with_name(f"{path.stem.rpartition('-')[0]}-{digest}.parquet"))


def _honest_hash_of_lies(path, other):
    """The name's hash is right, but nothing in it says what it was made from."""
    lies = path.with_name("lies")
    pl.read_parquet(path).with_columns(employment=pl.lit(1.0)).write_parquet(lies)
    digest = qcew_cache.digest(lies)[:32]
    lies.replace(path.with_name(f"{path.stem.rpartition('-')[0]}-{digest}.parquet"))
    path.unlink()


@pytest.mark.parametrize(
    "damage",
    [_cut, _empty, _flipped, _text, _rewritten, _of_another_source, _honest_hash_of_lies],
)
def test_a_torn_foreign_or_changed_cache_is_made_again(damage, nation, tmp_path):
    cache, elsewhere = tmp_path / "cache", tmp_path / "elsewhere"
    plain = read([nation], cache)
    (kept,) = cache.iterdir()
    good = kept.read_bytes()
    changed = tmp_path / "changed.csv"
    changed.write_bytes(nation.read_bytes().replace(b'"98001"', b'"98999"'))
    read([changed], elsewhere, areas=None)
    (other,) = elsewhere.iterdir()
    damage(kept, other)
    assert_same(plain, read([nation], cache))
    assert [path.read_bytes() for path in cache.iterdir()] == [good]


def test_other_versions_don_t_share(nation, tmp_path, monkeypatch):
    read([nation], tmp_path)
    monkeypatch.setattr(qcew_cache, "FORMAT", qcew_cache.FORMAT + 1)
    read([nation], tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_several_writers_at_once_leave_one_sound_file(nation, tmp_path):
    plain = read([nation], None)
    with ThreadPoolExecutor(4) as pool:
        for tables in pool.map(lambda _: read([nation], tmp_path), range(4)):
            assert_same(plain, tables)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_same_source_twice_is_told_as_without_a_cache(nation, tmp_path):
    twin = tmp_path / "twin.csv"
    shutil.copy(nation, twin)
    plain = read([nation, twin], None)
    assert any("repeated rows" in finding.what for finding in plain.findings)
    assert_same(plain, read([nation, twin], tmp_path / "cache"))


def test_a_damaged_source_is_told_and_leaves_nothing(nation, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(nation.read_bytes()[:-40])
    with pytest.raises(InputError, match="middle of a row"):
        read([bad], tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_folder_that_can_t_be_made_is_told(nation, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SectorscanError, match="the cache's folder"):
        read([nation], tmp_path / "file" / "cache")


def test_an_absent_area_is_told_as_without_a_cache(nation, tmp_path):
    for cache in (None, tmp_path, tmp_path):
        with pytest.raises(InputError, match=r"no QCEW file has the area 98002.*98001"):
            read([nation], cache, areas=frozenset({"98002"}))
