"""What changed between runs: the results that reports show, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PARTS = ("data", "revision", "config", "method", "competitors")
"""What a score's change is split into; the parts sum to it."""

Status = Literal["ranked", "entered", "left", "unranked"]


@dataclass(frozen=True, slots=True)
class RunHead:
    """A run as another is compared with it: ``name`` is its folder's, or its date."""

    name: str
    date: str
    version: str
    region: str
    base: int | None
    end: int | None
    config_sha256: str


@dataclass(frozen=True, slots=True)
class ReadinessChange:
    """A sector's readiness scores, 0-100, then and now; None where nobody rated it.

    ``stale_share`` (of the questions' weight) is the new run's; ``fallen`` has each question whose
    level fell, with the level (0-4) then and now.
    """

    old: float | None
    new: float | None
    stale_share: float | None
    fallen: tuple[tuple[str, float, float], ...] = ()

    @property
    def falls(self) -> bool:
        """Whether the score fell."""
        return self.old is not None and self.new is not None and self.new < self.old


@dataclass(frozen=True, slots=True)
class SectorChange:
    """One sector in two runs.

    ``status``: ranked in both, entered, left, or ranked in neither. ``parts`` (points, by
    ``PARTS``) sum to ``change``; None, with the ``reason``, where there is no split.
    ``by_criterion`` has each part's points by criterion, those that are 0 left out. ``reason`` says
    too why a sector entered or left.
    """

    id: str
    title: str
    status: Status
    rank_old: int | None
    rank_new: int | None
    score_old: float | None
    score_new: float | None
    change: float | None = None
    parts: Mapping[str, float] | None = None
    by_criterion: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    reason: str = ""
    readiness: ReadinessChange | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that differs: an effective weight (a share of 1) with numbers, else no numbers."""

    name: str
    old: float | None = None
    new: float | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one run to another.

    ``sectors``: the new run's ranked by rank, then those that left, then the rest by id.
    ``new_years`` came in for the region, ``revised_years`` are those with other figures,
    in ``revised_rows`` rows of the tables. ``labels`` are the criteria's names for people.
    ``competitive``: some scale depends on the other candidates.
    """

    old: RunHead
    new: RunHead
    sectors: tuple[SectorChange, ...]
    new_years: tuple[int, ...]
    revised_years: tuple[int, ...]
    revised_rows: int
    settings: tuple[Setting, ...]
    labels: Mapping[str, str]
    competitive: bool
    top: int
    synthetic: bool = False
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorTrend:
    """A sector's rank and score in each run, None where it wasn't ranked."""

    id: str
    title: str
    ranks: tuple[int | None, ...]
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Ranks and scores over all runs, the oldest first; sectors by their latest rank."""

    runs: tuple[RunHead, ...]
    sectors: tuple[SectorTrend, ...]
    top: int
    synthetic: bool = False
    cautions: tuple[str, ...] = ()
