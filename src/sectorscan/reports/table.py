"""One row a sector with a column an indicator: CSV and Parquet.

Ranked sectors come first, best first; the others follow with a blank rank and the reason.
Numbers are unrounded, blank (null) where missing. ``estimated`` lists the indicators of the row
that rest on withheld figures; their ends are in the JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sectorscan.reports import view
from sectorscan.reports.json_text import number
from sectorscan.reports.readiness import readiness_cells
from sectorscan.reports.text import csv_text, plain
from sectorscan.scan.model import Shortlist

if TYPE_CHECKING:
    import polars as pl

Value = str | int | float | bool | None

FIXED_COLUMNS = {
    "rank": int,
    "tied": bool,
    "id": str,
    "title": str,
    "score": float,
    "score_low": float,
    "score_high": float,
    "coverage": float,
    "tier": str,
    "p_first": float,
    "p_top": float,
    "rank_p05": int,
    "rank_p50": int,
    "rank_p95": int,
    "band": str,
    "quadrant": str,
    "reason_codes": str,
    "reason": str,
    "would_rank": int,
    "estimated": str,
    "readiness": float,
    "readiness_coverage": float,
    "next_tier": str,
    "lacking": str,
}
"""Columns before the indicators' and the type of each.

``reason`` says why a sector isn't ranked; ``p_first`` to ``band`` are blank without draws,
``readiness`` to ``lacking`` without scorecards.
"""


def to_csv(shortlist: Shortlist) -> str:
    r"""Return CSV text with ``\n`` line ends; text that looks like a formula is neutralised."""
    return csv_of(columns(shortlist), records(shortlist))


def csv_of(names: Iterable[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return names and rows as such CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([csv_text(name) for name in names])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue()


def to_parquet(shortlist: Shortlist) -> bytes:
    """Return the same table as Parquet (zstd); the same result gives the same bytes."""
    return parquet_of(to_frame(shortlist))


def parquet_of(frame: pl.DataFrame) -> bytes:
    """Return a frame as Parquet."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()


def to_frame(shortlist: Shortlist) -> pl.DataFrame:
    """Return the table as a polars frame with declared types."""
    import polars as pl

    schema = frame_schema(FIXED_COLUMNS, columns(shortlist))
    return pl.DataFrame(records(shortlist), schema=schema, orient="row")


def frame_schema(fixed: Mapping[str, type], names: Sequence[str]) -> dict[str, pl.DataType]:
    """Return the type of each column: the fixed ones', then the indicators'."""
    import polars as pl

    dtypes = {int: pl.Int64(), bool: pl.Boolean(), str: pl.String(), float: pl.Float64()}
    return {name: dtypes[fixed.get(name, float)] for name in names}


def columns(shortlist: Shortlist) -> tuple[str, ...]:
    """Return the column names of a shortlist's table."""
    return column_names(FIXED_COLUMNS, shortlist.ranking.indicators.ids)


def column_names(fixed: Iterable[str], indicators: Iterable[str]) -> tuple[str, ...]:
    """Return the column names; an indicator whose name is taken gets ``indicator_`` before it."""
    names = list(fixed)
    for indicator in indicators:
        name = plain(indicator) or "indicator"
        while name in names:
            name = f"indicator_{name}"
        names.append(name)
    return tuple(names)


def records(shortlist: Shortlist) -> list[tuple[Value, ...]]:
    """Return a row for each sector, in the order of ``columns``."""
    return [
        _record(shortlist, candidate)
        for candidate in (*view.ranked(shortlist), *view.unranked(shortlist))
    ]


def _record(shortlist: Shortlist, candidate: view.Candidate) -> tuple[Value, ...]:
    ranking, s, advice = shortlist.ranking, candidate.index, candidate.advice
    table = ranking.indicators
    scores = (ranking.score, ranking.score_low, ranking.score_high, ranking.coverage)
    estimated = [
        plain(indicator)
        for i, indicator in enumerate(table.ids)
        if table.status[s, i] == "estimated"
    ]
    return (
        candidate.rank,
        candidate.tied,
        candidate.id,
        candidate.title,
        *(view.number(score[s]) for score in scores),
        ranking.tier[s],
        *(view.robust(shortlist, candidate, name) for name in ("p_first", "p_top")),
        *(_rank(shortlist, candidate, name) for name in ("rank_p05", "rank_p50", "rank_p95")),
        view.band(shortlist, candidate) or None,
        advice.quadrant,
        ";".join(plain(code) for code in advice.reason_codes),
        None if advice.reason is None else view.paragraph([advice.reason]),
        int(ranking.would_rank[s]) or None if candidate.rank is None else None,
        ";".join(estimated),
        *readiness_cells(shortlist, candidate),
        *(view.number(value) for value in table.value[s]),
    )


def _rank(shortlist: Shortlist, candidate: view.Candidate, name: str) -> int | None:
    value = view.robust(shortlist, candidate, name)
    return None if value is None else int(value)


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(number(value))
