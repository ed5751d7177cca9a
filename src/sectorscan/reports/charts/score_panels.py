"""Scores and readiness over the runs of a project: a small chart a sector, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sectorscan.reports.charts import labels, runs, theme
from sectorscan.reports.charts.model import Chart, Column, Look, Spec, Value
from sectorscan.reports.text import plain
from sectorscan.reports.trend_text import is_rated, listed_words, score_text
from sectorscan.reports.words import cell
from sectorscan.scan.trend import SectorTrend, Standing, Trend

NAME = "scores-over-time"
TITLE = "Scores over the runs"
_PANEL, _HEIGHT, _SPACING = 290.0, 110.0, 22.0
_AXIS = 40.0
_COLUMNS = (
    Column("sector", "Sector"),
    Column("run", "Run"),
    Column("score", "Score, 0 to 100", "score"),
    Column("score_low", "Lowest with withheld figures", "score"),
    Column("score_high", "Highest with withheld figures", "score"),
)
_RATED = (Column("tier", "Tier"), Column("readiness", "Readiness, 0 to 100", "score"))


def scores_over_time(trend: Trend, look: Look) -> Chart:
    """Return the chart of the listed sectors."""
    drawn = runs.drawn(trend)
    rated = any(is_rated(one) for one in drawn)
    dashed = ("Dashed line: settings changed there, so not the economy alone moved the scores.",)
    notes = dashed * bool(runs.changed(trend)) + _left_out(trend, drawn)
    told = theme.Told(TITLE, _meaning(drawn, rated=rated), notes)
    spec = _spec(trend, drawn, look, rated=rated)
    whole = theme.dressed(spec, told, look, runs.source_line(trend), synthetic=trend.synthetic)
    columns = (*_COLUMNS, *(_RATED if rated else ()))
    rows = tuple(row[: len(columns)] for row in _rows(trend, drawn))
    return Chart(NAME, TITLE, _alt(trend, drawn), whole, columns, rows, notes, told.subtitle)


def _meaning(drawn: Sequence[SectorTrend], *, rated: bool) -> str:
    known = [s for one in drawn for s in one.standings if s is not None]
    told = "Dots: the score, 0 to 100."
    if not all(s.certain for s in known):
        told += " Bar behind a dot: how far withheld figures could move it."
    if rated:
        told += (
            " Diamonds: readiness, 0 to 100, which is never mixed into the score;"
            " the word above is the latest tier."
        )
    return told


def _left_out(trend: Trend, drawn: Sequence[SectorTrend]) -> tuple[str, ...]:
    more = len(trend.listed) - len(drawn)
    return (f"{len(drawn)} of these sectors are drawn; {more} more aren't.",) * (more > 0)


def _rows(trend: Trend, drawn: Sequence[SectorTrend]) -> Iterator[tuple[Value, ...]]:
    for one in drawn:
        for run, s in zip(trend.runs, one.standings, strict=True):
            if s is not None:
                numbers = (s.score, s.low, s.high, s.tier, s.readiness)
                yield (plain(one.name), run.name, *numbers)


def _scale(drawn: Sequence[SectorTrend]) -> tuple[int, int]:
    """Return round ends that hold every figure drawn."""
    shown = [
        number
        for one in drawn
        for s in one.standings
        if s is not None
        for number in (s.score, s.low, s.high, s.readiness)
        if number is not None
    ] or [0.0, 100.0]
    least = max(0, 10 * math.floor((min(shown) - 2) / 10))
    return least, min(100, max(10 * math.ceil((max(shown) + 2) / 10), least + 20))


def _spec(trend: Trend, drawn: Sequence[SectorTrend], look: Look, *, rated: bool) -> Spec:
    columns = max(1, int(look.width // _PANEL))
    room = look.width - _AXIS - 16 - (_SPACING + _AXIS) * (columns - 1)
    width = float(math.floor(room / columns))
    titles = labels.distinct(
        labels.cut(f"{_place(one)} {plain(one.label)}", width, theme.FONT_SIZE) for one in drawn
    )
    own = theme.colors(look)
    least, most = _scale(drawn)
    axis = runs.RunAxis(trend, width)
    ticks = {"title": None, "grid": True, "tickCount": 4, "format": "d"}
    scale = {"domain": [least, most], "nice": False, "zero": False}

    def y(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": ticks, "scale": scale}

    x, tip = axis.encoding, _tooltip(rated=rated)
    score = {"x": x, "y": y("score"), "tooltip": tip}
    bar = {"type": "rule", "strokeWidth": 7, "opacity": 0.35, "color": own.strong,
           "invalid": "filter"}  # fmt: skip
    between = {"x": x, "y": y("low"), "y2": {"field": "high"}, "tooltip": tip}
    layers: list[Spec] = [
        *axis.change_layers(look, lettered=False),
        {"mark": bar, "encoding": between},
        {"mark": runs.line(own.strong, 2.0), "encoding": score},
        {"mark": runs.points(color=own.strong, size=45), "encoding": score},
    ]
    if rated:
        layers += _readiness_layers({"x": x, "y": y("readiness"), "tooltip": tip}, width, look)
    header = {"title": None, "labelAnchor": "start", "labelColor": own.ink, "labelLimit": 0,
              "labelFontSize": theme.FONT_SIZE, "labelPadding": 4}  # fmt: skip
    return {
        "data": {"values": list(_values(trend, drawn, titles))},
        "facet": {"field": "panel", "type": "ordinal", "sort": titles, "header": header},
        "columns": columns,
        "spacing": {"row": 12, "column": _SPACING},
        "resolve": {"axis": {"x": "independent", "y": "independent"}},
        "spec": {"width": width, "height": _HEIGHT, "layer": layers},
    }


def _readiness_layers(encoding: Spec, width: float, look: Look) -> list[Spec]:
    own = theme.colors(look)
    color = own.series[5]
    word = {"type": "text", "align": "right", "baseline": "bottom", "color": color, "aria": False}
    at = {"x": {"value": width}, "y": {"value": -7}, "text": {"field": "latest", "type": "nominal"}}
    return [
        {"mark": runs.line(color, 2.0, strokeDash=[5, 3]), "encoding": encoding},
        {"mark": runs.points(color=color, size=45, shape="diamond"), "encoding": encoding},
        {"mark": word, "encoding": at},
    ]


def _place(one: SectorTrend) -> str:
    last = one.standings[-1]
    return "left:" if last is None else f"{last.rank}{'=' * last.tied}."


def _values(
    trend: Trend, drawn: Sequence[SectorTrend], titles: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Yield a row a sector and run."""
    for one, title in zip(drawn, titles, strict=True):
        for place, (run, s) in enumerate(zip(trend.runs, one.standings, strict=True)):
            row: dict[str, object] = {"panel": title, "run": run.name, "score": s and s.score,
                                      "readiness": s and s.readiness, "latest": ""}  # fmt: skip
            if s is not None:
                row |= {"sector": plain(one.name), "told": _range(s)}
                if not s.certain:
                    row |= {"low": s.low, "high": s.high}
                if s.readiness is not None:
                    row["ready"] = f"{cell(s.readiness, 'score')}, {s.tier or 'no tier'}"
            if place == len(trend.runs) - 1 and s is not None and s.tier:
                row["latest"] = s.tier
            yield row


def _range(s: Standing) -> str:
    """Return ``64.0 (57.8 to 66.1)``."""
    if s.certain or s.low is None or s.high is None:
        return score_text(s)
    return f"{score_text(s)} ({cell(s.low, 'score')} to {cell(s.high, 'score')})"


def _tooltip(*, rated: bool) -> list[Spec]:
    shown = [("sector", "Sector"), ("run", "Run"), ("told", "Score")]
    if rated:
        shown.append(("ready", "Readiness, tier"))
    return [{"field": name, "type": "nominal", "title": title} for name, title in shown]


def _alt(trend: Trend, drawn: Sequence[SectorTrend]) -> str:
    told = []
    for one in drawn:
        known = [(run, s) for run, s in zip(trend.runs, one.standings, strict=True) if s]
        (first, start), (last, end) = known[0], known[-1]
        text = f"{plain(one.name)}: {score_text(start)} in {first.name}"
        if len(known) > 1:
            text += f", {score_text(end)} in {last.name}"
        told.append(text)
    return f"Scores in {len(trend.runs)} runs. {listed_words(trend)} {'; '.join(told) or 'None'}."
