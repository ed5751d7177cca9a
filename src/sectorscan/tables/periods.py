"""What a year of figures is called: the year itself, or one quarter of it."""

from __future__ import annotations

QUARTERS = ("first", "second", "third", "fourth")


def quarter_name(quarter: int) -> str:
    """Return ``first quarter`` for 1, ... ``fourth quarter`` for 4."""
    return f"{QUARTERS[quarter - 1]} quarter"


def spoken(year: int, quarter: int | None) -> str:
    """Return ``2016``, or ``the first quarter of 2016`` where the figures are one quarter's."""
    return f"the {quarter_name(quarter)} of {year}" if quarter else str(year)


def span(base: int, end: int, quarter: int | None) -> str:
    """Return ``2015 to 2016``, or ``first quarter of 2015 to first quarter of 2016``."""
    years = (base,) if base == end else (base, end)
    return " to ".join(spoken(year, quarter).removeprefix("the ") for year in years)
