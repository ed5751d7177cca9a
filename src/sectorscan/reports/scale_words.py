"""What 0, 50 and 100 points mean on a criterion's scale, in the criterion's own unit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from sectorscan.reports.words import MINUS
from sectorscan.scoring.model import Criterion

SCORES = (0.0, 50.0, 100.0)
_AMONG = {
    "minmax": ("the {} of all sectors", "half-way between", "the {} of all sectors"),
    "zscore": ("far {} the average", "the average", "far {} the average"),
    "percentile": ("the {} of all sectors", "the middle sector", "the {} of all sectors"),
    "rank": ("the {} of all sectors", "the middle sector", "the {} of all sectors"),
}


def at_scores(criterion: Criterion, unit: str) -> tuple[str, str, str]:
    """Return the values that earn 0, 50 and 100 points, as text.

    A scale that doesn't reach one of them says what its nearest score is.
    """
    scale = criterion.scale
    if scale.method != "points" or scale.points is None:
        worst, middle, best = _AMONG.get(scale.method, _AMONG["minmax"])
        words = ("below", "above") if scale.method == "zscore" else ("lowest", "highest")
        low, high = words if criterion.direction == "max" else words[::-1]
        return worst.format(low), middle, best.format(high)
    low, middle, high = (_at(scale.points, score, unit, log=scale.log) for score in SCORES)
    return low, middle, high


def _at(points: Sequence[tuple[float, float]], score: float, unit: str, *, log: bool) -> str:
    scores = [one for _, one in points]
    reached = min(max(score, min(scores)), max(scores))
    aside = "" if reached == score else f" ({reached:g} points)"
    rising = all(a <= b for a, b in itertools.pairwise(scores))
    falling = all(a >= b for a, b in itertools.pairwise(scores))
    places = _crossings(points, reached, log=log)
    if min(scores) == max(scores):
        return f"any value{aside}"
    if not (rising or falling):
        return " and ".join(_shown(value, unit) for value in places) + aside
    if reached == min(scores):
        value, side = (places[-1], "or less") if rising else (places[0], "or more")
    elif reached == max(scores):
        value, side = (places[0], "or more") if rising else (places[-1], "or less")
    else:
        value, side = places[0], ""
    return f"{_shown(value, unit)} {side}".strip() + aside


def _shown(value: float, unit: str) -> str:
    """Return a value as it was written, or four digits of one that was worked out."""
    text = f"{abs(float(f'{value:.4g}')):,.12g}"
    if unit.startswith("USD"):
        text = f"${text}"
    elif unit.startswith("%"):
        text = f"{text} %"
    elif unit.startswith(("percentage point", "pp")):
        text = f"{text} pp"
    return f"{MINUS}{text}" if value < 0 else text


def _crossings(points: Sequence[tuple[float, float]], score: float, *, log: bool) -> list[float]:
    """Return the values at which the scale is at a score: ends of lines, and between them."""
    found = [value for value, one in points if one == score]
    for (left, low), (right, high) in itertools.pairwise(points):
        if min(low, high) < score < max(low, high):
            share = (score - low) / (high - low)
            found.append(
                math.exp(math.log(left) + share * (math.log(right) - math.log(left)))
                if log
                else left + share * (right - left)
            )
    return sorted(found)
