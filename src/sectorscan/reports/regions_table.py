"""One row a region and sector: CSV and Parquet of many regions.

Regions stand in the config's order, or by code; in each the ranked sectors, best first, then the
others. A region that isn't ranked has one row with its reason. Numbers are unrounded, blank (null)
where missing; ``estimated`` lists the indicators that rest on withheld figures.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.regions_view import EXCLUSIONS, indicator_ids
from sectorscan.reports.table import Value, column_names, csv_of, frame_schema, parquet_of
from sectorscan.reports.text import plain
from sectorscan.scan.regions_model import RegionalSector, RegionRanking, Regions

FIXED_COLUMNS = {
    "region": str,
    "areas": str,
    "rank": int,
    "tied": bool,
    "id": str,
    "title": str,
    "score": float,
    "score_low": float,
    "score_high": float,
    "coverage": float,
    "tier": str,
    "shortlisted": bool,
    "reason": str,
    "would_rank": int,
    "estimated": str,
}
"""Columns before the indicators' and the type of each.

``reason`` says why a sector, or the whole region, isn't ranked.
"""


def to_csv(result: Regions) -> str:
    r"""Return CSV text with ``\n`` line ends; text that looks like a formula is neutralised."""
    ids = indicator_ids(result)
    rows = (row for region in result.regions for row in _records(region, ids))
    return csv_of(column_names(FIXED_COLUMNS, ids), rows)


def to_parquet(result: Regions) -> bytes:
    """Return the same table as Parquet (zstd); the same result gives the same bytes."""
    import polars as pl

    ids = indicator_ids(result)
    schema = frame_schema(FIXED_COLUMNS, column_names(FIXED_COLUMNS, ids))
    # Region by region: all rows as Python's own numbers would take gigabytes.
    frames = [
        pl.DataFrame(list(_records(region, ids)), schema=schema, orient="row")
        for region in result.regions
    ]
    return parquet_of(pl.concat(frames, rechunk=True))


def _records(region: RegionRanking, ids: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    head = (plain(region.name), ";".join(plain(area) for area in region.areas))
    if region.reason:
        blanks = len(FIXED_COLUMNS) - len(head) - 3
        nothing: tuple[Value, ...] = (None,) * len(ids)
        yield (*head, *(None,) * blanks, plain(region.reason), None, None, *nothing)
    place = {indicator: at for at, indicator in enumerate(region.ids)}
    for one in region.sectors:
        values = [_value(one, place.get(indicator)) for indicator in ids]
        yield (*head, *_fixed(region, one), *values)


def _fixed(region: RegionRanking, one: RegionalSector) -> tuple[Value, ...]:
    numbers = (one.score, one.score_low, one.score_high, one.coverage)
    estimated = (plain(region.ids[at]) for at in np.flatnonzero(one.estimated))
    return (
        one.rank or None,
        one.tied if one.rank else None,
        plain(one.sector.id),
        plain(one.sector.title),
        *(view.number(value) for value in numbers),
        one.tier,
        one.shortlisted,
        EXCLUSIONS[one.exclusion] if one.exclusion else None,
        one.would_rank or None if not one.rank else None,
        ";".join(estimated),
    )


def _value(one: RegionalSector, place: int | None) -> float | None:
    return None if place is None else view.number(one.values[place])
