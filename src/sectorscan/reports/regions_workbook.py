"""Many regions as an Excel workbook: values only, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sectorscan.errors import SectorscanError
from sectorscan.reports import regions_view as shared
from sectorscan.reports import view
from sectorscan.reports.sheets import cautions, grid, method
from sectorscan.reports.sheets.grid import Book, Column, Value
from sectorscan.reports.text import plain
from sectorscan.reports.workbook import book_bytes
from sectorscan.scan.regions_model import RegionalSector, RegionRanking, Regions

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet holds."""
_TITLE = "Sectors by region"


def to_workbook(result: Regions) -> bytes:
    """Return the workbook's bytes (.xlsx).

    Raises
    ------
    SectorscanError
        Where a sheet can't hold so many regions and sectors.
    """
    rows = 1 + sum(len(region.sectors) or 1 for region in result.regions)
    if rows > MOST_ROWS or len(result.regions) >= MOST_COLUMNS:
        message = (
            f"{len(result.regions):,} regions with {rows:,} rows are more than a sheet of Excel "
            "holds. Write .csv or .parquet instead."
        )
        raise SectorscanError(message)
    # Row by row into the file: a nation's cells would take gigabytes of memory.
    return book_bytes(_TITLE, "Sectors by region", lambda book: _fill(book, result), lean=True)


def _fill(book: Book, result: Regions) -> None:
    _regions(book, result)
    _sectors(book, result)
    scores = shared.by_region(result)
    _matrix(book, result, scores, "Sectors by region", grid.ONE_DECIMAL, lambda one: one.score)
    _matrix(book, result, scores, "Ranks", grid.PLACE, lambda one: one.rank)
    _long(book, result)
    method.write_sheet(book, shared.header(result), result.pattern)
    cautions.write_sheet(book, result.cautions, result.notes)


def _regions(book: Book, result: Regions) -> None:
    sheet = book.sheet("Regions")
    grid.keep_in_view(sheet, 0, columns=1)
    columns = (
        Column("Region", 36, bold=True),
        Column("Areas", 24),
        Column("Period", 13),
        Column("Jobs", 13, grid.NUMBER),
        Column("Estimated", 11, "0.0%"),
        Column("Sectors ranked", 10, grid.NUMBER),
        *(
            column
            for place in ("First", "Second", "Third")
            for column in (Column(place, 40), Column("Score", 8, grid.ONE_DECIMAL))
        ),
        Column("Why it isn't ranked", 50),
        Column("Cautions", 60),
    )
    below = grid.write_table(book, sheet, 0, columns, map(_region_row, result.regions))
    sheet.autofilter(0, 0, below - 1, len(columns) - 1)


def _region_row(region: RegionRanking) -> list[Value]:
    first: list[Value] = []
    for place in range(shared.FIRST_SECTORS):
        one = region.ranked[place] if place < len(region.ranked) else None
        first += [shared.name_of(one.sector), one.score] if one else [None, None]
    return [
        plain(region.name),
        ", ".join(plain(area) for area in region.areas),
        shared.period(region),
        view.number(region.jobs),
        region.estimated_share,
        len(region.ranked),
        *first,
        plain(region.reason),
        " ".join(plain(text) for text in region.cautions),
    ]


def _sectors(book: Book, result: Regions) -> None:
    sheet = book.sheet("Sectors")
    grid.keep_in_view(sheet, 0, columns=2)
    columns = (
        Column("Code", 10),
        Column("Sector", 44, bold=True),
        Column("Regions that have it", 11, grid.NUMBER),
        Column("Ranked in", 9, grid.NUMBER),
        Column("On the shortlist in", 11, grid.NUMBER),
        Column("First in", 9, grid.NUMBER),
        Column("Median score", 9, grid.ONE_DECIMAL),
        Column("Highest score", 9, grid.ONE_DECIMAL),
        Column("Highest in", 36),
        Column("Its rank there", 9, grid.PLACE),
        Column("Regions in which it is first", 70),
    )
    rows: Iterator[list[Value]] = (
        [
            plain(one.sector.id),
            plain(one.sector.title),
            one.candidate_in,
            one.ranked_in,
            len(one.shortlisted_in),
            len(one.first_in),
            view.number(one.median_score),
            view.number(one.best_score),
            None if one.best_in is None else plain(result.regions[one.best_in].name),
            one.best_rank or None,
            shared.names(result, one.first_in, most=len(result.regions)),
        ]
        for one in result.sectors
    )
    below = grid.write_table(book, sheet, 0, columns, rows)
    sheet.autofilter(0, 0, below - 1, len(columns) - 1)


def _matrix(
    book: Book,
    result: Regions,
    scores: Sequence[dict[str, RegionalSector]],
    name: str,
    number_format: str,
    figure: Callable[[RegionalSector], float],
) -> None:
    """Write a row a sector and a column a region; blank where a sector isn't ranked."""
    sheet = book.sheet(name)
    grid.keep_in_view(sheet, 0, columns=1)
    columns = [Column("Sector", 46, bold=True)]
    columns += [Column(plain(region.name), 12, number_format) for region in result.regions]
    rows: Iterator[list[Value]] = (
        [
            shared.name_of(sector.sector),
            *(
                None if (one := here.get(sector.sector.id)) is None else figure(one)
                for here in scores
            ),
        ]
        for sector in result.sectors
        if sector.ranked_in
    )
    grid.write_table(book, sheet, 0, columns, rows)


def _long(book: Book, result: Regions) -> None:
    """Write a row a region and sector, with the scored indicators."""
    sheet = book.sheet("Long")
    grid.keep_in_view(sheet, 0, columns=3)
    criteria = shared.criteria_ids(result)
    columns = [
        Column("Region", 32),
        Column("Code", 10),
        Column("Sector", 40),
        Column("Rank", 7, grid.PLACE),
        Column("Score", 8, grid.ONE_DECIMAL),
        Column("Lowest", 8, grid.ONE_DECIMAL),
        Column("Highest", 8, grid.ONE_DECIMAL),
        Column("Coverage", 10, grid.PERCENT),
        Column("Tier", 20),
        Column("Why it isn't ranked", 34),
    ]
    for indicator in criteria:
        shown = grid.number_format(indicator, view.unit_of(result.pattern, indicator))
        columns.append(Column(shared.label(result, indicator), 16, shown))
    rows = (row for region in result.regions for row in _long_rows(region, criteria))
    below = grid.write_table(book, sheet, 0, columns, rows)
    sheet.autofilter(0, 0, below - 1, len(columns) - 1)


def _long_rows(region: RegionRanking, criteria: Sequence[str]) -> Iterator[list[Value]]:
    name = plain(region.name)
    place = {indicator: at for at, indicator in enumerate(region.ids)}
    scored = [place.get(indicator) for indicator in criteria]
    for one in region.sectors:
        numbers = (one.score, one.score_low, one.score_high, one.coverage)
        yield [
            name,
            plain(one.sector.id),
            plain(one.sector.title),
            one.rank or None,
            *(view.number(value) for value in numbers),
            one.tier,
            shared.EXCLUSIONS[one.exclusion] if one.exclusion else None,
            *(None if at is None else view.number(one.values[at]) for at in scored),
        ]
    if not region.sectors:
        yield [name, *(None,) * 8, plain(region.reason), *(None,) * len(criteria)]
