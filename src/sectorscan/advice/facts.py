"""The numbers that sentences may say: each fact is looked up in the result, never typed in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sectorscan.advice.model import Fact, Sentence
from sectorscan.indicators.quantities import RECENT_YEARS
from sectorscan.readiness.standing import Standing
from sectorscan.robustness.model import Robustness
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import Sector, Segment

Parts = dict[str, Fact | str]
"""What fills a template's places: facts where numbers stand, else words."""

VISIBLE_SPREAD = 0.01
"""An estimate whose interval is narrower than this share of it is told without "about"."""


class Swing(Protocol):
    """What the one-establishment check found for a sector (``robustness.one_establishment``)."""

    @property
    def sector(self) -> str:
        """The sector's id."""

    @property
    def rank_caution(self) -> bool:
        """Whether its rank moves by 3 or more."""

    @property
    def lq_caution(self) -> bool:
        """Whether its location quotient crosses 1.0 or 1.25, or moves by more than 0.15."""

    @property
    def gate_caution(self) -> bool:
        """Whether it comes into the ranking or falls out of it."""


def resolve(
    ranking: Ranking,
    sector: int,
    address: str,
    swing: Swing | None = None,
    robustness: Robustness | None = None,
    standing: Standing | None = None,
) -> float:
    """Return the number at a fact's address (see ``Fact``), NaN where it isn't known.

    Raises
    ------
    KeyError
        Where the address leads nowhere in this result.
    """
    if address in _OF_THE_RESULT:
        return float(_OF_THE_RESULT[address](ranking, sector))
    head, _, rest = address.partition(".")
    if rest and head in _BY_PREFIX:
        return float(_BY_PREFIX[head](ranking, sector, rest))
    if head == "swing" and swing is not None and hasattr(swing, rest):
        return float(getattr(swing, rest))
    if head == "robustness" and robustness is not None:
        return robustness.number(ranking.indicators.sectors[sector].id, rest)
    if head == "readiness" and standing is not None:
        return standing.number(rest)
    return _end(ranking, sector, address, "value")


def _end(ranking: Ranking, sector: int, indicator: str, side: str) -> float:
    table = ranking.indicators
    column = table.column(indicator)
    ends = {"low": table.low, "value": table.value, "high": table.high}
    return float(ends[side][sector, column])


def _of_region(ranking: Ranking, sector: int, indicator: str) -> float:
    return ranking.indicators.region[indicator]


def _of_benchmark(ranking: Ranking, sector: int, indicator: str) -> float:
    return ranking.indicators.benchmark[indicator]


def _year(ranking: Ranking, sector: int, which: str) -> float:
    years = ranking.indicators.panel.years
    places = {"base": 0, "end": -1, "recent": -1}
    year = years[places[which]]
    return year - RECENT_YEARS if which == "recent" else year


def _of_criterion(ranking: Ranking, sector: int, rest: str) -> float:
    indicator, _, what = rest.rpartition(".")
    ids = [criterion.id for criterion in ranking.matrix.criteria]
    if indicator not in ids:
        raise KeyError(rest)
    place = ids.index(indicator)
    arrays: dict[str, Callable[[], float]] = {
        "scaled": lambda: ranking.scaled[sector, place],
        "contribution": lambda: ranking.contribution[sector, place],
        "weight": lambda: ranking.matrix.criteria[place].weight,
    }
    return float(arrays[what]())


def _gate_bound(ranking: Ranking, sector: int, rest: str) -> float:
    gate, _, test = rest.partition(".")
    return ranking.gates[sector][int(gate)].tests[int(test)][2]


def _of_segment(ranking: Ranking, sector: int, rest: str) -> float:
    return _among(ranking.indicators.panel.segments[sector], rest)


def _of_neighbour(ranking: Ranking, sector: int, rest: str) -> float:
    return _among(ranking.indicators.panel.neighbours[sector], rest)


def _among(segments: Sequence[Segment], rest: str) -> float:
    code, _, what = rest.rpartition(".")
    for segment in segments:
        if segment.id == code:
            return {"pay": segment.pay, "employment": segment.employment}[what]
    raise KeyError(rest)


_OF_THE_RESULT: Mapping[str, Callable[[Ranking, int], float]] = {
    "rank": lambda ranking, s: ranking.rank[s],
    "would_rank": lambda ranking, s: ranking.would_rank[s],
    "ranked": lambda ranking, s: int((ranking.rank > 0).sum()),
    "score": lambda ranking, s: ranking.score[s],
    "score_low": lambda ranking, s: ranking.score_low[s],
    "score_high": lambda ranking, s: ranking.score_high[s],
    "coverage": lambda ranking, s: ranking.coverage[s],
    "min_coverage": lambda ranking, s: ranking.matrix.min_coverage,
    "areas": lambda ranking, s: len(ranking.indicators.panel.areas),
    "areas_with_rows": lambda ranking, s: ranking.indicators.panel.areas_with_rows[s],
    "withheld_areas": lambda ranking, s: ranking.indicators.panel.withheld_areas[s],
}

