"""The decision matrix and the ranking: one immutable object each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Scale
from sectorscan.indicators.model import IndicatorTable
from sectorscan.tables.model import FloatArray, Sector

Tier = Literal["launch", "prepare", "support", "monitor", "economic case only"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """An indicator with a scale and a weight.

    ``weight`` is the effective weight (all criteria's sum to 1), ``direction`` "max" or "min".
    """

    id: str
    group: str
    weight: float
    scale: Scale
    direction: Literal["max", "min"] = "max"


@dataclass(frozen=True, slots=True)
class DecisionMatrix:
    """S alternatives x C criteria: values with their ends, NaN missing, +-inf unbounded."""

    sectors: tuple[Sector, ...]
    criteria: tuple[Criterion, ...]
    low: FloatArray
    value: FloatArray
    high: FloatArray
    aggregation: Literal["arithmetic", "geometric"]
    missing: Literal["renormalise", "neutral", "worst", "exclude"]
    min_coverage: float

    @property
    def weights(self) -> FloatArray:
        """The (C,) effective weights."""
        return np.array([criterion.weight for criterion in self.criteria], dtype=float)


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """What one gate says of one sector.

    ``triggered`` False with ``unknown`` True: a value was missing, so it couldn't trigger.
    ``straddles``: the value's interval reaches over the bound. ``tests`` names what was compared:
    (indicator, "below" or "above", bound, value), value NaN where missing.
    """

    effect: Literal["exclude", "hold", "caution"]
    triggered: bool
    unknown: bool
    straddles: bool
    tests: tuple[tuple[str, str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores and ranks of every candidate, in the matrix's order (S,).

    ``rank`` is 0 for the unranked (``exclusion`` then says why: "gate", "coverage", "missing").
    ``scaled`` and ``contribution`` are (S, C), NaN where missing; ``would_rank`` (S,) is the rank
    that an unranked sector would have had (0 where it has no score, and for the ranked).
    ``gates[s]`` are the outcomes of every gate for sector s. ``order`` lists the ranked alone, best
    first, ties by sector id.
    """

    matrix: DecisionMatrix
    indicators: IndicatorTable
    scaled: FloatArray
    contribution: FloatArray
    score: FloatArray
    score_low: FloatArray
    score_high: FloatArray
    coverage: FloatArray
    rank: npt.NDArray[np.int64]
    tied: npt.NDArray[np.bool_]
    would_rank: npt.NDArray[np.int64]
    exclusion: tuple[str | None, ...]
    tier: tuple[Tier | None, ...]
    gates: tuple[tuple[GateOutcome, ...], ...]
    order: tuple[int, ...]
    cautions: tuple[str, ...] = ()
