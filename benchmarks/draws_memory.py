"""The draws over many sectors whose every figure is withheld: ``draws_memory.py SECTORS``.

For its peak of memory. 0 sectors imports what it needs and stops.
"""

from __future__ import annotations

import sys

import numpy as np

import sectorscan.robustness.trust as trust
from sectorscan.config.loader import load_config
from sectorscan.indicators.compute import compute
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import GivenFigures, Interval, Panel, Sector

YEARS = (2019, 2020, 2021, 2022, 2023)
DRAWS = 10_000


def panel(size: int) -> Panel:
    """Return an invented region in which each sector's jobs and wages are intervals."""
    random = np.random.default_rng(1)
    firms = random.integers(5, 400, (size, 1)) + np.zeros((1, len(YEARS)))
    jobs = firms * random.lognormal(3, 0.6, (size, 1)) * random.normal(1, 0.05, firms.shape)
    wages = jobs * random.lognormal(10.8, 0.3, (size, 1))
    industry = random.lognormal(13, 0.8, (size, 1)) * 1.02 ** np.arange(len(YEARS))
    ones = np.ones(jobs.shape)
    total, nation = ones * jobs.sum(axis=0), ones[:1] * 1.5e8
    pay = ones * wages.sum(axis=0)
    text = np.full(jobs.shape, "estimated")
    return Panel(
        sectors=tuple(Sector(f"s{s:04d}", "", (f"s{s:04d}",)) for s in range(size)),
        years=YEARS,
        region_name="Region",
        areas=("39041",),
        benchmark="US000",
        ownership="private",
        lq_base="same-ownership",
        e_ir=Interval(0.7 * jobs, jobs, 1.5 * jobs),
        w_ir=Interval(0.7 * wages, wages, 1.5 * wages),
        n_ir=firms,
        e_r=Interval.exact(total),
        w_r=Interval.exact(pay),
        e_in=Interval.exact(industry),
        w_in=Interval.exact(industry * 52_000.0),
        e_n=Interval.exact(nation),
        w_n=Interval.exact(nation * 51_000.0),
        e_region=Interval.exact(total[:1]),
        w_region=Interval.exact(pay[:1]),
        e_r_lq=Interval.exact(total),
        e_n_lq=Interval.exact(nation),
        e_status=text,
        w_status=text,
        e_in_status=text,
        withheld_areas=np.zeros(size, dtype=np.int64),
        areas_with_rows=np.ones(size, dtype=np.int64),
        total_is_sum=False,
        benchmark_contains_region=False,
        estimated_share=None,
        sources={},
        given=GivenFigures(),
    )


def main(size: int) -> None:
    """Draw, and say how many sectors took part."""
    if not size:
        return
    config = load_config("comprehensive").config
    draws = config.robustness.model_copy(update={"draws": DRAWS})
    config = config.model_copy(update={"robustness": draws, "gates": ()})
    table = compute(panel(size))
    found = trust.robustness(rank(table, config), config)
    if found is None or len(found.place) != size:
        sys.exit("not every sector took part")


if __name__ == "__main__":
    main(int(sys.argv[1]))
