"""Area and industry codes, years and flags as spreadsheets leave them, put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sectorscan.tables.cells import BLANK, WITHHELD, tidied
from sectorscan.tables.model import TOTAL_INDUSTRY

_FLOAT = re.compile(r"(\d+)\.0*")
_GROUPED = re.compile(r"\d{1,3},\d{3}")
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_AREA = re.compile(r"[A-Za-z]{0,2}\d{1,5}(?:\.0*)?")
_CODE = r"(\d{2}-\d{2}|\d{2,6})"
_INDUSTRY = re.compile(_CODE)
_TITLED = re.compile(
    rf"(?:naics\s*:?\s*)?{_CODE}(?:\.0*)?(?:\s*[-:,.|]\s*|\s+)([^\W\d].*)", re.IGNORECASE
)
_PREFIXED = re.compile(rf"(?:naics|ind(?:ustry)?)?[\s:_-]*{_CODE}(?:\.0*)?[-/]*", re.IGNORECASE)
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}"
)
_DAY = re.compile(r"(\d{4})(-\d\d-\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}
MAX_LENGTH = 300
_ZEROS = frozenset(["0", "00", "000", "000000"])
_TOTAL_WORDS = (
    frozenset(["total", "totals", "all", "all industries", "all sectors", "total all industries"])
    | frozenset(["all industries total", "total employment", "industry total", "total all sectors"])
    | {"total industries", "total industry", "grand total", "total covered", TOTAL_INDUSTRY}
)
_TOTALS = _TOTAL_WORDS | _ZEROS

BAD_DATE = "a date stands where a code belongs: a spreadsheet program took the code for one."
BAD_BLANK = "the cell is blank."
BAD_LONG = "this is too long for a code or a name."
BAD_YEAR = "this is not a year from 1900 to 2100."
BAD_PERIOD = "this is a quarter, month or date, where a calendar year belongs."
REMEDIES = {
    BAD_DATE: "Format the column as text and type the code again (44-45).",
    BAD_BLANK: "Fill it in (a merged cell fills its first row only), or delete the row.",
    BAD_LONG: "Check that the right column was taken.",
    BAD_YEAR: "Write the year with four digits.",
    BAD_PERIOD: "Give annual averages, one row a year, with the year alone (2023).",
}


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of codes: mended, with titles split off, what was mended and what can't be."""

    codes: list[str]
    titles: list[str] = field(default_factory=list)
    mended: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)


def mend_regions(cells: Sequence[str], fips: bool, known: Iterable[str] = ()) -> Codes:
    """Return area codes as text: ``39041.0`` is 39041, and 1001 is 01001 among county codes.

    A four-digit number is taken for a county that lost its zero where the header says FIPS,
    where other codes of the column have five digits, or where the padded code is ``known``.
    """
    plain = {cell: _plain_area(cell) for cell in dict.fromkeys(cells)}
    digits = {code for code in plain.values() if code.isdigit()}
    expected = frozenset(known)
    five = fips or any(len(code) == 5 for code in digits)

    def padded(code: str) -> str:
        if code.isdigit() and len(code) == 4 and (five or f"0{code}" in expected):
            return f"0{code}"
        return code

    codes = {cell: padded(code) for cell, code in plain.items()}
    return _applied(cells, codes)


def mend_industries(cells: Sequence[str], *, free: bool = False) -> Codes:
    """Return industry codes as text, totals as ``10``; titles that stand behind a code split off.

    ``722.0``, ``NAICS 722`` and ``722 Food services`` are 722; an en dash in ``31–33`` is a hyphen.
    Text that is no code is kept as it is. Where ``free``, any text may name an industry, so dates
    and zeros are taken as they are and no title is split off.
    """
    codes: dict[str, str] = {}
    titles: dict[str, str] = {}
    dates = set()
    for cell in dict.fromkeys(cells):
        text = tidied(cell)
        code, titles[cell] = _industry(text, free)
        codes[cell] = code or cell.strip()
        if not free and _DATE.fullmatch(text):
            dates.add(cell)
    applied = _applied(cells, codes)
    if dates:
        applied.wrong[BAD_DATE] = [at for at, cell in enumerate(cells) if cell in dates]
    return Codes(
        applied.codes,
        [titles[cell] for cell in cells] if any(titles.values()) else [],
        {cell: code for cell, code in applied.mended.items() if code != TOTAL_INDUSTRY},
        applied.wrong,
    )


def to_years(cells: Sequence[str]) -> tuple[list[int], dict[str, list[int]]]:
    """Return calendar years (0 where wrong), and the positions of what is no year.

    Dates are years where every date of the column is the first, or every one the last, of its
    year: so spreadsheets and databases write annual figures.
    """
    different = dict.fromkeys(cells)
    read = {cell: _year(cell) for cell in different}
    days = {match[2] for cell in different if (match := _DAY.fullmatch(cell.strip()))}
    if len(days) == 1 and days <= {"-01-01", "-12-31"}:
        read |= {
            cell: _year(cell.strip()[:4]) for cell in different if _DAY.fullmatch(cell.strip())
        }
    number = {cell: 0 if isinstance(found, str) else found for cell, found in read.items()}
    years = list(map(number.__getitem__, cells))
    wrong: dict[str, list[int]] = {}
    if 0 in years:
        for at, cell in enumerate(cells):
            found = read[cell]
            if isinstance(found, str):
                wrong.setdefault(found, []).append(at)
    return years, wrong


