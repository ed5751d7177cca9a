"""Industry trees from NAICS codes: total, sector, 3 to 6 digits; one tree a group of rows.

QCEW puts domains and supersectors between the total and the sectors. They hold no industries of
their own, but what they publish bounds the sectors below. Source: BLS, "QCEW NAICS hierarchy
crosswalk"; the public files' own sums agree (docs/method.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sectorscan.sources import naics
from sectorscan.tables.model import TOTAL_INDUSTRY

IntArray = npt.NDArray[np.intp]
_DEPTHS = 1 + len(naics.LEVELS)

SUPERSECTORS = {
    "11": "1011",
    "21": "1011",
    "23": "1012",
    "31-33": "1013",
    "22": "1021",
    "42": "1021",
    "44-45": "1021",
    "48-49": "1021",
    "51": "1022",
    "52": "1023",
    "53": "1023",
    "54": "1024",
    "55": "1024",
    "56": "1024",
    "61": "1025",
    "62": "1025",
    "71": "1026",
    "72": "1026",
    "81": "1027",
    "92": "1028",
    "99": "1029",
}
"""Sector to the supersector that QCEW counts it in."""
DOMAINS = {code: code[:3] for code in SUPERSECTORS.values()}
"""Supersector to domain: goods-producing (101), service-providing (102)."""


def is_aggregate(code: str) -> bool:
    """Return whether a code is a domain or a supersector: a sum of sectors, no industry."""
    return code in DOMAINS or code in DOMAINS.values()


def _aggregates(code: str) -> tuple[str | None, str | None, str | None]:
    """Return the total, domain and supersector above a code."""
    if code in DOMAINS:
        return TOTAL_INDUSTRY, DOMAINS[code], None
    if is_aggregate(code):
        return TOTAL_INDUSTRY, None, None
    supersector = SUPERSECTORS.get(naics.sector_of(code)) if naics.level(code) else None
    return None, DOMAINS.get(supersector or ""), supersector


@lru_cache(naics.REMEMBERED)
def depth(code: str) -> int:
    """Return 0 for all industries, 1 for a sector, ... 5 for six digits; -1 for what is no code."""
    if naics.is_total(code):
        return 0
    level = naics.level(code)
    return -1 if level is None else 1 + naics.LEVELS.index(level)


def ancestors(codes: Sequence[str]) -> IntArray:
    """Return each code's ancestor at each depth as a position in ``codes``, -1 where not there.

    Shape (codes, 6).
    """
    position = {code: number for number, code in enumerate(codes)}
    above = np.full((len(codes), _DEPTHS), -1, dtype=np.intp)
    for number, code in enumerate(codes):
        parent = naics.parent(code)
        while parent is not None:
            above[number, depth(parent)] = position.get(parent, -1)
            parent = naics.parent(parent)
    return above


def parents(group: IntArray, code: IntArray, codes: Sequence[str]) -> IntArray:
    """Return the position of each row's parent row in the same group, -1 where it has none.

    Files may leave whole levels out: a row's parent is then at the next level above that the group
    has at all. Where the group has that level but not the row's own parent, the row is a root: its
    siblings are not known.

    Parameters
    ----------
    group
        Which tree each row belongs to (an area, year and ownership), 0 ..., shape (rows,).
    code
        Each row's industry as a position in ``codes``; not twice in a group.
    codes
        NAICS codes as QCEW writes them.
    """
    depths = np.array([depth(text) for text in codes], dtype=np.intp)
    groups = int(group.max()) + 1 if len(group) else 0
    present = np.zeros((groups, _DEPTHS), dtype=np.bool_)
    known = depths[code] >= 0
    present[group[known], depths[code[known]]] = True
    next_above = np.full((groups, _DEPTHS), -1, dtype=np.intp)
    for level in range(1, _DEPTHS):
        next_above[:, level] = np.where(present[:, level - 1], level - 1, next_above[:, level - 1])
    target_depth = np.where(known, next_above[group, depths[code]], -1)
    target = np.where(target_depth >= 0, ancestors(codes)[code, target_depth], -1)
    return _Rows.of(group, code, len(codes)).at(group, target)


def under_aggregates(
    parent: IntArray, group: IntArray, code: IntArray, codes: Sequence[str]
) -> IntArray:
    """Return the parents with domains and supersectors put between the total and what is below it.

    Parameters as in ``parents``, which gives ``parent``.
    """
    parent = parent.copy()
    rows = _Rows.of(group, code, len(codes))
    depths = np.array([depth(text) for text in codes], dtype=np.intp)
    position = {text: number for number, text in enumerate(codes)}
    at_total = np.append(depths == 0, False)  # the last is for no parent
    aggregate = np.array([is_aggregate(text) for text in codes], dtype=np.bool_)
    below_total = at_total[np.where(parent >= 0, code[parent], -1)]
    high_up = np.flatnonzero(below_total | (depths[code] == 1) | aggregate[code])
    for texts in zip(*(_aggregates(text) for text in codes), strict=True):
        above = np.array([position.get(text or "", -1) for text in texts], dtype=np.intp)
        found = rows.at(group[high_up], above[code[high_up]])
        parent[high_up] = np.where(found >= 0, found, parent[high_up])
    return parent


def nearest_ancestors(group: IntArray, code: IntArray, codes: Sequence[str]) -> IntArray:
    """Return the position of each row's nearest ancestor row in the same group, -1 without one.

    Parameters as in ``parents``; here nothing is lost where the level between has gaps.
    """
    rows = _Rows.of(group, code, len(codes))
    above = ancestors(codes)
    nearest = np.full(len(code), -1, dtype=np.intp)
    for level in range(_DEPTHS):
        found = rows.at(group, above[code, level])
        nearest = np.where(found >= 0, found, nearest)
    return nearest


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the row of a group and code stands: keys in order, and the rows in that order."""

    keys: IntArray
    order: IntArray
    codes: int

    @classmethod
    def of(cls, group: IntArray, code: IntArray, codes: int) -> _Rows:
        keys = group * codes + code
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], order, codes)

    def at(self, group: IntArray, code: IntArray) -> IntArray:
        """Return the row that each wanted cell stands in, -1 where there is none."""
        found = np.full(len(code), -1, dtype=np.intp)
        if not len(self.keys):
            return found
        asked = np.flatnonzero(code >= 0)
        wanted = group[asked] * self.codes + code[asked]
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found[asked] = np.where(self.keys[places] == wanted, self.order[places], -1)
        return found
