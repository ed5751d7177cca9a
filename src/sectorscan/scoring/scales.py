"""From an indicator's value to a 0-100 value: one pure kernel a scale.

``points`` looks at one value alone. The data-dependent kernels take ``x`` (..., K) to be scored and
``reference`` (..., R), the values that set the scale, NaN where a candidate has none or doesn't
count; both are oriented already (more is better), and leading axes broadcast. A value that isn't
among the reference (an excluded candidate's) is scored by the same formula and clipped to 0-100.
NaN stays NaN. A constant reference (range <= 1e-12 * max|x|, or at most one value) gives 50.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Scale
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
Kernel = Callable[[FloatArray, FloatArray], FloatArray]

CONSTANT_RANGE = 1e-12
"""A column whose range is at most this share of its largest absolute value is constant."""

CONSTANT_SCORE = 50.0

FAR = 1e9
"""An unbounded end stands this many times further out than any value: the scales' limit."""


def points(x: FloatArray, values: FloatArray, scores: FloatArray, *, log: bool) -> FloatArray:
    """Return the score on the line through (value, score) points, flat outside.

    ``values`` increase strictly. With ``log`` the line is straight in log10 of the value, and a
    value at or below 0 gets the lowest point's score. Ends at -inf and inf get the outer scores.
    """
    if not log:
        return np.asarray(np.interp(x, values, scores), dtype=float)
    positive = np.where(x > 0, x, np.where(np.isnan(x), np.nan, values[0]))
    return np.asarray(np.interp(np.log10(positive), np.log10(values), scores), dtype=float)


def is_constant(reference: FloatArray) -> BoolArray:
    """Return (...,): True where the reference can't tell candidates apart."""
    known = ~np.isnan(reference)
    lowest = np.where(known, reference, np.inf).min(axis=-1, initial=np.inf)
    highest = np.where(known, reference, -np.inf).max(axis=-1, initial=-np.inf)
    largest = np.maximum(np.abs(lowest), np.abs(highest))
    several = known.sum(axis=-1) > 1
    span = np.subtract(highest, lowest, where=several, out=np.zeros_like(highest))
    return np.asarray(~several | (span <= CONSTANT_RANGE * largest), dtype=np.bool_)


def minmax(x: FloatArray, reference: FloatArray) -> FloatArray:
    """Return 100·(x - min)/(max - min)."""
    known = ~np.isnan(reference)
    low = np.where(known, reference, np.inf).min(axis=-1, initial=np.inf)[..., None]
    high = np.where(known, reference, -np.inf).max(axis=-1, initial=-np.inf)[..., None]
    constant = is_constant(reference)[..., None]
    low = np.where(constant, 0.0, low)
    span = np.where(constant, 1.0, high - low)
    return _settle(100 * (x - low) / span, x, constant)


def z(x: FloatArray, reference: FloatArray) -> FloatArray:
    """Return (x - mean)/sd with the sample sd (ddof 1); 0 where the reference is constant."""
    known = ~np.isnan(reference)
    count = known.sum(axis=-1, keepdims=True)
    constant = is_constant(reference)[..., None]
    mean = np.where(known, reference, 0.0).sum(axis=-1, keepdims=True) / np.maximum(count, 1)
    squares = np.where(known, reference - mean, 0.0) ** 2
    variance = squares.sum(axis=-1, keepdims=True) / np.maximum(count - 1, 1)
    constant = constant | (variance == 0)  # squares of differences below 1e-160 vanish
    sd = np.where(constant, 1.0, np.sqrt(variance))
    return np.where(constant, np.where(np.isnan(x), np.nan, 0.0), (x - mean) / sd)


def zscore(x: FloatArray, reference: FloatArray) -> FloatArray:
    """Return 100·Φ(z)."""
    from scipy.special import ndtr  # 146 ms, and most configs never ask for it

    return np.asarray(100 * ndtr(z(x, reference)), dtype=float)


def percentile(x: FloatArray, reference: FloatArray) -> FloatArray:
    """Return 100·(number strictly below + half the number equal, itself included)/n."""
    below, equal = _counts(x, reference)
    count = np.maximum((~np.isnan(reference)).sum(axis=-1, keepdims=True), 1)
    return _settle(100 * (below + equal / 2) / count, x, is_constant(reference)[..., None])


def rank_share(x: FloatArray, reference: FloatArray) -> FloatArray:
    """Return 100·(number strictly worse)/(n - 1): the ``rank`` scale."""
    below, _ = _counts(x, reference)
    others = np.maximum((~np.isnan(reference)).sum(axis=-1, keepdims=True) - 1, 1)
    return _settle(100 * below / others, x, is_constant(reference)[..., None])


