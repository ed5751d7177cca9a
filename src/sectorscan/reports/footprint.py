"""A sector's footprint as a table, JSON (``sectorscan/scope/1``), CSV, Markdown, Parquet, Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sectorscan.reports import write
from sectorscan.reports.footprint_words import (
    SECOND_TABLE,
    headline,
    notes_on_reading,
    table_rows,
    what_is_shown,
)
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.markdown import bullets, markdown_table
from sectorscan.reports.page import GAP, Column, Page
from sectorscan.reports.text import csv_text, markdown_text, plain
from sectorscan.reports.view import SYNTHETIC_BANNER
from sectorscan.scan.footprint import Footprint
from sectorscan.tables.model import Interval
from sectorscan.tables.writing import write_bytes

SCHEMA = "sectorscan/scope/1"

COLUMNS: Mapping[str, type] = {
    "area": str,
    "title": str,
    "in_region": bool,
    "borders_on_region": bool,
    "employment": float,
    "employment_low": float,
    "employment_high": float,
    "status": str,
    "establishments": float,
    "location_quotient": float,
    "location_quotient_low": float,
    "location_quotient_high": float,
    "employment_cagr_pct": float,
    "employment_cagr_pct_low": float,
    "employment_cagr_pct_high": float,
    "part_pct": float,
    "part_pct_low": float,
    "part_pct_high": float,
    "region_quotient_if_changed": float,
    "region_quotient_if_changed_low": float,
    "region_quotient_if_changed_high": float,
    "region_quotient_change": float,
    "effect": str,
    "together_location_quotient": float,
    "together_location_quotient_low": float,
    "together_location_quotient_high": float,
    "together_part_pct": float,
    "in_core": bool,
}
"""The columns of the table, a row a county, and what each holds."""


def to_json(found: Footprint) -> str:
    """Return the footprint as JSON text; unrounded, null where not known or unbounded."""
    panel = found.panel
    whole = found.region["location_quotient"].value[0]
    document: Record = {
        "schema": SCHEMA,
        "synthetic": panel.synthetic,
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "benchmark": panel.benchmark,
        "ownership": panel.ownership,
        "lq_base": panel.lq_base,
        "period": {"base": panel.base, "end": panel.end},
        "inputs": [
            {"path": file.path, "kind": file.kind, "sha256": file.sha256, "rows": file.rows}
            for file in found.inputs
        ],
        "sector": {
            "id": found.sector.id,
            "title": found.sector.title or found.sector.id,
            "naics": list(found.sector.codes),
            "naics_except": list(found.sector.excluded),
        },
        "in_region": {name: _ends(interval, 0) for name, interval in found.region.items()},
        "counties": [record(found, place, float(whole)) for place in range(len(found.counties))],
        "core": {
            "location_quotient_at_least": number(found.threshold),
            "areas": list(found.counties[: found.core]),
            "part_pct": number(found.together_pct[found.core - 1]) if found.core else None,
            "location_quotient": _ends(found.together, found.core - 1) if found.core else None,
        },
        "cautions": list(found.cautions),
        "notes": list(found.notes),
    }
    return dump(document)


def _ends(interval: Interval, place: int) -> Record:
    return {end: number(float(getattr(interval, end)[place])) for end in ("value", "low", "high")}


def record(found: Footprint, place: int, whole: float) -> Record:
    """Return one county's figures by the names of ``COLUMNS``; ``whole`` is the region's LQ."""

    def ends(name: str, interval: Interval) -> Record:
        low, value, high = (
            number(float(end[place])) for end in (interval.low, interval.value, interval.high)
        )
        return {name: value, f"{name}_low": low, f"{name}_high": high}

    return {
        "area": found.counties[place],
        "title": found.titles[place],
        "in_region": found.inside[place],
        "borders_on_region": None if found.inside[place] else found.borders[place],
        **ends("employment", found.jobs),
        "status": found.status[place],
        "establishments": number(float(found.establishments[place])),
        **ends("location_quotient", found.quotient),
        **ends("employment_cagr_pct", found.growth),
        **ends("part_pct", found.part),
        **ends("region_quotient_if_changed", found.changed),
        "region_quotient_change": number(float(found.changed.value[place]) - whole),
        "effect": found.effects[place],
        **ends("together_location_quotient", found.together),
        "together_part_pct": number(float(found.together_pct[place])),
        "in_core": place < found.core,
    }


def _records(found: Footprint) -> list[Record]:
    whole = float(found.region["location_quotient"].value[0])
    return [record(found, place, whole) for place in range(len(found.counties))]


def to_csv(found: Footprint) -> str:
    """Return a row a county; text that looks like a formula is neutralised."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _records(found):
        writer.writerow([_csv_cell(row[column]) for column in COLUMNS])
    return text.getvalue()


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return csv_text(value) if isinstance(value, str) else value


