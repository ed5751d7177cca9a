"""Cells that name one or more NAICS codes, as BLS and the states write them."""

from __future__ import annotations

import re

from sectorscan.sources import naics
from sectorscan.tables.cells import tidied
from sectorscan.tables.model import TOTAL_INDUSTRY

NOTHING = frozenset(["", "na", "n/a", "-", "--", "none", "."])
_FOOTNOTE = re.compile(r"\(\d{1,2}\)|\[\d{1,2}\]|\*+$")
_JOINED = re.compile(r"\s*(?:[,;/&](?:\s*and\b)?|\band\b)\s*", re.IGNORECASE)
_TOKEN = re.compile(r"(\d{2,6})(?:\s*-\s*(\d{1,6}))?")
_MOST_IN_A_RANGE = 99
_SECTORS = (
    # BLS counts the Postal Service (491) with the federal government.
    (frozenset({"48", "492", "493"}), "48-49"),
    (frozenset({"31", "32", "33"}), "31-33"),
    (frozenset({"44", "45"}), "44-45"),
    (frozenset({"48", "49"}), "48-49"),
)
"""Sectors that are written by their numbers."""


def codes_in(cell: str) -> tuple[str, ...]:
    """Return the codes that a cell names: ``442-4, 446`` is 442, 443, 444, 446; none for ``NA``.

    Sectors come as ranges (``31-33``). Codes that a spreadsheet ran together are parted
    (``313314`` for ``313,314``).

    Raises
    ------
    ValueError
        Where it is neither codes nor a mark for none.
    """
    text = _FOOTNOTE.sub("", tidied(cell)).strip().removesuffix(".0")
    if text.lower() in NOTHING:
        return ()
    codes: list[str] = []
    for token in _JOINED.split(text.rstrip(", ")):
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise ValueError(cell)
        codes += _parted(found[1]) if found[2] is None else _range(found[1], found[2], cell)
    return _with_sectors(tuple(dict.fromkeys(codes)))


def unpadded(code: str) -> str:
    """Return a six-digit code without the zeros that fill it: 311000 is 311, 310000 is 31-33."""
    if not re.fullmatch(r"\d{6}", code):
        return code
    short = code.rstrip("0")
    if not short:
        return TOTAL_INDUSTRY
    short = short.ljust(2, "0")
    return naics.SECTOR_RANGES.get(short, short)


def _range(first: str, last: str, cell: str) -> list[str]:
    """Return the codes of a range: of ``442-4`` the last digits alone are written."""
    end = first[: len(first) - len(last)] + last
    if len(end) != len(first) or not 0 < int(end) - int(first) <= _MOST_IN_A_RANGE:
        raise ValueError(cell)
    return [str(number).zfill(len(first)) for number in range(int(first), int(end) + 1)]


def _parted(code: str) -> list[str]:
    halves = [code[:3], code[3:]]
    if len(code) == 6 and naics.title(code) is None and all(map(naics.title, halves)):
        return halves
    return [code]


def _with_sectors(codes: tuple[str, ...]) -> tuple[str, ...]:
    for numbers, sector in _SECTORS:
        if set(codes) >= numbers:
            rest = tuple(code for code in codes if code not in numbers)
            return (sector, *rest)
    return codes
