"""The JSON is the schema's, unrounded, and every number of a sentence is traceable."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest

from sectorscan.reports.ranking_json import to_json
from sectorscan.reports.text import plain

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs/schemas/ranking-1.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))

PROMISED = {
    "": "schema region benchmark ownership lq_base period config inputs totals sectors excluded "
    "region_indicators cautions",
    "region": "name areas",
    "period": "base end",
    "config": "path sha256 criteria",
    "config.criteria.0": "id group weight scale",
    "inputs.0": "path kind sha256 rows",
    "totals": "employment estimated_share mean_interval_width_jobs mean_interval_width_pct",
    "sectors.0": "rank tied id title naics score score_low score_high coverage tier readiness "
    "quadrant reason_codes criteria indicators gates robustness justification",
    "sectors.0.criteria.0": "id group value low high unit status scaled weight contribution source",
    "sectors.0.indicators.0": "id value low high unit status source",
    "sectors.0.gates.0": "effect triggered detail",
    "sectors.0.justification": "summary strengths concerns cautions",
    "excluded.0": "id title reason would_qualify_if score would_rank criteria indicators",
    "region_indicators.0": "id value unit",
}
"""Every key of the example in the interface's description, by the place where it stands."""


def strict(schema):
    """Return the schema with no key allowed that it doesn't name."""
    closed = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            for child in node.values():
                close(child)
        elif isinstance(node, list):
            for child in node:
                close(child)

    close(closed)
    return closed


@pytest.fixture(scope="module")
def result(nasty):
    return json.loads(to_json(nasty))


def test_schema_itself_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_output_is_the_schema_to_the_last_key(result):
    jsonschema.Draft202012Validator(strict(SCHEMA)).validate(result)


@pytest.mark.parametrize(("place", "keys"), PROMISED.items(), ids=lambda value: value or "top")
def test_promised_keys_are_there(result, place, keys):
    node = result
    for step in place.split(".") if place else ():
        node = node[int(step)] if step.isdigit() else node[step]
    assert set(keys.split()) <= set(node)


def test_no_number_is_rounded_and_what_is_unknown_is_null(result):
    first, third = result["sectors"][0], result["sectors"][2]
    assert first["score"] == 78.42131
    assert first["indicators"][1]["value"] == 4.113333333333333
    jobs = third["indicators"][0]
    assert (jobs["value"], jobs["low"], jobs["high"]) == (5000, 4000.25, None)
    assert jobs["status"] == "estimated"


def test_whole_floats_are_written_without_a_fraction(nasty):
    text = to_json(nasty)
    assert '"value": 12340,' in text
    assert not re.search(r"\d\.0[,}\]\s]", text)
    assert "NaN" not in text
    assert "Infinity" not in text


def test_missing_criterion_is_null_and_keeps_its_weight(result):
    own = result["sectors"][1]["criteria"][1]
    assert own["id"] == "=my indicator"
    assert own["weight"] == 0.4
    assert own["value"] is own["scaled"] is own["contribution"] is None


def test_weight_zero_criterion_is_listed(result):
    assert [c["weight"] for c in result["sectors"][0]["criteria"]] == [0.6, 0.4, 0]


def test_order_is_by_rank_and_then_by_would_be_rank(result):
    assert [sector["rank"] for sector in result["sectors"]] == [1, 2, 3, 4, 4]
    assert [sector["tied"] for sector in result["sectors"]] == [False] * 3 + [True] * 2
    assert [(s["id"], s["would_rank"]) for s in result["excluded"]] == [("521", 6), ("999", None)]


def test_title_falls_back_to_id(result):
    assert result["sectors"][3]["title"] == "Café & Co"


def test_missing_indicator_says_why(result):
    jobs = result["excluded"][1]["indicators"][0]
    assert jobs["value"] is None
    assert jobs["missing_reason"] == "no area of the region has it"


def test_every_number_of_a_sentence_is_among_its_facts(result):
    for sector in result["sectors"]:
        why = sector["justification"]
        said = [why["summary"], *why["strengths"], *why["concerns"]]
        text = " ".join(said).replace(plain(sector["title"]), "")
        shown = " ".join(fact["shown"] for fact in why["facts"])
        numbers = re.findall(r"\d[\d,.]*\d|\d", text)
        assert numbers
        assert all(number in shown for number in numbers)


def test_facts_stand_in_the_result_unrounded(result):
    for sector in result["sectors"]:
        values = {i["id"]: i["value"] for i in sector["indicators"]}
        facts = [f for f in sector["justification"]["facts"] if f["id"] in values]
        assert facts
        assert all(fact["value"] == values[fact["id"]] for fact in facts)


def test_output_is_ascii_so_no_escape_reaches_a_terminal(nasty):
    text = to_json(nasty)
    assert text.isascii()
    assert all(char.isprintable() or char == "\n" for char in text)
    assert json.loads(text)["sectors"][4]["title"] == "@SUM(A1)\x1b[31m\u202ered"


def test_synthetic_figures_are_labelled(result):
    assert result["synthetic"] is True