def to_parquet(found: Footprint) -> bytes:
    """Return the same table as Parquet (zstd)."""
    import polars as pl

    dtypes = {str: pl.String, bool: pl.Boolean, float: pl.Float64}
    schema = {name: dtypes[kind] for name, kind in COLUMNS.items()}
    rows = [
        {name: float(row[name]) if kind is float and row[name] is not None else row[name]
         for name, kind in COLUMNS.items()}
        for row in _records(found)
    ]  # fmt: skip
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=schema).write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def to_workbook(found: Footprint) -> bytes:
    """Return the same table as a workbook of one sheet, with what it shows above it."""
    from sectorscan.reports.sheets import grid
    from sectorscan.reports.workbook import book_bytes

    rows = _records(found)
    columns = [
        grid.Column(name.replace("_", " "), 26 if name == "title" else 13, _format(name, kind))
        for name, kind in COLUMNS.items()
    ]
    title = f"Footprint of {plain(found.sector.title)}"

    def sheet(book: grid.Book) -> None:
        page = book.sheet("Footprint")
        above = [title, *_above(found)]
        for row, text in enumerate(above):
            grid.put(page, row, 0, plain(text), book.format(bold=row == 0))
        top = len(above) + 1
        values = [[_sheet_cell(row[name]) for name in COLUMNS] for row in rows]
        shaded = frozenset(range(found.core))
        grid.write_table(book, page, top, columns, values, shaded=shaded)
        grid.keep_in_view(page, top, columns=2)

    return book_bytes(title, "Sector footprint", sheet)


def _format(name: str, kind: type) -> str | None:
    if kind is not float:
        return None
    if "quotient" in name:
        return "0.00"
    return "0.0" if "pct" in name else "#,##0"


def _sheet_cell(value: object) -> float | str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, float | str) or value is None else float(str(value))


def _above(found: Footprint) -> list[str]:
    banner = [SYNTHETIC_BANNER] if found.panel.synthetic else []
    cautions = [f"Caution: {text}" for text in found.cautions]
    return [*banner, *headline(found), *notes_on_reading(found), *cautions]


def to_markdown(found: Footprint) -> str:
    """Return the footprint as Markdown."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Footprint) -> Iterator[str]:
    yield from (f"# {markdown_text(what_is_shown(found))}", "")
    if found.panel.synthetic:
        yield from (f"> **{SYNTHETIC_BANNER}**", "")
    yield from (markdown_text(" ".join(headline(found))), "")
    titles, rows = table_rows(found)
    numeric = set(range(2, len(titles) - 1))
    yield from markdown_table([t.replace("\n", " ") for t in titles], rows, numeric)
    yield from (markdown_text(" ".join(notes_on_reading(found))), "")
    yield from bullets("Cautions", list(found.cautions))


def show(found: Footprint, page: Page) -> None:
    """Print the footprint on a terminal."""
    page.heading(what_is_shown(found))
    if found.panel.synthetic:
        page.paragraph(SYNTHETIC_BANNER, style="bold")
    for sentence in headline(found):
        page.paragraph(sentence)
    titles, rows = table_rows(found)
    widest = sum(
        max(len(text) for text in (*titles[c].split("\n"), *(row[c] for row in rows)))
        for c in range(len(titles))
    )
    if widest + GAP * (len(titles) - 1) <= page.width:
        parts = [tuple(range(len(titles)))]
    else:
        parts = [(0, 1, *range(2, SECOND_TABLE)), (1, *range(SECOND_TABLE, len(titles)))]
    for part in parts:
        page.line()
        page.table(
            [
                Column(titles[c], [row[c] for row in rows], right=1 < c < len(titles) - 1,
                       flexible=c == 1, wraps=c == 1)
                for c in part
            ],
            rule_after=found.core if 0 < found.core < len(rows) else None,
        )  # fmt: skip
    for sentence in notes_on_reading(found):
        page.paragraph(sentence, style="dim")
    if found.cautions:
        page.heading("Cautions")
    for caution in found.cautions:
        page.paragraph(caution, indent=1, mark="!", style="yellow")


RENDERERS: Mapping[str, Callable[[Footprint], str]] = {
    "json": to_json,
    "csv": to_csv,
    "markdown": to_markdown,
}
"""What each format of standard output is made with."""

WRITERS: Mapping[str, Callable[[Footprint], bytes]] = {
    # Excel reads a CSV file as UTF-8 only with a byte order mark.
    ".csv": lambda found: to_csv(found).encode("utf-8-sig"),
    ".json": lambda found: to_json(found).encode(),
    ".md": lambda found: to_markdown(found).encode(),
    ".parquet": to_parquet,
    ".xlsx": to_workbook,
}
"""What each ending is written with."""


def save(found: Footprint, path: Path) -> None:
    """Write one file; an earlier one of that name is replaced only once the new one is whole.

    Raises
    ------
    SectorscanError
        Where the ending isn't known or the place can't be written to.
    """
    write.check([path], WRITERS)
    write_bytes(path, WRITERS[path.suffix.lower()](found))
