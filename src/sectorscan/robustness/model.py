"""What the draws say of a ranking: one immutable object each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sectorscan.robustness.flips import Flip
from sectorscan.robustness.needed import Needed
from sectorscan.robustness.stability import Stability
from sectorscan.tables.model import FloatArray

NINE_IN_TEN = (0.05, 0.95)
"""Between these shares of the draws lies the rank in nine draws out of ten."""

SWAPPED_OFTEN = 0.2
"""Neighbours that change places in a larger share of the draws share a confidence band."""


@dataclass(frozen=True, slots=True)
class Acceptability:
    """How often each of A sectors takes each rank, under one reading of what is uncertain.

    ``p_rank`` (A, A) is the share of the draws in which a sector (row) takes a rank (column): rows
    and columns sum to 1. (A,) each: ``p_top`` of being among the first N, ``p_ranked`` of being
    ranked at all, and the ranks below which 5, 50 and 95 % of the draws lie.
    """

    p_rank: FloatArray
    p_top: FloatArray
    p_ranked: FloatArray
    rank_p05: FloatArray
    rank_p50: FloatArray
    rank_p95: FloatArray

    @property
    def p_first(self) -> FloatArray:
        """The (A,) shares of the draws in which each sector comes first."""
        return self.p_rank[:, 0]


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


@dataclass(frozen=True, slots=True)
class Worth:
    """What finding out one uncertain or missing figure could change.

    ``figure`` is "employment" or "wages" (a withheld cell of ``year``, jobs or USD), else an
    indicator (``year`` None); ``low``, ``value`` and ``high`` are its ends and estimate, NaN where
    it is missing: it is then tried at its worst and its best. ``rank``, ``rank_low`` and
    ``rank_high`` are the sector's ranks now and at either end, 0 where not ranked. ``joins`` and
    ``leaves`` are the sectors that would come on the shortlist, or fall off it, at one of the ends;
    ``first`` those that would take the first place.
    """

    sector: str
    figure: str
    year: int | None
    low: float
    value: float
    high: float
    rank: int
    rank_low: int
    rank_high: int
    joins: tuple[str, ...]
    leaves: tuple[str, ...]
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two criteria and the rank correlation of their 0-100 values over the ranked sectors."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True, slots=True)
class Influence:
    """What a criterion does in the ranking, beside what its weight promises.

    ``influence`` is its share of the sum over criteria of the standard deviation of contributions
    among the ranked sectors; NaN where nothing differs. ``separates`` False: all ranked sectors
    have the same 0-100 value on it, or only one has any.
    """

    criterion: str
    weight: float
    influence: float
    separates: bool


@dataclass(frozen=True, slots=True)
class Hygiene:
    """Whether the criteria say different things, and whether they say anything."""

    pairs: tuple[Pair, ...]
    influences: tuple[Influence, ...]
    double_count: bool
    """The change of the location quotient and the competitive rate are both scored."""


@dataclass(frozen=True, slots=True)
class Examination:
    """All of ``sectorscan robustness``.

    ``readings`` by name: ``near`` and ``any`` weights with withheld figures drawn, ``near_alone``
    and ``any_alone`` with figures at their values, ``figures_alone`` with the weights as they are.
    Without draws there are no readings, and ``robustness`` is None. ``needed`` maps ranked sectors to what would make them first; ``to_shortlist`` those outside the
    shortlist to what would bring them in.
    """

    robustness: Robustness | None
    readings: Mapping[str, Acceptability]
    stabilities: tuple[Stability, ...]
    flips: tuple[Flip, ...]
    needed: Mapping[str, tuple[Needed, ...]]
    to_shortlist: Mapping[str, tuple[Needed, ...]]
    worth: tuple[Worth, ...]
    hygiene: Hygiene
