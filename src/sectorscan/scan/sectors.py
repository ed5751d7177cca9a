"""Which sector a word means: a code, a bundle's name, a title."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.errors import Finding, InputError, nearest
from sectorscan.tables.model import Sector


def pick(sectors: Sequence[Sector], wanted: str, among: str, listing: str) -> Sector:
    """Return the sector with that code, name or title.

    ``among`` says of what it is none (``candidate of this ranking``), ``listing`` what to do.

    Raises
    ------
    InputError
        Where no sector, or more than one, answers to it.
    """
    word = wanted.casefold()
    exact = [s for s in sectors if s.id == wanted]
    same = exact or [s for s in sectors if word in (s.id.casefold(), s.title.casefold())]
    part = same or [s for s in sectors if word in s.title.casefold()]
    if len(part) == 1:
        return part[0]
    if part:
        names = ", ".join(f"{s.id} {s.title}" for s in part)
        raise InputError(
            Finding(f"{wanted!r} could be several sectors: {names}.", "Give its code.")
        )
    known = [s.id for s in sectors] + [s.title for s in sectors]
    raise InputError(Finding(f"{wanted!r} is no {among}.", f"{listing}{nearest(wanted, known)}"))
