"""Ranks and scores over all runs: JSON (schema ``sectorscan/trend/1``), CSV, and what writes each.

JSON and CSV are unrounded and have every ranked sector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import sectorscan
from sectorscan.reports.changes_json import run_record, setting_record
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.section import report_markdown, show_report
from sectorscan.reports.table import Value, csv_of
from sectorscan.reports.trend_text import heading, sections, setting_text
from sectorscan.reports.write import text_writers
from sectorscan.scan.trend import SectorTrend, Standing, Trend, TrendRun

if TYPE_CHECKING:
    from rich.console import Console

    from sectorscan.reports.charts.model import Chart

SCHEMA = "sectorscan/trend/1"
_COLUMNS = (
    *("run", "date", "base", "end", "id", "title", "rank", "tied", "shortlisted"),
    *("score", "score_low", "score_high", "tier", "readiness"),
)


def document(trend: Trend) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": trend.synthetic,
        "runs": [_run(run) for run in trend.runs],
        "sectors": [_sector(one) for one in trend.sectors],
        "cautions": list(trend.cautions),
    }


def _run(run: TrendRun) -> Record:
    return {
        **run_record(run.head),
        "vintage": {"first_year": run.first_year, "last_year": run.last_year},
        "top": run.top,
        "ranked": run.ranked,
        "candidates": run.candidates,
        "settings": [setting_record(one, setting_text(run, one)) for one in run.settings],
    }


def _sector(one: SectorTrend) -> Record:
    def each(value: Callable[[Standing], Value]) -> list[Value]:
        return [None if known is None else value(known) for known in one.standings]

    return {
        "id": one.id,
        "title": one.title,
        "ranks": list(one.ranks),
        "tied": each(lambda s: s.tied),
        "shortlisted": each(lambda s: s.shortlisted),
        "scores": each(lambda s: number(s.score)),
        "scores_low": each(lambda s: number(s.low)),
        "scores_high": each(lambda s: number(s.high)),
        "tiers": each(lambda s: s.tier),
        "readiness": each(lambda s: number(s.readiness)),
    }


def to_json(trend: Trend) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(trend))


def to_csv(trend: Trend) -> str:
    r"""Return a row a sector and run as CSV with ``\n`` line ends; formulas are neutralised."""

    def rows() -> Iterator[Sequence[Value]]:
        for place, run in enumerate(trend.runs):
            head = (run.name, run.head.date, run.head.base, run.head.end)
            for one in trend.sectors:
                if (s := one.standings[place]) is not None:
                    numbers = (number(s.score), number(s.low), number(s.high))
                    known = (s.rank, s.tied, s.shortlisted, *numbers, s.tier, number(s.readiness))
                    yield (*head, one.id, one.title, *known)

    return csv_of(_COLUMNS, rows())


def to_markdown(trend: Trend) -> str:
    """Return the report as Markdown."""
    return report_markdown(heading(trend), sections(trend), synthetic=trend.synthetic)


def show(trend: Trend, console: Console) -> None:
    """Print the report on a terminal; bars of plain characters where it holds no others."""
    ascii_only = not (console.encoding or "utf-8").lower().startswith("utf")
    parts = sections(trend, width=console.width, ascii_only=ascii_only)
    show_report(heading(trend), parts, console, synthetic=trend.synthetic)


RENDERERS: Mapping[str, Callable[[Trend], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
}
"""What each format of standard output is."""


def _html(trend: Trend) -> bytes:
    from sectorscan.reports.html.trend import to_html

    return to_html(trend).encode("utf-8")


def _picture(trend: Trend) -> Chart:
    from sectorscan.reports.charts.model import Look
    from sectorscan.reports.charts.over_time import ranks_over_time

    return ranks_over_time(trend, Look(framed=True))


def _svg(trend: Trend) -> bytes:
    from sectorscan.reports.charts.render import to_svg

    return to_svg(_picture(trend))


def _png(trend: Trend) -> bytes:
    from sectorscan.reports.charts.render import to_png

    return to_png(_picture(trend))


WRITERS: Mapping[str, Callable[[Trend], bytes]] = {
    **text_writers(lambda trend, output_format: RENDERERS[output_format](trend)),
    ".html": _html,
    ".svg": _svg,
    ".png": _png,
}
"""What each ending is written with."""
