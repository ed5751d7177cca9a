"""What a ranking's figures are of, in a few sentences for console and memo."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist
from sectorscan.tables.model import Panel
from sectorscan.tables.periods import span, spoken


def settings(shortlist: Shortlist) -> list[str]:
    """Return whose jobs are compared with what, how many they are, and how they are scored."""
    panel = shortlist.ranking.indicators.panel
    years = sorted({*panel.years[:1], *panel.years[-1:]})
    lines = []
    if years:
        lines.append(basis(panel, span(years[0], years[-1], panel.quarter)))
    if years and years[-1] in shortlist.totals:
        lines.append(f"{_jobs(shortlist, years)}; {view.estimated(shortlist, years[-1])}.")
    lines.append(f"Scored with {view.scored_with(shortlist)}, {shortlist.config.aggregation} mean.")
    return lines


def basis(panel: Panel, period: str) -> str:
    """Return whose jobs, of which years, are compared with what."""
    jobs = "Private covered jobs" if panel.ownership == "private" else "All covered jobs"
    whole = "all covered jobs" if panel.lq_base == "all-covered" else jobs.lower()
    return f"{jobs}, {period}; {against(panel)}; location quotients of {whole}."


def against(panel: Panel) -> str:
    """Return what the region is compared with."""
    if panel.benchmark.casefold() == "all":
        return "benchmark: all areas together"
    return f"benchmark {plain(panel.benchmark)}" if panel.benchmark else "no benchmark"


def _jobs(shortlist: Shortlist, years: Sequence[int]) -> str:
    base, end = years[0], years[-1]
    quarter = shortlist.ranking.indicators.panel.quarter
    now = f"{cell(shortlist.totals[end], 'jobs')} jobs in {spoken(end, quarter)}"
    if base == end or base not in shortlist.totals:
        return now
    return f"{now} ({cell(shortlist.totals[base], 'jobs')} in {spoken(base, quarter)})"
