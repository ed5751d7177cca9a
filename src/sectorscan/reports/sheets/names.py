"""Defined names: what a board's own sheet calls a cell of ours by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from sectorscan.reports.sheets.grid import Book

_LONGEST = 200
"""Characters; Excel allows 255, and a number may have to follow."""


def defined_names(wanted: Sequence[str]) -> list[str]:
    """Return a defined name for each wanted one, all different.

    A character that a name can't hold becomes ``_``; Excel ignores case in names, so where two
    would be the same the later one gets ``_2``, ``_3`` ...
    """
    taken: set[str] = set()
    names = []
    for text in wanted:
        name = base = "".join(char if _fits(char) else "_" for char in text)[:_LONGEST]
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _fits(char: str) -> bool:
    category = unicodedata.category(char)
    return char == "_" or (char.isascii() and char.isalnum()) or category in {"Lu", "Ll", "Lo"}


def define(book: Book, wanted: Iterable[tuple[str, str]]) -> None:
    """Name cells: pairs of a wanted name and the place, ``Scores!$D$9``."""
    pairs = list(wanted)
    for name, (_, place) in zip(defined_names([text for text, _ in pairs]), pairs, strict=True):
        book.workbook.define_name(name, f"={place}")
