"""The growth-concentration chart's definition: bubbles, cross-hairs, and labels in free places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.charts import labels, theme
from sectorscan.reports.charts.labels import Box, Bubbles, Frame
from sectorscan.reports.charts.model import Look, Spec
from sectorscan.reports.charts.scene import GROWTH, JOBS, LQ, values_of
from sectorscan.scan.model import Shortlist
from sectorscan.tables.model import FloatArray

_LEFT, _PAD = 74, 10
_LARGEST_RADIUS, _SMALLEST_RADIUS = 30.0, 2.0
_LARGEST_SHARE = 0.06
"""The largest bubble's radius at most, of the plot's width: a phone's bubbles are small."""
_KNOWN, _ESTIMATED = "figures known", "figures estimated, as some are withheld"


@dataclass(frozen=True, slots=True)
class _Plot:
    """The plot's size in pixels and the ranges of its axes."""

    width: float
    height: float
    growth: tuple[float, float]
    lq: tuple[float, float]

    def x(self, growth: FloatArray) -> FloatArray:
        low, high = self.growth
        return self.width * (growth - low) / (high - low)

    def y(self, lq: FloatArray) -> FloatArray:
        low, high = self.lq
        return self.height * (high - lq) / (high - low)


def figures(shortlist: Shortlist, c: view.Candidate) -> str:
    """Return whether growth, location quotient and jobs are known or rest on estimates."""
    names = (GROWTH, LQ, JOBS)
    some = any(view.is_estimated(shortlist, name, c.index) for name in names)
    return _ESTIMATED if some else _KNOWN


def _plot(growth: FloatArray, lq: FloatArray, benchmark: float | None, look: Look) -> _Plot:
    width = float(max(look.width - _LEFT - 2 * _PAD, 160))
    height = float(round(min(max(0.62 * width, 300), 520)))
    xs = [*growth.tolist(), *([] if benchmark is None else [benchmark])] or [0.0]
    ys = [*lq.tolist(), 1.0]
    # The largest bubble, and a label's height, fit at every edge.
    return _Plot(width, height, _padded(xs, 48 / width), _padded(ys, 48 / height))


def _padded(values: Sequence[float], share: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    reach = (high - low) or max(abs(high), 1.0)
    pad = reach * share / (1 - 2 * share)
    return low - pad, high + pad


def _bubbles(shortlist: Shortlist, shown: Sequence[view.Candidate], plot: _Plot) -> Bubbles:
    jobs = values_of(shortlist, shown, JOBS)
    largest = float(np.nanmax(jobs, initial=0.0)) or 1.0
    greatest = min(_LARGEST_RADIUS, _LARGEST_SHARE * plot.width)
    radius = greatest * np.sqrt(np.clip(np.nan_to_num(jobs), 0, None) / largest)
    return Bubbles(
        plot.x(values_of(shortlist, shown, GROWTH)),
        plot.y(values_of(shortlist, shown, LQ)),
        np.maximum(radius, _SMALLEST_RADIUS),
        np.array([float(c.shortlisted) for c in shown]),
    )


def spec(
    shortlist: Shortlist, shown: Sequence[view.Candidate], benchmark: float | None, look: Look
) -> tuple[Spec, list[view.Candidate]]:
    """Return the definition, and the shortlisted sectors for whose labels no place was left."""
    growth, lq = values_of(shortlist, shown, GROWTH), values_of(shortlist, shown, LQ)
    plot = _plot(growth, lq, benchmark, look)
    bubbles = _bubbles(shortlist, shown, plot)
    words = [] if benchmark is None else _quadrant_words(plot)
    texts = [labels.lines_of(c.title) for c in shown]
    wanted = [(place, *_size(texts[place])) for place, c in enumerate(shown) if c.shortlisted]
    frame = Frame(
        Box(2, 2, plot.width - 2, plot.height - 2),
        tuple(box for _, box in words),
        () if benchmark is None else (float(plot.x(np.array(benchmark))),),
        (float(plot.y(np.array(1.0))),),
    )
    found = labels.placed(bubbles, wanted, frame)
    written = [(wanted[n][0], label) for n, label in enumerate(found) if label is not None]
    layers = [
        *_cross_hairs(benchmark, look),
        *[_word(word, box, look) for word, box in words],
        *_bubble_layers(shortlist, shown, plot, bubbles, look),
        *_label_layers([(texts[place], label) for place, label in written], look),
    ]
    spec = {"width": plot.width, "height": plot.height, "layer": layers}
    return spec, [shown[wanted[n][0]] for n, label in enumerate(found) if label is None]


def _size(lines: Sequence[str]) -> tuple[float, float]:
    width = max(labels.text_width(line, theme.FONT_SIZE) for line in lines)
    return width, len(lines) * float(theme.LINE_HEIGHT)


def _quadrant_words(plot: _Plot) -> list[tuple[str, Box]]:
    """Return each quadrant's name and its corner of the plot."""
    placed = []
    for word, right, top in (
        ("star", True, True), ("mature", False, True),
        ("emerging", True, False), ("transforming", False, False),
    ):  # fmt: skip
        width = labels.text_width(word, theme.FONT_SIZE + 1)
        left = plot.width - width - 6 if right else 6.0
        above = 4.0 if top else plot.height - theme.LINE_HEIGHT - 4
        placed.append((word, Box(left, above, left + width, above + theme.LINE_HEIGHT)))
    return placed


def _word(word: str, box: Box, look: Look) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontStyle": "italic",
                 "fontSize": theme.FONT_SIZE + 1, "color": theme.colors(look).muted,
                 "aria": False, "tooltip": None},
        "encoding": {"x": {"value": box.x0}, "y": {"value": box.y0}, "text": {"value": word}},
    }  # fmt: skip


