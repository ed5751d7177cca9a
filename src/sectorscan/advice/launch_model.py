"""The plan of launches: one immutable object each, unrounded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sectorscan.config.plan import PlanConfig, PlanWeights
from sectorscan.config.scorecard import LEVELS
from sectorscan.readiness.standing import Standing
from sectorscan.scoring.model import Tier

Stage = Literal["launch", "prepare", "ask", "rate", "not yet"]
STAGES: tuple[Stage, ...] = ("launch", "prepare", "ask", "rate", "not yet")
TERMS = tuple(PlanWeights.model_fields)
"""What a priority is made of, in the order of the config."""
FULL: Mapping[str, float] = {
    name: {"economic": 100.0, "readiness": 100.0, "p_top": 1.0}.get(name, float(max(LEVELS)))
    for name in TERMS
}
"""The value of each that counts 100."""
LITTLE = 0.7
"""Where a smaller share of the readiness weight has a level, a survey comes first."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A ranked sector with all that the order looks at; NaN is what isn't known.

    ``values`` has the terms of the priority by name: scores 0-100, ``p_top`` a share of 1,
    questions' levels 0-4. ``unknown`` are the questions that block a launch and that nobody could
    answer; ``codes`` its NAICS codes, ``areas`` where they count; ``held``: a gate holds it back.
    """

    sector: str
    title: str
    rank: int
    tier: Tier
    values: Mapping[str, float]
    held: bool = False
    blocked_by: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    coverage: float = math.nan
    conveners: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a priority: its value, effective weight (all sum to 1) and points."""

    name: str
    value: float
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Shared:
    """Two sectors with employers in common: ``inside`` where all of the one lies in the other."""

    one: str
    other: str
    codes: tuple[str, ...]
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Delay:
    """Why a sector doesn't come earlier: a year is full, or employers or the convener are taken.

    A year that is full has no other reason: nothing else would have brought the sector into it.
    """

    why: Literal["capacity", "employers", "convener"]
    other: str = ""
    convener: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sector's place in the plan.

    ``place`` counts from 1, those ready to launch first. ``priority`` is 0-100, NaN where nobody
    rated it or nothing of it is known. ``year`` is 0 where it gets none within the plan.
    """

    contender: Contender
    stage: Stage
    place: int
    priority: float
    terms: tuple[Term, ...]
    year: int = 0
    convener: str = ""
    delays: tuple[Delay, ...] = ()

    @property
    def rated(self) -> bool:
        """Whether anybody rated the sector."""
        return not math.isnan(self.contender.values["readiness"])

    def number(self, name: str) -> float:
        """Return one of the numbers that sentences say, NaN where it isn't known.

        Raises
        ------
        KeyError
            Where there is no such number.
        """
        head, _, rest = name.partition(".")
        if head == "term":
            which, _, what = rest.partition(".")
            return float(getattr({term.name: term for term in self.terms}[which], what))
        if head == "readiness" and rest and self.contender.standing is not None:
            return self.contender.standing.number(rest)
        if name in ("place", "priority", "year"):
            return float(getattr(self, name))
        if name in ("rank", "coverage"):
            return float(getattr(self.contender, name))
        return self.contender.values[name]


@dataclass(frozen=True, slots=True)
class LaunchOrder:
    """The whole plan: every ranked sector once, in the order of ``place``."""

    entries: tuple[Entry, ...]
    shared: tuple[Shared, ...]
    settings: PlanConfig

    def of(self, stage: Stage) -> tuple[Entry, ...]:
        """Return the sectors of a stage, in order."""
        return tuple(entry for entry in self.entries if entry.stage == stage)

    def counted(self, what: str) -> tuple[Entry, ...]:
        """Return the sectors of a stage or of a part of one (see ``number``), in order."""
        if what == "unplaced":
            return tuple(one for one in self.of("launch") if not one.year)
        if what in ("seen", "unseen"):
            return tuple(one for one in self.of("not yet") if one.rated == (what == "seen"))
        return tuple(entry for entry in self.entries if entry.stage == what)

    @property
    def rated(self) -> bool:
        """Whether anybody rated any sector."""
        return any(one.rated for one in self.entries)

    @property
    def first(self) -> Entry | None:
        """The sector to start with, None where none is ready."""
        return next((entry for entry in self.entries if entry.stage == "launch"), None)

    @property
    def scheduled(self) -> tuple[Entry, ...]:
        """The sectors that have a year, by year."""
        return tuple(sorted((e for e in self.entries if e.year), key=lambda e: (e.year, e.place)))

    def number(self, address: str) -> float:
        """Return the number at a fact's address.

        ``entry.<place>.<name>`` (see ``Entry.number``; ``behind``: points behind the first),
        ``capacity``, ``years``, ``convener_years``, ``start`` (launched in the first year),
        ``count.<stage>``, ``count.unplaced`` (ready, without a year), ``count.seen`` and
        ``count.unseen`` (not yet, rated or not).

        Raises
        ------
        KeyError
            Where the address leads nowhere.
        """
        head, _, rest = address.partition(".")
        if head == "entry":
            place, _, name = rest.partition(".")
            entry = self.entries[int(place) - 1]
            if name == "behind" and self.first is not None:
                return self.first.priority - entry.priority
            return entry.number(name)
        if head == "count":
            return float(len(self.counted(rest)))
        if address == "start":
            return 1.0
        if address in ("capacity", "years", "convener_years"):
            return float(getattr(self.settings, address))
        raise KeyError(address)
