"""What a region's mix of industries is like: one figure a region, from its sectors' jobs.

``herfindahl_hirschman`` (sum of squared shares, 0 to 1), ``hachman`` (1 is the benchmark's mix) and
``krugman_specialization`` (sum of absolute differences of shares, 0 to 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from sectorscan.indicators import intervals
from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.indicators.concentration import (
    hachman,
    herfindahl_hirschman,
    krugman_specialization,
)
from sectorscan.indicators.given import filled
from sectorscan.indicators.quantities import Quantities
from sectorscan.sources import naics
from sectorscan.tables.model import Interval, Panel


class Index(NamedTuple):
    """An index of structure: its name, formula, source, and its kernel on e_ir and e_in."""

    label: str
    formula: str
    reference: str
    kernel: Callable[..., FloatArray]


INDICES: Mapping[str, Index] = MappingProxyType(
    {
        "herfindahl_hirschman": Index(
            "Herfindahl-Hirschman index",
            "Σ s_ir²",
            "Herfindahl (1950), Concentration in the Steel Industry",
            herfindahl_hirschman,
        ),
        "hachman": Index(
            "Hachman index",
            "1 / Σ LQ_i · s_ir",
            "University of Utah, Bureau of Economic and Business Research",
            hachman,
        ),
        "krugman_specialization": Index(
            "Krugman specialization index",
            "Σ |s_ir − s_in|",
            "Krugman (1991), Geography and Trade, p. 76",
            krugman_specialization,
        ),
    }
)
"""By id. s: a sector's share of the sectors' jobs, in the region (r) or in the benchmark (n)."""

WITHOUT_BENCHMARK = frozenset({"herfindahl_hirschman"})
"""Indices whose kernel takes the region's jobs alone."""


MOST_UNKNOWNS = 200
"""Searching the ends over more unknown figures takes longer than it tells: they are left open."""


@dataclass(frozen=True, slots=True)
class Structure:
    """One index in a year: ``low <= value <= high``, NaN where not known."""

    id: str
    low: float
    value: float
    high: float


def overlapping(panel: Panel) -> bool:
    """Return whether some establishments count in two sectors, or a sector has areas of its own."""
    codes = sorted(code for sector in panel.sectors for code in sector.naics)
    nested = len(set(codes)) < len(codes) or any(
        above in codes for code in codes for above in _above(code)
    )
    return nested or any(sector.areas is not None for sector in panel.sectors)


def _above(code: str) -> Iterator[str]:
    outer = naics.parent(code)
    while outer is not None:
        yield outer
        outer = naics.parent(outer)


def structure(from_panel: Quantities, year: int, sectors: np.ndarray) -> tuple[Structure, ...]:
    """Return the indices of one year over the sectors where the (S,) mask holds.

    The ends are searched over what withholding leaves open, each sector's jobs varied once; where
    the benchmark's jobs hold the region's own, they move along.
    """
    return tuple(_index(name, from_panel, year, np.flatnonzero(sectors)) for name in INDICES)


def _index(name: str, from_panel: Quantities, year: int, rows: np.ndarray) -> Structure:
    kernel = INDICES[name].kernel
    takes = (f"e_ir {year}", f"e_in {year}")[: 1 if name in WITHOUT_BENCHMARK else 2]
    value = float(kernel(*(from_panel.values(take)[rows] for take in takes)))
    if np.isnan(value) or not from_panel.any_uncertain(takes)[rows].any():
        return Structure(name, value, value, value)
    names = from_panel.atoms_of(takes)

    def formula(points: FloatArray, _: intervals.Rows) -> FloatArray:
        # All sectors' unknowns lie on the first axis: atom by atom, sector by sector.
        split = (np.moveaxis(part, 0, -1) for part in np.split(points, len(names)))
        at = dict(zip(names, split, strict=True))
        return kernel(*(from_panel.evaluate(take, at, rows) for take in takes))

    atoms = [from_panel.atoms[atom] for atom in names]
    box = filled(
        Interval(
            *(
                np.concatenate([getattr(atom, end)[rows] for atom in atoms])[:, None]
                for end in ("low", "value", "high")
            )
        )
    )
    if box.uncertain.sum() > MOST_UNKNOWNS:
        return Structure(name, np.nan, value, np.nan)
    low, high = intervals.extremes(formula, box)
    return Structure(name, float(np.fmin(low[0], value)), value, float(np.fmax(high[0], value)))


def known_sectors(panel: Panel, place: int, name: str) -> np.ndarray:
    """Return (S,) True where an index has what it takes in a year."""
    known = ~np.isnan(panel.e_ir.value[:, place])
    if name in WITHOUT_BENCHMARK:
        return np.asarray(known)
    return np.asarray(known & ~np.isnan(panel.e_in.value[:, place]))


def end_year(panel: Panel) -> dict[str, float]:
    """Return the end year's indices over the sectors known there, NaN where sectors overlap."""
    figures = dict.fromkeys(INDICES, np.nan)
    if not panel.years or overlapping(panel):
        return figures
    for name, index in INDICES.items():
        known = known_sectors(panel, -1, name)
        cells = (panel.e_ir, panel.e_in)[: 1 if name in WITHOUT_BENCHMARK else 2]
        if known.any():
            figures[name] = float(index.kernel(*(x.value[known, -1] for x in cells)))
    return figures
