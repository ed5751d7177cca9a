"""Area codes: what kind of area a code is, its name, and the years in which it stands.

Names: US Census Bureau and US Bureau of Labor Statistics, public domain. Codes:
https://www.bls.gov/cew/classifications/areas/area-guide.htm
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from sectorscan.errors import nearest

Kind = Literal[
    "nation", "part of the nation", "state", "county", "no county", "msa", "csa", "other"
]

NATION = ("US000", "US")
"""Codes under which tables have the nation: BLS's own, and analysts'."""

NO_COUNTY = {
    "996": "Overseas locations",
    "997": "Multicounty, not statewide",
    "998": "Out-of-state",
    "999": "Unknown or undefined",
}
"""Codes of jobs that QCEW counts in a state, in no county: they are part of the state's total."""

PLANNING_REGIONS_SINCE = 2024
"""The first year for which QCEW has Connecticut's planning regions in place of its counties."""

_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"US000|US", "nation"),
    (r"US[A-Z]{3}", "part of the nation"),
    (r"\d{2}000", "state"),
    (rf"\d{{2}}({'|'.join(NO_COUNTY)})", "no county"),
    (r"\d{5}", "county"),
    (r"CS\d{3}", "csa"),
    (r"C\d{4}", "msa"),
)
_CONNECTICUT_COUNTY = re.compile(r"090(0[1-9]|1[0-5])", re.ASCII)
_PLANNING_REGION = re.compile(r"091[1-9]0", re.ASCII)


SAMPLE_STATE = "98"
"""A state code that nobody has: of the synthetic sample."""


@cache
def kind(code: str) -> Kind:
    """Return what kind of area a code is.

    ``county`` is also what stands for one (parishes, cities, planning regions), ``msa`` also a
    micropolitan area, ``csa`` a combined one; ``no county`` are a state's jobs outside any county;
    ``other`` is what QCEW doesn't have, an analyst's own name.
    """
    return next((k for pattern, k in _KINDS if re.fullmatch(pattern, code, re.ASCII)), "other")


def parts_of_all(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the areas that make up the sum of all, none counted twice.

    Counties, with the jobs in no county; where there are none, the areas that only the tables
    know; else states; else metropolitan areas; else whatever there is.
    """
    for level in (("county", "no county"), ("other",), ("state",), ("msa",)):
        found = tuple(code for code in codes if kind(code) in level)
        if any(kind(code) != "no county" for code in found):
            return found
    return tuple(codes)


def stands_in(code: str, year: int) -> bool:
    """Return whether QCEW has an area in a year, as far as its code tells."""
    if _CONNECTICUT_COUNTY.fullmatch(code):
        return year < PLANNING_REGIONS_SINCE
    return not _PLANNING_REGION.fullmatch(code) or year >= PLANNING_REGIONS_SINCE


def inside(code: str, other: str) -> bool:
    """Return whether one area is a part of another, as far as their codes tell."""
    if code == other:
        return False
    if kind(other) == "nation":
        return kind(code) != "other"
    return (
        kind(other) == "state" and kind(code) in ("county", "no county") and code[:2] == other[:2]
    )


@cache
def counties_of(state: str, year: int) -> frozenset[str]:
    """Return the counties that a state is known to have in a year, by the bundled tables.

    Counties are those of 2017's boundaries, planning regions those of today. Nothing for a state
    that the tables haven't got.
    """
    known = {*_borders(), *(code for code in table() if _PLANNING_REGION.fullmatch(code))}
    return frozenset(code for code in known if code[:2] == state[:2] and stands_in(code, year))


@cache
def table() -> dict[str, str]:
    """Return the bundled area titles by code."""
    source = resources.files("sectorscan.sources") / "area_titles.csv"
    with source.open("r", encoding="utf-8") as stream:
        titles = {row["code"]: row["title"] for row in csv.DictReader(stream)}
    states = {
        code[:2]: name.removesuffix(" (statewide)")
        for code, name in titles.items()
        if kind(code) == "state"
    }
    outside = {
        f"{state}{code}": f"{words}, {name}"
        for state, name in states.items()
        for code, words in NO_COUNTY.items()
    }
    return {**titles, **outside}


def title(code: str) -> str | None:
    """Return an area's name, None where the table hasn't got it."""
    return table().get(code)


def meant_by(code: str, present: Iterable[str]) -> str:
    """Return what may be meant by a code that the inputs haven't got, as a sentence."""
    if re.fullmatch(rf"{SAMPLE_STATE}\d{{3}}", code, re.ASCII):
        return " It is the synthetic sample's: write your own region's areas instead."
    return nearest(code, present)


def search(text: str, more: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return (code, title) where every word is in the title or starts the code.

    Those whose code matches stand first. ``more`` adds the titles that the user's own files give;
    they win over the table's.
    """
    words = [word.strip(",") for word in text.casefold().split()]
    titles = {**table(), **(more or {})}

    def by_code(code: str) -> bool:
        return any(code.casefold().startswith(word) for word in words)

    found = [
        (code, name)
        for code, name in sorted(titles.items())
        if all(
            w in name.casefold().replace(",", "") or code.casefold().startswith(w) for w in words
        )
    ]
    return tuple(sorted(found, key=lambda entry: not by_code(entry[0])))


@cache
def _borders() -> dict[str, frozenset[str]]:
    source = resources.files("sectorscan.sources") / "county_neighbours.csv"
    beside: dict[str, set[str]] = {}
    with source.open("r", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            own = beside.setdefault(row["code"], set())
            for other in row["neighbours"].split():
                own.add(other)
                beside.setdefault(other, set()).add(row["code"])
    return {code: frozenset(others) for code, others in beside.items()}


def borders(code: str) -> frozenset[str] | None:
    """Return the counties that share a boundary line with a county, of 2017's boundaries.

    None where the table hasn't got it: Connecticut's planning regions and other counties that were
    made since, and what is no county.
    """
    return _borders().get(code)
