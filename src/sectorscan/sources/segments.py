"""A sector's parts: the industries one level down, or a bundle's own codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sectorscan.sources import naics
from sectorscan.sources.sums import Grid
from sectorscan.tables.model import Sector, Segment


def by_parent(codes: Iterable[str]) -> dict[str | None, tuple[str, ...]]:
    """Return the codes one level down from each code, sorted."""
    below: dict[str | None, list[str]] = {}
    for code in sorted(codes):
        below.setdefault(naics.parent(code), []).append(code)
    return {code: tuple(found) for code, found in below.items()}


def parts(
    sector: Sector, present: frozenset[str], below: Mapping[str | None, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the codes of a sector's parts that the tables have; ``below`` as ``by_parent``."""
    if len(sector.naics) > 1:
        return tuple(code for code in sector.naics if code in present)
    return tuple(part for code in sector.naics for part in below.get(code, ()))


def segments(
    grid: Grid,
    sectors: Iterable[tuple[Sector, tuple[str, ...]]],
    titles: Mapping[str, str],
) -> tuple[tuple[Segment, ...], ...]:
    """Return each sector's parts in its areas in the last year, most jobs first.

    Those without jobs are left out.
    """
    present = frozenset(grid.cells.codes)
    below = by_parent(present)

    def found(sector: Sector, areas: tuple[str, ...]) -> tuple[Segment, ...]:
        every = (
            _segment(grid, code, areas, titles.get(code) or naics.title(code) or code)
            for code in parts(sector, present, below)
        )
        with_jobs = [s for s in every if s.employment > 0]
        return tuple(sorted(with_jobs, key=lambda s: (-s.employment, s.id)))

    return tuple(found(sector, areas) for sector, areas in sectors)


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
