"""The charts of a shortlist, each defined once for page, memo and pictures."""

from __future__ import annotations

from collections.abc import Callable

from sectorscan.reports.charts.acceptability import acceptability
from sectorscan.reports.charts.concentration import growth_concentration
from sectorscan.reports.charts.contributions import contributions
from sectorscan.reports.charts.intervals import rank_intervals
from sectorscan.reports.charts.model import Chart, Look
from sectorscan.scan.model import Shortlist

PICTURES: tuple[Callable[[Shortlist, Look], Chart | None], ...] = (
    growth_concentration,
    contributions,
    rank_intervals,
)
"""The three charts that stand alone; the page has the heat map too."""


def pictures(shortlist: Shortlist, look: Look) -> tuple[Chart, ...]:
    """Return the three charts; one that there is nothing to draw of is left out."""
    return tuple(chart for make in PICTURES if (chart := make(shortlist, look)) is not None)


def all_charts(shortlist: Shortlist, look: Look) -> tuple[Chart, ...]:
    """Return the three charts and the heat map."""
    heat = acceptability(shortlist, look)
    return (*pictures(shortlist, look), *([heat] if heat is not None else []))
