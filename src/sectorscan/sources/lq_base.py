"""The base of location quotients: the jobs that a sector's are divided by."""

from __future__ import annotations

import numpy as np

from sectorscan.sources.scope import Resolved
from sectorscan.tables.model import FloatArray, Interval, RegionalTables


def covered_by_year(tables: RegionalTables, resolved: Resolved) -> tuple[Interval, Interval]:
    """Return jobs in all industries of all ownerships: each sector's areas, and the benchmark.

    Shapes (S, Y) and (1, Y); NaN where the inputs don't have the total of every area.
    """
    covered = tables.covered_totals.set_index(["region", "year"])["employment"].to_dict()

    def total(areas: tuple[str, ...]) -> list[float]:
        if not areas:
            return [np.nan] * len(resolved.years)
        return [sum(covered.get((a, y), np.nan) for a in areas) for y in resolved.years]

    own = (resolved.areas if s.areas is None else s.areas for s in resolved.sectors)
    shape = len(resolved.sectors), len(resolved.years)
    e_r: FloatArray = np.array([total(areas) for areas in own], dtype=float).reshape(shape)
    e_n: FloatArray = np.array([total(resolved.benchmark)], dtype=float)
    return Interval.exact(e_r), Interval.exact(e_n)


def uncovered(lq_base: str, e_r: Interval, e_n: Interval) -> tuple[str, ...]:
    """Say that the base ``all-covered`` isn't known in the end year, if so."""
    if lq_base != "all-covered" or not (
        np.isnan(e_r.value[:, -1:]).any() or np.isnan(e_n.value[:, -1:]).any()
    ):
        return ()
    return (
        "The location quotient's base all-covered needs the totals of all ownerships, which "
        "the inputs don't have for every area: it is missing.",
    )
