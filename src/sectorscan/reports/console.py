"""The shortlist on a terminal: a table that fits, then the reasons, the ledger, the cautions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from sectorscan.advice.model import Sentence
from sectorscan.advice.wording import area_noun
from sectorscan.reports import view
from sectorscan.reports.console_sector import show_sector
from sectorscan.reports.page import GAP, Column, Page
from sectorscan.reports.words import MINUS, cell, render
from sectorscan.scan.model import Shortlist

MOST_ROWS = 25
ROWS_BEFORE_MORE = 20
MOST_UNRANKED = 12
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
    "employment",
    "location_quotient",
    "employment_cagr_pct",
    "avg_annual_pay",
    "pay_vs_region",
    "score range",
    "establishments",
    "quadrant",
    "employment_share_pct",
    "competitive_effect",
)
"""Columns beside rank, sector and score, those that go last first."""

_IN_ORDER = (
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


def show(shortlist: Shortlist, console: Console) -> None:
    """Print the ranking, the top sectors' reasons, the ledger of the unranked and the cautions."""
    page = Page(console)
    head(shortlist, page)
    _ranking(shortlist, page)
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
    ids = [candidate.id for candidate in shortlist.ranking.indicators.sectors]
    if sector not in ids:
        raise KeyError(sector)
    everyone = (*view.ranked(shortlist), *view.unranked(shortlist))
    candidate = next(one for one in everyone if one.index == ids.index(sector))
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
    for sentence in _settings(shortlist):
        page.paragraph(sentence)


def _settings(shortlist: Shortlist) -> list[str]:
    panel = shortlist.ranking.indicators.panel
    years = sorted({*panel.years[:1], *panel.years[-1:]})
    lines = []
    if years:
        jobs = "private covered jobs" if panel.ownership == "private" else "all covered jobs"
        period = " to ".join(str(year) for year in years)
        against = f"benchmark {panel.benchmark}" if panel.benchmark else "no benchmark"
        lines.append(
            f"{jobs[0].upper()}{jobs[1:]}, {period}; {against}; location quotients on the base "
            f"{panel.lq_base}."
        )
    if years and years[-1] in shortlist.totals:
        lines.append(f"{_jobs(shortlist, years)}; {_estimated(shortlist, years[-1])}.")
    lines.append(f"Scored with {shortlist.config_name}, {shortlist.config.aggregation} mean.")
    return lines


def _jobs(shortlist: Shortlist, years: Sequence[int]) -> str:
    base, end = years[0], years[-1]
    now = f"{cell(shortlist.totals[end], 'jobs')} jobs in {end}"
    if base == end or base not in shortlist.totals:
        return now
    return f"{now} ({cell(shortlist.totals[base], 'jobs')} in {base})"


def _estimated(shortlist: Shortlist, year: int) -> str:
    share = shortlist.estimated_share
    if share is None:
        return "how many of them are estimated is not known"
    if share == 0:
        return "none of them estimated"
    return (
        f"{cell(100 * share, '%')} of the {year} jobs are estimated, because their figures are "
        "withheld"
    )


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
    columns = _columns(shortlist, shown.rows, page)
    page.table(columns, rule_after=top if top < len(shown.rows) else None)
    _legend(shortlist, shown, columns, page)


def _columns(shortlist: Shortlist, rows: Sequence[view.Candidate], page: Page) -> list[Column]:
    ranking = shortlist.ranking
    scores = [cell(float(ranking.score[row.index]), "score") for row in rows]
    first = [
        Column("Rank", [f"{row.rank}{'=' if row.tied else ''}" for row in rows]),
        Column("Sector", [_name(row) for row in rows], right=False, flexible=True),
        Column("Score", scores),
    ]
    further = _further_columns(shortlist, rows)
    left = page.width - sum(c.width for c in first if not c.flexible) - GAP * (len(first) - 1)
    left -= min(NARROWEST_TITLE + max(0, page.width - 80) // 4, first[1].width)
    kept = []
    for name, column in further.items():
        if column.width + GAP > left:
            break
        kept.append(name)
        left -= column.width + GAP
    order = _IN_ORDER if set(kept) <= set(_IN_ORDER) else tuple(kept)
    return [*first, *(further[name] for name in order if name in kept)]


def _name(row: view.Candidate) -> str:
    return row.title if row.title == row.id else f"{row.id} {row.title}"


def _further_columns(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> dict[str, Column]:
    """Return the columns that have something to show, by priority."""
    known = view.headline_indicators(shortlist, [name for name in _BY_PRIORITY if name in _HEADERS])
    ours = set(known) <= set(_HEADERS)
    columns: dict[str, Column] = {}
    for name in _BY_PRIORITY if ours else known:
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
        mark = "~" if view.is_estimated(shortlist, indicator, row.index) else ""
        cells.append(mark + (text.removesuffix(" %") if unit == "%/year" else text))
    return Column(header, cells)


def _two_lines(label: str) -> str:
    """Return a label broken near its middle, each half cut to a column's width."""
    words = label.split(" ")
    middle = (len(words) + 1) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    return "\n".join(half[:14] for half in halves if half)


def _score_range(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    ranking = shortlist.ranking
    cells = []
    for row in rows:
        low, high = float(ranking.score_low[row.index]), float(ranking.score_high[row.index])
        texts = cell(low, "score"), cell(high, "score")
        cells.append("exact" if texts[0] == texts[1] else f"{texts[0]}-{texts[1]}")
    return Column("Range,\nouter bound", cells)


def _quadrant(shortlist: Shortlist, rows: Sequence[view.Candidate]) -> Column:
    return Column("Quadrant", [row.advice.quadrant or UNKNOWN for row in rows], right=False)


_SPECIAL: Mapping[str, Callable[[Shortlist, Sequence[view.Candidate]], Column]] = {
    "score range": _score_range,
    "quadrant": _quadrant,
}


def _legend(shortlist: Shortlist, shown: _Shown, columns: Sequence[Column], page: Page) -> None:
    cells = [text for column in columns for text in column.cells]
    signs = []
    if any(text.startswith("~") for text in cells):
        signs.append("~ estimated, as some figures are withheld")
    if any(row.tied for row in shown.rows):
        signs.append("= tied")
    if UNKNOWN in cells:
        signs.append(f"{UNKNOWN} not known")
    if any(column.header.startswith("Range") for column in columns):
        signs.append("range: how far withheld figures could move the score at most")
    if any(column.header.startswith("LQ") for column in columns):
        signs.append("LQ location quotient, 1 = as in the benchmark")
    if signs:
        page.paragraph("; ".join(signs), style="dim")
    if shown.more:
        page.paragraph(f"... and {shown.more} more ranked below: --format csv lists them all.")


def _reasons(shortlist: Shortlist, candidate: view.Candidate, page: Page) -> None:
    advice = candidate.advice
    page.heading(f"{candidate.rank}{'=' if candidate.tied else ''}. {candidate.name}")
    if advice.summary:
        page.paragraph(view.paragraph(advice.summary), indent=3)
    bullets(page, advice.strengths, "+", "green")
    bullets(page, advice.concerns, "-", "red")
    bullets(page, advice.cautions, "!", "yellow")


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
        page.paragraph(f"{_name(candidate)}: {why.removeprefix('not shortlisted: ')}{place}",
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
