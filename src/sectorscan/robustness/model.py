"""What the draws say of a ranking: one immutable object each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sectorscan.tables.model import FloatArray

NINE_IN_TEN = (0.05, 0.95)
"""Between these shares of the draws lies the rank in nine draws out of ten."""

SWAPPED_OFTEN = 0.2
"""Neighbours that change places in a larger share of the draws share a confidence band."""


@dataclass(frozen=True, slots=True)
class Acceptability:
    """How often each of A sectors takes each rank, under one reading of what is uncertain.

    ``p_rank`` (A, A) is the share of the draws in which a sector (row) takes a rank (column): rows
    and columns sum to 1. (A,) each: ``p_first`` of coming first, ``p_top`` of being among the first
    N, both only where ranked, ``p_ranked`` of being ranked at all, and the ranks below which 5, 50
    and 95 % of the draws lie. Tied sectors have their share of a place: two that tie for the last
    one on the list half of it each.
    """

    p_rank: FloatArray
    p_first: FloatArray
    p_top: FloatArray
    p_ranked: FloatArray
    rank_p05: FloatArray
    rank_p50: FloatArray
    rank_p95: FloatArray


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far a ranking can be trusted, with the weights read as configured and figures drawn.

    ``place`` maps the id of each sector that takes part to its row of ``acceptability``; those that
    a gate keeps out wherever their figures lie don't. ``band`` maps ranked sectors to their
    confidence band, "A" for the first's. ``figures`` False: nothing withheld was there to draw.
    ``beats_next`` maps each ranked sector but the last to the share of the draws in which it comes
    before the next one.
    """

    draws: int
    seed: int
    weights: str
    spread: float
    top: int
    figures: bool
    place: Mapping[str, int]
    acceptability: Acceptability
    band: Mapping[str, str]
    beats_next: Mapping[str, float]
    cautions: tuple[str, ...] = ()

    def number(self, sector: str, name: str) -> float:
        """Return a sector's number by its name in the result, NaN where it takes no part.

        Raises
        ------
        KeyError
            Where there is no such number.
        """
        if name not in NUMBERS:
            raise KeyError(name)
        place = self.place.get(sector)
        return float("nan") if place is None else float(getattr(self.acceptability, name)[place])


NUMBERS = ("p_first", "p_top", "p_ranked", "rank_p05", "rank_p50", "rank_p95")
"""The numbers that every report has of a sector."""
