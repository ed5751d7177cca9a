"""What every report shows of many regions, in the same order and under the same words."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.text import plain
from sectorscan.scan.regions_model import RegionalSector, RegionRanking, Regions
from sectorscan.tables.model import Sector

FIRST_SECTORS = 3
"""How many sectors a region's line names."""
SPARE_CODES = 3

EXCLUSIONS = {
    "gate": "a gate keeps it out",
    "coverage": "too little of the weight is known",
    "missing": "a figure is missing",
}


def name_of(sector: Sector) -> str:
    """Return code and title: ``311 Food Manufacturing``."""
    title = plain(sector.title) or plain(sector.id)
    return title if title == plain(sector.id) else f"{plain(sector.id)} {title}"


def by_region(result: Regions) -> list[dict[str, RegionalSector]]:
    """Return each region's ranked sectors by id."""
    return [{one.sector.id: one for one in region.ranked} for region in result.regions]


def indicator_ids(result: Regions) -> tuple[str, ...]:
    """Return every indicator that some region has, the pattern's order first."""
    found = dict.fromkeys(result.pattern.ranking.indicators.ids)
    for region in result.regions:
        found.update(dict.fromkeys(region.ids))
    return tuple(found)


def criteria_ids(result: Regions) -> tuple[str, ...]:
    """Return the scored indicators, in the config's order."""
    return tuple(c.id for c in result.pattern.ranking.matrix.criteria)


def label(result: Regions, indicator: str) -> str:
    """Return an indicator's label, else its id."""
    return view.label_of(result.pattern, indicator)


def period(region: RegionRanking) -> str:
    """Return ``2018 to 2023``, or one year; a dash where there is none."""
    if not region.years:
        return "–"
    base, end = region.years[0], region.years[-1]
    return str(end) if base == end else f"{base} to {end}"


def periods(result: Regions) -> str:
    """Return the regions' periods, each once."""
    return ", ".join(sorted({period(region) for region in result.regions if region.years}))


def share(region: RegionRanking) -> str:
    """Return the share of a region's jobs that is estimated."""
    estimated = region.estimated_share
    return view.shown(None if estimated is None else 100 * estimated, "%")


def counts(result: Regions) -> str:
    """Return ``2 regions, 1 of them not ranked``."""
    count = len(result.regions)
    without = sum(bool(region.reason) for region in result.regions)
    noun = "region" if count == 1 else "regions"
    return f"{count:,} {noun}" + (f", {without:,} of them not ranked" if without else "")


def names(result: Regions, places: Sequence[int], most: int = SPARE_CODES) -> str:
    """Return up to a few regions' names, and how many more there are."""
    shown = [plain(result.regions[place].name) for place in places[:most]]
    more = len(places) - most
    return "; ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def header(result: Regions) -> tuple[tuple[str, str], ...]:
    """Return what the figures are of: label and text."""
    panel = result.pattern.ranking.indicators.panel
    return (
        ("Regions", counts(result)),
        ("Benchmark", plain(panel.benchmark) or "none"),
        ("Ownership", plain(panel.ownership)),
        ("Location quotient's base", plain(panel.lq_base)),
        ("Period", periods(result)),
        ("Shortlist", f"the first {result.pattern.config.outputs.top} of each region"),
        (
            "Config",
            f"{view.scored_with(result.pattern)}, {result.pattern.config.aggregation} mean",
        ),
    )
