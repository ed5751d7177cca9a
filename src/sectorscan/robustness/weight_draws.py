"""Weights drawn at random, groups first, then inside each group; zero weights stay zero.

``near``: each weight times U(1 - spread, 1 + spread), renormalised. ``any``: uniform on the simplex
by normalised exponential draws (Lahdelma and Salminen 2001, Operations Research 49(3):444-454:
stochastic multicriteria acceptability analysis); U(0, 1) over its sum would favour the middle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Config
from sectorscan.tables.model import FloatArray


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The weights as configured: ``outer`` (G,) of the groups, ``inner`` (C,) inside them.

    ``group`` (C,) is each criterion's group; criteria of one group stand together.
    """

    outer: FloatArray
    inner: FloatArray
    group: npt.NDArray[np.intp]

    @property
    def starts(self) -> npt.NDArray[np.intp]:
        """The position of each group's first criterion, (G,)."""
        return np.searchsorted(self.group, np.arange(len(self.outer)))

    def effective(self, outer: FloatArray, inner: FloatArray) -> FloatArray:
        """Return (..., C) effective weights, which sum to 1, of (..., G) and (..., C) weights."""
        totals = np.add.reduceat(inner, self.starts, axis=-1)
        inside = inner / np.where(totals > 0, totals, 1.0)[..., self.group]
        outer = np.where(totals > 0, outer, 0.0)
        shares = outer / outer.sum(axis=-1, keepdims=True)
        return np.asarray(shares[..., self.group] * inside)


def hierarchy(config: Config) -> Hierarchy:
    """Return a config's weights by group, each scaled so that huge ones don't overflow."""
    groups = list(config.criteria.values())
    sizes = [len(group.indicators) for group in groups]
    outer = np.array([group.weight for group in groups], dtype=float)
    inner = [np.array([c.weight for c in group.indicators.values()]) for group in groups]
    return Hierarchy(
        outer / max(outer.max(initial=0.0), np.finfo(float).tiny),
        np.concatenate([w / max(w.max(initial=0.0), np.finfo(float).tiny) for w in inner]),
        np.repeat(np.arange(len(groups)), sizes),
    )


def near(random: np.random.Generator, given: Hierarchy, draws: int, spread: float) -> FloatArray:
    """Return (draws, C) effective weights: each within ``spread`` of its own, renormalised."""
    low, high = 1 - spread, 1 + spread
    outer = given.outer * random.uniform(low, high, (draws, len(given.outer)))
    inner = given.inner * random.uniform(low, high, (draws, len(given.inner)))
    return given.effective(outer, inner)


def anywhere(random: np.random.Generator, given: Hierarchy, draws: int, _: float) -> FloatArray:
    """Return (draws, C) effective weights, uniform over all weights of groups and inside them."""
    outer = np.where(given.outer > 0, random.standard_exponential((draws, len(given.outer))), 0.0)
    inner = np.where(given.inner > 0, random.standard_exponential((draws, len(given.inner))), 0.0)
    return given.effective(outer, inner)


Drawn = Callable[[np.random.Generator, Hierarchy, int, float], FloatArray]
WEIGHTS: dict[str, Drawn] = {"near": near, "any": anywhere}
"""How weights are drawn, by the config's ``robustness: weights``."""
