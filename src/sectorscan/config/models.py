"""The frozen, strict models of the YAML."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sectorscan.config.checks import exclusion_problems, name_problems
from sectorscan.config.criteria import (
    Criteria,
    CriterionConfig,
    Effect,
    GateConfig,
    GateTest,
    GroupConfig,
    Scale,
    ScaleMethod,
    Strict,
)
from sectorscan.config.fields import (
    Benchmark,
    Codes,
    Header,
    NaicsCodes,
    Problem,
    Text,
    as_number,
    as_whole,
    refuse,
)
from sectorscan.config.plan import PlanConfig
from sectorscan.config.project import Inputs, OutputsConfig
from sectorscan.config.regions import RegionEntry, RegionsConfig
from sectorscan.config.robustness import RobustnessConfig
from sectorscan.config.scorecard import Day, Paths, QuestionConfig, Scorecard
from sectorscan.errors import nearest
from sectorscan.tables.names import NAMES

__all__ = [
    "BundlesFile",
    "Config",
    "CriterionConfig",
    "Effect",
    "GateConfig",
    "GateTest",
    "GroupConfig",
    "Level",
    "OutputsConfig",
    "PeriodConfig",
    "PlanConfig",
    "QuestionConfig",
    "RegionConfig",
    "RegionEntry",
    "RegionsConfig",
    "RobustnessConfig",
    "Scale",
    "ScaleMethod",
    "SectorEntry",
    "SectorsConfig",
    "Strict",
]

Level = Literal["sector", "3-digit", "4-digit", "5-digit", "6-digit"]
Year = Annotated[int, Field(ge=1900, le=2200), BeforeValidator(as_whole)]
Quarter = Annotated[int, Field(ge=1, le=4), BeforeValidator(as_whole)]

Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(as_number)]
Positive = Annotated[float, Field(gt=0), BeforeValidator(as_number)]
ThresholdName = Literal["new_hire_annual_pay"]
Version = Annotated[Literal[1], BeforeValidator(lambda given: 1 if given == "1" else given)]


class RegionConfig(Strict):
    """The region: the areas that are summed into it."""

    name: Text | None = Field(default=None, description="The region's name in reports.")
    areas: Codes = Field(
        description="Area codes that are summed into one region, or one code as the tables have"
        " it. Codes are text: 01001 keeps its zero."
    )

    @model_validator(mode="before")
    @classmethod
    def _areas_alone(cls, given: object) -> object:
        return {"areas": given} if isinstance(given, str | list | tuple) else given


class PeriodConfig(Strict):
    """First and last year, equal for one year, and perhaps the quarter that is compared."""

    base: Year | None = Field(default=None, description="The first year.")
    end: Year | None = Field(
        default=None, description="The last year; the same as base for one year (no growth)."
    )
    quarter: Quarter | None = Field(
        default=None,
        description="Of quarterly QCEW files, 1 to 4: this quarter of each year is compared. By"
        " default whole years, else the latest quarter that they all have.",
    )

    @model_validator(mode="before")
    @classmethod
    def _one_year(cls, given: object) -> object:
        if isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if isinstance(given, str):
            years = re.fullmatch(r"\s*(\d{4})(?:\s*:\s*(\d{4}))?\s*", given, re.ASCII)
            if years is None:
                remedy = "Write period: {base: 2020, end: 2023}, or one year."
                refuse(Problem((), "must be two years or one", remedy))
            return {"base": years[1], "end": years[2] or years[1]}
        return given

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year, None where only a quarter is chosen."""
        return None if self.base is None or self.end is None else (self.base, self.end)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.base is None or self.end is None:
            given = {"base": self.base, "end": self.end}
            absent = [key for key, year in given.items() if year is None]
            if self.quarter is None or len(absent) == 1:
                remedy = "Write both years: {base: 2020, end: 2023}."
                refuse(*(Problem((key,), "is missing", remedy) for key in absent))
            return self
        if self.base > self.end:
            what = f"{self.base} is after the end, {self.end}"
            refuse(Problem(("base",), what, "Swap the two."))
        return self


