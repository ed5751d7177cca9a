"""A board's weights on a region's figures: who comes first for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.robustness.board import Board, with_weights
from sectorscan.scan.model import Shortlist

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.scoring.model import Ranking
    from sectorscan.sources.engines import Reading


@dataclass(frozen=True, slots=True)
class Preference:
    """The ranking by one set of weights: ``member`` is "" for the median, None for the config."""

    member: str | None
    ranking: Ranking


def preferences(
    paths: Sequence[Path], loaded: LoadedConfig, board: Board, reading: Reading | None = None
) -> tuple[Shortlist, tuple[Preference, ...]]:
    """Return the shortlist by the config, and the rankings by it, the medians and each member.

    The figures are read once.

    Raises
    ------
    SectorscanError
        Where an input or the config is at fault.
    """
    from sectorscan.scan import scan
    from sectorscan.scoring.rank import rank

    shortlist = scan(paths, loaded, reading, draws=False)
    sets = [("", board.groups, board.inside)]
    sets += [(member.name, member.groups, member.inside) for member in board.members]
    found = [
        Preference(name, rank(shortlist.ranking.indicators,
                              with_weights(loaded.config, board, groups, inside)))
        for name, groups, inside in sets
    ]  # fmt: skip
    return shortlist, (Preference(None, shortlist.ranking), *found)
