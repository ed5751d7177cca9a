"""Which rows of a source's table stand for a sector: its own, its parts', or a wider group's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from sectorscan.sources import naics


@dataclass(frozen=True, slots=True)
class RateRow:
    """One area's row: numerator with its ends over denominator; NaN where withheld."""

    codes: frozenset[str]
    numerator: float
    low: float
    high: float
    denominator: float


Rows = dict[frozenset[str], RateRow]
"""An area's rows by their codes."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The rows that stand for a sector; ``wider`` names the group where it is one."""

    rows: tuple[RateRow, ...]
    wider: str = ""

    @property
    def withheld(self) -> bool:
        """Whether no row has a figure."""
        return all(np.isnan(row.denominator) for row in self.rows)

    def ratio(self) -> tuple[float, float, float]:
        """Return low, value and high of the sums' ratio; NaN where nothing is known.

        A row that is withheld whole has an unknown share in the sums: the ends are then 0 and inf.
        """
        known = [row for row in self.rows if not np.isnan(row.denominator)]
        whole = sum(row.denominator for row in known)
        if not known or not whole > 0:
            return np.nan, np.nan, np.nan
        value = sum(row.numerator for row in known) / whole
        if len(known) < len(self.rows):
            return 0.0, value, np.inf
        low, high = sum(row.low for row in known) / whole, sum(row.high for row in known) / whole
        return min(low, value), value, max(high, value)


def pick(
    areas: Sequence[Rows],
    codes: tuple[str, ...],
    year: int,
    jobs: Callable[[str], float],
    *,
    own: bool = True,
) -> Picked | None:
    """Return the rows of all areas that stand for a sector's codes, None where none do.

    In this order: rows of exactly these codes or of all their parts (in the NAICS of ``year``);
    the narrowest group that contains a single code; for a bundle, each code by either way, weighed
    by the region's ``jobs`` in it. Not ``own``: the codes held other things in ``year``, so only a
    group that contains them will do.
    """
    inside = [_inside(rows, codes, year) if own else None for rows in areas]
    found = [row for rows in inside if rows is not None for row in rows]
    # An area without a row hasn't got the industry, where another area has.
    if found and all(rows is not None or not _touching(a, codes) for rows, a in
                     zip(inside, areas, strict=True)):  # fmt: skip
        return Picked(tuple(found))
    if len(codes) == 1:
        return _wider(areas, codes[0], own=own)
    if not own:
        return None
    parts = [(code, pick(areas, (code,), year, jobs)) for code in codes]
    return _weighed(parts, jobs)


def _inside(rows: Rows, codes: tuple[str, ...], year: int) -> list[RateRow] | None:
    """Return disjoint rows that together are the codes, None where they aren't all covered."""
    if frozenset(codes) in rows:
        return [rows[frozenset(codes)]]
    within = [key for key in rows if all(_in_any(code, codes) for code in key)]
    kept: list[frozenset[str]] = []
    for key in sorted(within, key=lambda key: (min(map(_digits, key)), sorted(key))):
        held = [code for code in key if any(_in_any(code, other) for other in kept)]
        if held and len(held) < len(key):
            return None
        if not held:
            kept.append(key)
    there = frozenset(code for key in kept for code in key)
    if not kept or not all(_covered(code, there, year) for code in codes):
        return None
    return [rows[key] for key in kept]


def _wider(areas: Sequence[Rows], code: str, *, own: bool) -> Picked | None:
    """Return each area's narrowest group that contains a code: the same group in all areas."""
    groups = {
        key
        for rows in areas
        for key in rows
        if _in_any(code, key) and not any(map(naics.is_total, key)) and (own or code not in key)
    }
    for key in sorted(groups, key=lambda key: (-min(map(_digits, key)), len(key), sorted(key))):
        found = [rows[key] for rows in areas if key in rows]
        if not all(np.isnan(row.denominator) for row in found):
            return Picked(tuple(found), ", ".join(sorted(key)))
    return None


def _weighed(
    parts: Sequence[tuple[str, Picked | None]], jobs: Callable[[str], float]
) -> Picked | None:
    rows, wider = [], []
    for code, part in parts:
        weight = jobs(code)
        if weight == 0:
            continue
        if part is None or not weight > 0:
            return None
        low, value, high = part.ratio()
        if np.isnan(value):
            return None
        rows.append(RateRow(frozenset({code}), weight * value, weight * low, weight * high, weight))
        wider += [part.wider] if part.wider else []
    return Picked(tuple(rows), " and ".join(dict.fromkeys(wider))) if rows else None


def _touching(rows: Rows, codes: tuple[str, ...]) -> bool:
    return any(_in_any(code, codes) for key in rows for code in key)


def _in_any(code: str, outer: Iterable[str]) -> bool:
    return any(naics.contains(other, code) for other in outer)


def _digits(code: str) -> int:
    return 2 if "-" in code else len(code)


def _covered(code: str, there: frozenset[str], year: int) -> bool:
    if code in there:
        return True
    below = _children(naics.vintage(year)).get(code, ())
    return bool(below) and all(_covered(part, there, year) for part in below)


@cache
def _children(vintage: int) -> Mapping[str, tuple[str, ...]]:
    """Return the codes one level down from each code of a NAICS vintage."""
    below: dict[str, list[str]] = {}
    for entry in naics.table().values():
        above = naics.parent(entry.code)
        if above is not None and vintage in entry.vintages:
            below.setdefault(above, []).append(entry.code)
    return {code: tuple(parts) for code, parts in below.items()}
