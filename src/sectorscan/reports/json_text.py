"""JSON text as every report writes it: unrounded, without NaN, plain ASCII, readable."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sectorscan.tables.model import InputFile, Panel

_LINE_CHARACTERS = 120
EXACT_INTEGERS = 2.0**53
"""Up to here an integral float is written without ``.0``: 12340, not 12340.0."""

Record = dict[str, Any]


def dump(record: Record) -> str:
    """Return a record as JSON text that ends with a newline: a key a line, then as it fits."""
    lines = [f" {json.dumps(key)}: {_dump(record[key], ' ')}" for key in record]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def number(value: float | None) -> float | int | None:
    """Return a JSON number: None for what is missing or unbounded, integral ones as int."""
    if value is None or not math.isfinite(value):
        return None
    exact = float(value)
    return int(exact) if exact.is_integer() and abs(exact) < EXACT_INTEGERS else exact


def panel_record(panel: Panel) -> Record:
    """Return what the figures are of, as every result says it."""
    return {
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "benchmark": panel.benchmark,
        "ownership": panel.ownership,
        "lq_base": panel.lq_base,
        "period": {"base": panel.base, "end": panel.end, "quarter": panel.quarter},
    }


def input_records(inputs: Iterable[InputFile]) -> list[Record]:
    """Return what was read: path, kind, SHA-256 and rows of each file."""
    return [
        {"path": file.path, "kind": file.kind, "sha256": file.sha256, "rows": file.rows}
        for file in inputs
    ]


def whole_numbers(node: Any) -> Any:
    """Return the same values with integral floats as integers, as everywhere in the result."""
    if isinstance(node, dict):
        return {key: whole_numbers(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [whole_numbers(value) for value in node]
    return number(node) if isinstance(node, float) else node


def _dump(node: Any, indent: str) -> str:
    """Return JSON with a line for each short or flat record, so that a result stays readable."""
    line = json.dumps(node, allow_nan=False)
    if not isinstance(node, (dict, list)) or len(line) <= _LINE_CHARACTERS or _flat_record(node):
        return line
    deeper = indent + " "
    if isinstance(node, dict):
        parts = [f"{json.dumps(key)}: {_dump(node[key], deeper)}" for key in node]
        return "{\n" + ",\n".join(deeper + part for part in parts) + f"\n{indent}}}"
    parts = [deeper + _dump(part, deeper) for part in node]
    return "[\n" + ",\n".join(parts) + f"\n{indent}]"


def _flat_record(node: object) -> bool:
    return isinstance(node, dict) and not any(
        isinstance(value, (dict, list)) for value in node.values()
    )
