"""A small synthetic project whose sectors raters score in real workbooks, year after year."""

import csv
import datetime as dt

from tests.readiness.filling import Book, write_blank

from sectorscan.config.loader import load_config
from sectorscan.refresh.run import refresh
from sectorscan.tables.resources import bundled

CONFIG = """\
version: 1
extends: balanced
region: {name: Synthetic region, areas: ["98001", "98003"]}
benchmark: US000
inputs: [inputs]
robustness: {draws: 0}
outputs: {top: 3, files: [ranking.csv]}
"""
SECTORS = ("334", "621", "493")
INDUSTRIES = {"10", "333", "334", "493", "541", "621"}
RATERS = ("Chamber", "College")


def put_figures(project):
    """Write the sample's jobs and wages of a few industries."""
    (project / "inputs").mkdir(parents=True)
    for name in ("employment.csv", "wages.csv"):
        with (bundled("samples") / name).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["industry"] in INDUSTRIES]
        with (project / "inputs" / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)


def configure(project, more="readiness: card.xlsx\n"):
    (project / "sectorscan.yaml").write_text(CONFIG + more, encoding="utf-8")


def fill(project, level, *, date, raters=RATERS, sectors=SECTORS):
    """Fill a fresh scorecard: ``level(sector, question, rater)``, None for no answer."""
    questions = load_config(project / "sectorscan.yaml").config.scorecard
    book = Book.open(write_blank(project / "card.xlsx", questions, sectors))
    for number, name in enumerate(raters, start=1):
        book.sign(number, name, date)
        for sector in sectors:
            for question in questions:
                answer = level(sector, question, name)
                if answer is not None:
                    book.answer(sector, question, number, answer)
    book.save()


def run(project, year):
    """Refresh on the first of November; return the run's folder.

    It is set aside, so that the next refresh has nothing to compare with: tests do that.
    """
    refresh(project, dt.date(year, 11, 1))
    runs, name = project / "runs", f"{year}-11-01"
    (project / "made").mkdir(exist_ok=True)
    (runs / "latest").unlink()
    return (runs / name).rename(project / "made" / name)
