"""The ranking as a table for a terminal: which columns fit, and what their cells say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sectorscan.reports import view
from sectorscan.reports.page import GAP, Column
from sectorscan.reports.readiness import is_rated, readiness_score
from sectorscan.reports.words import ESTIMATED, MINUS, cell
from sectorscan.scan.model import Shortlist

NARROWEST_TITLE = 30
UNKNOWN = "\u2013"

_HEADERS: Mapping[str, tuple[str, str]] = {
    "employment": ("Jobs", "jobs"),
    "employment_share_pct": ("Share\nof jobs", "%"),
    "establishments": ("Estabs.", "count"),
    "location_quotient": ("LQ", "ratio"),
    "employment_cagr_pct": ("Growth\n%/year", "%/year"),
    "competitive_effect": ("Local\njobs", "jobs"),
    "avg_annual_pay": ("Pay\na year", "USD/year"),
    "pay_vs_region": ("Pay vs\nregion", "ratio"),
}
_SIGNED = frozenset({"employment_cagr_pct", "competitive_effect"})
_BY_PRIORITY = (
    "tier",
    "readiness",
    "employment",
    "location_quotient",
    "employment_cagr_pct",
    "avg_annual_pay",
    "likely ranks",
    "on shortlist",
    "pay_vs_region",
    "score range",
    "establishments",
    "quadrant",
    "employment_share_pct",
    "competitive_effect",
)
"""Columns beside rank, sector and score, those that go last first."""

_IN_ORDER = (
    "readiness",
    "tier",
    "likely ranks",
    "on shortlist",
    "score range",
    "employment",
    "employment_share_pct",
    "establishments",
    "location_quotient",
    "employment_cagr_pct",
    "competitive_effect",
    "avg_annual_pay",
    "pay_vs_region",
    "quadrant",
)


def ranking_columns(
    shortlist: Shortlist, rows: Sequence[view.Candidate], width: int
) -> list[Column]:
    """Return rank, sector and score, and of the other columns those that fit, in their order."""
    ranking = shortlist.ranking
    scores = [cell(float(ranking.score[row.index]), "score") for row in rows]
    first = [
        Column("Rank", [_rank(shortlist, row) for row in rows]),
        Column("Sector", [row.label for row in rows], right=False, flexible=True),
        Column("Score", scores),
    ]
    further = _further_columns(shortlist, rows)
    left = width - sum(c.width for c in first if not c.flexible) - GAP * (len(first) - 1)
    left -= min(NARROWEST_TITLE + max(0, width - 80) // 4, first[1].width)
    kept = []
    for name, column in further.items():
        if column.width + GAP > left:
            break
        kept.append(name)
        left -= column.width + GAP
    order = _IN_ORDER if set(kept) <= set(_IN_ORDER) else tuple(kept)
    return [*first, *(further[name] for name in order if name in kept)]


def _rank(shortlist: Shortlist, row: view.Candidate) -> str:
    """Return the rank, whether it is tied, and the confidence band: ``3=A``, ``4 B``."""
    band, tied = view.band(shortlist, row), "=" if row.tied else ""
    return f"{row.rank}{tied or (' ' if band else '')}{band}"


def _further_columns(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> dict[str, Column]:
    """Return the columns that have something to show, by priority."""
    known = view.headline_indicators(shortlist, [name for name in _BY_PRIORITY if name in _HEADERS])
    ours = set(known) <= set(_HEADERS)
    columns: dict[str, Column] = {}
    for name in _BY_PRIORITY if ours else (*_BY_PRIORITY[:2], *known):
        make = _SPECIAL.get(name)
        column = make(shortlist, rows) if make else _indicator_column(shortlist, rows, name)
        if name in known or (make and any(text not in (UNKNOWN, "exact") for text in column.cells)):
            columns[name] = column
    return columns


def _indicator_column(
    shortlist: Shortlist, rows: Sequence[view.Candidate], indicator: str
) -> Column:
    default = (_two_lines(view.label_of(shortlist, indicator)), view.unit_of(shortlist, indicator))
    header, unit = _HEADERS.get(indicator, default)
    cells = []
    for row in rows:
        value = view.figure(shortlist, indicator, row.index)
        if value is None:
            cells.append(UNKNOWN)
            continue
        text = cell(value, unit)
        if indicator in _SIGNED:
            text = ("" if text.startswith(MINUS) else "+") + text
        mark = ESTIMATED if view.is_estimated(shortlist, indicator, row.index) else ""
        cells.append(mark + (text.removesuffix(" %") if unit == "%/year" else text))
    return Column(header, cells)


def _two_lines(label: str) -> str:
    """Return a label broken near its middle, each half cut to a column's width."""
    words = label.split(" ")
    middle = (len(words) + 1) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    return "\n".join(half[:14] for half in halves if half)


def _tier(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    """Return the tiers; a dash where nobody rated the sector, so that there is no second axis."""
    rated = [is_rated(shortlist, row) for row in rows]
    tiers = [shortlist.ranking.tier[row.index] or UNKNOWN for row in rows]
    cells = [tier if known else UNKNOWN for tier, known in zip(tiers, rated, strict=True)]
    return Column("Tier", cells, right=False)


def _readiness(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    scores = [readiness_score(shortlist, row) for row in rows]
    return Column("Readi-\nness", [view.shown(score, "score") for score in scores])


def _score_range(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    ranking = shortlist.ranking
    cells = []
    for row in rows:
        low, high = float(ranking.score_low[row.index]), float(ranking.score_high[row.index])
        texts = cell(low, "score"), cell(high, "score")
        cells.append("exact" if texts[0] == texts[1] else f"{texts[0]}-{texts[1]}")
    return Column("Range,\nouter bound", cells)


def _likely_ranks(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    return Column("Likely\nranks", [view.likely_ranks(shortlist, row) for row in rows])


def _on_shortlist(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    chances = [view.robust(shortlist, row, "p_top") for row in rows]
    return Column("On the\nlist", [view.shown(chance, "chance") for chance in chances])


def _quadrant(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    return Column("Quadrant", [row.advice.quadrant or UNKNOWN for row in rows], right=False)


_SPECIAL: Mapping[str, Callable[[Shortlist, Sequence[view.Candidate]], Column]] = {
    "score range": _score_range,
    "likely ranks": _likely_ranks,
    "on shortlist": _on_shortlist,
    "quadrant": _quadrant,
    "tier": _tier,
    "readiness": _readiness,
}
