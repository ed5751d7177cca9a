"""Gates: bounds on raw indicator values that exclude, hold or caution a sector.

A bound describes what triggers the gate. A gate of several tests triggers only if all of them do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import GateConfig
from sectorscan.indicators.model import IndicatorTable
from sectorscan.scoring.model import GateOutcome
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
Test = tuple[str, str, float]


def gate_tests(gate: GateConfig) -> tuple[Test, ...]:
    """Return a gate's tests as (indicator, "below" or "above", bound)."""
    single = [(gate.indicator, gate.below, gate.above)] if gate.indicator is not None else []
    several = [(test.indicator, test.below, test.above) for test in gate.all_of or ()]
    return tuple(
        (indicator, kind, bound)
        for indicator, below, above in (*single, *several)
        for kind, bound in (("below", below), ("above", above))
        if bound is not None
    )


def excluded(gates: Sequence[GateConfig], indicators: IndicatorTable) -> BoolArray:
    """Return (S,): True where a gate with the effect ``exclude`` triggers."""
    return excluded_at(gates, indicators.values, (len(indicators.sectors),))


def excluded_at(
    gates: Sequence[GateConfig], values: Callable[[str], FloatArray], shape: tuple[int, ...]
) -> BoolArray:
    """Return (..., S): the same at any values, of ``shape`` or broadcast to it, by indicator."""
    out = np.zeros(shape, dtype=np.bool_)
    for gate in gates:
        tests = gate_tests(gate)
        if gate.effect == "exclude" and tests:
            reached = [_reached(kind, bound, values(name)) for name, kind, bound in tests]
            out |= np.logical_and.reduce(np.broadcast_arrays(*reached))
    return out


def evaluate(
    gates: Sequence[GateConfig], indicators: IndicatorTable
) -> tuple[tuple[GateOutcome, ...], ...]:
    """Return every gate's outcome for every sector, in the sectors' and the gates' order.

    Judged at the value. A missing value never triggers; ``unknown`` says so where all the tests
    that could be made are met, that is where the missing value decides. ``straddles``: somewhere
    inside the intervals the gate would have come out the other way.
    """
    by_gate = [_outcomes(gate, indicators) for gate in gates]
    return tuple(
        tuple(outcomes[sector] for outcomes in by_gate) for sector in range(len(indicators.sectors))
    )


def _outcomes(gate: GateConfig, indicators: IndicatorTable) -> list[GateOutcome]:
    tests = gate_tests(gate)
    size = len(indicators.sectors)
    values = [indicators.values(name) for name, _, _ in tests]
    missing = np.zeros(size, dtype=np.bool_)
    met = np.full(size, bool(tests))
    could, must = met.copy(), met.copy()
    for (name, kind, bound), value in zip(tests, values, strict=True):
        unknown = np.isnan(value)
        missing |= unknown
        met &= unknown | _reached(kind, bound, value)
        low, high = _ends(indicators, name)
        easy, hard = (low, high) if kind == "below" else (high, low)
        could &= _reached(kind, bound, easy)
        must &= _reached(kind, bound, hard)
    triggered = met & ~missing
    straddles = ~missing & could & ~must
    return [
        GateOutcome(
            effect=gate.effect,
            triggered=bool(triggered[sector]),
            unknown=bool(met[sector] & missing[sector]),
            straddles=bool(straddles[sector]),
            tests=tuple(
                (*test, float(value[sector])) for test, value in zip(tests, values, strict=True)
            ),
        )
        for sector in range(size)
    ]


def _reached(kind: str, bound: float, value: FloatArray) -> BoolArray:
    """Return where a value lies beyond the bound; a missing one never does."""
    beyond = value < bound if kind == "below" else value > bound
    return np.asarray(beyond, dtype=np.bool_)


def _ends(indicators: IndicatorTable, name: str) -> tuple[FloatArray, FloatArray]:
    if name not in indicators.ids:
        nothing = np.full(len(indicators.sectors), np.nan)
        return nothing, nothing
    column = indicators.column(name)
    return indicators.low[:, column], indicators.high[:, column]
