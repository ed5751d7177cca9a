"""Many draws of weights and of withheld figures, and the scores that come of them.

Draws come in blocks, so that memory depends neither on their number nor on the sectors'. Weights
and figures have streams of their own: asking for one doesn't change the other. The same seed gives
the same draws on the same platform and versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Config
from sectorscan.robustness.scores import Changed, covered, scores
from sectorscan.robustness.value_draws import Drawn, Uncertain, draw, uncertain
from sectorscan.robustness.weight_draws import WEIGHTS, Hierarchy, hierarchy
from sectorscan.scoring.aggregate import in_play
from sectorscan.scoring.gates import excluded, excluded_at, gate_tests
from sectorscan.scoring.model import DecisionMatrix, Ranking
from sectorscan.scoring.scales import scale_column
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]

CELLS_AT_ONCE = 25_000
"""How many scores a block holds (0.2 MB): what a processor keeps at hand."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: ``weights`` "near", "any" or None (as configured); ``figures`` or not."""

    weights: str | None
    figures: bool
    draws: int
    seed: int
    spread: float


@dataclass(frozen=True, slots=True)
class Pool:
    """What holds in every draw.

    ``rows`` (A,) are the sectors that take part, by their place in the ranking: all but those that
    a gate keeps out wherever in their intervals the figures lie. Everything else here is theirs.
    ``playing`` (C,) are the criteria known for at least one candidate.
    """

    ranking: Ranking
    config: Config
    rows: IntArray
    matrix: DecisionMatrix
    scaled: FloatArray
    hierarchy: Hierarchy
    playing: BoolArray
    gated: BoolArray
    figures: Uncertain

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of those that take part."""
        return tuple(sector.id for sector in self.matrix.sectors)


def pool(ranking: Ranking, config: Config) -> Pool:
    """Return what the draws of a ranking, and of the figures behind it, start from."""
    matrix, table = ranking.matrix, ranking.indicators
    taking_part = np.array([not _always_out(ranking, s) for s in range(len(matrix.sectors))])
    rows = np.flatnonzero(taking_part)
    wanted = [c.id for c in matrix.criteria if c.weight > 0] + sorted(_gate_indicators(config))
    found = uncertain(table, wanted, taking_part)
    return Pool(
        ranking=ranking,
        config=config,
        rows=rows,
        matrix=of_sectors(matrix, rows),
        scaled=ranking.scaled[rows],
        hierarchy=hierarchy(config),
        playing=in_play(matrix.value),
        gated=excluded(config.gates, table)[rows],
        figures=found,
    )


def of_sectors(matrix: DecisionMatrix, rows: IntArray) -> DecisionMatrix:
    """Return the matrix of the sectors at the places ``rows`` alone."""
    return replace(
        matrix,
        sectors=tuple(matrix.sectors[s] for s in rows),
        low=matrix.low[rows],
        value=matrix.value[rows],
        high=matrix.high[rows],
    )


def _always_out(ranking: Ranking, sector: int) -> bool:
    return any(
        gate.effect == "exclude" and gate.triggered and not gate.straddles
        for gate in ranking.gates[sector]
    )


def _gate_indicators(config: Config) -> set[str]:
    gates = [gate for gate in config.gates if gate.effect == "exclude"]
    return {name for gate in gates for name, _, _ in gate_tests(gate)}


def score_blocks(ranking: Ranking, config: Config, drawing: Drawing) -> Iterator[FloatArray]:
    """Yield (draws in the block, S) scores, -inf where a draw leaves a sector unranked."""
    base = pool(ranking, config)
    for (scored,) in blocks(base, [drawing]):
        whole = np.full((len(scored), len(ranking.matrix.sectors)), -np.inf)
        whole[:, base.rows] = scored
        yield whole


def blocks(base: Pool, drawings: Sequence[Drawing]) -> Iterator[tuple[FloatArray, ...]]:
    """Yield for each block the (draws, A) scores under every one of the drawings.

    They have the same number of draws and the same seed, and so the same figures, drawn once.
    """
    first = drawings[0]
    most = max(1, CELLS_AT_ONCE // max(1, len(base.rows)))
    streams = np.random.SeedSequence(first.seed).spawn(1 + len(WEIGHTS))
    random = [np.random.default_rng(stream) for stream in streams]
    of_weights = dict(zip(WEIGHTS, random[1:], strict=True))
    figures = base.figures.any and any(one.figures for one in drawings)
    for start in range(0, first.draws, most):
        count = min(most, first.draws - start)
        drawn = placed(base, draw(random[0], base.figures, count)) if figures else {}
        weights = {
            name: WEIGHTS[name](of_weights[name], base.hierarchy, count, spread)
            for name, spread in {one.weights: one.spread for one in drawings}.items()
            if name is not None
        }
        yield tuple(
            scores_at(
                base,
                base.matrix.weights[None, :] if one.weights is None else weights[one.weights],
                drawn if one.figures else {},
                count,
            )
            for one in drawings
        )


def placed(base: Pool, drawn: Mapping[str, Drawn]) -> dict[str, Drawn]:
    """Return the draws by the sectors' place among those that take part."""
    return {
        name: Drawn(np.searchsorted(base.rows, one.rows), one.values) for name, one in drawn.items()
    }


