"""What sheet Shortlist shows of a sector beside its scores: the same whatever the weights are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.sheets import grid
from sectorscan.reports.sheets.grid import Column
from sectorscan.scan.model import Shortlist

THEN = "quotient_then"
_FIGURES = {
    "employment": ("Jobs", 7.5),
    "employment_share_pct": ("Share of jobs, %", 7.0),
    "establishments": ("Establish-\nments", 9.5),
    "location_quotient": ("Location quotient {end}", 8.5),
    "employment_cagr_pct": ("Job growth, % a year", 8.5),
    "avg_annual_pay": ("Average pay, $ a year", 9.0),
    "pay_vs_region": ("Pay, % of region's", 8.0),
}
HELD = "†"
"""Marks what holds for the original weights alone."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A column of sheet Shortlist: what it shows of each candidate, NaN-free; None: not known."""

    column: Column
    values: tuple[float | str | None, ...]
    estimated: tuple[bool, ...]


def figures(shortlist: Shortlist, candidates: tuple[view.Candidate, ...]) -> tuple[Fact, ...]:
    """Return the columns between sector and score."""
    found = []
    for indicator in view.headline_indicators(shortlist, _FIGURES):
        if indicator == "location_quotient":
            found += _quotient_then(shortlist, candidates)
        unit = view.unit_of(shortlist, indicator)
        label = f"{view.label_of(shortlist, indicator)}, {unit}".rstrip(", ")
        title, width = _FIGURES.get(indicator, (label, 11.0))
        shown = grid.PERCENT if indicator == "pay_vs_region" else None
        found.append(
            Fact(
                Column(_dated(shortlist, title), width,
                       shown or grid.number_format(indicator, unit)),
                tuple(view.figure(shortlist, indicator, c.index) for c in candidates),
                tuple(view.is_estimated(shortlist, indicator, c.index) for c in candidates),
            )
        )  # fmt: skip
    return tuple(found)


def _quotient_then(shortlist: Shortlist, candidates: tuple[view.Candidate, ...]) -> list[Fact]:
    """Return the base year's location quotient: that of now without its change."""
    pairs = [
        [view.figure(shortlist, name, c.index) for name in _NOW_AND_CHANGE] for c in candidates
    ]
    values = tuple(None if now is None or change is None else now - change for now, change in pairs)
    if not any(value is not None for value in values):
        return []
    estimated = tuple(view.is_estimated(shortlist, _NOW_AND_CHANGE[1], c.index) for c in candidates)
    title = _dated(shortlist, "Location quotient {base}")
    return [Fact(Column(title, 8.0, grid.RATIO), values, estimated)]


_NOW_AND_CHANGE = ("location_quotient", "location_quotient_change")


def _dated(shortlist: Shortlist, title: str) -> str:
    panel = shortlist.ranking.indicators.panel
    return title.format(base=panel.base or "", end=panel.end or "").strip()


def words(shortlist: Shortlist, candidates: tuple[view.Candidate, ...]) -> tuple[Fact, ...]:
    """Return the columns after the scores; they hold for the original weights."""
    top = shortlist.config.outputs.top
    columns: list[tuple[Column, Sequence[float | str | None]]] = []
    if shortlist.robustness is not None:
        chances = [view.robust(shortlist, c, "p_top") for c in candidates]
        columns.append((Column(f"Chance of the top {top}, % {HELD}", 8.5, grid.CHANCE), chances))
    tiers = [shortlist.ranking.tier[c.index] for c in candidates]
    columns += [
        (Column(f"Tier {HELD}", 12, wrap=True), tiers),
        (Column(f"In one line {HELD}", 56, wrap=True), [_line(c) for c in candidates]),
    ]
    nobody = (False,) * len(candidates)
    return tuple(Fact(column, tuple(values), nobody) for column, values in columns)


def _line(candidate: view.Candidate) -> str:
    advice = candidate.advice
    if candidate.rank is not None:
        return view.in_one_line(advice)
    return f"Not ranked with the original weights: {view.why_not(advice)}"
