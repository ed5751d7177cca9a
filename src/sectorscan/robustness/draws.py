"""Many draws of weights and of withheld figures, and the scores that come of them.

Draws come in blocks, so that memory depends neither on their number nor on the sectors'. Weights
and figures have streams of their own: asking for one doesn't change the other. The same seed gives
the same draws on the same platform and versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.config.models import Config
from sectorscan.robustness.scores import Changed, covered, scores
from sectorscan.robustness.value_draws import Drawn, Uncertain, draw, uncertain
from sectorscan.robustness.weight_draws import WEIGHTS, Hierarchy, hierarchy
from sectorscan.scoring.aggregate import in_play
from sectorscan.scoring.gates import excluded, excluded_at, gate_tests
from sectorscan.scoring.model import Ranking
from sectorscan.scoring.scales import scale_column
from sectorscan.tables.model import FloatArray

BoolArray = npt.NDArray[np.bool_]

CELLS_AT_ONCE = 2_000_000
"""How many scores a block holds (16 MB)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: ``weights`` "near", "any" or None (as configured); ``figures`` or not."""

    weights: str | None
    figures: bool
    draws: int
    seed: int
    spread: float


@dataclass(frozen=True, slots=True)
class _Base:
    """What holds in every draw."""

    ranking: Ranking
    config: Config
    hierarchy: Hierarchy
    playing: BoolArray
    gated: BoolArray
    figures: Uncertain | None

    @property
    def criteria(self) -> dict[str, int]:
        """Each criterion's place by its indicator."""
        return {c.id: place for place, c in enumerate(self.ranking.matrix.criteria)}


def score_blocks(ranking: Ranking, config: Config, drawing: Drawing) -> Iterator[FloatArray]:
    """Yield (draws in the block, S) scores, -inf where a draw leaves a sector unranked."""
    base = _base(ranking, config, figures=drawing.figures)
    size = max(1, len(ranking.matrix.sectors))
    most = max(1, CELLS_AT_ONCE // size)
    streams = np.random.SeedSequence(drawing.seed).spawn(2)
    for_weights, for_figures = (np.random.default_rng(stream) for stream in streams)
    for first in range(0, drawing.draws, most):
        count = min(most, drawing.draws - first)
        weights = _weights(for_weights, base, drawing, count)
        drawn = draw(for_figures, base.figures, count) if base.figures else {}
        result = _scores(base, weights, drawn, count)
        yield np.broadcast_to(result, (count, result.shape[1]))


def _base(ranking: Ranking, config: Config, *, figures: bool) -> _Base:
    matrix, table = ranking.matrix, ranking.indicators
    wanted = [c.id for c in matrix.criteria if c.weight > 0]
    wanted += [name for gate in config.gates if gate.effect == "exclude"
               for name, _, _ in gate_tests(gate)]  # fmt: skip
    found = uncertain(table, wanted) if figures else None
    return _Base(
        ranking,
        config,
        hierarchy(config),
        in_play(matrix.value),
        excluded(config.gates, table),
        found if found is not None and found.any else None,
    )


def _weights(random: np.random.Generator, base: _Base, drawing: Drawing, count: int) -> FloatArray:
    if drawing.weights is None:
        return base.ranking.matrix.weights[None, :]
    return WEIGHTS[drawing.weights](random, base.hierarchy, count, drawing.spread)


def _scores(base: _Base, weights: FloatArray, drawn: Mapping[str, Drawn], count: int) -> FloatArray:
    matrix = base.ranking.matrix
    gated = _gated(base, drawn, count)
    passing = ~gated & covered(matrix, weights, base.playing)
    changed: dict[int, Changed] = {}
    for name, place in base.criteria.items():
        found = _changed(base, place, drawn.get(name), passing)
        if found is not None:
            changed[place] = found
    result = scores(matrix, base.ranking.scaled, weights, base.playing, changed)
    return np.where(gated, -np.inf, result)


def _gated(base: _Base, drawn: Mapping[str, Drawn], count: int) -> BoolArray:
    """Return (draws, S), or (1, S) where no gate hangs on a drawn figure."""
    names = {name for gate in base.config.gates if gate.effect == "exclude"
             for name, _, _ in gate_tests(gate)}  # fmt: skip
    if not names & drawn.keys():
        return base.gated[None, :]
    table = base.ranking.indicators

    def values(name: str) -> FloatArray:
        given = table.values(name)
        return _with_draws(given, drawn[name]) if name in drawn else given

    return excluded_at(base.config.gates, values, (count, len(table.sectors)))


def _with_draws(given: FloatArray, drawn: Drawn) -> FloatArray:
    """Return (draws, S): the (S,) values with the drawn sectors' in their place."""
    out = np.repeat(given[None, :], len(drawn.values), axis=0)
    out[:, drawn.rows] = drawn.values
    return out


def _changed(base: _Base, place: int, drawn: Drawn | None, passing: BoolArray) -> Changed | None:
    """Return the 0-100 values of one criterion that differ from draw to draw; None for none."""
    matrix = base.ranking.matrix
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
