"""The reference of indicators is the registry, whole, in every format."""

import csv
import io
import json

from rich.console import Console

from sectorscan.indicators.registry import REGISTRY
from sectorscan.reports.reference import render_indicators, show_indicators


def test_json_lists_every_indicator_with_its_definition():
    listed = json.loads(render_indicators("json"))
    assert listed["schema"] == "sectorscan/indicators/1"
    assert [entry["id"] for entry in listed["indicators"]] == list(REGISTRY)
    for entry in listed["indicators"]:
        assert entry["formula"]
        assert entry["unit"]
        assert entry["reference"]


def test_csv_lists_every_indicator():
    rows = list(csv.DictReader(io.StringIO(render_indicators("csv"))))
    assert [row["id"] for row in rows] == list(REGISTRY)
    quotient = next(row for row in rows if row["id"] == "location_quotient")
    assert quotient["default_points"] == "0.5:0;1:50;1.25:75;2:100"


def test_markdown_lists_every_indicator():
    text = render_indicators("markdown")
    assert all(f"| `{indicator}` |" in text for indicator in REGISTRY)


def test_table_fits_80_columns_and_names_everything():
    out = io.StringIO()
    show_indicators(Console(file=out, width=80, color_system=None))
    text = out.getvalue()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert all(indicator in text for indicator in REGISTRY)
