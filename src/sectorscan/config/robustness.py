"""The model of what is drawn, and of what could be reached."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from sectorscan.config.criteria import Strict
from sectorscan.config.fields import Number, Problem, Text, as_number, as_whole, refuse

LARGEST_SEED = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""

Draws = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(as_whole)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED), BeforeValidator(as_whole)]
Spread = Annotated[float, Field(gt=0, lt=1), BeforeValidator(as_number)]


def _check_limits(limits: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    problems = [
        Problem((name,), f"runs from {low:g} down to {high:g}", "Write the lower end first.")
        for name, (low, high) in limits.items()
        if low >= high
    ]
    return refuse(*problems) if problems else limits


class RobustnessConfig(Strict):
    """Draws, seed, the reading of weight uncertainty, and what could be reached."""

    draws: Draws = Field(
        default=10000,
        description="How many random draws tell how far the ranking can be trusted; 0 for none.",
    )
    seed: Seed = Field(
        default=1, description="The draws' seed: the same seed gives the same draws."
    )
    weights: Literal["near", "any"] = Field(
        default="near", description="near (weights around these) or any (all possible weights)."
    )
    spread: Spread = Field(
        default=0.25, description="With near: how far each weight may move, 0.25 for a quarter."
    )
    limits: Annotated[dict[Text, tuple[Number, Number]], AfterValidator(_check_limits)] = Field(
        default={},
        description="The lowest and highest value that an indicator may come to where the cheapest"
        " way onto the shortlist is looked for: pay_vs_region: [0.8, 1.2]. By default the ends of"
        " its scale, or the candidates' lowest and highest.",
    )
