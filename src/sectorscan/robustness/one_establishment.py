"""One establishment more or less: how far the rank and the location quotient move.

In a small industry one opening or closure changes everything. Each sector in turn gains and loses
one establishment of its own average size in the end year, at its own pay; the region's totals move
with it, the benchmark and the other sectors stay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Config
from sectorscan.indicators.compute import compute
from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.reference import region_figures
from sectorscan.scoring.aggregate import in_play
from sectorscan.scoring.gates import excluded
from sectorscan.scoring.matrix import decision_matrix
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.positions import IntArray, competition_ranks
from sectorscan.scoring.score import score_values
from sectorscan.tables.model import FloatArray, GivenFigures, Interval, Panel

BoolArray = npt.NDArray[np.bool_]

RANKS_MOVED = 3
LQ_MARKS = (1.0, 1.25)
LQ_MOVED = 0.15

CELLS_AT_ONCE = 2_000_000
"""How many numbers a block of what-if matrices may hold (16 MB)."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one establishment more (``_up``) or less (``_down``) does to one sector.

    Ranks are 0 where gates or coverage keep it out of the ranking; ``lq`` is the location quotient,
    NaN where missing. ``rank_caution``: it moves by 3 places or more; ``lq_caution``: its location
    quotient crosses 1.0 or 1.25 or moves by more than 0.15; ``gate_caution``: it comes into the
    ranking or falls out of it. ``computable`` False: its jobs or establishments aren't known, or
    there are none; then nothing moves, and no caution is given.
    """

    sector: str
    computable: bool
    rank: int
    rank_up: int
    rank_down: int
    lq: float
    lq_up: float
    lq_down: float
    rank_caution: bool
    lq_caution: bool
    gate_caution: bool


def swings(panel: Panel, ranking: Ranking, config: Config) -> tuple[Swing, ...]:
    """Return each sector's swing, in the ranking's order of sectors.

    ``ranking`` is that of the panel under the config. A figure that the user's tables give
    ready-made stays as given, and so do the criteria that count as known for anybody.
    """
    if panel.years:
        computable = (panel.n_ir[:, -1] > 0) & (panel.e_ir.value[:, -1] > 0)
    else:
        computable = np.zeros(len(panel.sectors), dtype=np.bool_)
    now = _Outcome(ranking.rank, ranking.indicators.values("location_quotient"))
    if not computable.any():
        return _swings(ranking, computable, now, now, now)
    up, down = (
        _outcome(compute(with_one_more_or_less(panel, sign)), ranking, config, computable, now)
        for sign in (1, -1)
    )
    return _swings(ranking, computable, now, up, down)


def with_one_more_or_less(panel: Panel, sign: int) -> Panel:
    """Return the panel in which every sector has one establishment more (1) or less (-1).

    Each row stands for a world where that sector alone has changed, so totals of one row become
    one a sector. Intervals are collapsed to their values: this asks about the ranking as it stands.
    """
    jobs, wages, counts = _steps(panel, sign)
    return replace(
        panel,
        n_ir=counts,
        n_r=None if panel.n_r is None else panel.n_r + (counts - panel.n_ir),
        e_ir=_moved(panel.e_ir, jobs),
        e_r=_moved(panel.e_r, jobs),
        e_region=_moved(panel.e_region, jobs),
        e_r_lq=_moved(panel.e_r_lq, jobs),
        w_ir=_moved(panel.w_ir, wages),
        w_r=_moved(panel.w_r, wages),
        w_region=_moved(panel.w_region, wages),
        e_in=Interval.exact(panel.e_in.value),
        w_in=Interval.exact(panel.w_in.value),
        e_n=Interval.exact(panel.e_n.value),
        w_n=Interval.exact(panel.w_n.value),
        e_n_lq=Interval.exact(panel.e_n_lq.value),
        given=_held(panel),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """(S,) each: a sector's rank, 0 where unranked, and its location quotient."""

    rank: IntArray
    lq: FloatArray


