"""A config with nothing left to look up: one file that alone gives the same ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sectorscan.errors import ConfigError, Finding
from sectorscan.refresh.folder import is_inside

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.config.yaml_nodes import Node

SCORECARDS = "scorecards"
"""A run's folder of the scorecards that it was made with."""
_HEAD = """\
# What this run was ranked by: every default filled in, what the config extends laid under it, the
# named sectors written out. `sectorscan rank -c` takes it like any config.
"""


def resolved_config(
    loaded: LoadedConfig, scorecards: Sequence[str], files: Sequence[str], as_of: dt.date | None
) -> str:
    """Return the resolved config as YAML.

    ``scorecards`` are their paths from the run folder, ``files`` what the run writes, ``as_of`` the
    day from which ratings are looked back on, None for the latest rating's.
    """
    config = loaded.config.model_dump(mode="json", by_alias=True, exclude_none=True)
    for key in ("inputs", "readiness", "scorecard", "as_of"):
        config.pop(key, None)
    if loaded.entries is not None:
        entries = [
            one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in loaded.entries
        ]
        config["sectors"] = {"list": entries}
    if scorecards:
        config["readiness"] = list(scorecards)
        if as_of is not None:
            config["as_of"] = as_of.isoformat()
        config["scorecard"] = _questions(loaded)
    config["outputs"]["files"] = list(files)
    return _HEAD + yaml.dump(
        config, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1_000_000
    )


def load_resolved(path: Path) -> LoadedConfig:
    """Load a resolved config: nothing but it and the scorecards beside it is read.

    Raises
    ------
    ConfigError
        Where it isn't one, or leads to any other file.
    """
    from sectorscan.config.loader import load_config
    from sectorscan.config.yaml_nodes import Origin, parse, read_text

    tree, _ = parse(read_text(path), Origin(path.name, path.parent))
    if wrong := [_leads_out(*one) for one in _paths_elsewhere(tree)]:
        raise ConfigError(wrong)
    return load_config(path)


def _paths_elsewhere(tree: Node) -> Iterator[tuple[str, Node]]:
    """Yield what names a file that a resolved config has no need of, each with its key."""
    keys = tree.mapping or {}
    sectors = keys["sectors"].mapping if "sectors" in keys else None
    for key, node in (
        ("extends", keys.get("extends")),
        ("inputs", keys.get("inputs")),
        ("sectors.bundles", (sectors or {}).get("bundles")),
    ):
        if node is not None and node.value is not None:
            yield key, node
    if (cards := keys.get("readiness")) is not None:
        for node in cards.value if isinstance(cards.value, list) else [cards]:
            if isinstance(node.value, str) and not _is_scorecard(node.value.strip()):
                yield "readiness", node


def _is_scorecard(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder == SCORECARDS and "/" not in name and is_inside(path)


def _leads_out(key: str, node: Node) -> Finding:
    what = "leads to another file, which the config of a run never does"
    value = node.value[:60] if isinstance(node.value, str) else None
    place = (node.line, node.column)
    remedy = "Take the run folder from a copy."
    return Finding(what, remedy, node.origin.name, None, key, value, position=place)


def _questions(loaded: LoadedConfig) -> dict[str, Any]:
    """Return the scorecard's questions, with null for those shipped ones that were taken away."""
    from sectorscan.config.loader import load_config

    shipped = dict.fromkeys(load_config().config.scorecard)
    given = loaded.config.scorecard.items()
    return shipped | {name: question.model_dump(mode="json") for name, question in given}


class _Plain(yaml.SafeDumper):
    """YAML without aliases, which configs may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
