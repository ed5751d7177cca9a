"""Inputs and scorecards that change during a run, whenever that is; names that can't be kept."""

import json
import os
from pathlib import Path

import pytest
from tests.refresh.runs import CONFIG, DAY, check_next_one_works, rated

from sectorscan.config.loader import load_config
from sectorscan.errors import InputError, SectorscanError
from sectorscan.refresh import build
from sectorscan.refresh import run as run_module
from sectorscan.refresh.folder import is_inside
from sectorscan.refresh.manifest import read_manifest
from sectorscan.refresh.run import refresh
from sectorscan.scan import scan
from sectorscan.sources import load as loading


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
def test_an_input_that_changes_during_the_run(
    project, first, monkeypatch, change, name, words, when
):
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


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(b"half"), Path.unlink])
def test_a_scorecard_that_changes_during_the_run_is_told(project, monkeypatch, change):
    rated(project)
    sources = run_module.sources

    def meanwhile(*arguments):
        found = sources(*arguments)
        # The next look at the scorecards is the last one before they are copied.
        monkeypatch.setattr(build, "keep_settings", changed)
        return found

    def changed(*arguments):
        change(project / "card.xlsx")
        return keep(*arguments)

    keep = build.keep_settings
    monkeypatch.setattr(run_module, "sources", meanwhile)
    with pytest.raises(
        SectorscanError, match=r"card\.xlsx: (a|this) scorecard (has changed|isn't)"
    ):
        refresh(project, DAY)
    assert sorted(p.name for p in (project / "runs").iterdir()) == [".lock"]


@pytest.mark.skipif(os.name == "nt", reason="names that Windows hasn't got")
@pytest.mark.parametrize("name", ["a:b.csv", "a\\..\\b.csv", "new\nline.csv"])
def test_an_input_whose_name_no_manifest_can_hold_is_told(project, name):
    (project / "inputs" / "wages.csv").rename(project / "inputs" / name)
    with pytest.raises(SectorscanError, match="this name isn't one on every system"):
        refresh(project, DAY)


@pytest.mark.parametrize("name", ["caf\u00e9.csv", "no\u00a0break.csv", "\u2603/a b.csv"])
def test_any_other_name_is_kept(name):
    assert is_inside(name)


def test_an_input_that_was_another_one_while_it_was_read_is_told(project, monkeypatch):
    """Swapped and put back: the hashes before and after agree, that of what was read doesn't."""
    path, load = project / "inputs" / "wages.csv", loading.load
    content = path.read_bytes()

    def swapped(*arguments):
        path.write_bytes(content + b"\n")
        tables = load(*arguments)
        path.write_bytes(content)
        return tables

    monkeypatch.setattr(loading, "load", swapped)
    with pytest.raises(SectorscanError, match=r"wages\.csv: this input has changed"):
        refresh(project, DAY)


def test_a_folder_of_scorecards_is_read_as_rank_reads_it(project):
    """Whatever ending and depth a workbook has; an empty folder counts for nothing."""
    rated(project)
    (project / "sectorscan.yaml").write_text(f"{CONFIG}readiness: cards\n", encoding="utf-8")
    (project / "cards" / "chamber").mkdir(parents=True)
    unrated = project / "runs" / refresh(project, DAY).run
    assert read_manifest(unrated).scorecards == ()
    (project / "card.xlsx").rename(project / "cards" / "chamber" / "card.XLSX")
    run = project / "runs" / refresh(project, DAY).run
    assert [one.path for one in read_manifest(run).scorecards] == ["scorecards/card.XLSX"]
    shortlist = scan([project / "inputs"], load_config(project / "sectorscan.yaml"))
    rated_now = {name for name, one in shortlist.readiness.sectors.items() if one.score is not None}
    found = json.loads((run / "ranking.json").read_text(encoding="ascii"))
    assert {one["id"] for one in found["sectors"] if one["readiness"]} == rated_now
    assert rated_now
