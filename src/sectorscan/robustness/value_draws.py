"""Withheld figures drawn inside their bounds, and the criteria computed again from each draw.

Each unknown behind the indicators (a sector's jobs or wages of a year, the rest of a total) is
drawn once, on its own, and every criterion is computed from the same draw. A draw lies below or
above the value with probability one half each, its density falling linearly to the end: the value
is the median, and the ends are unlikely. Where the value is an end, the other side alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.quantities import Quantities, quantities
from sectorscan.indicators.registry import REGISTRY
from sectorscan.tables.model import FloatArray, Interval

IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

_SAME = 1e-9
"""Relative difference within which a formula gives the table's own figure."""


def triangular(random: np.random.Generator, interval: Interval, draws: int) -> FloatArray:
    """Return (draws, R) draws of (R,) intervals with finite ends."""
    low, value, high = interval.low, interval.value, interval.high
    # One number from 0 to 1 tells the side (its lower half is below) and how far out on it.
    below = np.where(value == high, 1.0, np.where(value == low, 0.0, 0.5))
    number = random.random((draws, len(value)))
    down = number < below
    share = np.where(down, number / np.where(below > 0, below, 1.0),
                     (number - below) / np.where(below < 1, 1 - below, 1.0))  # fmt: skip
    reach = np.where(down, low - value, high - value)
    return np.asarray(value + reach * (1 - np.sqrt(share)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One indicator in every draw: ``values`` (draws, R) of the uncertain sectors ``rows`` (R,)."""

    rows: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What there is to draw: for each indicator the sectors whose value isn't certain.

    ``computed`` holds those that come out of the formula, ``direct`` those whose figure was given
    with ends. ``held`` (indicator, sector) have an end that is not known and no limit: they keep
    their value.
    """

    table: IndicatorTable
    quantities: Quantities
    computed: Mapping[str, IntArray]
    direct: Mapping[str, IntArray]
    held: tuple[tuple[str, str], ...]

    @property
    def any(self) -> bool:
        """Whether anything is uncertain."""
        return any(len(rows) for rows in (*self.computed.values(), *self.direct.values()))


def uncertain(table: IndicatorTable, wanted: Sequence[str], among: BoolArray) -> Uncertain:
    """Return what is uncertain in the wanted indicators of a table's sectors ``among`` (S,)."""
    from_panel = quantities(table.panel)
    computed: dict[str, IntArray] = {}
    direct: dict[str, IntArray] = {}
    held: list[tuple[str, str]] = []
    for name in dict.fromkeys(wanted):
        if name not in table.ids:
            continue
        column = table.column(name)
        low, value, high = (end[:, column] for end in (table.low, table.value, table.high))
        moves = among & ~np.isnan(value) & (low != high)
        by_formula = moves & _comes_from_formula(from_panel, name, value)
        bounded = np.isfinite(low) & np.isfinite(high)
        computed[name] = np.flatnonzero(by_formula)
        direct[name] = np.flatnonzero(moves & ~by_formula & bounded)
        loose = moves & np.where(by_formula, _open(from_panel, name, len(value)), ~bounded)
        held += [(name, table.sectors[s].id) for s in np.flatnonzero(loose)]
    return Uncertain(table, from_panel, computed, direct, tuple(held))


def _comes_from_formula(from_panel: Quantities, name: str, value: FloatArray) -> BoolArray:
    """Return where the registry's formula gives the figure: elsewhere a table gave it."""
    spec = REGISTRY.get(name)
    if spec is None:
        return np.zeros(len(value), dtype=np.bool_)
    formula = np.asarray(spec.kernel(*(from_panel.values(q) for q in spec.takes)), dtype=float)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(formula - value) <= _SAME * np.maximum(1.0, np.abs(value)))


def _open(from_panel: Quantities, name: str, size: int) -> BoolArray:
    """Return (S,) where an unknown behind an indicator has no limit above."""
    out = np.zeros(size, dtype=np.bool_)
    for quantity in REGISTRY[name].takes if name in REGISTRY else ():
        for atom, weight in from_panel.quantities[quantity].parts.items():
            out |= (weight != 0) & np.isinf(from_panel.atoms[atom].high)
    return out


def draw(random: np.random.Generator, what: Uncertain, draws: int) -> dict[str, Drawn]:
    """Return each indicator's draws; unknowns that several indicators share are drawn once."""
    names = [name for name, rows in what.computed.items() if len(rows)]
    atoms = dict.fromkeys(
        atom for name in names for atom in what.quantities.atoms_of(REGISTRY[name].takes)
    )
    none = np.empty(0, dtype=np.intp)
    every = np.unique(np.concatenate([none, *(what.computed[name] for name in names)]))
    points = {atom: _points(random, what.quantities.atoms[atom], every, draws) for atom in atoms}
    drawn = {
        name: _with_direct(random, what, name, _computed(what, name, every, points, draws), draws)
        for name in what.computed
    }
    return {name: found for name, found in drawn.items() if len(found.rows)}


def _points(random: np.random.Generator, atom: Interval, every: IntArray, draws: int) -> FloatArray:
    """Return an unknown in the sectors ``every``: (draws, R), or (1, R) where it is certain."""
    part = Interval(*(end[every] for end in (atom.low, atom.value, atom.high)))
    moves = part.uncertain & np.isfinite(part.high)
    if not moves.any():
        return part.value[None, :]
    out = np.repeat(part.value[None, :], draws, axis=0)
    some = Interval(*(end[moves] for end in (part.low, part.value, part.high)))
    out[:, moves] = triangular(random, some, draws)
    return out


def _computed(
    what: Uncertain, name: str, every: IntArray, points: Mapping[str, FloatArray], draws: int
) -> Drawn:
    rows = what.computed[name]
    if not len(rows):
        return Drawn(rows, np.empty((draws, 0)))
    spec = REGISTRY[name]
    at = np.searchsorted(every, rows)
    own = {atom: points[atom][:, at] for atom in what.quantities.atoms_of(spec.takes)}
    value = spec.kernel(*(what.quantities.evaluate(q, own, rows) for q in spec.takes))
    known = what.table.value[rows, what.table.column(name)]
    value = np.broadcast_to(np.asarray(value, dtype=float), (draws, len(rows)))
    # A draw can't take a figure away (a divisor of exactly 0 has no probability).
    return Drawn(rows, np.where(np.isnan(value), known, value))


def _with_direct(
    random: np.random.Generator, what: Uncertain, name: str, computed: Drawn, draws: int
) -> Drawn:
    rows = what.direct[name]
    if not len(rows):
        return computed
    column, table = what.table.column(name), what.table
    ends = Interval(*(e[rows, column] for e in (table.low, table.value, table.high)))
    values = np.concatenate([computed.values, triangular(random, ends, draws)], axis=1)
    return Drawn(np.concatenate([computed.rows, rows]), values)
