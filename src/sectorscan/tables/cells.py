"""Figures as people write them, turned into numbers; what can't be is said, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

BLANK = frozenset(
    ["", "n/a", "na", "n.a.", "n.a", "null", "none", "nan", "#n/a", ".", "..", "...", "missing"]
)
WITHHELD = frozenset(
    ["(d)", "d", "*", "**", "(*)", "n", "(n)", "nd", "(nd)", "n.d.", "s", "(s)", "-", "--"]
) | {"withheld", "suppressed", "confidential", "not disclosed", "not disclosable"}

_PLAIN_MARKS = re.compile(r"[0-9.eE+-]*")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_GROUPED_ONCE = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_POINTED_ONCE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DECIMAL_COMMA = re.compile(
    r"[+-]?(?:\d*,\d{1,2}|\d*,\d{4,}|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})"
)
_BELOW = re.compile(r"(<|<=|≤|less than|fewer than|under) ?([\d,]+(?:\.\d+)?)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))

NOT_A_NUMBER = "this is not a number."
_ERROR_CELL = "the cell holds a spreadsheet error."
_INFINITE = "the number is infinite."
_PERCENT = "a percent sign doesn't belong in this column."
_DOLLARS = "a dollar sign doesn't belong in this column."
_TWO_COMMAS = "the comma could be a decimal mark or a thousands mark."
_TWO_POINTS = "the point could be a decimal mark or a thousands mark."
REMEDIES = {
    _TWO_POINTS: "Write thousands without a mark (12345), and decimals with a point.",
    NOT_A_NUMBER: "Write the number, or leave the cell blank if it isn't known.",
    _ERROR_CELL: "Mend the formula, or leave the cell blank.",
    _INFINITE: "Leave the cell blank if it isn't known.",
    _PERCENT: "Give the figure itself in the column's unit.",
    _DOLLARS: "Check that the right column was taken.",
    _TWO_COMMAS: "Write decimals with a point (1.25) throughout the column.",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a column may hold: its least and greatest sensible value, and the marks allowed.

    ``whole`` counts things (a decimal comma is then a slip); ``ratio`` is never in the thousands.
    """

    least: float = -np.inf
    most: float = np.inf
    percent: bool = False
    dollars: bool = False
    whole: bool = False
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of cells as numbers, all arrays of its length.

    ``value`` is NaN where the cell is blank, withheld or wrong; ``withheld`` marks the withheld
    ones, with ``below`` the greatest value that ``<10`` leaves (inf where nothing is known).
    ``wrong`` maps a problem to the positions that have it.
    """

    value: FloatArray
    withheld: BoolArray
    below: FloatArray
    wrong: dict[str, list[int]] = field(default_factory=dict)
    decimal_comma: bool = False


def to_numbers(cells: Sequence[str], quantity: Quantity, *, semicolon: bool = False) -> Numbers:
    """Return a column of text cells as numbers; ``semicolon`` says what cuts the file's cells.

    Columns of plain numbers and blanks take one pass; otherwise each *different* text is read once.
    """
    count = len(cells)
    nothing = np.zeros(count, dtype=np.bool_)
    unbounded = np.full(count, np.inf)
    doubtful = _points_in_doubt(cells, quantity) if semicolon else []
    wrong: dict[str, list[int]] = {_TWO_POINTS: doubtful} if doubtful else {}
    value = _all_plain(cells)
    if value is not None:
        value[doubtful] = np.nan
        return Numbers(value, nothing, unbounded, wrong)
    texts = dict.fromkeys(cells)
    comma, conflict = _comma_is_decimal(texts, quantity)
    values: dict[str, float] = {}
    hidden: dict[str, float] = {}
    faulty: dict[str, str] = {}
    for text in texts:
        values[text], at_most, problem = _read(text, quantity, comma, conflict)
        if at_most is not None:
            hidden[text] = at_most
        if problem:
            faulty[text] = problem
    value = np.fromiter(map(values.__getitem__, cells), np.float64, count)
    if hidden:
        nothing = np.fromiter(map(hidden.__contains__, cells), np.bool_, count)
        unbounded = np.fromiter((hidden.get(cell, np.inf) for cell in cells), np.float64, count)
    value[doubtful] = np.nan
    if faulty:
        for position, cell in enumerate(cells):
            if cell in faulty:
                wrong.setdefault(faulty[cell], []).append(position)
    return Numbers(value, nothing, unbounded, wrong, comma)


def _all_plain(cells: Sequence[str]) -> FloatArray | None:
    """Return the column as floats if every cell is a plain finite number or blank, else None."""
    # float() also takes nan, inf, 1_000 and other scripts' digits: those aren't plain.
    if not _PLAIN_MARKS.fullmatch("".join(cells)):
        return None
    try:
        filled = cells if all(cells) else [cell or "nan" for cell in cells]
        value = np.fromiter(map(float, filled), np.float64, len(cells))
    except ValueError:
        return None
    return None if np.isinf(value).any() else value


def _points_in_doubt(cells: Sequence[str], quantity: Quantity) -> list[int]:
    """Return where a file of a comma-decimal country has counts or dollars such as ``12.345``."""
    if not quantity.whole and (quantity.percent or not quantity.dollars):
        return []
    pointed = [at for at, cell in enumerate(cells) if "." in cell and _PLAIN.fullmatch(cell)]
    return pointed if all(_POINTED_ONCE.fullmatch(cells[at]) for at in pointed) else []


Reading = tuple[float, float | None, str | None]
"""Value, the most that a withheld value can be (None: not withheld), problem."""
_NAN = float("nan")


def _read(text: str, quantity: Quantity, comma: bool, conflict: bool) -> Reading:
    if _PLAIN.fullmatch(text) and not (comma and "." in text):
        return _finite(float(text))
    tidy = tidied(text)
    lower = tidy.lower()
    if lower in BLANK:
        return _NAN, None, None
    if lower in WITHHELD:
        return _NAN, np.inf, None
    if match := _BELOW.fullmatch(tidy):
        return _below(match, quantity)
    if tidy.startswith("#"):
        return _NAN, None, _ERROR_CELL
    if lower.lstrip("+-") in ("inf", "infinity", "∞"):
        return _NAN, None, _INFINITE
    return _written(tidy, quantity, comma, conflict)


def _written(tidy: str, quantity: Quantity, comma: bool, conflict: bool) -> Reading:
    """Read a number with its marks: sign, brackets, ``$``, ``%``, thousands."""
    number, dollars, percent = _bare(tidy)
    if percent and not quantity.percent:
        return _NAN, None, _PERCENT
    if dollars and not quantity.dollars:
        return _NAN, None, _DOLLARS
    if _SPACED.fullmatch(number):
        number = number.replace(" ", "")
    if "," in number or number.count(".") > 1:
        decimal = _DECIMAL_COMMA.fullmatch(number) is not None
        once = _GROUPED_ONCE.fullmatch(number) is not None
        if (decimal and not comma) or (once and (conflict or quantity.ratio)):
            return _NAN, None, _TWO_COMMAS
        if decimal:
            number = number.replace(".", "").replace(",", ".")
        elif _GROUPED.fullmatch(number):
            number = number.replace(",", "")
    if not _PLAIN.fullmatch(number):
        return _NAN, None, NOT_A_NUMBER
    return _finite(float(number))


def _bare(tidy: str) -> tuple[str, bool, bool]:
    """Return the number without brackets, currency and percent, and whether it had the two."""
    negative = False
    percent = tidy.endswith("%")
    tidy = tidy.removesuffix("%").rstrip()
    dollars = "$" in tidy or tidy.upper().startswith("USD")
    tidy = re.sub(r"^([+-]?)(\(?)\s*(?:\$|USD)\s*", r"\1\2", tidy, flags=re.IGNORECASE)
    if tidy.startswith("(") and tidy.endswith(")"):
        negative, tidy = True, tidy[1:-1].strip()
        percent = percent or tidy.endswith("%")
        tidy = tidy.removesuffix("%").rstrip()
    if negative:
        tidy = f"-{tidy}" if tidy[:1].isdigit() or tidy[:1] == "." else "?"
    return tidy, dollars, percent


def _below(match: re.Match[str], quantity: Quantity) -> Reading:
    bound = float(match[2].replace(",", "") or "nan")
    strict = match[1] not in ("<=", "≤")
    # Fewer than 10 jobs are at most 9; less than $10 is anything up to it.
    at_most = bound - 1 if strict and quantity.whole else bound
    if not at_most >= 0:
        return _NAN, None, NOT_A_NUMBER
    return _NAN, at_most, None


def _finite(number: float) -> Reading:
    return (number, None, None) if np.isfinite(number) else (_NAN, None, _INFINITE)


def tidied(text: str) -> str:
    """Return the text with plain spaces and minus signs, and without a text mark before it."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return " ".join(plain.split()).removeprefix("'")


def _comma_is_decimal(texts: Iterable[str], quantity: Quantity) -> tuple[bool, bool]:
    """Return whether the column's commas are decimal marks, and whether it contradicts itself."""
    bare = [_bare(tidied(text))[0] for text in texts if "," in text or text.count(".") > 1]
    decimal = [text for text in bare if _DECIMAL_COMMA.fullmatch(text)]
    if not decimal:
        return False, False
    grouped = any(_GROUPED.fullmatch(text) and text not in decimal for text in bare)
    points = any("." in text and _PLAIN.fullmatch(_bare(tidied(text))[0]) for text in texts)
    if grouped or points or quantity.whole:
        return False, True
    return True, False
