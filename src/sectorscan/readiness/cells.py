"""What people type into a scorecard's cells, as levels, dates and names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from sectorscan.config.scorecard import LEVELS

FIRST_YEAR, LAST_YEAR = 2000, 2199
_UNKNOWN = frozenset(
    {"unknown", "?", "n/a", "na", "don't know", "don’t know", "dont know", "not known", "not sure"}
)
_LEVEL = re.compile(r"(?:level\s*)?(\d)(?:\.0*)?", re.ASCII | re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:.*)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s*(\d{1,2})[-/.]\s*(\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_DAY_ZERO = dt.date(1899, 12, 30)
"""The day that spreadsheets count from (Excel's 1900 has a leap day that never was)."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
LONGEST_NAME = 100
LONGEST_PROSE = 2000

NO_LEVEL = "Choose 0, 1, 2, 3, 4 or unknown."
WRITE_DATE = "Write year-month-day, such as 2026-11-22."


class NotUnderstoodError(ValueError):
    """A cell that means nothing here; ``what`` follows the value seen, ``remedy`` what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def level(text: str) -> int | None:
    """Return the level that a cell says, None for unknown.

    Raises
    ------
    NotUnderstoodError
        Where it is neither.
    """
    if text.casefold() in _UNKNOWN:
        return None
    found = _LEVEL.fullmatch(text)
    if found and int(found[1]) in LEVELS:
        return int(found[1])
    remedy = NO_LEVEL
    if re.fullmatch(r"[0-4]?[.,]\d+", text, re.ASCII):
        remedy += " Levels are whole; raters' levels are averaged afterwards."
    what = "this is no level"
    raise NotUnderstoodError(what, remedy)


def date(text: str) -> dt.date:
    """Return the day that a cell says: a spreadsheet's date, ISO, or a date in English words.

    ``03.11.2026`` is the third of November, as points are written where the day comes first;
    ``11/23/2026`` can be one date only; ``3/11/2026`` could be two, and is refused.

    Raises
    ------
    NotUnderstoodError
        Where it is none, could be two, or lies far from our time.
    """
    found = _date(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        what = f"this is a date in the year {found.year}"
        raise NotUnderstoodError(what, WRITE_DATE)
    return found


def _date(text: str) -> dt.date:
    if iso := _ISO.fullmatch(text):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if numbers := _NUMBERS.fullmatch(text):
        return _from_numbers(int(numbers[1]), int(numbers[3]), int(numbers[4]), numbers[2])
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + dt.timedelta(days=int(float(text)))
    if worded := _from_words(text):
        return worded
    what = "this is no date that can be read"
    raise NotUnderstoodError(what, WRITE_DATE)


def _from_numbers(one: int, other: int, year: int, between: str) -> dt.date:
    if between == "." or one > 12 or one == other:
        return _day(year, other, one)
    if other > 12:
        return _day(year, one, other)
    what = "this could be two dates"
    remedy = f"Write {_day(year, other, one).isoformat()} or {_day(year, one, other).isoformat()}."
    raise NotUnderstoodError(what, remedy)


def _from_words(text: str) -> dt.date | None:
    """Return ``3 November 2026``, ``Nov 3rd, 2026`` or ``Tuesday, 3 November 2026`` as a day."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    numbers = [int(word) for word in words if word.isdecimal()]
    months = [
        place
        for place, name in enumerate(_MONTHS, start=1)
        for word in words
        if len(word) >= 3 and name.startswith("sep" if word == "sept" else word)
    ]
    if len(numbers) != 2 or len(months) != 1 or len(words) > 5:
        return None
    day, year = sorted(numbers)
    return _day(year, months[0], day)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        what = "this is a date that doesn't exist"
        raise NotUnderstoodError(what, WRITE_DATE) from error


def name(text: str) -> str:
    """Return a name on one line, without what can't be shown, its spaces single.

    However an accent is stored, the same letters are the same name.
    """
    return prose(unicodedata.normalize("NFC", text))[:LONGEST_NAME]


def prose(text: str) -> str:
    """Return evidence on one line, without what can't be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_PROSE]
