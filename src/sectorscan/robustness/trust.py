"""How far a ranking can be trusted: the draws, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.config.models import Config
from sectorscan.robustness.acceptability import RankCounts, percentile_rank, wins
from sectorscan.robustness.draws import Drawing, Pool, blocks, pool
from sectorscan.robustness.model import NINE_IN_TEN, SWAPPED_OFTEN, Acceptability, Robustness
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import FloatArray

Told = Callable[[int, int], None]
"""Told from time to time how many draws of how many are done."""


def robustness(ranking: Ranking, config: Config, told: Told | None = None) -> Robustness | None:
    """Return how often each sector takes each rank; None where draws are off or nobody is ranked.

    Weights are read as the config says, withheld figures drawn inside their bounds.
    """
    if config.robustness.draws == 0 or not ranking.order:
        return None
    base = pool(ranking, config)
    (counted,) = count(base, [drawing(config, config.robustness.weights, figures=True)], told)
    return summary(base, counted)


def drawing(config: Config, weights: str | None, *, figures: bool) -> Drawing:
    """Return one reading of what is uncertain, with the config's draws, seed and spread."""
    of = config.robustness
    return Drawing(weights, figures=figures, draws=of.draws, seed=of.seed, spread=of.spread)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted over the draws of one reading.

    ``beats_next`` (R - 1,): how often each of the R ranked comes before the next one.
    """

    acceptability: Acceptability
    beats_next: FloatArray


def count(base: Pool, drawings: Sequence[Drawing], told: Told | None = None) -> tuple[Counted, ...]:
    """Return the shares of the draws, for each of several readings at once."""
    order = np.searchsorted(base.rows, np.array(base.ranking.order, dtype=np.intp))
    size, draws = len(base.rows), drawings[0].draws
    ranks = [RankCounts(size) for _ in drawings]
    ranked = [np.zeros(size) for _ in drawings]
    before = [np.zeros(max(0, len(order) - 1)) for _ in drawings]
    done = 0
    for found in blocks(base, drawings):
        for place, scores in enumerate(found):
            ranks[place].add(scores)
            ranked[place] += np.isfinite(scores).sum(axis=0)
            before[place] += wins(scores, order[:-1], order[1:])
        done += len(found[0])
        if told is not None:
            told(done, draws)
    top = base.config.outputs.top
    return tuple(
        Counted(_acceptability(r, known / draws, top, draws), b / draws)
        for r, known, b in zip(ranks, ranked, before, strict=True)
    )


def _acceptability(counts: RankCounts, p_ranked: FloatArray, top: int, draws: int) -> Acceptability:
    low, high = NINE_IN_TEN
    p_rank, of_ranked = counts.total() / draws, counts.ranked() / draws
    return Acceptability(
        p_rank=p_rank,
        p_first=of_ranked[:, 0],
        # Shares of shared ranks don't sum to 1 to the last bit.
        p_top=np.minimum(of_ranked[:, :top].sum(axis=1), 1.0),
        p_ranked=p_ranked,
        rank_p05=percentile_rank(p_rank, low),
        rank_p50=percentile_rank(p_rank, 0.5),
        rank_p95=percentile_rank(p_rank, high),
    )


def summary(base: Pool, counted: Counted) -> Robustness:
    """Return what reports show of the configured reading."""
    of = base.config.robustness
    ordered = [base.ranking.matrix.sectors[s].id for s in base.ranking.order]
    return Robustness(
        draws=of.draws,
        seed=of.seed,
        weights=of.weights,
        spread=of.spread,
        top=base.config.outputs.top,
        figures=base.figures.any,
        place={name: place for place, name in enumerate(base.ids)},
        acceptability=counted.acceptability,
        band=dict(zip(ordered, _bands(counted.beats_next), strict=True)),
        beats_next=dict(zip(ordered[:-1], counted.beats_next.tolist(), strict=True)),
        cautions=tuple(_cautions(base)),
    )


def _bands(beats_next: FloatArray) -> Iterator[str]:
    """Yield the band of each ranked sector, best first: a new one where the order is firm."""
    band = 0
    yield letters(band)
    for before in beats_next:
        band += bool(1 - before <= SWAPPED_OFTEN)
        yield letters(band)


def letters(number: int) -> str:
    """Return A, B ... Z, AA, AB ... for 0, 1 ..."""
    rest, last = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _cautions(base: Pool) -> Iterator[str]:
    held = base.figures.held
    if not held:
        return
    table = base.ranking.indicators
    names = dict.fromkeys(table.label(name) for name, _ in held)
    sectors = sorted({sector for _, sector in held})
    some = ", ".join(sectors[:5]) + (f" and {len(sectors) - 5} more" if len(sectors) > 5 else "")
    yield (
        f"Some figures of {some} have no upper limit ({', '.join(names)}), so the draws keep them "
        "at their estimate: these sectors are less certain than the shares of the draws say."
    )
