"""Make ``docs/images/trend.png``: the page of all runs of a synthetic project, its first screen.

Run ``python tools/make_trend_page.py``. The project is the synthetic sample, five years of it one
after the other, the board's weights changed before the fourth. It needs playwright and a Chromium
on the path; without them the picture stays as it is. Another Chromium may draw a letter's edge
otherwise, so no test compares the bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path

from make_sample_page import make, taken
from sectorscan.refresh.run import refresh
from sectorscan.refresh.trend import trend
from sectorscan.reports.trend import WRITERS
from sectorscan.tables.resources import bundled

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "trend.png"
WIDTH, HEIGHT = 1120, 1130
YEARS = range(2019, 2024)
CONFIG = """\
version: 1
extends: balanced
region: {{name: Synthetic six-county region, areas: [{areas}]}}
benchmark: US000
period: {{base: {base}, end: {end}}}
criteria: {{job_quality: {{weight: {weight}}}}}
inputs: [inputs]
robustness: {{draws: 0}}
outputs: {{top: 5, files: [ranking.csv]}}
"""
AREAS = ", ".join(f'"{code}"' for code in range(98001, 98012, 2))


def put(project: Path, year: int) -> None:
    """Write the project's config and tables as they stood after a year."""
    weight = 30 if year < YEARS[-2] else 45
    text = CONFIG.format(areas=AREAS, base=year - 5, end=year, weight=weight)
    (project / "sectorscan.yaml").write_text(text, encoding="utf-8")
    (project / "inputs").mkdir(exist_ok=True)
    for name in ("employment.csv", "wages.csv"):
        with (bundled("samples") / name).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if int(row["year"]) <= year]
        with (project / "inputs" / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)


def picture(program: str) -> bytes:
    """Return the picture of the page of the project's runs."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for year in YEARS:
            put(project, year)
            refresh(project, dt.date(year + 1, 11, 20))
        page_file = project / "trend.html"
        page_file.write_bytes(WRITERS[".html"](trend(project)))
        return taken(program, page_file, (WIDTH, HEIGHT))


if __name__ == "__main__":
    make(PICTURE, picture)
