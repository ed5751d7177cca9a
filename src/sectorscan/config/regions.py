"""The models of ``regions:``, the regions that are ranked in one run."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sectorscan.config.checks import name_problems
from sectorscan.config.criteria import Strict
from sectorscan.config.fields import Codes, Problem, Text, refuse
from sectorscan.sources.states import fips_of

Every = Literal["county", "state", "msa", "area"]


class RegionEntry(Strict):
    """A named region: the areas that are summed into it."""

    name: Text = Field(description="The region's name in reports.")
    areas: Codes = Field(description="Area codes that are summed into this region.")


def _check_names(entries: tuple[RegionEntry, ...]) -> tuple[RegionEntry, ...]:
    problems = name_problems([entry.name for entry in entries], "region")
    return refuse(*problems) if problems else entries


class RegionsConfig(Strict):
    """Named regions, or every area of a kind that the inputs have."""

    list: Annotated[tuple[RegionEntry, ...], AfterValidator(_check_names)] | None = Field(
        default=None, description="The regions, each a name and its areas."
    )
    every: Every | None = Field(
        default=None,
        description="Instead: each area of this kind in the inputs is a region of its own: county"
        " (five digits, without statewide rows and places unknown), state, msa (C and four"
        " digits), or area (any but the benchmark, where codes are names, say).",
    )
    states: Codes | None = Field(
        default=None,
        description="With every county or state: only those of these states, by their first two"
        " digits (39) or postal letters (OH).",
    )

    @model_validator(mode="before")
    @classmethod
    def _list_alone(cls, given: object) -> object:
        return {"list": given} if isinstance(given, list | tuple) else given

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems = []
        if self.list is not None and self.every is not None:
            what = "stands beside list: regions are named, or every area of a kind"
            problems.append(Problem(("every",), what, "Keep one."))
        if self.list is None and self.every is None:
            remedy = "Write every: county, or a list: - {name: North, areas: [...]}."
            problems.append(Problem((), "names no regions", remedy))
        for place, state in enumerate(self.states or ()):
            if fips_of(state) is None:
                remedy = "Write two digits or two letters, such as 39 or OH."
                problems.append(Problem(("states", place), "is no state", remedy))
        if self.states is not None and self.every not in ("county", "state"):
            remedy = "Take states away, or write every: county."
            problems.append(Problem(("states",), "goes with every: county or state", remedy))
        return refuse(*problems) if problems else self
