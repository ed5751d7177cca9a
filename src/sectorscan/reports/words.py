"""Numbers and sentences as people read them: the formats of prose and of table cells.

Only here is anything rounded, half away from zero on the shortest decimal text of the number, so
that 0.25 reads 0.3 as it does in a spreadsheet. What is not zero never reads as zero, and nothing
reads as "-0".

=============================  ==========================  =========================
unit                           in a sentence               in a table cell
=============================  ==========================  =========================
jobs, count                    12,340                      12,340 (jobs below 10: 4.3)
count-word                     two (twelve at most)        2
USD/year                       $71,200 (nearest hundred)   $71,234
ratio                          1.87                        1.87
times                          1.9 (1.24 below 1.5)        1.87
ratio-as-percent-above         18 % above, 12 % below      18 % above
% and %/year                   4.1 %                       4.1 %
percentage points              0.5                         0.5 pp
share (of 1)                   55 %                        55 %
chance (of 1)                  61 %, 99.97 %               61 %
year, rank                     2023, 4                     2023, 4
quarter 1 (of a year)          the first quarter of 2023   the first quarter of 2023
score, points                  78.4                        78.4
anything else                  three significant digits    three significant digits
=============================  ==========================  =========================

``abs`` before a unit shows the magnitude, where the words around it say "lost" or "shrank";
``about`` shows three significant digits of a whole number, where it is an estimate.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from sectorscan.advice.model import Fact, Sentence
from sectorscan.reports.text import plain
from sectorscan.tables.periods import spoken

NOT_KNOWN = "not known"
MINUS = "\u2212"
ESTIMATED = "~"
"""Stands before what rests on withheld figures, everywhere: every terminal can show it."""

_MAGNITUDE = "abs "
_ESTIMATE = "about "
_QUARTER = "quarter "
_ESTIMATE_DIGITS = 3
_COUNT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
_PLACES = {"ratio": 2, "score": 1, "points": 1, "year": 0, "rank": 0, "count": 0, "jobs": 0}
_UNGROUPED = frozenset({"year", "rank"})
_MOST_EXTRA_PLACES = 6
_FEW_JOBS = 10
"""Below this a table shows tenths: jobs per establishment, or the estimate of a tiny cell."""
_WRITTEN_OUT_BELOW = 1e15
"""From here on, where no true figure lies, a number reads 1.00e+51."""
_NOISE = 1e-9
"""Below this a number is the residue of an addition, and reads 0."""


def render(sentence: Sentence) -> str:
    """Return a sentence as text, its numbers formatted and its words made fit for one line."""
    places: dict[str, str] = {name: _word(word) for name, word in sentence.words.items()}
    places.update((name, fact_text(fact)) for name, fact in sentence.facts.items())
    return " ".join(sentence.template.format_map(places).split())


def _word(word: str) -> str:
    """Return a word fit for one line, the space that joins it to its neighbor kept."""
    bare = plain(word)
    return f"{' ' * word.startswith(' ')}{bare}{' ' * word.endswith(' ')}" if bare else ""


def fact_text(fact: Fact) -> str:
    """Return one number as its sentence shows it, with its noun: ``812 establishments``."""
    text = _number_text(fact.value, fact.unit, 0, prose=True)
    if fact.against is not None and fact.against != fact.value:
        text = _told_apart(fact.value, fact.against, fact.unit)
    if fact.noun is None:
        return text
    return f"{text} {fact.noun[0] if text in ('1', 'one') else fact.noun[1]}"


def cell(value: float, unit: str) -> str:
    """Return one number as a table shows it, ``not known`` where it is missing or unbounded."""
    return _number_text(value, unit, 0, prose=False)


def _told_apart(value: float, other: float, unit: str) -> str:
    """Return the value with as many decimals as it takes to differ from the other's text."""
    for extra in range(_MOST_EXTRA_PLACES + 1):
        text = _number_text(value, unit, extra, prose=True)
        if text != _number_text(other, unit, extra, prose=True):
            break
    plainest = _number_text(value, unit, 0, prose=True)
    return plainest if _same_but_for_zeros(plainest, text) else text


def _same_but_for_zeros(short: str, long: str) -> bool:
    """Return whether the longer number only adds zeros: 200 and 200.0."""
    head, tail = short.split(" ")[0], long.split(" ")[0]
    return tail.startswith(head) and not tail[len(head) :].strip(".0")


