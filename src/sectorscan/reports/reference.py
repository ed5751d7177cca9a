"""The registry of indicators as a reference: table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sectorscan.indicators.registry import QUANTITIES, REGISTRY
from sectorscan.indicators.spec import IndicatorSpec
from sectorscan.reports.text import csv_text, markdown_text

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA = "sectorscan/indicators/1"
COLUMNS = ("id", "label", "unit", "formula", "reference", "default_points", "default_log")


def render_indicators(output_format: str) -> str:
    """Return every indicator of the registry as ``json``, ``csv`` or ``markdown``."""
    specs = tuple(REGISTRY.values())
    if output_format == "json":
        return _json(specs)
    return _csv(specs) if output_format == "csv" else _markdown(specs)


def show_indicators(console: Console) -> None:
    """Print the registry: a heading an indicator, its definition below."""
    from rich.text import Text

    for spec in REGISTRY.values():
        console.print(Text.assemble((spec.id, "bold"), "  ", (f"({spec.unit})", "dim")))
        for line in (spec.label, spec.formula, f"Source: {spec.reference}"):
            console.print(Text(f"  {line}"))
        if spec.default_points:
            console.print(Text(f"  Default scale: {points_text(spec)}"))
        console.print()


def points_text(spec: IndicatorSpec) -> str:
    """Return the default scale in words, ``""`` where there is none."""
    points = ", ".join(f"{value:g} is {score:g}" for value, score in spec.default_points or ())
    return f"{points} (straight in log10)" if points and spec.default_log else points


def _json(specs: Iterable[IndicatorSpec]) -> str:
    indicators = [
        {
            "id": spec.id,
            "label": spec.label,
            "unit": spec.unit,
            "formula": spec.formula,
            "reference": spec.reference,
            "default_points": spec.default_points,
            "default_log": spec.default_log,
            "takes": {name: QUANTITIES[name] for name in spec.takes},
        }
        for spec in specs
    ]
    return json.dumps({"schema": SCHEMA, "indicators": indicators}, indent=1) + "\n"


def _csv(specs: Iterable[IndicatorSpec]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for spec in specs:
        points = ";".join(f"{value:g}:{score:g}" for value, score in spec.default_points or ())
        log = "true" if spec.default_log else "false"
        cells = (spec.id, spec.label, spec.unit, spec.formula, spec.reference, points)
        # A scale such as -2:0;0:50 starts like a formula and is text: it gets the apostrophe.
        writer.writerow([*(csv_text(cell) for cell in cells), log])
    return text.getvalue()


def _markdown(specs: Iterable[IndicatorSpec]) -> str:
    lines = [
        "# Indicators",
        "",
        "Notation: E employment, W total wages (USD per year), N establishments; r region,",
        "n benchmark (reference area), i sector, no i: all industries; 0 base year, 1 end year,",
        "T years between them; g growth from base to end year. An indicator that a sector has no",
        "figures for is missing, never zero.",
        "",
        "| id | indicator | unit | formula | default scale (value is score) | reference |",
        "|---|---|---|---|---|---|",
    ]
    for spec in specs:
        cells = (spec.label, spec.unit, spec.formula, points_text(spec), spec.reference)
        shown = " | ".join(markdown_text(cell) for cell in cells)
        lines.append(f"| `{spec.id}` | {shown} |")
    return "\n".join(lines) + "\n"
