"""The command line's options as one more layer over the config."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sectorscan.config.merge import merge
from sectorscan.config.overrides import Overrides
from sectorscan.config.yaml_nodes import Node, Origin, printable
from sectorscan.errors import Finding, nearest


def lay_options(tree: Node, options: Overrides) -> tuple[Node, list[Finding]]:
    """Return the tree with the options laid over it, and the names that it doesn't have."""
    if options.region is not None and options.name is None:
        tree = _without_region_name(tree)
    layer = _mapping(_entries(options))
    tree, _ = merge(tree, layer)
    findings = []
    for name, weight in options.weights.items():
        node = _text(repr(float(weight)), f"--weight {printable(name)}")
        path, finding = _weight_path(tree, name)
        if path is None:
            findings.append(finding)
        else:
            tree, _ = merge(tree, _nested(path, node))
    return tree, [finding for finding in findings if finding is not None]


def _entries(options: Overrides) -> Iterable[tuple[str, Node]]:
    region: dict[str, Node] = {}
    if options.name is not None:
        region["name"] = _text(options.name, "--name")
    if options.region is not None:
        region["areas"] = _texts(options.region, "--region")
    if region:
        yield "region", _mapping(region.items())
    if options.benchmark is not None:
        codes = options.benchmark
        single = len(codes) == 1
        yield (
            "benchmark",
            _text(codes[0], "--benchmark") if single else _texts(codes, "--benchmark"),
        )
    if period := _period(options):
        yield "period", _mapping(period.items())
    if options.level is not None:
        yield "sectors", _mapping([("level", _text(options.level, "--level"))])
    if options.ownership is not None:
        yield "ownership", _text(options.ownership, "--ownership")
    if options.top is not None:
        yield "outputs", _mapping([("top", _text(str(options.top), "--top"))])
    yield from _readiness(options)
    robustness = {"draws": options.draws, "seed": options.seed}
    given = [(k, _text(str(v), f"--{k}")) for k, v in robustness.items() if v is not None]
    if given:
        yield "robustness", _mapping(given)


def _readiness(options: Overrides) -> Iterable[tuple[str, Node]]:
    if options.readiness:
        yield "readiness", _texts(options.readiness, "--readiness")
    if options.as_of is not None:
        yield "as_of", _text(options.as_of, "--as-of")


def _period(options: Overrides) -> dict[str, Node]:
    period: dict[str, Node] = {}
    if options.period is not None:
        base, end = (_text(str(year), "--period") for year in options.period)
        period |= {"base": base, "end": end}
    if options.quarter is not None:
        period["quarter"] = _text(str(options.quarter), "--quarter")
    return period


def _weight_path(tree: Node, name: str) -> tuple[tuple[str, ...] | None, Finding | None]:
    """Return where a group's or an indicator's weight stands, or what is wrong with the name."""
    paths: list[tuple[str, ...]] = []
    names: list[str] = []
    for group, node in _items(tree.mapping, "criteria"):
        names.append(group)
        if group == name:
            paths.append(("criteria", group, "weight"))
        for indicator, _ in _items(node.mapping, "indicators"):
            names.append(indicator)
            if indicator == name:
                paths.append(("criteria", group, "indicators", indicator, "weight"))
    if len(paths) == 1:
        return paths[0], None
    shown = printable(name)
    if paths:
        what = f"{shown!r} is a group and an indicator of this config, or in two groups"
        return None, Finding(what, "Change the weight in the YAML.", file="--weight")
    what = f"{shown!r} is no group and no indicator of this config"
    near = nearest(name[:60], names).strip()
    return None, Finding(what, near or f"It has {', '.join(names)}.", file="--weight")


def _items(mapping: dict[str, Node] | None, key: str) -> list[tuple[str, Node]]:
    node = (mapping or {}).get(key)
    return list((node.mapping or {}).items()) if node is not None else []


def _without_region_name(tree: Node) -> Node:
    """Return the tree without the region's name: it named other areas."""
    region = (tree.mapping or {}).get("region")
    if tree.mapping is None or region is None:
        return tree
    kept = {key: node for key, node in (region.mapping or {}).items() if key != "name"}
    return replace(tree, value={**tree.mapping, "region": replace(region, value=kept)})


def _node(value: str | list[Node] | dict[str, Node], option: str) -> Node:
    return Node(value, 1, 1, 1, 1, Origin(option, is_option=True))


def _text(value: str, option: str) -> Node:
    return _node(value, option)


def _texts(values: Iterable[str], option: str) -> Node:
    return _node([_text(value, option) for value in values], option)


def _mapping(entries: Iterable[tuple[str, Node]]) -> Node:
    return _node(dict(entries), "command line")


def _nested(path: tuple[str, ...], node: Node) -> Node:
    for key in reversed(path):
        node = _mapping([(key, node)])
    return node
