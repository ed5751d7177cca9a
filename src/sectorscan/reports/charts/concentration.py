"""The growth-concentration chart: growth across, location quotient up, bubble area jobs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.charts import bubbles, theme
from sectorscan.reports.charts.bubbles import GROWTH, JOBS, LQ, values_of
from sectorscan.reports.charts.model import Chart, Column, Look
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist

NAME = "growth-concentration"
TITLE = "Growth and concentration"
COLUMNS = (
    Column("rank", "Rank", "rank"),
    Column("sector", "Sector"),
    Column(GROWTH, "Growth in jobs, %/year", "%/year"),
    Column(LQ, "Location quotient", "ratio"),
    Column(JOBS, "Jobs", "jobs"),
    Column("quadrant", "Quadrant"),
    Column("figures", "Figures"),
)
_FAR = 3.0
"""Interquartile ranges beyond which a sector is far off."""
_STRETCH = 0.5
"""How much longer than without it an axis may become for a sector that is far off."""


def growth_concentration(shortlist: Shortlist, look: Look) -> Chart | None:
    """Return the chart, None where no ranked sector has both growth and a location quotient.

    Labels stand on the shortlist alone, and none hides another.
    """
    ranked = view.ranked(shortlist)
    rows = tuple(
        (
            c.rank,
            c.name,
            view.figure(shortlist, GROWTH, c.index),
            view.figure(shortlist, LQ, c.index),
            view.figure(shortlist, JOBS, c.index),
            c.advice.quadrant,
            bubbles.figures(shortlist, c),
        )
        for c in ranked
    )
    known = [c for c in ranked if None not in _point(shortlist, c)]
    if not known:
        return None
    shown, outside = _shown(shortlist, known)
    benchmark = _benchmark_growth(shortlist)
    spec, unlabelled = bubbles.spec(shortlist, shown, benchmark, look)
    missing = [c for c in ranked if c not in known]
    notes = (*_notes(shortlist, missing, outside, benchmark), *_unlabelled(unlabelled))
    subtitle = "Bubble area: jobs. Blue: the shortlist. Lines: LQ 1 and the benchmark's growth."
    return Chart(
        NAME,
        TITLE,
        _alt(shortlist, shown, benchmark),
        theme.finished(spec, theme.Told(TITLE, subtitle, notes), shortlist, look),
        COLUMNS,
        rows,
        notes,
        subtitle,
    )


def _point(shortlist: Shortlist, c: view.Candidate) -> tuple[float | None, float | None]:
    return view.figure(shortlist, GROWTH, c.index), view.figure(shortlist, LQ, c.index)


def _benchmark_growth(shortlist: Shortlist) -> float | None:
    return view.number(shortlist.ranking.indicators.benchmark.get(GROWTH, math.nan))


def _shown(
    shortlist: Shortlist, known: Sequence[view.Candidate]
) -> tuple[list[view.Candidate], list[view.Candidate]]:
    """Return the sectors in the picture, and those that lie too far off to be drawn with them."""
    listed = np.array([c.shortlisted for c in known], dtype=bool)
    far = np.zeros(len(known), dtype=bool)
    for name in (GROWTH, LQ):
        values = values_of(shortlist, known, name)
        first, third = np.percentile(values, [25, 75])
        reach = _FAR * (third - first)
        usual = listed | ((values >= first - reach) & (values <= third + reach))
        low, high = values[usual].min(), values[usual].max()
        more = _STRETCH * (high - low)
        far |= (values < low - more) | (values > high + more)
    inside = [c for c, off in zip(known, far, strict=True) if c.shortlisted or not off]
    return inside, [c for c in known if c not in inside]


def _notes(
    shortlist: Shortlist,
    missing: Sequence[view.Candidate],
    outside: Sequence[view.Candidate],
    benchmark: float | None,
) -> tuple[str, ...]:
    notes = []
    if benchmark is None:
        notes.append(f"The quadrants are {view.quadrant_note(shortlist)}.")
    if missing:
        names = "; ".join(c.name for c in missing)
        notes.append(f"Not in the picture, as growth or location quotient isn't known: {names}.")
    for c in outside:
        growth, lq = _point(shortlist, c)
        notes.append(
            f"Far outside the picture: {c.name}, growth {view.shown(growth, '%/year')} a year, "
            f"location quotient {view.shown(lq, 'ratio')}."
        )
    return tuple(notes)


def _unlabelled(left: Sequence[view.Candidate]) -> tuple[str, ...]:
    if not left:
        return ()
    return (f"Drawn without a label, for want of room: {'; '.join(c.name for c in left)}.",)


def _alt(shortlist: Shortlist, shown: Sequence[view.Candidate], benchmark: float | None) -> str:
    listed = [c for c in shown if c.shortlisted]
    told = "; ".join(
        f"{c.name}: growth {view.shown(view.figure(shortlist, GROWTH, c.index), '%/year')} a year, "
        f"location quotient {view.shown(view.figure(shortlist, LQ, c.index), 'ratio')}, "
        f"{view.shown(view.figure(shortlist, JOBS, c.index), 'jobs')} jobs"
        f"{f', {c.advice.quadrant}' if c.advice.quadrant else ''}"
        for c in listed
    )
    line = "" if benchmark is None else f", against {cell(benchmark, '%/year')} in the benchmark"
    return (
        f"Bubble chart of {len(shown)} ranked sectors: growth in jobs a year across{line}, "
        f"location quotient up, area the jobs. On the shortlist: {told or 'none'}."
    )
