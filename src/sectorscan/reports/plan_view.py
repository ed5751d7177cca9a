"""What every report shows of a launch order, in the same columns and under the same names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sectorscan.advice.launch_first import MOST_STEPS, YEARS
from sectorscan.advice.launch_model import Entry
from sectorscan.advice.launch_words import Told
from sectorscan.advice.wording import listed
from sectorscan.reports import view
from sectorscan.reports.facts import said
from sectorscan.reports.text import plain
from sectorscan.scan.model import Shortlist
from sectorscan.scan.plan import Plan, plan
from sectorscan.scoring.tiers import STRONG

TITLE, HEADING = "Launch order", "The plan"
STAGE_WORDS = {
    "launch": "launch",
    "prepare": "prepare",
    "ask": "survey",
    "rate": "rate",
    "not yet": "not yet",
}
YEAR, SECTOR, PRIORITY, CONVENER = "Year", "Sector", "Priority", "Convener"
NEEDS, RESTS = "What it needs first", "What it rests on"
_TERMS = {
    "economic": ("Economic score", "Economic", "score"),
    "readiness": ("Readiness score", "Ready", "score"),
    "p_top": ("On the shortlist", "In\ndraws", "chance"),
}
"""Those that are no questions of the scorecard: name, name on a terminal, unit."""
_FURTHER = {"chance": ", share of the draws", "level": ", level 0 to 4"}
_ALWAYS = ("economic", "readiness")
MEANING = (
    f"A sector is ready where both scores are {STRONG:.0f} or more, no answer of the raters blocks "
    "its launch, and no gate holds it back. A priority is a weighted mean, 0 to 100. Of the "
    "scorecard's questions it takes the mean of the raters' levels, level 4 for 100; of the draws "
    "the share in which the sector is on the shortlist. It orders the sectors of a stage: what is "
    "ready comes first whatever its priority."
)
_NONE = "–"
_MOST_WAITING = 8
"""So many rated sectors that aren't for now are shown in a table; JSON and CSV have all."""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of the plan's table: its title, and one for a terminal; ``unit`` blank for text.

    ``term`` is the part of a priority that it shows, blank for none.
    """

    title: str
    short: str
    unit: str
    values: tuple[float | str | None, ...]
    term: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as people read them, a dash where nothing is known."""
        return tuple(_text(value, self.unit) for value in self.values)


def rated_plan(shortlist: Shortlist) -> Plan | None:
    """Return the launch order, None where nobody rated a sector: none is pretended then."""
    if shortlist.readiness is None:
        return None
    found = plan(shortlist)
    return found if found.order.rated else None


def answers(told: Iterable[Told]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the board's questions, each with its answer as lines of text."""
    return tuple((one.question, tuple(said(sentence) for sentence in one.sentences))
                 for one in told)  # fmt: skip


def entries(found: Plan) -> tuple[Entry, ...]:
    """Return the sectors that a table shows: by year, the unscheduled after.

    Of those that aren't for now only rated ones are shown, and only the first of them.
    """
    order = found.order
    others = [entry for entry in order.entries if not entry.year and entry.stage != "not yet"]
    return (*order.scheduled, *others, *order.counted("seen")[:_MOST_WAITING])


def left_out(found: Plan) -> str:
    """Return how many sectors the table leaves out, blank for none."""
    more = len(found.order.entries) - len(entries(found))
    sectors = "sector isn't" if more == 1 else "sectors aren't"
    forms = "the CSV and JSON forms of sectorscan plan have them"
    return f"{more} more {sectors} for now: {forms}." if more > 0 else ""


def columns(shortlist: Shortlist, found: Plan) -> tuple[PlanColumn, ...]:
    """Return the columns in which something stands, the parts of the priority among them."""
    shown = entries(found)
    weights: dict[str, float] = found.order.settings.weights.model_dump()
    terms = [term for term, weight in weights.items() if weight > 0 or term in _ALWAYS]
    made = (
        PlanColumn(YEAR, YEAR, "rank", tuple(one.year or None for one in shown)),
        PlanColumn(SECTOR, SECTOR, "", tuple(plain(one.contender.title) for one in shown)),
        PlanColumn("Stage", "Stage", "", tuple(STAGE_WORDS[one.stage] for one in shown)),
        PlanColumn(PRIORITY, PRIORITY, "points", tuple(one.priority for one in shown)),
        *(_term(shortlist, term, shown) for term in terms),
        PlanColumn(CONVENER, CONVENER, "", tuple(_convener(one) for one in shown)),
    )
    return tuple(one for one in made if any(text != _NONE for text in one.texts))


def _term(shortlist: Shortlist, term: str, shown: Sequence[Entry]) -> PlanColumn:
    name, short, unit = _named(shortlist, term)
    values = tuple(one.contender.values[term] for one in shown)
    return PlanColumn(name + _FURTHER.get(unit, ""), short, unit, values, term)


def _named(shortlist: Shortlist, term: str) -> tuple[str, str, str]:
    """Return a term's name, its name on a terminal and its unit."""
    if term in _TERMS:
        return _TERMS[term]
    questions = shortlist.config.scorecard
    title = plain(questions[term].title) if term in questions else term
    return title, title.replace(" ", "\n", 1), "level"


def _convener(entry: Entry) -> str | None:
    if entry.convener:
        return plain(entry.convener)
    return "to be found" if entry.year else None


def _text(value: float | str | None, unit: str) -> str:
    if isinstance(value, str):
        return value
    return view.shown(value, unit)


def needs(shortlist: Shortlist, found: Plan) -> tuple[tuple[str, ...], ...]:
    """Return for each of ``entries`` what it needs, least effort first."""
    lacking = {one.sector: one.lacking for one in shortlist.recommendations}
    return tuple(_needs([said(one) for one in lacking.get(entry.contender.sector, ())], entry)
                 for entry in entries(found))  # fmt: skip


def _needs(steps: Sequence[str], entry: Entry) -> tuple[str, ...]:
    if entry.stage == "rate":
        return ("People to rate it: nobody has.",)
    if entry.stage not in ("prepare", "ask"):
        return ()
    more = len(steps) - MOST_STEPS
    rest = (f"And {more} more: sectorscan explain tells them.",) if more > 0 else ()
    return (*steps[:MOST_STEPS], *rest)


def settings(shortlist: Shortlist, found: Plan) -> tuple[tuple[str, str], ...]:
    """Return what the team can carry and what a priority weighs: label and text."""
    given = found.order.settings
    years = [f"{count} {YEARS[count != 1]}" for count in (given.years, given.convener_years)]
    looked = shortlist.readiness.as_of if shortlist.readiness else None
    then = f"then at most {given.capacity} a year" if given.capacity > 1 else "then one a year"
    return (
        ("Launches", f"one in the first year, {then}"),
        ("Looks ahead", years[0]),
        ("A convener carries one sector for", years[1]),
        ("A priority weighs", _weighs(shortlist, found)),
        *([("Ratings are looked back on from", looked.isoformat())] if looked else []),
    )


def _weighs(shortlist: Shortlist, found: Plan) -> str:
    given: dict[str, float] = found.order.settings.weights.model_dump()
    total = math.fsum(given.values())
    return listed([f"{_named(shortlist, term)[0]} {view.shown(weight / total, 'share')}"
                   for term, weight in given.items() if weight > 0])  # fmt: skip