def _cross_hairs(benchmark: float | None, look: Look) -> list[Spec]:
    mark = {"type": "rule", "color": theme.colors(look).rule, "strokeDash": [5, 4], "aria": False}
    lines: list[Spec] = [{"data": {"values": [{}]}, "mark": mark, "encoding": {"y": {"datum": 1}}}]
    if benchmark is not None:
        across = {"x": {"datum": benchmark}}
        lines.append({"data": {"values": [{}]}, "mark": mark, "encoding": across})
    return lines


def _bubble_layers(
    shortlist: Shortlist,
    shown: Sequence[view.Candidate],
    plot: _Plot,
    bubbles: Bubbles,
    look: Look,
) -> list[Spec]:
    # The shortlist in front, and large ones behind, so that no bubble lies hidden under another.
    places = sorted(
        range(len(shown)), key=lambda n: (shown[n].shortlisted, -bubbles.radius[n], shown[n].id)
    )
    values = [
        {
            "sector": shown[n].name,
            "rank": shown[n].rank,
            "growth": view.figure(shortlist, GROWTH, shown[n].index),
            "lq": view.figure(shortlist, LQ, shown[n].index),
            "jobs": view.figure(shortlist, JOBS, shown[n].index),
            "size": 4 * float(bubbles.radius[n]) ** 2,
            "listed": theme.listed(shown[n]),
            "figures": figures(shortlist, shown[n]),
        }
        for n in places
    ]
    certain = [row for row in values if row["jobs"] is not None]
    unknown = [row for row in values if row["jobs"] is None]
    own = theme.colors(look)
    dash = {
        "field": "figures", "type": "nominal", "scale": {"domain": [_KNOWN, _ESTIMATED],
        "range": [[1, 0], [3, 2]]},
        "legend": {"title": None, "symbolFillColor": "transparent"},
    }  # fmt: skip
    encoding: Spec = {
        "x": {"field": "growth", "type": "quantitative",
              "scale": {"domain": list(plot.growth), "nice": False, "zero": False},
              "axis": {"title": _growth_title(shortlist), "tickCount": 8}},
        "y": {"field": "lq", "type": "quantitative",
              "scale": {"domain": list(plot.lq), "nice": False, "zero": False},
              "axis": {"title": "Location quotient (1 = as in the benchmark)", "tickCount": 6}},
        "color": theme.listed_color(look),
        "tooltip": _tooltip(),
    }  # fmt: skip
    size = {"field": "size", "type": "quantitative", "scale": None}
    layers: list[Spec] = [
        {"data": {"values": certain},
         "mark": {"type": "circle", "opacity": 1, "fillOpacity": 0.55, "strokeWidth": 1.2,
                  "stroke": own.rule},
         "encoding": {**encoding, "size": size, "strokeDash": dash}}
    ]  # fmt: skip
    if unknown:
        cross = {"type": "point", "shape": "cross", "size": 60, "filled": True, "opacity": 1}
        layers.append({"data": {"values": unknown}, "mark": cross, "encoding": encoding})
    return layers


def _growth_title(shortlist: Shortlist) -> str:
    return f"Growth in jobs, {view.period(shortlist.ranking.indicators.panel)} (% a year)"


def _tooltip() -> list[Spec]:
    return [
        {"field": "sector", "type": "nominal", "title": "Sector"},
        {"field": "rank", "type": "quantitative", "title": "Rank"},
        {"field": "growth", "type": "quantitative", "title": "Growth, %/year", "format": ".1f"},
        {"field": "lq", "type": "quantitative", "title": "Location quotient", "format": ".2f"},
        {"field": "jobs", "type": "quantitative", "title": "Jobs", "format": ",.0f"},
        {"field": "figures", "type": "nominal", "title": "Figures"},
    ]


def _label_layers(written: Sequence[tuple[list[str], labels.Label]], look: Look) -> list[Spec]:
    """Return the labels, and the lines to those that stand apart, placed in pixels."""
    own = theme.colors(look)
    layers: list[Spec] = []
    for _, label in written:
        if label.leader is not None:
            x, y, to_x, to_y = ({"value": round(end, 2)} for end in label.leader)
            layers.append({
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": own.muted, "strokeWidth": 0.8, "aria": False},
                "encoding": {"x": x, "y": y, "x2": to_x, "y2": to_y},
            })  # fmt: skip
    # A halo of the ground's color keeps the words legible where a line or bubble lies below.
    halo = {"stroke": own.ground, "strokeWidth": 3, "strokeJoin": "round", "strokeOpacity": 0.85}
    for lines, label in written:
        layers += [_text(lines, label, halo), _text(lines, label, {})]
    return layers


def _text(lines: list[str], label: labels.Label, more: Spec) -> Spec:
    box = label.box
    x = {"left": box.x0, "right": box.x1, "center": (box.x0 + box.x1) / 2}[label.align]
    return {
        "data": {"values": [{"lines": lines}]},
        "mark": {"type": "text", "align": label.align, "baseline": "top", "aria": False,
                 "lineHeight": theme.LINE_HEIGHT, "tooltip": None, **more},
        "encoding": {"x": {"value": round(x, 2)}, "y": {"value": round(box.y0, 2)},
                     "text": {"field": "lines", "type": "nominal"}},
    }  # fmt: skip
