"""Three years of a board: real figures, three raters, another weight, one more year."""

import json
import shutil
import zipfile

import openpyxl
import pytest
from tests.readiness.filling import Book
from tests.refresh.runs import check_runs
from tests.sources.columbus import COLUMBUS, REGION

from sectorscan.config.loader import load_config
from sectorscan.refresh.manifest import read_manifest

RATERS = ("Chamber", "College", "Workforce board")


def fill(path):
    """Answer every question of every sector, each rater a little otherwise."""
    book = Book.open(path)
    sectors = [
        str(sheet["A2"].value).removeprefix("sector:")
        for sheet in book.book.worksheets
        if str(sheet["A2"].value).startswith("sector:")
    ]
    for number, name in enumerate(RATERS, start=1):
        book.sign(number, name)
        for place, sector in enumerate(sectors):
            for at, question in enumerate(load_config().config.scorecard):
                book.answer(sector, question, number, (place + at + number) % 5)
    book.save()
    return sectors


def _shows_the_launch_order(run):
    sheets = openpyxl.load_workbook(run / "shortlist.xlsx", read_only=True).sheetnames
    assert sheets[:3] == ["Shortlist", "Why", "Plan"]
    assert '<section id="plan"' in (run / "report.html").read_text(encoding="utf-8")
    if (run / "memo.docx").exists():
        with zipfile.ZipFile(run / "memo.docx") as memo:
            assert b"Launch order" in memo.read("word/document.xml")


def test_from_an_empty_folder_to_the_third_year(tmp_path, shared, run, monkeypatch):
    def called(*arguments):
        code, out, err = run(*arguments)
        assert code == 0, err
        return out

    monkeypatch.chdir(tmp_path)
    columbus = shared(COLUMBUS)
    codes = ",".join(sorted(REGION))
    called("init", "p", "--region", codes, "--benchmark", "all", "--name", "Central Ohio")
    for path in sorted(columbus.glob("*.csv")):
        if "-2023-" not in path.name:
            shutil.copy(path, "p/inputs")
    config = tmp_path / "p" / "sectorscan.yaml"
    called(
        "scorecard", "new", "-c", config, "--top", "3", "--raters", ", ".join(RATERS),
        "--out", "p/scorecards/card.xlsx",
    )  # fmt: skip
    sectors = fill(tmp_path / "p" / "scorecards" / "card.xlsx")
    assert len(sectors) == 3
    settings = "robustness: {draws: 100}\n"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + settings, encoding="utf-8")

    called("refresh", "p", "--date", "2023-11-22")
    config.write_text(text + settings + "criteria: {job_quality: {weight: 40}}\n", encoding="utf-8")
    called("refresh", "p", "--date", "2024-11-22")
    for path in sorted(columbus.glob("*-2023-*.csv")):
        shutil.copy(path, "p/inputs")
    called("refresh", "p", "--date", "2025-11-22")

    runs = tmp_path / "p" / "runs"
    names = ["2023-11-22", "2024-11-22", "2025-11-22"]
    assert sorted(entry.name for entry in runs.iterdir() if entry.is_dir()) == names
    assert (runs / "latest").read_text(encoding="ascii") == "2025-11-22\n"
    check_runs(tmp_path / "p")
    manifests = [read_manifest(runs / name) for name in names]
    assert [one.period.end for one in manifests] == [2022, 2022, 2023]
    assert manifests[0].config.sha256 != manifests[1].config.sha256
    said = {}
    for name in names:
        record = json.loads((runs / name / "ranking.json").read_text(encoding="ascii"))
        rated = {one["id"] for one in record["sectors"] if one["readiness"]}
        assert rated == set(sectors)
        said[name] = called("reproduce", runs / name)
        assert "have the same bytes" in said[name]
    _shows_the_launch_order(runs / names[-1])
    # The figures of the first two runs are gone from the project by now: their tables are kept.
    assert "the tables that the run keeps" in said[names[0]]
    for name in names[1:]:
        changes = runs / name / "changes.json"
        for sector in json.loads(changes.read_text(encoding="ascii"))["sectors"]:
            if sector["parts"] is not None:
                total = sum(sector["parts"].values())
                assert total == pytest.approx(sector["score_change"], abs=1e-9)
