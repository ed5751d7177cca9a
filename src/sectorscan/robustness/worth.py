"""Which single figure is worth finding out: resolved either way, it could change the shortlist.

A withheld cell is put at its low and at its high, and every indicator that it stands in is
computed again; a missing criterion is put at its worst and its best score. All else stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sectorscan.indicators.registry import REGISTRY
from sectorscan.robustness.draws import Pool
from sectorscan.robustness.examination import Worth
from sectorscan.robustness.value_draws import BoolArray
from sectorscan.scoring.aggregate import aggregate
from sectorscan.scoring.gates import excluded_at
from sectorscan.scoring.positions import IntArray, competition_ranks
from sectorscan.scoring.score import score_values
from sectorscan.tables.model import FloatArray

NAN = float("nan")
CELLS_AT_ONCE = 1_000_000
"""How many numbers a block of what-if matrices may hold (8 MB)."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One figure of one sector (its place in the ranking), and the indicators at its two ends.

    ``values`` maps each indicator that changes to (at low, at high); ``missing`` is a criterion's
    place where it has no value.
    """

    sector: int
    figure: str
    year: int | None
    low: float
    value: float
    high: float
    values: dict[str, tuple[float, float]]
    missing: int | None = None


def worth_finding_out(base: Pool) -> tuple[Worth, ...]:
    """Return the figures that could change the shortlist or the first place, most change first."""
    asked = [*_cells(base), *_given(base), *_missing(base)]
    now = base.ranking.rank
    size = base.ranking.scaled.size
    step = max(1, CELLS_AT_ONCE // max(1, 2 * size))
    found = []
    for first in range(0, len(asked), step):
        part = asked[first : first + step]
        ranks = _ranks(base, part)
        found += [_worth(base, one, now, pair) for one, pair in zip(part, ranks, strict=True)]
    changing = [one for one in found if one.joins or one.leaves or one.first]
    return tuple(sorted(changing, key=_most_first))


def _most_first(one: Worth) -> tuple[object, ...]:
    moved = abs(one.rank_high - one.rank_low)
    changes = len(one.joins) + len(one.leaves)
    return (-changes, -len(one.first), -moved, one.sector, one.figure, one.year or 0)


def _cells(base: Pool) -> Iterator[_Asked]:
    """Yield the withheld jobs and wages of each sector and year."""
    of = base.figures
    dependent = [name for name, rows in of.computed.items() if len(rows)]
    atoms = of.quantities.atoms_of(tuple(q for n in dependent for q in REGISTRY[n].takes))
    for atom in atoms:
        if not atom.startswith(("e_ir ", "w_ir ")) or atom.endswith("rest"):
            continue
        cell = of.quantities.atoms[atom]
        using = [n for n in dependent if atom in of.quantities.atoms_of(REGISTRY[n].takes)]
        rows = base.rows[(cell.uncertain & np.isfinite(cell.value))[base.rows]]
        # Of no job at all nothing can be computed: a cell that could be empty has one job.
        low = np.where(cell.low > 0, cell.low, np.minimum(1.0, cell.value))
        high = np.where(np.isfinite(cell.high), cell.high, cell.value)
        ends = [_at(base, using, atom, end) for end in (low, high)]
        for s in rows:
            values = {n: (ends[0][n][s], ends[1][n][s]) for n in using if s in of.computed[n]}
            numbers = float(cell.low[s]), float(cell.value[s]), float(cell.high[s])
            if values:
                yield _Asked(int(s), _kind(atom), int(atom.split()[1]), *numbers, values)


def _at(base: Pool, using: list[str], atom: str, end: FloatArray) -> dict[str, FloatArray]:
    """Return (S,) of each indicator with one unknown at its end, all others at their values."""
    quantities = base.figures.quantities
    points = {name: one.value for name, one in quantities.atoms.items()} | {atom: end}
    out = {}
    for name in using:
        spec = REGISTRY[name]
        at_end = np.asarray(spec.kernel(*(quantities.evaluate(q, points) for q in spec.takes)))
        out[name] = np.where(np.isfinite(at_end), at_end, base.ranking.indicators.values(name))
    return out


def _kind(atom: str) -> str:
    return "employment" if atom.startswith("e_ir") else "wages"


def _given(base: Pool) -> Iterator[_Asked]:
    """Yield the indicators that a table gave with a low and a high."""
    table = base.ranking.indicators
    for name, rows in base.figures.direct.items():
        column = table.column(name)
        for s in rows:
            low, value, high = (
                float(end[s, column]) for end in (table.low, table.value, table.high)
            )
            yield _Asked(int(s), name, None, low, value, high, {name: (low, high)})


def _missing(base: Pool) -> Iterator[_Asked]:
    """Yield the criteria with weight that a sector has no value of, though others have."""
    matrix = base.ranking.matrix
    lacking = np.isnan(matrix.value) & base.playing & (matrix.weights > 0)
    for s in base.rows:
        for place in np.flatnonzero(lacking[s]):
            yield _Asked(
                int(s), matrix.criteria[place].id, None, NAN, NAN, NAN, {}, missing=int(place)
            )


def _ranks(base: Pool, asked: list[_Asked]) -> IntArray:
    """Return (K, 2, S) ranks with each of K figures at its low and at its high."""
    ranking, table = base.ranking, base.ranking.indicators
    matrix = ranking.matrix
    shape = (len(asked), 2, len(matrix.sectors))
    value = np.broadcast_to(matrix.value, (*shape, len(matrix.criteria))).copy()
    places = {criterion.id: place for place, criterion in enumerate(matrix.criteria)}
    changed: dict[str, FloatArray] = {}
    for k, one in enumerate(asked):
        for name, ends in one.values.items():
            if name in places:
                value[k, :, one.sector, places[name]] = ends
            if name not in changed:
                changed[name] = np.broadcast_to(table.values(name), shape).copy()
            changed[name][k, :, one.sector] = ends
    gated = excluded_at(base.config.gates, lambda n: changed.get(n, table.values(n)), shape)
    scored = score_values(matrix, value, gated, base.playing)
    score, ranked = _with_missing(base, asked, scored.scaled, scored.score, scored.ranked, gated)
    return competition_ranks(np.where(ranked, score, np.nan))


def _with_missing(
    base: Pool,
    asked: list[_Asked],
    scaled: FloatArray,
    score: FloatArray,
    ranked: BoolArray,
    gated: BoolArray,
) -> tuple[FloatArray, BoolArray]:
    """Return scores and who is ranked with missing criteria at their worst and best 0-100 value.

    The scales stay as the others set them.
    """
    matrix = base.ranking.matrix
    filled = [k for k, one in enumerate(asked) if one.missing is not None]
    if not filled:
        return score, ranked
    scaled = scaled[filled]
    for k, one in enumerate(asked[k] for k in filled):
        scaled[k, :, one.sector, one.missing] = _ends_of_scale(base, one.missing or 0)
    parts = aggregate(
        scaled, matrix.weights, base.playing, method=matrix.aggregation, missing=matrix.missing
    )
    used = np.where(base.playing, matrix.weights, 0.0)
    share = (~np.isnan(scaled)) @ used / used.sum()
    score, ranked = score.copy(), ranked.copy()
    score[filled] = parts.score
    ranked[filled] = ~gated[filled] & (share >= matrix.min_coverage - 1e-9) & ~np.isnan(parts.score)
    return score, ranked


def _ends_of_scale(base: Pool, place: int) -> tuple[float, float]:
    points = base.ranking.matrix.criteria[place].scale.points
    scores = [score for _, score in points or ((0.0, 0.0), (0.0, 100.0))]
    return min(scores), max(scores)


def _worth(base: Pool, one: _Asked, now: IntArray, ranks: IntArray) -> Worth:
    top = base.config.outputs.top
    ids = np.array([sector.id for sector in base.ranking.matrix.sectors], dtype=object)
    listed, then = (now > 0) & (now <= top), (ranks > 0) & (ranks <= top)
    first = (ranks == 1).any(axis=0) & (now != 1)
    low, high = (int(end[one.sector]) for end in ranks)
    return Worth(
        sector=str(ids[one.sector]),
        figure=one.figure,
        year=one.year,
        low=one.low,
        value=one.value,
        high=one.high,
        rank=int(now[one.sector]),
        rank_low=low,
        rank_high=high,
        joins=tuple(ids[then.any(axis=0) & ~listed]),
        leaves=tuple(ids[listed & ~then.all(axis=0)]),
        first=tuple(ids[first]),
    )
