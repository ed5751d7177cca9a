"""What a config may do, and a board should know: what counts twice, what compares with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sectorscan.config.models import Config

_SAME_INFORMATION = (
    ("location_quotient_change", "competitive_rate_pp"),
    ("employment_share_pct", "employment"),
    ("employment_cagr_vs_region_pp", "employment_cagr_pct"),
    ("projected_growth_vs_region_pp", "projected_growth_pct"),
    ("pay_vs_region", "avg_annual_pay"),
)
"""Pairs of which one says nothing beyond the other: they differ by a constant, or nearly."""


def hygiene_cautions(config: Config) -> tuple[str, ...]:
    """Return a sentence for each questionable choice of a config that is otherwise sound."""
    scored = {
        name
        for group in config.criteria.values()
        for name, criterion in group.indicators.items()
        if group.weight > 0 and criterion.weight > 0
    }
    cautions = [
        f"{first} and {second} carry the same information, and both are scored:"
        " it counts twice. Give one of them weight 0."
        for first, second in _SAME_INFORMATION
        if first in scored and second in scored
    ]
    if config.region is not None and config.benchmark is not None:
        benchmark = config.benchmark
        areas = {benchmark} if isinstance(benchmark, str) else set(benchmark)
        if areas == set(config.region.areas):
            cautions.append("The benchmark is the region itself: every location quotient is 1.")
    return tuple(cautions)
