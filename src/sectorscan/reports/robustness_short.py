"""The examination in a few sentences, which the tables below them bear out."""

from __future__ import annotations

from collections.abc import Iterator

from sectorscan.reports.robustness_assumptions import most_sentences
from sectorscan.reports.robustness_told import Told
from sectorscan.reports.robustness_ways import scored_otherwise, tally
from sectorscan.reports.section import Section
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.robustness.model import Robustness

SAFE = 0.9
"""On the shortlist in at least this share of the draws: it is called safe there."""
MOST_NAMES = 5


def short_section(told: Told) -> Section:
    """Return the answer to "how sure are you?" before the tables."""
    whole = told.found.robustness
    others = scored_otherwise(told.shortlist, told.found.ways)
    notes = [
        *(_places(told, whole) if whole is not None else ()),
        *_challenger(told),
        tally(told.shortlist, others, "other ways to score"),
        *(most_sentences(told.found.assumptions) if told.found.assumptions is not None else ()),
        *_ask(told),
    ]
    return Section("In short", tuple(notes))


def _places(told: Told, whole: Robustness) -> Iterator[str]:
    ranked = told.shown
    first = told.id(ranked[0])
    chance = cell(whole.number(first, "p_first"), "chance")
    about = "near these weights" if whole.weights == "near" else "under any weights"
    yield f"{told.name(first)} comes first in {chance} of the draws {about}."
    on_list = {told.id(c): whole.number(told.id(c), "p_top") for c in ranked if c.shortlisted}
    safe = [plain(one) for one, p_top in on_list.items() if p_top >= SAFE]
    open_ = [
        f"{plain(one)} ({cell(p_top, 'chance')})" for one, p_top in on_list.items() if p_top < SAFE
    ]
    stay = f"On the shortlist in at least nine of ten draws: {_listed(safe)}."
    yield stay + (f" In fewer: {_listed(open_)}." if open_ else "")


def _challenger(told: Told) -> Iterator[str]:
    """Say whom the least change of weights would put first."""
    first = {told.id(c) for c in told.shown if c.rank == 1}
    moves = [
        (one.change, one.sector, one.exact)
        for one in told.found.flips
        if one.change is not None and one.sector not in first
    ]
    if not moves:
        yield "No change of weights would put another sector first."
        return
    change, sector, exact = min(moves)
    about = "" if exact else "about "
    yield (
        f"Closest behind: {told.name(sector)} would come first if {about}"
        f"{cell(change / 2, 'share')} of the weight were moved to other criteria."
    )


def _ask(told: Told) -> Iterator[str]:
    found = told.found.worth
    if not found:
        return
    figures = "withheld or missing figure" + ("" if len(found) == 1 else "s")
    yield (
        f"{len(found)} {figures}, each alone, could change the shortlist or the first place; the "
        f"most worth finding out: {told.name(found[0].sector)}."
    )


def _listed(names: list[str]) -> str:
    if not names:
        return "none"
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
