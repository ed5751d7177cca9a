"""Which rows belong to the ownership that is asked for, and totals summed from their parts."""

from __future__ import annotations

from collections.abc import Sequence

PRIVATE = "private"
ALL = "all"
PARTS = ("federal", "state", "local", PRIVATE)
"""The ownerships that make up all of covered employment."""
OTHER = "other"
"""Special totals (government, unemployment-insured), which belong to neither scope."""

_WORDS: dict[str, str] = {
    PRIVATE: "5|private|privately owned|private sector|private ownership|private industry",
    ALL: "0|total|total covered|all|all ownerships|total all ownerships|all ownership|"
    "total covered all ownerships|all covered|covered",
    "federal": "1|federal|federal government|federal govt|fed",
    "state": "2|state|state government|state govt",
    "local": "3|local|local government|local govt",
    OTHER: "4|8|9|total government|government|all government|public|"
    "total u.i. covered excludes federal government|international government",
}
_MEANING = {word: name for name, words in _WORDS.items() for word in words.split("|")}


def to_ownership(cells: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return each cell's ownership in our words, and the positions that aren't known."""
    read = {cell: _MEANING.get(_plain(cell), "") for cell in dict.fromkeys(cells)}
    unknown = [at for at, cell in enumerate(cells) if not read[cell]]
    return [read[cell] for cell in cells], unknown


def _plain(cell: str) -> str:
    text = " ".join(cell.lower().replace(",", " ").replace("(", " ").replace(")", " ").split())
    number = text.removesuffix(".0")
    return number.lstrip("0") or "0" if number.isdigit() else text
