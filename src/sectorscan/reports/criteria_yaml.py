"""A board's weights as a config: weights alone, laid over the config that they came from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sectorscan.errors import ConfigError, Finding
from sectorscan.reports.text import plain
from sectorscan.robustness.board import Board

FIRST_LINE = "# Weights that a board settled: the medians of its members' answers."
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,}", re.ASCII)
"""Longer than YAML's own short words (on, no, null ...), but for true and false."""


def criteria_yaml(board: Board, extends: str, labels: Mapping[tuple[str, ...], str]) -> str:
    """Return the YAML text of a config that starts from ``extends`` and sets the medians.

    Scales, gates and everything else stay as they are there. Weights are percent, inside a group
    of the group.
    """
    said = "1 member" if len(board.members) == 1 else f"{len(board.members)} members"
    lines = [
        FIRST_LINE,
        f"# {said}. Weights are percent: of the whole for a group, of its group for a criterion.",
        "version: 1",
        f"extends: {_text(extends)}",
        "criteria:",
    ]
    hierarchy = board.hierarchy
    for place, (group, names) in enumerate(zip(hierarchy.groups, hierarchy.criteria, strict=True)):
        lines += [
            f"  {_text(group)}:",
            f"    weight: {_number(board.groups[place])}",
            "    indicators:",
        ]
        for name, share in zip(names, board.inside[place], strict=True):
            label = plain(labels[("criterion", name)])
            aside = f"  # {label}" if label != name else ""
            lines.append(f"      {_text(name)}: {{weight: {_number(float(share))}}}{aside}")
    return "\n".join(lines) + "\n"


def extends_of(config: str | None, preset: bool, default: str, out: Path) -> str:
    """Return what the new config extends: a preset's name, or the config's path from its folder.

    Raises
    ------
    ConfigError
        Where the new file would be the config itself.
    """
    if config is None or preset:
        return config or default
    path = Path(config)
    if path.resolve() == out.resolve():
        what = f"{out} is the config that the weights are laid over, and would be overwritten."
        raise ConfigError(Finding(what, "Name another file."))
    try:
        return Path(os.path.relpath(path, out.parent)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _number(share: float) -> str:
    return np.format_float_positional(100 * share, precision=12, trim="-")


def _text(name: str) -> str:
    bare = _BARE.fullmatch(name) and name.casefold() not in ("true", "false", "null")
    return name if bare else json.dumps(name, ensure_ascii=False)
