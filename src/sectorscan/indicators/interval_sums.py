"""Sums of intervals of which parts are shared, and what is left of a total without its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.tables.model import Interval

ROUNDING = 1e-12
"""Relative slack within which two sums of the same cells are the same number."""


def same(first: Interval, second: Interval) -> bool:
    """Return whether two intervals are the same."""
    return first is second or all(
        np.array_equal(a, b, equal_nan=True)
        for a, b in (
            (first.low, second.low),
            (first.value, second.value),
            (first.high, second.high),
        )
    )


def union(
    first: Mapping[str, FloatArray], second: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """Return atoms with their weights, of both."""
    zero = np.zeros(())
    names = dict.fromkeys((*first, *second))
    return {a: np.maximum(first.get(a, zero), second.get(a, zero)) for a in names}


def weighted_sum(
    atoms: Mapping[str, Interval], weights: Mapping[str, FloatArray], size: int
) -> Interval:
    """Return the (S,) sum of the atoms that a quantity holds."""
    ends = []
    for end in ("low", "value", "high"):
        total = np.zeros(size)
        for name, atom in atoms.items():
            total = total + np.where(weights[name] != 0, getattr(atom, end), 0.0)
        ends.append(total)
    return Interval(*ends)


def minus(total: Interval, held: Interval) -> Interval:
    """Return the rest of a total: end by end, for the ends of a sum are the sums of the ends."""
    with np.errstate(invalid="ignore"):
        rest = Interval(total.low - held.low, total.value - held.value, total.high - held.high)
    # inf - inf: the rest's high isn't known, unless its low says that nothing else is uncertain.
    slack = ROUNDING * (1 + np.abs(total.value))
    certain = np.abs(rest.value - rest.low) <= slack
    unknown = np.isinf(total.high) & np.isinf(held.high)
    return replace(rest, high=np.where(unknown, np.where(certain, rest.value, np.inf), rest.high))


def tidy(rest: Interval, slack: FloatArray) -> Interval:
    """Return the interval with ends that differ by rounding alone set equal."""
    low = np.where(np.abs(rest.value - rest.low) <= slack, rest.value, np.maximum(rest.low, 0.0))
    high = np.where(np.abs(rest.high - rest.value) <= slack, rest.value, rest.high)
    return Interval(low, rest.value, high)


def where(condition: np.ndarray, first: Interval, second: Interval) -> Interval:
    """Return the first interval where the condition holds, else the second."""
    return Interval(
        np.where(condition, first.low, second.low),
        np.where(condition, first.value, second.value),
        np.where(condition, first.high, second.high),
    )
