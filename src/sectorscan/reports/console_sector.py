"""One sector in full on a terminal: figures with their intervals and sources, points, reasons."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sectorscan.advice.improvement import Improvement, improvements
from sectorscan.reports import view
from sectorscan.reports.page import Column, Page
from sectorscan.reports.parts import show_parts
from sectorscan.reports.readiness import lacking_title
from sectorscan.reports.words import cell, render
from sectorscan.scan.model import Shortlist

_SHORT_UNITS = {
    "percentage points/year": "pp/year",
    "percentage points": "pp",
    "% of regional jobs": "% of jobs",
    "USD/year": "USD/year",
}


ROUNDING = 1e-9
"""Weights that sum to 1 on paper may come out just under it."""


def show_sector(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    """Print one sector: standing, reasons, points, what would move it up, figures, parts, gates."""
    _standing(shortlist, candidate, page)
    _said(candidate, page)
    _readiness(shortlist, candidate, page)
    _points(shortlist, candidate, page)
    _moves_up(shortlist, candidate, page)
    _indicators(shortlist, candidate, page)
    _unknown(shortlist, candidate, page)
    show_parts(shortlist, candidate, page)
    _gates(candidate, page)


def _standing(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    ranking, s = shortlist.ranking, candidate.index
    page.heading(candidate.name)
    score = float(ranking.score[s])
    if candidate.rank is None:
        would = int(ranking.would_rank[s])
        standing = "Not ranked"
        if would > 0:
            standing += f"; its score of {cell(score, 'score')} would put it at rank {would}"
    else:
        tied = " (tied)" if candidate.tied else ""
        standing = (
            f"Rank {candidate.rank}{tied} of {len(view.ranked(shortlist))}, "
            f"score {cell(score, 'score')}; tier: {ranking.tier[s] or 'none'}"
        )
    quadrant = candidate.advice.quadrant
    about = f"; quadrant: {quadrant}" if quadrant else "; quadrant not known"
    page.paragraph(f"{standing}{about}.")
    codes = view.reason_words(candidate.advice)
    if codes:
        page.paragraph(f"In short: {codes}.")
    low, high = float(ranking.score_low[s]), float(ranking.score_high[s])
    if math.isfinite(low) and low != high:
        page.paragraph(
            f"Score range {cell(low, 'score')} to {cell(high, 'score')}. {view.SCORE_RANGE_MEANING}"
        )


def _said(candidate: view.Candidate, page: Page) -> None:
    advice = candidate.advice
    if advice.reason is not None:
        reason = render(advice.reason)
        page.paragraph(f"{reason[:1].upper()}{reason[1:]}.", style="bold")
    if advice.would_qualify_if is not None:
        page.paragraph(f"Would qualify if {render(advice.would_qualify_if)}.")
    if advice.summary:
        page.line()
        page.paragraph(view.paragraph(advice.summary))
    if advice.trust is not None:
        page.paragraph(render(advice.trust))
    for title, sentences, mark, style in (
        ("Strengths", advice.strengths, "+", "green"),
        ("Concerns", advice.concerns, "-", "red"),
        ("Cautions", advice.cautions, "!", "yellow"),
    ):
        if sentences:
            page.heading(title)
        for sentence in sentences:
            page.paragraph(render(sentence), indent=1, mark=mark, style=style)


def _readiness(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    advice = candidate.advice
    if advice.readiness:
        page.heading("Readiness")
    for sentence in advice.readiness:
        page.paragraph(render(sentence), indent=1)
    if advice.lacking:
        page.heading(lacking_title(shortlist, candidate))
    for number, sentence in enumerate(advice.lacking, start=1):
        page.paragraph(render(sentence), indent=1, mark=f"{number}.")


def _points(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    ranking, s = shortlist.ranking, candidate.index
    criteria = ranking.matrix.criteria
    if not criteria:
        return
    page.heading("Where the points come from")
    rows = range(len(criteria))
    page.table(
        [
            _labels(shortlist, [criterion.id for criterion in criteria]),
            Column("Value", [_value(shortlist, criteria[c].id, s) for c in rows]),
            Column("0-100", [view.shown(float(ranking.scaled[s, c]), "score") for c in rows]),
            Column("Weight", [cell(criteria[c].weight, "share") for c in rows]),
            Column(
                "Points", [view.shown(float(ranking.contribution[s, c]), "points") for c in rows]
            ),
        ]
    )
    known = sum(criteria[c].weight for c in rows if not np.isnan(ranking.scaled[s, c]))
    if known < 1 - ROUNDING:
        rest = "; their weights are scaled up to 100 %" if _renormalised(shortlist) else ""
        page.paragraph(f"Criteria of {cell(known, 'share')} of the weight are known{rest}.")


def _renormalised(shortlist: Shortlist) -> bool:
    return shortlist.ranking.matrix.missing == "renormalise"


def _labels(shortlist: Shortlist, indicators: Sequence[str], header: str = "Criterion") -> Column:
    labels = [view.label_of(shortlist, indicator) for indicator in indicators]
    return Column(header, labels, right=False, flexible=True, wraps=True)


def _value(shortlist: Shortlist, indicator: str, s: int) -> str:
    return view.shown(view.figure(shortlist, indicator, s), view.unit_of(shortlist, indicator))


def _moves_up(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    found = improvements(shortlist.ranking, candidate.index)
    if not found:
        return
    page.heading("What would move it up")
    page.table(
        [
            _labels(shortlist, [one.criterion.id for one in found]),
            Column("Now", [_value(shortlist, one.criterion.id, candidate.index) for one in found]),
            Column("Next step", [_next(shortlist, one) for one in found]),
            Column("scores", [view.shown(one.next_scaled, "score") for one in found]),
            Column("Full score\nwould add", [cell(one.full_score_adds, "points") for one in found]),
        ]
    )
    page.paragraph(
        "The next step is the next corner of the criterion's scale; points are of the whole score, "
        "everything else held.",
        style="dim",
    )


def _next(shortlist: Shortlist, one: Improvement) -> str:
    return view.shown(one.next_value, view.unit_of(shortlist, one.criterion.id))


def _indicators(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    table, s = shortlist.ranking.indicators, candidate.index
    known = [i for i in range(len(table.ids)) if math.isfinite(table.value[s, i])]
    if not known:
        return
    page.heading("Every indicator")
    sources = list(dict.fromkeys(table.sources[i] for i in known if table.sources[i]))
    marks = [str(sources.index(table.sources[i]) + 1) if table.sources[i] else "" for i in known]
    page.table(
        [
            _labels(shortlist, [table.ids[i] for i in known], "Indicator"),
            Column("Value", [cell(float(table.value[s, i]), table.units[i]) for i in known]),
            Column("Lies within", [_ends(shortlist, i, s) for i in known]),
            Column("Unit", [_unit(table.units[i]) for i in known], right=False),
            Column("Status", [str(table.status[s, i]) for i in known], right=False),
            Column("Src", marks),
        ]
    )
    for number, source in enumerate(sources, start=1):
        page.paragraph(source, mark=f"{number}", style="dim")


def _unit(unit: str) -> str:
    return _SHORT_UNITS.get(unit, unit)


def _ends(shortlist: Shortlist, column: int, s: int) -> str:
    table = shortlist.ranking.indicators
    low, high = float(table.low[s, column]), float(table.high[s, column])
    unit = table.units[column]
    if low == high:
        return ""
    texts = [cell(end, unit) if math.isfinite(end) else "no bound" for end in (low, high)]
    return " to ".join(texts)


def _unknown(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    """Print what isn't known, by reason."""
    table, s = shortlist.ranking.indicators, candidate.index
    by_reason: dict[str, list[str]] = {}
    absent = [c.id for c in shortlist.ranking.matrix.criteria if c.id not in table.ids]
    missing = [name for i, name in enumerate(table.ids) if math.isnan(table.value[s, i])]
    for indicator in (*missing, *absent):
        sector = table.sectors[s].id
        reason = table.missing_reason.get((sector, indicator)) or "no figure in the inputs"
        by_reason.setdefault(reason, []).append(view.label_of(shortlist, indicator))
    if by_reason:
        page.heading("Not known")
    for reason, labels in by_reason.items():
        page.paragraph(f"{'; '.join(labels)}: {reason}.", indent=1, mark="-")


def _gates(candidate: view.Candidate, page: Page) -> None:
    if not candidate.advice.gate_details:
        return
    page.heading("Gates")
    for sentence in candidate.advice.gate_details:
        page.paragraph(render(sentence), indent=1, mark="-")
