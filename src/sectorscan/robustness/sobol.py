"""Shares of an output's variance that its uncertain inputs account for: Sobol indices.

First order: the share that would go if the input were settled, on average over where. Total order:
the share that would stay if all others were settled; it holds what the input does together with
others as well. Estimated on a scrambled Sobol sequence in Saltelli's design (Saltelli et al. 2010,
Computer Physics Communications 181(2):259-270) by SALib, which gives the intervals by resampling.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sectorscan.tables.model import FloatArray

RESAMPLES = 200
CONFIDENCE = 0.95
FEWEST = 100
"""In fewer rows that differ, what the difference hangs on can't be told."""

STREAMS = ("design", "resampling", "weights", "figures")
"""What random numbers are drawn for here, each from a stream of its own."""


@dataclass(frozen=True, slots=True)
class Share:
    """An input's share of an output's variance, with half the width of the 95 % interval.

    Estimates, so a first order near 0 may come out just below it.
    """

    first: float
    first_within: float
    total: float
    total_within: float


def design(inputs: int, samples: int, seed: int) -> FloatArray:
    """Return (samples · (inputs + 2), inputs) points between 0 and 1.

    Each run of inputs + 2 rows is one row of the sample A, then the same row with each input in
    turn taken from the sample B, then B's row. ``samples`` is a power of two.
    """
    from SALib.sample.sobol import sample  # with scipy.stats 0.5 s

    points = sample(_problem(inputs), samples, calc_second_order=False, seed=stream(seed, "design"))
    return np.asarray(points, dtype=np.float64)


def shares(output: FloatArray, inputs: int, seed: int) -> tuple[Share, ...] | None:
    """Return each input's share of the variance of an output at the design's points.

    None where the output differs too seldom within the two samples (fewer than ``FEWEST`` rows of
    them have another value than the most common one): where it never does there is no variance to
    share out, and where it hardly does the estimates would be chance.
    """
    from SALib.analyze.sobol import CONST_RESULT_MSG, analyze

    _, times = np.unique(independent(output, inputs), return_counts=True)
    if times.sum() - times.max() < FEWEST:
        return None
    with warnings.catch_warnings():
        # In a resample the output may happen not to differ at all: 0 stands there.
        warnings.filterwarnings("ignore", CONST_RESULT_MSG.split("(")[0])
        found = analyze(
            _problem(inputs),
            output,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=CONFIDENCE,
            seed=stream(seed, "resampling"),
        )
    columns = (found["S1"], found["S1_conf"], found["ST"], found["ST_conf"])
    return tuple(Share(*(float(one) for one in row)) for row in zip(*columns, strict=True))


def independent(output: FloatArray, inputs: int) -> FloatArray:
    """Return the outputs (2 · samples,) at the rows of the samples A and B alone."""
    runs = output.reshape(-1, inputs + 2)
    return np.concatenate([runs[:, 0], runs[:, -1]])


def changes_something(output: npt.NDArray[np.generic], inputs: int) -> list[bool]:
    """Return for each input whether moving it alone, anywhere in the design, changes (n,)."""
    runs = output.reshape(-1, inputs + 2)
    return [bool((runs[:, 0] != runs[:, 1 + place]).any()) for place in range(inputs)]


def _problem(inputs: int) -> dict[str, object]:
    names = [str(place) for place in range(inputs)]
    return {"num_vars": inputs, "names": names, "bounds": [[0.0, 1.0]] * inputs}


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator of one of ``STREAMS``; none is a stream of the draws of ``draws``.

    A generator, because SALib takes a seed of 0 for none.
    """
    key = (0, STREAMS.index(purpose))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
