"""The growth-concentration chart: growth across, location quotient up, bubble area jobs."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.charts import bubbles, scene, theme
from sectorscan.reports.charts.model import Chart, Column, Look
from sectorscan.reports.charts.scene import GROWTH, JOBS, LQ
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist
from sectorscan.sources.scope import listed

NAME = "growth-concentration"
TITLE = "Growth and concentration"
COLUMNS = (
    Column("rank", "Rank", "rank"),
    Column("sector", "Sector"),
    Column(GROWTH, "Growth in jobs, %/year", "%/year"),
    Column(LQ, "Location quotient", "ratio"),
    Column(JOBS, "Jobs", "jobs"),
    Column("quadrant", "Quadrant"),
    Column("figures", "Figures"),
)


def growth_concentration(shortlist: Shortlist, look: Look) -> Chart | None:
    """Return the chart, None where no ranked sector has both growth and a location quotient.

    Labels stand on the shortlist alone, and none hides another.
    """
    found = scene.scene(shortlist)
    if found is None:
        return None
    rows = tuple(
        (
            c.rank,
            c.name,
            view.figure(shortlist, GROWTH, c.index),
            view.figure(shortlist, LQ, c.index),
            view.figure(shortlist, JOBS, c.index),
            c.advice.quadrant,
            bubbles.figures(shortlist, c),
        )
        for c in view.ranked(shortlist)
    )
    spec, unlabelled = bubbles.spec(shortlist, found.shown, found.benchmark, look)
    notes = (*scene.notes(shortlist, found), *_unlabelled(unlabelled))
    subtitle = "Bubble area: jobs. Blue: the shortlist. Lines: LQ 1 and the benchmark's growth."
    return Chart(
        NAME,
        TITLE,
        _alt(shortlist, found.shown, found.benchmark),
        theme.finished(spec, theme.Told(TITLE, subtitle, notes), shortlist, look),
        COLUMNS,
        rows,
        notes,
        subtitle,
    )


def _unlabelled(left: Sequence[view.Candidate]) -> tuple[str, ...]:
    if not left:
        return ()
    names = listed([c.name for c in left], scene.MOST_NAMED)
    return (f"Drawn without a label, for want of room: {names}.",)


def _alt(shortlist: Shortlist, shown: Sequence[view.Candidate], benchmark: float | None) -> str:
    told = "; ".join(
        f"{c.name}: growth {view.shown(view.figure(shortlist, GROWTH, c.index), '%/year')} a year, "
        f"location quotient {view.shown(view.figure(shortlist, LQ, c.index), 'ratio')}, "
        f"{view.shown(view.figure(shortlist, JOBS, c.index), 'jobs')} jobs"
        f"{f', {c.advice.quadrant}' if c.advice.quadrant else ''}"
        for c in shown
        if c.shortlisted
    )
    line = "" if benchmark is None else f", against {cell(benchmark, '%/year')} in the benchmark"
    return (
        f"Bubble chart of {len(shown)} ranked sectors: growth in jobs a year across{line}, "
        f"location quotient up, area the jobs. On the shortlist: {told or 'none'}."
    )
