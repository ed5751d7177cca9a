"""The invented economy behind the sample: every cell's true figures, before anything is withheld.

Six counties, their state and the nation, 2013-2023 (2013 only feeds the over-the-year changes).
``sample_industries.csv`` holds one line a 4-digit industry: its size, growth and pay in the nation,
how concentrated and how much faster it is in the region, and in which counties it sits. The sizes
are of a realistic order; none is anybody's figure.

Same bytes on every machine: the standard library's ``random`` seeded by text, whole numbers, and
only + - * / on floats (no powers, no library functions, no ``sum`` of floats).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = 2023
YEARS = tuple(range(2014, 2024))
NATION = "US000"
STATE = "98000"
COUNTY_SHARES = {
    "98001": 0.47,
    "98003": 0.21,
    "98005": 0.13,
    "98007": 0.09,
    "98009": 0.06,
    "98011": 0.04,
}
"""Each county's share of the region's jobs. State FIPS 98 isn't given to any state."""

COUNTY_LETTERS = dict(zip("ABCDEF", COUNTY_SHARES, strict=True))
AREA_TITLES = {
    NATION: "Synthetic nation",
    STATE: "Synthetic State",
    **{code: f"Synthetic County {letter}" for letter, code in COUNTY_LETTERS.items()},
}
REGION_SHARE = 0.0036
STATE_REST_SHARE = 0.029
PAY_GROWTH = 1.036
SMALLEST_CELL_JOBS = 6.0
OFTEN_ABSENT_JOBS = 40.0
RECOVERY = {2020: 1.0, 2021: 0.5, 2022: 0.15}
SECTORS_OF_SEVERAL_CODES = {
    **dict.fromkeys(("31", "32", "33"), "31-33"),
    **dict.fromkeys(("44", "45"), "44-45"),
    **dict.fromkeys(("48", "49"), "48-49"),
}


class Cell(NamedTuple):
    """One area x ownership x industry x year: counts, USD, and jobs at its largest employer."""

    establishments: int
    jobs: int
    wages: int
    largest: int

    def plus(self, other: Cell) -> Cell:
        """Return the two cells together."""
        return Cell(
            self.establishments + other.establishments,
            self.jobs + other.jobs,
            self.wages + other.wages,
            max(self.largest, other.largest),
        )


class Key(NamedTuple):
    """Where a cell stands; ``own`` 0 is all ownerships, 5 private, 1-3 governments."""

    area: str
    year: int
    own: str
    code: str


Truth = dict[Key, Cell]


@dataclass(frozen=True, slots=True)
class Industry:
    """A line of ``sample_industries.csv``: jobs and USD of 2023, growth in % a year."""

    own: str
    naics: str
    us_jobs: float
    us_size: float
    us_pay: float
    us_growth_pct: float
    region_lq: float
    region_growth_pp: float
    region_size: float
    region_pay: float
    dip_2020_pct: float
    largest_pct: float | None
    projected_us_pct: float | None
    projected_region_pp: float | None
    counties: dict[str, float]


