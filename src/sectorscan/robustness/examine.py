"""All that can be said of how far a ranking can be trusted, and of what would change it."""

from __future__ import annotations

from sectorscan.config.models import Config
from sectorscan.robustness.draws import pool
from sectorscan.robustness.examination import Examination
from sectorscan.robustness.flips import flips
from sectorscan.robustness.hygiene import hygiene
from sectorscan.robustness.methods import other_ways
from sectorscan.robustness.model import Acceptability
from sectorscan.robustness.needed import needed_for_place
from sectorscan.robustness.stability import stabilities
from sectorscan.robustness.trust import count, drawing, summary
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


def examine(ranking: Ranking, config: Config) -> Examination | None:
    """Return everything; None where nobody is ranked. Without draws the exact parts alone."""
    if not ranking.order:
        return None
    base = pool(ranking, config)
    top = config.outputs.top
    readings: dict[str, Acceptability] = {}
    whole = None
    if config.robustness.draws:
        drawings = [drawing(config, w, figures=figures) for w, figures in READINGS.values()]
        counted = dict(zip(READINGS, count(base, drawings), strict=True))
        readings = {name: one.acceptability for name, one in counted.items()}
        whole = summary(base, counted[config.robustness.weights])
    ids = {s: ranking.matrix.sectors[s].id for s in ranking.order}
    return Examination(
        robustness=whole,
        readings=readings,
        stabilities=stabilities(ranking, top),
        flips=flips(ranking),
        needed={ids[s]: needed_for_place(ranking, s, 1) for s in ranking.order},
        to_shortlist={
            ids[s]: needed_for_place(ranking, s, top)
            for s in ranking.order
            if ranking.rank[s] > top
        },
        worth=worth_finding_out(base),
        hygiene=hygiene(ranking),
        ways=other_ways(base),
    )
