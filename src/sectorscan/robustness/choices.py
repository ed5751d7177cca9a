"""All the ways in which a ranking could have been made, and what comes of any of them.

A way is five whole numbers, one an assumption: which draw of weights, which scale, which mean,
which rule for missing figures, which draw of withheld figures. The number as a trigger of a whole
alternative is that of Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical
Society A 168(2):307-323.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import ScaleMethod
from sectorscan.robustness.draws import Pool, placed, scores_at
from sectorscan.robustness.sobol import stream
from sectorscan.robustness.value_draws import Drawn, draw
from sectorscan.robustness.variations import NotComputableError, Variation, varied
from sectorscan.robustness.weight_draws import WEIGHTS
from sectorscan.scoring.aggregate import Aggregation, MissingPolicy
from sectorscan.scoring.positions import competition_ranks
from sectorscan.tables.model import FloatArray

IntArray = npt.NDArray[np.intp]
_Rule = TypeVar("_Rule")

ASSUMPTIONS = ("weights", "scale", "aggregation", "missing", "figures")
WEIGHT, SCALE, MEAN, MISSING, FIGURE = range(len(ASSUMPTIONS))

DRAWN = 1024
"""How many draws of weights, and of withheld figures, there are to choose from."""

CELLS_AT_ONCE = 200_000
"""How many scores, or drawn figures, a block holds (1.6 MB)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that could have been assumed.

    ``pools`` maps (scale, mean, missing rule) to the pool scored so, (0, 0, 0) as the ranking is.
    ``weights`` (DRAWN + 1, C) are drawn but for the last, the ranking's own. ``count`` is how many
    ways each assumption has; ``scales_left_out`` says why a scale method isn't among them.
    """

    base: Pool
    pools: Mapping[tuple[int, int, int], Pool]
    weights: FloatArray
    count: tuple[int, ...]
    scales_left_out: Mapping[str, str]

    @property
    def present(self) -> IntArray:
        """The (5,) way in which the ranking was made."""
        return np.array([DRAWN, 0, 0, 0, DRAWN], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of n ways, (n,) each.

    ``rank_change`` is how many ranks a sector lies from its present one, on average over those
    ranked now (the average shift in rank of Saisana et al. 2005): tied sectors have the mean of the
    ranks that they share, unranked ones that of the ranks left over. ``shortlist_changed`` is 1
    where anyone joins the shortlist or leaves it, else 0; ``shortlist_left`` how many leave it,
    those that tie for its last places by their share (``on_list``). Equal numbers in ``ranking``
    and ``shortlist`` are equal ranks and equal shortlists.
    """

    rank_change: FloatArray
    shortlist_changed: FloatArray
    shortlist_left: FloatArray
    ranking: npt.NDArray[np.uint64]
    shortlist: npt.NDArray[np.uint64]


_OUTCOMES: dict[str, type[np.generic]] = {
    **dict.fromkeys(("rank_change", "shortlist_changed", "shortlist_left"), np.float64),
    **dict.fromkeys(("ranking", "shortlist"), np.uint64),
}


def choices(base: Pool) -> Choices:
    """Return all ways to make a pool's ranking."""
    of, matrix = base.config.robustness, base.matrix
    random = stream(of.seed, "weights")
    drawn = WEIGHTS[of.weights](random, base.hierarchy, DRAWN, of.spread)
    scales, left_out = _scales(base)
    means = _present_first(get_args(Aggregation), matrix.aggregation)
    rules = _present_first(get_args(MissingPolicy), matrix.missing)
    pools = {
        (s, m, r): varied(base, Variation(scale=scale, aggregation=mean, missing=rule))
        for s, scale in enumerate(scales)
        for m, mean in enumerate(means)
        for r, rule in enumerate(rules)
    }
    return Choices(
        base=base,
        pools=pools,
        weights=np.concatenate([drawn, matrix.weights[None, :]]),
        count=(DRAWN, len(scales), len(means), len(rules), DRAWN),
        scales_left_out=left_out,
    )


def _scales(base: Pool) -> tuple[list[ScaleMethod | None], dict[str, str]]:
    """Return the scale as configured (None) and every other one that can be computed."""
    used = {one.scale.method for one in base.matrix.criteria if one.weight > 0}
    scales: list[ScaleMethod | None] = [None]
    left_out: dict[str, str] = {}
    for method in get_args(ScaleMethod):
        if used == {method}:
            continue
        try:
            varied(base, Variation(scale=method))
        except NotComputableError as why:
            left_out[method] = str(why)
        else:
            scales.append(method)
    return scales, left_out


