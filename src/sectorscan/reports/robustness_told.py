"""What the parts of the robustness report share: a shortlist, its examination, and their words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.words import cell
from sectorscan.robustness.examination import Examination
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.aggregate import in_play

UNITS = (
    "pp: percentage points a year. A location quotient of 1, or pay of 1.00, is the same as what "
    "it is held against."
)
MOST_BEYOND = 7
"""How many sectors below the shortlist the tables have."""


@dataclass(frozen=True, slots=True)
class Told:
    """A shortlist and its examination, as the sections need them."""

    shortlist: Shortlist
    found: Examination

    @property
    def shown(self) -> tuple[view.Candidate, ...]:
        """The shortlist and the next few."""
        ranked = view.ranked(self.shortlist)
        listed = sum(candidate.shortlisted for candidate in ranked)
        return ranked[: listed + MOST_BEYOND]

    def id(self, candidate: view.Candidate) -> str:
        """Return a sector's id as the results have it."""
        return view.verbatim_id(self.shortlist, candidate)

    def name(self, sector: str) -> str:
        """Return a sector's code and title."""
        return view.candidate_of(self.shortlist, sector).label

    def label(self, indicator: str) -> str:
        """Return an indicator's name."""
        return view.label_of(self.shortlist, indicator)

    def known_somewhere(self, criterion: str) -> bool:
        """Return whether any candidate has a figure on a criterion."""
        matrix = self.shortlist.ranking.matrix
        place = [one.id for one in matrix.criteria].index(criterion)
        return bool(in_play(matrix.value)[place])

    def figure(self, criterion: str, then: float, now: float) -> str:
        """Return what a figure would have to be, with its name and what it is now."""
        unit = view.unit_of(self.shortlist, criterion)
        present = "not known" if math.isnan(now) else cell(now, unit)
        return f"{self.label(criterion)} {cell(then, unit)} (now {present})"
