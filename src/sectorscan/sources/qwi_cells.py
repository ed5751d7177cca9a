"""QWI's figures with their status flags, and the ratios that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sectorscan.sources.rate_tables import RateLine
from sectorscan.sources.withheld_parts import share_of_parts

RELEASED = frozenset(["", "1", "6", "7", "9", "10", "12"])
"""Status flags of figures that are released: as they are, computed from released ones, or with
more noise than usual (7, 9, 12)."""
WITHHELD = frozenset(["5", "11"])
"""Doesn't meet the Bureau's publication standards. Other flags (-1, -2): there is no figure."""
OVER_55 = ("A07", "A08")
YOUNGER = ("A01", "A02", "A03", "A04", "A05", "A06")
EVERYONE = "A00"
MONTHS = 12


class Figure(NamedTuple):
    """A number, NaN where it isn't released, and whether it is withheld."""

    value: float
    withheld: bool


class Cell(NamedTuple):
    """One age group's figures in a quarter."""

    jobs: Figure
    stable_jobs: Figure
    turnover: Figure
    new_hires: Figure
    new_hire_pay: Figure


Quarter = dict[str, dict[str, Cell]]
"""Quarter to age group to figures."""


class Ratio(NamedTuple):
    """Numerator with its ends over denominator, NaN where all is withheld."""

    value: float
    low: float
    high: float
    denominator: float


_NOTHING_RELEASED = Ratio(np.nan, np.nan, np.nan, np.nan)


def cell_of(row: Mapping[str, str]) -> Cell:
    """Return a row's figures.

    Raises
    ------
    ValueError
        Where one is no number.
    """
    return Cell(*(_figure(row, name) for name in _COLUMNS))


_COLUMNS = ("emp", "emps", "turnovrs", "hirns", "earnhirns")


def _figure(row: Mapping[str, str], name: str) -> Figure:
    flag = row.get(f"s{name}", "").strip()
    text = row.get(name, "").strip()
    if flag in RELEASED and text and text.lower() not in ("na", "."):
        try:
            value = float(text)
        except ValueError:
            raise ValueError(text) from None
        if not np.isfinite(value) or value < 0:
            raise ValueError(text)
        return Figure(value, False)
    return Figure(np.nan, flag in WITHHELD)


def ratios(quarters: Quarter, *, by_age: bool) -> dict[str, Ratio]:
    """Return a year's ratios by quantity, each the sum over the quarters that have figures.

    A quantity without a figure in any quarter is left out, one that is withheld is all NaN.
    ``by_age`` says that the file has the age groups at all.
    """
    everyone = [ages[EVERYONE] for ages in quarters.values() if EVERYONE in ages]
    found = {
        "turnover": _weighed([(c.turnover, _weight(c.stable_jobs, c.jobs), 1) for c in everyone]),
        "new_hire_pay": _weighed(
            [(c.new_hire_pay, _weight(c.new_hires, c.jobs), MONTHS) for c in everyone]
        ),
    }
    if by_age:
        found["workers_55_plus"] = _over_55(quarters)
    return {name: ratio for name, ratio in found.items() if ratio is not None}


def _weight(first: Figure, second: Figure) -> float:
    return second.value if np.isnan(first.value) else first.value


def _weighed(parts: list[tuple[Figure, float, int]]) -> Ratio | None:
    known = [(f.value * w * times, w) for f, w, times in parts if not np.isnan(f.value * w)]
    whole = sum(weight for _, weight in known)
    if whole > 0:
        value = sum(amount for amount, _ in known)
        return Ratio(value, value, value, whole)
    return _NOTHING_RELEASED if any(figure.withheld for figure, _, _ in parts) else None


def _over_55(quarters: Quarter) -> Ratio | None:
    sums, whole, withheld = np.zeros(3), 0.0, False
    for ages in quarters.values():
        if EVERYONE not in ages:
            continue
        total = ages[EVERYONE].jobs
        if not total.value > 0:
            withheld = withheld or total.withheld
            continue
        # An age group without a row is as unknown as a withheld one.
        old, young = (
            [ages[age].jobs.value if age in ages else np.nan for age in group]
            for group in (OVER_55, YOUNGER)
        )
        sums += share_of_parts(total.value, old, young)
        whole += total.value
    if whole > 0:
        value, low, high = sums.tolist()
        return Ratio(value, low, high, whole)
    return _NOTHING_RELEASED if withheld else None


def lines_of(
    area: str, industry: str, year: int, found: Mapping[str, Ratio], file: str
) -> list[RateLine]:
    """Return a year's ratios as lines of the frame ``rates``."""
    return [
        RateLine(area, industry, name, year, year, *ratio[:3], ratio.denominator, file)
        for name, ratio in found.items()
    ]
