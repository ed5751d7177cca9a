"""What each NAICS revision moved, at every level: whether codes hold the same on both sides.

The changed 6-digit pairs are in ``naics_revisions.csv`` (``tools/make_naics_tables.py``). Source:
US Census Bureau, NAICS concordances 2002 to 2007, 2007 to 2012, 2012 to 2017, 2017 to 2022. They
say which industries exchanged establishments, not how many.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

from sectorscan.sources import naics

Pair = tuple[str, str]

TOOK_IN_LITTLE = {
    ("441", "444", "445"): "online, mail-order and direct sellers",
    ("511", "513"): "internet publishers",
}
"""Codes that NAICS 2022 took nothing from, and gave what is little beside their own jobs: their
growth is told, with a caution. Elsewhere what came in isn't little (458, 459), or isn't known."""

REVISION_OF_LITTLE = 2022


@cache
def _moves() -> dict[int, tuple[Pair, ...]]:
    """Return each revision's changed pairs (code until then, code since)."""
    source = resources.files("sectorscan.sources") / "naics_revisions.csv"
    found: dict[int, list[Pair]] = {}
    with source.open("r", encoding="utf-8") as stream:
        rows = csv.reader(stream)
        next(rows)
        for vintage, before, since in rows:
            found.setdefault(int(vintage), []).append((before, since))
    return {vintage: tuple(pairs) for vintage, pairs in found.items()}


@cache
def _leaves() -> dict[tuple[int, str], frozenset[str]]:
    """Return the 6-digit industries of each vintage in each code above them, and in themselves."""
    found: dict[tuple[int, str], set[str]] = {}
    for entry in naics.table().values():
        if naics.level(entry.code) != "6-digit":
            continue
        above = (naics.sector_of(entry.code), *(entry.code[:digits] for digits in range(3, 7)))
        for vintage in entry.vintages:
            for code in above:
                found.setdefault((vintage, code), set()).add(entry.code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _held(codes: Iterable[str], vintage: int) -> frozenset[str]:
    """Return the 6-digit industries that codes hold in a vintage.

    BLS's own 6-digit codes (238111, residential) are as their 5-digit industry.
    """
    held: frozenset[str] = frozenset()
    for code, excluded in map(naics.split_remainder, codes):
        held |= _leaves_of(code, vintage).difference(
            *(_leaves_of(out, vintage) for out in excluded)
        )
    return held


def _leaves_of(code: str, vintage: int) -> frozenset[str]:
    asked = code if code in naics.table() or len(code) != 6 else code[:5]
    return _leaves().get((vintage, asked), frozenset())


def between(year: int, other: int) -> tuple[int, ...]:
    """Return the vintages that came into use after the earlier year, up to the later one."""
    first, last = sorted((naics.vintage(year), naics.vintage(other)))
    return tuple(vintage for vintage in sorted(_moves()) if first < vintage <= last)


@lru_cache(4096)
def _exchanged(codes: tuple[str, ...], revision: int) -> tuple[bool, bool]:
    """Return whether codes lost establishments to others in a revision, and whether they gained.

    Codes that held nothing before it are new: they both lost and gained, as it were.
    """
    earlier = max(vintage for vintage, _ in naics.FIRST_YEARS if vintage < revision)
    before, since = _held(codes, earlier), _held(codes, revision)
    new = bool(since) and not before
    lost = new or any(old in before and to not in since for old, to in _moves()[revision])
    gained = any(to in since and old not in before for old, to in _moves()[revision])
    return lost, gained


def taken_in(codes: tuple[str, ...], year: int, other: int) -> str:
    """Return in words what little the codes took in between two years, else nothing."""
    if REVISION_OF_LITTLE not in between(year, other):
        return ""
    lost, gained = _exchanged(codes, REVISION_OF_LITTLE)
    if lost or not gained:
        return ""
    return next(
        (
            words
            for outer, words in TOOK_IN_LITTLE.items()
            if all(any(naics.contains(o, code) for o in outer) for code in codes)
        ),
        "",
    )


def same_content(codes: tuple[str, ...], year: int, other: int) -> bool:
    """Return whether a sector's codes hold the same establishments in two years.

    What ``taken_in`` names passes. Texts that are no NAICS codes are the same in every year.
    """
    for revision in between(year, other):
        lost, gained = _exchanged(codes, revision)
        little = revision == REVISION_OF_LITTLE and taken_in(codes, year, other)
        if lost or (gained and not little):
            return False
    return True
