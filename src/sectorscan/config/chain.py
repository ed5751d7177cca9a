"""A config and what it extends, down to a shipped preset, as one tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sectorscan.config.fields import as_path
from sectorscan.config.merge import merge
from sectorscan.config.presets import (
    DEFAULT_PRESET,
    SCORECARD_FILE,
    preset_names,
    preset_path,
)
from sectorscan.config.yaml_nodes import Node, Origin, parse, printable, read_text
from sectorscan.errors import ConfigError, Finding, nearest
from sectorscan.tables.resources import bundled

LONGEST_CHAIN = 10


@dataclass(frozen=True)
class Source:
    """A file to read: its path, the name that is shown, and whether it is a shipped preset."""

    path: Path
    name: str
    preset: bool = False


@dataclass(frozen=True)
class Chain:
    """The merged tree, nulls taken out, and the problems on the way that didn't stop it."""

    tree: Node
    findings: tuple[Finding, ...]


def source_of(source: Path | str | None) -> Source:
    """Return what a config's argument means: a preset's name, or a file's path.

    Raises
    ------
    ConfigError
        Where a bare word is no preset and no file.
    """
    if source is None:
        source = DEFAULT_PRESET
    text = str(source)
    if text in preset_names() and (isinstance(source, str) or not source.is_file()):
        return Source(preset_path(text), text, preset=True)
    path = Path(source)
    if not path.suffix and len(path.parts) == 1 and not _exists(path):
        remedy = f"{nearest(text[:60], preset_names())} The presets are: {_presets()}.".strip()
        what = f"{printable(text)!r} is no config file and no preset"
        raise ConfigError(Finding(what, remedy))
    return Source(path, printable(path.name) or printable(text))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _presets() -> str:
    return ", ".join(preset_names())


def load_chain(source: Source) -> Chain:
    """Return a config laid over everything that it extends.

    Without ``extends`` the default preset is below it; criteria of its own then stand alone.

    Raises
    ------
    ConfigError
        If a file can't be read, or the chain goes in a circle or is too long.
    """
    return _load(source, ())


def _load(source: Source, above: tuple[Source, ...]) -> Chain:
    origin = Origin(source.name, source.path.parent, is_users=not source.preset)
    tree, findings = parse(read_text(source.path), origin)
    tree = _spelled_out(tree)
    extends = (tree.mapping or {}).get("extends")
    if extends is None or extends.value is None:
        if source.preset and source.name == DEFAULT_PRESET:
            tree, removals = merge(_questions(), tree)
            return Chain(tree, (*findings, *removals))
        base = _load(Source(preset_path(DEFAULT_PRESET), DEFAULT_PRESET, preset=True), ())
        base = replace(base, tree=_without_replaced(base.tree, tree))
    else:
        base = _load(_extended(extends, source, above), (*above, source))
    merged, removals = merge(base.tree, tree)
    return Chain(merged, (*base.findings, *findings, *removals))


def _spelled_out(tree: Node) -> Node:
    """Return the tree with ``region: 39041`` as ``region: {areas: 39041}``, so that it merges."""
    region = (tree.mapping or {}).get("region")
    if tree.mapping is None or region is None or not isinstance(region.value, str | list):
        return tree
    whole = replace(region, value={"areas": region})
    return replace(tree, value={**tree.mapping, "region": whole})


def _questions() -> Node:
    """Return the shipped scorecard, which lies under everything."""
    path = bundled("configs", SCORECARD_FILE)
    tree, _ = parse(read_text(path), Origin(SCORECARD_FILE, path.parent, is_users=False))
    return tree


def _without_replaced(base: Node, over: Node) -> Node:
    """Return the default preset without criteria, where a config has its own."""
    criteria = (over.mapping or {}).get("criteria")
    if criteria is None or criteria.value is None:
        return base
    kept = {key: node for key, node in (base.mapping or {}).items() if key != "criteria"}
    return replace(base, value=kept)


def _extended(node: Node, source: Source, above: tuple[Source, ...]) -> Source:
    """Return what ``extends`` means: a preset's name, or a file beside the config."""
    text = node.value.strip() if isinstance(node.value, str) else ""
    if not text:
        raise _refusal(node, "must be a preset's name or a file", f"The presets are: {_presets()}.")
    if text in preset_names():
        following = Source(preset_path(text), text, preset=True)
    else:
        path = source.path.parent / as_path(text)
        if not _exists(path):
            near = nearest(text[:60], preset_names()).strip()
            remedy = f"{near} The presets are: {_presets()}; a path is taken from this file."
            raise _refusal(node, "is no preset and no file beside this one", remedy.strip())
        following = Source(path, printable(path.name))
    seen = (*above, source)
    if any(_same(following, other) for other in seen):
        loop = " extends ".join(s.name for s in (*seen, following))
        raise _refusal(node, f"goes in a circle: {loop}", "Take one extends away.")
    if len(seen) >= LONGEST_CHAIN:
        raise _refusal(node, f"is a chain of more than {LONGEST_CHAIN} configs", "Join some.")
    return following


def _same(one: Source, other: Source) -> bool:
    try:
        return one.path.samefile(other.path)
    except OSError:
        return one.path == other.path


def _refusal(node: Node, what: str, remedy: str) -> ConfigError:
    value = node.value[:60] if isinstance(node.value, str) else None
    position = (node.line, node.column)
    finding = Finding(what, remedy, node.origin.name, None, "extends", value, position=position)
    return ConfigError(finding)
