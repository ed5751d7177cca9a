"""Which indicators exist: the registry's, those that the presets declare, and the user's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sectorscan.config.fields import Problem
from sectorscan.errors import ConfigError, Finding, nearest

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.config.models import Config

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredIndicator:
    """An indicator that a preset scores and that only the user's ``indicators.csv`` can give."""

    id: str
    label: str
    unit: str
    points: tuple[tuple[float, float], ...]


_DECLARED = (
    DeclaredIndicator(
        "traded_share",
        "Share of the sector's jobs in industries that sell outside the region",
        "0-1",
        ((0, 0), (1, 100)),
    ),
)

DECLARED: Mapping[str, DeclaredIndicator] = {spec.id: spec for spec in _DECLARED}
"""What the comprehensive preset scores beyond the registry; without figures it is a caution."""


@cache
def default_scales() -> Mapping[str, tuple[tuple[tuple[float, float], ...] | None, bool]]:
    """Return the default points (None: none) and log of every indicator that is known by name."""
    from sectorscan.indicators.registry import REGISTRY

    scales = {spec.id: (spec.points, False) for spec in _DECLARED}
    registry = {spec.id: (spec.default_points, spec.default_log) for spec in REGISTRY.values()}
    return {**scales, **registry}


def fill_scales(tree: object) -> list[Problem]:
    """Write the default points into every criterion of a plain tree that states none.

    Changes ``tree`` in place; returns a problem for each criterion that has no default.
    """
    problems = []
    for path, criterion in _criteria(tree):
        scale = criterion.get("scale", {})
        if not isinstance(scale, dict) or "points" in scale:
            continue
        if scale.get("method", "points") != "points":
            continue
        points, log = default_scales().get(path[-1], (None, False))
        if points is None:
            problems.append(_without_scale(path))
        else:
            criterion["scale"] = {"log": log, **scale, "points": points}
    return problems


def _without_scale(path: Path) -> Problem:
    name = path[-1]
    example = "scale: {points: [[0, 0], [10, 100]]} or scale: {method: minmax}."
    if name in default_scales():
        return Problem(path, "has no default points", f"Give it one, such as {example}", True)
    what = "has no scale, and isn't an indicator that sectorscan knows"
    near = nearest(name[:60], default_scales()).strip()
    remedy = f"{near} An indicator of your own needs a scale, such as {example}".strip()
    return Problem(path, what, remedy, True)


def _criteria(tree: object) -> Iterator[tuple[Path, dict[str, object]]]:
    """Give every criterion of a plain tree, however broken the rest is."""
    for group, body in _items(_get(tree, "criteria")):
        for name, criterion in _items(_get(body, "indicators")):
            if isinstance(criterion, dict):
                yield ("criteria", group, "indicators", name), criterion


def _get(tree: object, key: str) -> object:
    return tree.get(key) if isinstance(tree, dict) else None


def _items(tree: object) -> list[tuple[str, object]]:
    return list(tree.items()) if isinstance(tree, dict) else []


def check_known(loaded: LoadedConfig, extra_ids: Collection[str]) -> None:
    """Check that every criterion's and gate's indicator exists.

    ``extra_ids`` are the indicators of the user's ``indicators.csv``.

    Raises
    ------
    ConfigError
        With every name that is neither known nor in ``extra_ids``, and the nearest one.
    """
    known = {*default_scales(), *extra_ids}
    findings = [
        unknown_indicator(loaded, path, name, known)
        for path, name in indicator_paths(loaded.config)
        if name not in known
    ]
    if findings:
        raise ConfigError(findings)


def unknown_indicator(
    loaded: LoadedConfig, path: Path, name: str, known: Collection[str]
) -> Finding:
    """Return what is said of a name that nothing gives."""
    what = f"{name!r} is no indicator, and no given indicators.csv has it"
    near = nearest(name[:60], known).strip()
    remedy = near or "'sectorscan indicators' lists them; your own need rows in indicators.csv."
    return loaded.finding(path, what, remedy)


def indicator_paths(config: Config) -> Iterator[tuple[Path, str]]:
    """Give every place of a config that names an indicator: criteria first, then gates."""
    for group, body in config.criteria.items():
        for name in body.indicators:
            yield ("criteria", group, "indicators", name), name
    for i, gate in enumerate(config.gates):
        if gate.indicator is not None:
            yield ("gates", str(i), "indicator"), gate.indicator
        for j, test in enumerate(gate.all_of or ()):
            yield ("gates", str(i), "all_of", str(j), "indicator"), test.indicator
