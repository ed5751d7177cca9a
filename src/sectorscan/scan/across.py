"""Each sector over several regions: how often it ranks, comes first, is on the shortlist."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.scan.regions_model import RegionalSector, RegionRanking, SectorAcross


def across(regions: Sequence[RegionRanking]) -> tuple[SectorAcross, ...]:
    """Return each sector over the regions: first the one that is on the most shortlists.

    Then by how often it ranks first, by its median score where it is ranked, and by id.
    """
    found: dict[str, list[tuple[int, RegionalSector]]] = {}
    for place, region in enumerate(regions):
        for one in region.sectors:
            found.setdefault(one.sector.id, []).append((place, one))
    sectors = [_across(places) for places in found.values()]

    def order(one: SectorAcross) -> tuple[int, int, float, str]:
        median = -one.median_score if one.ranked_in else np.inf
        return -len(one.shortlisted_in), -len(one.first_in), median, one.sector.id

    return tuple(sorted(sectors, key=order))


def _across(places: Sequence[tuple[int, RegionalSector]]) -> SectorAcross:
    ranked = [(place, one) for place, one in places if one.rank > 0]
    best = max(ranked, key=lambda pair: (pair[1].score, -pair[0]), default=None)
    return SectorAcross(
        sector=places[0][1].sector,
        candidate_in=len(places),
        ranked_in=len(ranked),
        first_in=tuple(place for place, one in ranked if one.rank == 1),
        shortlisted_in=tuple(place for place, one in ranked if one.shortlisted),
        best_in=None if best is None else best[0],
        best_score=np.nan if best is None else best[1].score,
        best_rank=0 if best is None else best[1].rank,
        median_score=float(np.median([one.score for _, one in ranked])) if ranked else np.nan,
    )