class SectorEntry(Strict):
    """A named bundle of NAICS codes, optionally with its own areas."""

    name: Text = Field(description="The sector's name in reports.")
    naics: NaicsCodes = Field(
        description="NAICS codes, 2 to 6 digits, or ranges (31-33, 311-316), none inside another."
    )
    excluded: NaicsCodes | None = Field(
        default=None,
        alias="except",
        description="Codes or ranges inside those of naics that don't count: 3254 of 325.",
    )
    areas: Codes | None = Field(
        default=None, description="The sector's own areas, where it doesn't span the region."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems = exclusion_problems(self.naics, self.excluded or ())
        return refuse(*problems) if problems else self


def _check_names(entries: tuple[SectorEntry, ...]) -> tuple[SectorEntry, ...]:
    problems = name_problems([entry.name for entry in entries], "sector")
    return refuse(*problems) if problems else entries


SectorEntries = Annotated[tuple[SectorEntry, ...], AfterValidator(_check_names)]


class SectorsConfig(Strict):
    """Every industry of a level, or bundles from a file or a list."""

    level: Level | None = Field(
        default=None,
        description="Every industry of this level is a candidate: sector, 3-digit, 4-digit,"
        " 5-digit or 6-digit. By default 3-digit, else what the tables have.",
    )
    bundles: Text | None = Field(
        default=None,
        description="Instead: a file of named sectors beside the config, or the shipped"
        " sectors-common.yaml.",
    )
    list: SectorEntries | None = Field(default=None, description="Instead: the sectors, here.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        given = [key for key in ("level", "bundles", "list") if getattr(self, key) is not None]
        if len(given) > 1:
            what = f"stands beside {given[0]}: candidates come from one of level, bundles and list"
            refuse(*(Problem((key,), what, "Keep one.") for key in given[1:]))
        return self


class BundlesFile(Strict):
    """A file of named sectors, such as ``sectors-common.yaml``."""

    version: Version = Field(default=1, description="The format's version: 1.")
    sectors: SectorEntries = Field(description="The sectors.")


def _check_columns(columns: dict[str, str]) -> dict[str, str]:
    problems = [
        Problem((name,), f"is not a column that the tables have.{nearest(name, NAMES)}",
                "Write our name first, then the file's header: employment: jobs_2023.", True)
        for name in columns
        if name not in NAMES
    ]  # fmt: skip
    return refuse(*problems) if problems else columns


class Config(Strict):
    """The whole config, with every default filled in (the resolved form)."""

    version: Version = Field(default=1, description="The config format's version: 1.")
    extends: Text | None = Field(
        default=None,
        description="A shipped preset's name, or another config beside this file, to start from:"
        " keys merge, lists are replaced, null takes away.",
    )
    region: RegionConfig | None = Field(
        default=None, description="The region. By default the tables' only one."
    )
    regions: RegionsConfig | None = Field(
        default=None,
        description="The regions of rank --all-regions: a list of names with their areas, or every"
        " county, state or msa of the inputs.",
    )
    benchmark: Benchmark | None = Field(
        default=None,
        description="The reference area: an area in the inputs, a list of areas, or all (the sum"
        " of every area given). By default US000 or US, where present.",
    )
    ownership: Literal["private", "all"] = Field(
        default="private", description="private industry, or all ownerships."
    )
    lq_base: Literal["same-ownership", "all-covered"] = Field(
        default="same-ownership",
        description="The location quotient's denominator: same-ownership (all industries of the"
        " same ownership) or all-covered (of all ownerships, as BLS publishes it).",
    )
    period: PeriodConfig | None = Field(
        default=None, description="First and last year. By default the widest in the tables."
    )
    sectors: SectorsConfig = Field(
        default=SectorsConfig(), description="The candidates: one of level, bundles and list."
    )
    thresholds: dict[ThresholdName, Positive] = Field(
        default={},
        description="Your own thresholds, by indicator: new_hire_annual_pay, in dollars a year,"
        " such as a living wage. None is built in.",
    )
    columns: Annotated[dict[str, Header], AfterValidator(_check_columns)] = Field(
        default={},
        description="Our column name to the file's header, where it isn't recognised.",
    )
    criteria: Criteria = Field(
        description="Groups of indicators with their weights. By default those of balanced."
    )
    aggregation: Literal["arithmetic", "geometric"] = Field(
        default="arithmetic",
        description="arithmetic (a weighted mean) or geometric (a low score can't be fully"
        " bought back).",
    )
    missing: Literal["renormalise", "neutral", "worst", "exclude"] = Field(
        default="renormalise",
        description="What a missing value does: renormalise (the known weights count), neutral"
        " (50), worst (0), or exclude (the sector isn't ranked).",
    )
    min_coverage: Share = Field(
        default=0.7, description="A sector with a smaller share of known weight isn't ranked."
    )
    gates: tuple[GateConfig, ...] = Field(
        default=(), description="What excludes, holds or cautions. Given, they replace balanced's."
    )
    inputs: Inputs | None = Field(
        default=None,
        description="Folders or files with the figures, beside the config, where a command names"
        " none. Without any table in them, the synthetic sample.",
    )
    readiness: Paths | None = Field(
        default=None,
        description="Filled scorecards beside the config: a folder of them, a workbook, or a list."
        " A folder that is empty as yet counts for nothing.",
    )
    scorecard: Scorecard = Field(
        default={},
        description="The readiness scorecard's questions, each by its name. By default those of"
        " configs/scorecard.yaml; an inherited one goes with null.",
    )
    as_of: Day | None = Field(
        default=None,
        description="The day from which readiness ratings are looked back on: older than 12 months"
        " is stale. By default the latest date in the scorecards.",
    )
    plan: PlanConfig = Field(default=PlanConfig(), description="The launch order.")
    robustness: RobustnessConfig = Field(
        default=RobustnessConfig(), description="How far the ranking can be trusted."
    )
    outputs: OutputsConfig = Field(default=OutputsConfig(), description="What is reported.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        """Check that limits are of criteria."""
        names = [name for group in self.criteria.values() for name in group.indicators]
        problems = [
            Problem(("robustness", "limits", name), "is no criterion of this config",
                    f"Give limits of a criterion alone.{nearest(name, names)}")
            for name in self.robustness.limits
            if name not in names
        ]  # fmt: skip
        return refuse(*problems) if problems else self
