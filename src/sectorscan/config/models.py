"""The frozen, strict models of the YAML."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
ScaleMethod = Literal["points", "minmax", "zscore", "percentile", "rank"]


class Strict(BaseModel):
    """Frozen, and a key that isn't known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(Strict):
    """How an indicator's value becomes 0-100. ``points`` when given, else ``method``."""

    method: ScaleMethod = "points"
    points: tuple[tuple[Finite, Finite], ...] | None = None
    log: bool = False


class CriterionConfig(Strict):
    """One indicator's weight inside its group, its scale and its direction."""

    weight: NonNegative
    scale: Scale | None = None
    direction: Literal["max", "min"] = "max"


class GroupConfig(Strict):
    """A group of criteria and its weight."""

    weight: NonNegative
    indicators: dict[str, CriterionConfig]


class GateTest(Strict):
    """A bound on one indicator; it describes what triggers the gate."""

    indicator: str
    below: Finite | None = None
    above: Finite | None = None


class GateConfig(Strict):
    """A gate: one test, or all of several, and what it does."""

    indicator: str | None = None
    below: Finite | None = None
    above: Finite | None = None
    all_of: tuple[GateTest, ...] | None = None
    effect: Literal["exclude", "hold", "caution"]


class RegionConfig(Strict):
    """The region: the areas that are summed into it."""

    name: str | None = None
    areas: tuple[str, ...]


class PeriodConfig(Strict):
    """First and last year; equal for one year."""

    base: int
    end: int


class SectorEntry(Strict):
    """A named bundle of NAICS codes, optionally with its own areas."""

    name: str
    naics: tuple[str, ...]
    areas: tuple[str, ...] | None = None


class SectorsConfig(Strict):
    """Every industry of a level, or bundles from a file or a list."""

    level: Literal["sector", "3-digit", "4-digit", "5-digit", "6-digit"] | None = None
    bundles: str | None = None
    list: tuple[SectorEntry, ...] | None = None


class RobustnessConfig(Strict):
    """Draws, seed and the reading of weight uncertainty."""

    draws: int = 10000
    seed: int = 1
    weights: Literal["near", "any"] = "near"
    spread: float = 0.25


class OutputsConfig(Strict):
    """How many sectors are on the shortlist."""

    top: int = 5


class Config(Strict):
    """The whole config, with every default filled in (the resolved form)."""

    version: Literal[1] = 1
    extends: str | None = None
    region: RegionConfig | None = None
    benchmark: str | tuple[str, ...] | None = None
    ownership: Literal["private", "all"] = "private"
    lq_base: Literal["same-ownership", "all-covered"] = "same-ownership"
    period: PeriodConfig | None = None
    sectors: SectorsConfig = SectorsConfig()
    columns: dict[str, str] = {}
    criteria: dict[str, GroupConfig]
    aggregation: Literal["arithmetic", "geometric"] = "arithmetic"
    missing: Literal["renormalise", "neutral", "worst", "exclude"] = "renormalise"
    min_coverage: Annotated[float, Field(ge=0, le=1)] = 0.7
    gates: tuple[GateConfig, ...] = ()
    readiness: str | None = None
    robustness: RobustnessConfig = RobustnessConfig()
    outputs: OutputsConfig = OutputsConfig()
