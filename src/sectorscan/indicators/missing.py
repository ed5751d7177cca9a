"""Why an indicator couldn't be computed, in plain words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sectorscan.indicators.from_tables import takes_only_tables, why_absent
from sectorscan.indicators.growth import FEWEST_RATES
from sectorscan.indicators.quantities import RECENT_YEARS, Quantities, Quantity
from sectorscan.indicators.spec import IndicatorSpec
from sectorscan.sources import naics
from sectorscan.sources.vintages import same_content
from sectorscan.tables.model import Panel


def reasons(
    panel: Panel, quantities: Quantities, spec: IndicatorSpec, missing: np.ndarray
) -> dict[int, str]:
    """Return the reason for each sector (by position) whose value is missing."""
    if not missing.any():
        return {}
    overall = _period_reason(panel, quantities, spec)
    if overall:
        return dict.fromkeys(np.flatnonzero(missing).tolist(), overall)
    found: dict[int, str] = {}
    taken = [quantities.quantities[name] for name in spec.takes]
    values = [quantities.values(name) for name in spec.takes]
    for test, words in ((np.isnan, _absent), (_is_zero, _zero)):
        for quantity, value in zip(taken, values, strict=True):
            if not quantity.by_year and (hit := missing & test(value)).any():
                for s in np.flatnonzero(hit).tolist():
                    reason = _reclassified(panel, quantity, s) or words(panel, quantity, s)
                    found.setdefault(s, reason)
    rest = _undefined(spec)
    return {s: found.get(s, rest) for s in np.flatnonzero(missing).tolist()}


def _reclassified(panel: Panel, quantity: Quantity, sector: int) -> str:
    """Return that the codes didn't stand in the year's NAICS, or held others, or nothing."""
    if quantity.kind not in ("e_ir", "e_in", "w_ir", "w_in") or quantity.year is None:
        return ""
    year = panel.years[quantity.year]
    codes = panel.sectors[sector].naics
    absent = [c for c in codes if not naics.stands_in(c, year)]
    if len(absent) < len(codes) and not same_content(codes, year, panel.years[-1]):
        return f"NAICS {', '.join(codes)} held other establishments in {year}"
    return f"NAICS {', '.join(absent)} isn't in the classification of {year}" if absent else ""


def _is_zero(value: np.ndarray) -> np.ndarray:
    return np.asarray(value == 0)


def _period_reason(panel: Panel, quantities: Quantities, spec: IndicatorSpec) -> str:
    """Return the reason that holds for every sector, or nothing."""
    takes = set(spec.takes)
    if "price_index1" in takes:
        return "no price index was given"
    if takes_only_tables(spec.takes):
        return ""
    if not panel.years or np.isnan(panel.e_ir.value).all():
        return "no employment figures were given"
    if any(name.endswith("0") for name in takes) and len(panel.years) == 1:
        return f"the period is one year ({panel.years[0]}), so there is no growth to measure"
    if "e_ir_recent" in takes and quantities.quantities["e_ir_recent"].year is None:
        if panel.years[-1] - panel.years[0] <= RECENT_YEARS:
            return f"the period is no longer than {RECENT_YEARS} years"
        return f"no figures for {panel.years[-1] - RECENT_YEARS}"
    return ""


def _year(panel: Panel, quantity: Quantity) -> str:
    return "" if quantity.year is None else str(panel.years[quantity.year])


def _absent(panel: Panel, quantity: Quantity, sector: int) -> str:
    words = _ABSENT.get(quantity.kind)
    return words(panel, quantity) if words else why_absent(panel, quantity.kind, sector)


def _zero(panel: Panel, quantity: Quantity, sector: int) -> str:
    year = _year(panel, quantity)
    to_grow_from = "" if quantity.year == len(panel.years) - 1 else " to grow from"
    return {
        "e_ir": f"no jobs in {year}{to_grow_from}",
        "n_ir": f"no establishments in {year}",
        "e_in": f"the benchmark {panel.benchmark} has no jobs in this industry in {year}",
        "w_in": f"the benchmark {panel.benchmark} has no wages in this industry in {year}",
    }.get(quantity.kind, f"the total for {year} is zero")


def _undefined(spec: IndicatorSpec) -> str:
    if spec.takes == ("e_ir_by_year",):
        return f"fewer than {FEWEST_RATES} year-on-year growth rates are known in the period"
    return "it can't be computed from the figures given"


def _of_benchmark(panel: Panel, quantity: Quantity) -> str:
    year = _year(panel, quantity)
    if not panel.benchmark or np.isnan(panel.e_n.value).all():
        return "no benchmark figures were given"
    if np.isnan(panel.e_n.value[:, quantity.year]).all():
        return f"the benchmark {panel.benchmark} has no figures for {year}"
    what = "wages" if quantity.kind == "w_in" else "figures"
    return f"the benchmark {panel.benchmark} has no {what} for this industry in {year}"


def _of_wages(panel: Panel, quantity: Quantity) -> str:
    if np.isnan(panel.w_ir.value).all():
        return "no wages were given"
    return f"no wages are known for {_year(panel, quantity)}"


def _of_establishments(panel: Panel, quantity: Quantity) -> str:
    if np.isnan(panel.n_ir).all():
        return "no establishment counts were given"
    return f"no establishment count is known for {_year(panel, quantity)}"


def _of_total(panel: Panel, quantity: Quantity) -> str:
    what = "wages" if quantity.kind == "w_r" else "jobs"
    return f"the region's total {what} aren't known for {_year(panel, quantity)}"


_ABSENT: dict[str, Callable[[Panel, Quantity], str]] = {
    "e_ir": lambda panel, quantity: f"no employment figures for {_year(panel, quantity)}",
    "e_in": _of_benchmark,
    "e_n": _of_benchmark,
    "e_n_lq": _of_benchmark,
    "w_in": _of_benchmark,
    "w_ir": _of_wages,
    "n_ir": _of_establishments,
    "e_r": _of_total,
    "e_region": _of_total,
    "e_r_lq": _of_total,
    "w_r": _of_total,
}
