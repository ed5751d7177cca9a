"""Ranks over the runs of a project: a line a sector, named where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sectorscan.reports.changes_words import ordinal
from sectorscan.reports.charts import labels, runs, theme
from sectorscan.reports.charts.model import Chart, Column, Look, Spec
from sectorscan.reports.text import plain
from sectorscan.reports.trend_text import listed_words, score_text
from sectorscan.scan.trend import SectorTrend, Trend

NAME = "ranks-over-time"
TITLE = "Ranks over the runs"
_LINE = 15.0
_BELOW_AXIS = 38.0
_PHONE = 500
_TALLEST, _LEAST_STEP, _STEP = 900.0, 8.0, 22.0
_WIDEST_NAMES, _SHARE_OF_NAMES = 380.0, 0.42
_AXIS = 44.0
_MOST_TICKS = 15
_SIZES, _SMALL_SIZES = (90, 30), (36, 14)
"""Square pixels of a dot where the sector was on the list, and where it wasn't."""
_POINTER: Spec = {
    "name": "pointed",
    "select": {"type": "point", "on": "pointerover", "clear": "pointerout", "fields": ["n"]},
}
_POINTED_AT: Spec = {"condition": {"param": "pointed", "value": 1}, "value": 0.12}
"""The line under the pointer stays, the others fade; all stay while there is none."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """The plot in pixels, its deepest rank, and the sectors' names with their heights."""

    width: float
    height: float
    deepest: int
    names: tuple[str, ...]
    heights: tuple[float, ...]

    def height_of(self, rank: int) -> float:
        return (rank - 0.5) / self.deepest * self.height


def ranks_over_time(trend: Trend, look: Look) -> Chart:
    """Return the chart: the listed sectors in color, the others as thin lines behind them."""
    drawn = runs.drawn(trend)
    plot = _plot(drawn, look)
    others = [one for one in trend.sectors if one not in drawn and one.best <= plot.deepest]
    subtitle = (
        "In color: sectors that were ever on the shortlist"
        if trend.top is None
        else f"In color: sectors that were ever among the first {trend.top}"
    )
    subtitle += "; a large dot where they were."
    if others:
        subtitle += f" Gray: other sectors, where they ranked {ordinal(plot.deepest)} or better."
    notes = tuple(runs.change_notes(trend)) + _left_out(trend, drawn)
    told = theme.Told(TITLE, subtitle, notes)
    spec = _spec(trend, drawn, others, plot, look)
    whole = theme.dressed(spec, told, look, runs.source_line(trend), synthetic=trend.synthetic)
    columns = (
        Column("sector", "Sector"),
        *(Column(run.name, run.name, "rank") for run in trend.runs),
    )
    rows = tuple((plain(one.name), *one.ranks) for one in drawn)
    return Chart(NAME, TITLE, _alt(trend, drawn), whole, columns, rows, notes, subtitle)


def _left_out(trend: Trend, drawn: Sequence[SectorTrend]) -> tuple[str, ...]:
    more = len(trend.listed) - len(drawn)
    if not more:
        return ()
    return (f"{len(drawn)} of these sectors are in color, the latest and best; {more} are gray.",)


def _plot(drawn: Sequence[SectorTrend], look: Look) -> _Plot:
    """Return the plot's size and where each name stands: at its line's end, else below the axis."""
    deepest = max((rank for one in drawn for rank in one.ranks if rank is not None), default=1)
    step = min(_STEP, max(_LEAST_STEP, _TALLEST / deepest))
    height = max(step * deepest, 60.0)
    room = min(_WIDEST_NAMES, _SHARE_OF_NAMES * look.width)
    names = tuple(labels.cut(_named(one), room - 14, theme.FONT_SIZE) for one in drawn)
    widest = max((labels.text_width(name, theme.FONT_SIZE) for name in names), default=0.0)
    ends = [
        height + _BELOW_AXIS if one.ranks[-1] is None else (one.ranks[-1] - 0.5) / deepest * height
        for one in drawn
    ]
    heights = labels.spread(ends, _LINE, 0.0)
    width = float(round(look.width - widest - 14 - _AXIS - 16))
    return _Plot(width, height, deepest, names, tuple(heights))


def _named(one: SectorTrend) -> str:
    last = one.standings[-1]
    start = "left: " if last is None else f"{last.rank}{'=' * last.tied}. "
    return f"{start}{plain(one.label)}"


