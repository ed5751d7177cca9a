"""A sector's parts: the industries one level down, or a bundle's own codes; and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sectorscan.sources import naics
from sectorscan.sources.sums import Grid, Summed
from sectorscan.sources.vintages import without_other_content
from sectorscan.tables.model import FloatArray, Sector, Segment

Group = tuple[tuple[str, ...], tuple[str, ...]]
"""Areas, and the codes looked at in them."""

MOST_NEIGHBOURS = 3


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
        return tuple(
            code for code in sector.naics if naics.split_remainder(code)[0] in present
        )  # fmt: skip
    return tuple(
        part
        for code in sector.naics
        for part in below.get(naics.split_remainder(code)[0], ())
        if naics.contains(code, part)
    )


class Beside:
    """The industries beside a sector's own: of the same level, in the same NAICS sector."""

    def __init__(self, present: Iterable[str]) -> None:
        self._at: dict[tuple[str, str | None], list[str]] = {}
        for code in sorted(present):
            self._at.setdefault((naics.sector_of(code), naics.level(code)), []).append(code)

    def of(self, sector: Sector) -> dict[str, int]:
        """Return the codes, and how many digits each shares with the nearest of its own.

        A bundle of several levels is looked at on its coarsest, whole NAICS sectors left out.
        """
        plain = [naics.split_remainder(code)[0] for code in sector.naics]
        fine = [code for code in plain if naics.level(code) not in (None, "sector")]
        if not fine:
            return {}
        level = naics.level(min(fine, key=len))
        homes = dict.fromkeys(naics.sector_of(code) for code in fine)
        found = (code for home in homes for code in self._at.get((home, level), ()))
        if len(fine) == len(plain) == 1 and plain == list(sector.naics):
            out = [code for code in found if code != fine[0]]
        else:
            own = sector.naics
            out = [c for c in found if not any(naics.overlap(c, mine) for mine in own)]
        return {code: max(_shared(code, own) for own in fine) for code in out}


def _shared(code: str, other: str) -> int:
    """Return how many digits two codes start with alike."""
    pairs = enumerate(zip(code, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(code), len(other)))


