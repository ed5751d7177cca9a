"""The tables of a run as files, and back: nothing is lost, so a ranking of them is the same bytes.

``tables/`` of a run folder has a CSV for each frame of ``RegionalTables`` that has rows (figures in
full), ``trees.csv`` where figures are withheld, and ``tables.json`` with everything else.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.tables.frames import FRAMES
from sectorscan.tables.model import InputFile, RegionalTables
from sectorscan.tables.trees import Ends, FloatArray, Trees

SCHEMA = "sectorscan/tables/1"
REST, TREES = "tables.json", "trees.csv"
_NAMES = frozenset(["region", "industry", "industry_title", "indicator", "quantity", "unit"])
_TEXT = _NAMES | {"employment_status", "wages_status", "source", "basis"}
_YEARS = frozenset(["year", "base_year", "end_year"])
_PLACES = ("area", "industry", "year", "parent")
_ENDS = ("low", "high", "slack", "complete", "contradicted")
_NOT_AS_WRITTEN = (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError)
_PLAIN = ("ownership", "public", "synthetic", "quarter", "area_titles")


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
    except (*_NOT_AS_WRITTEN, csv.Error) as error:
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
    rows = _read(path)
    places = {name: np.array(rows[name], dtype=np.intp) for name in _PLACES}
    sizes = {
        "area": len(codes["areas"]),
        "industry": len(codes["industries"]),
        "parent": len(places["area"]),
    }
    for name, size in sizes.items():
        if ((places[name] < -1) | (places[name] >= size)).any():
            raise ValueError(name)

    def ends(kind: str) -> Ends:
        low, high, slack, complete, contradicted = (
            _figures(rows[f"{kind}_{end}"]) for end in _ENDS
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
    rows = dict.fromkeys(FRAMES[name], ()) if path is None else _read(path)
    columns = {}
    for column in FRAMES[name]:
        cells = rows[column]
        if column in _TEXT:
            columns[column] = pd.Series(np.array(cells, dtype=object), dtype=object)
        elif column in _YEARS and name != "indicators":
            columns[column] = pd.Series(np.array(cells, dtype=np.int64))
        else:
            # An indicator may have no year.
            columns[column] = pd.Series(_figures(cells))
    return pd.DataFrame(columns)


def _figures(cells: Sequence[str]) -> FloatArray:
    return np.array([float(cell) if cell else np.nan for cell in cells], dtype=np.float64)


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    """Return a CSV's columns by name, every cell as it is written."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    return dict(zip(header, zip(*rows, strict=True), strict=True))
