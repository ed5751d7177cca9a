"""Which files a scope needs: area slices, newest year first. Nothing is asked of anyone here.

Source: https://www.bls.gov/cew/additional-resources/open-data/csv-data-slices.htm (addresses).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sectorscan.errors import Finding, InputError
from sectorscan.sources import areas as area_names
from sectorscan.sources.qcew import NATION
from sectorscan.sources.scope import is_all
from sectorscan.tables.files import shown
from sectorscan.tables.model import Scope

MOST_SLICES = 1_000
"""From about this many on, the national files are the smaller download."""
FILES_PAGE = "https://www.bls.gov/cew/downloadable-data-files.htm"
_AREA = re.compile(r"\d{5}|C\d{4}|CS\d{3}|US(?:000|CMS|MSA|NMS)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Slice:
    """One file of the service: an area's annual averages of a year, or one of its quarters."""

    year: int
    quarter: int | None
    area: str

    @property
    def name(self) -> str:
        """The file's name in the folder: ``2023.annual.39049.csv``, ``2023.q1.39049.csv``."""
        part = "annual" if self.quarter is None else f"q{self.quarter}"
        return f"{self.year}.{part}.{self.area}.csv"

    @property
    def period(self) -> str:
        """The year, and the quarter where it is one: ``2023``, ``2023 q1``."""
        return str(self.year) if self.quarter is None else f"{self.year} q{self.quarter}"

    def address(self, base: str) -> str:
        """Return where the file is to be had."""
        return f"{base}/cew/data/api/{self.year}/{self.quarter or 'a'}/area/{self.area}.csv"

    def singlefile(self) -> str:
        """Return the address of the national file of the same year, which BLS keeps for good."""
        kind = "annual" if self.quarter is None else "qtrly"
        folder = f"https://data.bls.gov/cew/data/files/{self.year}/csv"
        return f"{folder}/{self.year}_{kind}_singlefile.zip"


def wanted_areas(scope: Scope) -> tuple[str, ...]:
    """Return the areas that a scope needs, each once: benchmark, region, sectors' own areas.

    The benchmark ``all`` is the sum of the others and adds none; no benchmark is the nation.
    """
    return tuple(dict.fromkeys(code for code, _ in _with_place(scope)))


def plan(scope: Scope, quarters: Sequence[int] = ()) -> tuple[Slice, ...]:
    """Return the slices of a scope's areas and years, newest first; no quarters: annual averages.

    Raises
    ------
    InputError
        With every problem: no region, no years, codes that aren't QCEW's, too many files.
    """
    problems = [
        _not_a_code(code, place) for code, place in _with_place(scope) if not _AREA.fullmatch(code)
    ]
    if scope.areas is None:
        remedy = (
            "Give --region 39041,39049, or region: areas: [...] in the config. For every area of "
            f"the nation download its national files: {FILES_PAGE}."
        )
        problems.insert(0, Finding("no region is named.", remedy))
    if scope.period is None:
        remedy = "Give --period 2020:2023, or period: {base: 2020, end: 2023} in the config."
        problems.append(Finding("the years aren't named.", remedy))
    if problems or scope.period is None:
        raise InputError(dict.fromkeys(problems))
    base, end = scope.period
    parts: list[int | None] = [*sorted(set(quarters), reverse=True)] or [None]
    areas = wanted_areas(scope)
    count = (end - base + 1) * len(parts) * len(areas)
    if count > MOST_SLICES:
        raise InputError(_too_many(count, Slice(end, parts[0], "")))
    return tuple(
        Slice(year, part, area)
        for year in range(end, base - 1, -1)
        for part in parts
        for area in areas
    )


def _with_place(scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield each area with what it stands in, for messages."""
    if not is_all(scope.benchmark):
        for code in NATION if scope.benchmark is None else scope.benchmark:
            yield code, "the benchmark"
    for code in scope.areas or ():
        yield code, "the region's area"
    for sector in scope.bundles or ():
        for code in sector.areas or ():
            yield code, f"the area of the sector {shown(sector.id)}"


def _not_a_code(code: str, place: str) -> Finding:
    what = f"{place} {shown(code)!r} is no area code of QCEW."
    if code.upper() != code and _AREA.fullmatch(code.upper()):
        return Finding(what, f"Write {code.upper()}.")
    if code in ("US", "us"):
        return Finding(what, f"Write {NATION[0]}.")
    if re.fullmatch(r"\d{4}", code, re.ASCII):
        return Finding(what, f"Write it with its zero: 0{code}.")
    found = area_names.search(code)[:3] if len(code) > 2 else ()
    near = "; ".join(f"{known} is {title}" for known, title in found)
    return Finding(what, f"{near}." if near else "Find it with: sectorscan areas NAME")


def _too_many(count: int, one: Slice) -> Finding:
    what = f"that would be {count:,} files; {MOST_SLICES:,} are the most that is fair to ask for."
    remedy = (
        f"Download the national files of these years instead, such as {one.singlefile()} "
        f"(all of them: {FILES_PAGE}), and rank them as they are."
    )
    return Finding(what, remedy)
