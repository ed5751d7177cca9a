"""Which sectors the growth-concentration chart has, for the picture and the terminal alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.reports import view
from sectorscan.scan.model import Shortlist
from sectorscan.sources.scope import listed
from sectorscan.tables.model import FloatArray

GROWTH, LQ, JOBS = "employment_cagr_pct", "location_quotient", "employment"
MOST_NAMED = 4
_FAR = 3.0
"""Interquartile ranges beyond which a sector is far off."""
_STRETCH = 0.5
"""How much longer than without it an axis may become for a sector that is far off."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The ranked sectors that are drawn, that lie too far off, and that have no place.

    ``benchmark`` is its growth in %/year, None where not known: there are no quadrants then.
    """

    shown: tuple[view.Candidate, ...]
    outside: tuple[view.Candidate, ...]
    missing: tuple[view.Candidate, ...]
    benchmark: float | None


def scene(shortlist: Shortlist) -> Scene | None:
    """Return what is to be drawn, None where no ranked sector has both growth and an LQ."""
    ranked = view.ranked(shortlist)
    known = [c for c in ranked if None not in _point(shortlist, c)]
    if not known:
        return None
    shown, outside = _drawn_with(shortlist, known)
    missing = tuple(c for c in ranked if None in _point(shortlist, c))
    return Scene(shown, outside, missing, _benchmark_growth(shortlist))


def values_of(shortlist: Shortlist, shown: Sequence[view.Candidate], name: str) -> FloatArray:
    """Return the (N,) values of an indicator for these sectors, NaN where not known."""
    return shortlist.ranking.indicators.values(name)[[c.index for c in shown]]


def _point(shortlist: Shortlist, c: view.Candidate) -> tuple[float | None, float | None]:
    return view.figure(shortlist, GROWTH, c.index), view.figure(shortlist, LQ, c.index)


def _benchmark_growth(shortlist: Shortlist) -> float | None:
    return view.number(shortlist.ranking.indicators.benchmark.get(GROWTH, math.nan))


def _drawn_with(
    shortlist: Shortlist, known: Sequence[view.Candidate]
) -> tuple[tuple[view.Candidate, ...], tuple[view.Candidate, ...]]:
    """Return the sectors in the picture, and those that lie too far off to be drawn with them."""
    chosen = np.array([c.shortlisted for c in known], dtype=bool)
    far = np.zeros(len(known), dtype=bool)
    for name in (GROWTH, LQ):
        values = values_of(shortlist, known, name)
        first, third = np.percentile(values, [25, 75])
        reach = _FAR * (third - first)
        usual = chosen | ((values >= first - reach) & (values <= third + reach))
        low, high = values[usual].min(), values[usual].max()
        more = _STRETCH * (high - low)
        far |= (values < low - more) | (values > high + more)
    off = [bool(gone) and not c.shortlisted for c, gone in zip(known, far, strict=True)]
    inside = tuple(c for c, gone in zip(known, off, strict=True) if not gone)
    return inside, tuple(c for c, gone in zip(known, off, strict=True) if gone)


def notes(shortlist: Shortlist, of: Scene) -> tuple[str, ...]:
    """Return what isn't in the picture, and why."""
    told = []
    if of.benchmark is None:
        told.append(f"The quadrants are {view.quadrant_note(shortlist)}.")
    if of.missing:
        names = listed([c.name for c in of.missing], MOST_NAMED)
        told.append(f"Not in the picture, as growth or location quotient isn't known: {names}.")
    for c in of.outside[:MOST_NAMED]:
        growth, lq = _point(shortlist, c)
        told.append(
            f"Far outside the picture: {c.name}, growth {view.shown(growth, '%/year')} a year, "
            f"location quotient {view.shown(lq, 'ratio')}."
        )
    if len(of.outside) > MOST_NAMED:
        told.append(f"Far outside the picture besides: {len(of.outside) - MOST_NAMED} more.")
    return tuple(told)
