"""Many regions out of one set of tables: which they are, and the rows that each one needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.sources import naics
from sectorscan.sources.areas import kind as kind_of
from sectorscan.sources.code_lists import expand
from sectorscan.sources.scope import area_title, is_all, listed, resolve_benchmark
from sectorscan.sources.states import fips_of
from sectorscan.tables.model import RegionalTables, Scope, Sector

IntArray = npt.NDArray[np.intp]

_YEARS = 10_000
USUAL_LEVEL = "3-digit"
"""The candidates where no level is asked for and the tables have it."""
SHALLOWEST_KEPT = 4
"""Industries of up to this many digits always stay: they tell one NAICS vintage from another."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of several that are ranked in one run."""

    name: str
    areas: tuple[str, ...]


def every_area(
    tables: RegionalTables, scope: Scope, kind: str, states: Sequence[str] | None
) -> tuple[Region, ...]:
    """Return each area of a kind that the tables have, by code, the benchmark left out.

    Parameters
    ----------
    tables, scope
        The tables, and the scope that names the benchmark.
    kind
        ``county``, ``state``, ``msa`` or ``area``.
    states
        Only those of these states: two digits or postal letters; None for all.

    Raises
    ------
    InputError
        Where there is none.
    """
    outside = () if is_all(scope.benchmark) else resolve_benchmark(tables, scope)[0]
    starts = None if states is None else tuple(fips_of(state) or state for state in states)
    present = sorted(set(tables.employment["region"].unique()) - set(outside))
    codes = [
        code
        for code in present
        if kind in (kind_of(code), "area") and (starts is None or code.startswith(starts))
    ]
    if not codes:
        where = "" if states is None else f" in {listed(states)}"
        what = f"regions: every: {kind}: the inputs have no such area{where}."
        remedy = f"They have {listed(present)}. Write every: area, or a list of regions."
        raise InputError(Finding(what, remedy))
    names = {code: area_title(tables, code) for code in codes}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    return tuple(
        Region(f"{name} ({code})" if name in shared else name, (code,))
        for code, name in names.items()
    )


def in_several(regions: Sequence[Region]) -> tuple[str, ...]:
    """Return the areas that count in more than one region."""
    times = Counter(area for region in regions for area in dict.fromkeys(region.areas))
    return tuple(sorted(area for area, count in times.items() if count > 1))


@dataclass(frozen=True, slots=True)
class Divided:
    """Tables whose rows can be had area by area.

    Of public files each region takes the rows that a run for it alone would read. In an analyst's
    table other areas' rows say what an absent or a withheld one may be: every region takes all.
    """

    tables: RegionalTables
    always: tuple[str, ...]
    employment: Mapping[str, IntArray]
    covered: Mapping[str, IntArray]
    others: frozenset[str]

    def absent(self, areas: Sequence[str]) -> tuple[str, ...]:
        """Return the areas of which the tables have nothing."""
        return tuple(a for a in areas if a not in self.employment and a not in self.others)

    def of(self, areas: Sequence[str]) -> RegionalTables:
        """Return what a region of these areas needs of the tables."""
        if not self.tables.public:
            return self.tables
        needed = tuple(dict.fromkeys((*areas, *self.always)))
        return replace(
            self.tables,
            employment=_taken(self.tables.employment, self.employment, needed),
            covered_totals=_taken(self.tables.covered_totals, self.covered, needed),
        )


def divide(tables: RegionalTables, scope: Scope) -> Divided:
    """Return the tables divided by area, without industries that no region's ranking needs.

    Raises
    ------
    InputError
        Where the benchmark isn't in the tables.
    """
    benchmark = resolve_benchmark(tables, scope)[0]
    own = (area for sector in scope.bundles or () for area in sector.areas or ())
    if tables.public:
        tables = replace(tables, employment=_without_depths(tables.employment, scope))
    others = {r for frame in (tables.indicators, tables.concentration) for r in frame["region"]}
    return Divided(
        tables,
        tuple(dict.fromkeys((*benchmark, *own))),
        _rows_of(tables.employment),
        _rows_of(tables.covered_totals),
        frozenset(others),
    )


def _without_depths(employment: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the rows down to the candidates' parts; all of them where that isn't known."""
    industry, codes = pd.factorize(employment["industry"])
    level = np.array([naics.level(code) or "" for code in codes], dtype=object)
    digits = _deepest(scope, employment, (level == USUAL_LEVEL)[industry])
    if digits is None:
        return employment
    deep = np.array([one in naics.LEVELS[digits - 1 :] for one in level], dtype=np.bool_)
    return employment[~deep[industry]].reset_index(drop=True)


def _deepest(scope: Scope, employment: pd.DataFrame, usual: npt.NDArray[np.bool_]) -> int | None:
    """Return up to how many digits the parts of the candidates have, None where unknown."""
    if scope.bundles is not None:
        levels = {naics.level(code) for sector in scope.bundles for code in _named_codes(sector)}
        if None in levels:
            return None
        own = max((naics.LEVELS.index(level) + 2 for level in levels if level), default=2)
    elif scope.level is not None:
        own = naics.LEVELS.index(scope.level) + 2
    elif _everywhere(usual, employment):
        own = naics.LEVELS.index(USUAL_LEVEL) + 2
    else:
        return None
    return max(own + 1, SHALLOWEST_KEPT)


def _named_codes(sector: Sector) -> tuple[str, ...]:
    """Return the codes that a bundle holds, and those that it leaves out."""
    return (*sector.naics, *(code for text in sector.excluded for code in expand(text)))


def _everywhere(usual: npt.NDArray[np.bool_], employment: pd.DataFrame) -> bool:
    """Return whether each area has industries of the usual level in every year that it has."""
    place = pd.factorize(employment["region"])[0] * _YEARS + employment["year"].to_numpy()
    known = (employment["employment_status"] != "missing").to_numpy()
    return len(np.unique(place[known & usual])) == len(np.unique(place))


def _rows_of(frame: pd.DataFrame) -> dict[str, IntArray]:
    """Return the positions of each area's rows, ascending."""
    number, areas = pd.factorize(frame["region"])
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number, minlength=len(areas)))[:-1]
    return dict(zip(areas, np.split(order, ends), strict=True)) if len(areas) else {}


def _taken(frame: pd.DataFrame, rows: Mapping[str, IntArray], areas: Sequence[str]) -> pd.DataFrame:
    """Return the areas' rows in the order of the whole frame."""
    found = [rows[area] for area in areas if area in rows]
    return frame.take(np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.intp))
