"""What changed between runs: the results that reports show, unrounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sectorscan.scan.named import Named

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
class LevelChange:
    """A readiness question's mean level (0-4) then and now; None where nobody knows.

    ``weight`` is the new scorecard's.
    """

    question: str
    title: str
    old: float | None
    new: float | None
    weight: float = 0.0

    @property
    def points(self) -> float:
        """What it moves the readiness score by, but for a divisor that all questions share."""
        return 0.0 if self.old is None or self.new is None else self.weight * (self.new - self.old)


@dataclass(frozen=True, slots=True)
class ReadinessChange:
    """A sector's readiness scores, 0-100, then and now; None where nobody rated it.

    ``stale_share`` (of the questions' weight) is the new run's. ``levels`` has each question that
    both scorecards ask and whose level differs, ``raters`` how many rated then and now.
    """

    old: float | None
    new: float | None
    stale_share: float | None
    levels: tuple[LevelChange, ...] = ()
    raters: tuple[int, int] = (0, 0)

    @property
    def falls(self) -> bool:
        """Whether the score fell."""
        return self.old is not None and self.new is not None and self.new < self.old


@dataclass(frozen=True, slots=True)
class Because:
    """One of the things without which a sector's tier would not have changed as it did.

    ``economic`` and ``readiness`` are scores then and now; ``blocked`` and ``released`` have the
    ``levels`` that keep a sector from being launched now, or kept it then; ``held`` and ``let go``
    are a gate's.
    """

    kind: Literal["economic", "readiness", "blocked", "released", "held", "let go"]
    old: float | None = None
    new: float | None = None
    levels: tuple[LevelChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorChange(Named):
    """One sector in two runs.

    ``status``: ranked in both, entered, left, or ranked in neither. ``parts`` (points, by
    ``PARTS``) sum to ``change``; None, with the ``reason``, where there is no split.
    ``by_criterion`` has each part's points by criterion, those that are 0 left out. ``reason`` says
    too why a sector entered or left. ``shortlisted``: then and now. ``tiers`` then and now, None
    where it wasn't ranked.
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
    shortlisted: tuple[bool, bool] = (False, False)
    tiers: tuple[str | None, str | None] = (None, None)
    because: tuple[Because, ...] = ()


Written = float | str | Sequence[object] | Mapping[str, object] | None
"""A setting's value as the config has it, None where it has none."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that somebody changed: its ``path`` in the config, what stood there then and now.

    ``moves`` is what it can move. ``shares``: of a weight, what the criteria under it weigh of all,
    then and now.
    """

    path: tuple[str, ...]
    old: Written
    new: Written
    moves: Literal["scores", "readiness", "nothing"] = "scores"
    shares: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """The path as reports write it: ``criteria.job_quality.weight``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion's effective weight, a share of 1, then and now: 0 where it is no criterion."""

    criterion: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one run to another.

    ``sectors``: the new run's ranked by rank, then those that left, then the rest by id.
    ``new_years`` came in for the region, ``revised_years`` are those with other figures,
    in ``revised_rows`` rows of the tables. ``settings`` are what somebody changed, ``weights`` the
    effective weights that moved with it. ``labels`` are the criteria's names for people.
    ``competitive``: some scale depends on the other candidates. ``why_not`` says why no change can
    be split, ``as_of`` from which day the new run looks back on ratings.
    """

    old: RunHead
    new: RunHead
    sectors: tuple[SectorChange, ...]
    new_years: tuple[int, ...]
    revised_years: tuple[int, ...]
    revised_rows: int
    settings: tuple[Setting, ...]
    weights: tuple[Weight, ...]
    labels: Mapping[str, str]
    competitive: bool
    as_of: str
    why_not: str = ""
    synthetic: bool = False
    cautions: tuple[str, ...] = ()
