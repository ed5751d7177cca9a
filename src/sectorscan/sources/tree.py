"""Industry trees from NAICS codes: total, sector, 3 to 6 digits; one tree a group of rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sectorscan.sources import naics

IntArray = npt.NDArray[np.intp]
_DEPTHS = 1 + len(naics.LEVELS)


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
    return _rows_at(group, target, group * len(codes) + code, len(codes))


def nearest_ancestors(group: IntArray, code: IntArray, codes: Sequence[str]) -> IntArray:
    """Return the position of each row's nearest ancestor row in the same group, -1 without one.

    Parameters as in ``parents``; here nothing is lost where the level between has gaps.
    """
    keys = group * len(codes) + code
    above = ancestors(codes)
    nearest = np.full(len(code), -1, dtype=np.intp)
    for level in range(_DEPTHS):
        found = _rows_at(group, above[code, level], keys, len(codes))
        nearest = np.where(found >= 0, found, nearest)
    return nearest


def _rows_at(group: IntArray, code: IntArray, keys: IntArray, count: int) -> IntArray:
    """Return the row of ``keys`` (group x count + code) that each wanted cell stands in, or -1."""
    order = np.argsort(keys, kind="stable")
    wanted = np.where(code >= 0, group * count + code, -1)
    places = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    return np.where(keys[order[places]] == wanted, order[places], -1)
