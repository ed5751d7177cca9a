"""The sample's scores again, from its CSV files with plain Python: nothing of sectorscan is used.

Written from the formulas of docs/method.md alone: sums over six counties, the nation as benchmark,
piecewise linear scales, renormalised weights. The tool's own JSON must say the same.
"""

import csv
import json
import math
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
COUNTIES = ("98001", "98003", "98005", "98007", "98009", "98011")
BASE, RECENT, END = 2018, 2021, 2023
GROWTH = ((-2, 0), (0, 50), (3, 100))
CRITERIA = {
    # In the logarithm: 0.25, 1 and 5 %.
    "employment_share_pct": (12, ((math.log10(0.25), 0), (0, 50), (math.log10(5), 100))),
    "establishments": (8, ((10, 0), (25, 50), (100, 100))),
    "location_quotient": (20, ((0.5, 0), (1, 50), (1.25, 75), (2, 100))),
    "employment_cagr_vs_region_pp": (12, GROWTH),
    "recent_growth_vs_region_pp": (6, GROWTH),
    "competitive_rate_pp": (6, GROWTH),
    "projected_growth_vs_region_pp": (6, ((-1, 0), (0, 50), (1.5, 100))),
    "pay_vs_region": (20, ((0.6, 0), (0.8, 35), (1, 60), (1.5, 100))),
    "pay_vs_benchmark": (10, ((0.7, 0), (1, 60), (1.3, 100))),
}  # fmt: skip


def rows(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def piecewise(x, points):
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def growth_pct(end, base, years):
    return 100 * ((end / base) ** (1 / years) - 1)


def sums():
    """Return jobs and establishments by (place, industry, year), wages, and jobs by county."""
    jobs, firms, wages, cells = (defaultdict(float) for _ in range(4))
    for row in rows("employment.csv"):
        place = "region" if row["region"] in COUNTIES else row["region"]
        key = (place, row["industry"], int(row["year"]))
        jobs[key] += float(row["employment"])
        firms[key] += float(row["establishments"])
        cells[row["region"], row["industry"], int(row["year"])] = float(row["employment"])
    for row in rows("wages.csv"):
        key = (row["region"], row["industry"], int(row["year"]))
        withheld = row["total_wages"] == ""
        total = float(row["avg_annual_pay"]) * cells[key] if withheld else float(row["total_wages"])
        wages["region" if row["region"] in COUNTIES else row["region"], *key[1:]] += total
    return jobs, firms, wages, cells


def projections(cells):
    """Return annual growth over the projections' ten years, the counties' own jobs as weights."""
    now, then = defaultdict(float), defaultdict(float)
    for row in rows("growth.csv"):
        if row["region"] in COUNTIES:
            jobs = cells[row["region"], row["industry"], END]
            now[row["industry"]] += jobs
            then[row["industry"]] += jobs * (1 + float(row["growth_pct"]) / 100)
    return {code: growth_pct(then[code], now[code], 10) for code in now if now[code]}


def scores():
    """Return each 3-digit industry's score."""
    jobs, firms, wages, cells = sums()
    projected = projections(cells)

    def e(code, year, place="region"):
        return jobs[place, code, year]

    def pay(code, place="region"):
        return wages[place, code, END] / e(code, END, place)

    out = {}
    for code in sorted({code for _, code, year in jobs if len(code) == 3 and year == END}):
        if code.startswith("99") or not e(code, BASE):
            continue
        last, recent = END - BASE, END - RECENT
        rate = growth_pct(e(code, END), e(code, BASE), last)
        values = {
            "employment_share_pct": math.log10(100 * e(code, END) / e("10", END)),
            "establishments": firms["region", code, END],
            "location_quotient": (e(code, END) / e("10", END))
            / (e(code, END, "US000") / e("10", END, "US000")),
            "employment_cagr_vs_region_pp": rate - growth_pct(e("10", END), e("10", BASE), last),
            "recent_growth_vs_region_pp": growth_pct(e(code, END), e(code, RECENT), recent)
            - growth_pct(e("10", END), e("10", RECENT), recent),
            "competitive_rate_pp": rate
            - growth_pct(e(code, END, "US000"), e(code, BASE, "US000"), last),
            "pay_vs_region": pay(code) / pay("10"),
            "pay_vs_benchmark": pay(code) / pay(code, "US000"),
        }
        if code in projected:
            values["projected_growth_vs_region_pp"] = projected[code] - projected["10"]
        known = sum(CRITERIA[name][0] for name in values)
        points = (CRITERIA[n][0] * piecewise(x, CRITERIA[n][1]) for n, x in values.items())
        out[code] = sum(points) / known
    return out


@pytest.fixture(scope="module")
def ranking():
    run = subprocess.run(
        [sys.executable, "-m", "sectorscan", "rank", "--format", "json"],
        capture_output=True,
        check=True,
    )
    return json.loads(run.stdout)


def test_every_score_of_the_sample_is_what_the_formulas_give(ranking):
    expected = scores()
    told = {sector["id"]: sector["score"] for sector in ranking["sectors"] + ranking["excluded"]}
    assert len(ranking["sectors"]) > 30
    assert {s["id"] for s in ranking["sectors"]} <= set(expected)
    for code, score in told.items():
        assert score == pytest.approx(expected[code], abs=1e-9), code


def test_the_ranks_are_the_order_of_those_scores(ranking):
    expected = scores()
    ranked = [sector["id"] for sector in ranking["sectors"]]
    assert ranked == sorted(ranked, key=lambda code: -expected[code])
