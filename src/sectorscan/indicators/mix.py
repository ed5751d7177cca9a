"""Mix inside a sector: how its figures, made of sums, differ from what its parts have on average.

Every indicator of a bundle is that of its sum (docs/method.md). Where parts differ, that isn't the
mean of theirs: a bundle may lag its industries' trend though each of its parts keeps up with its
own, because its jobs lie in the slow ones. The difference is the mix.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.indicators.arithmetic import FloatArray, ratio
from sectorscan.indicators.concentration import location_quotient
from sectorscan.indicators.growth import annual_growth_pct, competitive_effect
from sectorscan.tables.model import Panel, Segment

COMPLETE = 0.01
"""Parts whose jobs differ by less than this share from the sector's are all of it."""


@dataclass(frozen=True, slots=True)
class Mix:
    """One indicator of a sector: of its sum, of its parts on average (or added), both unrounded.

    ``estimated`` says that a withheld figure stands behind it.
    """

    id: str
    of_sum: float
    of_parts: float
    estimated: bool

    @property
    def difference(self) -> float:
        """The mix inside the sector: of the sum minus of the parts."""
        return self.of_sum - self.of_parts


def weighted_mean(values: FloatArray, weights: FloatArray) -> float:
    """Return the mean of the values, each at its weight; those without weight need no value."""
    counted = weights != 0
    return float(ratio(np.sum((values * weights)[counted]), weights[counted].sum()))


def mix_inside(panel: Panel, sector: int) -> tuple[Mix, ...]:
    """Return the mix of growth, location quotient, competitive effect and pay, where known.

    Growth is weighed by jobs of the base year, the quotient and pay against the benchmark by those
    of the end year; competitive effects are added. Nothing is returned where the sector has fewer
    than two parts, or more than its parts.
    """
    parts = panel.segments[sector] if panel.segments else ()
    jobs = _column(parts, lambda part: part.employment)
    total = float(panel.e_ir.value[sector, -1]) if panel.years else np.nan
    if len(parts) < 2 or not abs(jobs.sum() - total) <= COMPLETE * total:
        return ()
    whole = Segment(
        id="", title="", establishments=np.nan, status="",
        employment=total, employment_low=total, employment_high=total,
        pay=float(ratio(panel.w_ir.value[sector, -1], total)),
        employment_base=float(panel.e_ir.value[sector, 0]),
        employment_in=float(panel.e_in.value[sector, -1]),
        employment_in_base=float(panel.e_in.value[sector, 0]),
        pay_in=float(ratio(panel.w_in.value[sector, -1], panel.e_in.value[sector, -1])),
    )  # fmt: skip
    base = _column(parts, lambda part: part.employment_base)
    estimated = any(part.status == "estimated" for part in parts)
    found = []
    for name, figure in _figures(panel, sector).items():
        of_parts = figure(parts)
        added = name == "competitive_effect"
        weights = base if name == "employment_cagr_pct" else jobs
        mean = float(of_parts.sum()) if added else weighted_mean(of_parts, weights)
        of_sum = float(figure([whole])[0])
        if np.isfinite(of_sum) and np.isfinite(mean):
            found.append(Mix(name, of_sum, mean, estimated))
    return tuple(found)


def _figures(panel: Panel, sector: int) -> dict[str, Callable[[Sequence[Segment]], FloatArray]]:
    """Return by indicator what gives it of some parts."""
    e_r, e_n = panel.e_r_lq.value[sector, -1], panel.e_n_lq.value[0, -1]
    span = np.asarray(float(panel.years[-1] - panel.years[0]))

    def growth(parts: Sequence[Segment]) -> FloatArray:
        jobs, base = _jobs(parts)
        return annual_growth_pct(jobs, base, span)

    def quotient(parts: Sequence[Segment]) -> FloatArray:
        there = _column(parts, lambda part: part.employment_in)
        return location_quotient(_jobs(parts)[0], e_r, there, e_n)

    def competitive(parts: Sequence[Segment]) -> FloatArray:
        there = _column(parts, lambda part: part.employment_in)
        there_base = _column(parts, lambda part: part.employment_in_base)
        return competitive_effect(*_jobs(parts), there, there_base)

    def pay(parts: Sequence[Segment]) -> FloatArray:
        return ratio(_column(parts, lambda p: p.pay), _column(parts, lambda p: p.pay_in))

    return {
        "employment_cagr_pct": growth,
        "location_quotient": quotient,
        "competitive_effect": competitive,
        "pay_vs_benchmark": pay,
    }


def _jobs(parts: Sequence[Segment]) -> tuple[FloatArray, FloatArray]:
    jobs = _column(parts, lambda part: part.employment)
    return jobs, _column(parts, lambda part: part.employment_base)


def _column(parts: Sequence[Segment], figure: Callable[[Segment], float]) -> FloatArray:
    return np.array([figure(part) for part in parts], dtype=float)
