"""What the command line says instead of, or over, a YAML."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PERIOD = re.compile(r"\s*(\d{4})\s*(?:[:-]\s*(\d{4})\s*)?", re.ASCII)
_NUMBER = re.compile(r"\s*(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\s*", re.ASCII)


@dataclass(frozen=True)
class Overrides:
    """Options that win over the config: None (or empty) leaves the config's own.

    ``region`` are the area codes, ``name`` the region's name, ``benchmark`` one or more area codes
    (or ``("all",)``), ``period`` (base, end), ``quarter`` 1 to 4, ``level`` sector, 3-digit ...,
    ``ownership`` private or all. ``weights`` maps a group's or an indicator's name to its new
    weight, ``top`` is the shortlist's length, ``draws`` how many there are (0: none),
    ``readiness`` the paths of scorecards, ``as_of`` the day from which they are looked back on.
    """

    region: tuple[str, ...] | None = None
    name: str | None = None
    benchmark: tuple[str, ...] | None = None
    period: tuple[int, int] | None = None
    quarter: int | None = None
    level: str | None = None
    ownership: str | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    top: int | None = None
    seed: int | None = None
    draws: int | None = None
    readiness: tuple[str, ...] = ()
    as_of: str | None = None


def parse_codes(text: str) -> tuple[str, ...]:
    """Return the codes of ``39041,39045``; names that have commas stand between semicolons.

    Raises
    ------
    ValueError
        If there is none, or one is empty or stands twice.
    """
    mark = ";" if ";" in text else ","
    codes = tuple(part.strip() for part in text.strip().removesuffix(";").split(mark))
    if not all(codes):
        message = "write area codes with commas between them, such as 39041,39045"
        raise ValueError(message)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        message = f"{twice[0]!r} is listed twice"
        raise ValueError(message)
    return codes


def parse_period(text: str) -> tuple[int, int]:
    """Return the first and last year of ``2020:2023``, or of ``2023`` (one year).

    Raises
    ------
    ValueError
        If it isn't two years, or one, or the first is after the last.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        message = f"write two years such as 2020:2023, or one, not {text!r}"
        raise ValueError(message)
    base, end = int(match[1]), int(match[2] or match[1])
    if base > end:
        message = f"{base} is after {end}: write the first year first"
        raise ValueError(message)
    return base, end


def parse_day(text: str) -> str:
    """Return the day of ``2026-11-22``, as it is written.

    Raises
    ------
    ValueError
        If it is none.
    """
    day = text.strip()
    try:
        return dt.datetime.strptime(day, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007
    except ValueError:
        message = f"write year-month-day such as 2026-11-22, not {text!r}"
        raise ValueError(message) from None


def parse_weight(text: str) -> tuple[str, float]:
    """Return the name and the number of ``job_quality=40``.

    Raises
    ------
    ValueError
        If it isn't a name and a number of 0 or more.
    """
    name, equals, number = text.rpartition("=")
    if not equals or not name.strip():
        message = f"write a name and a number, such as job_quality=40, not {text!r}"
        raise ValueError(message)
    weight = float(number) if _NUMBER.fullmatch(number) else math.nan
    if not math.isfinite(weight):
        message = f"the weight of {name.strip()!r} must be a number of 0 or more, not {number!r}"
        raise ValueError(message)
    return name.strip(), weight
