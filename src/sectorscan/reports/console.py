"""The shortlist on a terminal: a table that fits, then the reasons, the ledger, the cautions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console

from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import area_noun
from sectorscan.reports import view
from sectorscan.reports.console_plots import show_plots
from sectorscan.reports.console_sector import show_sector
from sectorscan.reports.console_table import UNKNOWN, ranking_columns
from sectorscan.reports.page import Column, Page
from sectorscan.reports.readiness import lacking_title
from sectorscan.reports.settings import settings
from sectorscan.reports.words import ESTIMATED, render
from sectorscan.scan.model import Shortlist

MOST_ROWS = 25
ROWS_BEFORE_MORE = 20
MOST_UNRANKED = 12


def show(shortlist: Shortlist, console: Console, *, plot: bool = False) -> None:
    """Print the ranking, the top sectors' reasons, the ledger of the unranked and the cautions.

    ``plot``: draw the charts too, below the ranking.
    """
    page = Page(console)
    head(shortlist, page)
    _ranking(shortlist, page)
    if plot:
        show_plots(shortlist, page)
    for candidate in view.ranked(shortlist):
        if candidate.shortlisted:
            _reasons(shortlist, candidate, page)
    _unranked(shortlist, page)
    _cautions(shortlist, page)


def explain(shortlist: Shortlist, sector: str, console: Console) -> None:
    """Print one sector in full, ranked or not.

    Raises
    ------
    KeyError
        Where no candidate has this id.
    """
    candidate = view.candidate_of(shortlist, sector)
    page = Page(console)
    head(shortlist, page)
    show_sector(shortlist, candidate, page)


def head(shortlist: Shortlist, page: Page) -> None:
    """Print what the figures are of: region, benchmark, ownership, period, what is estimated."""
    panel = shortlist.ranking.indicators.panel
    count = len(panel.areas)
    one, many = area_noun(panel.areas)
    areas = f" ({count} {one if count == 1 else many})" if count else ""
    page.paragraph(f"Sectors of {panel.region_name}{areas}", style="bold")
    if shortlist.synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    for sentence in settings(shortlist):
        page.paragraph(sentence)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The rows that the table shows, and how many it doesn't."""

    rows: tuple[view.Candidate, ...]
    more: int


def _ranking(shortlist: Shortlist, page: Page) -> None:
    ranked = view.ranked(shortlist)
    page.line()
    if not ranked:
        page.paragraph("No sector could be ranked; the reasons are below.", style="bold")
        return
    top = sum(candidate.shortlisted for candidate in ranked)
    most = len(ranked) if len(ranked) <= MOST_ROWS else max(ROWS_BEFORE_MORE, top)
    shown = _Shown(ranked[:most], len(ranked) - most)
    columns = ranking_columns(shortlist, shown.rows, page.width)
    page.table(columns, rule_after=top if top < len(shown.rows) else None)
    _legend(shown, columns, page)
    if shortlist.robustness is not None:
        page.paragraph(f"{view.BAND_MEANING}.", style="dim")
        page.paragraph(view.draws_note(shortlist), style="dim")


_MEANINGS = {
    "Range": "range: how far withheld figures could move the score at most",
    "Tier": f"tier {UNKNOWN} nobody rated its readiness: the economic case only",
    "Likely": "likely ranks: in nine of ten draws",
    "On the": "on the list: in how many of the draws it is shortlisted",
    "LQ": "LQ location quotient, 1 = as in the benchmark",
}
"""What a column's header, by how it begins, needs said below the table."""


def _legend(shown: _Shown, columns: Sequence[Column], page: Page) -> None:
    cells = [text for column in columns for text in column.cells]
    signs = []
    if any(text.startswith(ESTIMATED) for text in cells):
        signs.append(f"{ESTIMATED} estimated, as some figures are withheld")
    if any(row.tied for row in shown.rows):
        signs.append("= tied")
    if UNKNOWN in cells:
        signs.append(f"{UNKNOWN} not known")
    signs += [
        meaning
        for start, meaning in _MEANINGS.items()
        if any(column.header.startswith(start) for column in columns)
    ]
    if signs:
        page.paragraph("; ".join(signs), style="dim")
    if shown.more:
        page.paragraph(f"... and {shown.more} more ranked below: --format csv lists them all.")


def _reasons(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    advice = candidate.advice
    page.heading(f"{candidate.rank}{'=' if candidate.tied else ''}. {candidate.name}")
    if advice.summary:
        page.paragraph(view.paragraph(advice.summary), indent=3)
    if advice.trust is not None:
        page.paragraph(render(advice.trust), indent=3)
    bullets(page, advice.strengths, "+", "green")
    bullets(page, advice.concerns, "-", "red")
    bullets(page, advice.cautions, "!", "yellow")
    if advice.readiness and shortlist.readiness is not None:
        tier = shortlist.ranking.tier[candidate.index]
        page.paragraph(f"{(tier or 'no tier').capitalize()}: {view.paragraph(advice.readiness)}",
                       indent=3, mark="=", style="cyan")  # fmt: skip
    if advice.lacking:
        said = view.paragraph(advice.lacking)
        page.paragraph(f"{lacking_title(shortlist, candidate)}: {said}", indent=3, mark=">")


def bullets(page: Page, sentences: Sequence[Sentence], mark: str, style: str) -> None:
    """Print sentences one below the other behind a mark."""
    for sentence in sentences:
        page.paragraph(render(sentence), indent=3, mark=mark, style=style)


def _unranked(shortlist: Shortlist, page: Page) -> None:
    unranked = view.unranked(shortlist)
    if not unranked:
        return
    page.heading(f"Not shortlisted: {len(unranked)} of {_candidates(shortlist)} candidates")
    for candidate in unranked[:MOST_UNRANKED]:
        why = render(candidate.advice.reason) if candidate.advice.reason else "not ranked"
        would = int(shortlist.ranking.would_rank[candidate.index])
        place = f" (would rank {would})" if would > 0 else ""
        page.paragraph(f"{candidate.label}: {why.removeprefix('not shortlisted: ')}{place}",
                       indent=1, mark="x", style="dim")  # fmt: skip
    more = len(unranked) - MOST_UNRANKED
    if more > 0:
        page.paragraph(f"... and {more} more: --format json or --out FILE.md lists them all.")


def _candidates(shortlist: Shortlist) -> int:
    return len(shortlist.ranking.indicators.sectors)


def _cautions(shortlist: Shortlist, page: Page) -> None:
    if not shortlist.cautions:
        return
    page.heading("Cautions")
    for caution in shortlist.cautions:
        page.paragraph(caution, indent=1, mark="!", style="yellow")
