"""The launch order of a shortlist.

from sectorscan.scan.plan import plan

found = plan(shortlist)
"""

from __future__ import annotations

from dataclasses import dataclass

from sectorscan.advice.launch_contenders import contenders
from sectorscan.advice.launch_model import LaunchOrder
from sectorscan.advice.launch_order import launch_order
from sectorscan.advice.launch_words import Told, tell, tell_in_short
from sectorscan.scan.model import Shortlist


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided, and the board's questions with what is said to each, whole and in short.

    ``in_short`` is empty where nobody rated a sector.
    """

    order: LaunchOrder
    told: tuple[Told, ...]
    in_short: tuple[Told, ...]


def plan(shortlist: Shortlist) -> Plan:
    """Return in which order the shortlist's sectors are launched, and why.

    Without scorecards nothing is scheduled, and that is said.
    """
    config = shortlist.config
    order = launch_order(
        contenders(shortlist.ranking, shortlist.standings, shortlist.robustness),
        config.plan,
        config.outputs.top,
    )
    lacking = {one.sector: one.lacking for one in shortlist.recommendations}
    unranked = _rated_but_unranked(shortlist)
    told = tell(order, config.scorecard, lacking, unranked)
    return Plan(order, told, tell_in_short(order, config.scorecard, lacking))


def _rated_but_unranked(shortlist: Shortlist) -> tuple[str, ...]:
    ranking = shortlist.ranking
    return tuple(
        sector.title or sector.id
        for sector, why_not in zip(ranking.indicators.sectors, ranking.exclusion, strict=True)
        if why_not is not None
        and (own := shortlist.standings.get(sector.id)) is not None
        and own.readiness is not None
        and own.readiness.score is not None
    )
