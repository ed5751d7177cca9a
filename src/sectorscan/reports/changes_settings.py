"""What somebody changed in the config, in words: ``job quality's weight from 22 to 40``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sectorscan.config.models import GateConfig
from sectorscan.reports.method import gate_text
from sectorscan.reports.words import cell
from sectorscan.scan.changes import Changes, Setting
from sectorscan.sources.scope import listed

_LONGEST = 120
"""A text that is longer isn't written out."""
_MOST_KINDS = 3
_WEIGHTS = "changed weights"
_KINDS: Mapping[str, str] = {
    "gates": "changed gates",
    "sectors": "a changed list of candidates",
    "benchmark": "another benchmark",
    "region": "other areas",
}
_OTHERS = "other settings"
_NAMES: Mapping[tuple[str, ...], str] = {
    ("benchmark",): "the benchmark",
    ("ownership",): "the ownership",
    ("lq_base",): "the location quotient's base",
    ("aggregation",): "how scores are added up",
    ("missing",): "what a missing value does",
    ("min_coverage",): "the least share of known weight",
    ("region", "name"): "the region's name",
    ("sectors", "level"): "the candidates' level",
    ("outputs", "top"): "the shortlist's length",
    ("outputs", "files"): "the files of a run",
    ("as_of",): "the day from which ratings are looked back on",
}
_QUESTION: Mapping[str, str] = {
    "title": "title",
    "question": "wording",
    "evidence": "note on evidence",
    "ask": "note on whom to ask",
}


class Differing(Protocol):
    """Two runs, or a run and the one before: what differs, and the criteria's names for people."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What differs."""

    @property
    def labels(self) -> Mapping[str, str]:
        """The criteria's names."""


def config_words(changes: Changes) -> str:
    """Return what was changed of what moves scores: ``changed weights``; else just ``weights``.

    Gates move a ranked sector's score only where scales depend on the candidates.
    """
    kinds = dict.fromkeys(
        _kind(one.path)
        for one in changes.settings
        if one.moves == "scores" and (changes.competitive or one.path != ("gates",))
    )
    if not kinds:
        return "weights"
    first = _WEIGHTS if _WEIGHTS in kinds else next(iter(kinds))
    return " and ".join(kinds) if len(kinds) < _MOST_KINDS else f"{first} and {_OTHERS}"


def _kind(path: Sequence[str]) -> str:
    if path[0] != "criteria":
        return _KINDS.get(path[0], _OTHERS)
    return "changed scales" if path[-1] in ("scale", "direction") else _WEIGHTS


def only_weight(changes: Differing) -> bool:
    """Return whether one group's weight is all that moved the effective weights."""
    moved = [one for one in changes.settings if _kind(one.path) == _WEIGHTS]
    return len(moved) == 1 and len(moved[0].path) == 3 and moved[0].path[0] == "criteria"


def setting_words(changes: Differing, one: Setting) -> str:
    """Return what differs in one setting."""
    match one.path:
        case ("criteria", *_):
            return _criterion(changes, one)
        case ("gates",):
            return _gate(changes, one)
        case ("region", "areas"):
            return f"the region's areas: {_came_and_gone(one)}"
        case ("sectors", "list", *_):
            return _candidates(one)
        case ("scorecard", question, *rest):
            return _question(question, tuple(rest), one)
        case ("plan", "weights", weighed):
            return f"the plan's weight of {weighed.replace('_', ' ')} {_from_to(one)}"
    name = _NAMES.get(one.path) or ": ".join(one.path).replace("_", " ")
    return f"{name} {_from_to(one, share=one.path == ('min_coverage',))}"


def _criterion(changes: Differing, one: Setting) -> str:
    group = one.path[1].replace("_", " ")
    if len(one.path) < 4:
        if one.path[-1] == "weight":
            rest = ""
            if only_weight(changes) and one.shares:
                way = "less" if one.shares[1] > one.shares[0] else "more"
                rest = f"; all others weigh {way}, in proportion"
            return f"{group}'s weight {_from_to(one)}{_shares(one)}{rest}"
        return f"the group {group} {_is(one)}{_members(changes, _there(one))}{_shares(one)}"
    label = changes.labels.get(one.path[3], one.path[3])
    match one.path[4:]:
        case ("weight",):
            return f"the weight of {label} within {group} {_from_to(one)}{_shares(one)}"
        case ("scale",):
            return f"the scale of {label}: {_scale(one.old)}, now {_scale(one.new)}"
        case ("direction",):
            return f"{label}: {'less' if one.new == 'min' else 'more'} is better now"
    return f"{label} {_is(one)} in {group}{_shares(one)}"