def _steps(panel: Panel, sign: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return (S,) jobs and wages that come or go, and the (S, Y) establishments after it."""
    establishments = panel.n_ir[:, -1]
    jobs = _step(panel.e_ir.value[:, -1], establishments, sign)
    wages = _step(panel.w_ir.value[:, -1], establishments, sign)
    counts = panel.n_ir.copy()
    counts[:, -1] = np.maximum(establishments + np.where(establishments > 0, sign, 0), 0)
    return jobs, wages, counts


def _step(total: FloatArray, establishments: FloatArray, sign: int) -> FloatArray:
    """Return what one establishment of average size adds or takes; 0 where that isn't known."""
    average = np.zeros(total.shape)
    np.divide(total, establishments, out=average, where=(establishments > 0) & ~np.isnan(total))
    if sign < 0:
        average = np.fmin(average, total)  # an annual average may be below one establishment
    return sign * average


def _moved(cells: Interval, step: FloatArray) -> Interval:
    """Return (S, Y) cells or totals whose last year has moved by (S,) steps."""
    rows = np.broadcast_to(cells.value, (step.size, cells.value.shape[1])).copy()
    rows[:, -1] += step
    return Interval.exact(rows)


def _held(panel: Panel) -> GivenFigures:
    """Return the given figures at their values, with the region's growth as it stands."""
    given = panel.given
    growth = region_figures(panel)["employment_cagr_pct"]
    return replace(
        given,
        values={name: Interval.exact(figure.value) for name, figure in given.values.items()},
        region={**given.region, "employment_cagr_pct": growth},
    )


def _outcome(
    moved: IndicatorTable, ranking: Ranking, config: Config, computable: BoolArray, now: _Outcome
) -> _Outcome:
    value = decision_matrix(moved, config).value
    gated = excluded(config.gates, moved)
    depends = any(c.scale.method != "points" and c.weight > 0 for c in ranking.matrix.criteria)
    alone = _each_among_all if depends else _each_row_alone
    return _Outcome(
        rank=np.where(computable, alone(ranking, value, gated), now.rank),
        lq=np.where(computable, moved.values("location_quotient"), now.lq),
    )


def _each_row_alone(ranking: Ranking, value: FloatArray, gated: BoolArray) -> IntArray:
    """Return each moved sector's rank where no score depends on another sector."""
    matrix = ranking.matrix
    scored = score_values(matrix, value, gated, in_play(matrix.value))
    own = np.where(scored.ranked, scored.score, np.nan)
    scores = np.where(ranking.rank > 0, ranking.score, np.nan)
    cases = np.tile(scores, (own.size, 1))
    np.fill_diagonal(cases, own)
    return competition_ranks(cases).diagonal()


def _each_among_all(ranking: Ranking, value: FloatArray, gated: BoolArray) -> IntArray:
    """Return the same where one sector's move changes the scales, and so everyone's score."""
    matrix = ranking.matrix
    playing = in_play(matrix.value)
    gated_now = np.array([reason == "gate" for reason in ranking.exclusion], dtype=np.bool_)
    ranks = np.zeros(gated.size, dtype=np.int64)
    block = max(1, CELLS_AT_ONCE // matrix.value.size)
    for first in range(0, gated.size, block):
        sectors = np.arange(first, min(first + block, gated.size))
        cases = np.arange(sectors.size)
        values = np.tile(matrix.value, (sectors.size, 1, 1))
        values[cases, sectors] = value[sectors]
        gates = np.tile(gated_now, (sectors.size, 1))
        gates[cases, sectors] = gated[sectors]
        scored = score_values(matrix, values, gates, playing)
        scores = np.where(scored.ranked, scored.score, np.nan)
        ranks[sectors] = competition_ranks(scores)[cases, sectors]
    return ranks


def _swings(
    ranking: Ranking, computable: BoolArray, now: _Outcome, up: _Outcome, down: _Outcome
) -> tuple[Swing, ...]:
    rank_caution = _rank_moves(now, up) | _rank_moves(now, down)
    lq_caution = _lq_moves(now, up) | _lq_moves(now, down)
    gate_caution = ((up.rank > 0) != (now.rank > 0)) | ((down.rank > 0) != (now.rank > 0))
    return tuple(
        Swing(
            sector=sector.id,
            computable=bool(computable[s]),
            rank=int(now.rank[s]),
            rank_up=int(up.rank[s]),
            rank_down=int(down.rank[s]),
            lq=float(now.lq[s]),
            lq_up=float(up.lq[s]),
            lq_down=float(down.lq[s]),
            rank_caution=bool(rank_caution[s]),
            lq_caution=bool(lq_caution[s]),
            gate_caution=bool(gate_caution[s]),
        )
        for s, sector in enumerate(ranking.matrix.sectors)
    )


def _rank_moves(now: _Outcome, moved: _Outcome) -> BoolArray:
    ranked = (now.rank > 0) & (moved.rank > 0)
    far = np.abs(moved.rank - now.rank) >= RANKS_MOVED
    return np.asarray(ranked & far, dtype=np.bool_)


def _lq_moves(now: _Outcome, moved: _Outcome) -> BoolArray:
    known = ~np.isnan(now.lq) & ~np.isnan(moved.lq)
    crosses = np.any([(now.lq >= mark) != (moved.lq >= mark) for mark in LQ_MARKS], axis=0)
    far = np.abs(moved.lq - now.lq) > LQ_MOVED
    return np.asarray(known & (crosses | far), dtype=np.bool_)
