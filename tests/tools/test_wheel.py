"""The wheel is whole: the sample and the presets are in it, and it runs from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_it_holds_what_the_program_reads(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "sectorscan/bundled/samples/employment.csv",
        "sectorscan/bundled/samples/sample.yaml",
        "sectorscan/bundled/samples_qcew/2023.annual.synthetic.csv",
        "sectorscan/bundled/configs/balanced.yaml",
        "sectorscan/bundled/configs/scorecard.yaml",
        "sectorscan/bundled/configs/sectors-common.yaml",
        "sectorscan/sources/county_neighbours.csv",
        "sectorscan/sources/naics_titles.csv",
        "sectorscan/sources/naics_revisions.csv",
        "sectorscan/reports/html/page.html.j2",
        "sectorscan/reports/html/layout.html.j2",
        "sectorscan/reports/html/parts.html.j2",
        "sectorscan/reports/html/trend.html.j2",
        "sectorscan/reports/html/page.css",
        "sectorscan/reports/html/trend.css",
        "sectorscan/reports/html/trend.js",
        "sectorscan/reports/html/page.js",
        "sectorscan/reports/html/vega.js",
        "sectorscan/py.typed",
    ):
        assert needed in names
    assert not [n for n in names if "tests/" in n or "tools/" in n]


def test_it_ranks_the_sample_from_any_folder(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    done = subprocess.run(
        [sys.executable, "-m", "sectorscan", "rank", "--format", "csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith("rank,")
    where = subprocess.run(
        [sys.executable, "-c", "import sectorscan; print(sectorscan.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(site)
