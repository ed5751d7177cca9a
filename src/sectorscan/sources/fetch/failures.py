"""What is said of the files that didn't come: each with its reason and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sectorscan.errors import Finding, nearest
from sectorscan.sources import areas as area_names
from sectorscan.sources.fetch.download import PROMISED_YEARS, Outcome
from sectorscan.sources.fetch.plan import FILES_PAGE, Slice
from sectorscan.sources.fetch.settings import host


def findings(outcomes: Sequence[Outcome], base: str, this_year: int) -> tuple[Finding, ...]:
    """Return an error for each file that didn't come, or for a whole period where none came.

    ``this_year`` tells a year that is no longer served from one that isn't published yet.
    """
    return tuple(
        [
            *_absent(outcomes, base, this_year),
            *(
                Finding(f"{one.reason}.", one.remedy, one.wanted.name)
                for one in outcomes
                if one.status == "failed"
            ),
            *_not_asked(outcomes),
        ]
    )


def _absent(outcomes: Sequence[Outcome], base: str, this_year: int) -> Iterator[Finding]:
    """Yield one finding a period that has no files at all, else one a file."""
    there = {one.wanted.period for one in outcomes if one.good}
    absent = [one.wanted for one in outcomes if one.status == "absent"]
    for period in dict.fromkeys(wanted.period for wanted in absent):
        missing = [wanted for wanted in absent if wanted.period == period]
        if period not in there and any(_surely_an_area(wanted.area) for wanted in missing):
            yield _no_period(missing, base, this_year)
        else:
            yield from (_no_area(wanted, base) for wanted in missing)


def _no_period(missing: Sequence[Slice], base: str, this_year: int) -> Finding:
    one = missing[0]
    names = _first_of([wanted.name for wanted in missing])
    if one.year >= this_year - 1:
        what = f"{host(base)} has no area slices of {one.period} yet."
        when = (
            "Annual averages come about June of the next year"
            if one.quarter is None
            else "A quarter comes about five to six months after its end"
        )
        return Finding(what, f"{when}; until then end the period earlier.", names)
    if one.year < this_year - PROMISED_YEARS:
        what = (
            f"{one.year} is too old for the area slices of {host(base)}: "
            f"{PROMISED_YEARS} years are promised, some more stay for a while."
        )
    else:
        what = f"{host(base)} has no area slices of {one.period}."
    remedy = (
        f"Put the national file of that year into the same folder, zipped as it is: "
        f"{one.singlefile()} (all years: {FILES_PAGE})."
    )
    return Finding(what, remedy, names)


def _no_area(wanted: Slice, base: str) -> Finding:
    title = area_names.title(wanted.area)
    what = f"{host(base)} has no slice of area {wanted.area} for {wanted.period}."
    if title is not None:
        remedy = f"{title} may not have been an area of QCEW then, or goes by another code."
    elif wanted.area.isdigit() and wanted.area.endswith("0"):
        remedy = f"Is it a metropolitan area? Those are C and four digits: C{wanted.area[:4]}."
    else:
        near = nearest(wanted.area, area_names.table())
        remedy = f"Find the code with: sectorscan areas NAME.{near}"
    return Finding(what, remedy, wanted.name)


def _surely_an_area(code: str) -> bool:
    """Return whether a code is right for all we know: of metropolitan areas we have no list."""
    return not code.isdigit() or area_names.title(code) is not None


def _not_asked(outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    left = [one.wanted.name for one in outcomes if one.status == "not asked"]
    if left:
        what = "not asked for, after what failed before."
        yield Finding(what, "Run the same command again.", _first_of(left))


def _first_of(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
