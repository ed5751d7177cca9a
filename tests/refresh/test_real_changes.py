"""Franklin County among its neighbours, in real figures: a year more, and one revised by hand."""

import csv
import datetime as dt
import json
import re
import shutil

import pytest
from tests.reports.schemas import check

from sectorscan.refresh.changes import compare_runs
from sectorscan.refresh.run import refresh
from sectorscan.reports.changes import to_markdown
from sectorscan.reports.changes_json import to_json
from sectorscan.reports.changes_words import ordinal, sentence, signed
from sectorscan.reports.words import cell

CONFIG = """\
version: 1
region: {{name: Franklin County, areas: ["39049"]}}
benchmark: all
sectors: {{level: 3-digit}}
criteria:
  size: {{weight: 12, indicators: {{employment_share_pct: {{weight: 1}}}}}}
  concentration:
    weight: {weight}
    indicators: {{location_quotient: {{weight: 1, scale: {{method: {method}}}}}}}
  growth: {{weight: 24, indicators: {{employment_cagr_vs_region_pp: {{weight: 1}}}}}}
  pay: {{weight: 30, indicators: {{pay_vs_region: {{weight: 1, scale: {{method: zscore}}}}}}}}
inputs: [inputs]
robustness: {{draws: 0}}
outputs: {{files: [ranking.csv]}}
"""


def put(project, folder, years, revised=""):
    """Copy the area files of some years; in the revised one Franklin's hospitals gain a tenth."""
    (project / "inputs").mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.csv")):
        if not any(f"-{year}-" in path.name for year in years):
            continue
        target = project / "inputs" / path.name
        if path.name != revised:
            shutil.copyfile(path, target)
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row in rows:
            if row["industry_code"] == "622" and float(row["own_code"]) == 5:
                row["annual_avg_emplvl"] = str(float(row["annual_avg_emplvl"]) * 1.1)
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def runs(shared, tmp_path_factory):
    folder = shared("data/qcew/columbus_oh_annual_2020_2023")
    project = tmp_path_factory.mktemp("franklin")

    def config(**values):
        (project / "sectorscan.yaml").write_text(CONFIG.format(**values), encoding="utf-8")

    config(weight=20, method="minmax")
    put(project, folder, (2020, 2021, 2022))
    refresh(project, dt.date(2023, 11, 1))
    put(project, folder, (2020, 2021, 2022, 2023), "morpc-qcew-2022-a-39049.csv")
    config(weight=30, method="percentile")
    refresh(project, dt.date(2024, 11, 1))
    return [project / "runs" / f"{year}-11-01" for year in (2023, 2024)]


@pytest.fixture(scope="module")
def changes(runs):
    return compare_runs(*runs)


def test_the_parts_sum_for_every_sector(changes):
    ranked = [one for one in changes.sectors if one.status == "ranked"]
    assert len(ranked) > 40
    for one in ranked:
        assert one.parts is not None, one
        assert sum(one.parts.values()) == pytest.approx(one.change, abs=1e-9)
        assert one.parts["method"] == 0
    for part in ("data", "revision", "config", "competitors"):
        assert any(abs(one.parts[part]) > 0.05 for one in ranked), part


def test_what_came_in_is_told(changes):
    assert changes.new_years == (2023,)
    assert changes.revised_years == (2022,)
    assert changes.competitive
    names = {one.name for one in changes.settings}
    assert {
        "criteria.concentration.weight",
        "criteria.concentration.indicators.location_quotient.scale",
    } == names
    text = to_markdown(changes)
    assert "new figures for 2023" in text
    assert "how the other candidates moved" in text
    check(json.loads(to_json(changes)), "changes-1.schema.json")


def test_the_refresh_wrote_the_same(runs, changes):
    written = json.loads((runs[1] / "changes.json").read_text(encoding="utf-8"))
    fresh = json.loads(to_json(changes))
    assert written["sectors"] == fresh["sectors"]


SOURCES = {
    "new figures for 2023": "data",
    "revised 2022 figures": "revision",
    "changed weights and changed scales": "config",
    "how the other candidates moved": "competitors",
}


def test_every_sentence_is_right_to_its_shown_digits(changes):
    """What a board reads, held against the unrounded result, sector by sector."""
    told = 0
    for one in changes.sectors:
        if one.status != "ranked":
            continue
        text = sentence(changes, one)
        assert f"{ordinal(one.rank_new)}" in text
        moved = re.search(r"its score (rose|fell) by ([\d.]+) to ([\d.]+)", text)
        assert moved[1] == ("rose" if one.change > 0 else "fell")
        assert moved[2] == cell(abs(one.change), "points")
        assert moved[3] == cell(one.score_new, "score")
        for source, part in SOURCES.items():
            points = one.parts[part]
            if re.search(rf"nothing from [^(]*{source}", text):
                assert abs(points) <= (0.005 if "next to nothing" in text else 1e-9)
            elif source in text:
                named = re.search(rf"(\S+)(?: points?)? from {source}", text)[1]
                assert named in (signed(points), "it")
                told += named != "it"
            else:
                assert points == 0
                assert part == "competitors"
        for label, shown in re.findall(r"[(,] ?([a-z ]+) ([+\u2212][\d.]+)", text):
            if label in changes.labels.values():
                name = next(key for key, known in changes.labels.items() if known == label)
                assert shown in {signed(by.get(name, 0)) for by in one.by_criterion.values()}
    assert told > 100
