"""Configured weights beside those that the figures give by themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from rich.console import Console

from sectorscan.reports import view
from sectorscan.reports.board import percent
from sectorscan.reports.json_text import Record, dump, number, panel_record
from sectorscan.reports.page import Page
from sectorscan.reports.section import Section, section_markdown, show_section
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.robustness.statistical_weights import StatisticalWeights
from sectorscan.scan.model import Shortlist

SCHEMA = "sectorscan/weight-comparison/1"
MEANINGS: Mapping[str, str] = {
    "entropy": "Entropy gives weight to criteria whose points are shared out unevenly among the "
    "sectors. It doesn't say that such a criterion matters to anyone, only that it tells the "
    "sectors apart.",
    "critic": "CRITIC gives weight to criteria on which the sectors lie far apart and that say "
    "something else than the other criteria. It doesn't say what a region should want.",
}
WARNING = (
    "Neither is a recommendation: they change with the list of sectors and with every year's "
    "figures, and know nothing of your aims. The configured weights are the ones that count."
)


def show_comparison(shortlist: Shortlist, found: StatisticalWeights, console: Console) -> None:
    """Print the comparison on a terminal."""
    page = Page(console)
    if shortlist.synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    show_section(_section(shortlist, found), page)


def render_comparison(shortlist: Shortlist, found: StatisticalWeights, output_format: str) -> str:
    """Return the comparison as ``json``, ``csv`` (a row a criterion) or ``markdown``."""
    if output_format == "json":
        return dump(document(shortlist, found))
    if output_format == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        records = document(shortlist, found)["criteria"]
        writer.writerow(("id", "configured", "entropy", "critic", "reason"))
        for record in records:
            cells = [csv_text(c) if isinstance(c, str) else c for c in record.values()]
            writer.writerow(cells)
        return text.getvalue()
    banner = [f"> **{view.SYNTHETIC_BANNER}**", ""] if shortlist.synthetic else []
    region = markdown_text(shortlist.ranking.indicators.panel.region_name)
    head = [f"# Weights and what the figures say: {region}", "", *banner]
    return "\n".join([*head, *section_markdown(_section(shortlist, found))])


def document(shortlist: Shortlist, found: StatisticalWeights) -> Record:
    """Return the comparison as plain dictionaries, lists, numbers, text and None."""
    columns = (found.criteria, found.configured, found.entropy, found.critic, found.reasons)
    return {
        "schema": SCHEMA,
        "synthetic": shortlist.synthetic,
        **panel_record(shortlist.ranking.indicators.panel),
        "sectors_used": found.sectors,
        "criteria": [
            {"id": name, "configured": number(one), "entropy": number(other),
             "critic": number(third), "reason": reason or None}
            for name, one, other, third, reason in zip(*columns, strict=True)
        ],
        "cautions": list(shortlist.cautions),
    }  # fmt: skip


def _section(shortlist: Shortlist, found: StatisticalWeights) -> Section:
    rows = [
        (view.label_of(shortlist, name), percent(one), percent(other), percent(third), reason)
        for name, one, other, third, reason in zip(
            found.criteria, found.configured, found.entropy, found.critic, found.reasons,
            strict=True,
        )
    ]  # fmt: skip
    used = f"Worked out from the 0-100 points of {found.sectors} ranked sectors."
    return Section(
        "Your weights beside those that the figures give by themselves",
        (*MEANINGS.values(), WARNING, used),
        ("Criterion", "Configured", "Entropy", "CRITIC", ""),
        rows,
        right=frozenset({1, 2, 3}),
    )
