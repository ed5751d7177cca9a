"""Ranks over the runs of a project: a line a sector that was ever on the shortlist."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.charts import theme
from sectorscan.reports.charts.model import Chart, Column, Look, Spec
from sectorscan.reports.text import plain
from sectorscan.scan.changes import SectorTrend, Trend

NAME = "ranks-over-time"
_LOOK = Look(framed=True)
_ROOM_FOR_NAMES = 260
_STEP = 22
_LONGEST_NAME = 36
_MOST_TICKS = 15


def ranks_over_time(trend: Trend, title: str) -> Chart:
    """Return the chart; sectors that were never among the first are left out, and that is said."""
    drawn = [
        one for one in trend.sectors if min(r for r in one.ranks if r is not None) <= trend.top
    ]
    left_out = len(trend.sectors) - len(drawn)
    subtitle = f"Rank in each run of every sector that was ever among the first {trend.top}."
    notes = (f"{left_out} other ranked sectors are left out.",) if left_out else ()
    columns = (Column("sector", "Sector"), *(Column(r.name, r.name, "rank") for r in trend.runs))
    return Chart(
        name=NAME,
        title=plain(title),
        alt=_alt(trend, drawn),
        spec=_spec(trend, drawn, plain(title), (subtitle, *notes)),
        columns=columns,
        rows=tuple((one.title, *one.ranks) for one in drawn),
        notes=notes,
        subtitle=subtitle,
    )


def _spec(
    trend: Trend, drawn: Sequence[SectorTrend], title: str, subtitle: tuple[str, ...]
) -> Spec:
    names = [run.name for run in trend.runs]
    values = [
        {"sector": plain(one.id), "run": name, "rank": rank}
        for one in drawn
        for name, rank in zip(names, one.ranks, strict=True)
    ]
    ends = [
        {"run": names[-1], "rank": one.ranks[-1], "name": _short(one)}
        for one in drawn
        if one.ranks[-1] is not None
    ]
    worst = max((value["rank"] for value in values if isinstance(value["rank"], int)), default=1)
    width = _LOOK.width - _ROOM_FOR_NAMES
    across = {"field": "run", "type": "ordinal", "sort": names, "scale": {"padding": 0.2}}
    run = {**across, "axis": {"title": "Run", "labelAngle": 0}}
    marks = list(range(1, worst + 1, 1 + worst // _MOST_TICKS))
    ticks = {"title": "Rank (1 is the best)", "format": "d", "values": marks}
    domain = {"domain": [worst + 0.5, 0.5], "nice": False, "zero": False}
    rank = {"field": "rank", "type": "quantitative", "axis": ticks, "scale": domain}
    own = theme.colors(_LOOK)
    ids = [plain(one.id) for one in drawn]
    colors = {"domain": ids, "range": theme.series(_LOOK, len(ids))}
    color = {"field": "sector", "type": "nominal", "legend": None, "scale": colors}
    # A gap in the ranks is a gap in the line: null breaks it.
    broken = "break-paths-show-domains"
    mark = {"type": "line", "strokeWidth": 2.5, "point": {"size": 50}, "invalid": broken}
    told = [*([view.SYNTHETIC_BANNER] if trend.synthetic else []), *subtitle]
    return {
        "$schema": theme.SCHEMA,
        "background": own.ground,
        "padding": 8,
        "title": {"text": title, "subtitle": told},
        "config": theme.config(_LOOK),
        "width": width,
        "height": max(160, _STEP * worst),
        "layer": [
            {"data": {"values": values}, "mark": mark,
             "encoding": {"x": run, "y": rank, "color": color}},
            {"data": {"values": ends},
             "mark": {"type": "text", "align": "left", "dx": 10, "limit": _ROOM_FOR_NAMES},
             "encoding": {"x": run, "y": rank, "text": {"field": "name", "type": "nominal"}}},
        ],
    }  # fmt: skip


def _short(one: SectorTrend) -> str:
    title = plain(one.title)
    short = title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1].rstrip() + "…"
    return f"{one.ranks[-1]}  {short}"


def _alt(trend: Trend, drawn: Sequence[SectorTrend]) -> str:
    told = "; ".join(
        f"{plain(one.title)}: {', '.join('not ranked' if r is None else str(r) for r in one.ranks)}"
        for one in drawn
    )
    runs = ", ".join(run.name for run in trend.runs)
    return f"Ranks in the runs {runs}. {told}."
