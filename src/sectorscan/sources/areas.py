"""Area codes by name: the nation, states, counties (US Census Bureau, public domain)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

NO_COUNTY = 995


@cache
def table() -> dict[str, str]:
    """Return the bundled area titles by code."""
    source = resources.files("sectorscan.sources") / "area_titles.csv"
    with source.open("r", encoding="utf-8") as stream:
        return {row["code"]: row["title"] for row in csv.DictReader(stream)}


def title(code: str) -> str | None:
    """Return an area's name, None where the table hasn't got it."""
    return table().get(code)


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


def is_county(code: str) -> bool:
    """Return whether a code is a county's: no nation, state or metropolitan area, no remainder.

    BLS keeps jobs without a county under 995 to 999 of each state.
    """
    return len(code) == 5 and code.isdigit() and 0 < int(code[2:]) < NO_COUNTY


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
