"""What somebody changed between two configs: as it is written, not what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from sectorscan.scan.changes import Setting, Weight
from sectorscan.scoring.matrix import resolve_criteria

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.config.models import Config
    from sectorscan.scoring.model import Criterion

_NOISE = 1e-12
"""Shares below this are the residue of a division."""
_NOT_SETTINGS = (
    *("version", "extends", "regions", "period", "inputs", "readiness", "as_of", "gates"),
)
"""What names files, or is told apart: the period goes with the data, gates one by one."""
_MOVES_NOTHING = frozenset({"plan", "robustness", "outputs"})
Path = tuple[str, ...]


def settings_between(old: LoadedConfig, new: LoadedConfig, *, rated: bool) -> Iterator[Setting]:
    """Yield the settings that differ; those of the scorecard only where both runs are ``rated``."""
    resolved = [{one.id: one for one in resolve_criteria(loaded.config)} for loaded in (old, new)]
    written = [
        _written(loaded, criteria, rated=rated)
        for loaded, criteria in zip((old, new), resolved, strict=True)
    ]
    for path, before, after in _differing(written[0], written[1]):
        shares = None
        if path[0] == "criteria" and path[-1] not in ("scale", "direction"):
            shares = (_share(path, resolved[0]), _share(path, resolved[1]))
        yield Setting(path, before, after, _moves(path), shares)
    yield from _gates(old.config, new.config)


def weights_between(old: Config, new: Config) -> Iterator[Weight]:
    """Yield the effective weights that differ."""
    before, after = ({c.id: c.weight for c in resolve_criteria(config)} for config in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one = Weight(name, before.get(name, 0.0), after.get(name, 0.0))
        if abs(one.new - one.old) > _NOISE:
            yield one


def _written(
    loaded: LoadedConfig, criteria: Mapping[str, Criterion], *, rated: bool
) -> dict[str, Any]:
    """Return a config as it is compared: scales written out, named sectors by their names."""
    config = loaded.config.model_dump(mode="json", by_alias=True, exclude_none=True)
    for key in (*_NOT_SETTINGS, *(() if rated else ("scorecard",))):
        config.pop(key, None)
    for group in config["criteria"].values():
        for name, one in group["indicators"].items():
            one["scale"] = criteria[name].scale.model_dump(mode="json", exclude_none=True)
    if loaded.entries is not None:
        entries = [one.model_dump(mode="json", by_alias=True, exclude_none=True)
                   for one in loaded.entries]  # fmt: skip
        config["sectors"] = {"list": {one.pop("name"): one for one in entries}}
    return config


def _differing(
    old: Mapping[str, Any], new: Mapping[str, Any], path: Path = ()
) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the paths at which two configs differ: mappings key by key, all else as one piece."""
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        here = (*path, key)
        if before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict) and key != "scale":
            yield from _differing(before, after, here)
        else:
            yield here, before, after


def _moves(path: Path) -> Literal["scores", "readiness", "nothing"]:
    if path[0] in _MOVES_NOTHING or path == ("region", "name"):
        return "nothing"
    return "readiness" if path[0] == "scorecard" else "scores"


def _share(path: Path, criteria: Mapping[str, Criterion]) -> float:
    """Return what the criteria of a group, or the one criterion, weigh of all."""
    named = path[3] if len(path) > 3 else None
    return sum(
        one.weight for one in criteria.values() if one.group == path[1] and named in (None, one.id)
    )


def _gates(old: Config, new: Config) -> Iterator[Setting]:
    """Yield gates that came, went, or have other bounds."""
    before, after = (
        [gate.model_dump(mode="json", exclude_none=True) for gate in config.gates]
        for config in (old, new)
    )
    gone = _without(before, after)
    came = _without(after, before)
    for gate in gone:
        same = next((one for one in came if _tested(one) == _tested(gate)), None)
        if same is not None:
            came.remove(same)
        yield Setting(("gates",), gate, same)
    for gate in came:
        yield Setting(("gates",), None, gate)


def _without(gates: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> list[Any]:
    left = list(others)
    kept = []
    for gate in gates:
        if gate in left:
            left.remove(gate)
        else:
            kept.append(gate)
    return kept


def _tested(gate: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a gate tests, whatever its bounds and its effect."""
    tests = gate.get("all_of") or [gate]
    return tuple(str(test["indicator"]) for test in tests)
