"""The sixteen scorings between two runs, and the split of each score's change over four steps.

Steps, each taken or not: D new data (the years that came in, and the period that moves with them),
R revised figures of the years that both runs have, C the config, P the competitors. A sector's own
values come from D, R and C; under scales that depend on the candidates, P says whether the others
that set the scale have the old run's values or the new one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.errors import SectorscanError
from sectorscan.indicators.model import IndicatorTable
from sectorscan.refresh.attribution import shapley
from sectorscan.refresh.mixing import mixed
from sectorscan.scoring.aggregate import BoolArray, in_play
from sectorscan.scoring.gates import excluded
from sectorscan.scoring.matrix import decision_matrix
from sectorscan.scoring.model import DecisionMatrix
from sectorscan.scoring.score import score_values
from sectorscan.tables.model import FloatArray, RegionalTables, Scope

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.config.models import Config

STEPS = ("data", "revision", "config", "competitors")
_MOST_CELLS = 4_000_000
"""So many values are scaled at once at most: 32 MB."""


@dataclass(frozen=True, slots=True)
class State:
    """One run's tables, config and period (base, end), None where there are no years."""

    tables: RegionalTables
    loaded: LoadedConfig
    period: tuple[int, int] | None
    quarter: int | None


@dataclass(frozen=True, slots=True)
class Split:
    """Scores before and after by this version, (N,), and the parts of their change, (4, N).

    ``by_criterion`` (4, N, K) splits the contributions of the K ``criteria`` in the same way: over
    the criteria they sum to the parts, but for what stands in for missing values. NaN where a score
    is missing in one of the sixteen; ``why_not`` says what is wrong with all of them. ``ranked``
    (2, 2, N) says who is ranked with either run's figures (first axis) under either config.
    """

    before: FloatArray
    after: FloatArray
    parts: FloatArray
    criteria: tuple[str, ...]
    by_criterion: FloatArray
    competitive: bool
    ranked: BoolArray
    why_not: str = ""


def split(old: State, new: State, ids: Sequence[str]) -> Split:
    """Return the split of the change of N sectors' scores between two runs."""
    configs = tuple(state.loaded.config for state in (old, new))
    criteria = tuple(
        dict.fromkeys(
            name for c in configs for group in c.criteria.values() for name in group.indicators
        )
    )
    shape = (2,) * len(STEPS)
    scores = np.full((*shape, len(ids)), np.nan)
    contributions = np.zeros((*shape, len(ids), len(criteria)))
    ranked = np.zeros((2, 2, len(ids)), dtype=np.bool_)
    why_not = _other_jobs(old, new)
    try:
        found = {} if why_not else _figures(old, new)
        for d, r, c, p in product((0, 1), repeat=4) if found else ():
            scores[d, r, c, p], contributions[d, r, c, p] = scored(
                found[d, r, c], found[p, p, c], configs[c], ids, criteria
            )
        for at, c in product((0, 1), repeat=2) if found else ():
            ranked[at, c] = passing(found[at, at, c], configs[c], ids)
    except SectorscanError as error:
        scores[:] = np.nan
        why_not = f"one run's figures don't go with the other's settings: {error.findings[0]}"
    return Split(
        before=scores[0, 0, 0, 0],
        after=scores[1, 1, 1, 1],
        parts=shapley(scores, len(STEPS)),
        criteria=criteria,
        by_criterion=shapley(contributions, len(STEPS)),
        competitive=any(_competitive(config) for config in configs),
        ranked=ranked,
        why_not=why_not,
    )


def _other_jobs(old: State, new: State) -> str:
    """Return why two runs' figures can't be mixed year by year: they count other jobs."""
    kept = [state.tables.ownership or state.loaded.config.ownership for state in (old, new)]
    told = {"private": "private jobs", "all": "jobs of all ownerships"}
    if old.tables.ownership != new.tables.ownership and kept[0] != kept[1]:
        return f"the old run's tables hold {told[kept[0]]}, the new one's {told[kept[1]]}."
    if old.quarter != new.quarter:
        spans = [f"quarter {one.quarter}" if one.quarter else "whole years" for one in (old, new)]
        return f"the old run's figures are of {spans[0]}, the new one's of {spans[1]}."
    return ""


def passing(table: IndicatorTable, config: Config, ids: Sequence[str]) -> BoolArray:
    """Return (N,): which sectors are ranked by a config, False where the table hasn't got one."""
    matrix = decision_matrix(table, config)
    gated = excluded(config.gates, table)
    ranked = score_values(matrix, matrix.value, gated, in_play(matrix.value)).ranked
    known = dict(zip((sector.id for sector in matrix.sectors), ranked.tolist(), strict=True))
    return np.array([known.get(name, False) for name in ids], dtype=np.bool_)


