"""A sector's parts: the industries one level down, or a bundle's own codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sectorscan.sources import naics
from sectorscan.sources.sums import Grid
from sectorscan.tables.model import Sector, Segment


def parts(sector: Sector, present: frozenset[str]) -> tuple[str, ...]:
    """Return the codes of a sector's parts that the tables have."""
    if len(sector.naics) > 1:
        return tuple(code for code in sector.naics if code in present)
    return tuple(sorted(c for c in present if naics.parent(c) in sector.naics))


def segments(
    grid: Grid, sector: Sector, areas: tuple[str, ...], titles: Mapping[str, str]
) -> tuple[Segment, ...]:
    """Return a sector's parts in the last year, most jobs first; those without jobs left out."""
    found = [
        _segment(grid, code, areas, titles.get(code) or naics.title(code) or code)
        for code in parts(sector, frozenset(grid.cells.codes))
    ]
    with_jobs = [s for s in found if s.employment > 0]
    return tuple(sorted(with_jobs, key=lambda s: (-s.employment, s.id)))


def _segment(grid: Grid, code: str, areas: tuple[str, ...], title: str) -> Segment:
    total = grid.total(areas, (code,))
    jobs = float(total.employment.value[-1])
    return Segment(
        id=code,
        title=title,
        employment=jobs,
        employment_low=float(total.employment.low[-1]),
        employment_high=float(total.employment.high[-1]),
        establishments=float(total.establishments[-1]),
        pay=float(total.wages.value[-1]) / jobs if jobs > 0 else np.nan,
        status=str(total.e_status[-1]),
    )
