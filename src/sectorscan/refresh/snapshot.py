"""The tables of a run as files, and back: nothing is lost, so a ranking of them is the same bytes.

``tables/`` of a run folder has a CSV for each frame of ``RegionalTables`` that has rows (figures in
full), ``trees.csv`` where figures are withheld, and ``tables.json`` with everything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.tables.frames import FRAMES
from sectorscan.tables.model import InputFile, RegionalTables
from sectorscan.tables.trees import Ends, Trees

SCHEMA = "sectorscan/tables/1"
REST, TREES = "tables.json", "trees.csv"
_NAMES = frozenset(["region", "industry", "industry_title", "indicator", "quantity", "unit"])
_TEXT = _NAMES | {"employment_status", "wages_status", "source", "basis"}
_YEARS = frozenset(["year", "base_year", "end_year"])
_PLACES = ("area", "industry", "year", "parent")
_ENDS = ("low", "high", "slack", "complete", "contradicted")
_NOT_AS_WRITTEN = (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError)
_PLAIN = ("ownership", "public", "synthetic", "quarter", "area_titles")
# The nearest number to what is written. Later pandas reads so of itself, and warns of the option.
_EXACT: Mapping[str, Any] = (
    {"float_precision": "round_trip"}
    if tuple(map(int, pd.__version__.split(".")[:2])) < (3, 1)
    else {}
)


def snapshot(tables: RegionalTables) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file that holds the tables."""
    from sectorscan.reports.prepared import to_csv

    for name in FRAMES:
        frame = getattr(tables, name)
        if len(frame):
            yield f"{name}.csv", to_csv(frame)
    if tables.trees is not None:
        yield TREES, to_csv(_rows_of(tables.trees))
    yield REST, _rest(tables)


def read_snapshot(folder: Path) -> RegionalTables:
    """Return the tables that ``snapshot`` made the files of a folder from.

    Raises
    ------
    InputError
        Where a file is missing or isn't as it was written.
    """
    name = REST
    try:
        rest = json.loads((folder / REST).read_text(encoding="utf-8"))
        if rest["schema"] != SCHEMA:
            raise InputError(_damaged(REST))
        frames: dict[str, Any] = {}
        for frame in FRAMES:
            name = f"{frame}.csv"
            path = folder / name
            frames[frame] = _frame(frame, path if path.exists() else None)
        name = TREES
        return RegionalTables(
            **frames,
            **{key: rest[key] for key in _PLAIN},
            inputs=tuple(InputFile(**one) for one in rest["inputs"]),
            findings=tuple(_finding(one) for one in rest["findings"]),
            trees=_trees(folder / TREES, rest["trees"]) if rest["trees"] else None,
        )
    except _NOT_AS_WRITTEN as error:
        raise InputError(_damaged(name)) from error


def _damaged(name: str) -> Finding:
    what = "this isn't the file that the run wrote."
    return Finding(what, "Take the run folder from a copy, or refresh anew.", name)


def _rest(tables: RegionalTables) -> bytes:
    trees = tables.trees
    record = {
        "schema": SCHEMA,
        **{key: getattr(tables, key) for key in _PLAIN},
        "inputs": [asdict(one) for one in tables.inputs],
        "findings": [asdict(one) for one in tables.findings],
        "trees": trees and {"areas": trees.areas, "industries": trees.industries},
    }
    return (json.dumps(record, indent=1, allow_nan=False) + "\n").encode("ascii")


def _finding(record: Mapping[str, Any]) -> Finding:
    place = record["position"]
    return Finding(**{**record, "position": None if place is None else tuple(place)})


def _rows_of(trees: Trees) -> pd.DataFrame:
    columns = {name: getattr(trees, name) for name in _PLACES}
    for kind in ("jobs", "wages"):
        ends = getattr(trees, kind)
        columns |= {f"{kind}_{end}": getattr(ends, end).astype(np.float64) for end in _ENDS}
    return pd.DataFrame(columns)


def _trees(path: Path, codes: Mapping[str, list[str]]) -> Trees:
    types = dict.fromkeys(_PLACES, np.intp) | {
        f"{kind}_{end}": np.float64 for kind in ("jobs", "wages") for end in _ENDS
    }
    rows = _read(path, types)
    places = {name: rows[name].to_numpy() for name in _PLACES}
    sizes = {
        "area": len(codes["areas"]),
        "industry": len(codes["industries"]),
        "parent": len(rows),
    }
    for name, size in sizes.items():
        if ((places[name] < -1) | (places[name] >= size)).any():
            raise ValueError(name)

    def ends(kind: str) -> Ends:
        low, high, slack, complete, contradicted = (
            rows[f"{kind}_{end}"].to_numpy() for end in _ENDS
        )
        return Ends(low, high, slack, complete != 0, contradicted != 0)

    return Trees(
        areas=tuple(codes["areas"]),
        industries=tuple(codes["industries"]),
        **places,
        jobs=ends("jobs"),
        wages=ends("wages"),
    )


def _frame(name: str, path: Path | None) -> pd.DataFrame:
    """Return a frame with the documented columns and types, empty where it has no file."""
    # An indicator may have no year.
    whole = _YEARS if name != "indicators" else frozenset[str]()
    types = {
        column: np.object_ if column in _TEXT else np.int64 if column in whole else np.float64
        for column in FRAMES[name]
    }
    if path is None:
        return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in types.items()})
    return _read(path, types)


def _read(path: Path, types: Mapping[str, type[np.generic]]) -> pd.DataFrame:
    """Return a CSV with these columns in this order; text as it is written, a blank figure NaN."""
    blank = {name: [""] for name, kind in types.items() if kind is np.float64}
    rows: pd.DataFrame = pd.read_csv(
        path,
        dtype=dict(types),
        keep_default_na=False,
        na_values=blank,
        encoding="utf-8-sig",
        **_EXACT,
    )
    # A first row that is longer than the header makes an index; a shorter row is one with blanks.
    if not isinstance(rows.index, pd.RangeIndex) or list(rows.columns) != list(types):
        raise ValueError(path.name)
    return rows
