"""The model of the launch order: what it weighs, and how much a team can carry."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from sectorscan.config.criteria import Strict
from sectorscan.config.fields import Problem, Weight, as_whole, refuse

Capacity = Annotated[int, Field(ge=1, le=50), BeforeValidator(as_whole)]
Years = Annotated[int, Field(ge=1, le=20), BeforeValidator(as_whole)]


class PlanWeights(Strict):
    """What the order weighs; each is brought to 0-100, only the proportions count."""

    economic: Weight = Field(default=40, description="Weight of the economic score.")
    readiness: Weight = Field(default=30, description="Weight of the readiness score.")
    early_win: Weight = Field(
        default=15, description="Weight of the scorecard's question early_win, level 4 for 100."
    )
    p_top: Weight = Field(
        default=15,
        description="Weight of the share of random draws in which a sector is on the shortlist.",
    )
    support_team: Weight = Field(
        default=0, description="Weight of the scorecard's question support_team, level 4 for 100."
    )
    critical_mass: Weight = Field(
        default=0, description="Weight of the scorecard's question critical_mass, level 4 for 100."
    )
    landscape: Weight = Field(
        default=0, description="Weight of the scorecard's question landscape, level 4 for 100."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not any(dict(self).values()):
            refuse(Problem((), "has weights that are all 0", "Give one of them a weight."))
        return self


class PlanConfig(Strict):
    """The order in which partnerships are launched, and the team's capacity."""

    capacity: Capacity = Field(
        default=2,
        description="How many partnerships may be launched in a year. In the first year it is one.",
    )
    years: Years = Field(default=3, description="How many years the plan looks ahead.")
    convener_years: Years = Field(
        default=1,
        description="For how many years a convener carries one sector and can take no other.",
    )
    weights: PlanWeights = Field(default=PlanWeights(), description="What the order weighs.")
