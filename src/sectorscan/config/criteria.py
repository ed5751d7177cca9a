"""The models of criteria and gates: what is weighed, how it is scaled, what keeps a sector out."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sectorscan.config.checks import (
    bound_problems,
    gate_problems,
    repeated_indicators,
    scale_problems,
    weight_problems,
)
from sectorscan.config.fields import Flag, Number, Points, Problem, Text, Weight, refuse

ScaleMethod = Literal["points", "minmax", "zscore", "percentile", "rank"]
Effect = Literal["exclude", "hold", "caution"]


class Strict(BaseModel):
    """Frozen, and a key that isn't known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(Strict):
    """How an indicator's value becomes 0-100. ``points`` when given, else ``method``."""

    method: ScaleMethod = Field(
        default="points",
        description="points (the same answer whatever other candidates are in the list), or one"
        " that depends on the candidates: minmax, zscore, percentile, rank.",
    )
    points: Points | None = Field(
        default=None,
        description="[value, score] pairs, values rising, scores 0 to 100; straight lines between"
        " them, flat outside. Falling scores mean that less is better.",
    )
    log: Flag = Field(
        default=False, description="With points: straight lines in the logarithm of the value."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems = scale_problems(self.method, self.points, self.log)
        return refuse(*problems) if problems else self


class CriterionConfig(Strict):
    """One indicator's weight inside its group, its scale and its direction."""

    weight: Weight = Field(
        description="Its share inside the group: any number, only the proportions count."
    )
    scale: Scale | None = Field(
        default=None,
        description="How its value becomes 0-100. By default the indicator's own points; an"
        " indicator of your own needs a scale.",
    )
    direction: Literal["max", "min"] = Field(
        default="max",
        description="Whether more (max) or less (min) is better; points say so themselves.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.direction == "min" and self.scale is not None and self.scale.method == "points":
            what = "min doesn't go with points, which state their own direction"
            remedy = "Write points with falling scores, or scale: {method: minmax}."
            refuse(Problem(("direction",), what, remedy))
        return self


class GroupConfig(Strict):
    """A group of criteria and its weight."""

    weight: Weight = Field(description="The group's share: any number, only the proportions count.")
    indicators: dict[Text, CriterionConfig] = Field(
        description="The group's indicators, each by its name. An inherited one goes with null."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.indicators and self.weight > 0:
            remedy = "Add one, or take the group away with null."
            refuse(Problem(("indicators",), "has no indicator", remedy))
        return self


class GateTest(Strict):
    """A bound on one indicator; it describes what triggers the gate."""

    indicator: Text = Field(description="The indicator that is tested.")
    below: Number | None = Field(default=None, description="Triggered by a value below this.")
    above: Number | None = Field(default=None, description="Triggered by a value above this.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems = bound_problems(self.below, self.above)
        return refuse(*problems) if problems else self


class GateConfig(Strict):
    """A gate: one test, or all of several, and what it does."""

    indicator: Text | None = Field(default=None, description="The indicator that is tested.")
    below: Number | None = Field(default=None, description="Triggered by a value below this.")
    above: Number | None = Field(default=None, description="Triggered by a value above this.")
    all_of: tuple[GateTest, ...] | None = Field(
        default=None, description="Instead of one test: several, which must all be triggered."
    )
    effect: Effect = Field(
        description="exclude (not ranked, listed with the reason), hold (ranked, but never"
        " launch), or caution (a sentence)."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.all_of is not None and not self.all_of:
            refuse(Problem(("all_of",), "is an empty list", "Write at least one test."))
        problems = gate_problems(self.indicator, self.below, self.above, self.all_of is not None)
        return refuse(*problems) if problems else self


def _check_criteria(criteria: dict[str, GroupConfig]) -> dict[str, GroupConfig]:
    problems = repeated_indicators({name: group.indicators for name, group in criteria.items()})
    problems += weight_problems(
        {
            name: (group.weight, {key: c.weight for key, c in group.indicators.items()})
            for name, group in criteria.items()
        }
    )
    return refuse(*problems) if problems else criteria


Criteria = Annotated[dict[Text, GroupConfig], AfterValidator(_check_criteria)]
