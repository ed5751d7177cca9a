"""Many regions on a terminal: a line a region, then the sectors over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from sectorscan.reports import regions_view as shared
from sectorscan.reports import view
from sectorscan.reports.console_table import UNKNOWN
from sectorscan.reports.page import GAP, Column, Page
from sectorscan.reports.settings import basis
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.scan.regions_model import RegionRanking, Regions, SectorAcross

MOST_REGIONS = 25
REGIONS_BEFORE_MORE = 20
MOST_SECTORS = 15
MOST_UNRANKED = 12
WIDEST_REGION = 18
NARROWEST_SECTOR = 24
_PLACES = ("First", "Second", "Third")


def show(result: Regions, console: Console) -> None:
    """Print the regions, the sectors over them, what fits side by side, and the cautions."""
    page = Page(console)
    page.paragraph(f"Sectors of {shared.counts(result)}", style="bold")
    if result.pattern.synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    pattern = result.pattern
    page.paragraph(basis(pattern.ranking.indicators.panel, shared.periods(result)))
    page.paragraph(
        f"Scored with {view.scored_with(pattern)}, {pattern.config.aggregation} mean; a shortlist "
        f"is the first {pattern.config.outputs.top} of a region."
    )
    _regions(result, page)
    _sectors(result, page)
    _unranked(result, page)
    if result.cautions:
        page.heading("Cautions")
        for caution in result.cautions:
            page.paragraph(caution, indent=1, mark="!", style="yellow")


def _regions(result: Regions, page: Page) -> None:
    ranked = [region for region in result.regions if not region.reason]
    most = len(ranked) if len(ranked) <= MOST_REGIONS else REGIONS_BEFORE_MORE
    shown = ranked[:most]
    page.line()
    columns = [
        Column("Region", [plain(region.name) for region in shown], right=False, flexible=True),
        Column("Jobs", [view.shown(region.jobs, "jobs") for region in shown]),
        *(_standing(shown, place) for place in range(shared.FIRST_SECTORS)),
        Column("Esti-\nmated", [shared.share(region) for region in shown]),
        Column("Cau-\ntions", [str(len(region.cautions)) for region in shown]),
    ]
    page.table(columns)
    page.paragraph(
        "sector and score; estimated: the share of jobs whose figures are withheld; cautions: the "
        "region's own, beside those below",
        style="dim",
    )
    if len(ranked) > most:
        page.paragraph(f"... and {len(ranked) - most:,} more regions: --format csv or --out FILE.")


def _standing(regions: Sequence[RegionRanking], place: int) -> Column:
    cells = []
    for region in regions:
        one = region.ranked[place] if place < len(region.ranked) else None
        text = UNKNOWN if one is None else f"{plain(one.sector.id)} {cell(one.score, 'score')}"
        cells.append(text)
    return Column(_PLACES[place], cells, right=False, flexible=True)


def _sectors(result: Regions, page: Page) -> None:
    ranked = [one for one in result.sectors if one.ranked_in]
    places = [place for place, region in enumerate(result.regions) if not region.reason]
    if len(places) <= MOST_REGIONS:
        columns = _side_by_side(result, ranked, places)
        needed = sum(column.width for column in columns) + GAP * len(columns)
        if needed + NARROWEST_SECTOR <= page.width:
            page.heading("Score by region (rank)")
            page.table([_names(ranked), *columns])
            return
    page.heading("Where each sector stands")
    shown = ranked[:MOST_SECTORS]
    best = ["" if one.best_in is None else plain(result.regions[one.best_in].name) for one in shown]
    page.table(
        [
            _names(shown),
            Column(
                "On the\nshortlist",
                [f"{len(one.shortlisted_in):,} of {one.ranked_in:,}" for one in shown],
            ),
            Column("First in", [f"{len(one.first_in):,}" for one in shown]),
            Column("Median\nscore", [view.shown(one.median_score, "score") for one in shown]),
            Column("Highest\nscore", [view.shown(one.best_score, "score") for one in shown]),
            Column("in", best, right=False, flexible=True),
        ]
    )
    more = len(ranked) - len(shown)
    rest = f"... and {more:,} more sectors. " if more else ""
    page.paragraph(f"{rest}--out FILE.xlsx has every score and rank, sector by region.")


def _names(sectors: Sequence[SectorAcross]) -> Column:
    return Column(
        "Sector", [shared.name_of(one.sector) for one in sectors], right=False, flexible=True
    )


def _side_by_side(
    result: Regions, sectors: Sequence[SectorAcross], places: Sequence[int]
) -> list[Column]:
    """Return a column a region."""
    scores = shared.by_region(result)
    columns = []
    for place in places:
        found = [scores[place].get(one.sector.id) for one in sectors]
        cells = [UNKNOWN if o is None else f"{cell(o.score, 'score')} ({o.rank})" for o in found]
        name = plain(result.regions[place].name)
        columns.append(Column("\n".join(_two_lines(name)), cells))
    return columns


def _two_lines(name: str) -> list[str]:
    """Return a name on one line or, where it is long, on two, cut to a column's width."""
    half = WIDEST_REGION // 2
    if len(name) <= half:
        return [name]
    at = name.rfind(" ", 0, WIDEST_REGION // 2 + 2)
    first, rest = (name[:at], name[at + 1 :]) if at > 0 else (name[:half], name[half:])
    return [first, rest if len(rest) <= WIDEST_REGION else f"{rest[: WIDEST_REGION - 3]}..."]


def _unranked(result: Regions, page: Page) -> None:
    without = [region for region in result.regions if region.reason]
    if not without:
        return
    page.heading(f"Not ranked: {len(without):,} of {shared.counts(result).split(',')[0]}")
    for region in without[:MOST_UNRANKED]:
        page.paragraph(f"{region.name}: {region.reason}", indent=1, mark="x", style="dim")
    if len(without) > MOST_UNRANKED:
        more = len(without) - MOST_UNRANKED
        page.paragraph(f"... and {more:,} more: --format csv or --out FILE.csv lists them all.")
