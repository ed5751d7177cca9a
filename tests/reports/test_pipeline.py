"""The embedded sample through the whole line: the reports agree with one another."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from sectorscan.config.loader import load_config
from sectorscan.reports.table import to_csv
from sectorscan.reports.workbook import to_workbook
from sectorscan.reports.write import render
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs/schemas/ranking-1.schema.json"
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture(scope="module")
def shortlist():
    samples = bundled("samples")
    return scan(sorted(samples.glob("*.csv")), load_config(samples / "sample.yaml"))


@pytest.fixture(scope="module")
def result(shortlist):
    return json.loads(render(shortlist, "json"))


def test_json_follows_the_schema_and_says_synthetic(result):
    jsonschema.validate(result, json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    assert result["synthetic"] is True
    assert len(result["sectors"]) > 10


def test_contributions_sum_to_the_score_and_weights_to_one(result):
    for sector in result["sectors"]:
        parts = [c["contribution"] for c in sector["criteria"] if c["contribution"] is not None]
        assert sum(parts) == pytest.approx(sector["score"])
        assert sum(c["weight"] for c in sector["criteria"]) == pytest.approx(1)


def test_every_number_said_is_among_the_facts(result):
    """Numbers that belong to a title or an area's name are words, not facts."""
    for sector in result["sectors"]:
        why = sector["justification"]
        said = [why["headline"], why["summary"]]
        said += [*why["strengths"], *why["concerns"], *why["cautions"]]
        shown = set(NUMBER.findall(" ".join(fact["shown"] for fact in why["facts"])))
        words = set(NUMBER.findall(" ".join([sector["title"], *sector["naics"]])))
        unexplained = set(NUMBER.findall(" ".join(said))) - shown - words
        assert not unexplained, sector["id"]


def test_facts_are_the_result_s_own_numbers(result):
    region = {entry["id"]: entry["value"] for entry in result["region_indicators"]}
    for sector in result["sectors"]:
        own = {entry["id"]: entry for entry in sector["indicators"]}
        for fact in sector["justification"]["facts"]:
            head, _, rest = fact["id"].partition(".")
            if fact["id"] in own:
                assert fact["value"] == own[fact["id"]]["value"]
            elif head in {"low", "high"}:
                assert fact["value"] == own[rest][head]
            elif head == "region":
                assert fact["value"] == region[rest]


def test_reports_agree_on_ranks_and_scores(shortlist, result):
    expected = [(s["rank"], s["id"], s["score"]) for s in result["sectors"]]
    rows = [row for row in csv.DictReader(io.StringIO(to_csv(shortlist))) if row["rank"]]
    assert [(int(row["rank"]), row["id"], float(row["score"])) for row in rows] == expected
    with pytest.warns(UserWarning, match="xtension is not supported"):
        book = openpyxl.load_workbook(io.BytesIO(to_workbook(shortlist)), data_only=True)
    for rank, sector, score in expected:
        name = re.sub(r"\W", "_", sector)
        for kind, value in (("rank", rank), ("score", score)):
            sheet, cell = next(book.defined_names[f"{kind}_{name}"].destinations)
            assert book[sheet][cell].value == pytest.approx(value, rel=1e-14)