_BY_PREFIX: Mapping[str, Callable[[Ranking, int, str], float]] = {
    "indicator": lambda ranking, s, rest: _end(ranking, s, rest, "value"),
    "low": lambda ranking, s, rest: _end(ranking, s, rest, "low"),
    "high": lambda ranking, s, rest: _end(ranking, s, rest, "high"),
    "region": _of_region,
    "benchmark": _of_benchmark,
    "period": _year,
    "criterion": _of_criterion,
    "gate": _gate_bound,
    "segment": _of_segment,
    "neighbour": _of_neighbour,
}


_LATER = ("swing", "robustness", "readiness")
"""Heads of addresses that lead into what later stages found."""


def own_address(indicator: str) -> str:
    """Return the address of a sector's own value, told apart from the other addresses."""
    head = indicator.partition(".")[0]
    taken = indicator in _OF_THE_RESULT or head in _BY_PREFIX or head in _LATER
    return f"indicator.{indicator}" if taken else indicator


def say(template: str, parts: Mapping[str, Fact | str]) -> Sentence:
    """Return the sentence of a template and its parts: facts where numbers stand, else words."""
    return Sentence(
        template,
        {name: part for name, part in parts.items() if isinstance(part, Fact)},
        {name: part for name, part in parts.items() if isinstance(part, str)},
    )


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """One sector's numbers, by their addresses."""

    ranking: Ranking
    place: int
    swing: Swing | None = None
    robustness: Robustness | None = None
    standing: Standing | None = None

    @property
    def sector(self) -> Sector:
        """The sector itself."""
        return self.ranking.indicators.sectors[self.place]

    def _resolved(self, address: str) -> float:
        return resolve(
            self.ranking, self.place, address, self.swing, self.robustness, self.standing
        )

    def number(self, address: str) -> float:
        """Return the number at an address, NaN where it isn't known or isn't in the result."""
        try:
            return self._resolved(address)
        except (KeyError, IndexError):
            return math.nan

    def known(self, *addresses: str) -> bool:
        """Return whether all these numbers are known and finite."""
        return all(math.isfinite(self.number(address)) for address in addresses)

    def fact(
        self,
        address: str,
        unit: str,
        noun: tuple[str, str] | None = None,
        against: float | None = None,
    ) -> Fact:
        """Return the fact at an address.

        Raises
        ------
        KeyError
            Where the number isn't known: a sentence never states what isn't.
        """
        value = self._resolved(address)
        if not math.isfinite(value):
            raise KeyError(address)
        quarter = self.ranking.indicators.panel.quarter
        if unit == "year" and quarter is not None:
            unit = f"quarter {quarter}"
        return Fact(address, value, unit, noun, against)

    def status(self, indicator: str) -> str:
        """Return an indicator's status, ``missing`` where the table hasn't got it."""
        table = self.ranking.indicators
        if indicator not in table.ids:
            return "missing"
        return str(table.status[self.place, table.ids.index(indicator)])

    def about(self, indicator: str) -> str:
        """Return ``"about "`` before a number that may be off by what a reader would see."""
        low, high = self.number(f"low.{indicator}"), self.number(f"high.{indicator}")
        spread = VISIBLE_SPREAD * abs(self.number(indicator))
        return "about " if self.status(indicator) == "estimated" and high - low > spread else ""

    def jobs_unit(self, indicator: str, *, magnitude: bool = False) -> str:
        """Return the unit of a number of jobs: rounder where it is an estimate."""
        unit = f"{self.about(indicator)}jobs"
        return f"abs {unit}" if magnitude else unit

    def unsure(self, indicator: str) -> bool:
        """Return whether the sign of an estimated number isn't certain."""
        low, high = self.number(f"low.{indicator}"), self.number(f"high.{indicator}")
        return self.status(indicator) == "estimated" and low < 0 < high

    def without_bounds(self, indicator: str) -> bool:
        """Return whether an estimate's interval says next to nothing.

        An end is open, or the low is exactly 0, where nothing bounds a ratio from below. Jobs of
        "at least 1,010" do say something, so for them both must hold.
        """
        if self.status(indicator) != "estimated":
            return False
        low, high = self.number(f"low.{indicator}"), self.number(f"high.{indicator}")
        if indicator == "employment":
            return low == 0 and math.isinf(high)
        return math.isinf(high) or math.isinf(low) or low == 0

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit, ``""`` where the table hasn't got it."""
        table = self.ranking.indicators
        return table.units[table.ids.index(indicator)] if indicator in table.ids else ""

    def missing_reason(self, indicator: str) -> str:
        """Return why a value is missing, in the table's words, without a full stop."""
        reason = self.ranking.indicators.missing_reason.get((self.sector.id, indicator), "")
        return reason.strip().rstrip(".")
