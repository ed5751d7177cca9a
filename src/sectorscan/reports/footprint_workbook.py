"""A sector's footprint as an Excel workbook: a table to print, every figure, and the words."""

from __future__ import annotations

from sectorscan.reports.footprint import COLUMNS, above, records
from sectorscan.reports.footprint_words import what_is_shown
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Book, Column
from sectorscan.reports.text import plain
from sectorscan.reports.words import MINUS
from sectorscan.reports.workbook import book_bytes
from sectorscan.scan.footprint import Footprint

_SHOWN = {
    "title": Column("County", 28, bold=True),
    "area": Column("Code", 9),
    "in_region": Column("In the region", 9),
    "borders_on_region": Column("Borders on it", 9),
    "employment": Column("Jobs", 10, "#,##0"),
    "employment_low": Column("Jobs, lowest", 12, "#,##0"),
    "employment_high": Column("Jobs, highest", 12, "#,##0"),
    "establishments": Column("Establishments", 14, "#,##0"),
    "location_quotient": Column("Location quotient", 10, "0.00"),
    "location_quotient_low": Column("LQ, lowest", 11, "0.00"),
    "location_quotient_high": Column("LQ, highest", 11, "0.00"),
    "employment_cagr_pct": Column("Job growth, % a year", 13, "0.0"),
    "part_pct": Column("Part of the sector's jobs, %", 16, "0.0"),
    "together_part_pct": Column("Running part, %", 10, "0.0"),
    "together_location_quotient": Column("Running LQ", 12, "0.00"),
    "region_quotient_change": Column("Region's LQ changes by", 11, f'+0.000;"{MINUS}"0.000;0.000'),
    "effect": Column("Taking it in (if in: leaving it out)", 18),
}
"""What is to be printed, under names for people; the sheet of all figures has the CSV's."""


def to_workbook(found: Footprint) -> bytes:
    """Return the workbook's bytes: sheets Footprint, All figures, Notes."""
    title = f"Footprint of {plain(found.sector.title)}"
    return book_bytes(title, "Sector footprint", lambda book: _fill(book, found))


def _fill(book: Book, found: Footprint) -> None:
    _table(book, found, "Footprint", _SHOWN)
    plainly = {
        name: Column(name, 26 if name == "title" else 14, _format(name, kind))
        for name, kind in COLUMNS.items()
    }
    _table(book, found, "All figures", plainly)
    page = book.sheet("Notes")
    page.set_column(0, 0, 120)
    for row, text in enumerate([what_is_shown(found), *above(found)]):
        grid.put(page, row, 0, plain(text), book.format(bold=row == 0, text_wrap=True))


def _table(book: Book, found: Footprint, name: str, columns: dict[str, Column]) -> None:
    page = book.sheet(name)
    grid.keep_in_view(page, 0, columns=1)
    rows = [[_cell(record[key]) for key in columns] for record in records(found)]
    shaded = frozenset(range(found.core))
    grid.write_table(book, page, 0, tuple(columns.values()), rows, shaded=shaded)


def _cell(value: object) -> float | str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, float | str) or value is None else float(str(value))


def _format(name: str, kind: type) -> str | None:
    if kind is not float:
        return None
    if "quotient" in name:
        return "0.00"
    return "0.0" if "pct" in name else "#,##0"
