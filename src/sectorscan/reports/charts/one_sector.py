"""A small chart of one sector: the points that each group of criteria gives it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.charts import labels, theme
from sectorscan.reports.charts.contributions import group_points, group_words, groups
from sectorscan.reports.charts.model import Chart, Column, Look, Spec
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.aggregate import FILL

NAME = "sector-contributions"
_STEP, _NARROW_STEP = 13, 12
_MANY = 5
_ROOM_FOR_POINTS = 112
_WIDEST_LABEL = 150
COLUMNS = (
    Column("group", "Group of criteria"),
    Column("points", "Points of the score", "points"),
    Column("most", "Points if it were best at all of it", "points"),
)


def sector_contributions(shortlist: Shortlist, c: view.Candidate, look: Look) -> Chart:
    """Return the bars of one sector, a group below the other; pale bars are the most possible.

    A missing criterion's weight is with the others, as in the score. ``most`` is None under the
    geometric mean, where no group has a most of its own.
    """
    words = group_words(groups(shortlist))
    points = list(group_points(shortlist, c.index).values())
    rows = tuple(zip(words, points, _most(shortlist, c), strict=True))
    title = f"Where the points of {c.name} come from"
    score = cell(float(shortlist.ranking.score[c.index]), "score")
    told = "; ".join(f"{word} {_points(one, most)}" for word, one, most in rows)
    whole = theme.finished(
        _spec(rows, look), theme.Told(title, f"{score} points of 100."), shortlist, look
    )
    alt = f"Bars: {c.name} has {score} points of 100: {told}."
    return Chart(NAME, title, alt, whole, COLUMNS, rows)


def _most(shortlist: Shortlist, c: view.Candidate) -> list[float | None]:
    """Return what each group gives a sector that is best at all that is known of it."""
    matrix = shortlist.ranking.matrix
    if matrix.aggregation != "arithmetic":
        return [None] * len(groups(shortlist))
    known = ~np.isnan(shortlist.ranking.contribution[c.index])
    weights = matrix.weights
    if matrix.missing not in FILL:
        weights = np.where(known, weights, 0.0)
        weights = weights / weights.sum()
    return [
        float(100 * sum(w for w, one in zip(weights, matrix.criteria, strict=True)
                        if one.group == group))
        for group in groups(shortlist)
    ]  # fmt: skip


def _points(points: float | None, most: float | None) -> str:
    if points is None:
        return "not known"
    of = "" if most is None else f" of {cell(most, 'points')}"
    return f"{cell(points, 'points')}{of} points"


def _spec(rows: Sequence[tuple[str, float | None, float | None]], look: Look) -> Spec:
    own = theme.colors(look)
    size = theme.FONT_SIZE - 1
    texts = labels.distinct([labels.cut(word, _WIDEST_LABEL, size) for word, _, _ in rows])
    values = [
        {"line": text, "group": word, "points": points, "most": most,
         "text": _points(points, most)}
        for text, (word, points, most) in zip(texts, rows, strict=True)
    ]  # fmt: skip
    last = max([1.0, *(max(points or 0.0, most or 0.0) for _, points, most in rows)])
    left = max(labels.text_width(text, size) for text in texts)
    width = max(look.width - left - _ROOM_FOR_POINTS - 20, 80)
    y = {"field": "line", "type": "nominal", "sort": None,
         "scale": {"domain": texts, "paddingInner": 0.25},
         "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 0,
                  "labelFontSize": size}}  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [0, last], "nice": False}, "axis": None}
    color = {"field": "group", "type": "nominal", "legend": None,
             "scale": {"domain": [word for word, _, _ in rows],
                       "range": theme.series(look, len(rows))}}  # fmt: skip
    step = _STEP if len(rows) <= _MANY else _NARROW_STEP
    return {
        "width": round(width), "height": {"step": step},
        "view": {"stroke": None},
        "data": {"values": values}, "padding": 2,
        "layer": [
            {"mark": {"type": "bar", "color": own.grid, "invalid": "filter", "aria": False},
             "encoding": {"y": y, "x": {"field": "most", **across}}},
            {"mark": {"type": "bar", "invalid": "filter"},
             "encoding": {"y": y, "x": {"field": "points", **across}, "color": color}},
            {"mark": {"type": "text", "align": "left", "fontSize": size, "aria": False},
             "encoding": {"y": y, "x": {"value": round(width) + 8},
                          "text": {"field": "text", "type": "nominal"}}},
        ],
    }  # fmt: skip
