"""What is left of a bundle's codes without those that it excludes.

Where the tables have the industries beside an excluded code, these are summed: every bound comes
from a cell. Where they don't, what is left is a difference of two cells, county by county.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sectorscan.sources import naics
from sectorscan.sources.cells import DERIVED, ESTIMATED, MISSING, Cells
from sectorscan.sources.code_lists import expand, gaps
from sectorscan.sources.naics import EXCEPT, remainder, split_remainder
from sectorscan.sources.scope import listed
from sectorscan.tables.model import FloatArray, Interval, RegionalTables, Sector


def without_excluded(
    tables: RegionalTables,
    sectors: tuple[Sector, ...],
    areas: Sequence[str],
    years: Sequence[int],
) -> tuple[tuple[Sector, ...], tuple[str, ...]]:
    """Return the sectors with the codes that are summed for them, and what a reader must know.

    ``areas`` and ``years`` are those that count: the industries beside an excluded code are summed
    where all of these have them.
    """
    said = [*_gaps(sectors)]
    if not any(sector.excluded for sector in sectors):
        return sectors, tuple(said)
    rows = tables.employment
    rows = rows[rows["region"].isin(areas) & rows["year"].isin(years)]
    beside = _Beside(rows[rows["employment_status"] != "missing"], public=tables.public)
    settled = []
    for sector in sectors:
        excluded = tuple(code for text in sector.excluded for code in expand(text))
        codes = [left for code in sector.naics for left in _left(code, excluded, beside)]
        settled.append(replace(sector, naics=tuple(codes)))
        if differences := [code for code in codes if EXCEPT in code]:
            said.append(
                f"{sector.id}: {listed(differences)} is a difference of two figures, because the "
                "inputs lack the industries beside it; where one is withheld its bounds are wider."
            )
    return tuple(settled), tuple(said)


def _gaps(sectors: Sequence[Sector]) -> list[str]:
    return [
        f"{sector.id}: NAICS has no {listed(absent)} in {text}."
        for sector in sectors
        for text in (*sector.written, *sector.excluded)
        if (absent := gaps(text))
    ]


@dataclass(frozen=True)
class _Beside:
    """Which industries one level down the counted rows have."""

    rows: pd.DataFrame
    public: bool

    def below(self, code: str) -> tuple[str, ...]:
        """Return the codes one level down, none where the rows don't have all of them.

        A public file that has rows of a level has every industry of it. An analyst's table must
        have each that stands in some classification in every year.
        """
        present = self.rows["industry"].unique()
        children = tuple(sorted(c for c in present if naics.parent(c) == code))
        have = self.rows.loc[self.rows["industry"].isin(children), ["region", "year", "industry"]]
        if self.public:
            level = naics.level(children[0]) if children else None
            same = [c for c in present if naics.level(c) == level]
            have = self.rows.loc[self.rows["industry"].isin(same), ["region", "year", "industry"]]
        whole = self.rows.loc[self.rows["industry"] == code, ["region", "year"]]
        places = set(whole.itertuples(index=False, name=None))
        told = set(have[["region", "year"]].itertuples(index=False, name=None))
        complete = self.public or all(
            _complete(code, set(have.loc[have["year"] == year, "industry"]))
            for year in have["year"].unique()
        )
        return children if children and places <= told and complete else ()


def _complete(code: str, have: set[str]) -> bool:
    """Return whether the codes are all those below another one, in one of the classifications."""
    below = [entry for entry in naics.table().values() if naics.parent(entry.code) == code]
    vintages = {vintage for entry in below for vintage in entry.vintages}
    return any({e.code for e in below if vintage in e.vintages} <= have for vintage in vintages)


def _left(code: str, excluded: Sequence[str], beside: _Beside) -> tuple[str, ...]:
    """Return the codes that make up a code without the excluded ones."""
    if code in excluded:
        return ()
    inside = [out for out in excluded if naics.contains(code, out)]
    if not inside:
        return (code,)
    below = beside.below(code)
    if not below:
        return (remainder(code, inside),)
    return tuple(left for part in below for left in _left(part, excluded, beside))


def parts_of_remainders(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the plain codes whose cells are needed for some codes, remainders among them."""
    split = [split_remainder(code) for code in codes]
    return tuple(dict.fromkeys(part for code, excluded in split for part in (code, *excluded)))


def with_remainders(cells: Cells, codes: Sequence[str]) -> Cells:
    """Return the cells with one more industry for each remainder among the codes.

    Each county's cell is the difference of its cells: from the code's low minus the excluded ones'
    highs to its high minus their lows, never below 0. It is missing where one of them is.
    """
    at = {code: place for place, code in enumerate(cells.codes)}
    wanted = sorted({code for code in codes if EXCEPT in code})
    split = [split_remainder(code) for code in wanted]
    possible = [i for i, (code, out) in enumerate(split) if {code, *out} <= set(at)]
    if not possible:
        return cells
    every = list(range(len(cells.areas)))
    whole = cells.take(every, [at[split[i][0]] for i in possible])
    taken = [cells.take(every, [at[code] for code in split[i][1]]) for i in possible]

    def status(name: str) -> np.ndarray:
        out = np.stack([getattr(part, name).max(axis=1) for part in taken], axis=1)
        least = np.stack([getattr(part, name).min(axis=1) for part in taken], axis=1)
        own = getattr(whole, name)
        unsure = (out == ESTIMATED) | (own == ESTIMATED)
        unknown = (least <= MISSING) | (own <= MISSING)
        found = np.where(unknown, MISSING, np.where(unsure, ESTIMATED, DERIVED))
        return np.concatenate([getattr(cells, name), found.astype(np.int8)], axis=1)

    e_status, w_status = status("e_status"), status("w_status")
    firms = np.stack([part.establishments.sum(axis=1) for part in taken], axis=1)
    return Cells(
        areas=cells.areas,
        codes=(*cells.codes, *(wanted[i] for i in possible)),
        years=cells.years,
        employment=_joined(cells.employment, whole.employment, [t.employment for t in taken]),
        wages=_joined(cells.wages, whole.wages, [t.wages for t in taken]),
        establishments=np.concatenate(
            [cells.establishments, np.maximum(whole.establishments - firms, 0)], axis=1
        ),
        e_status=e_status,
        w_status=w_status,
    )


def _joined(cells: Interval, whole: Interval, taken: Sequence[Interval]) -> Interval:
    low, value, high = (
        np.stack([getattr(part, end).sum(axis=1) for part in taken], axis=1)
        for end in ("low", "value", "high")
    )
    with np.errstate(invalid="ignore"):  # inf - inf: nothing is known, the low is 0
        lowest = np.nan_to_num(np.maximum(whole.low - high, 0), nan=0.0)
    highest = np.maximum(whole.high - low, 0)
    likely = np.clip(whole.value - value, lowest, highest)
    ends: list[FloatArray] = [
        np.where(np.isnan(likely), np.nan, end) for end in (lowest, likely, highest)
    ]
    return Interval(
        *(
            np.concatenate([before, end], axis=1)
            for before, end in zip((cells.low, cells.value, cells.high), ends, strict=True)
        )
    )
