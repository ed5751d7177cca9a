"""What withheld parts of a known total can add to a share of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def share_of_parts(
    total: float, wanted: Sequence[float], others: Sequence[float]
) -> tuple[float, float, float]:
    """Return the sum of the wanted parts: value, low and high. NaN marks a withheld part.

    What the published parts leave of the total lies somewhere among the withheld ones: none or
    all of it in the wanted; as an estimate, in equal pieces.
    """
    known = float(np.nansum(wanted))
    hidden, elsewhere = int(np.isnan(wanted).sum()), int(np.isnan(others).sum())
    if not hidden:
        return known, known, known
    left = max(total - known - float(np.nansum(others)), 0.0)
    if not elsewhere:
        # Nothing else is withheld: what is left is theirs.
        return known + left, known + left, known + left
    return known + left * hidden / (hidden + elsewhere), known, known + left
