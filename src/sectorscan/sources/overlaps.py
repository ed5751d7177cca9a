"""Bundles that share jobs: which codes, in which of their areas, and how many jobs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sectorscan.sources import naics
from sectorscan.sources.scope import listed
from sectorscan.sources.sums import Grid
from sectorscan.tables.model import Sector

MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sectors, the codes that count in both, and the jobs there in the end year (NaN ends)."""

    first: str
    second: str
    codes: tuple[str, ...]
    jobs_low: float
    jobs: float
    jobs_high: float


def overlaps(grid: Grid, sectors: Sequence[tuple[Sector, tuple[str, ...]]]) -> tuple[Overlap, ...]:
    """Return every pair of sectors (with their areas) that have codes and areas in common."""
    found = []
    for (first, areas), (second, others) in combinations(sectors, 2):
        common = tuple(sorted(set(areas) & set(others)))
        codes = tuple(sorted(shared_codes(first.naics, second.naics))) if common else ()
        if codes:
            total = grid.total(common, codes).employment
            ends = (float(end[-1]) for end in (total.low, total.value, total.high))
            found.append(Overlap(first.id, second.id, codes, *ends))
    return tuple(found)


def shared_codes(codes: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Give what two lists of codes share, the narrower code of each pair."""
    for code in codes:
        for other in others:
            if naics.contains(code, other):
                yield other
            elif naics.contains(other, code):
                yield code
            elif naics.overlap(code, other):
                yield _common_part(code, other)


def _common_part(code: str, other: str) -> str:
    """Return what two remainders share: the narrower code without what either takes out."""
    (first, out), (second, out_too) = map(naics.split_remainder, (code, other))
    inner = second if naics.contains(first, second) else first
    taken = {gone for gone in (*out, *out_too) if naics.contains(inner, gone)}
    return naics.remainder(inner, taken)


def overlap_cautions(
    grid: Grid, sectors: Sequence[tuple[Sector, tuple[str, ...]]]
) -> tuple[str, ...]:
    """Return one caution that names every overlap, none where no job counts twice."""
    found = [one for one in overlaps(grid, sectors) if one.jobs_high != 0]
    if not found:
        return ()
    year = grid.cells.years[-1]
    told = [_told(one) for one in found[:MOST_TOLD]]
    more = len(found) - len(told)
    rest = f"; and {more} more pairs" if more > 0 else ""
    return (
        f"Sectors overlap, so jobs count in more than one (figures of {year}): "
        f"{'; '.join(told)}{rest}.",
    )


def _told(one: Overlap) -> str:
    return f"{one.first} and {one.second} share {listed(one.codes)} ({_jobs(one)})"


def _jobs(one: Overlap) -> str:
    if math.isnan(one.jobs):
        return "jobs not known"
    if one.jobs_low == one.jobs_high:
        return f"{one.jobs:,.0f} job{'' if one.jobs == 1 else 's'}"
    if math.isinf(one.jobs_high):
        return f"about {one.jobs:,.0f} jobs, at least {one.jobs_low:,.0f}"
    return f"about {one.jobs:,.0f} jobs, {one.jobs_low:,.0f} to {one.jobs_high:,.0f}"


def outside_cautions(sectors: Sequence[Sector], region: Sequence[str]) -> tuple[str, ...]:
    """Return a caution for each bundle whose own areas aren't all in the region."""
    said = []
    for sector in sectors:
        outside = [area for area in sector.areas or () if area not in region]
        if outside:
            said.append(
                f"{sector.id}: {listed(outside)} isn't in the region; its jobs count, and "
                "the share is still of the region's jobs."
            )
    return tuple(said)
