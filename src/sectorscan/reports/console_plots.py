"""The charts on a terminal, with their meaning in words."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import plots, view
from sectorscan.reports.charts.contributions import group_words, groups
from sectorscan.reports.charts.scene import notes, scene
from sectorscan.reports.page import Page
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist

MOST_ROWS, BEYOND = 20, 5
WIDEST = 100


def show_plots(shortlist: Shortlist, page: Page) -> None:
    """Print bars, rank intervals and the quadrant plot; what has nothing to show is left out."""
    ranked = view.ranked(shortlist)
    chosen = sum(candidate.shortlisted for candidate in ranked)
    rows = ranked[: min(MOST_ROWS, chosen + BEYOND)]
    if not rows:
        return
    marks = plots.BLOCKS if page.holds(_all(plots.BLOCKS)) else plots.PLAIN
    width = min(page.width, WIDEST)
    names = _names(rows, page, width)
    page.heading("Where the scores come from")
    _print(plots.bars(shortlist, rows, names, width, marks), page)
    words = group_words(groups(shortlist))
    page.paragraph(f"{plots.key(shortlist, words, marks)}; right: the score of 100.", style="dim")
    if lines := plots.intervals(shortlist, rows, names, width, marks):
        page.heading("How firm the ranks are")
        _print(lines, page)
        page.paragraph(
            f"{marks.line} its rank in nine of ten draws, {marks.middle} in the middle one, "
            f"{marks.dot} its rank",
            style="dim",
        )
    _quadrants(shortlist, page, width, marks)


def _all(marks: plots.Marks) -> str:
    return "".join(
        (marks.fills, marks.dot, marks.line, marks.middle, marks.other, marks.down, marks.across,
         marks.edge)
    )  # fmt: skip


def _names(rows: Sequence[view.Candidate], page: Page, width: int) -> list[str]:
    fitted = [page.fit(f"{c.rank:>2}{'=' if c.tied else ' '} {c.label}") for c in rows]
    # Leading spaces align the ranks: `fit` keeps them only inside a line.
    room = plots.name_width(fitted, width)
    return [plots.padded(page.cut(name, room), room) for name in fitted]


def _print(lines: Sequence[str], page: Page) -> None:
    for line in lines:
        page.line(line)


def _quadrants(shortlist: Shortlist, page: Page, width: int, marks: plots.Marks) -> None:
    found = scene(shortlist)
    if found is None:
        return
    page.heading("Growth and concentration")
    _print(plots.quadrants(shortlist, found, min(width, 80), marks), page)
    chosen = [c for c in found.shown if c.shortlisted]
    told = [f"{plots.place_mark(n)} {c.label}" for n, c in enumerate(chosen)]
    line = (
        ""
        if found.benchmark is None
        else f" and the benchmark's growth ({cell(found.benchmark, '%/year')} a year)"
    )
    page.paragraph(
        f"Across: growth a year; up: location quotient. Lines: LQ 1{line}. {'; '.join(told)}; "
        f"{marks.other} another ranked sector.",
        style="dim",
    )
    for note in notes(shortlist, found):
        page.paragraph(note, style="dim")