def _number_text(value: float, unit: str, extra: int, *, prose: bool) -> str:
    if not math.isfinite(value):
        return NOT_KNOWN
    if unit.startswith(_MAGNITUDE):
        return _number_text(abs(value), unit.removeprefix(_MAGNITUDE), extra, prose=prose)
    if unit.startswith(_ESTIMATE):
        exact = _number_text(value, unit.removeprefix(_ESTIMATE), extra, prose=prose)
        return _grouped(_three_digits(value), 0) if abs(value) >= 1000 else exact
    if unit == "count-word":
        return _count_word(value) if prose else _grouped(value, 0)
    if unit == "ratio-as-percent-above":
        return _percent_above(value, extra)
    if unit == "times":
        return _grouped(value, (_times_places(value) if prose else 2) + extra)
    if unit == "share":
        return _share(value, extra)
    if unit == "chance":
        return _chance(value)
    return _measured(value, unit, extra, prose=prose)


def _measured(value: float, unit: str, extra: int, *, prose: bool) -> str:
    if unit.startswith(_QUARTER):
        return spoken(round(value), int(unit.removeprefix(_QUARTER)))
    if unit in _PLACES:
        few = unit == "jobs" and not prose and abs(value) < _FEW_JOBS
        tenths = 1 if few and not float(value).is_integer() else 0
        text = _grouped(value, _PLACES[unit] + extra + tenths)
        return text.replace(",", "") if unit in _UNGROUPED else text
    if unit.startswith("%"):
        return f"{_grouped(value, 1 + extra)} %"
    if unit.startswith(("percentage point", "pp")):
        return _grouped(value, 1 + extra) + ("" if prose else " pp")
    if unit.startswith(("USD", "$")):
        return _dollars(value, extra, to_hundreds=prose and unit == "USD/year")
    return _significant(value, 3 + extra)


def _grouped(value: float, places: int) -> str:
    """Return the number with thousands separators, and more decimals if it would read as 0."""
    if abs(value) >= _WRITTEN_OUT_BELOW:
        return _scientific(value, 3)
    exact = Decimal(repr(float(value)))
    if abs(value) < _NOISE:
        exact = Decimal(0)
    rounded = _rounded(exact, places)
    while rounded.is_zero() and not exact.is_zero():
        places += 1
        rounded = _rounded(exact, places)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{max(places, 0)}f}"


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _three_digits(value: float) -> float:
    places = _ESTIMATE_DIGITS - 1 - math.floor(math.log10(abs(value)))
    return float(_rounded(Decimal(repr(float(value))), places))


def _significant(value: float, digits: int) -> str:
    """Return whole numbers as they are, others with so many significant digits."""
    magnitude = abs(value)
    if float(value).is_integer() and magnitude < _WRITTEN_OUT_BELOW:
        return _grouped(value, 0)
    if not 1e-4 <= magnitude < _WRITTEN_OUT_BELOW:
        return _scientific(value, digits)
    places = max(0, digits - 1 - math.floor(math.log10(magnitude)))
    text = _grouped(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}".replace("-", MINUS)


def _dollars(value: float, extra: int, *, to_hundreds: bool) -> str:
    magnitude = abs(value)
    if to_hundreds and 1000 <= magnitude < _WRITTEN_OUT_BELOW and not extra:
        text = _grouped(float(_rounded(Decimal(repr(float(magnitude))), -2)), 0)
    else:
        text = _grouped(magnitude, (0 if magnitude >= 1000 else 2) + max(0, extra - 1))
    return f"{MINUS if value < 0 else ''}${text}"


def _percent_above(ratio: float, extra: int) -> str:
    percent = 100 * (Decimal(repr(float(ratio))) - 1)
    places = (0 if abs(percent) >= 1 else 1) + extra
    side = "above" if percent >= 0 else "below"
    return f"{_grouped(float(abs(percent)), places)} % {side}"


def _share(value: float, extra: int) -> str:
    percent = float(100 * Decimal(repr(float(value))))
    whole = abs(percent - round(percent)) < 1e-9
    return f"{_grouped(percent, extra if whole else 1 + extra)} %"


def _chance(value: float) -> str:
    """Return whole percent, with more decimals where it would read as never or always."""
    whole = round(value)
    value = float(whole) if abs(value - whole) < _NOISE else float(value)
    percent, places = 100 * Decimal(repr(value)), 0
    while 0 < value < 1 and _rounded(percent, places) in (0, 100) and places < _MOST_EXTRA_PLACES:
        places += 1
    return f"{_rounded(percent, places):f} %"


def _times_places(value: float) -> int:
    if value < 1.5:
        return 2
    return 1 if value < 10 else 0


def _count_word(value: float) -> str:
    if float(value).is_integer() and 0 <= value < len(_COUNT_WORDS):
        return _COUNT_WORDS[int(value)]
    return _grouped(value, 0)
