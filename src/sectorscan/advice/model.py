"""Sentences whose numbers are facts of the result, and what is said of each sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FactValue = float | int | str


@dataclass(frozen=True, slots=True)
class Fact:
    """One number in a sentence: where it stands in the result, its value, and how it is shown.

    ``id`` is its address: an indicator id (``employment``), ``region.<id>``, ``benchmark.<id>``,
    ``period.base``, ``gate.<id>``, ``low.<id>``/``high.<id>``, ``weight.<id>`` ...
    ``unit`` picks the format (jobs, USD/year, ratio, %, %/year, percentage points ..., year, count,
    rank, score); ``noun`` is a (singular, plural) pair that is written after it.
    """

    id: str
    value: float
    unit: str
    noun: tuple[str, str] | None = None


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

    ``reason`` and ``would_qualify_if`` are for the unranked only.
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
