"""Ranks and scores over all runs: JSON (schema ``sectorscan/trend/1``), CSV, Markdown, terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import sectorscan
from sectorscan.reports.changes_json import run_record
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.section import Section, report_markdown, show_report
from sectorscan.reports.table import Value, csv_of
from sectorscan.reports.words import cell
from sectorscan.reports.write import text_writers
from sectorscan.scan.changes import SectorTrend, Trend

if TYPE_CHECKING:
    from rich.console import Console

    from sectorscan.reports.charts.model import Chart

SCHEMA = "sectorscan/trend/1"
_BARS, _ASCII_BARS = "▁▂▃▄▅▆▇█", "_.-=+*%#"
_GAP = "·"
_MOST_RUNS = 6
"""So many runs have their own column; the line beside them shows all."""
_READING = (
    "A bar a run, the oldest first: the higher, the better the rank, and a dot where a sector "
    "wasn't ranked. The top bar is the 1st place, the lowest the last place in any run."
)


def document(trend: Trend) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": trend.synthetic,
        "runs": [run_record(run) for run in trend.runs],
        "sectors": [
            {
                "id": one.id,
                "title": one.title,
                "ranks": list(one.ranks),
                "scores": [number(score) for score in one.scores],
            }
            for one in trend.sectors
        ],
        "cautions": list(trend.cautions),
    }


def to_json(trend: Trend) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(trend))


def to_csv(trend: Trend) -> str:
    r"""Return a row a sector and run as CSV with ``\n`` line ends; formulas are neutralised."""
    names = ("run", "date", "base", "end", "id", "title", "rank", "score")

    def rows() -> Iterator[Sequence[Value]]:
        for place, run in enumerate(trend.runs):
            for one in trend.sectors:
                if (rank := one.ranks[place]) is not None:
                    head = (run.name, run.date, run.base, run.end)
                    yield (*head, one.id, one.title, rank, number(one.scores[place]))

    return csv_of(names, rows())


def sparkline(ranks: Sequence[int | None], worst: int, bars: str = _BARS, gap: str = _GAP) -> str:
    """Return a character a run: the top bar for rank 1, the lowest for rank ``worst``."""
    steps = len(bars) - 1
    return "".join(
        gap if rank is None else bars[steps - round(steps * (rank - 1) / max(worst - 1, 1))]
        for rank in ranks
    )


def sections(trend: Trend, *, ascii_only: bool = False) -> Iterator[Section]:
    """Yield the ranks, then the scores."""
    bars = (_ASCII_BARS, ".") if ascii_only else (_BARS, _GAP)
    worst = max((rank for one in trend.sectors for rank in one.ranks if rank), default=1)
    last = range(max(0, len(trend.runs) - _MOST_RUNS), len(trend.runs))
    heads = [_head(trend, place) for place in last]
    right = frozenset(range(2, 2 + len(heads)))

    def row(one: SectorTrend, cells: Sequence[str]) -> tuple[str, ...]:
        title = f"{one.title} ({one.id})" if one.title != one.id else one.title
        return (title, sparkline(one.ranks, worst, *bars), *(cells[place] for place in last))

    ranks = [row(one, ["–" if r is None else str(r) for r in one.ranks]) for one in trend.sectors]
    scores = [
        row(one, ["–" if s is None else cell(s, "score") for s in one.scores])
        for one in trend.sectors
    ]
    left_out = len(trend.runs) - len(last)
    more = (f"The {left_out} oldest runs are in the bars only.",) if left_out else ()
    yield Section("Ranks", (_READING, *more), ("Sector", "Rank", *heads), ranks, right)
    yield Section("Scores", (), ("Sector", "Rank", *heads), scores, right)
    if trend.cautions:
        yield Section("Cautions", trend.cautions)


def _head(trend: Trend, place: int) -> str:
    """Return a run's column header: its name over the last year of its figures."""
    run = trend.runs[place]
    return run.name if run.end is None else f"{run.name}\nto {run.end}"


def heading(trend: Trend) -> str:
    """Return the title of the report."""
    count = len(trend.runs)
    return f"{trend.runs[-1].region}: {count} run{'s' if count != 1 else ''}"


def to_markdown(trend: Trend) -> str:
    """Return the report as Markdown."""
    return report_markdown(heading(trend), sections(trend), synthetic=trend.synthetic)


def show(trend: Trend, console: Console) -> None:
    """Print the report on a terminal; bars of plain characters where it holds no others."""
    ascii_only = not (console.encoding or "utf-8").lower().startswith("utf")
    parts = sections(trend, ascii_only=ascii_only)
    show_report(heading(trend), parts, console, synthetic=trend.synthetic)


RENDERERS: Mapping[str, Callable[[Trend], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
}
"""What each format of standard output is."""


def _picture(trend: Trend) -> Chart:
    from sectorscan.reports.charts.over_time import ranks_over_time

    return ranks_over_time(trend, heading(trend))


def _svg(trend: Trend) -> bytes:
    from sectorscan.reports.charts.render import to_svg

    return to_svg(_picture(trend))


def _png(trend: Trend) -> bytes:
    from sectorscan.reports.charts.render import to_png

    return to_png(_picture(trend))


WRITERS: Mapping[str, Callable[[Trend], bytes]] = {
    **text_writers(lambda trend, output_format: RENDERERS[output_format](trend)),
    ".svg": _svg,
    ".png": _png,
}
"""What each ending is written with."""
