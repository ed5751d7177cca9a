"""Figures that the user's tables give ready-made: they win over computed ones, and it is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sectorscan.indicators.arithmetic import FloatArray
from sectorscan.tables.model import Interval, Sector

QUOTIENT_SLACK = 0.005
RELATIVE_SLACK = 0.005
GROWTH_SLACK = 0.05
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator for S sectors: its interval, statuses, files, and why values are missing."""

    id: str
    label: str
    unit: str
    interval: Interval
    status: npt.NDArray[np.str_]
    source: str
    missing: dict[int, str]


def filled(interval: Interval) -> Interval:
    """Return the interval with ends that weren't given set to the value."""
    low = np.where(np.isnan(interval.low), interval.value, interval.low)
    high = np.where(np.isnan(interval.high), interval.value, interval.high)
    absent = np.isnan(interval.value)
    return Interval(
        np.where(absent, np.nan, np.minimum(low, interval.value)),
        interval.value,
        np.where(absent, np.nan, np.maximum(high, interval.value)),
    )


def own_column(name: str, unit: str, given: Interval, source: str) -> Column:
    """Return a user's own indicator, used as given."""
    interval = filled(given)
    absent = np.isnan(interval.value)
    return Column(
        id=name,
        label=name,
        unit=unit,
        interval=interval,
        status=np.where(absent, "missing", "published"),
        source=source,
        missing=dict.fromkeys(np.flatnonzero(absent).tolist(), "no value was given"),
    )


def override(
    column: Column, given: Interval, source: str, sectors: tuple[Sector, ...]
) -> tuple[Column, str | None]:
    """Return the column with the given figures in place, and a caution where they disagree."""
    given = filled(given)
    known = ~np.isnan(given.value)
    computed = column.interval
    used = Interval(
        np.where(known, given.low, computed.low),
        np.where(known, given.value, computed.value),
        np.where(known, given.high, computed.high),
    )
    both = bool((~known & ~np.isnan(computed.value)).any())
    files = dict.fromkeys([source, column.source] if both or not known.any() else [source])
    if source and column.source.startswith(f"{source}, "):
        # A column made of table figures names the user's file itself.
        files.pop(source if both else "", None)
    return replace(
        column,
        interval=used,
        status=np.where(known, "published", column.status),
        source=", ".join(name for name in files if name),
        missing={s: why for s, why in column.missing.items() if not known[s]},
    ), _disagreement(column, given, sectors)


def _disagreement(column: Column, given: Interval, sectors: tuple[Sector, ...]) -> str | None:
    """Return a caution where given and computed differ beyond rounding: how many, and the worst."""
    computed = column.interval
    slack = _slack(column.unit, given.value)
    with np.errstate(invalid="ignore"):
        beyond = np.maximum(given.value - computed.high, computed.low - given.value) - slack
    beyond = np.where(np.isnan(beyond), -np.inf, beyond)
    differing = int((beyond > 0).sum())
    if not differing:
        return None
    compared = int((~np.isnan(given.value) & ~np.isnan(computed.value)).sum())
    worst = int(np.argmax(beyond))
    return (
        f"{column.label}: {differing} of {compared} given figures differ from the computed ones "
        f"beyond rounding, most in {sectors[worst].title or sectors[worst].id} (given "
        f"{given.value[worst]:.4g}, computed {computed.value[worst]:.4g}). The given ones are used."
    )


def _slack(unit: str, given: FloatArray) -> FloatArray:
    """Return how far rounding alone can part the two: never less than half the last decimal."""
    half = float(0.5 * 10.0 ** -_decimals(given))
    if unit == "ratio":
        return np.maximum(half, QUOTIENT_SLACK + RELATIVE_SLACK * np.abs(given))
    if unit == "%/year" or unit.startswith("percentage points"):
        return np.full(given.shape, max(half, GROWTH_SLACK))
    return np.maximum(half, RELATIVE_SLACK * np.abs(given))


def _decimals(given: FloatArray) -> int:
    """Return the number of decimals that the figures show."""
    shown = given[np.isfinite(given)]
    for decimals in range(MOST_DECIMALS):
        if np.allclose(np.round(shown, decimals), shown, rtol=0, atol=1e-9):
            return decimals
    return MOST_DECIMALS
