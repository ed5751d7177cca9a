"""A small project, and what must hold of its runs whatever happened."""

import datetime as dt
import hashlib
import subprocess
import sys
from pathlib import Path

from tests.readiness.filling import Book, write_blank

from sectorscan.config.loader import load_config
from sectorscan.refresh.folder import LATEST, RUNS, run_names
from sectorscan.refresh.manifest import read_manifest
from sectorscan.refresh.run import refresh

CONFIG = """\
region: {name: Two counties, areas: ["98001", "98003"]}
period: {base: 2020, end: 2023}
inputs: [inputs]
robustness: {draws: 20}
outputs: {files: [ranking.csv, ranking.md]}
"""
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
DAY = dt.date(2026, 11, 22)


def made_in(folder):
    (folder / "inputs").mkdir(parents=True)
    (folder / "sectorscan.yaml").write_text(CONFIG, encoding="utf-8")
    for name in ("employment.csv", "wages.csv"):
        (folder / "inputs" / name).write_bytes((SAMPLES / name).read_bytes())
    return folder


def started(project, *arguments, **options):
    """Start a refresh as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sectorscan", "refresh", str(project), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def finished(project, *arguments, **options):
    process = started(project, *arguments, **options)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode()


def bytes_of(run):
    return {p.relative_to(run).as_posix(): p.read_bytes() for p in run.rglob("*") if p.is_file()}


def check_whole(run):
    """Check that a run folder has all that its manifest says, and nothing else."""
    manifest = read_manifest(run)
    recorded = {one.path: one.sha256 for one in manifest.files}
    there = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in bytes_of(run).items()
        if name != "manifest.json"
    }
    assert there == recorded


def check_runs(project):
    """Check that every folder of runs is a whole run, and that latest, if there, names one."""
    runs = project / RUNS
    if not runs.is_dir():
        return
    shown = [entry for entry in runs.iterdir() if entry.is_dir() and entry.name[:1] != "."]
    assert sorted(entry.name for entry in shown) == sorted(run_names(runs))
    for run in shown:
        check_whole(run)
    if (runs / LATEST).exists():
        assert (runs / LATEST).read_text(encoding="ascii").strip() in run_names(runs)


def check_next_one_works(project):
    """Check that a refresh after whatever happened is whole, the latest, and all there is."""
    outcome = refresh(project, DAY)
    assert outcome.status == "done"
    check_runs(project)
    runs = project / RUNS
    assert (runs / LATEST).read_text(encoding="ascii") == f"{outcome.run}\n"
    assert {p.name for p in runs.iterdir()} <= {*run_names(runs), LATEST, ".lock"}
    assert {p.name for p in project.iterdir()} == {
        "inputs", "runs", "sectorscan.yaml", "refresh.log.jsonl",
    }  # fmt: skip


def rated(project, more=""):
    """Give a project a scorecard, filled in by one rater."""
    (project / "card.xlsx").unlink(missing_ok=True)
    book = Book.open(write_blank(project / "card.xlsx", load_config().config.scorecard))
    book.sign(1, "Chamber")
    for sector, level in (("332", 3), ("621", 1)):
        for question in load_config().config.scorecard:
            book.answer(sector, question, 1, level)
    book.save()
    text = f"{CONFIG}readiness: card.xlsx\n{more}"
    (project / "sectorscan.yaml").write_text(text, encoding="utf-8")
    return project
