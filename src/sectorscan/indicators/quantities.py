"""What the kernels take, from the panel: each quantity a sum of independent unknowns.

The unknowns ("atoms") are the sector's own jobs and wages in each year and the rests that the
totals consist of beside them: E_r = E_ir + the region's rest where the total is a sum, E_in =
E_ir + the rest of the industry where the benchmark holds the region, and so on. An atom that
stands in several quantities of a formula is varied once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.from_tables import FROM_TABLES, of_all_industries, of_sectors
from sectorscan.indicators.interval_sums import (
    ROUNDING,
    minus,
    same,
    tidy,
    union,
    weighted_sum,
    where,
)
from sectorscan.tables.model import Interval, Panel

RECENT_YEARS = 2
"""Recent growth starts this many years before the period's end (``recent_growth_vs_region_pp``)."""

WINDOWS = (2, 5, 10)
"""Growth over a window starts this many years before the period's end."""

UNKNOWN = "unknown"
"""The atom of what the panel hasn't got."""

_OF_A_YEAR = (
    *("e_ir", "e_r", "e_region", "e_in", "e_n", "e_r_lq", "e_n_lq"),
    *("n_ir", "n_r", "n_in", "n_n"),
    *("w_ir", "w_r", "w_in", "w_n"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Weights (S,) on atoms, 0 or 1; one by year instead stacks ``years`` on a last axis.

    ``kind`` is its name without the year's mark, ``year`` its position in ``panel.years``;
    ``years`` names the quantities of the single years.
    """

    kind: str
    year: int | None
    parts: Mapping[str, FloatArray]
    years: tuple[str, ...] = ()

    @property
    def by_year(self) -> bool:
        """True where it holds every year of the period."""
        return bool(self.years)


@dataclass(frozen=True, slots=True)
class Quantities:
    """Every quantity of ``registry.QUANTITIES`` for S sectors.

    ``atoms`` are intervals of shape (S,).
    """

    atoms: Mapping[str, Interval]
    quantities: Mapping[str, Quantity]

    def atoms_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the atoms behind quantities, each once, in a fixed order."""
        return tuple(dict.fromkeys(a for n in names for a in self.quantities[n].parts))

    def evaluate(
        self, name: str, atoms: Mapping[str, FloatArray], rows: slice | np.ndarray = slice(None)
    ) -> FloatArray:
        """Return a quantity from values of its atoms, (..., R) for the R sectors of ``rows``."""
        quantity = self.quantities[name]
        if quantity.by_year:
            series = [self.evaluate(year, atoms, rows) for year in quantity.years]
            return np.stack(series, axis=-1)
        terms = [
            # 0 x inf is NaN: an atom that a sector hasn't got is left out before it is weighed.
            atoms[atom] if weight.all() else np.where(weight[rows] != 0, atoms[atom], 0.0)
            for atom, weight in quantity.parts.items()
        ]
        return np.asarray(sum(terms[1:], start=terms[0]))

    def values(self, name: str) -> FloatArray:
        """Return the (S,) values of a quantity; (S, Y) for one by year."""
        return self.evaluate(name, {a: x.value for a, x in self.atoms.items()})

    def uncertain(self, name: str) -> np.ndarray:
        """Return (S,) True where an atom behind the quantity is uncertain."""
        parts = self.quantities[name].parts
        flags = [(weight != 0) & self.atoms[atom].uncertain for atom, weight in parts.items()]
        return np.asarray(np.any(flags, axis=0))

    def any_uncertain(self, names: tuple[str, ...]) -> np.ndarray:
        """Return (S,) True where an atom behind any of the quantities is uncertain."""
        return np.asarray(np.any([self.uncertain(name) for name in names], axis=0))


class _Builder:
    """Collects atoms and quantities year by year."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.size = len(panel.sectors)
        self.atoms: dict[str, Interval] = {}
        self.quantities: dict[str, Quantity] = {}
        self.total_is_sum = np.full(self.size, panel.total_is_sum)
        self.contains = np.full(self.size, panel.benchmark_contains_region)
        self.own(UNKNOWN, "", None, Interval.exact(np.full(self.size, np.nan)))

    def column(self, cells: Interval, year: int) -> Interval:
        """Return one year's (S,) cells."""
        return Interval(
            *(
                np.broadcast_to(end[:, year], (self.size,))
                for end in (cells.low, cells.value, cells.high)
            )
        )

    def own(self, kind: str, mark: str, year: int | None, interval: Interval) -> None:
        """Add a quantity that is an atom of its own."""
        name = kind + mark
        self.atoms[name] = interval
        self.quantities[name] = Quantity(kind, year, {name: np.ones(self.size)})

    def total(
        self,
        kind: str,
        mark: str,
        year: int,
        cells: Interval,
        inside: Mapping[str, FloatArray],
    ) -> None:
        """Add a quantity that holds other atoms (weights 0 or 1) and a rest of its own.

        Where the rest wouldn't be an interval, the total doesn't move with what it holds (it was
        published, say), and is an atom of its own.
        """
        name, interval = kind + mark, self.column(cells, year)
        held = weighted_sum({a: self.atoms[a] for a in inside}, inside, self.size)
        rest = minus(interval, held)
        shared = np.any([weight != 0 for weight in inside.values()], axis=0)
        slack = ROUNDING * (1 + np.abs(interval.value))
        with np.errstate(invalid="ignore"):
            moves = (
                shared
                & (rest.low >= -slack)
                & (rest.low <= rest.value + slack)
                & (rest.value <= rest.high + slack)
            )
        self.atoms[f"{name} rest"] = where(moves, tidy(rest, slack), interval)
        self.quantities[name] = Quantity(
            kind,
            year,
            {
                **{atom: np.where(moves, weight, 0.0) for atom, weight in inside.items()},
                f"{name} rest": np.ones(self.size),
            },
        )

    def sum_of(self, name: str, condition: np.ndarray) -> dict[str, FloatArray]:
        """Return the weights of a quantity's atoms, kept where the condition holds."""
        return {a: np.where(condition, w, 0.0) for a, w in self.quantities[name].parts.items()}


def quantities(panel: Panel) -> Quantities:
    """Return every quantity that the registry's kernels take.

    One of a year that the panel hasn't got is NaN: the base year where the period is one year, a
    window's first year, the recent one also where it is the period's base.
    """
    build = _Builder(panel)
    for place, year in enumerate(panel.years):
        _add_employment(build, f" {year}", place)
        _add_pay(build, f" {year}", place)
        _add_establishments(build, f" {year}", place)
    for mark, at in _marks(panel).items():
        for kind in _OF_A_YEAR:
            build.quantities[kind + mark] = _of_year(build, kind, at)
    _add_constants(build)
    for kind in ("e_ir", "e_r", "e_in", "e_n"):
        _add_by_year(build, kind)
    return Quantities(build.atoms, build.quantities)


def _marks(panel: Panel) -> dict[str, int | None]:
    """Return the position in ``panel.years`` that each mark of a quantity's name stands for."""
    if not panel.years:
        return dict.fromkeys(("1", "0", "_recent", *(f"_{n}y" for n in WINDOWS)))
    place = {year: at for at, year in enumerate(panel.years)}
    end, base = panel.years[-1], panel.years[0]
    return {
        "1": place[end],
        "0": place[base] if base < end else None,
        "_recent": place.get(end - RECENT_YEARS) if end - base > RECENT_YEARS else None,
        **{f"_{years}y": place.get(end - years) for years in WINDOWS},
    }


def _of_year(build: _Builder, kind: str, place: int | None) -> Quantity:
    if place is None:
        return replace(build.quantities[UNKNOWN], kind=kind)
    return build.quantities[f"{kind} {build.panel.years[place]}"]


def _add_employment(build: _Builder, mark: str, year: int) -> None:
    panel = build.panel
    build.own("e_ir", mark, year, build.column(panel.e_ir, year))
    sector = build.sum_of(f"e_ir{mark}", build.total_is_sum)
    build.total("e_r", mark, year, panel.e_r, sector)
    build.total("e_region", mark, year, panel.e_region, sector)
    inside = build.sum_of(f"e_ir{mark}", build.contains)
    build.total("e_in", mark, year, panel.e_in, inside)
    region = build.sum_of(f"e_r{mark}", build.contains)
    industry = build.sum_of(f"e_in{mark}", build.total_is_sum)
    build.total("e_n", mark, year, panel.e_n, union(region, industry))
    if same(panel.e_r_lq, panel.e_r) and same(panel.e_n_lq, panel.e_n):
        build.quantities[f"e_r_lq{mark}"] = build.quantities[f"e_r{mark}"]
        build.quantities[f"e_n_lq{mark}"] = build.quantities[f"e_n{mark}"]
        return
    build.own("e_r_lq", mark, year, build.column(panel.e_r_lq, year))
    covered = build.sum_of(f"e_r_lq{mark}", build.contains)
    build.total("e_n_lq", mark, year, panel.e_n_lq, covered)


def _add_pay(build: _Builder, mark: str, year: int) -> None:
    panel = build.panel
    build.own("w_ir", mark, year, build.column(panel.w_ir, year))
    sector = build.sum_of(f"w_ir{mark}", build.total_is_sum)
    build.total("w_r", mark, year, panel.w_r, sector)
    inside = build.sum_of(f"w_ir{mark}", build.contains)
    build.total("w_in", mark, year, panel.w_in, inside)
    region = build.sum_of(f"w_r{mark}", build.contains)
    industry = build.sum_of(f"w_in{mark}", build.total_is_sum)
    build.total("w_n", mark, year, panel.w_n, union(region, industry))


def _add_establishments(build: _Builder, mark: str, year: int) -> None:
    """Add counts, which are published: nothing in them is uncertain."""
    panel, unknown = build.panel, np.full((1, len(build.panel.years)), np.nan)
    for kind, counts in (
        ("n_ir", panel.n_ir),
        ("n_r", panel.n_r),
        ("n_in", panel.n_in),
        ("n_n", panel.n_n),
    ):
        cells = Interval.exact(unknown if counts is None else counts)
        build.own(kind, mark, year, build.column(cells, year))


def _add_constants(build: _Builder) -> None:
    panel, size = build.panel, build.size
    for kind, indicator in FROM_TABLES.items():
        build.own(f"{kind}_ir", "", None, of_sectors(panel, indicator))
        build.own(f"{kind}_r", "", None, of_all_industries(panel, indicator))
    span = panel.years[-1] - panel.years[0] if len(panel.years) > 1 else np.nan
    threshold = panel.thresholds.get("new_hire_annual_pay", np.nan)
    for kind, mark, constant in (
        ("new_hire_pay_threshold", "", threshold),
        ("price_index", "1", np.nan),
        ("price_index", "0", np.nan),
        ("years", "", span),
        ("recent_years", "", RECENT_YEARS),
        ("part_of_benchmark", "", 1.0 if panel.part_of_benchmark else np.nan),
        *((f"window_{years}y", "", years) for years in WINDOWS),
    ):
        build.own(kind, mark, None, Interval.exact(np.full(size, float(constant))))


def _add_by_year(build: _Builder, kind: str) -> None:
    """Add a quantity of every calendar year between base and end, unknown where absent."""
    years = build.panel.years
    names = [
        f"{kind} {year}" if year in years else UNKNOWN
        for year in (range(years[0], years[-1] + 1) if years else ())
    ] or [UNKNOWN]
    parts: dict[str, FloatArray] = {}
    for name in names:
        parts = union(parts, build.quantities[name].parts)
    build.quantities[f"{kind}_by_year"] = Quantity(kind, None, parts, tuple(names))
