"""Scorecards: what raters say of each sector, how far they agree, and what it means for its tier.

from sectorscan.readiness import assess, read_scorecards

readiness = read_scorecards([Path("scorecard.xlsx")], loaded.config.scorecard)
ranking, standings = assess(ranking, readiness)
"""

from __future__ import annotations

from sectorscan.readiness.model import Readiness, SectorReadiness
from sectorscan.readiness.reading import read_scorecards
from sectorscan.readiness.standing import Standing, assess

__all__ = ["Readiness", "SectorReadiness", "Standing", "assess", "read_scorecards"]
