"""Sectors side by side on a terminal: the reasons in words, then the points."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from sectorscan.reports import compare as c
from sectorscan.reports.console import head
from sectorscan.reports.page import Column, Page
from sectorscan.reports.view import candidate_of
from sectorscan.robustness.compare import SideBySide
from sectorscan.scan.model import Shortlist

_TURNS = (
    *("Criterion", "Weight\nnow", "Order turns\nwhere weighed"),
    *("Value\nnow", "Value needed"),
)


def show_comparison(shortlist: Shortlist, found: SideBySide, console: Console) -> None:
    """Print the sentences about two, and for any number the points and the shares of draws."""
    page = Page(console)
    head(shortlist, page)
    _standing(shortlist, found, page)
    for sentence in c.said(shortlist, found):
        page.paragraph(sentence, indent=1, mark="-")
    page.heading("Where the points come from")
    rows = c.points_rows(shortlist, found)
    titles = c.headers(shortlist, found)
    _table(page, [title.replace(": ", ":\n", 1) for title in titles], rows, rule=len(rows) - 1)
    page.paragraph(c.sums_note(shortlist), style="dim")
    if found.pair is not None and found.pair.reversal is not None:
        page.heading("What would turn the two round")
        _table(
            page,
            [
                "Criterion",
                "Weight\nnow",
                "Order turns\nwhere weighed",
                "Value\nnow",
                "Value needed",
            ],
            c.reversal_rows(shortlist, found.pair),
        )
        page.paragraph(
            "Each line alone: one weight moves and the others keep their proportions, or one value "
            "of the sector behind changes and everything else is held.",
            style="dim",
        )
    if found.beats is not None and found.drawing is not None and found.pair is None:
        page.heading(f"How often each is ahead of the others, in {found.drawing.draws:,} draws")
        rows = c.draw_rows(shortlist, found)
        _table(page, ["", *(row[0] for row in rows)], rows)


def _standing(shortlist: Shortlist, found: SideBySide, page: Page) -> None:
    ids = [shortlist.ranking.indicators.sectors[s].id for s in found.sectors]
    page.line()
    for candidate in (candidate_of(shortlist, one) for one in ids):
        rank = "not ranked" if candidate.rank is None else f"rank {candidate.rank}"
        page.paragraph(f"{candidate.label}: {rank}", style="bold")


def _table(
    page: Page, titles: Sequence[str], rows: list[tuple[str, ...]], rule: int | None = None
) -> None:
    columns = [
        Column(title, [row[place] for row in rows], right=place > 0, flexible=not place, wraps=True)
        for place, title in enumerate(titles)
    ]
    page.table(columns, rule_after=rule)
