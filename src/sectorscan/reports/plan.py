"""The launch order as JSON, CSV, Markdown and on a terminal (``sectorscan plan``).

``plan_rows`` and ``answers`` are what any other report needs to show a plan.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rich.console import Console

from sectorscan.advice.launch_model import TERMS, Entry
from sectorscan.readiness.cautions import in_short
from sectorscan.reports import view
from sectorscan.reports.console import head
from sectorscan.reports.facts import fact_records, said
from sectorscan.reports.json_text import Record, dump, input_records, number, panel_record
from sectorscan.reports.markdown import bullets, markdown_table
from sectorscan.reports.page import Column, Page
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.scan.model import Shortlist
from sectorscan.scan.plan import Plan
from sectorscan.scoring.tiers import STRONG

SCHEMA = "sectorscan/plan/1"
STAGE_WORDS = {
    "launch": "launch",
    "prepare": "prepare",
    "ask": "survey",
    "rate": "rate",
    "not yet": "not yet",
}
TITLES = (
    *("Year", "Sector", "Stage", "Priority", "Economic", "Ready", "Early win", "In draws"),
    "Convener",
)
_NONE = "–"
_NUMERIC = (3, 4, 5, 6, 7)
_MOST_WAITING = 8
"""So many rated sectors that aren't for now are shown in a table; JSON and CSV have all."""
MEANING = (
    f"A sector is ready where both scores are {STRONG:.0f} or more, no answer of the raters blocks "
    "its launch, and no gate holds it back. Priority is a weighted mean, 0-100, of what the config "
    "weighs (plan: weights). It orders the sectors of a stage; what is ready comes first whatever "
    "its priority. Economic and ready are the two scores, early win the mean of raters' levels, "
    "0-4; in draws is the share of the random draws in which it is on the shortlist."
)


def render_plan(shortlist: Shortlist, plan: Plan, output_format: str) -> str:
    """Return a plan as ``json``, ``csv`` (a row a sector) or ``markdown``."""
    if output_format == "json":
        return dump(plan_document(shortlist, plan))
    if output_format == "csv":
        return _csv(plan)
    return "\n".join(_markdown(shortlist, plan))


