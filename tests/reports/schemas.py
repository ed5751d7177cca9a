"""Results held against the published JSON Schemas, with no key that these don't name."""

import json
from pathlib import Path

import jsonschema

SCHEMAS = Path(__file__).resolve().parents[2] / "docs/schemas"


def strictly(schema):
    """Return the schema with no key allowed that it doesn't name."""
    if isinstance(schema, dict):
        closed = {key: strictly(node) for key, node in schema.items()}
        if "properties" in closed:
            closed.setdefault("additionalProperties", False)
        return closed
    return [strictly(node) for node in schema] if isinstance(schema, list) else schema


def check(result, name):
    """Assert that a result is its schema to the last key."""
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(strictly(schema)).validate(result)
