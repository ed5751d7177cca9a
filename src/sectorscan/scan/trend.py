"""Ranks and scores over all runs of a project: the result that reports show, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sectorscan.scan.changes import RunHead, Setting
from sectorscan.scan.named import Named


@dataclass(frozen=True, slots=True)
class TrendRun:
    """What a run was.

    ``ranked`` sectors of so many ``candidates``, the first ``top`` of them shortlisted. The inputs
    have figures from ``first_year`` to ``last_year``. ``settings`` are those that differ from the
    run before and can move scores: what moved from there to here isn't the economy alone.
    ``labels`` are the criteria's names for people.
    """

    head: RunHead
    top: int
    ranked: int
    candidates: int
    first_year: int | None
    last_year: int | None
    settings: tuple[Setting, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The run folder's name, or its date."""
        return self.head.name


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a ranked sector stood in one run.

    ``low`` and ``high`` are its score at the ends of withheld figures; ``readiness`` (0-100) and
    ``tier`` are None where nobody rated it.
    """

    rank: int
    score: float | None
    low: float | None
    high: float | None
    tied: bool
    shortlisted: bool
    tier: str | None
    readiness: float | None

    @property
    def certain(self) -> bool:
        """Whether no withheld figure could move the score."""
        return self.low is None or self.high is None or self.low == self.high


@dataclass(frozen=True, slots=True)
class SectorTrend(Named):
    """A sector's standing in each run, None where it wasn't ranked."""

    id: str
    title: str
    standings: tuple[Standing | None, ...]

    @property
    def ranks(self) -> tuple[int | None, ...]:
        """Its rank in each run."""
        return tuple(None if one is None else one.rank for one in self.standings)

    @property
    def scores(self) -> tuple[float | None, ...]:
        """Its score in each run."""
        return tuple(None if one is None else one.score for one in self.standings)

    @property
    def best(self) -> int:
        """Its best rank in any run."""
        return min(rank for rank in self.ranks if rank is not None)


@dataclass(frozen=True, slots=True)
class Trend:
    """Standings over all runs, the oldest first; sectors by their latest rank.

    ``top`` was asked for in place of each run's own shortlist.
    """

    runs: tuple[TrendRun, ...]
    sectors: tuple[SectorTrend, ...]
    top: int | None = None
    synthetic: bool = False
    cautions: tuple[str, ...] = ()

    @property
    def region(self) -> str:
        """The latest run's region."""
        return self.runs[-1].head.region

    def lists(self, one: Standing | None) -> bool:
        """Return whether a standing is among the first: of that run's shortlist, or as asked."""
        if one is None:
            return False
        return one.shortlisted if self.top is None else one.rank <= self.top

    @property
    def listed(self) -> tuple[SectorTrend, ...]:
        """The sectors that ever were."""
        return tuple(one for one in self.sectors if any(map(self.lists, one.standings)))
