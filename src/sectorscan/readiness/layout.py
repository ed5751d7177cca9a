"""How a scorecard's cells are known again: marks in the hidden first column.

Whoever fills a workbook may rename its sheets, add rows, change widths and save it with another
program: what each row is for stands beside it, and columns are found by their titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sectorscan.tables.bystanders import SCORECARD_MARK as SCORECARD_MARK

SECTOR, TITLE, SHEET, CONVENER, COLUMNS, RATER, QUESTION, RATING = (
    "sector", "title", "sheet", "convener", "columns", "rater", "question", "rating",
)  # fmt: skip
LEVEL, EVIDENCE, NAME, DATE = "Your level", "Evidence", "Rater", "Date"
"""Titles of the columns that are filled in."""
NUMBER, MEANING = "Level", "What it means"
"""Titles of the columns that say what each level means."""
TITLES = (LEVEL, EVIDENCE, NAME, DATE, NUMBER, MEANING)
UNKNOWN = "unknown"
SYNTHETIC = "synthetic"
"""The mark beside the banner of every sheet of a workbook made from the synthetic sample."""
START = "Start here"
MOST_RATERS = 40
LONGEST_SHEET_NAME = 31
LONGEST_FORMULA = 300
HEAD_ROWS = 3
"""The rows of a sector's sheet whose marks say what it is of."""
LAST = "\uffff"
"""Characters beyond this count twice in a spreadsheet program."""
_FORBIDDEN = str.maketrans({char: " " for char in "[]:*?/\\"})


def mark(kind: str, *what: str | int) -> str:
    """Return a mark: ``rating:2:champions``; the last part may hold anything."""
    return ":".join((kind, *map(str, what)))


def parts(text: str, kind: str, count: int = 1) -> Sequence[str] | None:
    """Return what stands behind a mark of this kind in ``count`` parts, None where it is another.

    A number that is no number, as in a mark that somebody typed over, is the reader's to judge.
    """
    head, colon, rest = text.partition(":")
    found = rest.split(":", count - 1)
    return found if head == kind and colon and len(found) == count and all(found) else None


def nobody(number: int) -> str:
    """Return what stands in place of a rater's name that isn't known yet: ``(rater 2)``."""
    return f"(rater {number})"


def name_formula(usual: str, number: int) -> str:
    """Return the formula of a rater's name on a row: the one on *Start here*."""
    return f'=IF({usual}="","{nobody(number)}",{usual})'


def date_formula(level: str, usual: str) -> str:
    """Return the formula of an answer's date: the one on *Start here*, once there is a level."""
    return f'=IF(OR({level}="",{usual}=""),"",{usual})'


def is_own_formula(text: str) -> bool:
    """Say whether a formula is one of these two, whatever cells it names by now."""
    bare = "".join(text.split())
    own = r'=IF\((?:.+="","\(rater\d+\)",.+|OR\(.+="",.+=""\),"",.+)\)'
    return len(bare) <= LONGEST_FORMULA and re.fullmatch(own, bare, re.IGNORECASE) is not None


def is_nobody(name: str) -> bool:
    """Say whether a name is only such a place."""
    return re.fullmatch(r"\(rater \d+\)", name, re.ASCII | re.IGNORECASE) is not None


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a name for each sector's sheet that every spreadsheet program takes, each another."""
    taken = {START.casefold(), "history"}
    names = []
    for title in titles:
        bare = "".join(c if c.isprintable() and c <= LAST else " " for c in title).translate(
            _FORBIDDEN
        )
        base = " ".join(bare.split()).strip("'")[:LONGEST_SHEET_NAME].strip(" '") or "Sector"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            end = f" {count}"
            name = base[: LONGEST_SHEET_NAME - len(end)].rstrip(" '") + end
        taken.add(name.casefold())
        names.append(name)
    return names
