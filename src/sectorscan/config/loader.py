"""YAML, presets and options into one resolved config, or every problem with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sectorscan.config.bundles import as_sectors, bundles_path, read_bundles
from sectorscan.config.chain import load_chain, source_of
from sectorscan.config.checks import repeated_indicators
from sectorscan.config.fields import Problem, as_path
from sectorscan.config.hygiene import hygiene_cautions
from sectorscan.config.known import check_known, fill_scales
from sectorscan.config.layers import lay_options
from sectorscan.config.merge import nodes_by_path, plain
from sectorscan.config.messages import finding_at, findings_of
from sectorscan.config.models import Config, SectorEntry
from sectorscan.config.overrides import Overrides
from sectorscan.config.yaml_nodes import Node
from sectorscan.errors import ConfigError, Finding
from sectorscan.tables.files import holds_tables

if TYPE_CHECKING:
    from sectorscan.tables.model import Sector

__all__ = ["LoadedConfig", "check_known", "hygiene_cautions", "load_config", "sectors_of"]

KeyPath = tuple[str, ...]


@dataclass(frozen=True)
class LoadedConfig:
    """A config with every default filled in, and where each of its values was written.

    ``name`` is a file name (never its folder) or a preset's name; ``sha256`` is of the resolved
    config, options included, so it doesn't depend on the folder. ``positions`` maps a path such as
    ``("gates", "0", "below")`` to (line, column, file name). ``folder`` is the config's, None for
    a preset. ``given`` are the paths that the user wrote, presets' own excluded. ``entries`` are
    the named sectors, from the list or the bundles file; ``readiness`` are the scorecards' paths,
    ``inputs`` those of the figures,
    ``what_if`` the weights that the options set over the config's.
    """

    config: Config
    name: str
    sha256: str
    positions: Mapping[KeyPath, tuple[int, int, str]]
    folder: Path | None = None
    given: frozenset[KeyPath] = frozenset()
    entries: tuple[SectorEntry, ...] | None = None
    readiness: tuple[Path, ...] = ()
    inputs: tuple[Path, ...] = ()
    what_if: Mapping[str, float] = field(default_factory=dict)
    nodes: Mapping[KeyPath, Node] = field(default_factory=dict, repr=False, compare=False)

    @property
    def scorecards(self) -> tuple[Path, ...]:
        """The scorecards' paths; a folder in the config that is empty as yet counts for nothing."""
        node = self.nodes.get(("readiness",))
        if node is not None and node.origin.is_option:
            return self.readiness
        return tuple(path for path in self.readiness if holds_tables(path))

    def check_one_region(self) -> None:
        """Check that the config is of one region, for whatever looks at one alone.

        Raises
        ------
        ConfigError
            Where it has many and none is chosen.
        """
        if self.config.regions is not None and self.config.region is None:
            what = "names many regions, and which one is meant isn't said."
            remedy = (
                "Choose its areas with --region, or write region:. rank --all-regions takes all."
            )
            raise ConfigError(self.finding(("regions",), what, remedy))

    def finding(self, path: KeyPath, what: str, remedy: str = "") -> Finding:
        """Return a finding at the place where ``path``, or the nearest key above, was written."""
        return finding_at(Problem(path, what, remedy, at_key=True), self.nodes)


def load_config(
    source: Path | str | None = None, *, overrides: Overrides | None = None
) -> LoadedConfig:
    """Load a config: a file's path, a shipped preset's name, or None for ``balanced``.

    Raises
    ------
    ConfigError
        With every problem, each as ``file.yaml:9:13: key: what. remedy``.
    """
    start = source_of(source)
    chain = load_chain(start)
    tree, option_findings = lay_options(chain.tree, overrides or Overrides())
    findings = [*chain.findings, *option_findings]
    nodes = nodes_by_path(tree)
    config, problems = _validate(tree, nodes)
    findings += problems
    entries = None
    if (named := nodes.get(("sectors", "bundles"))) is not None:
        entries, problems = _bundles(named)
        findings += problems
    if config is None or findings:
        raise ConfigError(_once(findings))
    if config.sectors.list is not None:
        entries = config.sectors.list
    return LoadedConfig(
        config=config,
        name=start.name,
        sha256=_digest(config, entries),
        positions={
            path: (node.line, node.column, node.origin.name)
            for path, node in nodes.items()
            if not node.origin.is_option
        },
        folder=None if start.preset else start.path.parent,
        given=frozenset(path for path, node in nodes.items() if path and node.origin.is_users),
        entries=entries,
        readiness=_beside(nodes.get(("readiness",))),
        inputs=_beside(nodes.get(("inputs",))),
        what_if=dict(overrides.weights) if overrides else {},
        nodes=nodes,
    )


