"""Shift-share as JSON (schema ``sectorscan/shiftshare/1``), CSV and Parquet: unrounded.

The table has a row a method and line, a column a part with its ends; blank (null) is not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import sectorscan
from sectorscan.indicators.decomposition import METHODS, Decomposition, Ends, Line
from sectorscan.indicators.structure import INDICES, Structure
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.text import csv_text, plain
from sectorscan.scan.shiftshare import SHOWN, ShiftShare

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "sectorscan/shiftshare/1"

HOW_THE_ENDS_ARE_GOT = (
    "low and high are how far withheld figures could move a number. In a sector's line each "
    "withheld quantity is varied once, wherever it stands in the formula; where the region's or "
    "the benchmark's figure is a sum that holds it, the sum moves along. The ends of a total are "
    "the sums of its lines' ends, an outer bound; jobs, their change and the benchmark's growth of "
    "the whole region come from its own totals."
)
_TEXTS = ("method", "kind", "id", "title")
_LAST = ("quadrant", "reason")
Value = str | float | None


def document(result: ShiftShare) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    panel = result.panel
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": result.synthetic,
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "benchmark": panel.benchmark,
        "ownership": panel.ownership,
        "lq_base": panel.lq_base,
        "period": {"base": panel.base, "end": panel.end},
        "config": {"path": result.config_name, "sha256": result.config_sha256},
        "inputs": [
            {"path": file.path, "kind": file.kind, "sha256": file.sha256, "rows": file.rows}
            for file in result.inputs
        ],
        "methods": [_method(one) for one in result.decompositions],
        "by_year": [
            {"from": first, "to": last, "sectors": [_values(line) for line in lines]}
            for first, last, lines in result.steps
        ],
        "sectors": [_sector(result, s) for s in range(len(panel.sectors))],
        "structure": _structure(result),
        "ends": HOW_THE_ENDS_ARE_GOT,
        "cautions": list(result.cautions),
        "notes": list(result.notes),
    }


def to_json(result: ShiftShare) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(result))


def _method(one: Decomposition) -> Record:
    method = METHODS[one.method]
    return {
        "id": one.method,
        "label": method.label,
        "answers": method.answers,
        "source": method.reference,
        "parts": [{"id": part.id, "label": part.label} for part in method.parts],
        "covers_region": one.covers_region,
        "why_not": one.why_not or None,
        "sectors": [_line(line) for line in one.lines if line.kind == "sector"],
        "rest": next((_line(line) for line in one.lines if line.kind == "rest"), None),
        "total": _line(one.total),
    }


def _line(line: Line) -> Record:
    return {
        "id": line.id,
        "title": line.title,
        "employment_base": _ends(line.base),
        "employment_end": _ends(line.end),
        "employment_change": _ends(line.change),
        "parts": {name: _ends(ends) for name, ends in line.parts.items()},
        "reason": line.reason or None,
    }


def _values(line: Line) -> Record:
    parts = {name: number(ends.value) for name, ends in line.parts.items()}
    return {"id": line.id, "employment_change": number(line.change.value), **parts}


def _ends(ends: Ends) -> Record:
    return {"value": number(ends.value), "low": number(ends.low), "high": number(ends.high)}


def _sector(result: ShiftShare, s: int) -> Record:
    table, sector = result.indicators, result.panel.sectors[s]
    columns = [table.column(name) for name in SHOWN]
    return {
        "id": sector.id,
        "title": sector.title or sector.id,
        "naics": list(sector.naics),
        "quadrant": result.quadrants[s],
        "indicators": [
            {
                "id": name,
                **_ends(Ends(*(float(end[s, c]) for end in (table.low, table.value, table.high)))),
                "unit": table.units[c],
                "status": str(table.status[s, c]),
                "reason": table.missing_reason.get((sector.id, name)),
            }
            for name, c in zip(SHOWN, columns, strict=True)
        ],
    }


def _structure(result: ShiftShare) -> Record:
    by_id: dict[str, dict[int, Structure]] = {}
    for year, found in result.structure.items():
        for one in found:
            by_id.setdefault(one.id, {})[year] = one
    return {
        "sectors": result.compared,
        "share_of_jobs": number(result.compared_share),
        "why_not": result.no_structure or None,
        "indices": [
            {
                "id": name,
                "label": INDICES[name].label,
                "formula": INDICES[name].formula,
                "source": INDICES[name].reference,
                "years": {
                    str(year): _ends(Ends(one.low, one.value, one.high))
                    for year, one in years.items()
                },
            }
            for name, years in by_id.items()
        ],
    }


def columns(result: ShiftShare) -> tuple[str, ...]:
    """Return the table's columns: texts, jobs, the parts of every method asked for, and why not."""
    parts = [part.id for one in result.decompositions for part in METHODS[one.method].parts]
    numbers = ("employment_base", "employment_end", "employment_change", *dict.fromkeys(parts))
    with_ends = (f"{name}{end}" for name in numbers for end in ("", "_low", "_high"))
    return (*_TEXTS, *with_ends, *SHOWN, *_LAST)


def records(result: ShiftShare) -> list[dict[str, Value]]:
    """Return a row for each method and line, by column; what a row hasn't got is left out."""
    return [
        _record(result, one.method, line, place)
        for one in result.decompositions
        for place, line in enumerate(one.lines)
    ]


def _record(result: ShiftShare, method: str, line: Line, place: int) -> dict[str, Value]:
    row: dict[str, Value] = {
        "method": method,
        "kind": line.kind,
        "id": line.id,
        "title": line.title,
        "reason": line.reason or None,
    }
    figures: Mapping[str, Ends] = {
        "employment_base": line.base,
        "employment_end": line.end,
        "employment_change": line.change,
        **line.parts,
    }
    for name, ends in figures.items():
        row |= {
            name: number(ends.value),
            f"{name}_low": number(ends.low),
            f"{name}_high": number(ends.high),
        }
    if line.kind == "sector":
        row["quadrant"] = result.quadrants[place]
        row |= {name: number(float(result.indicators.values(name)[place])) for name in SHOWN}
    return row


def to_csv(result: ShiftShare) -> str:
    r"""Return CSV text with ``\n`` line ends; text that looks like a formula is neutralised."""
    text = io.StringIO()
    names = columns(result)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in records(result):
        cells = (row.get(name) for name in names)
        writer.writerow([csv_text(x) if isinstance(x, str) else _number_text(x) for x in cells])
    return text.getvalue()


def _number_text(value: float | None) -> str:
    return "" if value is None else repr(value)


def to_parquet(result: ShiftShare) -> bytes:
    """Return the same table as Parquet (zstd); the same result gives the same bytes."""
    import polars as pl

    texts = {*_TEXTS, *_LAST}
    schema: dict[str, type[pl.DataType]] = {
        name: pl.String if name in texts else pl.Float64 for name in columns(result)
    }
    rows = [
        tuple(plain(x) if isinstance(x := row.get(name), str) else x for name in schema)
        for row in records(result)
    ]
    buffer = io.BytesIO()
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()
