"""Tiers from two axes, economic score and readiness score, that are never blended."""

from __future__ import annotations

from sectorscan.scoring.model import Tier

STRONG = 60.0
FAIR = 40.0
ROUNDING = 1e-9
"""A sum of products that is 60 on paper may come out just under it."""


def tier(economic: float, readiness: float | None, *, blocked: bool) -> Tier:
    """Return a ranked sector's tier; both scores are 0-100.

    ``readiness`` None: not rated. ``blocked``: a gate holds it back, or the people aren't there
    (``readiness.standing.blocking``), which turns ``launch`` into ``prepare``.
    """
    if readiness is None:
        return "economic case only"
    if not reaches(readiness, STRONG):
        return "prepare" if reaches(economic, STRONG) else "monitor"
    if not reaches(economic, STRONG):
        return "support" if reaches(economic, FAIR) else "monitor"
    return "prepare" if blocked else "launch"


def reaches(score: float, bound: float) -> bool:
    """Say whether a score is at least a bound, but for the rounding of sums."""
    return score >= bound - ROUNDING
