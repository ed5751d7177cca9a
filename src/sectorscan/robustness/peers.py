"""Other methods of multi-criteria analysis, as the library pymcdm computes them.

What goes in is complete, and what comes out is turned so that more is better. pymcdm checks little:
with a missing cell PROMETHEE and EDAS give numbers as if nothing were missing, weights that don't
sum to 1 are taken as they are, and what can't be divided comes back as NaN. So the checks are here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from sectorscan.robustness.variations import NotComputableError
from sectorscan.scoring.aggregate import GEOMETRIC_SPREAD
from sectorscan.scoring.scales import is_constant
from sectorscan.tables.model import FloatArray

Method = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
"""(S, C) values, (C,) weights, (C,) directions (1 or -1) to (S,) preferences, more is better."""

FULL = 100.0


def weighted_product(matrix: FloatArray, weights: FloatArray, directions: FloatArray) -> FloatArray:
    """Return Π v^w over 0-100 values brought to 1-100 (a product can't take a 0).

    Fishburn, Murphy and Isaacs 1968, Operations Research 16(2):254-267.
    """
    from pymcdm.methods import WPM

    return _called(WPM(), 1 + GEOMETRIC_SPREAD * matrix, weights, directions)


def topsis(
    matrix: FloatArray,
    weights: FloatArray,
    directions: FloatArray,
    normalisation: str | None = None,
) -> FloatArray:
    """Return D⁻/(D⁺ + D⁻), the distances from the worst and the best value on every criterion.

    Hwang and Yoon 1981. ``normalisation`` is one of pymcdm's ("vector", "minmax" ...); None takes
    the values as they are, which is right for values that have one scale already.
    """
    from pymcdm import normalizations
    from pymcdm.methods import TOPSIS

    function = _as_given
    if normalisation is not None:
        function = getattr(normalizations, f"{normalisation}_normalization")
    return _called(TOPSIS(function), matrix, weights, directions)


def vikor(matrix: FloatArray, weights: FloatArray, directions: FloatArray) -> FloatArray:
    """Return -Q, with v = 0.5: half the mean shortfall from the best, half the largest one.

    Duckstein and Opricovic 1980, Water Resources Research 16(1):14-20; Q is better the lower. NaN
    where all shortfalls are level in the one or the other: Q divides by their range, and where
    rounding leaves a little of it, by nothing that means anything.
    """
    from pymcdm.methods import VIKOR

    oriented = matrix * directions
    best, worst = oriented.max(axis=0), oriented.min(axis=0)
    with np.errstate(invalid="ignore"):  # a constant criterion, which VIKOR itself refuses
        shortfall = weights * (best - oriented) / (best - worst)
    if is_constant(shortfall.sum(axis=1)) or is_constant(shortfall.max(axis=1)):
        return np.full(len(matrix), np.nan)
    return -_called(VIKOR(v=0.5), matrix, weights, directions)


def promethee_ii(matrix: FloatArray, weights: FloatArray, directions: FloatArray) -> FloatArray:
    """Return net flows under the usual preference: what outweighs, by however little, counts whole.

    Brans and Vincke 1985, Management Science 31(6):647-656. By way of pymcdm's PROMETHEE I, which
    doesn't keep an (S, S) table for every criterion; II is the difference of its two flows.
    """
    from pymcdm.methods.partial import PROMETHEE_I

    plus, minus = PROMETHEE_I("usual")(matrix, weights, directions, validation=False)
    return np.asarray(plus - minus, dtype=float)


def edas(matrix: FloatArray, weights: FloatArray, directions: FloatArray) -> FloatArray:
    """Return the appraisal score: how far above, and how little below the average.

    Keshavarz Ghorabaee and others 2015, Informatica 26(3):435-451.
    """
    from pymcdm.methods import EDAS

    return _called(EDAS(), matrix, weights, directions)


def spotis(matrix: FloatArray, weights: FloatArray, directions: FloatArray) -> FloatArray:
    """Return the distance from 100 on everything, negated, over bounds of 0 and 100.

    Dezert and others 2020, FUSION (better the lower). The bounds don't hang on the candidates, so
    nobody's arrival turns an order round; the order is that of the weighted mean.
    """
    from pymcdm.methods import SPOTIS

    bounds = np.tile([0.0, FULL], (matrix.shape[1], 1))
    return -_called(SPOTIS(bounds), matrix, weights, directions)


METHODS: Mapping[str, Method] = {
    "weighted_product": weighted_product,
    "topsis": topsis,
    "vikor": vikor,
    "promethee_ii": promethee_ii,
    "edas": edas,
    "spotis": spotis,
}


def preferences(method: Method, scaled: FloatArray, weights: FloatArray) -> FloatArray:
    """Return (S,) preferences of (S, C) 0-100 values, brought to 0-100: the best has 100.

    Criteria without weight, and those on which all are alike, are left out and the other weights
    renormalised: no method orders the sectors otherwise for it, and VIKOR divides by their range.

    Raises
    ------
    NotComputableError
        Where there are fewer than two sectors, all are alike, or the method gives no number.
    ValueError
        Where a value is missing.
    """
    if np.isnan(scaled).any():
        message = "the methods take complete values only"
        raise ValueError(message)
    if len(scaled) < 2:
        why = "there is nobody to compare with"
        raise NotComputableError(why)
    used = (weights > 0) & ~is_constant(scaled.T)
    if not used.any():
        why = "the ranked sectors are alike on every criterion"
        raise NotComputableError(why)
    shares = weights[used] / weights[used].sum()
    try:
        with _quiet(), np.errstate(all="ignore"):
            found = method(scaled[:, used], shares, np.ones(len(shares)))
    except (ImportError, ValueError) as fault:
        raise NotComputableError(str(fault)) from fault
    if not np.isfinite(found).all():
        why = "it divides by a difference between the sectors that is 0 here"
        raise NotComputableError(why)
    return _to_100(found)


def _called(
    body: Callable[..., object], matrix: FloatArray, weights: FloatArray, directions: FloatArray
) -> FloatArray:
    # Its own validation only warns, of what is no fault (a sector that is best on everything).
    return np.asarray(body(matrix, weights, directions, validation=False), dtype=float)


def _as_given(x: FloatArray, cost: bool = False) -> FloatArray:
    return -x if cost else x


def _to_100(found: FloatArray) -> FloatArray:
    """Return preferences of any size from 0 to 100, so that one tolerance tells what is a tie."""
    if is_constant(found):
        return np.zeros(len(found))
    return np.asarray(FULL * (found - found.min()) / (found.max() - found.min()))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what matplotlib logs (that it looks for fonts) off the terminal: pymcdm imports it."""
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
