"""Which model, and which keys, stand at a place of the config: read off the models themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Model = type[BaseModel]


def keys_of(model: Model) -> dict[str, FieldInfo]:
    """Return a model's fields by the keys that the YAML has for them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def model_at(model: Model, path: Sequence[str]) -> Model | None:
    """Return the model of the mapping at ``path``, or None where there is none (or free keys)."""
    here: Any = model
    for key in path:
        here = _below(here, key)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _below(annotation: Any, key: str) -> Any:
    """Return the type of ``key`` inside a model, a dict or a tuple; None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = keys_of(annotation).get(key)
        return None if field is None else _bare(field.annotation)
    if get_origin(annotation) is dict:
        return _bare(get_args(annotation)[1])
    if get_origin(annotation) is tuple:
        return _bare(get_args(annotation)[0])
    return None


def _bare(annotation: Any) -> Any:
    """Return a type without ``Annotated`` and ``| None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not NoneType]
    if NoneType in get_args(annotation) and len(options) == 1:
        return _bare(options[0])
    return annotation


def walk(model: Model, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Model, str]]:
    """Give every key as (path of its mapping, model, key), in the models' order.

    ``<group>``, ``<indicator>`` and ``<question>`` stand for names that the user chooses, ``[]``
    for a list.
    """
    for key, field in keys_of(model).items():
        yield path, model, key
        below, inner = _bare(field.annotation), (*path, key)
        if get_origin(below) is dict:
            below, inner = _below(below, ""), (*inner, f"<{_SINGULAR.get(key, key)}>")
        elif get_origin(below) is tuple:
            below, inner = _below(below, ""), (*path, f"{key}[]")
        if isinstance(below, type) and issubclass(below, BaseModel):
            yield from walk(below, inner)


_SINGULAR = {"criteria": "group", "indicators": "indicator", "scorecard": "question"}


@cache
def home_of(model: Model, key: str) -> str | None:
    """Return where a key belongs (``outputs``, ``region``), if it belongs in one place only."""
    homes = {".".join(path) for path, _, name in walk(model) if name == key and path}
    return homes.pop() if len(homes) == 1 else None
