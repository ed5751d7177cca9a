"""A config with nothing left to look up: one file that alone gives the same ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig

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
