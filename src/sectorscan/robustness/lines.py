"""Scores along a line of weights: one weight (or one group's) moves, the others in proportion.

At share t the weights are t * moved + (1 - t) * rest. A sector's score, or its logarithm under the
geometric mean, is (t * a + (1 - t) * b) / (t * c + (1 - t) * d): what its known criteria give over
what they weigh. With every figure known the divisor is 1 and scores are straight lines; otherwise
two sectors cross where a quadratic is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.robustness.scores import ROUNDING, term
from sectorscan.scoring.aggregate import FILL
from sectorscan.scoring.model import DecisionMatrix
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]

_FLAT = 1e-13
"""A leading coefficient that is smaller than this beside the others is rounding."""
_SLIVER = 1e-8
"""Pieces no wider than this come of the rounding that coverage is granted, and tell nothing."""
_NOISE = 1e-12
"""Scores that differ by no more than this share are level all along a piece."""


@dataclass(frozen=True, slots=True)
class Line:
    """Scores along one line of weights.

    ``now`` is the present share; (S,) each: ``top`` and ``bottom`` hold the score's numerator and
    divisor at t = 0 and t = 1 in two columns (S, 2); a sector is ranked for shares from
    ``ranked_from`` to ``ranked_to`` (from above to below where it never is).
    """

    now: float
    top: FloatArray
    bottom: FloatArray
    ranked_from: FloatArray
    ranked_to: FloatArray

    def at(self, share: FloatArray, sector: IntArray) -> FloatArray:
        """Return scores (or their logarithms) at shares, of sectors; -inf where unranked.

        Both broadcast: an array of shares may ask for one sector each, or one share for all.
        """
        t = np.asarray(share, dtype=float)
        top = (1 - t) * self.top[sector, 0] + t * self.top[sector, 1]
        bottom = (1 - t) * self.bottom[sector, 0] + t * self.bottom[sector, 1]
        ranked = (t >= self.ranked_from[sector]) & (t <= self.ranked_to[sector]) & (bottom > 0)
        value = np.full(top.shape, -np.inf)
        np.divide(top, bottom, out=value, where=ranked)
        return value


def line(
    matrix: DecisionMatrix,
    scaled: FloatArray,
    playing: BoolArray,
    gated: BoolArray,
    moved: FloatArray,
) -> Line | None:
    """Return the line on which the weights ``moved`` (C,), which sum to 1, gain or lose share.

    Their present share is the weight of the criteria that they are made of. None where those have
    all the weight there is: nothing could make room.
    """
    weights = matrix.weights
    part = moved > 0
    now = float(weights[part].sum())
    rest = np.where(part, 0.0, weights)
    if not rest.sum() > 0:
        return None
    ends = np.stack([rest / rest.sum(), moved])
    known = ~np.isnan(scaled)
    values = term(matrix, np.where(known, scaled, FILL.get(matrix.missing, 0.0)))
    counted = np.ones_like(known) if matrix.missing in FILL else known
    ranked_from, ranked_to = _ranked(matrix, known, playing, gated, ends)
    return Line(
        now,
        (np.where(counted, values, 0.0) @ ends.T),
        (counted.astype(np.float64) @ ends.T),
        ranked_from,
        ranked_to,
    )


def _ranked(
    matrix: DecisionMatrix,
    known: BoolArray,
    playing: BoolArray,
    gated: BoolArray,
    ends: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return the shares from which and to which each sector has the coverage that it needs."""
    used = ends * playing
    # Coverage beyond the least, times the weight in play: a straight line in t.
    beyond = (known @ used.T) - (matrix.min_coverage - ROUNDING) * used.sum(axis=1)
    at_0, at_1 = beyond[:, 0], beyond[:, 1]
    slope = np.where(at_0 == at_1, 1.0, at_1 - at_0)
    crossing = np.clip(-at_0 / slope, 0.0, 1.0)
    out = gated | ((at_0 < 0) & (at_1 < 0))
    first = np.where(at_0 >= 0, 0.0, crossing)
    last = np.where(at_1 >= 0, 1.0, crossing)
    if matrix.missing == "exclude":
        # Whoever lacks what has weight at one end is ranked at the other end alone.
        lacks = ((~known) @ used.T) > 0
        out |= lacks.all(axis=1)
        first = np.where(lacks[:, 0], 1.0, first)
        last = np.where(lacks[:, 1], 0.0, last)
    return np.where(out, 2.0, first), np.where(out, -1.0, last)


