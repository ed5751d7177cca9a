"""A sector's parts: the industries one level down, or a bundle's own codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sectorscan.sources import naics
from sectorscan.sources.sums import Grid, Summed
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
    sectors: Sequence[tuple[Sector, tuple[str, ...]]],
    titles: Mapping[str, str],
) -> tuple[tuple[Segment, ...], ...]:
    """Return each sector's parts in its areas in the last year, most jobs first.

    Those without jobs are left out.
    """
    present = frozenset(grid.cells.codes)
    below = by_parent(present)
    codes = [parts(sector, present, below) for sector, _ in sectors]
    total = grid.totals(
        [(areas, (code,)) for (_, areas), own in zip(sectors, codes, strict=True) for code in own]
    )
    rows = iter(range(len(total.establishments)))
    return tuple(
        _largest_first(
            _segment(total, next(rows), code, titles.get(code) or naics.title(code) or code)
            for code in own
        )
        for own in codes
    )


def _largest_first(found: Iterable[Segment]) -> tuple[Segment, ...]:
    with_jobs = [segment for segment in found if segment.employment > 0]
    return tuple(sorted(with_jobs, key=lambda segment: (-segment.employment, segment.id)))


def _segment(total: Summed, row: int, code: str, title: str) -> Segment:
    jobs = float(total.employment.value[row, -1])
    return Segment(
        id=code,
        title=title,
        employment=jobs,
        employment_low=float(total.employment.low[row, -1]),
        employment_high=float(total.employment.high[row, -1]),
        establishments=float(total.establishments[row, -1]),
        pay=float(total.wages.value[row, -1]) / jobs if jobs > 0 else np.nan,
        status=str(total.e_status[row, -1]),
    )
