"""Weights from people's answers, and how far people agree: pure kernels.

Points and swing answers are shares of their sum. Pairwise answers give the principal eigenvector of
their matrix, with the consistency ratio of Saaty's analytic hierarchy process (AHP).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.tables.model import FloatArray

RANDOM_INDEX = (
    *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41),
    *(1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
)
"""Mean consistency index of random reciprocal matrices of 1, 2 ... 15 criteria: Saaty (1980), The
Analytic Hierarchy Process, McGraw-Hill, p. 21."""
MOST_COMPARED = len(RANDOM_INDEX)
ODD_DECIMALS = 6
INCONSISTENT = 0.10
"""Above this ratio Saaty advises to look at the answers again."""


@dataclass(frozen=True, slots=True)
class Pairwise:
    """What n(n-1)/2 comparisons come to.

    ``weights`` (n,) sum to 1; ``ratio`` is the consistency ratio (0: no contradiction). ``odd`` is
    the comparison (i, j) that fits the others least (of equals the first; None where all fit),
    ``given`` what was answered there (how many times as important i is), ``fitting`` what the
    weights would say.
    """

    weights: FloatArray
    ratio: float
    odd: tuple[int, int] | None = None
    given: float = float("nan")
    fitting: float = float("nan")


def shares(amounts: FloatArray) -> FloatArray:
    """Return non-negative amounts as shares of their sum (..., n); NaN where all are 0."""
    # Scaled first: the sum of huge amounts would overflow.
    largest = amounts.max(axis=-1, keepdims=True, initial=0.0)
    scaled = np.divide(amounts, largest, where=largest > 0, out=np.full(amounts.shape, np.nan))
    return np.asarray(scaled / scaled.sum(axis=-1, keepdims=True), dtype=float)


def reciprocal(comparisons: Sequence[float], number: int) -> FloatArray:
    """Return the (n, n) matrix of the comparisons (0, 1), (0, 2) ... (n-2, n-1)."""
    matrix = np.ones((number, number))
    above = np.triu_indices(number, 1)
    matrix[above] = comparisons
    matrix.T[above] = 1 / np.asarray(comparisons, dtype=float)
    return matrix


def pairwise(matrix: FloatArray) -> Pairwise:
    """Return the weights and the consistency of a reciprocal (n, n) matrix, n at most 15.

    The weights are the principal eigenvector; the ratio is (lambda - n)/(n - 1) over the random
    index, 0 for one or two criteria, which can't contradict each other (Saaty 1980; 2008,
    International Journal of Services Sciences 1(1):83-98).

    Raises
    ------
    ValueError
        Where there are more criteria than the random index is known for.
    """
    number = len(matrix)
    if number > MOST_COMPARED:
        message = f"{number} criteria: the random index ends at {MOST_COMPARED}"
        raise ValueError(message)
    values, vectors = np.linalg.eig(matrix)
    first = int(values.real.argmax())
    weights = np.abs(vectors[:, first].real)
    weights = weights / weights.sum()
    if number <= 2:
        return Pairwise(weights, 0.0)
    index = (float(values.real[first]) - number) / (number - 1)
    ratio = max(index, 0.0) / RANDOM_INDEX[number - 1]
    fitting = weights[:, None] / weights[None, :]
    # Of three criteria each comparison is as odd as the others: the first, not rounding's choice.
    off = np.triu(np.abs(np.log(matrix / fitting)), 1).round(ODD_DECIMALS)
    i, j = divmod(int(off.argmax()), number)
    if off[i, j] == 0:
        return Pairwise(weights, ratio)
    return Pairwise(weights, ratio, (i, j), float(matrix[i, j]), float(fitting[i, j]))


def median_shares(members: FloatArray) -> FloatArray:
    """Return the (n,) medians of the (m, n) members' shares, brought back to a sum of 1.

    Members with NaN, who gave none, don't count. Where more than half of the members give each
    criterion nothing, all medians are 0 and the means hold. NaN where nobody gave any.
    """
    known = members[~np.isnan(members).any(axis=1)]
    if not len(known):
        return np.full(members.shape[1], np.nan)
    medians = np.median(known, axis=0)
    return shares(medians if medians.any() else known.mean(axis=0))


def kendall_w(members: FloatArray) -> float:
    """Return Kendall's coefficient of concordance W of (m, n) weights, corrected for ties.

    0 is no agreement, 1 the same order from all. With R_i the sum of the members' ranks of
    criterion i, S the sum of squares of R about their mean and T the sum of t^3 - t over each
    member's groups of t ties: W = 12 S / (m^2 (n^3 - n) - m T) (Kendall & Babington Smith 1939,
    Annals of Mathematical Statistics 10(3):275-287; ties: Siegel 1956, Nonparametric Statistics,
    p. 234). NaN of fewer than two members or criteria, and where every member ties everything.
    """
    many, number = members.shape
    if many < 2 or number < 2:
        return float("nan")
    from scipy.stats import rankdata

    # What differs by rounding alone is a tie: 30 of 90 and 20 of 60 are one share.
    ranks = rankdata(-np.round(members, 12), axis=1)
    ties = sum(
        float((counts**3 - counts).sum())
        for row in ranks
        for counts in [np.unique(row, return_counts=True)[1].astype(float)]
    )
    spread = many**2 * (number**3 - number) - many * ties
    if spread <= 0:
        return float("nan")
    sums = ranks.sum(axis=0)
    return float(12 * ((sums - sums.mean()) ** 2).sum() / spread)
