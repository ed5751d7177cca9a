"""The quadrants of the growth-concentration chart."""

from __future__ import annotations

import math
from typing import Literal

Quadrant = Literal["star", "emerging", "mature", "transforming"]


def quadrant(lq: float, growth: float, benchmark_growth: float) -> Quadrant | None:
    """Return where a sector stands: LQ against 1, growth (%/year) against the benchmark's.

    The cross-hairs count as reached. None where any of the three is missing (NaN).
    """
    if math.isnan(lq) or math.isnan(growth) or math.isnan(benchmark_growth):
        return None
    if growth >= benchmark_growth:
        return "star" if lq >= 1 else "emerging"
    return "mature" if lq >= 1 else "transforming"
