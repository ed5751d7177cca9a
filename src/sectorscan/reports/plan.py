"""The launch order as JSON, CSV, Markdown and on a terminal (``sectorscan plan``).

What other reports show of it too stands in ``plan_view``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console

from sectorscan.advice.launch_model import TERMS, Entry
from sectorscan.readiness.cautions import in_short
from sectorscan.reports import view
from sectorscan.reports.console import head
from sectorscan.reports.facts import fact_records, said
from sectorscan.reports.json_text import Record, dump, input_records, number, panel_record
from sectorscan.reports.markdown import bullets, markdown_table
from sectorscan.reports.page import Column, Page
from sectorscan.reports.plan_view import (
    CONVENER,
    HEADING,
    MEANING,
    RESTS,
    SECTOR,
    TITLE,
    YEAR,
    PlanColumn,
    answers,
    columns,
    left_out,
    settings,
)
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.reports.write import text_writers
from sectorscan.scan.model import Shortlist
from sectorscan.scan.plan import Plan, plan

SCHEMA = "sectorscan/plan/1"


def render_plan(shortlist: Shortlist, output_format: str) -> str:
    """Return the launch order as ``json``, ``csv`` (a row a sector) or ``markdown``."""
    found = plan(shortlist)
    if output_format == "json":
        return dump(plan_document(shortlist, found))
    if output_format == "csv":
        return _csv(found)
    return "\n".join(_markdown(shortlist, found))


WRITERS: Mapping[str, Callable[[Shortlist], bytes]] = text_writers(render_plan)
"""What each ending is written with."""


def plan_document(shortlist: Shortlist, found: Plan) -> Record:
    """Return a plan as plain dictionaries, lists, numbers, text and None."""
    order = found.order
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
            {"question": question, "sentences": list(lines)}
            for question, lines in answers(found.told)
        ],
        "facts": fact_records(one for told in found.told for one in told.sentences),
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


def _csv(found: Plan) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["place", "id", "title", "stage", "year", "convener", "rank", "tier", "priority", *TERMS]
    )
    for entry in found.order.entries:
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


def _markdown(shortlist: Shortlist, found: Plan) -> Iterator[str]:
    region = shortlist.ranking.indicators.panel.region_name
    yield from (f"# {TITLE}: {markdown_text(region)}", "")
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    for question, lines in answers(found.told):
        yield from bullets(question, lines)
    yield from bullets("Cautions", _cautions(shortlist))
    yield from (f"## {HEADING}", "")
    shown = columns(shortlist, found)
    numeric = [place for place, column in enumerate(shown) if column.unit]
    rows = zip(*(column.texts for column in shown), strict=True)
    yield from markdown_table([column.title for column in shown], list(rows), numeric)
    yield from filter(None, (left_out(found), MEANING))
    yield ""
    if not found.order.rated:
        return
    rests = [f"{label}: {text}." for label, text in settings(shortlist, found)]
    yield from bullets(RESTS, rests)


def _cautions(shortlist: Shortlist) -> tuple[str, ...]:
    """Return what should be known of the ratings; the ranking's own cautions are ``rank``'s."""
    if shortlist.readiness is None:
        return ()
    return in_short(shortlist.readiness, shortlist.ranking.indicators.sectors)


def show_plan(shortlist: Shortlist, console: Console) -> None:
    """Print the board's questions with their answers, then the plan as a table."""
    found = plan(shortlist)
    page = Page(console)
    head(shortlist, page)
    for title, lines in (*answers(found.told), ("Cautions", _cautions(shortlist))):
        if lines:
            page.heading(title)
        for line in lines:
            page.paragraph(line, indent=1, mark="-")
    page.heading(HEADING)
    page.table([_on_a_terminal(column) for column in columns(shortlist, found)])
    for note in filter(None, (left_out(found), MEANING)):
        page.paragraph(note, style="dim")


def _on_a_terminal(column: PlanColumn) -> Column:
    """Return a column of the page: names give way, and what a priority is made of goes first."""
    return Column(
        column.short,
        column.texts,
        right=bool(column.unit) and column.title != YEAR,
        flexible=column.title in (SECTOR, CONVENER),
        wraps=True,
        spare=bool(column.term),
    )
