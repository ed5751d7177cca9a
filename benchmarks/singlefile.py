"""A national annual singlefile of the real thing's size, invented: 3.6 million rows, 38 columns.

Cells add up in every area's tree and small ones are withheld, so that a reader has its whole work
to do. Seeded; written once into ``benchmarks/.data`` (ignored by git).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks" / ".data"
YEAR = 2023
YEARS = tuple(range(2014, 2024))
SEED = 2023
COUNTIES = 3250
AREAS_AT_ONCE = 130
LEAVES_PER_COUNTY = 424
FEWEST_ESTABLISHMENTS = 3
TEXT_COLUMNS = 8
REGION = ("98001", "98003", "98005", "98007", "98009", "98011")
NATION = "US000"

Ints = npt.NDArray[np.int64]


def singlefile(folder: Path = FOLDER, counties: int = COUNTIES, year: int = YEAR) -> Path:
    """Return the file's path, making it first where it isn't there.

    Other years have the same establishments, and jobs that moved.
    """
    path = folder / file_name(year, counties)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            for place, frame in enumerate(_frames(counties, year)):
                frame.write_csv(file, include_header=place == 0, quote_style="non_numeric")
        unfinished.replace(path)
    return path


def file_name(year: int, counties: int = COUNTIES) -> str:
    """Return what a year's file is called."""
    return f"{year}.annual.singlefile.{counties}.csv"


def _codes() -> tuple[list[str], npt.NDArray[np.float32], Ints]:
    """Return the codes, a leaves x codes matrix of what adds to what, and each code's level."""
    with (ROOT / "src/sectorscan/sources/naics_titles.csv").open(encoding="utf-8") as lines:
        known = sorted({row["code"] for row in csv.DictReader(lines)} - {"10"})
    leaves = [code for code in known if len(code) == 6 and code.isdigit()]
    ranges = {two: code for code in known if "-" in code for two in _range(code)}

    def above(leaf: str) -> list[str]:
        return ["10", ranges.get(leaf[:2], leaf[:2]), *(leaf[:n] for n in (3, 4, 5, 6))]

    codes = ["10", *sorted({code for leaf in leaves for code in above(leaf)} - {"10"})]
    place = {code: at for at, code in enumerate(codes)}
    adds = np.zeros((len(leaves), len(codes)), dtype=np.float32)
    for row, leaf in enumerate(leaves):
        adds[row, [place[code] for code in above(leaf)]] = 1
    levels = [1 if code == "10" else 4 if "-" in code else len(code) + 2 for code in codes]
    return codes, adds, np.array(levels)


def _range(code: str) -> list[str]:
    low, high = code.split("-")
    return [str(two) for two in range(int(low), int(high) + 1)]


def _frames(counties: int, year: int) -> Iterator[pl.DataFrame]:
    random = np.random.default_rng(SEED)
    moved = np.random.default_rng(year)
    codes, adds, levels = _codes()
    names = _area_names(counties)
    nation = np.zeros((3, adds.shape[0]), dtype=np.int64)
    for start in range(0, counties, AREAS_AT_ONCE):
        areas = names[start : start + AREAS_AT_ONCE]
        establishments, jobs, wages = _leaves(random, len(areas), adds.shape[0])
        if year != YEAR:
            jobs = np.rint(jobs * moved.uniform(0.85, 1.1, jobs.shape)).astype(np.int64)
            wages = np.rint(wages * moved.uniform(0.8, 1.0, wages.shape)).astype(np.int64)
        nation += np.stack([establishments.sum(0), jobs.sum(0), wages.sum(0)])
        yield _frame(year, areas, codes, levels, 70, [establishments, jobs, wages], adds)
    yield _frame(year, [NATION], codes, levels, 10, [part[None, :] for part in nation], adds)


def _area_names(counties: int) -> list[str]:
    invented = (f"{state:02d}{county:03d}" for state in range(1, 57) for county in range(1, 180, 2))
    others = [name for name, _ in zip(invented, range(counties - len(REGION)), strict=False)]
    return [*others, *REGION]


def _leaves(random: np.random.Generator, areas: int, leaves: int) -> tuple[Ints, Ints, Ints]:
    present = random.random((areas, leaves)) < LEAVES_PER_COUNTY / leaves
    establishments = np.where(present, random.geometric(0.25, (areas, leaves)), 0)
    jobs = establishments * random.integers(2, 40, (areas, leaves))
    return establishments, jobs, jobs * random.integers(28_000, 120_000, (areas, leaves))


def _frame(
    year: int,
    areas: list[str],
    codes: list[str],
    levels: Ints,
    agglvl: int,
    leaves: list[Ints],
    adds: npt.NDArray[np.float32],
) -> pl.DataFrame:
    # float64 holds these whole numbers exactly.
    full = adds.astype(np.float64)
    establishments, jobs, wages = (np.rint(part @ full).astype(np.int64) for part in leaves)
    area, code = np.nonzero(establishments)
    totals = [part[:, 0][area] for part in (establishments, jobs, wages)]
    cells = [part[area, code] for part in (establishments, jobs, wages)]
    private = _rows(
        np.array(areas)[area], "5", np.array(codes)[code], agglvl + levels[code], cells, totals
    )
    whole = [part[:, 0] for part in (establishments, jobs, wages)]
    count = len(areas)
    everyone = _rows(
        np.array(areas), "0", np.full(count, "10"), np.full(count, agglvl), whole, whole
    )
    rows = pl.concat([everyone, private]).sort(["area_fips", "own_code", "industry_code"])
    return rows.with_columns(year=pl.lit(str(year)))


def _rows(
    areas: npt.NDArray[np.str_],
    own: str,
    codes: npt.NDArray[np.str_],
    levels: Ints,
    cells: list[Ints],
    totals: list[Ints],
) -> pl.DataFrame:
    establishments, jobs, wages = cells
    withheld = establishments < FEWEST_ESTABLISHMENTS
    mark = np.where(withheld, "N", "")
    shown = [np.where(withheld, 0, part) for part in (jobs, wages, wages // 4, wages // 250)]
    pay = np.where(withheld, 0, wages // np.maximum(jobs, 1))
    share = np.round(jobs / totals[1] * 100, 2)
    columns: dict[str, Any] = {
        "area_fips": areas,
        "own_code": np.full(len(areas), own),
        "industry_code": codes,
        "agglvl_code": levels.astype(str),
        "size_code": np.full(len(areas), "0"),
        "year": np.full(len(areas), str(YEAR)),
        "qtr": np.full(len(areas), "A"),
        "disclosure_code": mark,
        "annual_avg_estabs": establishments,
        "annual_avg_emplvl": shown[0],
        "total_annual_wages": shown[1],
        "taxable_annual_wages": shown[2],
        "annual_contributions": shown[3],
        "annual_avg_wkly_wage": pay // 52,
        "avg_annual_pay": pay,
        "lq_disclosure_code": mark,
        **{f"lq_{name}": share for name in QUANTITIES},
        "oty_disclosure_code": mark,
    }
    for name in QUANTITIES:
        columns[f"oty_{name}_chg"] = shown[0] // 50
        columns[f"oty_{name}_pct_chg"] = np.where(withheld, 0.0, 2.0)
    return pl.DataFrame(columns)


QUANTITIES = (
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
)
"""The seven quantities of which BLS gives location quotients and changes over the year."""
