"""What ``sectorscan robustness`` finds beside the draws' summary: one immutable object each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sectorscan.robustness.assumptions import Assumptions
from sectorscan.robustness.combination import Combination
from sectorscan.robustness.flips import Flip, WeightRanges
from sectorscan.robustness.methods import OtherWay
from sectorscan.robustness.model import Acceptability, Robustness
from sectorscan.robustness.needed import Needed
from sectorscan.robustness.stability import Stability

MOST_COMBINATIONS = 100
"""For so many sectors below the shortlist the cheapest combination is solved: a programme each."""


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
    Without draws there are none, and ``robustness`` and ``assumptions`` are None. ``needed`` maps
    ranked sectors to what would make them first, ``to_shortlist`` those outside the shortlist to
    what would bring them in.
    ``cheapest_first`` and ``cheapest_listed`` map them to the least change of several figures
    together that does it, None where none does: those on the shortlist to come first, the next
    ``MOST_COMBINATIONS`` to get on it. ``when_first`` has the shortlisted sectors' ranges of
    weights, None where no weights put one first.
    ``ways`` are other ways to score, each beside the ranking.
    """

    robustness: Robustness | None
    readings: Mapping[str, Acceptability]
    stabilities: tuple[Stability, ...]
    flips: tuple[Flip, ...]
    needed: Mapping[str, tuple[Needed, ...]]
    to_shortlist: Mapping[str, tuple[Needed, ...]]
    cheapest_first: Mapping[str, Combination | None]
    cheapest_listed: Mapping[str, Combination | None]
    when_first: Mapping[str, WeightRanges | None]
    worth: tuple[Worth, ...]
    hygiene: Hygiene
    assumptions: Assumptions | None
    ways: tuple[OtherWay, ...]