def _figures(old: State, new: State) -> dict[tuple[int, int, int], IndicatorTable]:
    """Return the indicators with and without new data, revision, and the new config's scope."""
    found = {}
    made: list[tuple[RegionalTables, Scope, IndicatorTable]] = []
    for d, r in product((0, 1), repeat=2):
        tables = mixed(old.tables, new.tables, data=bool(d), revision=bool(r))
        for c, state in enumerate((old, new)):
            scope = scope_in(state.loaded, (old, new)[d])
            same = [table for of, asked, table in made if of is tables and asked == scope]
            found[d, r, c] = same[0] if same else indicators_of(tables, scope)
            made.append((tables, scope, found[d, r, c]))
    return found


def scope_in(loaded: LoadedConfig, when: State) -> Scope:
    """Return what a config asks to be summed, in the period of a run."""
    from sectorscan.scan import scope_of

    return replace(scope_of(loaded), period=when.period, quarter=when.quarter)


def indicators_of(tables: RegionalTables, scope: Scope) -> IndicatorTable:
    """Return the indicators of tables in a scope."""
    from sectorscan.indicators.compute import compute
    from sectorscan.sources.rollup import roll_up

    return compute(roll_up(tables, scope))


def _competitive(config: Config) -> bool:
    """Return whether a score can depend on the other candidates' values."""
    return config.missing == "exclude" or any(
        criterion.scale is not None and criterion.scale.method != "points"
        for group in config.criteria.values()
        for criterion in group.indicators.values()
    )


def scored(
    own: IndicatorTable,
    others: IndicatorTable,
    config: Config,
    ids: Sequence[str],
    criteria: Sequence[str],
) -> tuple[FloatArray, FloatArray]:
    """Return scores (N,) and contributions (N, K) of sectors among others.

    Each sector has its values of ``own``, all others have theirs of ``others``. The score is NaN
    where too little is known of a sector, or where ``own`` hasn't got it; a missing criterion
    contributes 0.
    """
    score = np.full(len(ids), np.nan)
    contribution = np.zeros((len(ids), len(criteria)))
    mine, theirs = decision_matrix(own, config), decision_matrix(others, config)
    at = {sector.id: place for place, sector in enumerate(mine.sectors)}
    here = [n for n, name in enumerate(ids) if name in at]
    rows = np.array([at[ids[n]] for n in here], dtype=np.intp)
    columns = [criteria.index(criterion.id) for criterion in mine.criteria]
    gated = excluded(config.gates, own)
    if not _competitive(config):
        alone = score_values(mine, mine.value, gated, in_play(mine.value))
        score[here] = np.where(alone.covered, alone.score, np.nan)[rows]
        contribution[np.ix_(here, columns)] = np.nan_to_num(alone.contribution[rows], nan=0.0)
        return score, contribution
    of_others = excluded(config.gates, others)
    step = max(1, _MOST_CELLS // max(1, (len(theirs.sectors) + 1) * len(columns)))
    for start in range(0, len(here), step):
        part = slice(start, start + step)
        found, parts = _among(
            mine, theirs, of_others, rows[part], gated[rows[part]], [ids[n] for n in here[part]]
        )
        score[here[part]] = found
        contribution[np.ix_(here[part], columns)] = np.nan_to_num(parts, nan=0.0)
    return score, contribution


def _among(
    mine: DecisionMatrix,
    theirs: DecisionMatrix,
    of_others: np.ndarray,
    rows: np.ndarray,
    gated: np.ndarray,
    ids: Sequence[str],
) -> tuple[FloatArray, FloatArray]:
    """Return (N,) scores and (N, C) contributions: in the n-th copy of the others, the n-th sector.

    It takes its own place among them, or one more where they haven't got it.
    """
    count = len(theirs.sectors)
    at = {sector.id: place for place, sector in enumerate(theirs.sectors)}
    places = np.array([at.get(name, count) for name in ids], dtype=np.intp)
    copies = np.arange(len(rows))
    blank = np.full((1, mine.value.shape[1]), np.nan)
    value = np.repeat(np.concatenate([theirs.value, blank])[None], len(rows), axis=0)
    value[copies, places] = mine.value[rows]
    out = np.repeat(np.append(of_others, values=False)[None], len(rows), axis=0)
    out[copies, places] = gated
    found = score_values(theirs, value, out, in_play(value))
    known = found.covered[copies, places]
    score = np.where(known, found.score[copies, places], np.nan)
    return score, found.contribution[copies, places]
