"""Revisions of NAICS: codes that hold other establishments before than after, told from growth.

A code may appear, vanish, or keep its number and change what it holds. Growth across a revision is
growth only where a sector's codes hold the same establishments on both sides of it.
Source: US Census Bureau, NAICS 2017 and 2022 manuals, changes to the structure; 3 and 4 digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.scope import listed
from sectorscan.sources.sums import Summed
from sectorscan.tables.model import Interval, Sector

Group = tuple[tuple[str, ...], tuple[str, ...]]

_STORES = ("441", "444", "445")
"""Since NAICS 2022 they hold the online and mail-order sellers of their goods too (until then 454),
which is little beside their own jobs: their growth is told, with a caution."""

_REVISIONS: tuple[tuple[int, tuple[Group, ...]], ...] = (
    (
        2017,
        (
            (("4521", "4529"), ("4522", "4523")),
            (("5171", "5172"), ("5173",)),
        ),
    ),
    (
        2022,
        (
            # Sellers without a store (454) went to the stores of their goods, all over retail.
            (
                (*_STORES, "442", "443", "446", "447", "448", "451", "452", "453", "454"),
                (*_STORES, "449", "455", "456", "457", "458", "459"),
            ),
            (("5111",), ("5131",)),
            (("5112",), ("5132",)),
            (("515", "519"), ("516", "519")),
            (("5173", "5179"), ("5171", "5178")),
        ),
    ),
)
"""The first year in QCEW, and the codes until then and since: only a whole group is the same."""


@lru_cache(4096)
def same_content(codes: tuple[str, ...], year: int, other: int) -> bool:
    """Return whether a sector's codes hold the same establishments in two years."""
    return all(
        _whole(codes, group) or _is_stores(codes, group) for group in _touched(codes, year, other)
    )


def without_other_content(
    summed: Summed, sectors: Sequence[Sector], years: Sequence[int]
) -> Summed:
    """Return the (S, Y) sums, unknown in years whose codes hold other things than the last year's.

    Establishments stay: no growth is made of them.
    """
    if not years:
        return summed
    same = np.array(
        [[same_content(s.naics, year, years[-1]) for year in years] for s in sectors], dtype=bool
    ).reshape(summed.e_status.shape)

    def kept(cells: Interval) -> Interval:
        return Interval(*(np.where(same, x, np.nan) for x in (cells.low, cells.value, cells.high)))

    return replace(
        summed,
        employment=kept(summed.employment),
        wages=kept(summed.wages),
        e_status=np.where(same, summed.e_status, "missing"),
        w_status=np.where(same, summed.w_status, "missing"),
    )


def in_one_classification(employment: pd.DataFrame) -> bool:
    """Return whether a table keeps its codes over all years: some analysts' series are back-cast.

    A published row of a code that didn't stand in its year's classification tells.
    """
    renumbered = {code for _, groups in _REVISIONS for group in groups for side in group
                  for member in side for code in (member, naics.parent(member) or "")}  # fmt: skip
    rows = employment[
        employment["industry"].isin(renumbered) & employment["employment_status"].eq("published")
    ]
    pairs = rows[["industry", "year"]].drop_duplicates().itertuples(index=False, name=None)
    return any(not naics.stands_in(code, year) for code, year in pairs)


def moved_sellers(sectors: Sequence[Sector], years: Sequence[int]) -> tuple[str, ...]:
    """Return a caution on the stores that took in sellers from another industry in the period."""
    ids = dict.fromkeys(
        sector.id
        for sector in sectors
        if years
        and any(
            _is_stores(sector.naics, group) and not _whole(sector.naics, group)
            for group in _touched(sector.naics, years[0], years[-1])
        )
    )
    if not ids:
        return ()
    return (
        f"NAICS 2022 moved online and mail-order sellers into {listed(list(ids))}: not all of the "
        f"growth between {years[0]} and {years[-1]} is growth.",
    )


def _touched(codes: Sequence[str], year: int, other: int) -> list[Group]:
    """Return the groups that the codes have a part in, of the revisions between two years."""
    first, last = sorted((year, other))
    return [
        group
        for since, groups in _REVISIONS
        if first < since <= last
        for group in groups
        if any(naics.overlap(code, member) for code in codes for side in group for member in side)
    ]


def _whole(codes: Sequence[str], group: Group) -> bool:
    """Return whether the codes hold all of a group; of a plain renumbering any part will do."""
    if all(len(side) == 1 for side in group):
        return all(any(naics.overlap(code, side[0]) for code in codes) for side in group)
    members = {member for side in group for member in side}
    return all(any(naics.contains(code, member) for code in codes) for member in members)


def _is_stores(codes: Sequence[str], group: Group) -> bool:
    """Return whether the codes have part in a group through the stores that kept their numbers."""
    inside = [
        c for c in codes if any(naics.overlap(c, member) for side in group for member in side)
    ]
    return all(any(naics.contains(store, code) for store in _STORES) for code in inside)
