"""Many regions as Markdown, to paste into a memo."""

from __future__ import annotations

from collections.abc import Iterator

from sectorscan.reports import regions_view as shared
from sectorscan.reports import view
from sectorscan.reports.markdown import bullets, markdown_table, method_part
from sectorscan.reports.text import markdown_text, plain
from sectorscan.scan.regions_model import RegionRanking, Regions

MOST_IN_A_TABLE = 12
"""Up to how many regions stand side by side."""


def to_markdown(result: Regions) -> str:
    """Return the regions, the sectors over them, sector by region where it fits, and the method."""
    parts = (
        _head(result),
        _regions(result),
        _sectors(result),
        _sector_by_region(result),
        bullets("Cautions", [*result.cautions, *result.notes]),
        method_part(result.pattern),
    )
    return "\n".join(line for part in parts for line in part)


def _head(result: Regions) -> Iterator[str]:
    yield from ("# Sectors by region", "")
    if result.pattern.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    for label, text in shared.header(result):
        yield f"- **{markdown_text(label)}**: {markdown_text(text)}"
    yield ""


def _regions(result: Regions) -> Iterator[str]:
    yield from ("## Regions", "")
    titles = ("Region", "Jobs", "First", "Second", "Third", "Estimated", "Cautions")
    rows = [_region_row(region) for region in result.regions]
    yield from markdown_table(titles, rows, {1, 5, 6})


def _region_row(region: RegionRanking) -> tuple[str, ...]:
    first = [
        f"{shared.name_of(one.sector)} ({view.shown(one.score, 'score')})"
        for one in region.ranked[: shared.FIRST_SECTORS]
    ]
    if region.reason:
        first = [f"not ranked: {plain(region.reason)}"]
    first += ["–"] * (shared.FIRST_SECTORS - len(first))
    jobs = view.shown(region.jobs, "jobs")
    return (plain(region.name), jobs, *first, shared.share(region), str(len(region.cautions)))


def _sectors(result: Regions) -> Iterator[str]:
    yield from ("## Where each sector stands", "")
    rows = []
    for one in result.sectors:
        best = "–"
        if one.best_in is not None:
            where = plain(result.regions[one.best_in].name)
            best = f"{where} ({view.shown(one.best_score, 'score')}, rank {one.best_rank})"
        rows.append(
            (
                shared.name_of(one.sector),
                f"{len(one.shortlisted_in):,} of {one.ranked_in:,}",
                shared.names(result, one.first_in) or "–",
                best,
                view.shown(one.median_score, "score"),
            )
        )
    titles = ("Sector", "On the shortlist", "First in", "Highest score in", "Median score")
    yield from markdown_table(titles, rows, {4})


def _sector_by_region(result: Regions) -> Iterator[str]:
    places = [place for place, region in enumerate(result.regions) if not region.reason]
    if len(places) > MOST_IN_A_TABLE:
        return
    scores = shared.by_region(result)
    yield from ("## Score and rank by region", "")
    rows = []
    for sector in result.sectors:
        cells = [shared.name_of(sector.sector)]
        for place in places:
            one = scores[place].get(sector.sector.id)
            cells.append(f"{view.shown(one.score, 'score')} ({one.rank})" if one else "–")
        rows.append(tuple(cells))
    titles = ("Sector", *(plain(result.regions[place].name) for place in places))
    yield from markdown_table(titles, rows, range(1, len(titles)))