def crossings(on: Line, one: IntArray, other: IntArray) -> FloatArray:
    """Return (P, 2) shares at which two sectors' scores are equal, NaN where there is none.

    n1/d1 = n2/d2 where n1*d2 - n2*d1 = 0: a quadratic in t (linear where nothing is missing).
    """
    n1, n2, d1, d2 = on.top[one], on.top[other], on.bottom[one], on.bottom[other]
    at_0 = n1[:, 0] * d2[:, 0] - n2[:, 0] * d1[:, 0]
    at_1 = n1[:, 1] * d2[:, 1] - n2[:, 1] * d1[:, 1]
    mixed = n1[:, 0] * d2[:, 1] + n1[:, 1] * d2[:, 0] - n2[:, 0] * d1[:, 1] - n2[:, 1] * d1[:, 0]
    # at_0 (1-t)^2 + mixed t (1-t) + at_1 t^2
    a, b, c = at_0 - mixed + at_1, mixed - 2 * at_0, at_0
    size = np.maximum(np.maximum(np.abs(at_0), np.abs(at_1)), np.maximum(np.abs(mixed), 1e-300))
    flat = np.abs(a) <= _FLAT * size
    with np.errstate(invalid="ignore", divide="ignore"):
        single = np.where(np.abs(b) > _FLAT * size, -c / b, np.nan)
        half = -0.5 * (b + np.where(b >= 0, 1, -1) * np.sqrt(b * b - 4 * a * c))
        pair = np.stack(
            [half / np.where(flat, 1, a), np.where(half != 0, c / half, np.nan)], axis=1
        )
    alone = np.stack([single, np.full(len(single), np.nan)], axis=1)
    roots = np.where(flat[:, None], alone, pair)
    return np.asarray(np.where((roots > 0) & (roots < 1), roots, np.nan))


def holds(on: Line, one: IntArray, other: IntArray) -> tuple[float, float]:
    """Return the shares around the present one at which every ``one`` (P,) is not behind ``other``.

    Between neighbouring crossings and ends of being ranked nothing changes, so the middle of each
    such piece tells for all of it.
    """
    marks = np.concatenate(
        [crossings(on, one, other)]
        + [np.stack([end[one], end[other]], axis=1) for end in (on.ranked_from, on.ranked_to)],
        axis=1,
    )
    return _reach(on, one, other, marks, 0.0), _reach(on, one, other, marks, 1.0)


def _reach(
    on: Line,
    one: IntArray,
    other: IntArray,
    marks: FloatArray,
    end: float,
) -> float:
    """Return how far from the present share towards ``end`` (0 or 1) the order holds."""
    low, high = min(on.now, end), max(on.now, end)
    inside = np.where((marks > low) & (marks < high), marks, end)
    edges = np.concatenate([np.full((len(one), 1), on.now), inside], axis=1)
    edges = np.sort(edges, axis=1) if end else -np.sort(-edges, axis=1)
    edges = np.concatenate([edges, np.full((len(one), 1), end)], axis=1)
    middle = 0.5 * (edges[:, :-1] + edges[:, 1:])
    behind = np.zeros(middle.shape, dtype=np.bool_)
    for piece in range(middle.shape[1]):
        ours, theirs = (on.at(middle[:, piece], sector) for sector in (one, other))
        wide = np.abs(edges[:, piece] - edges[:, piece + 1]) > _SLIVER
        level = _NOISE * (1 + np.abs(np.where(np.isfinite(ours), ours, 0.0)))
        behind[:, piece] = wide & (np.isneginf(ours) | (theirs > ours + level))
    first = np.where(behind.any(axis=1), behind.argmax(axis=1), middle.shape[1])
    reached = np.take_along_axis(edges, first[:, None], axis=1)[:, 0]
    return float(reached.min() if end else reached.max()) if len(reached) else end
