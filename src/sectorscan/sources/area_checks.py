"""A region's areas held against each other and against the years: nothing counts twice."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.errors import Finding, InputError
from sectorscan.sources.areas import PLANNING_REGIONS_SINCE, inside, kind, stands_in


def check_apart(areas: Sequence[str]) -> None:
    """Check that no area of a region lies in another of its areas, as far as codes tell.

    Raises
    ------
    InputError
        Where jobs would count twice: a state with its county, Connecticut's counties with its
        planning regions.
    """
    problems = [
        Finding(
            f"the region has {other} and {code}, which is a part of it: jobs would count twice.",
            "Keep one of the two.",
        )
        for code in areas
        for other in areas
        if inside(code, other)
    ]
    old, new = (
        [code for code in areas if not stands_in(code, year)]
        for year in (PLANNING_REGIONS_SINCE, PLANNING_REGIONS_SINCE - 1)
    )
    if old and new:
        what = (
            f"the region has Connecticut's counties ({', '.join(old)}) and its planning regions "
            f"({', '.join(new)}): they cover the same ground in other shapes."
        )
        problems.append(Finding(what, "Keep one kind, or take the whole state: 09000."))
    if problems:
        raise InputError(problems)


def standing_years(
    areas: tuple[str, ...], years: list[int], period: tuple[int, int] | None
) -> list[int]:
    """Return the years in which all of the region's areas stand.

    Raises
    ------
    InputError
        Where the period's base or end is another year: growth would start from nothing.
    """
    standing = [y for y in years if all(stands_in(code, y) for code in areas)]
    asked = period or ((years[0], years[0]) if not standing else ())
    problems = []
    for year in dict.fromkeys(asked):
        gone = [code for code in areas if not stands_in(code, year)]
        if gone:
            since = PLANNING_REGIONS_SINCE
            what = f"QCEW has no {', '.join(gone)} in {year}: Connecticut's counties end in "
            what += f"{since - 1}, its planning regions begin in {since} and have other limits."
            remedy = "Choose years of one kind, or the whole state: 09000."
            problems.append(Finding(what, remedy))
    if problems:
        raise InputError(problems)
    return standing


def metropolitan_cautions(areas: tuple[str, ...], years: tuple[int, ...]) -> tuple[str, ...]:
    """Say that a metropolitan area may hold other areas, and other counties in another year."""
    drawn = [code for code in areas if kind(code) in ("msa", "csa")]
    said = []
    if drawn and len(drawn) < len(areas):
        said.append(
            f"Metropolitan areas stand beside other areas in the region ({', '.join(drawn)}): "
            "where one lies in the other, its jobs count twice."
        )
    if drawn and len(years) > 1:
        said.append(_redrawn(drawn, years))
    return tuple(said)


def _redrawn(drawn: list[str], years: tuple[int, ...]) -> str:
    return (
        f"Metropolitan areas are redrawn every few years: {', '.join(drawn)} may have had other "
        f"counties in {years[0]} than in {years[-1]}, and QCEW files don't say. Growth of the "
        "counties by name is safe."
    )