def read_industries() -> tuple[Industry, ...]:
    """Return the industries of the invented economy."""
    path = Path(__file__).with_name("sample_industries.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_industry(row) for row in csv.DictReader(lines))


def _industry(row: dict[str, str]) -> Industry:
    tilts = {COUNTY_LETTERS[word[0]]: float(word[1:]) for word in row["counties"].split()}

    def optional(column: str) -> float | None:
        return float(row[column]) if row[column] else None

    return Industry(
        own=row["own"],
        naics=row["naics"],
        us_jobs=float(row["us_jobs"]),
        us_size=float(row["us_jobs_per_establishment"]),
        us_pay=float(row["us_pay"]),
        us_growth_pct=float(row["us_growth_pct"]),
        region_lq=float(row["region_lq"]),
        region_growth_pp=float(row["region_growth_pp"]),
        region_size=float(row["region_size"]),
        region_pay=float(row["region_pay"]),
        dip_2020_pct=float(row["dip_2020_pct"]),
        largest_pct=optional("largest_pct"),
        projected_us_pct=optional("projected_us_pct"),
        projected_region_pp=optional("projected_region_pp"),
        counties=tilts,
    )


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above an industry, nearest first: ``3344`` gives 334, 31-33, 10."""
    if code == "10":
        return ()
    if len(code) == 2 or "-" in code:
        return ("10",)
    sector = SECTORS_OF_SEVERAL_CODES.get(code[:2], code[:2])
    return (code[:3], sector, "10") if len(code) == 4 else (sector, "10")


def make_region(seed: int = SEED) -> Truth:
    """Return every cell of the six counties, their state and the nation, 2013-2023."""
    truth: Truth = {}
    for industry in read_industries():
        for key, cell in _leaf_cells(industry, seed):
            for code in (key.code, *ancestors(key.code)):
                _add(truth, key._replace(code=code), cell)
            _add(truth, key._replace(own="0", code="10"), cell)
    return truth


def _add(truth: Truth, key: Key, cell: Cell) -> None:
    known = truth.get(key)
    truth[key] = cell if known is None else known.plus(cell)


def _leaf_cells(industry: Industry, seed: int) -> Iterator[tuple[Key, Cell]]:
    """Yield one 4-digit industry's cells: counties, then the state and nation above."""
    parts: dict[int, Cell] = {}
    for county in COUNTY_SHARES:
        for year, cell in _county_series(industry, county, seed).items():
            yield Key(county, year, industry.own, industry.naics), cell
            parts[year] = parts[year].plus(cell) if year in parts else cell
    for year, rest in _rest_of_state_series(industry, seed).items():
        state = rest.plus(parts[year]) if year in parts else rest
        yield Key(STATE, year, industry.own, industry.naics), state
        yield Key(NATION, year, industry.own, industry.naics), _nation(industry, year, seed, state)


def _county_series(industry: Industry, county: str, seed: int) -> dict[int, Cell]:
    random = Random(f"{seed}/{county}/{industry.own}/{industry.naics}")
    tilt = industry.counties.get(county, 1.0) * _between(random, 0.8, 1.25)
    share = REGION_SHARE * COUNTY_SHARES[county]
    jobs = industry.us_jobs * industry.region_lq * share * tilt
    size = industry.us_size * industry.region_size * _between(random, 0.85, 1.15)
    growth = industry.us_growth_pct + industry.region_growth_pp + _between(random, -0.5, 0.5)
    pay = industry.us_pay * industry.region_pay * _between(random, 0.95, 1.05)
    largest_share = _largest_share(industry, random)
    if jobs < SMALLEST_CELL_JOBS or (jobs < OFTEN_ABSENT_JOBS and random.random() < 0.35):
        return {}
    return {
        year: _cell(
            level * jobs * _between(random, 0.985, 1.015), size, pay_level * pay, largest_share
        )
        for year, level, pay_level in _levels(growth, industry.dip_2020_pct)
    }


def _rest_of_state_series(industry: Industry, seed: int) -> dict[int, Cell]:
    random = Random(f"{seed}/rest of state/{industry.own}/{industry.naics}")
    jobs = industry.us_jobs * STATE_REST_SHARE * _between(random, 0.6, 1.5)
    growth = industry.us_growth_pct + _between(random, -0.6, 0.6)
    pay = industry.us_pay * _between(random, 0.88, 0.98)
    return {
        year: _cell(
            level * jobs * _between(random, 0.995, 1.005), industry.us_size, pay_level * pay, 0.05
        )
        for year, level, pay_level in _levels(growth, industry.dip_2020_pct)
    }


def _nation(industry: Industry, year: int, seed: int, state: Cell) -> Cell:
    random = Random(f"{seed}/nation/{industry.own}/{industry.naics}/{year}")
    levels = {known: (level, pay) for known, level, pay in _levels(0, industry.dip_2020_pct)}
    level, pay_level = levels[year]
    for _ in range(YEARS[-1] - year):
        level = level / (1 + industry.us_growth_pct / 100)
    jobs = industry.us_jobs * level * _between(random, 0.998, 1.002)
    nation = _cell(jobs, industry.us_size, industry.us_pay * pay_level, 0.01)
    if nation.jobs <= state.jobs or nation.establishments <= state.establishments:
        message = f"{industry.naics} in {year}: the state is larger than the nation"
        raise ValueError(message)
    return nation


def _levels(growth_pct: float, dip_2020_pct: float) -> Iterator[tuple[int, float, float]]:
    """Yield year, jobs and pay relative to 2023, from 2023 back to 2013."""
    level = pay = 1.0
    for year in range(YEARS[-1], YEARS[0] - 2, -1):
        yield year, level * (1 - dip_2020_pct / 100 * RECOVERY.get(year, 0.0)), pay
        level = level / (1 + growth_pct / 100)
        pay = pay / PAY_GROWTH


def _cell(jobs: float, size: float, pay: float, largest_share: float) -> Cell:
    whole_jobs = max(1, round(jobs))
    establishments = max(1, round(whole_jobs / size))
    even = 1 / establishments
    share = even + (1 - even) * largest_share
    return Cell(
        establishments,
        whole_jobs,
        whole_jobs * round(pay),
        min(whole_jobs, round(whole_jobs * share)),
    )


def _largest_share(industry: Industry, random: Random) -> float:
    """Return the largest employer's share of a cell beyond an even split; now and then it rules."""
    share = _between(random, 0.8, 0.95) if random.random() < 0.06 else _between(random, 0.0, 0.45)
    return share if industry.largest_pct is None else industry.largest_pct / 100


def _between(random: Random, low: float, high: float) -> float:
    return low + (high - low) * random.random()
