"""Why one sector scores more than another, and what would turn the two round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sectorscan.config.models import Config
from sectorscan.robustness.acceptability import wins
from sectorscan.robustness.draws import Drawing, score_blocks
from sectorscan.robustness.flips import Flip, overtaking
from sectorscan.robustness.needed import Needed, needed_to_reach
from sectorscan.robustness.stability import pair_holds
from sectorscan.scoring.aggregate import FILL, aggregate, in_play
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.positions import TIE
from sectorscan.tables.model import FloatArray


@dataclass(frozen=True, slots=True)
class Hold:
    """The shares (low, high) of one weight, now ``weight``, over which a pair's order stays."""

    id: str
    kind: str
    weight: float
    low: float
    high: float

    @property
    def turning_points(self) -> tuple[float, ...]:
        """The shares at which the two come level: ends that aren't those of all weight."""
        return tuple(end for end in (self.low, self.high) if 0 < end < 1)


@dataclass(frozen=True, slots=True)
class Reversal:
    """What would bring the sector behind level: a weight, a value, the least change of weights."""

    weights: tuple[Hold, ...]
    values: tuple[Needed, ...]
    least: Flip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sectors, the one ahead first (as named where they are level).

    ``differences`` (C,) are what each criterion gives the one more than the other; they sum to
    ``gap``. ``outweighing`` are the places of the fewest advantages of the one that together
    outweigh all of the other's, largest first: empty where the other has none, None where level.
    ``beats`` is the share of draws in which the one is ahead, a tie counting half. ``reversal``
    and ``beats`` are None where one of them isn't ranked, ``beats`` also where nothing is drawn.
    """

    one: int
    other: int
    differences: FloatArray
    gap: float
    outweighing: tuple[int, ...] | None
    reversal: Reversal | None
    beats: float | None
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sectors or more, the highest score first.

    ``points`` (N, C) sum to the scores. ``beats`` (N, N) is the share of draws in which the row's
    sector is ahead of the column's, None where one isn't ranked or nothing is drawn. ``pair`` is
    there for two.
    """

    sectors: tuple[int, ...]
    points: FloatArray
    beats: tuple[tuple[float, ...], ...] | None
    drawing: Drawing | None
    pair: Comparison | None


def side_by_side(ranking: Ranking, config: Config, sectors: tuple[int, ...]) -> SideBySide:
    """Return the comparison of two sectors or more that have scores."""
    ordered = tuple(sorted(sectors, key=lambda s: -float(ranking.score[s])))
    all_ranked = all(ranking.rank[s] > 0 for s in ordered)
    drawing = drawing_of(config) if all_ranked and config.robustness.draws > 0 else None
    shares = None if drawing is None else _beats(ranking, config, drawing, ordered)
    return SideBySide(
        ordered,
        points(ranking, ordered),
        shares,
        drawing,
        _pair(ranking, ordered, drawing, shares, turns=all_ranked) if len(ordered) == 2 else None,
    )


def points(ranking: Ranking, sectors: tuple[int, ...]) -> FloatArray:
    """Return (N, C) points of the score by criterion, which sum to the score of each sector.

    Each sector's own weights count: where figures are missing the known ones' are scaled up, and
    what is missing gives nothing; what ``neutral`` fills in gives points like a figure.
    """
    matrix = ranking.matrix
    scaled = ranking.scaled[list(sectors)]
    if matrix.missing in FILL:
        scaled = np.where(np.isnan(scaled), FILL[matrix.missing], scaled)
    parts = aggregate(
        scaled,
        matrix.weights,
        in_play(matrix.value),
        method=matrix.aggregation,
        missing=matrix.missing,
    )
    return np.nan_to_num(parts.contribution)


def _pair(
    ranking: Ranking,
    sectors: tuple[int, ...],
    drawing: Drawing | None,
    shares: tuple[tuple[float, ...], ...] | None,
    *,
    turns: bool,
) -> Comparison:
    one, other = sectors
    given = points(ranking, sectors)
    differences = given[0] - given[1]
    return Comparison(
        one=one,
        other=other,
        differences=differences,
        gap=float(ranking.score[one] - ranking.score[other]),
        outweighing=outweighing(differences),
        reversal=_reversal(ranking, one, other) if turns else None,
        beats=None if shares is None else shares[0][1],
        drawing=drawing,
    )


def drawing_of(config: Config) -> Drawing:
    """Return what is drawn by a config: weights and withheld figures."""
    asked = config.robustness
    return Drawing(asked.weights, True, asked.draws, asked.seed, asked.spread)


def _beats(
    ranking: Ranking, config: Config, drawing: Drawing, sectors: tuple[int, ...]
) -> tuple[tuple[float, ...], ...]:
    """Return in what share of the draws each is ahead of each; a tie counts half."""
    first, second = (side.ravel() for side in np.meshgrid(sectors, sectors, indexing="ij"))
    won = np.zeros(len(first))
    for block in score_blocks(ranking, config, drawing):
        won += wins(block, first, second)
    shares = (won / drawing.draws).reshape(len(sectors), len(sectors))
    return tuple(tuple(float(share) for share in row) for row in shares)


def outweighing(differences: FloatArray) -> tuple[int, ...] | None:
    """Return the places of the fewest advantages whose sum outweighs all disadvantages'.

    The largest ones: no other so few sum to more. None where all of them don't outweigh.
    """
    against = -float(differences[differences < 0].sum())
    order = np.argsort(-differences, kind="stable")
    order = order[differences[order] > 0]
    if against <= 0:
        return () if order.size else None
    enough = np.flatnonzero(np.cumsum(differences[order]) - against > TIE)
    return tuple(int(place) for place in order[: enough[0] + 1]) if enough.size else None


def _reversal(ranking: Ranking, one: int, other: int) -> Reversal:
    return Reversal(
        tuple(Hold(*found) for found in pair_holds(ranking, one, other)),
        needed_to_reach(ranking, other, one),
        overtaking(ranking, other, one),
    )
