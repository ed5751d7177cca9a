"""Which assumption the ranking hangs on: the weights, the scale, the mean, what is not known.

All are left open at once, and the differences that come of it are shared out (``sobol``). An
assumption that can't change anything is left out, with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sectorscan.robustness.choices import (
    ASSUMPTIONS,
    FIGURE,
    MISSING,
    SCALE,
    WEIGHT,
    Choices,
    IntArray,
    choices,
    outcomes,
)
from sectorscan.robustness.draws import Pool
from sectorscan.robustness.sobol import Share, changes_something, design, independent, shares

SAMPLES = 2048
"""The size of each of the two samples that the shares are estimated from: a power of two."""


MEASURES = ("rank_change", "shortlist_changed", "shortlist_left")
"""What is shared out: the outcomes of ``choices.Outcomes`` by these names."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One of the things that could have been assumed otherwise.

    ``choices`` is how many ways of it were tried; ``rankings`` and ``shortlists`` are how many
    different ones they give where everything else is as in the ranking. ``shares`` maps a measure
    to this one's share of its variance, without those that differ too seldom to say. ``left_out``
    is why there are none: it can't change anything.
    """

    id: str
    choices: int
    rankings: int = 1
    shortlists: int = 1
    shares: Mapping[str, Share] = field(default_factory=dict)
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What each assumption does to the ranking, alone and together with the others.

    ``rankings`` counts how often the ranking was made, with ``samples`` rows in either of the two
    samples; ``means`` maps each measure to its mean over both. ``scales_left_out`` maps a scale
    method to the reason why it couldn't be tried.
    """

    samples: int
    rankings: int
    means: Mapping[str, float]
    each: tuple[Assumption, ...]
    scales_left_out: Mapping[str, str]


def which_matters(base: Pool, samples: int = SAMPLES) -> Assumptions:
    """Return what each assumption does to the ranking of a pool."""
    every = choices(base)
    each = [_alone(every, place) for place in range(len(ASSUMPTIONS))]
    left_open = [place for place, one in enumerate(each) if one.left_out is None]
    found = outcomes(every, _together(every, left_open, samples))
    measured = {name: getattr(found, name) for name in MEASURES}
    inputs, seed = len(left_open), base.config.robustness.seed
    moving = changes_something(found.ranking, inputs)
    shared = {name: shares(output, inputs, seed) for name, output in measured.items()}
    for own, place in enumerate(left_open):
        one = each[place]
        if one.rankings == 1 and not moving[own]:
            why = f"all its {one.choices:,} ways give the same ranks, alone and with the others"
            each[place] = replace(one, left_out=why)
        else:
            of = {name: all_of[own] for name, all_of in shared.items() if all_of is not None}
            each[place] = replace(one, shares=of)
    return Assumptions(
        samples=samples,
        rankings=len(found.ranking),
        means={n: float(independent(output, inputs).mean()) for n, output in measured.items()},
        each=tuple(each),
        scales_left_out=every.scales_left_out,
    )


def _alone(every: Choices, place: int) -> Assumption:
    """Return an assumption with how many outcomes its ways give, all else as in the ranking."""
    count, why = every.count[place], _cannot_matter(every, place)
    if why is not None:
        return Assumption(ASSUMPTIONS[place], count, left_out=why)
    chosen = np.tile(every.present, (count, 1))
    chosen[:, place] = np.arange(count)
    found = outcomes(every, chosen)
    rankings, shortlists = (len(np.unique(of)) for of in (found.ranking, found.shortlist))
    return Assumption(ASSUMPTIONS[place], count, rankings, shortlists)


def _cannot_matter(every: Choices, place: int) -> str | None:
    """Return why an assumption can't change a rank, None where it might."""
    base = every.base
    counting = (base.matrix.weights > 0) & base.playing
    if place == WEIGHT and (base.matrix.weights > 0).sum() == 1:
        return "only one criterion has a weight"
    if place == SCALE and every.count[SCALE] == 1:
        return (
            f"no other can be computed: {'; '.join(dict.fromkeys(every.scales_left_out.values()))}"
        )
    if place == MISSING and not np.isnan(base.matrix.value[:, counting]).any():
        return "no figure that counts is missing"
    if place == FIGURE and not base.figures.any:
        held = "those there are have no limit, so they keep their estimate"
        return held if base.figures.held else "no figure that counts is withheld"
    return None


def _together(every: Choices, left_open: Sequence[int], samples: int) -> IntArray:
    """Return the design's ways (n, 5): what isn't left open is as in the ranking."""
    points = design(len(left_open), samples, every.base.config.robustness.seed)
    chosen = np.tile(every.present, (len(points), 1))
    chosen[:, left_open] = (points * np.array(every.count)[left_open]).astype(np.intp)
    return chosen
