"""The answer to a low-wage sector: which better-paid parts, or neighbours, to pair it with."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sectorscan.indicators.arithmetic import ratio
from sectorscan.scoring.model import Ranking
from sectorscan.tables.model import Segment


@dataclass(frozen=True, slots=True)
class Pairing:
    """A sector's parts against the average pay of its areas, USD a year a job.

    ``better`` are the parts that pay more, most jobs first; ``neighbours`` are industries outside
    its codes, in the same NAICS sector, named only where a low-paid sector has no better part.
    """

    average: float
    parts: tuple[Segment, ...]
    better: tuple[Segment, ...]
    neighbours: tuple[Segment, ...]

    @property
    def known(self) -> bool:
        """Whether the average and the pay of a part are known."""
        return math.isfinite(self.average) and any(math.isfinite(part.pay) for part in self.parts)

    def above(self, part: Segment) -> bool | None:
        """Return whether a part pays above the average; None where it isn't known or certain."""
        if not math.isfinite(self.average) or not math.isfinite(part.pay):
            return None
        low, high = part.pay_low, part.pay_high
        if part.status == "estimated" and low <= self.average <= high:
            return None
        return part.pay > self.average


def pairing(ranking: Ranking, sector: int) -> Pairing:
    """Return what a sector's parts pay against the region, and its better-paid neighbours.

    A bundle with its own areas is held against the average of these, which its own ratio tells.
    """
    table = ranking.indicators
    panel = table.panel
    average = table.region.get("avg_annual_pay", math.nan)
    if table.sectors[sector].areas is not None or not math.isfinite(average):
        own, share = (table.values(name)[sector] for name in ("avg_annual_pay", "pay_vs_region"))
        average = float(ratio(np.asarray(own), np.asarray(share)))
    parts = panel.segments[sector] if panel.segments else ()
    better = sorted(
        (part for part in parts if part.pay > average),
        key=lambda part: (-part.employment, part.id),
    )
    beside = panel.neighbours[sector] if panel.neighbours else ()
    return Pairing(average, parts, tuple(better), () if better else beside)
