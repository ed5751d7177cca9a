"""A change split exactly over several steps, whatever the order in which they are taken."""

from __future__ import annotations

from itertools import product
from math import factorial

import numpy as np

from sectorscan.tables.model import FloatArray


def shapley(outcomes: FloatArray, steps: int) -> FloatArray:
    """Return what each step contributes, averaged over all orders in which they could be taken.

    The Shapley value: a step's contribution is its marginal effect, averaged over the ``steps!``
    orders; the contributions sum to ``outcomes[1, 1, ...] - outcomes[0, 0, ...]``.

    Parameters
    ----------
    outcomes
        Shape (2,) * steps + (...): what comes out with each step not taken (0) or taken (1).
    steps
        How many of the leading axes are steps.

    Returns
    -------
    FloatArray
        Shape (steps, ...); NaN where any of the outcomes is NaN.

    References
    ----------
    Shapley, L. S. (1953), A value for n-person games. Shorrocks, A. F. (2013), Decomposition
    procedures for distributional analysis: a unified framework based on the Shapley value.
    """
    parts = np.zeros((steps, *outcomes.shape[steps:]))
    for taken in product((0, 1), repeat=steps):
        before = sum(taken)
        for step in range(steps):
            if taken[step]:
                continue
            after = (*taken[:step], 1, *taken[step + 1 :])
            share = factorial(before) * factorial(steps - before - 1) / factorial(steps)
            parts[step] += share * (outcomes[after] - outcomes[taken])
    return parts