def _spec(
    trend: Trend,
    drawn: Sequence[SectorTrend],
    others: Sequence[SectorTrend],
    plot: _Plot,
    look: Look,
) -> Spec:
    axis = runs.RunAxis(trend, plot.width)
    own = theme.colors(look)
    every = 1 + plot.deepest // _MOST_TICKS
    ticks = {"title": "Rank (1 is the best)", "format": "d", "tickCount": 1, "grid": False,
             "values": list(range(1, plot.deepest + 1, every))}  # fmt: skip
    domain = {"domain": [plot.deepest + 0.5, 0.5], "nice": False, "zero": False}
    rank = {"field": "rank", "type": "quantitative", "axis": ticks, "scale": domain}
    x = axis.encoding
    numbers = list(range(len(drawn)))
    # By number: a sector's own words never decide a color.
    colors = {"domain": numbers, "range": theme.series(look, len(drawn))}
    color = {"field": "n", "type": "nominal", "legend": None, "scale": colors}
    thick = 2.5 if look.width >= _PHONE else 1.8
    size = {"field": "size", "type": "quantitative", "scale": None}
    layers: list[Spec] = []
    if others:
        faint = {"opacity": 0.5, "tooltip": None}
        dots = {"size": 10, "color": own.weak, **faint}
        layers.append({
            "data": {"values": _background(trend, others, plot.deepest)},
            "mark": runs.line(own.weak, 1.0, point=dots, **faint),
            "encoding": {"x": x, "y": rank, "detail": {"field": "n", "type": "nominal"}},
        })  # fmt: skip
    layers += axis.change_layers(look, lettered=True)
    data = {"values": _values(trend, drawn, _SIZES if look.width >= _PHONE else _SMALL_SIZES)}
    # A picture that stands alone has no pointer over it.
    pointed = {} if look.framed else {"opacity": _POINTED_AT}
    encoding = {"x": x, "y": rank, "color": color, **pointed}
    layers.append({
        "data": data,
        "encoding": encoding,
        "layer": [
            {"mark": runs.line(width=thick)},
            {"mark": runs.points(), **({} if look.framed else {"params": [_POINTER]}),
             "encoding": {"size": size, "tooltip": _tooltip()}},
        ],
    })  # fmt: skip
    layers += _name_layers(drawn, plot, axis.last, color)
    return {"width": plot.width, "height": plot.height, "layer": layers}


def _background(
    trend: Trend, sectors: Sequence[SectorTrend], deepest: int
) -> list[dict[str, object]]:
    """Return a row a sector and run; ranks below the plot are none."""
    return [
        {"n": n, "run": run.name, "rank": rank if rank is None or rank <= deepest else None}
        for n, one in enumerate(sectors)
        for run, rank in zip(trend.runs, one.ranks, strict=True)
    ]


def _values(
    trend: Trend, sectors: Sequence[SectorTrend], sizes: tuple[int, int]
) -> list[dict[str, object]]:
    """Return a row a sector and run, with the dot's size (listed or not) and a tooltip's words."""
    values: list[dict[str, object]] = []
    for n, one in enumerate(sectors):
        for run, s in zip(trend.runs, one.standings, strict=True):
            row: dict[str, object] = {"n": n, "run": run.name, "rank": None}
            if s is not None:
                size = sizes[0] if trend.lists(s) else sizes[1]
                row |= {"rank": s.rank, "size": size, "sector": plain(one.name)}
                row["score"] = score_text(s)
            values.append(row)
    return values


def _tooltip() -> list[Spec]:
    return [
        {"field": "sector", "type": "nominal", "title": "Sector"},
        {"field": "run", "type": "nominal", "title": "Run"},
        {"field": "rank", "type": "quantitative", "title": "Rank", "format": "d"},
        {"field": "score", "type": "nominal", "title": "Score"},
    ]


def _name_layers(drawn: Sequence[SectorTrend], plot: _Plot, end: float, color: Spec) -> list[Spec]:
    """Return each name and the short line to it from its sector's last point, at ``end``."""
    values = []
    for n, (one, name, height) in enumerate(zip(drawn, plot.names, plot.heights, strict=True)):
        last = one.ranks[-1]
        start = height if last is None else plot.height_of(last)
        left = plot.width if last is None else end + 8
        values.append(
            {"n": n, "name": name, "x0": round(left, 2), "y0": round(start, 2),
             "x1": plot.width + 10, "y1": round(height, 2)}
        )  # fmt: skip

    def at(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    data = {"values": values}
    return [
        {"data": data, "mark": {"type": "rule", "strokeWidth": 1.5, "aria": False},
         "encoding": {"x": at("x0"), "y": at("y0"), "x2": {"field": "x1"}, "y2": {"field": "y1"},
                      "color": color}},
        {"data": data,
         "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 4, "aria": False},
         "encoding": {"x": at("x1"), "y": at("y1"), "text": {"field": "name", "type": "nominal"}}},
    ]  # fmt: skip


def _alt(trend: Trend, drawn: Sequence[SectorTrend]) -> str:
    told = "; ".join(f"{plain(one.name)}: {runs.standing_words(trend, one)}" for one in drawn)
    span = f"{trend.runs[0].name} to {trend.runs[-1].name}"
    return f"Ranks in {len(trend.runs)} runs, {span}. {listed_words(trend)} {told or 'None'}."
