"""Three hundred sectors by twenty criteria: invented figures in the analysts' own tables."""

import csv
import random

from sectorscan.config.loader import load_config
from sectorscan.scan import scan

SECTORS, YEARS = 300, range(2018, 2024)
OWN = [f"own_indicator_{n}" for n in range(1, 12)]
REGION, NATION = "R1", "US000"


def _save(path, rows):
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)


def make_tables(folder):
    """Write employment, wages and own indicators, the same every time."""
    drawn = random.Random(20)  # noqa: S311
    jobs = [["region", "industry", "year", "employment", "industry_title", "establishments"]]
    pay = [["region", "industry", "year", "avg_annual_pay"]]
    own = [["region", "industry", "indicator", "value", "unit"]]
    totals = {}
    for s in range(SECTORS):
        code = str(311111 + 331 * s)
        title = f"Invented Industry of Some Length and No Particular Kind, Number {s + 1}"
        for area, size in ((REGION, 1), (NATION, 500)):
            level, growth = size * drawn.uniform(300, 9000), drawn.uniform(0.96, 1.06)
            for n, year in enumerate(YEARS):
                count = round(level * growth**n * drawn.uniform(0.98, 1.02))
                jobs.append([area, code, year, count, title, round(count / 20) + 5])
                pay.append([area, code, year, round(drawn.uniform(25e3, 120e3))])
                totals[area, year] = totals.get((area, year), 0) + count
        own += [[REGION, code, name, drawn.uniform(0, 100), "points"] for name in OWN]
    for (area, year), count in totals.items():
        jobs.append([area, "10", year, count, "Total, all industries", count // 20])
        pay.append([area, "10", year, 61000])
    for name, rows in (("employment", jobs), ("wages", pay), ("indicators", own)):
        _save(folder / f"{name}.csv", rows)


def make_shortlist(folder, draws=200):
    """Return the shortlist of the tables, scored by twenty criteria."""
    make_tables(folder)
    lines = ["version: 1", "extends: balanced", "region: {name: Invented region, areas: [R1]}"]
    lines += ["benchmark: US000", "sectors: {level: 6-digit}", "min_coverage: 0.5", "gates: []"]
    lines += ["criteria:", "  own:", "    weight: 30", "    indicators:"]
    lines += [f"      {name}: {{weight: 1, scale: {{method: minmax}}}}" for name in OWN]
    lines.append(f"robustness: {{draws: {draws}}}")
    config = folder / "config.yaml"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return scan(sorted(folder.glob("*.csv")), load_config(config))