def _validate(tree: Node, nodes: Mapping[KeyPath, Node]) -> tuple[Config | None, list[Finding]]:
    values = plain(tree)
    problems = fill_scales(values)
    findings = [finding_at(problem, nodes) for problem in problems]
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        findings += findings_of(error, nodes, Config)
        # The models look for repeated indicators only once each group is sound.
        repeated = repeated_indicators(_indicator_names(nodes))
        findings += [finding_at(p._replace(path=("criteria", *p.path)), nodes) for p in repeated]
        return None, findings
    return config.model_copy(update={"extends": None}), findings


def _indicator_names(nodes: Mapping[KeyPath, Node]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for path, node in nodes.items():
        if len(path) == 3 and path[0] == "criteria" and path[2] == "indicators":
            names[path[1]] = list(node.mapping or ())
    groups = nodes[("criteria",)].mapping if ("criteria",) in nodes else None
    return {group: names[group] for group in groups or () if group in names}


def _bundles(node: Node) -> tuple[tuple[SectorEntry, ...] | None, list[Finding]]:
    if not isinstance(node.value, str) or not node.value.strip():
        return None, []  # the models say so
    try:
        path = bundles_path(as_path(node.value), node.origin.folder)
        if not path.is_file():
            remedy = "Write a file beside the config, or the shipped sectors-common.yaml."
            problem = Problem(("sectors", "bundles"), "is no such file", remedy)
            return None, [finding_at(problem, {(): node, ("sectors", "bundles"): node})]
        return read_bundles(path), []
    except (OSError, ValueError):
        return None, [finding_at(Problem((), "can't be a file's name"), {(): node})]
    except ConfigError as error:
        return None, list(error.findings)


def _beside(node: Node | None) -> tuple[Path, ...]:
    """Return paths relative to the folder of the file that names them."""
    if node is None:
        return ()
    named = node.value if isinstance(node.value, list) else [node]
    return tuple(
        # On the command line a path is as this system has it.
        (one.origin.folder or Path()) / (one.value if one.origin.is_option else as_path(one.value))
        for one in named
        if isinstance(one.value, str)
    )


def _digest(config: Config, entries: tuple[SectorEntry, ...] | None) -> str:
    """Return the hash of what decides a ranking: bundles by content, files without folders."""
    resolved = config.model_dump(mode="json")
    del resolved["inputs"], resolved["outputs"]["files"]
    resolved["sectors"]["bundles"] = None
    if entries is not None:
        resolved["sectors"]["list"] = [entry.model_dump(mode="json") for entry in entries]
    # The order of launch changes no score.
    del resolved["plan"]
    if config.readiness is None:
        # Without ratings the questions decide nothing.
        for key in ("scorecard", "as_of"):
            del resolved[key]
    else:
        resolved["readiness"] = [Path(as_path(p)).name for p in config.readiness]
    text = json.dumps(resolved, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _once(findings: list[Finding]) -> list[Finding]:
    """Return the findings without repeats, in the order of the file."""
    unique = list(dict.fromkeys(findings))
    return sorted(unique, key=lambda finding: (finding.file or "", finding.position or (0, 0)))


def sectors_of(loaded: LoadedConfig) -> tuple[Sector, ...] | None:
    """Return the named sectors that are the candidates, None where a level gives them."""
    return None if loaded.entries is None else as_sectors(loaded.entries)
