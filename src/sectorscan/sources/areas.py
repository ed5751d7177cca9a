"""Area codes by name: the nation, states, counties (US Census Bureau, public domain)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


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
