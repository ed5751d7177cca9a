"""How much of an area's jobs stands in cells that are withheld, told area by area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sectorscan.errors import Finding
from sectorscan.sources import areas as area_names
from sectorscan.sources import naics
from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.scope import listed
from sectorscan.tables.model import TOTAL_INDUSTRY
from sectorscan.tables.periods import spoken

if TYPE_CHECKING:
    from sectorscan.sources.qcew_scan import CodeBook

TOLD_FROM = 0.1
"""An area is named where at least this share of its jobs is in withheld cells of a level."""
MOST_TOLD = 8
LEVELS: Mapping[str, str] = {"sector": "sectors", "3-digit": "3-digit industries"}


@dataclass(frozen=True, slots=True, order=True)
class Withheld:
    """One area's withheld cells of a level, of all its cells, and their share of its jobs."""

    level: str
    cells: int
    of: int
    share: float


def withholding(
    rows: pd.DataFrame, codes: CodeBook, region: frozenset[str], quarter: int | None
) -> list[Finding]:
    """Return a caution for each of the region's areas that withholds much, the worst first.

    Areas whose total of all industries is withheld are named before them.

    Parameters
    ----------
    rows
        Columns area, own, industry, year, establishments, employment (NaN where withheld), derived;
        the ownerships that are counted, and the total of all of them where they are.
    codes
        What the numbers stand for.
    region
        The region's areas.
    quarter
        The quarter whose figures they are, None for years.
    """
    mine = rows["area"].isin([n for n, code in enumerate(codes.areas.texts) if code in region])
    published = rows[mine & ~rows["derived"]]
    if published.empty:
        return []
    year = int(published["year"].max())
    latest = published[published["year"] == year]
    found = _by_area(latest, codes)
    told = sorted(
        (-max(level.share for level in levels), codes.areas.texts[area], levels)
        for area, levels in found.items()
    )
    told = [entry for entry in told if -entry[0] >= TOLD_FROM]
    when = spoken(year, quarter)
    findings = _without_total(latest, codes, when)
    findings += [
        Finding(_sentence(_name(code, codes), levels, when), _REMEDY, severity="caution")
        for _, code, levels in told[:MOST_TOLD]
    ]
    if rest := told[MOST_TOLD:]:
        areas = "1 more area withholds" if len(rest) == 1 else f"{len(rest):,} more areas withhold"
        what = f"{areas} cells of up to {-100 * rest[0][0]:.0f} % of their jobs ({when}): "
        findings.append(
            Finding(what + listed([code for _, code, _ in rest]) + ".", _REMEDY, severity="caution")
        )
    return findings


_REMEDY = "They are estimated within what the published sums allow."


def _without_total(rows: pd.DataFrame, codes: CodeBook, when: str) -> list[Finding]:
    whole = _totals(rows, codes)
    hidden = sorted(codes.areas.texts[n] for n in whole.loc[whole["employment"].isna(), "area"])
    if not hidden:
        return []
    named = listed([_name(code, codes) for code in hidden[:MOST_TOLD]])
    what = f"the total of all industries is withheld in {named}"
    if len(hidden) > MOST_TOLD:
        what += f" and {len(hidden) - MOST_TOLD:,} more"
    remedy = "It is estimated, and with it every share and location quotient."
    return [Finding(f"{what} ({when}).", remedy, severity="caution")]


def _totals(rows: pd.DataFrame, codes: CodeBook) -> pd.DataFrame:
    """Return totals of all ownerships, where their cells are counted; of the one that is, else."""
    total = rows["industry"] == codes.industries.number(TOTAL_INDUSTRY)
    covered = rows["own"] == codes.owns.number(TOTAL_COVERED)
    return rows[total & covered] if (total & covered).any() else rows[total]


def _by_area(rows: pd.DataFrame, codes: CodeBook) -> dict[int, list[Withheld]]:
    """Return what each area withholds of each level.

    Left out are areas without a known total, and levels of which the files lack a part: what is
    absent isn't withheld.
    """
    covered = rows["own"] == codes.owns.number(TOTAL_COVERED)
    whole = _totals(rows, codes)
    jobs = whole.groupby("area")["employment"].agg(lambda figures: figures.sum(skipna=False))
    found: dict[int, list[Withheld]] = {}
    firms = whole.groupby("area")["establishments"].sum()
    for level in LEVELS:
        at_level = np.array([naics.level(code) == level for code in codes.industries.texts])
        cells = rows[at_level[rows["industry"].to_numpy()] & ~covered]
        cells = cells.assign(withheld=cells["employment"].isna())
        places = cells.groupby(["area", "own", "industry"])["withheld"].any().groupby("area")
        by_area = cells.groupby("area")
        disclosed = by_area["employment"].sum()
        missing_firms = firms.sub(by_area["establishments"].sum())
        lacking = missing_firms.gt(0.5 * (by_area.size().reindex(missing_firms.index) + 1))
        for area, withheld, of in zip(places.groups, places.sum(), places.size(), strict=True):
            here = float(jobs.get(area, np.nan))
            if withheld and here > 0 and not lacking.get(area, True):
                share = max(0.0, 1.0 - float(disclosed[area]) / here)
                level_here = Withheld(level, int(withheld), int(of), share)
                found.setdefault(int(area), []).append(level_here)
    return found


def _name(code: str, codes: CodeBook) -> str:
    title = codes.area_titles.get(code) or area_names.title(code)
    return f"{title} ({code})" if title else code


def _sentence(name: str, found: list[Withheld], when: str) -> str:
    parts = [
        f"{w.cells} of its {w.of} {LEVELS[w.level]}, which hold {100 * w.share:.0f} % of its jobs"
        for w in found
    ]
    return f"{name} withholds {'; and '.join(parts)} ({when})."
