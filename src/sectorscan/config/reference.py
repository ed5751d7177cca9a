"""The reference page of the config's keys, written from the models themselves."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sectorscan.config.models import Config
from sectorscan.config.shape import keys_of, walk

_HEAD = """\
# The config's keys

Every key has a default, so a config holds only what differs. `<group>` and `<indicator>` stand for
names, `[]` for the entries of a list. `configs/balanced.yaml` has every key with its explanation;
`sectorscan schema` prints the JSON Schema for editors.

| key | default | meaning |
|---|---|---|
"""


def config_reference() -> str:
    """Return a Markdown page with a row for each key: its path, default and meaning."""
    rows = []
    for path, model, key in walk(Config):
        field = keys_of(model)[key]
        dotted = ".".join((*path, key))
        rows.append(f"| `{dotted}` | {_default(field)} | {_meaning(field)} |\n")
    return _HEAD + "".join(rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ""
    default = field.get_default()
    if default is None or isinstance(default, BaseModel) or default in ((), {}):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _meaning(field: FieldInfo) -> str:
    text = (field.description or "").replace("|", "\\|")
    missing = [option for option in _options(field.annotation) if option not in text]
    return f"{text} One of {', '.join(missing)}." if missing else text


def _options(annotation: Any) -> list[str]:
    """Return the words of a ``Literal``, wherever it stands in a type."""
    if get_origin(annotation) is Literal:
        return [str(option) for option in get_args(annotation)]
    if get_origin(annotation) in {Annotated, types.UnionType}:
        return [word for part in get_args(annotation) for word in _options(part)]
    return []
