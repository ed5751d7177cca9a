"""Trends of any size without a run folder: invented sectors that rise, fall, come and go."""

import random

from sectorscan.scan.changes import RunHead, Setting
from sectorscan.scan.trend import SectorTrend, Standing, Trend, TrendRun

TITLES = (
    "Professional, Scientific, and Technical Services",
    "Ambulatory Health Care Services",
    "Truck Transportation",
)
SETTINGS = (
    Setting(("criteria", "growth", "weight"), 20.0, 35.0, "scores", (0.2, 0.35)),
    Setting(("criteria", "pay", "weight"), 30.0, 20.0, "scores", (0.3, 0.2)),
)


def make_trend(runs=3, sectors=12, top=4, *, rated=False, titles=TITLES, region="Invented region"):
    """Return a trend: settings change before every third run, every fifth sector has a gap."""
    drawn = random.Random(runs * 1000 + sectors)  # noqa: S311
    level = {s: drawn.uniform(20, 80) for s in range(sectors)}
    standings = {s: [] for s in level}
    heads = []
    for n in range(runs):
        level = {s: min(88, max(12, one + drawn.gauss(0, 3))) for s, one in level.items()}
        there = [s for s in level if s % 5 or n % 4 != 2]
        order = sorted(there, key=lambda s: -level[s])
        for s, one in level.items():
            if s not in there:
                standings[s].append(None)
                continue
            rank, wide = order.index(s) + 1, drawn.choice([0, 0, 4])
            ready = drawn.uniform(0, 100) if rated and s % 3 else None
            tier = None if ready is None else "launch" if ready > 60 else "monitor"
            standings[s].append(
                Standing(rank, one, one - wide, one + wide, False, rank <= top, tier, ready)
            )
        name = f"{2005 + n}-11-01"
        head = RunHead(name, name, "0.1.0", region, 1999 + n, 2004 + n, "0" * 64)
        settings = SETTINGS if n and n % 3 == 0 else ()
        heads.append(
            TrendRun(head, top, len(order), sectors + 2, 1999, 2004 + n, settings)
        )  # fmt: skip
    made = [
        SectorTrend(str(311 + s), titles[s % len(titles)], tuple(standings[s]))
        for s in level
        if any(standings[s])
    ]
    made.sort(key=lambda one: (one.ranks[-1] or 10**6, one.best, one.id))
    return Trend(tuple(heads), tuple(made), None, synthetic=True)
