"""How far raters agree: Krippendorff's alpha for ordinal levels.

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania;
the computation is the library krippendorff's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.readiness.model import Agreement, Answer

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff (2004), Content Analysis, 2nd ed., p. 241: reliable from here, tentative from here.
"""


def agreement(answers: Sequence[Answer]) -> Agreement:
    """Return the raters' agreement over these answers; each is one unit, a rater a coder.

    Undefined, which ``why_not`` says in words, where no two raters gave levels to the same
    question, and where all levels are alike: agreement by chance is then certain as well.
    """
    names = sorted({r.rater for one in answers for r in one.ratings if r.level is not None})
    if not names:
        return Agreement(None, 0, "nobody has rated anything")
    if len(names) == 1:
        return Agreement(None, 0, "there is one rater only")
    levels = np.full((len(names), len(answers)), np.nan)
    for column, one in enumerate(answers):
        for rating in one.ratings:
            if rating.level is not None:
                levels[names.index(rating.rater), column] = rating.level
    return alpha(levels)


def alpha(levels: np.ndarray) -> Agreement:
    """Return Krippendorff's alpha of a matrix raters x units, NaN where a rater gave no level."""
    together = (~np.isnan(levels)).sum(axis=0) >= 2
    compared = int(together.sum())
    if not compared:
        return Agreement(None, 0, "no two raters gave a level to the same question")
    # A unit that one rater alone has can't be compared and doesn't count (Krippendorff 2011).
    pairable = levels[:, together]
    if np.nanmin(pairable) == np.nanmax(pairable):
        return Agreement(
            None, compared, "all levels given are alike, so agreement can't be told from chance"
        )
    import krippendorff

    found = krippendorff.alpha(reliability_data=pairable, level_of_measurement="ordinal")
    return Agreement(float(found), compared)
