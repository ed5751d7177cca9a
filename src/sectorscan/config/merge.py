"""One config over another: keys merge, lists are replaced, null takes away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sectorscan.config.yaml_nodes import Node, printable
from sectorscan.errors import Finding, nearest

Path = tuple[str, ...]

_ALTERNATIVES: Mapping[Path, frozenset[str]] = {
    ("sectors",): frozenset({"level", "bundles", "list"}),
    ("regions",): frozenset({"every", "list"}),
}
"""Keys of which one alone can be in force: one that is given takes the inherited others away."""

_HEADINGS = frozenset({"criteria", "scorecard"})


def merge(base: Node, over: Node) -> tuple[Node, tuple[Finding, ...]]:
    """Return ``over`` laid over ``base``, and what ``over`` takes away that isn't there."""
    findings: list[Finding] = []
    return _merge(base, over, (), findings), tuple(findings)


def prune(tree: Node) -> tuple[Node, tuple[Finding, ...]]:
    """Return a tree that stands alone without its nulls, as if over an empty one."""
    return merge(replace(tree, value={}), tree)


def _merge(base: Node, over: Node, path: Path, findings: list[Finding]) -> Node:
    if over.mapping is None:
        return over
    inherited = _kept(base.mapping or {}, over.mapping, path)
    merged = dict(inherited)
    for key, node in over.mapping.items():
        if node.value is None:
            if path == () and key in _HEADINGS:
                continue  # a heading whose lines are all commented out
            if _is_removable(path) and key not in inherited:
                findings.append(_nothing_to_take(path, key, node, inherited))
            merged.pop(key, None)
        else:
            below = inherited.get(key, replace(node, value={}))
            merged[key] = _merge(below, node, (*path, key), findings)
    place = base if over.origin.is_option and base.mapping is not None else over
    return replace(place, value=merged)


def _kept(base: Mapping[str, Node], over: Mapping[str, Node], path: Path) -> Mapping[str, Node]:
    """Return the inherited keys that what is laid over them doesn't put out of force."""
    given = {key for key, node in over.items() if node.value is not None}
    gone: set[str] = set()
    alternatives = _ALTERNATIVES.get(path, frozenset())
    if given & alternatives:
        gone = set(alternatives - given)
    elif len(path) == 5 and path[0] == "criteria" and path[4] == "scale":
        if "method" in given and over["method"].value != "points":
            gone = {"points", "log"}
        elif "points" in given:
            gone = {"method"}
    return {key: node for key, node in base.items() if key not in gone}


def _is_removable(path: Path) -> bool:
    """Say whether null, at this place, must have a group, indicator or question to take away."""
    if path == ("scorecard",):
        return True
    if path[:1] != ("criteria",):
        return False
    return len(path) == 1 or (len(path) == 3 and path[2] == "indicators")


def _nothing_to_take(path: Path, key: str, node: Node, base: Mapping[str, Node]) -> Finding:
    named: Mapping[Path, str] = {("criteria",): "group", ("scorecard",): "question"}
    kind = named.get(path, "indicator")
    place = (node.key_line, node.key_column)
    remedy = nearest(key, base).strip() or f"Give the {kind} its keys, or take this line away."
    return Finding(
        f"there is no inherited {kind} of this name to take away",
        remedy,
        file=node.origin.name,
        column=".".join(printable(part) for part in (*path, key)),
        position=place,
    )


def plain(node: Node) -> object:
    """Return the tree as text, lists and mappings alone, without the mappings' nulls."""
    if isinstance(node.value, dict):
        return {k: plain(child) for k, child in node.value.items() if child.value is not None}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def nodes_by_path(tree: Node) -> dict[Path, Node]:
    """Return every node by its path; list places count from 0, as text."""
    found: dict[Path, Node] = {}
    waiting: list[tuple[Path, Node]] = [((), tree)]
    while waiting:
        path, node = waiting.pop()
        found[path] = node
        if isinstance(node.value, dict):
            waiting.extend(((*path, key), child) for key, child in node.value.items())
        elif isinstance(node.value, list):
            waiting.extend(((*path, str(i)), child) for i, child in enumerate(node.value))
    return found
