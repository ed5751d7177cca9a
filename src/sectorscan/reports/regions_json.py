"""Many regions as JSON, schema ``sectorscan/regions/1`` (docs/schemas/regions-1.schema.json).

Numbers are unrounded, null where not known. Of each sector it has rank, score and the scored
indicators; a region's whole result, with its sentences, is what ``rank`` prints for it alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import sectorscan
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.ranking_json import config_record
from sectorscan.reports.regions_view import criteria_ids
from sectorscan.scan.regions_model import RegionalSector, RegionRanking, Regions, SectorAcross

SCHEMA = "sectorscan/regions/1"


def to_json(result: Regions) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(result))


def document(result: Regions) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    pattern, criteria = result.pattern, criteria_ids(result)
    panel = pattern.ranking.indicators.panel
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": pattern.synthetic,
        "benchmark": panel.benchmark,
        "ownership": panel.ownership,
        "lq_base": panel.lq_base,
        "config": config_record(pattern),
        "inputs": [
            {"path": file.path, "kind": file.kind, "sha256": file.sha256, "rows": file.rows}
            for file in pattern.inputs
        ],
        "sectors": [_across(result, one) for one in result.sectors],
        "regions": [_region(region, criteria) for region in result.regions],
        "cautions": list(result.cautions),
        "notes": list(result.notes),
    }


def _across(result: Regions, one: SectorAcross) -> Record:
    best = None
    if one.best_in is not None:
        region = result.regions[one.best_in].name
        best = {"region": region, "score": number(one.best_score), "rank": one.best_rank}
    return {
        "id": one.sector.id,
        "title": one.sector.title or one.sector.id,
        "naics": list(one.sector.naics),
        "candidate_in": one.candidate_in,
        "ranked_in": one.ranked_in,
        "shortlisted_in": len(one.shortlisted_in),
        "first_in": [result.regions[place].name for place in one.first_in],
        "best": best,
        "median_score": number(one.median_score),
    }


def _region(region: RegionRanking, criteria: tuple[str, ...]) -> Record:
    place = {indicator: at for at, indicator in enumerate(region.ids)}
    scored = {indicator: place[indicator] for indicator in criteria if indicator in place}
    ended = bool(region.years)
    return {
        "name": region.name,
        "areas": list(region.areas),
        "reason": region.reason or None,
        "period": {
            "base": region.years[0] if ended else None,
            "end": region.years[-1] if ended else None,
            "quarter": region.quarter,
        },
        "totals": {
            "employment": {str(y): number(region.totals[y]) for y in sorted(region.totals)},
            "estimated_share": number(region.estimated_share),
            "mean_interval_width_pct": number(region.mean_interval_width_pct),
        },
        "sectors": [_sector(one, scored) for one in region.sectors if one.rank],
        "excluded": [_sector(one, scored) for one in region.sectors if not one.rank],
        "cautions": list(region.cautions),
    }


def _sector(one: RegionalSector, scored: Mapping[str, int]) -> Record:
    standing: Record = (
        {"rank": one.rank, "tied": one.tied, "shortlisted": one.shortlisted}
        if one.rank
        else {"exclusion": one.exclusion, "would_rank": one.would_rank or None}
    )
    return {
        "id": one.sector.id,
        **standing,
        "score": number(one.score),
        "score_low": number(one.score_low),
        "score_high": number(one.score_high),
        "coverage": number(one.coverage),
        "tier": one.tier,
        "indicators": {indicator: number(one.values[at]) for indicator, at in scored.items()},
        "estimated": [indicator for indicator, at in scored.items() if one.estimated[at]],
    }
