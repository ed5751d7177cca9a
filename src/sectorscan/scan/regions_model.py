"""The result of a scan of many regions: what the reports show, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sectorscan.scan.model import Shortlist
from sectorscan.tables.model import FloatArray, Sector


@dataclass(frozen=True, slots=True)
class RegionalSector:
    """One candidate in one region.

    ``rank`` is 0 where it isn't ranked; ``exclusion`` then says why (gate, coverage, missing) and
    ``would_rank`` the rank that it would have had. ``values`` (I,) are the region's indicators,
    NaN where missing, ``estimated`` (I,) those that rest on withheld figures.
    """

    sector: Sector
    rank: int
    tied: bool
    shortlisted: bool
    score: float
    score_low: float
    score_high: float
    coverage: float
    tier: str | None
    exclusion: str | None
    would_rank: int
    values: FloatArray
    estimated: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RegionRanking:
    """One region's ranking, or the reason why there is none.

    ``reason`` is blank where sectors are ranked. ``quarter`` is the one that is
    compared, None for whole years. ``totals`` maps year to jobs. ``sectors`` are the
    ranked, best first, then the others by the rank that they would have had; ``ids`` names the
    indicators of their ``values``. ``cautions`` are the region's own: what is said of every region
    stands in ``Regions.cautions``.
    """

    name: str
    areas: tuple[str, ...]
    reason: str = ""
    years: tuple[int, ...] = ()
    quarter: int | None = None
    totals: Mapping[int, float] = field(default_factory=dict)
    estimated_share: float | None = None
    mean_interval_width_pct: float | None = None
    ids: tuple[str, ...] = ()
    sectors: tuple[RegionalSector, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def ranked(self) -> tuple[RegionalSector, ...]:
        """The ranked sectors, best first."""
        return tuple(one for one in self.sectors if one.rank > 0)

    @property
    def jobs(self) -> float:
        """Jobs in the last year, NaN where not known."""
        return self.totals[self.years[-1]] if self.years else np.nan


@dataclass(frozen=True, slots=True)
class SectorAcross:
    """One sector over all regions.

    ``candidate_in`` and ``ranked_in`` count regions; ``first_in`` and ``shortlisted_in`` are their
    places in ``Regions.regions``. ``best_in`` is the place of the region in which its score is
    highest (the first of several; None where it is ranked nowhere), with that score and rank.
    """

    sector: Sector
    candidate_in: int
    ranked_in: int
    first_in: tuple[int, ...]
    shortlisted_in: tuple[int, ...]
    best_in: int | None
    best_score: float
    best_rank: int
    median_score: float


@dataclass(frozen=True, slots=True)
class Regions:
    """Several regions' rankings by one config, from one load of the inputs.

    ``pattern`` is the first ranked region as ``scan`` gives it, but without sentences: config,
    inputs, criteria, labels, units and settings are everybody's. ``sectors`` are ordered by the
    number of regions on whose shortlist they are.
    """

    pattern: Shortlist
    regions: tuple[RegionRanking, ...]
    sectors: tuple[SectorAcross, ...]
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