def _there(one: Setting) -> Mapping[str, Any]:
    """Return what a mapping that came or went holds, nothing where it is none."""
    given = one.new if isinstance(one.new, Mapping) else one.old
    return given if isinstance(given, Mapping) else {}


def _is(one: Setting) -> str:
    return "is new" if one.old is None else "is gone"


def _members(changes: Differing, group: Mapping[str, Any]) -> str:
    names = group.get("indicators", {})
    return f" ({listed([changes.labels.get(name, name) for name in names])})" if names else ""


def _shares(one: Setting) -> str:
    if one.shares is None:
        return ""
    old, new = (cell(share, "share") for share in one.shares)
    if one.old is None or one.new is None:
        return f" ({new if one.old is None else old} of all weights)"
    return f" ({old} of all weights, now {new})"


def _scale(given: Any) -> str:
    if not isinstance(given, Mapping):
        return "none"
    if given.get("method") != "points":
        return str(given.get("method"))
    points = ", ".join(f"{x:g} is {y:g}" for x, y in given.get("points", ()))
    return f"points ({points}{', in log10' if given.get('log') else ''})"


def _gate(changes: Differing, one: Setting) -> str:
    def name(indicator: str) -> str:
        return changes.labels.get(indicator, indicator)

    old, new = (
        None if gate is None else gate_text(GateConfig.model_validate(gate), name)
        for gate in (one.old, one.new)
    )
    if old is None:
        return f"new is “{new}”"
    return f"gone is “{old}”" if new is None else f"“{old}” is now “{new}”"


def _came_and_gone(one: Setting) -> str:
    old, new = (given if isinstance(given, list) else [] for given in (one.old, one.new))
    came, gone = [x for x in new if x not in old], [x for x in old if x not in new]
    moves = [f"{listed(areas)} {'is' if len(areas) == 1 else 'are'} {what}"
             for areas, what in ((came, "new"), (gone, "gone")) if areas]  # fmt: skip
    return ", ".join(moves) or "in another order"


def _candidates(one: Setting) -> str:
    if len(one.path) > 3:
        what = {"naics": "NAICS codes", "except": "excluded codes"}.get(one.path[3], one.path[3])
        return f"the {what} of {one.path[2]} {_from_to(one)}"
    if len(one.path) == 3:
        return f"the sector {one.path[2]} {_is(one)}"
    count = len(_there(one))
    many = f"{count} named sector{'s' if count != 1 else ''}"
    every = "every industry of a level"
    return (
        f"the candidates: {f'{every}, now {many}' if one.old is None else f'{many}, now {every}'}"
    )


def _question(name: str, rest: tuple[str, ...], one: Setting) -> str:
    if not rest:
        return f"the question {_there(one).get('title', name)} {_is(one)}"
    of = f"the scorecard's question {name.replace('_', ' ')}"
    match rest:
        case ("levels", level):
            return f"{of}: other words for level {level}"
        case ("title",):
            return f"{of}: its title {_from_to(one)}"
        case ("blocks_launch_at",):
            return f"{of}: the level that bars a launch {_from_to(one)}"
        case ("weight",):
            return f"{of}: its weight {_from_to(one)}"
    return f"{of}: another {_QUESTION.get(rest[0], rest[0])}"


def _from_to(one: Setting, *, share: bool = False) -> str:
    nothing = "the run's own" if one.path == ("as_of",) else "the default"
    old, new = (
        nothing if value is None else _text(value, share=share) for value in (one.old, one.new)
    )
    if len(old) + len(new) > _LONGEST:
        return "is another"
    return f"from {old} to {new}"


def _text(value: Any, *, share: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return cell(value, "share") if share else f"{value:g}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
