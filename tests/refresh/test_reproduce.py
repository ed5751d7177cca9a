"""A run made again: the same bytes, or what differs."""

import json
import shutil
from pathlib import Path

import pytest
from tests.refresh.runs import DAY, bytes_of

import sectorscan
from sectorscan.errors import SectorscanError
from sectorscan.refresh import build
from sectorscan.refresh.reproduce import reproduce
from sectorscan.refresh.run import refresh
from sectorscan.refresh.run_folder import read_run


@pytest.fixture
def run(first):
    return first


def test_the_same_bytes_from_the_sources(run):
    before = bytes_of(run.parents[1])
    found = reproduce(run)
    assert found.agrees
    assert (found.made_from, found.reasons) == ("sources", ())
    assert found.files == len(bytes_of(run)) - 1
    assert bytes_of(run.parents[1]) == before


def test_the_same_bytes_from_the_tables_where_the_sources_are_revised(run):
    inputs = run.parents[1] / "inputs"
    with (inputs / "wages.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    (inputs / "employment.csv").unlink()
    found = reproduce(run)
    assert found.agrees
    assert found.made_from == "tables"
    assert found.reasons == (
        "inputs/employment.csv is no longer there since the run.",
        "inputs/wages.csv has changed since the run.",
    )
    shutil.rmtree(inputs)
    assert reproduce(run).agrees


def test_a_run_folder_alone_is_enough(run, tmp_path):
    copy = tmp_path / "elsewhere" / run.name
    shutil.copytree(run, copy)
    found = reproduce(copy)
    assert found.agrees
    assert found.made_from == "tables"


def test_a_project_means_its_latest_run(run):
    refresh(run.parents[1], DAY)
    assert reproduce(run.parents[1]).run == f"{run.name}-2"


@pytest.mark.parametrize("name", ["ranking.csv", "ranking.json", "tables/employment.csv"])
def test_a_file_that_was_changed_is_named(run, name):
    (run / name).write_bytes((run / name).read_bytes() + b"\n")
    found = reproduce(run)
    assert found.differing == (name,)
    assert found.reasons == (f"{name} has changed since the run.",)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "~$ranking.xlsx", "tables/desktop.ini"])
def test_what_a_file_manager_leaves_is_no_part_of_a_run(run, name):
    (run / name).write_bytes(b"x")
    (run.parents[1] / "inputs" / "wages.csv").unlink()
    found = reproduce(run)
    assert (found.made_from, found.differing) == ("tables", ())
    assert read_run(run).state().tables.employment.shape


def test_the_folder_one_is_in_is_a_run_with_a_name_and_an_earlier_one(run, monkeypatch):
    monkeypatch.chdir(run.parent / refresh(run.parents[1], DAY).run)
    for place in (Path(), Path("tables/..")):
        found = reproduce(place)
        assert (found.run, found.left_out, found.agrees) == (f"{run.name}-2", (), True)
        assert found.made_from == "sources"


def test_a_project_that_was_moved_is_made_again_from_its_sources(run, tmp_path):
    moved = tmp_path / "a place with\u00fc 'quotes'"
    run.parents[1].rename(moved)
    found = reproduce(moved)
    assert (found.made_from, found.agrees) == ("sources", True)


def test_another_library_is_named_where_bytes_differ(run, monkeypatch):
    known = build.libraries()
    monkeypatch.setattr(build, "libraries", lambda: known | {"numpy": "99.0"})
    assert reproduce(run).reasons == ()
    monkeypatch.setattr(sectorscan, "__version__", "99.0")
    text = f"numpy was {known['numpy']} when the run was made, is 99.0."
    assert reproduce(run).reasons[-1] == text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"date": "2026-13-45"}, "date Value error"),
        ({"as_of": "0000-00-00"}, "as_of Value error"),
        ({"schema": "sectorscan/manifest/2"}, "schema Input should be"),
        ({"more": 1}, "more Extra inputs"),
        ({"sources": ["a\0b"]}, "inside the folder"),
        ({"sources": ["a" * 5000]}, "at most 4096"),
        ({"sources": ["../.."]}, "inside the folder"),
        ({"previous": {"run": "../x", "manifest_sha256": "0" * 64}}, "previous.run"),
    ],
)
def test_a_hostile_manifest_is_refused(run, change, words):
    record = json.loads((run / "manifest.json").read_text(encoding="ascii"))
    (run / "manifest.json").write_text(json.dumps(record | change), encoding="ascii")
    with pytest.raises(SectorscanError, match=words):
        reproduce(run)


def test_numbers_of_any_size_are_compared(run):
    record = json.loads((run / "manifest.json").read_text(encoding="ascii"))
    record["seed"] = record["draws"] = 10**400
    for one in record["files"]:
        one["bytes"] += 10**40 if one["path"] == "ranking.csv" else 0
    (run / "manifest.json").write_text(json.dumps(record), encoding="ascii")
    assert reproduce(run).differing == ("ranking.csv",)


def test_files_that_vanished_or_appeared_are_named(run):
    (run / "ranking.csv").unlink()
    (run / "notes.txt").write_text("ours", encoding="utf-8")
    assert reproduce(run).differing == ("ranking.csv", "notes.txt")


def test_another_version_is_named_where_it_computes_otherwise(run, monkeypatch):
    monkeypatch.setattr(sectorscan, "__version__", "99.0")
    found = reproduce(run)
    assert "ranking.json" in found.differing
    assert "The run was made by version 0.1.0, this is 99.0." in found.reasons


def test_what_was_never_made_so_is_found_out(run):
    """A manifest that fits its files, but whose files don't follow from its tables."""
    import hashlib

    text = (run / "ranking.csv").read_text(encoding="utf-8-sig").replace("2", "3")
    (run / "ranking.csv").write_text(text, encoding="utf-8")
    record = json.loads((run / "manifest.json").read_text(encoding="ascii"))
    for one in record["files"]:
        if one["path"] == "ranking.csv":
            content = (run / "ranking.csv").read_bytes()
            one |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (run / "manifest.json").write_text(json.dumps(record), encoding="ascii")
    found = reproduce(run)
    assert (found.differing, found.reasons) == (("ranking.csv",), ())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda run: (run / "manifest.json").unlink(), "is no run folder"),
        (lambda run: (run / "manifest.json").write_text("{}"), "isn't a manifest"),
        (lambda run: (run / "config.yaml").write_text("version: 1"), "config.yaml of this run"),
    ],
)
def test_what_cannot_be_made_again_is_told(run, spoil, words):
    spoil(run)
    with pytest.raises(SectorscanError, match=words):
        reproduce(run)


def test_neither_sources_nor_tables_are_left(run):
    (run / "tables" / "employment.csv").write_bytes(b"x")
    (run.parents[1] / "inputs" / "wages.csv").unlink()
    with pytest.raises(SectorscanError, match=r"tables/employment\.csv has changed"):
        reproduce(run)
