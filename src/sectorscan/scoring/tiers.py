"""Tiers from two axes, economic score and readiness score, that are never blended."""

from __future__ import annotations

from sectorscan.scoring.model import Tier

STRONG = 60.0
FAIR = 40.0
ROUNDING = 1e-9
"""A sum of products that is 60 on paper may come out just under it."""


def tier(
    economic: float,
    readiness: float | None,
    *,
    hold: bool,
    champions: float | None,
    convener: float | None,
) -> Tier:
    """Return a ranked sector's tier; both scores are 0-100.

    ``readiness`` None: not rated. ``champions`` and ``convener`` are those questions' levels, 0-4,
    None where unknown: a partnership without two kinds of people behind it isn't launched.
    """
    if readiness is None:
        return "economic case only"
    if not _reaches(readiness, STRONG):
        return "prepare" if _reaches(economic, STRONG) else "monitor"
    if not _reaches(economic, STRONG):
        return "support" if _reaches(economic, FAIR) else "monitor"
    people = champions is not None and champions > 1 and convener is not None and convener > 0
    return "launch" if people and not hold else "prepare"


def _reaches(score: float, bound: float) -> bool:
    return score >= bound - ROUNDING