@dataclass(frozen=True)
class SegmentTables:
    """What segments are read from: cells, the benchmark's areas, titles.

    ``one_classification`` says that the codes hold the same over all years, whatever NAICS did.
    """

    grid: Grid
    benchmark: tuple[str, ...]
    titles: Mapping[str, str]
    one_classification: bool

    def of(self, groups: Sequence[Group]) -> tuple[tuple[Segment, ...], ...]:
        """Return the segments of each group, those without jobs left out, most jobs first."""
        wanted: dict[tuple[tuple[str, ...], str], None] = {
            (areas, code): None for areas, codes in groups for code in codes
        }
        here = self._sums([(areas, (code,)) for areas, code in wanted])
        there = self._sums([(self.benchmark, (code,)) for _, code in wanted])
        found = {
            key: _segment(key[1], self._title(key[1]), here, there, row)
            for row, key in enumerate(wanted)
        }
        return tuple(
            _largest_first(found[areas, code] for code in codes) for areas, codes in groups
        )

    def inside_and_beside(
        self, own: Sequence[tuple[Sector, tuple[str, ...]]], region: Summed, totals: Summed
    ) -> tuple[tuple[tuple[Segment, ...], ...], tuple[tuple[Segment, ...], ...]]:
        """Return each sector's parts, and what pays better beside those that pay little.

        ``own`` are the sectors with their areas, ``region`` their sums, ``totals`` their areas'.
        """
        if not self.grid.cells.years:
            return ((),) * len(own), ((),) * len(own)
        present = frozenset(self.grid.cells.codes)
        below = by_parent(present)
        inside = self.of([(areas, parts(sector, present, below)) for sector, areas in own])
        pay = list(zip(_pay_at_end(region), _pay_at_end(totals), strict=True))
        return inside, neighbours(self, own, inside, pay, Beside(present))

    def _sums(self, wanted: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Summed:
        summed = self.grid.totals(wanted)
        if self.one_classification:
            return summed
        plain = [Sector(codes[0], codes[0], codes) for _, codes in wanted]
        return without_other_content(summed, plain, self.grid.cells.years)

    def _title(self, code: str) -> str:
        plain, excluded = naics.split_remainder(code)
        name = self.titles.get(plain) or naics.title(plain) or plain
        return f"{name}, without {', '.join(excluded)}" if excluded else name


def _largest_first(found: Iterable[Segment]) -> tuple[Segment, ...]:
    with_jobs = [s for s in found if s.employment > 0 or s.employment_base > 0]
    return tuple(sorted(with_jobs, key=lambda segment: (-segment.employment, segment.id)))


def _segment(code: str, title: str, here: Summed, there: Summed, row: int) -> Segment:
    jobs, wages = here.employment, here.wages
    growing = jobs.value.shape[1] > 1

    def base(sums: FloatArray) -> float:
        return float(sums[row, 0]) if growing else np.nan

    return Segment(
        id=code,
        title=title,
        employment=float(jobs.value[row, -1]),
        employment_low=float(jobs.low[row, -1]),
        employment_high=float(jobs.high[row, -1]),
        establishments=float(here.establishments[row, -1]),
        pay=_pay(wages.value[row, -1], jobs.value[row, -1]),
        pay_low=_pay(wages.low[row, -1], jobs.high[row, -1]),
        pay_high=_pay(wages.high[row, -1], jobs.low[row, -1], unbounded=np.inf),
        status=str(here.e_status[row, -1]),
        employment_base=base(jobs.value),
        employment_in=float(there.employment.value[row, -1]),
        employment_in_base=base(there.employment.value),
        pay_in=_pay(there.wages.value[row, -1], there.employment.value[row, -1]),
    )


def _pay(wages: float, jobs: float, unbounded: float = np.nan) -> float:
    """Return USD a year a job; ``unbounded`` where there may be no job."""
    return float(wages) / float(jobs) if jobs > 0 else unbounded


def _pay_at_end(summed: Summed) -> list[float]:
    """Return (S,) USD a year a job in the last year."""
    ends = zip(summed.wages.value[:, -1], summed.employment.value[:, -1], strict=True)
    return [_pay(wages, jobs) for wages, jobs in ends]


def neighbours(
    tables: SegmentTables,
    groups: Sequence[tuple[Sector, tuple[str, ...]]],
    segments: Sequence[tuple[Segment, ...]],
    pay: Sequence[tuple[float, float]],
    beside: Beside,
) -> tuple[tuple[Segment, ...], ...]:
    """Return the nearest better-paid industries beside each low-paid sector, none for the others.

    ``groups`` are sectors and their areas, ``pay`` each one's own and its areas' average, USD a
    year. A sector that has a part above the average needs no neighbour.
    """
    low = [
        own < average and not any(part.pay > average for part in inside)
        for (own, average), inside in zip(pay, segments, strict=True)
    ]
    near = [beside.of(s) if needed else {} for (s, _), needed in zip(groups, low, strict=True)]
    places = [areas for _, areas in groups]
    # What they pay is all that chooses them: whether they can be compared with the base year isn't.
    at_end = replace(tables, one_classification=True)
    found = at_end.of([(areas, tuple(codes)) for areas, codes in zip(places, near, strict=True)])
    chosen = []
    for digits, others, (_, average) in zip(near, found, pay, strict=True):
        better = [s for s in others if s.pay > average and s.employment > 0]
        # Of two as near the one with more jobs, in which order they come.
        nearest = sorted((-digits[s.id], place, s.id) for place, s in enumerate(better))
        chosen.append(tuple(code for _, _, code in nearest[:MOST_NEIGHBOURS]))
    told = tables.of(list(zip(places, chosen, strict=True)))
    by_id = [{segment.id: segment for segment in segments} for segments in told]
    return tuple(tuple(at[code] for code in order) for at, order in zip(by_id, chosen, strict=True))