def scores_at(
    base: Pool, weights: FloatArray, drawn: Mapping[str, Drawn], count: int
) -> FloatArray:
    """Return (count, A) scores, -inf where a sector isn't ranked.

    ``weights`` (count, C) or (1, C) are effective weights; ``drawn`` are the figures that differ
    from draw to draw, by the sectors' place among the A that take part (see ``placed``).
    """
    gated = _gated(base, drawn, count)
    passing = ~gated & covered(base.matrix, weights, base.playing)
    changed = (
        (place, moves)
        for place, criterion in enumerate(base.matrix.criteria)
        if criterion.weight > 0
        if (moves := _changed(base, place, drawn.get(criterion.id), passing)) is not None
    )
    result = scores(base.matrix, base.scaled, weights, base.playing, changed)
    result = np.where(gated, -np.inf, result) if gated.any() else result
    return np.broadcast_to(result, (count, result.shape[1]))


def _gated(base: Pool, drawn: Mapping[str, Drawn], count: int) -> BoolArray:
    """Return (draws, A), or (1, A) where no gate hangs on a drawn figure."""
    if not _gate_indicators(base.config) & drawn.keys():
        return base.gated[None, :]
    table = base.ranking.indicators

    def values(name: str) -> FloatArray:
        given = table.values(name)[base.rows]
        return _with_draws(given, drawn[name]) if name in drawn else given

    return excluded_at(base.config.gates, values, (count, len(base.rows)))


def _with_draws(given: FloatArray, drawn: Drawn) -> FloatArray:
    """Return (draws, A): the (A,) values with the drawn sectors' in their place."""
    out = np.repeat(given[None, :], len(drawn.values), axis=0)
    out[:, drawn.rows] = drawn.values
    return out


def _changed(base: Pool, place: int, drawn: Drawn | None, passing: BoolArray) -> Changed | None:
    """Return the 0-100 values of one criterion that differ from draw to draw; None for none."""
    matrix = base.matrix
    criterion, value = matrix.criteria[place], matrix.value[:, place]
    if criterion.scale.method == "points":
        if drawn is None:
            return None
        everyone = np.ones(drawn.values.shape, dtype=np.bool_)
        scaled = scale_column(drawn.values, everyone, criterion.scale, criterion.direction)
        return Changed(drawn.rows, scaled)
    usual = ~base.gated & covered(matrix, matrix.weights[None, :], base.playing)[0]
    if drawn is None and (passing == usual).all():
        return None
    rows = np.flatnonzero(~np.isnan(value))
    if drawn is None:
        patterns, which = np.unique(passing, axis=0, return_inverse=True)
        each = np.broadcast_to(value, patterns.shape)
        scaled = scale_column(each, patterns, criterion.scale, criterion.direction)[which.ravel()]
    else:
        values = _with_draws(value, drawn)
        held = np.broadcast_to(passing, values.shape)
        scaled = scale_column(values, held, criterion.scale, criterion.direction)
    return Changed(rows, scaled[:, rows])