def to_flags(cells: Sequence[str], *, yes_no: bool) -> tuple[list[bool], dict[str, list[int]]]:
    """Return whether each flag says withheld, and the positions of flags that aren't known.

    A disclosure code is withheld whenever it is one of the usual marks (``N`` = not disclosable);
    in a yes-or-no column (``suppressed``) ``N`` is no.
    """
    yes = WITHHELD | {"y", "yes", "true", "t", "1", "x"}
    no = BLANK | {"0", "no", "false", "f"}
    marks = (yes - {"n", "s", "-"}, no | {"n", "-"}) if yes_no else (WITHHELD, no | _NOT_WITHHELD)
    read: dict[str, bool | None] = {}
    for cell in dict.fromkeys(cells):
        text = tidied(cell).lower()
        read[cell] = True if text in marks[0] else False if text in marks[1] else None
    withheld = {cell: bool(flag) for cell, flag in read.items()}
    unknown: list[int] = []
    if None in read.values():
        unknown = [at for at, cell in enumerate(cells) if read[cell] is None]
    return list(map(withheld.__getitem__, cells)), {"unknown": unknown} if unknown else {}


_NOT_WITHHELD = frozenset(
    ["a", "published", "disclosed", "ok", "p", "r", "final", "preliminary", "estimated", "e"]
)


def looks_like_areas(cells: Iterable[str]) -> bool:
    """Return whether a column's cells are area codes rather than names."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_AREA.fullmatch(cell) for cell in filled)


def looks_like_industries(cells: Iterable[str]) -> bool:
    """Return whether a column's cells are industry codes (totals included) rather than names."""
    filled = [tidied(cell) for cell in cells if cell.strip()]
    return any(cell[:1].isdigit() for cell in filled) and all(
        _PREFIXED.fullmatch(cell) or cell.lower() in _TOTALS for cell in filled
    )


def _applied(cells: Sequence[str], codes: dict[str, str]) -> Codes:
    blank = [cell for cell, code in codes.items() if not code]
    wrong = {}
    if blank:
        wrong[BAD_BLANK] = [at for at, cell in enumerate(cells) if not codes[cell]]
    if long := {cell for cell, code in codes.items() if len(code) > MAX_LENGTH}:
        wrong[BAD_LONG] = [at for at, cell in enumerate(cells) if cell in long]
    mended = {cell: code for cell, code in codes.items() if code and code != " ".join(cell.split())}
    return Codes(list(map(codes.__getitem__, cells)), [], mended, wrong)


def _whole(text: str) -> str:
    """Return a code that a spreadsheet took for a number: ``39041.0``, ``3.9041E+04``."""
    if match := _FLOAT.fullmatch(text):
        return match[1]
    if _EXPONENT.fullmatch(text) and float(text).is_integer() and float(text) < 1e7:
        return str(int(float(text)))
    return text


def _plain_area(cell: str) -> str:
    text = _whole(tidied(cell))
    if _GROUPED.fullmatch(text):
        return text.replace(",", "")
    return text.upper() if _AREA.fullmatch(text) else text


def _industry(text: str, free: bool) -> tuple[str, str]:
    """Return (code, title) of an industry cell; nothing where it is no code."""
    whole = _whole(text)
    words = re.sub(r"[\s,:()-]+", " ", whole.lower()).strip()
    if words in (_TOTAL_WORDS if free else _TOTALS) or (text and not text.strip("-")):
        return TOTAL_INDUSTRY, ""
    if _INDUSTRY.fullmatch(whole):
        return whole, ""
    if match := _PREFIXED.fullmatch(whole):
        # County Business Patterns writes the sectors as 31---- and 722///.
        code = match[1]
        return (_RANGES.get(code, code) if whole.endswith("--") else code), ""
    if (match := _TITLED.fullmatch(whole)) and not free:
        code, title = match[1], match[2].strip()
        return (TOTAL_INDUSTRY, title) if code in _TOTALS else (code, title)
    return "", ""


def _year(cell: str) -> int | str:
    text = _whole(tidied(cell))
    if not text:
        return BAD_BLANK
    if text.isascii() and text.isdigit() and len(text) < 8:
        year = int(text)
        return year if 1900 <= year <= 2100 else BAD_YEAR
    looks_dated = re.search(r"(?:19|20)\d\d", text) or re.search(
        r"(?i)\bq[1-4]\b|qtr|quarter", text
    )
    return BAD_PERIOD if looks_dated and re.search(r"[-/\sA-Za-z]", text) else BAD_YEAR
