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
from sectorscan.tables.model import Interval, Panel

ROUNDING = 1e-12
"""Relative slack within which two sums of the same cells are the same number."""

RECENT_YEARS = 2
"""Recent growth starts this many years before the period's end (``recent_growth_vs_region_pp``)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Weights (S,) on atoms, 0 or 1; ``by_year`` instead stacks its atoms on a last axis.

    ``kind`` is its name without the year's mark, ``year`` its position in ``panel.years``.
    """

    kind: str
    year: int | None
    parts: Mapping[str, FloatArray]
    by_year: bool = False


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
            return np.stack([atoms[atom] for atom in quantity.parts], axis=-1)
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


class _Builder:
    """Collects atoms and quantities year by year."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.size = len(panel.sectors)
        self.atoms: dict[str, Interval] = {}
        self.quantities: dict[str, Quantity] = {}
        self.total_is_sum = np.full(self.size, panel.total_is_sum)
        self.contains = np.full(self.size, panel.benchmark_contains_region)

    def column(self, cells: Interval, year: int | None) -> Interval:
        """Return one year's (S,) cells, NaN where the year is ``None``."""
        if year is None:
            return Interval.exact(np.full(self.size, np.nan))
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
        year: int | None,
        cells: Interval,
        inside: Mapping[str, FloatArray],
    ) -> None:
        """Add a quantity that holds other atoms (weights 0 or 1) and a rest of its own.

        Where the rest wouldn't be an interval, the total doesn't move with what it holds (it was
        published, say), and is an atom of its own.
        """
        name, interval = kind + mark, self.column(cells, year)
        held = _weighted_sum({a: self.atoms[a] for a in inside}, inside, self.size)
        rest = _minus(interval, held)
        shared = np.any([weight != 0 for weight in inside.values()], axis=0)
        slack = ROUNDING * (1 + np.abs(interval.value))
        with np.errstate(invalid="ignore"):
            moves = (
                shared
                & (rest.low >= -slack)
                & (rest.low <= rest.value + slack)
                & (rest.value <= rest.high + slack)
            )
        self.atoms[f"{name} rest"] = _where(moves, _tidy(rest, slack), interval)
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

    A base-year quantity is NaN where the period is one year, a recent one where the year two
    before the end isn't in the period or is its base.
    """
    build = _Builder(panel)
    end = len(panel.years) - 1 if panel.years else None
    base = 0 if end else None
    recent = _recent_year(panel)
    for mark, year in (("1", end), ("0", base), ("_recent", recent)):
        _add_employment(build, mark, year)
        _add_pay(build, mark, year)
    _add_others(build, end)
    _add_by_year(build)
    return Quantities(build.atoms, build.quantities)


def _recent_year(panel: Panel) -> int | None:
    if not panel.years or panel.years[-1] - panel.years[0] <= RECENT_YEARS:
        return None
    year = panel.years[-1] - RECENT_YEARS
    return panel.years.index(year) if year in panel.years else None


def _add_employment(build: _Builder, mark: str, year: int | None) -> None:
    panel = build.panel
    build.own("e_ir", mark, year, build.column(panel.e_ir, year))
    sector = build.sum_of(f"e_ir{mark}", build.total_is_sum)
    build.total("e_r", mark, year, panel.e_r, sector)
    build.total("e_region", mark, year, panel.e_region, sector)
    inside = build.sum_of(f"e_ir{mark}", build.contains)
    build.total("e_in", mark, year, panel.e_in, inside)
    region = build.sum_of(f"e_r{mark}", build.contains)
    industry = build.sum_of(f"e_in{mark}", build.total_is_sum)
    build.total("e_n", mark, year, panel.e_n, _union(region, industry))
    if _same(panel.e_r_lq, panel.e_r) and _same(panel.e_n_lq, panel.e_n):
        build.quantities[f"e_r_lq{mark}"] = build.quantities[f"e_r{mark}"]
        build.quantities[f"e_n_lq{mark}"] = build.quantities[f"e_n{mark}"]
        return
    build.own("e_r_lq", mark, year, build.column(panel.e_r_lq, year))
    covered = build.sum_of(f"e_r_lq{mark}", build.contains)
    build.total("e_n_lq", mark, year, panel.e_n_lq, covered)


def _add_pay(build: _Builder, mark: str, year: int | None) -> None:
    panel = build.panel
    build.own("w_ir", mark, year, build.column(panel.w_ir, year))
    sector = build.sum_of(f"w_ir{mark}", build.total_is_sum)
    build.total("w_r", mark, year, panel.w_r, sector)
    inside = build.sum_of(f"w_ir{mark}", build.contains)
    build.total("w_in", mark, year, panel.w_in, inside)


def _add_others(build: _Builder, end: int | None) -> None:
    panel, size = build.panel, build.size
    establishments = Interval.exact(panel.n_ir)
    build.own("n_ir", "1", end, build.column(establishments, end))
    for kind, indicator in FROM_TABLES.items():
        build.own(f"{kind}_ir", "", None, of_sectors(panel, indicator))
        build.own(f"{kind}_r", "", None, of_all_industries(panel, indicator))
    span = panel.years[-1] - panel.years[0] if end else np.nan
    threshold = panel.thresholds.get("new_hire_annual_pay", np.nan)
    for kind, mark, constant in (
        ("new_hire_pay_threshold", "", threshold),
        ("price_index", "1", np.nan),
        ("price_index", "0", np.nan),
        ("years", "", span),
        ("recent_years", "", RECENT_YEARS),
    ):
        build.own(kind, mark, None, Interval.exact(np.full(size, float(constant))))


def _add_by_year(build: _Builder) -> None:
    """Add the sector's jobs of every calendar year between base and end, NaN where absent."""
    years = build.panel.years
    parts: dict[str, FloatArray] = {}
    recent = _recent_year(build.panel)
    # One cell is one unknown, whichever quantities it stands in.
    names = {0: "e_ir0", recent: "e_ir_recent", len(years) - 1: "e_ir1"}
    for year in range(years[0], years[-1] + 1) if years else ():
        place = years.index(year) if year in years else None
        name = None if place is None else names.get(place)
        if name is None or len(years) == 1:
            name = f"e_ir {year}"
            build.atoms[name] = build.column(build.panel.e_ir, place)
        parts[name] = np.ones(build.size)
    if not parts:
        build.atoms["e_ir none"] = Interval.exact(np.full(build.size, np.nan))
        parts["e_ir none"] = np.ones(build.size)
    build.quantities["e_ir_by_year"] = Quantity("e_ir", None, parts, by_year=True)


