"""What the charts over a project's runs have in common: the axis, the marks, who is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sectorscan.reports.changes_words import ordinal
from sectorscan.reports.charts import theme
from sectorscan.reports.charts.model import Look, Spec
from sectorscan.reports.text import plain
from sectorscan.reports.trend_text import change_words, heading
from sectorscan.scan.trend import SectorTrend, Trend

MOST = 20
"""Sectors that stand out in a chart: more lines couldn't be told apart."""
MARGIN = 16.0
"""Pixels between the plot's edges and the first and the last run."""
_ROOM_FOR_NAME = 72
_BROKEN = "break-paths-show-domains"
"""A gap in the figures is a gap in the line; never a 0."""


def drawn(trend: Trend) -> tuple[SectorTrend, ...]:
    """Return the sectors that stand out: those listed, the latest and best first if too many."""
    if len(trend.listed) <= MOST:
        return trend.listed

    def latest(one: SectorTrend) -> tuple[int, int]:
        on = [trend.lists(s) for s in one.standings]
        return len(on) - max((place for place, yes in enumerate(on) if yes), default=-1), one.best

    kept = {one.id for one in sorted(trend.listed, key=latest)[:MOST]}
    return tuple(one for one in trend.listed if one.id in kept)


def letters(count: int) -> list[str]:
    """Return so many names: a, b, ... z, a2, b2 ..."""
    return [chr(97 + n % 26) + (str(n // 26 + 1) if n > 25 else "") for n in range(count)]


def changed(trend: Trend) -> list[tuple[int, str]]:
    """Return the places of the runs before which settings changed, each with its letter."""
    places = [place for place, run in enumerate(trend.runs) if run.settings]
    return list(zip(places, letters(len(places)), strict=True))


def change_notes(trend: Trend) -> Iterator[str]:
    """Yield what the dashed lines stand for."""
    if marks := changed(trend):
        told = "; ".join(
            f"{letter}) before {trend.runs[place].name}: {change_words(trend.runs[place])}"
            for place, letter in marks
        )
        yield f"Settings changed at the dashed lines, so not the economy alone: {plain(told)}."


def source_line(trend: Trend) -> str:
    """Return what the figures are of, for a picture that stands alone."""
    return plain(heading(trend))


def standing_words(trend: Trend, one: SectorTrend) -> str:
    """Return a sector's latest rank and the one before, or when it was last ranked."""
    known = [(place, s) for place, s in enumerate(one.standings) if s is not None]
    place, last = known[-1]
    if place < len(trend.runs) - 1:
        return f"not ranked now, last {ordinal(last.rank)} in {trend.runs[place].name}"
    now = ordinal(last.rank)
    if len(trend.runs) == 1:
        return now
    before = one.standings[-2]
    return f"{now} (before: {'not ranked' if before is None else ordinal(before.rank)})"


@dataclass(frozen=True, slots=True)
class RunAxis:
    """Runs from left to right, evenly spaced, with a place before each for a mark."""

    trend: Trend
    width: float

    @property
    def encoding(self) -> Spec:
        """The horizontal axis; of many runs every second, third ... has its name, and the last."""
        names = [run.name for run in self.trend.runs]
        last = len(names) - 1
        step = max(self.width - 2 * MARGIN, 1) / max(last, 1)
        every = math.ceil(_ROOM_FOR_NAME / step)
        shown = [name for place, name in enumerate(names) if (last - place) % every == 0]
        domain = [text for place, name in enumerate(names)
                  for text in (*([_before(name)] if place else []), name)]  # fmt: skip
        ends = [MARGIN, self.width - MARGIN]
        scale = {"type": "point", "domain": domain, "range": ends, "padding": 0}
        axis = {"title": None, "labelAngle": 0, "values": shown, "labelOverlap": False,
                "labelLimit": 0, "grid": False}  # fmt: skip
        return {"field": "run", "type": "ordinal", "scale": scale, "axis": axis}

    @property
    def last(self) -> float:
        """How far to the right the latest run is, in pixels."""
        return self.width - MARGIN if len(self.trend.runs) > 1 else self.width / 2

    def change_layers(self, look: Look, *, lettered: bool) -> list[Spec]:
        """Return a dashed line where settings changed, its letter above it."""
        own = theme.colors(look)
        values = [
            {"run": _before(self.trend.runs[place].name), "letter": letter}
            for place, letter in changed(self.trend)
        ]
        if not values:
            return []
        mark = {"type": "rule", "color": own.rule, "strokeDash": [5, 4], "aria": False}
        lines: list[Spec] = [
            {"data": {"values": values}, "mark": mark, "encoding": {"x": self.encoding}}
        ]
        if lettered:
            mark = {"type": "text", "baseline": "bottom", "color": own.ink, "aria": False}
            text = {"field": "letter", "type": "nominal"}
            encoding = {"x": self.encoding, "y": {"value": -4}, "text": text}
            lines.append({"data": {"values": values}, "mark": mark, "encoding": encoding})
        return lines


def line(color: str | None = None, width: float = 2.5, **more: object) -> Spec:
    """Return a line's mark that breaks where a sector wasn't ranked."""
    colored = {} if color is None else {"color": color}
    return {"type": "line", "strokeWidth": width, "invalid": _BROKEN, **colored, **more}


def points(**more: object) -> Spec:
    """Return a mark a run, none where a sector wasn't ranked."""
    return {"type": "point", "filled": True, "invalid": "filter", "opacity": 1, **more}


def _before(name: str) -> str:
    return f"before {name}"
