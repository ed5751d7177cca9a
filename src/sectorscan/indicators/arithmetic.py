"""The arithmetic that every kernel shares; a division by zero is NaN here and nowhere else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def ratio(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> FloatArray:
    """Return numerator / denominator, broadcast; NaN where the denominator is 0 or unknown."""
    below = np.asarray(denominator, dtype=float)
    return np.asarray(np.divide(numerator, np.where(below == 0, np.nan, below)))


def share_pct(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return 100 * part / whole, in percent."""
    return 100 * ratio(part, whole)


def difference(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return first - second."""
    return np.subtract(first, second)


def as_given(figure: FloatArray) -> FloatArray:
    """Return the figure itself, for indicators that are taken from a table."""
    return np.asarray(figure)