def _same(first: Interval, second: Interval) -> bool:
    return first is second or all(
        np.array_equal(a, b, equal_nan=True)
        for a, b in (
            (first.low, second.low),
            (first.value, second.value),
            (first.high, second.high),
        )
    )


def _union(
    first: Mapping[str, FloatArray], second: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    zero = np.zeros(())
    names = dict.fromkeys((*first, *second))
    return {a: np.maximum(first.get(a, zero), second.get(a, zero)) for a in names}


def _weighted_sum(
    atoms: Mapping[str, Interval], weights: Mapping[str, FloatArray], size: int
) -> Interval:
    ends = []
    for end in ("low", "value", "high"):
        total = np.zeros(size)
        for name, atom in atoms.items():
            total = total + np.where(weights[name] != 0, getattr(atom, end), 0.0)
        ends.append(total)
    return Interval(*ends)


def _minus(total: Interval, held: Interval) -> Interval:
    """Return the rest of a total: end by end, for the ends of a sum are the sums of the ends."""
    with np.errstate(invalid="ignore"):
        rest = Interval(total.low - held.low, total.value - held.value, total.high - held.high)
    # inf - inf: the rest's high isn't known, unless its low says that nothing else is uncertain.
    slack = ROUNDING * (1 + np.abs(total.value))
    certain = np.abs(rest.value - rest.low) <= slack
    unknown = np.isinf(total.high) & np.isinf(held.high)
    return replace(rest, high=np.where(unknown, np.where(certain, rest.value, np.inf), rest.high))


def _tidy(rest: Interval, slack: FloatArray) -> Interval:
    """Return the interval with ends that differ by rounding alone set equal."""
    low = np.where(np.abs(rest.value - rest.low) <= slack, rest.value, np.maximum(rest.low, 0.0))
    high = np.where(np.abs(rest.high - rest.value) <= slack, rest.value, rest.high)
    return Interval(low, rest.value, high)


def _where(condition: np.ndarray, first: Interval, second: Interval) -> Interval:
    return Interval(
        np.where(condition, first.low, second.low),
        np.where(condition, first.value, second.value),
        np.where(condition, first.high, second.high),
    )