def _present_first(every: tuple[_Rule, ...], present: _Rule) -> list[_Rule]:
    return [present, *(one for one in every if one != present)]


def outcomes(every: Choices, chosen: IntArray) -> Outcomes:
    """Return what comes of the ways ``chosen`` (n, 5), each reckoned once."""
    different, back = np.unique(chosen, axis=0, return_inverse=True)
    found: dict[str, npt.NDArray[Any]] = {
        name: np.empty(len(different), dtype) for name, dtype in _OUTCOMES.items()
    }
    now = _ranks(scores_at(every.base, every.weights[-1:], {}, 1))
    ranked, top = now[0] > 0, every.base.config.outputs.top
    listed_now = on_list(now, top)
    for at, scores in _scores(every, different):
        ranks = _ranks(scores)
        listed = on_list(ranks, top)
        moved = np.abs(mean_ranks(ranks) - mean_ranks(now))
        found["rank_change"][at] = moved[:, ranked].mean(axis=1)
        found["shortlist_changed"][at] = (listed != listed_now).any(axis=1)
        found["shortlist_left"][at] = np.maximum(listed_now - listed, 0.0).sum(axis=1)
        found["ranking"][at] = _fingerprints(ranks)
        found["shortlist"][at] = _fingerprints(listed)
    return Outcomes(**{name: column[back.ravel()] for name, column in found.items()})


def _scores(every: Choices, chosen: IntArray) -> Iterator[tuple[IntArray, FloatArray]]:
    """Yield places among the chosen ways, a block at a time, and their (places, A) scores."""
    most = max(1, CELLS_AT_ONCE // max(1, len(every.base.rows)))
    for first, drawn, using in _figures(every, chosen[:, FIGURE]):
        for combination, pool in every.pools.items():
            fits = (chosen[using, SCALE : MISSING + 1] == combination).all(axis=1)
            places = using[fits]
            for start in range(0, len(places), most):
                at = places[start : start + most]
                own = chosen[at, FIGURE] - first
                figures = {name: Drawn(d.rows, d.values[own]) for name, d in drawn.items()}
                yield at, scores_at(pool, every.weights[chosen[at, WEIGHT]], figures, len(at))


def _figures(
    every: Choices, wanted: IntArray
) -> Iterator[tuple[int, Mapping[str, Drawn], IntArray]]:
    """Yield blocks of drawn figures: the first one's number, the draws, and which ways use them."""
    of = every.base.figures
    width = sum(len(rows) for rows in (*of.computed.values(), *of.direct.values()))
    step = min(DRAWN, max(1, CELLS_AT_ONCE // max(1, width)))
    random = stream(every.base.config.robustness.seed, "figures")
    for first in range(0, DRAWN, step) if of.any else ():
        count = min(step, DRAWN - first)
        drawn = placed(every.base, draw(random, of, count))
        yield first, drawn, np.flatnonzero((wanted >= first) & (wanted < first + count))
    yield 0, {}, np.flatnonzero(wanted == DRAWN) if of.any else np.arange(len(wanted))


def _ranks(scores: FloatArray) -> npt.NDArray[np.int64]:
    return competition_ranks(np.where(np.isneginf(scores), np.nan, scores))


def mean_ranks(ranks: npt.NDArray[np.int64]) -> FloatArray:
    """Return (n, A) the mean of the ranks that tied sectors, or all the unranked (0), share."""
    together = _together(ranks)
    first = np.where(ranks > 0, ranks, ranks.shape[1] + 1 - together)
    return np.asarray(first + (together - 1) / 2)


def on_list(ranks: npt.NDArray[np.int64], top: int) -> FloatArray:
    """Return (n, A) each sector's share of a place among the first ``top``.

    Of m that tie each has as much of the places left, at most a whole one: two that tie for the
    last place have half of it each. Unranked sectors (0) have none.
    """
    places = np.clip((top + 1 - ranks) / _together(ranks), 0.0, 1.0)
    return np.asarray(np.where(ranks > 0, places, 0.0))


def _together(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return (n, A) how many sectors have each one's rank."""
    draws, size = ranks.shape
    own = ranks + (size + 1) * np.arange(draws)[:, None]
    return np.asarray(np.bincount(own.ravel(), minlength=draws * (size + 1))[own], dtype=np.int64)


def _fingerprints(rows: npt.NDArray[np.generic]) -> npt.NDArray[np.uint64]:
    """Return (n,) numbers: equal for equal rows; for others once in 10^19 (64 bits)."""
    digests = (hashlib.blake2b(row.tobytes(), digest_size=8).digest() for row in rows)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)
