"""The analyst tables of the sample, made from its QCEW slices by the project's own reader.

What is withheld in the slices is withheld here too: bounds and estimate are the reader's, nobody's
knowledge of the invented truth. Only the projections, which QCEW doesn't have, come from it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sample_region import (
    AREA_TITLES,
    COUNTY_SHARES,
    NATION,
    SEED,
    YEARS,
    Key,
    Truth,
    ancestors,
    read_industries,
)
from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand

NOTE = "synthetic"
REGION_NAME = "Synthetic six-county region"
PROJECTED_TO = 2033
OPENINGS_PCT = (8, 16)
AREAS = (*COUNTY_SHARES, NATION)


def write_tables(truth: Truth, withheld: set[Key], slices: Path, folder: Path) -> None:
    """Write employment.csv, wages.csv, growth.csv and indicators.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = _cells(slices)
    _write(
        folder / "employment.csv",
        "region region_title industry year establishments "
        "employment employment_low employment_high flag note",
        (_employment_row(cell) for cell in cells),
    )
    _write(
        folder / "wages.csv",
        "region industry year total_wages avg_annual_pay note",
        (_wages_row(cell) for cell in cells),
    )
    _write(
        folder / "growth.csv",
        "region industry base_year end_year growth_pct basis openings note",
        _growth_rows(truth, withheld),
    )
    _write(
        folder / "indicators.csv",
        "region industry indicator value low high unit source note",
        _indicator_rows({cell.industry for cell in cells}),
    )


def _write(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


class TableCell(NamedTuple):
    """A cell as the reader understands it; low and high are None where it is published."""

    region: str
    industry: str
    year: int
    establishments: int
    employment: int
    employment_low: int | None
    employment_high: int | None
    wages: int

    @property
    def flag(self) -> str:
        """QCEW's mark for a withheld cell."""
        return "N" if self.employment_low is not None else ""


def _cells(slices: Path) -> list[TableCell]:
    """Return every area x industry x year; an industry that an area doesn't have counts 0."""
    tables = read_qcew(
        expand([slices]),
        areas=frozenset(COUNTY_SHARES),
        benchmark=(NATION,),
        ownership="private",
        period=(YEARS[0], YEARS[-1]),
    )
    rows: Iterable[Any] = tables.employment.itertuples(index=False)
    known: dict[tuple[str, str, int], TableCell] = {
        (row.region, row.industry, row.year): _cell(row) for row in rows
    }
    industries = sorted({industry for _, industry, _ in known}, key=_tree_order)
    return [
        known.get((region, industry, year))
        or TableCell(region, industry, year, 0, 0, None, None, 0)
        for region in AREAS
        for industry in industries
        for year in YEARS
    ]


def _cell(row: Any) -> TableCell:
    low = high = None
    jobs = row.employment
    if row.employment_status not in ("published", "derived"):
        # Outwards, so that the truth stays inside.
        low, high = max(0, math.floor(row.employment_low)), math.ceil(row.employment_high)
        jobs = min(max(jobs, low), high)
    return TableCell(
        row.region,
        row.industry,
        int(row.year),
        int(row.establishments),
        round(jobs),
        low,
        high,
        round(row.total_wages),
    )


def _tree_order(code: str) -> tuple[str, ...]:
    """Each industry after its parent: 10, 31-33, 311, 3116, 312 ..."""
    return tuple(reversed((code, *ancestors(code))))


def _employment_row(cell: TableCell) -> tuple[object, ...]:
    return (
        cell.region,
        AREA_TITLES[cell.region],
        cell.industry,
        cell.year,
        cell.establishments,
        cell.employment,
        *("" if end is None else end for end in (cell.employment_low, cell.employment_high)),
        cell.flag,
        NOTE,
    )


def _wages_row(cell: TableCell) -> tuple[object, ...]:
    """Give total wages where they are published, elsewhere only the estimated pay of a job.

    The reader then takes pay times jobs, with the ends that the jobs have.
    """
    pay = round(cell.wages / cell.employment) if cell.employment else ""
    if cell.flag:
        return (cell.region, cell.industry, cell.year, "", pay, f"{NOTE}, pay estimated")
    return (cell.region, cell.industry, cell.year, cell.wages, pay, NOTE)


def _growth_rows(truth: Truth, withheld: set[Key]) -> Iterator[tuple[object, ...]]:
    """Yield each area's projection, 2023 to 2033; openings only where the jobs are published."""
    base = YEARS[-1]
    projected = _projected_jobs(truth)
    for key in sorted(projected, key=lambda key: (AREAS.index(key.area), _tree_order(key.code))):
        jobs = truth[key].jobs
        growth = f"{100 * (projected[key] / jobs - 1):.1f}"
        random = Random(f"{SEED}/openings/{key.code}")
        rate = OPENINGS_PCT[0] + (OPENINGS_PCT[1] - OPENINGS_PCT[0]) * random.random()
        openings = "" if key in withheld else round(jobs * rate / 100)
        yield (key.area, key.code, base, PROJECTED_TO, growth, "projected", openings, NOTE)


def _projected_jobs(truth: Truth) -> dict[Key, int]:
    """Return jobs in 2033: each 4-digit industry at its own rate, everything above as their sum."""
    sums: dict[Key, int] = {}
    for industry in read_industries():
        if industry.projected_us_pct is None or industry.projected_region_pp is None:
            continue
        for area in AREAS:
            key = Key(area, YEARS[-1], industry.own, industry.naics)
            if key in truth:
                extra = industry.projected_region_pp if area != NATION else 0.0
                jobs = _grown(truth[key].jobs, industry.projected_us_pct + extra)
                for code in (key.code, *ancestors(key.code)):
                    above = key._replace(code=code)
                    sums[above] = sums.get(above, 0) + jobs
    return sums


def _grown(jobs: float, pct: float) -> int:
    for _ in range(PROJECTED_TO - YEARS[-1]):
        jobs = jobs * (1 + pct / 100)
    return round(jobs)


def _indicator_rows(industries: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """Yield two indicators that no QCEW has, for the whole region's 3-digit industries."""
    for industry in sorted(code for code in industries if len(code) == 3):
        random = Random(f"{SEED}/indicators/{industry}")
        older = -6 + 12 * random.random()
        skill = 0.6 + 0.9 * random.random()
        for name, value, margin, unit in (
            ("workers_55_plus_vs_region_pp", older, 1.5, "pp"),
            ("middle_skill_vs_region", skill, 0.08, "ratio"),
        ):
            ends = (f"{value + by:.2f}" for by in (0, -margin, margin))
            yield (REGION_NAME, industry, name, *ends, unit, "synthetic survey", NOTE)
