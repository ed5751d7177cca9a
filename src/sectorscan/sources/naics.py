"""NAICS codes: level, parent, title, vintage. QCEW's form: ``10`` is the total, ``31-33`` a range.

Titles: US Census Bureau, NAICS 2022, with the codes that the vintages since 2002 had (public
domain).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from sectorscan.tables.model import TOTAL_INDUSTRY

LEVELS = ("sector", "3-digit", "4-digit", "5-digit", "6-digit")
SECTOR_RANGES = {
    "31": "31-33",
    "32": "31-33",
    "33": "31-33",
    "44": "44-45",
    "45": "44-45",
    "48": "48-49",
    "49": "48-49",
}
SECTOR_CODES = (
    *("11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52", "53"),
    *("54", "55", "56", "61", "62", "71", "72", "81", "92", "99"),
)
FIRST_YEARS = ((2022, 2022), (2017, 2017), (2012, 2011), (2007, 2007), (2002, 1990))
"""Each vintage, and the first year whose QCEW figures are in it; the newest first."""
REMEMBERED = 8192
"""Each of NAICS's 2,400 codes is looked at once; a file full of other texts fills no memory."""


class Industry(NamedTuple):
    """A NAICS code, its newest title, and the vintages in which it stands."""

    code: str
    title: str
    vintages: tuple[int, ...]


@cache
def table() -> dict[str, Industry]:
    """Return the bundled code-title table by code."""
    source = resources.files("sectorscan.sources") / "naics_titles.csv"
    with source.open("r", encoding="utf-8") as stream:
        rows = csv.reader(stream)
        next(rows)
        return {
            code: Industry(code, title, tuple(map(int, vintages.split())))
            for code, title, vintages in rows
        }


def title(code: str) -> str | None:
    """Return the title of a code, None where it isn't a NAICS code."""
    entry = table().get(code)
    return entry.title if entry else None


def is_total(code: str) -> bool:
    """Return whether the code is *all industries*."""
    return code == TOTAL_INDUSTRY


def is_unclassified(code: str) -> bool:
    """Return whether the code is QCEW's 99, 999 ...: establishments not yet classified."""
    return code.startswith("99") and code.isdigit()


@lru_cache(REMEMBERED)
def level(code: str) -> str | None:
    """Return ``sector``, ``3-digit`` ... ``6-digit``; None for totals and for what is no code."""
    if is_total(code):
        return None
    if code in SECTOR_CODES:
        return "sector"
    if not code.isdigit() or not 2 <= len(code) <= 6 or code.startswith("10"):
        return None
    return LEVELS[len(code) - 2]


def sector_of(code: str) -> str:
    """Return the sector that a code of any level lies in: ``31-33`` for ``3118``."""
    return SECTOR_RANGES.get(code[:2], code[:2])


@lru_cache(REMEMBERED)
def parent(code: str) -> str | None:
    """Return the code one level up (the total above a sector); None for what is no code."""
    own = level(code)
    if own is None:
        return None
    if own == "sector":
        return TOTAL_INDUSTRY
    return sector_of(code) if own == "3-digit" else code[:-1]


EXCEPT = " except "
"""What is left of a code is written ``325 except 3254``: no NAICS code, but with a content."""


def remainder(code: str, excluded: Iterable[str]) -> str:
    """Return how what is left of a code without some codes inside it is written."""
    return f"{code}{EXCEPT}{', '.join(sorted(excluded))}"


def split_remainder(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the code and what is taken out of it: nothing where the text is a plain code."""
    code, _, excluded = text.partition(EXCEPT)
    return code, tuple(excluded.split(", ")) if excluded else ()


def overlap(code: str, other: str) -> bool:
    """Return whether two codes have a code in common; either may be a remainder."""
    if EXCEPT not in code and EXCEPT not in other:
        return contains(code, other) or contains(other, code)
    (first, out), (second, out_too) = split_remainder(code), split_remainder(other)
    if contains(first, second):
        inner = second
    elif contains(second, first):
        inner = first
    else:
        return False
    return not any(contains(taken, inner) for taken in (*out, *out_too))


def contains(outer: str, inner: str) -> bool:
    """Return whether all of ``inner`` lies in ``outer`` (or is it); either may be a remainder."""
    if EXCEPT in outer or EXCEPT in inner:
        (code, out), (own, without) = split_remainder(outer), split_remainder(inner)
        return contains(code, own) and all(
            not overlap(taken, own) or any(contains(gone, taken) for gone in without)
            for taken in out
        )
    if outer == inner or is_total(outer):
        return True
    if level(outer) == "sector":
        return level(inner) is not None and sector_of(inner) == SECTOR_RANGES.get(outer, outer)
    return inner.startswith(outer)


@cache
def vintage(year: int) -> int:
    """Return the NAICS vintage that QCEW's figures of a year are in.

    NAICS 2002 for 1990 to 2006 (until 2000 recoded from the Standard Industrial Classification).
    Source: BLS, QCEW, "Industry Classification Systems Used By QCEW".
    """
    return next((named for named, first in FIRST_YEARS if year >= first), FIRST_YEARS[-1][0])


def stands_in(code: str, year: int) -> bool:
    """Return whether a code stands in the vintage of a year; codes not in the table always do.

    So do all codes in years before QCEW has NAICS at all.
    """
    entry = table().get(code)
    if entry is None or year < FIRST_YEARS[-1][1] or is_unclassified(code):
        return True
    return vintage(year) in entry.vintages


def search(text: str) -> tuple[Industry, ...]:
    """Return the industries whose code starts with, or whose title holds, every word given."""
    words = text.casefold().split()
    return tuple(
        entry
        for entry in table().values()
        if all(word in entry.title.casefold() or entry.code.startswith(word) for word in words)
    )
