"""All that can be said of how far a ranking can be trusted, and of what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.config.models import Config
from sectorscan.robustness.assumptions import which_matters
from sectorscan.robustness.combination import Combination, cheapest
from sectorscan.robustness.draws import pool
from sectorscan.robustness.examination import MOST_COMBINATIONS, Examination
from sectorscan.robustness.flips import flips, ranges_when_first
from sectorscan.robustness.hygiene import hygiene
from sectorscan.robustness.methods import other_ways
from sectorscan.robustness.model import Acceptability
from sectorscan.robustness.needed import needed_for_place
from sectorscan.robustness.stability import stabilities
from sectorscan.robustness.trust import Told, count, drawing, summary
from sectorscan.robustness.worth import worth_finding_out
from sectorscan.scoring.model import Ranking

READINGS: dict[str, tuple[str | None, bool]] = {
    "near": ("near", True),
    "any": ("any", True),
    "near_alone": ("near", False),
    "any_alone": ("any", False),
    "figures_alone": (None, True),
}
"""Each reading's weights, and whether withheld figures are drawn with them."""


def examine(ranking: Ranking, config: Config, told: Told | None = None) -> Examination | None:
    """Return everything; None where nobody is ranked. Without draws the exact parts alone."""
    if not ranking.order:
        return None
    base = pool(ranking, config)
    top = config.outputs.top
    readings: dict[str, Acceptability] = {}
    whole = None
    if config.robustness.draws:
        drawings = [drawing(config, w, figures=figures) for w, figures in READINGS.values()]
        counted = dict(zip(READINGS, count(base, drawings, told), strict=True))
        readings = {name: one.acceptability for name, one in counted.items()}
        whole = summary(base, counted[config.robustness.weights])
    ids = {s: ranking.matrix.sectors[s].id for s in ranking.order}
    listed = [s for s in ranking.order if ranking.rank[s] <= top]
    below = [s for s in ranking.order if ranking.rank[s] > top]
    return Examination(
        robustness=whole,
        readings=readings,
        stabilities=stabilities(ranking, top),
        flips=flips(ranking),
        needed={ids[s]: needed_for_place(ranking, s, 1) for s in ranking.order},
        to_shortlist={ids[s]: needed_for_place(ranking, s, top) for s in below},
        cheapest_first=_cheapest(ranking, config, [s for s in listed if ranking.rank[s] > 1], 1),
        cheapest_listed=_cheapest(ranking, config, below[:MOST_COMBINATIONS], top),
        when_first=ranges_when_first(ranking, listed),
        worth=worth_finding_out(base),
        hygiene=hygiene(ranking),
        assumptions=which_matters(base) if config.robustness.draws else None,
        ways=other_ways(base),
    )


def _cheapest(
    ranking: Ranking, config: Config, sectors: Sequence[int], place: int
) -> dict[str, Combination | None]:
    """Return by sector the least change of figures that brings it to a place."""
    limits = config.robustness.limits
    return {ranking.matrix.sectors[s].id: cheapest(ranking, s, place, limits) for s in sectors}
