"""Ranks of many draws: ours, plain numpy and two peers on the same weights and values.

One script, run in a process of its own: ``python benchmarks/draws.py WHO``. It prints seconds of
the work alone, imports left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

DRAWS, SECTORS, CRITERIA = 10_000, 300, 15
Array = npt.NDArray[np.float64]
RUNS = 5


def problem() -> tuple[Array, Array]:
    """Return (draws, criteria) weights, uniform on the simplex, and (sectors, criteria) values."""
    random = np.random.default_rng(1)
    values = random.uniform(0, 100, (SECTORS, CRITERIA))
    return random.dirichlet(np.ones(CRITERIA), DRAWS), values


def numpy_alone(weights: Array, values: Array) -> Array:
    """Return (sectors, ranks) counts: matrix product, argsort, bincount, all draws at once."""
    size = len(values)
    order = np.argsort(-(weights @ values.T), axis=1)
    places = (order * size + np.arange(size)).ravel()
    return np.bincount(places, minlength=size * size).reshape(size, size).astype(np.float64)


def ours(weights: Array, values: Array) -> Array:
    """Return the same from the blocks that the program works in, ties looked for."""
    from sectorscan.robustness.acceptability import RankCounts
    from sectorscan.robustness.draws import CELLS_AT_ONCE

    most = max(1, CELLS_AT_ONCE // len(values))
    counts = RankCounts(len(values))
    for first in range(0, len(weights), most):
        counts.add(weights[first : first + most] @ values.T)
    return counts.total()


def pysensmcda(weights: Array, values: Array) -> Array:
    """Return the same from pysensmcda's own simulation of the same weights, a bare weighted sum."""
    from pysensmcda.smaa import simulate

    def weighted_sum(matrix: Array, drawn: Array, _: Array) -> Array:
        return matrix @ drawn

    types = np.ones(values.shape[1], dtype=int)
    found = simulate(
        weighted_sum, values, types, weights=weights, reverse_ranking=True, store="accumulate"
    )
    return np.asarray(found.rank_counts)


def scikit_criteria(weights: Array, values: Array) -> Array:
    """Return the same by scikit-criteria's weighted sum, one decision matrix a draw."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    model = WeightedSumModel()
    counts = np.zeros((len(values), len(values)))
    rows = np.arange(len(values))
    for drawn in weights:
        matrix = mkdm(values, [max] * len(drawn), weights=drawn)
        counts[rows, model.evaluate(matrix).rank_ - 1] += 1
    return counts


WAYS: dict[str, Callable[[Array, Array], Array]] = {
    "ours": ours,
    "numpy": numpy_alone,
    "pysensmcda": pysensmcda,
    "scikit-criteria": scikit_criteria,
}
SLOW = {"scikit-criteria": 200}
"""Of who goes draw by draw, so many draws are timed, and the time scaled up."""


def seconds(who: str) -> float:
    """Return the median time for all draws; the counts are checked against plain numpy's."""
    weights, values = problem()
    drawn = SLOW.get(who, DRAWS)
    weights = weights[:drawn]
    WAYS[who](weights[:2], values)
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        counts = WAYS[who](weights, values)
        taken.append(time.perf_counter() - started)
    if not np.array_equal(counts, numpy_alone(weights, values)):
        message = f"{who} ranks otherwise"
        raise SystemExit(message)
    return float(np.median(taken)) * DRAWS / drawn


if __name__ == "__main__":
    print(seconds(sys.argv[1]))
