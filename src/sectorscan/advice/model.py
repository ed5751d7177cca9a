"""Sentences whose numbers are facts of the result, and what is said of each sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One number in a sentence: where it stands in the result, its value, and how it is shown.

    ``value`` is the unrounded number that stands in the result; only ``reports.words`` rounds it.
    ``unit`` picks the format (see ``reports.words``); ``noun`` is a (singular, plural) pair that
    is written after it. ``against`` is a number that it is compared with in the same sentence: it
    is shown with as many decimals as it takes to tell the two apart.
    ``id`` is its address, which ``advice.facts.resolve`` follows:

    ============================================  ==============================================
    address                                       number
    ============================================  ==============================================
    ``<indicator>``                               the sector's own value
    ``low.<indicator>``, ``high.<indicator>``     the ends of its interval
    ``region.<indicator>``                        the region's, all industries
    ``benchmark.<indicator>``                     the benchmark's, all industries
    ``period.base``, ``period.end``               years of the period
    ``period.recent``                             the year that recent growth starts from
    ``areas``                                     how many areas the region sums
    ``areas_with_rows``, ``withheld_areas``       those with the industry; those withheld, end year
    ``rank``, ``would_rank``, ``ranked``          its rank; an unranked one's; how many are ranked
    ``score``, ``score_low``, ``score_high``      0-100 (1-100 under geometric)
    ``coverage``, ``min_coverage``                shares of 1
    ``criterion.<indicator>.contribution``        points of the score
    ``criterion.<indicator>.scaled``, ``.weight``  0-100; effective weight, a share of 1
    ``gate.<g>.<t>``                              the bound of gate g's test t, both from 0
    ``segment.<code>.pay``, ``.employment``       a part of the sector
    ``neighbour.<code>.pay``, ``.employment``     a better-paid industry beside it
    ``swing.<name>``                              a number of the one-establishment check
    ``robustness.<name>``                         a number of the draws (``Robustness.number``)
    ``readiness.<name>``                          one of the scorecards (``Standing.number``)
    ``indicator.<indicator>``                     the sector's own value, where a user's indicator
                                                  is called like one of the addresses above
    ============================================  ==============================================
    """

    id: str
    value: float
    unit: str
    noun: tuple[str, str] | None = None
    against: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with named places, ``"employs {jobs} at {firms}"``, and the fact for each.

    Only ``reports`` formats it. Text that isn't a number (titles, areas) goes into ``words``.
    """

    template: str
    facts: Mapping[str, Fact]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is said of one candidate.

    ``gate_details`` has one sentence a gate, in the config's order. ``headline`` is one line for
    tables. ``reason`` and ``would_qualify_if`` are for the unranked only. ``trust`` says how far
    its rank can be trusted, None without draws. ``readiness`` says how ready raters find it, and
    ``lacking`` what it lacks for the next tier up, least effort first; blank without scorecards.
    """

    sector: str
    summary: tuple[Sentence, ...]
    strengths: tuple[Sentence, ...]
    concerns: tuple[Sentence, ...]
    cautions: tuple[Sentence, ...]
    reason_codes: tuple[str, ...]
    quadrant: str | None
    gate_details: tuple[Sentence, ...]
    headline: Sentence | None = None
    reason: Sentence | None = None
    would_qualify_if: Sentence | None = None
    trust: Sentence | None = None
    readiness: tuple[Sentence, ...] = ()
    lacking: tuple[Sentence, ...] = ()
