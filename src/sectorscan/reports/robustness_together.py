"""What several figures together would do, and under which weights a sector comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sectorscan.reports.json_text import Record, number
from sectorscan.reports.robustness_told import Told
from sectorscan.reports.section import Section
from sectorscan.reports.words import cell
from sectorscan.robustness.combination import Combination
from sectorscan.robustness.examination import Examination
from sectorscan.robustness.flips import WeightRanges
from sectorscan.scan.model import Shortlist

MOST_WEIGHTS = 3
"""Of the weights that bind a sector the tables name so many, the tightest first."""
BINDS = 0.005
"""An end of a weight this near to 0 or 1 reads 0 or 100 %, and binds nothing."""


def together_sections(told: Told) -> Iterator[Section]:
    """Yield the least changes of several figures, and the weights under which each is first."""
    found = told.found
    rows = [
        *_combinations(told, found.cheapest_first, "first"),
        *_combinations(told, found.cheapest_listed, "on the list"),
    ]
    if rows:
        yield Section(
            "The least that several figures together would have to change",
            _notes(told, rows),
            ("Rank", "Sector", "To be", "How far", "Figures"),
            rows,
            right=frozenset({0, 3}),
        )
    rows = [
        (str(c.rank), told.name(told.id(c)), _binding(told, found.when_first[told.id(c)]))
        for c in told.shown
        if told.id(c) in found.when_first
    ]
    yield Section(
        "The weights under which each could come first",
        (
            "Wherever a sector comes first, its weights lie inside these ends, each a share of the "
            "whole. Inside them it comes first under some weights, not under all. The tightest "
            f"{MOST_WEIGHTS} are named.",
        ),
        ("Rank", "Sector", "Weights of"),
        rows,
        right=frozenset({0}),
    )


def _notes(told: Told, rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    limits = told.shortlist.config.robustness.limits
    notes = [
        "Those on the shortlist to come first, the next ones to get on it. How far: what the "
        "figures change, added up; 100 % is the whole way of one figure from the worst to the "
        "best that its scale tells apart. No other figures do it with less.",
    ]
    if limits:
        named = ", ".join(told.label(one) for one in limits)
        notes.append(f"Inside the limits that the config sets on: {named}.")
    if any(row[3].startswith("about ") for row in rows):
        notes.append("About: found on curves cut into short straight pieces; a little less may do.")
    return tuple(notes)


def _combinations(
    told: Told, found: Mapping[str, Combination | None], goal: str
) -> Iterator[tuple[str, ...]]:
    for candidate in told.shown:
        sector = told.id(candidate)
        if sector in found:
            far, figures = _far(told, found[sector])
            yield str(candidate.rank), told.name(sector), goal, far, figures


def _far(told: Told, one: Combination | None) -> tuple[str, str]:
    if one is None:
        return "\u2013", "not within these limits, whatever the figures"
    about = "" if one.exact else "about "
    figures = (told.figure(change.criterion, change.then, change.now) for change in one.changes)
    return f"{about}{cell(one.cost, 'chance')}", "; ".join(figures) or "none has to change"


def _binding(told: Told, one: WeightRanges | None) -> str:
    if one is None:
        return "no weights put it first"
    criteria = told.shortlist.ranking.matrix.criteria
    ends = [
        (high - low, criterion.id, low, high)
        for criterion, low, high in zip(criteria, one.low.tolist(), one.high.tolist(), strict=True)
        if criterion.weight > 0 and (low > BINDS or high < 1 - BINDS)
    ]
    texts = [f"{told.label(name)}: {_between(low, high)}" for _, name, low, high in sorted(ends)]
    return "; ".join(texts[:MOST_WEIGHTS]) or "any"


def _between(low: float, high: float) -> str:
    least, most = (cell(end, "share") for end in (low, high))
    if low <= BINDS:
        return f"at most {most}"
    if high >= 1 - BINDS:
        return f"at least {least}"
    return f"{least.removesuffix(' %')}-{most}"


def together_record(shortlist: Shortlist, found: Examination, sector: str) -> Record:
    """Return the same of one sector as plain values."""
    ids = [criterion.id for criterion in shortlist.ranking.matrix.criteria]
    ends = found.when_first.get(sector)
    return {
        "cheapest_for_first": _record(found.cheapest_first, sector),
        "cheapest_for_shortlist": _record(found.cheapest_listed, sector),
        "weight_ranges_when_first": None
        if ends is None
        else {
            name: [number(low), number(high)]
            for name, low, high in zip(ids, ends.low, ends.high, strict=True)
        },
        "weight_ranges_exact": None if ends is None else ends.exact,
    }


def _record(found: Mapping[str, Combination | None], sector: str) -> Record | None:
    """Return a combination; None where none was asked for, without cost where none does it."""
    if sector not in found:
        return None
    one = found[sector]
    changes = () if one is None else one.changes
    return {
        "cost": None if one is None else number(one.cost),
        "exact": None if one is None else one.exact,
        "changes": [
            {"id": change.criterion, "now": number(change.now), "then": number(change.then)}
            for change in changes
        ],
    }
