"""Figures that tables give ready-made: the user's own first, else another public source's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sectorscan.indicators.given import filled
from sectorscan.tables.model import Interval, Panel

FROM_TABLES: Mapping[str, str] = {
    "projected": "projected_growth_pct",
    "openings": "openings_rate_pct",
    "workers_55_plus": "workers_55_plus_pct",
    "turnover": "turnover_pct",
    "new_hire_pay": "new_hire_annual_pay",
    "middle_skill": "middle_skill_share_pct",
}
"""The figure behind a quantity, and its indicator: ``_ir`` the sector's, ``_r`` all industries'."""

THRESHOLD = "new_hire_pay_threshold"
_TABLES = {
    "projected": "projections",
    "openings": "openings",
    "workers_55_plus": "ages of workers (QWI)",
    "turnover": "turnover (QWI)",
    "new_hire_pay": "pay of new hires (QWI)",
    "middle_skill": "staffing patterns (OEWS)",
}
_OF_ALL = {"projected": "projected growth"}
_FOR_ONE = {"projected": "projection"}


def of_sectors(panel: Panel, indicator: str) -> Interval:
    """Return (S,) figures of an indicator: the user's own, where not given another source's."""
    rate = panel.rates.get(indicator)
    found = rate.interval if rate else Interval.exact(np.full(len(panel.sectors), np.nan))
    given = panel.given.values.get(indicator)
    if given is None:
        return found
    own, known = filled(given), ~np.isnan(given.value)
    return Interval(
        np.where(known, own.low, found.low),
        np.where(known, own.value, found.value),
        np.where(known, own.high, found.high),
    )


def of_all_industries(panel: Panel, indicator: str) -> Interval:
    """Return (S,) times the figure of all industries: the user's own, else the source's."""
    size = len(panel.sectors)
    given = panel.given.region.get(indicator, np.nan)
    rate = panel.rates.get(indicator)
    if not np.isnan(given) or rate is None:
        return Interval.exact(np.full(size, float(given)))
    whole = rate.all_industries
    return Interval(*(np.repeat(end, size) for end in (whole.low, whole.value, whole.high)))


def figure_of(kind: str) -> str | None:
    """Return the figure behind a quantity's kind (``openings`` of ``openings_r``), if a table's."""
    name = kind.removesuffix("_ir").removesuffix("_r")
    return name if name in FROM_TABLES and name != kind else None


def takes_only_tables(takes: tuple[str, ...]) -> bool:
    """Return whether an indicator needs nothing but such figures."""
    return all(name == THRESHOLD or figure_of(name) for name in takes)


def statuses(panel: Panel, kind: str) -> np.ndarray | None:
    """Return (S, 1) statuses of a sector's figures from another source, None for any other."""
    name = figure_of(kind)
    rate = panel.rates.get(FROM_TABLES[name]) if name and kind.endswith("_ir") else None
    if rate is None:
        return None
    given = panel.given.values.get(FROM_TABLES[name or ""])
    own = np.zeros(len(panel.sectors), dtype=bool) if given is None else ~np.isnan(given.value)
    return np.where(own, "published", rate.status)[:, np.newaxis]


def sources(panel: Panel, kind: str) -> str:
    """Return the files behind a figure: the user's, and the other source's where it is used."""
    name = figure_of(kind)
    if name is None:
        return ""
    indicator = FROM_TABLES[name]
    given, rate = panel.given.values.get(indicator), panel.rates.get(indicator)
    own = panel.given.sources.get(indicator, "")
    used = rate is not None and (given is None or bool(np.isnan(given.value).any()))
    return ", ".join(text for text in (own, rate.source if rate and used else "") if text)


def why_absent(panel: Panel, kind: str, sector: int) -> str:
    """Return why a figure is missing for a sector (by position)."""
    name = figure_of(kind)
    if name is None:
        return "no threshold was given (thresholds: new_hire_annual_pay)"
    rate = panel.rates.get(FROM_TABLES[name])
    given = panel.given.values.get(FROM_TABLES[name])
    known = given is not None and not np.isnan(given.value).all()
    what = _TABLES[name].partition(" (")[0]
    if kind.endswith("_r"):
        return f"no {_OF_ALL.get(name, what)} of all industries was given"
    if rate is not None and sector in rate.missing:
        return rate.missing[sector]
    if known:
        return f"no {_FOR_ONE.get(name, what)} was given for this industry"
    return f"no {_TABLES[name]} {'was' if 'pay' in name or 'turn' in name else 'were'} given"
