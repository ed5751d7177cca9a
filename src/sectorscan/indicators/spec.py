"""What the registry says of an indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sectorscan.indicators.arithmetic import FloatArray

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """One indicator of the registry.

    ``kernel`` is called with the quantities named in ``takes``, in that order; ``formula`` and
    ``reference`` are text for people. ``default_points`` are the scale a criterion gets when the
    config gives none (``default_log``: interpolated in log10), ``None`` where there is none.
    ``kind`` says what is sampled: a ``level`` of the end year, or ``growth`` over several years.
    """

    id: str
    label: str
    unit: str
    formula: str
    reference: str
    kernel: Callable[..., FloatArray]
    takes: tuple[str, ...]
    kind: Literal["level", "growth"] = "level"
    default_points: Points | None = None
    default_log: bool = False
