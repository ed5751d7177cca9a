"""Ranges of codes as boards write them (``311-316``), against the NAICS table."""

from __future__ import annotations

from collections.abc import Collection

from sectorscan.sources import naics

TOLD_TO_DIGITS = 4
"""In longer ranges most numbers are no code, and nobody meant them to be."""


def expand(text: str) -> tuple[str, ...]:
    """Return the NAICS codes, of any vintage, that a code or a range stands for.

    ``31-33`` stays itself, as QCEW has it; so does a single code, known or not. A range's ends are
    included, and have as many digits as its codes: ``311-316``. Of two digits they are sectors;
    a joined sector that the range cuts (``31-32``) gives its three-digit codes.
    """
    first, _, last = text.partition("-")
    if not last or text in naics.SECTOR_CODES:
        return (text,)
    if len(first) > 2:
        return tuple(c for c in naics.table() if len(c) == len(first) and first <= c <= last)
    numbers = [str(n) for n in range(int(first), int(last) + 1)]
    found: dict[str, None] = {}
    for number in numbers:
        joined = naics.SECTOR_RANGES.get(number, number)
        low, _, high = joined.partition("-")
        if high and not (first <= low and high <= last):
            found.update(dict.fromkeys(_below(number)))
        elif joined in naics.SECTOR_CODES:
            found[joined] = None
    return tuple(found)


def _below(prefix: str) -> tuple[str, ...]:
    return tuple(c for c in naics.table() if len(c) == 3 and c.startswith(prefix))


def gaps(text: str) -> tuple[str, ...]:
    """Return the numbers inside a range that no vintage of NAICS has (up to 4 digits)."""
    first, _, last = text.partition("-")
    if not last or text in naics.SECTOR_CODES or len(first) > TOLD_TO_DIGITS:
        return ()
    return tuple(str(n) for n in range(int(first), int(last) + 1) if not is_code(str(n)))


def is_code(number: str) -> bool:
    """Return whether NAICS has the number: a code, or one of a joined sector's (31 of 31-33)."""
    return number in naics.table() or number in naics.SECTOR_RANGES


def nothing_left(code: str, excluded: Collection[str]) -> bool:
    """Return whether codes take out all of another: 32541 is all that 3254 has."""
    if any(naics.contains(out, code) for out in excluded):
        return True
    if not any(naics.contains(code, out) for out in excluded):
        return False
    below = [part for part in naics.table() if naics.parent(part) == code]
    return bool(below) and all(nothing_left(part, excluded) for part in below)