DATA_DEPENDENT: Mapping[str, Kernel] = {
    "minmax": minmax,
    "zscore": zscore,
    "percentile": percentile,
    "rank": rank_share,
}


def scale_column(
    x: FloatArray, passing: BoolArray, scale: Scale, direction: Literal["max", "min"]
) -> FloatArray:
    """Return the (..., S) 0-100 values of one criterion.

    ``passing`` (..., S) says whose known values set a data-dependent scale. ``points`` state their
    own direction, so ``direction`` is for the others only.
    """
    if scale.method == "points":
        return points(x, *_vertices(scale), log=scale.log)
    oriented = -x if direction == "min" else x
    reference = np.where(passing, oriented, np.nan)
    return DATA_DEPENDENT[scale.method](oriented, reference)


def scale_ends(
    low: FloatArray,
    value: FloatArray,
    high: FloatArray,
    passing: BoolArray,
    scale: Scale,
    direction: Literal["max", "min"],
) -> tuple[FloatArray, FloatArray]:
    """Return the worst and the best 0-100 value that each candidate can have over [low, high].

    All (S,). The other candidates stay at their values, and who passes is settled at the values.
    Under ``points`` that bend both ways the extremes may lie at a point inside the interval; the
    data-dependent scales only ever rise with a candidate's own (oriented) value.
    """
    if scale.method == "points":
        return _points_ends(low, value, high, scale)
    at_value = scale_column(value, passing, scale, direction)
    worst, best = at_value.copy(), at_value.copy()
    moved = np.flatnonzero(~np.isnan(value) & (low != high))
    if not moved.size:
        return worst, best
    sign = -1.0 if direction == "min" else 1.0
    reference = np.where(passing, sign * value, np.nan)
    rows = np.tile(reference, (moved.size, 1))
    for end in (low, high):
        own = _bounded(sign * end[moved], reference)
        rows[np.arange(moved.size), moved] = np.where(passing[moved], own, np.nan)
        at_end = DATA_DEPENDENT[scale.method](own[:, None], rows)[:, 0]
        worst[moved] = np.minimum(worst[moved], at_end)
        best[moved] = np.maximum(best[moved], at_end)
    return worst, best


def _points_ends(
    low: FloatArray, value: FloatArray, high: FloatArray, scale: Scale
) -> tuple[FloatArray, FloatArray]:
    values, scores = _vertices(scale)
    reached = [points(x, values, scores, log=scale.log) for x in (low, value, high)]
    for vertex, score in zip(values, scores, strict=True):
        inside = (low < vertex) & (vertex < high)
        reached.append(np.where(inside, score, reached[1]))
    known = ~np.isnan(value)
    worst = np.where(known, np.min(reached, axis=0), np.nan)
    return worst, np.where(known, np.max(reached, axis=0), np.nan)


def _vertices(scale: Scale) -> tuple[FloatArray, FloatArray]:
    pairs = np.asarray(scale.points, dtype=float)
    return pairs[:, 0], pairs[:, 1]


def _bounded(ends: FloatArray, reference: FloatArray) -> FloatArray:
    """Return the ends with -inf and inf replaced by points far outside the reference."""
    known = reference[~np.isnan(reference)]
    reach = FAR * max(1.0, float(np.abs(known).max(initial=0.0)))
    return np.clip(ends, -reach, reach)


def _counts(x: FloatArray, reference: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how many reference values lie strictly below each x, and how many equal it."""
    shape = np.broadcast_shapes(x.shape[:-1], reference.shape[:-1])
    wanted = np.broadcast_to(x, (*shape, x.shape[-1]))
    given = np.sort(np.broadcast_to(reference, (*shape, reference.shape[-1])), axis=-1)
    below = np.empty(wanted.shape)
    up_to = np.empty(wanted.shape)
    sizes = (~np.isnan(given)).sum(axis=-1)
    for row in np.ndindex(*shape):
        known = given[row][: sizes[row]]  # sorting puts NaN last
        below[row] = np.searchsorted(known, wanted[row], side="left")
        up_to[row] = np.searchsorted(known, wanted[row], side="right")
    return below, up_to - below


def _settle(scored: FloatArray, x: FloatArray, constant: BoolArray) -> FloatArray:
    """Return scores clipped to 0-100, 50 where the column is constant, NaN where x is NaN."""
    settled = np.where(constant, CONSTANT_SCORE, np.clip(scored, 0.0, 100.0))
    return np.where(np.isnan(x), np.nan, settled)
