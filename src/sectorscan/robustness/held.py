"""A criterion's scale as it stands now, read backwards: which raw value scores so much.

Scales that depend on the candidates are held where the present candidates set them: minimum and
maximum, mean and standard deviation, or the present values to be counted. Everything here is in
*oriented* values: more is better, except on ``points`` that bend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sectorscan.scoring.model import Criterion, Ranking
from sectorscan.scoring.scales import DATA_DEPENDENT, is_constant
from sectorscan.tables.model import FloatArray

FULL = 100.0
ENOUGH = 1e-9
"""A 0-100 value that falls short by less than this is rounding."""
FINE = 48
"""In so many straight pieces a curved scale (zscore) is cut where pieces are asked for."""


@dataclass(frozen=True, slots=True)
class Held:
    """One criterion's scale over oriented values.

    ``x`` and ``v`` (P,) are its corners: straight between them and flat outside, in the logarithm
    where ``log``. ``steps``: only the corners themselves count. ``normal`` is (mean, sd) of a
    zscore, whose corners only approach it.
    """

    x: FloatArray
    v: FloatArray
    sign: float
    log: bool = False
    steps: bool = False
    normal: tuple[float, float] | None = None

    def nearest(self, value: float, needed: float) -> float | None:
        """Return the raw value nearest to one (NaN: the least demanding) that scores ``needed``.

        None where the scale doesn't reach it.
        """
        if needed > FULL + ENOUGH:
            return None
        crossing = self._crossings(min(needed, FULL))
        if not crossing.size:
            return None
        if np.isnan(value):
            return float(self.sign * crossing[0 if self.v[-1] >= self.v[0] else -1])
        return float(self.sign * crossing[np.argmin(np.abs(crossing - self.sign * value))])

    def _crossings(self, needed: float) -> FloatArray:
        """Return the oriented values, rising, at which the score comes to ``needed`` or passes."""
        if self.normal is not None:
            from scipy.special import ndtri

            mean, sd = self.normal
            found = mean + sd * ndtri(needed / FULL)
            return np.array([found]) if np.isfinite(found) else np.empty(0)
        at = self.x[self.v >= needed - ENOUGH]
        if self.steps or len(self.x) < 2:
            return at
        x = np.log10(self.x) if self.log else self.x
        below, above = self.v[:-1] - needed, self.v[1:] - needed
        cuts = np.flatnonzero(below * above < 0)
        share = below[cuts] / (below[cuts] - above[cuts])
        inner = x[cuts] + share * (x[cuts + 1] - x[cuts])
        return np.sort(np.append(at, 10**inner if self.log else inner))


def held(ranking: Ranking, place: int) -> Held | None:
    """Return the scale of the criterion at a place, None where it tells nobody apart."""
    criterion = ranking.matrix.criteria[place]
    scale = criterion.scale
    if scale.method == "points":
        corners = np.asarray(scale.points, dtype=float)
        return Held(corners[:, 0], corners[:, 1], 1.0, log=scale.log)
    sign = -1.0 if criterion.direction == "min" else 1.0
    reference = sign * reference_values(ranking, place)
    if not reference.size or is_constant(reference):
        return None
    return _data_dependent(criterion, reference, sign)


def reference_values(ranking: Ranking, place: int) -> FloatArray:
    """Return the raw values that set a scale: the known ones of those past gates and coverage."""
    value = ranking.matrix.value[:, place]
    return np.asarray(value[passing(ranking) & ~np.isnan(value)])


def passing(ranking: Ranking) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return (S,): who sets the scales, past the ``exclude`` gates and covered."""
    return np.array([reason not in ("gate", "coverage") for reason in ranking.exclusion])


def _data_dependent(criterion: Criterion, reference: FloatArray, sign: float) -> Held:
    method = criterion.scale.method
    low, high = reference.min(), reference.max()
    if method == "minmax":
        return Held(np.array([low, high]), np.array([0.0, FULL]), sign)
    if method == "zscore":
        x = np.linspace(low, high, FINE + 1)
        v = DATA_DEPENDENT[method](x, reference)
        mean, sd = float(reference.mean()), float(reference.std(ddof=1))
        return Held(x, v, sign, normal=(mean, sd))
    values = np.unique(reference)
    x = np.sort(np.concatenate([values, np.nextafter(values, np.inf)]))
    return Held(x, DATA_DEPENDENT[method](x, reference), sign, steps=True)
