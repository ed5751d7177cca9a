"""The JSON Schema of a config file, for editors."""

from __future__ import annotations

from typing import Any

from sectorscan.config.criteria import GateConfig, GateTest
from sectorscan.config.models import Config, RegionEntry, SectorEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_COMPLETE = frozenset(
    {model.__name__ for model in (GateConfig, GateTest, RegionEntry, SectorEntry)}
)
"""Entries of lists: they replace inherited ones whole, so what they need is required."""

_ABOUT = ("description", "default")
_AREAS: dict[str, Any] = {"$ref": "#/$defs/RegionConfig/properties/areas"}
_SHORTHANDS: dict[str, list[dict[str, Any]]] = {
    "region": [_AREAS],
    "regions": [{"$ref": "#/$defs/RegionsConfig/properties/list"}],
    "period": [{"type": "integer"}, {"type": "string", "pattern": "^\\d{4}(\\s*:\\s*\\d{4})?$"}],
}


def config_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what a config file may hold.

    It describes one file, not the resolved config: what ``extends`` or a default can supply isn't
    required, and null is allowed where it takes something away.
    """
    schema = Config.model_json_schema()
    for name, model in {"Config": schema, **schema["$defs"]}.items():
        if name not in _COMPLETE:
            _relax(model)
    for key, options in _SHORTHANDS.items():
        schema["properties"][key] = _with_options(schema["properties"][key], options)
    return {"$schema": DIALECT, "title": "A sectorscan config", **_untitled(schema)}


def _untitled(schema: Any) -> Any:
    """Return a schema without the titles that repeat its keys."""
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _untitled(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }


def _relax(model: dict[str, Any]) -> None:
    """Let every key be absent or null, and every entry of a free mapping be null."""
    model.pop("required", None)
    for key, field in model["properties"].items():
        if isinstance(inner := field.get("additionalProperties"), dict):
            field["additionalProperties"] = _with_options(inner, [{"type": "null"}])
        model["properties"][key] = _with_options(field, [{"type": "null"}])


def _with_options(field: dict[str, Any], options: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a field that may also be one of ``options``."""
    if "anyOf" in field:
        more = [option for option in options if option not in field["anyOf"]]
        return {**field, "anyOf": [*field["anyOf"], *more]}
    about: dict[str, Any] = {key: field[key] for key in _ABOUT if key in field}
    bare = {key: value for key, value in field.items() if key not in about}
    return {"anyOf": [bare, *options], **about}
