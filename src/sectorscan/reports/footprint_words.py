"""What a footprint says in words, and its table as people read it."""

from __future__ import annotations

import math

import numpy as np

from sectorscan.advice.wording import area_noun
from sectorscan.reports.text import plain
from sectorscan.reports.view import shown
from sectorscan.reports.words import ESTIMATED, MINUS, NOT_KNOWN, cell
from sectorscan.scan.footprint import Footprint
from sectorscan.tables.model import Interval
from sectorscan.tables.periods import spoken

MOST_NAMED = 8
SECOND_TABLE = 8
"""Where a terminal is narrow the columns from here on stand in a table of their own."""

_MARKS = {"none": "no change", None: "–"}


def what_is_shown(found: Footprint) -> str:
    """Return the heading: the sector, and in what year."""
    sector = plain(found.sector.title) or plain(found.sector.id)
    codes = ", ".join(plain(code) for code in found.sector.codes)
    if found.sector.excluded:
        codes += f" except {', '.join(plain(code) for code in found.sector.excluded)}"
    panel = found.panel
    when = NOT_KNOWN if panel.end is None else spoken(panel.end, panel.quarter)
    return f"Footprint of {sector} (NAICS {codes}), {when}"


def headline(found: Footprint) -> list[str]:
    """Return where the sector stands in the region, and where it is concentrated."""
    region, panel = found.region, found.panel
    count = len(panel.areas)
    held = sum(
        value for value, own in zip(found.part.value, found.inside, strict=True)
        if own and math.isfinite(value)
    )  # fmt: skip
    about = "about " if (found.part.low != found.part.high).any() else ""
    areas = f"{count} {area_noun(panel.areas)[count != 1]}"
    against = f" against {plain(panel.benchmark)}" if panel.benchmark else ""
    quotient = _figure(region["location_quotient"], 0, "ratio")
    said = [
        f"{plain(panel.region_name)} ({areas}): {_figure(region['employment'], 0, 'jobs')} jobs, "
        f"location quotient {quotient}{against}; {about}{cell(float(held), '%')} of the sector's "
        f"jobs in the {len(found.counties)} shown."
    ]
    if found.core:
        names = [_short(title) for title in found.titles[: min(found.core, MOST_NAMED)]]
        more = found.core - len(names)
        listed = ", ".join(names) + (f" and {more} more" if more else "")
        verb = "holds" if found.core == 1 else "together hold"
        said.append(
            f"{found.core} of {len(found.counties)} ({listed}) {verb} "
            f"{cell(float(found.together_pct[found.core - 1]), '%')} of these jobs, at a location "
            f"quotient of {_figure(found.together, found.core - 1, 'ratio')}: the longest list, "
            f"most concentrated first, that stays at {found.threshold:g} or above."
        )
    elif np.isfinite(found.quotient.value).any():
        said.append(f"No county reaches a location quotient of {found.threshold:g}.")
    elif not panel.benchmark:
        said.append(
            "The inputs have no benchmark, so no location quotient is known: give the nation's "
            "file (US000), or --benchmark all."
        )
    return said


def _figure(interval: Interval, place: int, unit: str) -> str:
    """Return ``about 2,875 (0 to 4,578)``, or the number alone where it is certain."""
    low, value, high = (float(end[place]) for end in (interval.low, interval.value, interval.high))
    if not math.isfinite(value):
        return "not known"
    if low == high:
        return cell(value, unit)
    top = f"to {cell(high, unit)}" if math.isfinite(high) else "or more"
    return f"about {cell(value, unit)} ({cell(low, unit)} {top})"


def _short(title: str) -> str:
    return plain(title).removesuffix(" (statewide)").split(",")[0].removesuffix(" County")


def table_rows(found: Footprint) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the titles and a row a county, as text."""
    whole = float(found.region["location_quotient"].value[0])
    rows: list[tuple[str, ...]] = []
    for i in range(len(found.counties)):
        change = float(found.changed.value[i]) - whole
        rows.append(
            (
                _place(found, i),
                _county(found, i),
                _value(found.jobs, i, "jobs"),
                _range(found.jobs, i, "jobs"),
                shown(float(found.establishments[i]), "count"),
                _value(found.quotient, i, "ratio"),
                _range(found.quotient, i, "ratio"),
                _value(found.growth, i, "%/year"),
                _value(found.part, i, "%"),
                shown(float(found.together_pct[i]), "%"),
                _value(found.together, i, "ratio"),
                _signed(change),
                _effect(found, i),
            )
        )
    titles = (
        "In",
        "County",
        "Jobs",
        "between",
        "Estabs.",
        "LQ",
        "between",
        "Growth\na year",
        "Part\nof jobs",
        "Running\npart",
        "Running\nLQ",
        "Region's\nLQ by",
        "Taking it in",
    )
    return titles, rows


def _effect(found: Footprint, i: int) -> str:
    """Return what the change does; of the region's own counties the change is leaving them out."""
    effect = found.effects[i]
    words = _MARKS.get(effect) or str(effect)
    return f"(out) {words}" if found.inside[i] and effect is not None else words


def _county(found: Footprint, i: int) -> str:
    name, code = _short(found.titles[i]), plain(found.counties[i])
    return code if name == code else f"{name} ({code})"


def _place(found: Footprint, i: int) -> str:
    if found.inside[i]:
        return "in"
    return {True: "border", False: "", None: "?"}[found.borders[i]]


def _value(interval: Interval, i: int, unit: str) -> str:
    value = float(interval.value[i])
    if not math.isfinite(value):
        return "–"
    mark = ESTIMATED if interval.low[i] != interval.high[i] else ""
    return mark + cell(value, unit)


def _range(interval: Interval, i: int, unit: str) -> str:
    low, high = float(interval.low[i]), float(interval.high[i])
    if math.isnan(low) or low == high:
        return ""
    return f"{cell(low, unit)}-{cell(high, unit)}" if math.isfinite(high) else f"{cell(low, unit)}+"


def _signed(change: float) -> str:
    if not math.isfinite(change):
        return "–"
    text = f"{abs(change):.3f}"
    if float(text) == 0:
        return text
    return f"{'+' if change > 0 else MINUS}{text}"


def notes_on_reading(found: Footprint) -> list[str]:
    """Return how to read the table."""
    return [
        "In: 'in' the region now, 'border': shares a boundary with it, '?': not known. ~ and "
        "'between': withheld figures stand behind it.",
        "Running: this county and those above it together. Region's LQ by: what taking the county "
        "in does to the region's location quotient; '(out)': it is in, and leaving it out does "
        "this. 'may': withheld figures leave the direction open.",
        "A description of where the jobs are, not a verdict: commuting, training providers and "
        "partners also make a region.",
    ]
