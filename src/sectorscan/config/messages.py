"""The models' complaints in plain words, each with its line, column and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sectorscan.config.fields import Problem
from sectorscan.config.shape import home_of, keys_of, model_at
from sectorscan.config.yaml_nodes import MOST_FINDINGS, Node, printable
from sectorscan.errors import Finding, nearest

Path = tuple[str, ...]
Nodes = Mapping[Path, Node]

_LONGEST_SHOWN = 60
_UNKNOWN = "is not a key here"
_MISSING = "is missing"


def findings_of(error: ValidationError, nodes: Nodes, model: type[BaseModel]) -> list[Finding]:
    """Return one finding for each thing that is wrong, in the order of the file."""
    found = error.errors(include_url=False)[:MOST_FINDINGS]
    problems = [problem for details in found for problem in _problems(details, nodes, model)]
    misspelt = {p.path[:-1]: p.remedy for p in problems if p.what == _UNKNOWN}
    findings = [
        finding_at(p, nodes)
        for p in problems
        # A misspelt key is one mistake, not also a missing one.
        if not (p.what == _MISSING and f"'{p.path[-1]}'" in misspelt.get(p.path[:-1], ""))
    ]
    return sorted(findings, key=lambda finding: (finding.file or "", finding.position or (0, 0)))


def finding_at(problem: Problem, nodes: Nodes) -> Finding:
    """Return a problem as a finding at its value, or at the nearest key above it."""
    path = _as_written(tuple(str(key) for key in problem.path), nodes)
    known = path
    while known and known not in nodes:
        known = known[:-1]
    node = nodes[known]
    is_here = known == path and not problem.at_key
    return Finding(
        problem.what,
        problem.remedy,
        file=node.origin.name,
        column=None if node.origin.is_option else dotted(path, nodes) or None,
        value=_shown(node, problem.what) if is_here else None,
        position=_position(node, is_here),
    )


def _as_written(path: Path, nodes: Nodes) -> Path:
    """Return a path without the key that a list leaves out: region: [...] is region.areas."""
    for i in range(1, len(path)):
        node = nodes.get(path[:i])
        if node is not None and isinstance(node.value, list) and not path[i].isdigit():
            return (*path[:i], *path[i + 1 :])
    return path


def _position(node: Node, at_value: bool) -> tuple[int, int] | None:
    if node.origin.is_option:
        return None
    # A mapping starts a line below its key, which is where a reader looks for it.
    at_value = at_value and not isinstance(node.value, dict)
    return (node.line, node.column) if at_value else (node.key_line, node.key_column)


def dotted(path: Path, nodes: Nodes) -> str:
    """Return a path as people write it: ``gates[0].below``."""
    text = ""
    for i, key in enumerate(path):
        above = nodes.get(path[:i])
        in_list = key.isdigit() and (above is None or above.mapping is None)
        text += f"[{key}]" if in_list else f".{printable(key)}"
    return text.lstrip(".")


def _shown(node: Node, what: str) -> str | None:
    """Return the value seen, where showing it helps and ``what`` doesn't quote it already."""
    if not isinstance(node.value, str) or not node.value:
        return None
    value = node.value
    if repr(value) in what or what.startswith(f"{value} "):
        return None
    return value if len(value) <= _LONGEST_SHOWN else f"{value[: _LONGEST_SHOWN - 3]}..."


def _problems(details: ErrorDetails, nodes: Nodes, model: type[BaseModel]) -> list[Problem]:
    path = tuple(str(key) for key in details["loc"] if key != "[key]")
    kind, context = details["type"], details.get("ctx", {})
    if kind == "problems":
        return [p._replace(path=(*path, *p.path)) for p in context["problems"]]
    if kind == "extra_forbidden":
        return [_unknown_key(path, nodes, model)]
    if kind == "missing":
        return [_missing(path, model)]
    if kind == "literal_error":
        return [_not_among(path, details, context)]
    if path == ("sectors", "bundles") and kind == "string_type":
        return [Problem(path, "must be the name of a file", "Sectors written here go under list:.")]
    return [Problem(path, *_words(kind, context))]


def _unknown_key(path: Path, nodes: Nodes, model: type[BaseModel]) -> Problem:
    *above, key = path
    here = model_at(model, above)
    known = list(keys_of(here)) if here else []
    short = key if len(key) <= _LONGEST_SHOWN else ""
    remedy = nearest(short, known).strip()
    if not remedy and "indicators" in known and nodes[path].mapping is not None:
        remedy = "Indicators stand one level deeper, under indicators:."
    home = home_of(model, key)
    if not remedy and home:
        remedy = f"It belongs under {home}."
    return Problem(path, _UNKNOWN, remedy or f"The keys are: {', '.join(known)}.", True)


def _missing(path: Path, model: type[BaseModel]) -> Problem:
    *above, key = path
    here = model_at(model, above)
    field = keys_of(here).get(key) if here else None
    description = (field.description or "") if field else ""
    return Problem(path, _MISSING, description)


def _not_among(path: Path, details: ErrorDetails, context: Mapping[str, Any]) -> Problem:
    expected = str(context["expected"])
    known = re.findall(r"'([^']*)'", expected)
    seen = details["input"]
    remedy = nearest(seen, known).strip() if isinstance(seen, str) and len(seen) <= 60 else ""
    return Problem(path, f"must be {expected.replace(chr(39), '')}", remedy)


def _words(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return what and remedy for the error types that are left."""
    if kind in {"greater_than_equal", "greater_than"}:
        return _bound("at least" if kind == "greater_than_equal" else "more than",
                      context.get("ge", context.get("gt"))), ""  # fmt: skip
    if kind in {"too_long", "too_short"}:
        most = kind == "too_long"
        length = context.get("max_length" if most else "min_length")
        return f"must have at {'most' if most else 'least'} {length} entries", ""
    if kind in {"less_than_equal", "less_than"}:
        return _bound("at most" if kind == "less_than_equal" else "less than",
                      context.get("le", context.get("lt"))), ""  # fmt: skip
    fixed = {
        "finite_number": ("must be a finite number", ""),
        "float_type": ("must be a number", ""),
        "int_type": ("must be a whole number", ""),
        "string_type": ("must be text", "Write one name or code; put it in quotes if need be."),
        "tuple_type": ("must be a list", "Write [a, b], or one entry a line after a dash."),
        "dict_type": ("must be keys and values", "Write key: value, indented below it."),
        "model_type": ("must be keys and values", "Write key: value, indented below it."),
        "model_attributes_type": ("must be keys and values", "Write key: value, indented below."),
    }
    return fixed.get(kind, (f"can't be used here ({kind.replace('_', ' ')})", ""))


def _bound(words: str, bound: object) -> str:
    number = f"{bound:,.15g}" if isinstance(bound, int | float) else str(bound)
    return f"must be {words} {number}"
