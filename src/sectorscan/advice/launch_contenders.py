"""What the launch order looks at, taken from a ranking, its scorecards and its draws."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sectorscan.advice.launch_model import TERMS, Contender
from sectorscan.readiness.model import SectorReadiness
from sectorscan.readiness.standing import Standing
from sectorscan.robustness.model import Robustness
from sectorscan.scoring.model import Ranking

_NOT_QUESTIONS = ("economic", "readiness", "p_top")


def contenders(
    ranking: Ranking, standings: Mapping[str, Standing], robustness: Robustness | None
) -> tuple[Contender, ...]:
    """Return every ranked sector; without scorecards or draws what they say isn't known."""
    return tuple(_contender(ranking, place, standings, robustness) for place in ranking.order)


def _contender(
    ranking: Ranking,
    place: int,
    standings: Mapping[str, Standing],
    robustness: Robustness | None,
) -> Contender:
    sector = ranking.indicators.sectors[place]
    standing = standings.get(sector.id)
    own = standing.readiness if standing else None
    rated = own if own is not None and own.score is not None else None
    p_top = math.nan if robustness is None else robustness.number(sector.id, "p_top")
    score = math.nan if rated is None or rated.score is None else rated.score
    values = {name: _level(rated, name) for name in TERMS if name not in _NOT_QUESTIONS}
    values |= {"economic": float(ranking.score[place]), "readiness": score, "p_top": p_top}
    blocked = standing.blocked_by if standing else ()
    return Contender(
        sector=sector.id,
        title=sector.title or sector.id,
        rank=int(ranking.rank[place]),
        tier=ranking.tier[place] or "monitor",
        values=values,
        held=any(gate.effect == "hold" and gate.triggered for gate in ranking.gates[place]),
        blocked_by=blocked,
        unknown=tuple(name for name in blocked if math.isnan(_level(own, name))),
        coverage=math.nan if rated is None else rated.coverage,
        conveners=own.conveners if own else (),
        codes=sector.naics,
        areas=sector.areas or ranking.indicators.panel.areas,
        standing=standing,
    )


def _level(own: SectorReadiness | None, question: str) -> float:
    """Return a question's level, NaN where nobody knows it or the scorecard hasn't got it."""
    if own is None:
        return math.nan
    levels = {answer.question: answer.level for answer in own.answers}
    level = levels.get(question)
    return math.nan if level is None else level