def answers(plan: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the board's questions, each with its answer as lines of text."""
    return tuple(
        (told.question, tuple(said(sentence) for sentence in told.sentences)) for told in plan.told
    )


def plan_rows(plan: Plan) -> list[tuple[str, ...]]:
    """Return a row a sector as text under ``TITLES``, by year, the unscheduled after.

    Of those that aren't for now only rated ones have a row, and only the first of them.
    """
    order = plan.order
    soon = [entry for entry in order.entries if not entry.year and entry.stage != "not yet"]
    waiting = order.counted("seen")[:_MOST_WAITING]
    return [_row(entry) for entry in (*order.scheduled, *soon, *waiting)]


def left_out(plan: Plan) -> str:
    """Return how many sectors the rows leave out, blank for none."""
    more = len(plan.order.entries) - len(plan_rows(plan))
    sectors = "sector isn't" if more == 1 else "sectors aren't"
    return f"{more} more {sectors} for now: the CSV and JSON forms have them." if more else ""


def _row(entry: Entry) -> tuple[str, ...]:
    values = entry.contender.values
    return (
        str(entry.year or _NONE),
        entry.contender.title,
        STAGE_WORDS[entry.stage],
        _shown(entry.priority, "score"),
        _shown(values["economic"], "score"),
        _shown(values["readiness"], "score"),
        _shown(values["early_win"], "level"),
        _shown(values["p_top"], "chance"),
        _convener(entry),
    )


def _shown(value: float, unit: str) -> str:
    return view.shown(value, unit) if number(value) is not None else _NONE


def _convener(entry: Entry) -> str:
    if entry.convener:
        return entry.convener
    return "to be found" if entry.year else _NONE


def plan_document(shortlist: Shortlist, plan: Plan) -> Record:
    """Return a plan as plain dictionaries, lists, numbers, text and None."""
    order = plan.order
    first = order.first
    lacking = {one.sector: one.lacking for one in shortlist.recommendations}
    weights = order.settings.weights.model_dump()
    return {
        "schema": SCHEMA,
        "synthetic": shortlist.synthetic,
        **panel_record(shortlist.ranking.indicators.panel),
        "config": {"path": shortlist.config_name, "sha256": shortlist.config_sha256},
        "inputs": input_records(shortlist.inputs),
        "rated": order.rated,
        "settings": {
            "capacity": order.settings.capacity,
            "years": order.settings.years,
            "convener_years": order.settings.convener_years,
            "weights": {name: number(weight) for name, weight in weights.items()},
        },
        "first": first.contender.sector if first else None,
        "sectors": [
            {
                **_record(entry),
                "lacking": [said(one) for one in lacking.get(entry.contender.sector, ())],
            }
            for entry in order.entries
        ],
        "overlaps": [
            {"sectors": [pair.one, pair.other], "naics": list(pair.codes),
             "inside": pair.inside or None}
            for pair in order.shared
        ],
        "answers": [
            {"question": question, "sentences": list(lines)} for question, lines in answers(plan)
        ],
        "facts": fact_records(one for told in plan.told for one in told.sentences),
        "cautions": list(shortlist.cautions),
    }  # fmt: skip


def _record(entry: Entry) -> Record:
    one = entry.contender
    return {
        "place": entry.place,
        "id": one.sector,
        "title": one.title,
        "stage": entry.stage,
        "year": entry.year or None,
        "convener": entry.convener or None,
        "conveners": list(one.conveners),
        "rank": one.rank,
        "tier": one.tier,
        "held": one.held,
        "blocked_by": list(one.blocked_by),
        "coverage": number(one.coverage),
        "priority": number(entry.priority),
        "values": {name: number(one.values[name]) for name in TERMS},
        "terms": [
            {"id": term.name, "weight": number(term.weight), "points": number(term.points)}
            for term in entry.terms
        ],
        "delays": [
            {"why": delay.why, "sector": delay.other or None, "convener": delay.convener or None}
            for delay in entry.delays
        ],
    }


def _csv(plan: Plan) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["place", "id", "title", "stage", "year", "convener", "rank", "tier", "priority", *TERMS]
    )
    for entry in plan.order.entries:
        one = entry.contender
        writer.writerow(
            [
                entry.place,
                csv_text(one.sector),
                csv_text(one.title),
                entry.stage,
                entry.year or None,
                csv_text(entry.convener),
                one.rank,
                one.tier,
                number(entry.priority),
                *(number(one.values[name]) for name in TERMS),
            ]
        )
    return text.getvalue()


def _markdown(shortlist: Shortlist, plan: Plan) -> Iterator[str]:
    region = shortlist.ranking.indicators.panel.region_name
    yield from (f"# Launch order: {markdown_text(region)}", "")
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    for question, lines in answers(plan):
        yield from bullets(question, lines)
    yield from bullets("Cautions", _cautions(shortlist))
    yield from ("## The plan", "")
    yield from markdown_table(TITLES, plan_rows(plan), _NUMERIC)
    yield from (*filter(None, (left_out(plan), MEANING)), "")


def _cautions(shortlist: Shortlist) -> tuple[str, ...]:
    """Return what should be known of the ratings; the ranking's own cautions are ``rank``'s."""
    if shortlist.readiness is None:
        return ()
    return in_short(shortlist.readiness, shortlist.ranking.indicators.sectors)


def show_plan(shortlist: Shortlist, plan: Plan, console: Console) -> None:
    """Print the board's questions with their answers, then the plan as a table."""
    page = Page(console)
    head(shortlist, page)
    for title, lines in (*answers(plan), ("Cautions", _cautions(shortlist))):
        if lines:
            page.heading(title)
        for line in lines:
            page.paragraph(line, indent=1, mark="-")
    page.heading("The plan")
    page.table(_columns(plan_rows(plan)))
    for note in filter(None, (left_out(plan), MEANING)):
        page.paragraph(note, style="dim")


def _columns(rows: list[tuple[str, ...]]) -> list[Column]:
    """Return the columns in which something stands, the sectors' names giving way."""
    found = []
    for place, title in enumerate(TITLES):
        cells = [row[place] for row in rows]
        if any(cell != _NONE for cell in cells):
            told = title if title in ("Year", "Sector") else title.replace(" ", "\n", 1)
            names = title in ("Sector", "Convener")
            right = place in _NUMERIC
            found.append(Column(told, cells, right=right, flexible=names, wraps=True))
    return found
