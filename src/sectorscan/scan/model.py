"""The result of a scan: everything that a report shows, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sectorscan.advice.model import Recommendation
from sectorscan.config.models import Config
from sectorscan.readiness.model import Readiness
from sectorscan.readiness.standing import Standing
from sectorscan.robustness.model import Robustness
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import InputFile


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A ranking with its reasons, inputs and cautions.

    ``recommendations`` are in the order of ``ranking.indicators.sectors``; ``config_name`` is a
    file name (never a folder) or a preset's name; ``totals`` maps year to the region's jobs;
    ``robustness`` is None where no draws were asked for; ``what_if`` holds the weights set over the
    config's, by group or indicator; the mean interval widths are the panel's.
    ``readiness`` is None without scorecards; ``standings`` are by sector id, then empty.
    """

    config: Config
    config_name: str
    config_sha256: str
    inputs: tuple[InputFile, ...]
    ranking: Ranking
    recommendations: tuple[Recommendation, ...]
    totals: Mapping[int, float]
    estimated_share: float | None
    cautions: tuple[str, ...]
    notes: tuple[str, ...] = ()
    what_if: Mapping[str, float] = field(default_factory=dict)
    synthetic: bool = False
    robustness: Robustness | None = None
    mean_interval_width_pct: float | None = None
    mean_interval_width_jobs: float | None = None
    readiness: Readiness | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
