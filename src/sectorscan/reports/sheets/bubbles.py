"""The growth-concentration chart: a scatter whose markers' areas are jobs, with cross-hairs.

XlsxWriter has no bubble chart, and a series' markers are of one size: sectors of about the same
size make a series. The figures don't depend on the weights; the names are the original shortlist's.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sectorscan.reports import view
from sectorscan.reports.sheets import grid, labels, palette
from sectorscan.reports.sheets.grid import Book, Column, Value
from sectorscan.reports.sheets.layout import Layout
from sectorscan.reports.words import MINUS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "Charts"
WIDTH, HEIGHT = 1000, 640
_PLOT = {"x": 0.07, "y": 0.10, "width": 0.90, "height": 0.76}
"""Where the plot lies in the chart, as shares of it."""
_SMALLEST, _LARGEST = 5, 42
"""Diameters of markers in points."""
_PIXELS_A_POINT = 4 / 3
_LONGEST_LABEL = 30
_MOST_LABELS = 12
_TICKS = 6
_NEEDED = ("employment_cagr_pct", "location_quotient", "employment")
_CORNERS = (
    ("transforming", 0, 0, "right"),
    ("mature", 0, 1, "right"),
    ("emerging", 1, 0, "left"),
    ("star", 1, 1, "left"),
)


@dataclass(frozen=True, slots=True)
class _Point:
    candidate: view.Candidate
    growth: float
    quotient: float
    jobs: float
    size: int


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis: its ends and the step between its ticks."""

    low: float
    high: float
    step: float


def axis(values: Sequence[float]) -> Axis:
    """Return round ends around the values, with a little room, and a round step."""
    low, high = min(values), max(values)
    room = max(0.06 * (high - low), 1e-6 * max(abs(low), abs(high))) or 1.0
    low, high = low - room, high + room
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999)
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def points(layout: Layout) -> list[_Point]:
    """Return the ranked sectors whose place on the chart is known, the shortlist's first."""
    found = []
    for candidate in view.ranked(layout.shortlist):
        growth, quotient, jobs = (
            view.figure(layout.shortlist, name, candidate.index) for name in _NEEDED
        )
        if growth is not None and quotient is not None and jobs is not None:
            found.append(_Point(candidate, growth, quotient, jobs, 0))
    most = max((point.jobs for point in found), default=0.0) or 1.0
    sized = [
        replace(point, size=max(_SMALLEST, round(_LARGEST * math.sqrt(point.jobs / most))))
        for point in found
    ]
    # Large ones first, so that small ones are drawn over them.
    return sorted(sized, key=lambda p: (p.candidate.shortlisted, -p.size, p.candidate.id))


def write(book: Book, sheet: Worksheet, layout: Layout, cell: tuple[int, int], column: int) -> int:
    """Write the chart at a cell and its figures from a column on; return the row below those."""
    drawn = points(layout)
    row, _ = cell
    if not drawn:
        text = "Growth and concentration: jobs, growth or location quotients aren't known."
        grid.put(sheet, row, 0, text, book.format(italic=True))
        return row
    benchmark = layout.ranking.indicators.benchmark.get("employment_cagr_pct", math.nan)
    across = axis([p.growth for p in drawn] + ([benchmark] if math.isfinite(benchmark) else []))
    up = axis([0.0, 1.0, *(p.quotient for p in drawn)])
    up = Axis(0.0, up.high, up.step)
    columns = (
        Column("Sector", 36), Column("Growth, % a year", 12, grid.SIGNED),
        Column("Location quotient", 10, grid.RATIO), Column("Jobs", 10, grid.NUMBER),
        Column("On the shortlist †", 10), Column("Size of its marker, points", 10, grid.PLACE),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [p.candidate.name, p.growth, p.quotient, p.jobs, "yes" if p.candidate.shortlisted else "",
         p.size]
        for p in drawn
    ]  # fmt: skip
    below = grid.write_table(book, sheet, row, columns, rows, first=column)
    corner_row = _lines(book, sheet, (below + 1, column), benchmark, across, up)
    chart = book.workbook.add_chart({"type": "scatter", "name": "Growth and concentration"})
    corners = _CORNERS if math.isfinite(benchmark) else ()
    positions = _positions(drawn, across, up, len(corners))
    for series in _on_top(list(_series(drawn, row + 1, column, positions))):
        chart.add_series(series)
    for series in _cross_hairs(below + 2, column, benchmark):
        chart.add_series(series)
    if corners:
        chart.add_series(_corner_series(corner_row, column))
    _axes(chart, layout, across, up)
    names = ", ".join(p.candidate.title for p in reversed(drawn) if p.candidate.shortlisted)
    sheet.insert_chart(row, cell[1], chart, placed(_alt(names)))
    return corner_row + len(_CORNERS)


def placed(description: str) -> dict[str, object]:
    """Return how a chart lies on the sheet: its text for screen readers, clear of the row above."""
    return {"description": description, "object_position": 2, "y_offset": 6}


def _alt(names: str) -> str:
    text = (
        "Scatter of the ranked sectors: growth of jobs across, location quotient up, the area of a "
        "marker is its jobs; dashed lines at a quotient of 1 and at the benchmark's growth. The "
        f"shortlist: {names}. The table to the right has the figures."
    )
    return textwrap.shorten(text, 900, placeholder=" ...")


def _lines(
    book: Book, sheet: Worksheet, cell: tuple[int, int], benchmark: float, across: Axis, up: Axis
) -> int:
    """Write the ends of the cross-hairs and the corners; return the first corner's row."""
    row, column = cell
    middle = benchmark if math.isfinite(benchmark) else across.low
    ends: list[tuple[str, float, float]] = [
        ("Cross-hair: location quotient 1", across.low, 1.0), ("", across.high, 1.0),
        ("Cross-hair: the benchmark's growth", middle, up.low), ("", middle, up.high),
    ]  # fmt: skip
    for text, right, top, _ in _CORNERS:
        room = (across.high - across.low) / 200, (up.high - up.low) / 40
        x = across.high - room[0] if right else across.low + room[0]
        y = up.high - room[1] if top else up.low + room[1]
        ends.append((f"Quadrant {text}", x, y))
    number = book.format(num_format=grid.GENERAL)
    for place, (text, x, y) in enumerate(ends, start=1):
        grid.put(sheet, row + place, column, text, book.format(italic=True, indent=1))
        grid.put(sheet, row + place, column + 1, x, number)
        grid.put(sheet, row + place, column + 2, y, number)
    return row + 5


def _positions(drawn: Sequence[_Point], across: Axis, up: Axis, corners: int) -> dict[int, str]:
    wide, high = WIDTH * _PLOT["width"], HEIGHT * _PLOT["height"]
    named = [p for p in drawn if p.candidate.shortlisted]
    best = sorted(named, key=lambda p: (p.candidate.rank or 0, p.candidate.id))[:_MOST_LABELS]
    bubbles = [
        labels.Bubble(
            wide * (p.growth - across.low) / (across.high - across.low),
            high * (up.high - p.quotient) / (up.high - up.low),
            p.size * _PIXELS_A_POINT / 2,
            label(p.candidate) if p in best else "",
        )
        for p in drawn
    ]
    taken = []
    for text, right, top, _ in _CORNERS[:corners]:
        length = labels.CHARACTER_PIXELS * len(text) + 12
        left = wide - length if right else 0.0
        upper = 0.0 if top else high - 2 * labels.LINE_PIXELS
        taken.append(labels.Box(left, upper, left + length, upper + 2 * labels.LINE_PIXELS))
    return labels.place(bubbles, wide, high, taken)


def label(candidate: view.Candidate) -> str:
    """Return a short name; what looks like a cell's address would be read as one."""
    text = textwrap.shorten(candidate.title, _LONGEST_LABEL, placeholder=" ...")
    return text[:_LONGEST_LABEL].replace("!", "! ")


def _series(
    drawn: Sequence[_Point], first: int, column: int, positions: dict[int, str]
) -> Iterator[dict[str, Any]]:
    for (chosen, size), members in groupby(
        enumerate(drawn), key=lambda one: (one[1].candidate.shortlisted, one[1].size)
    ):
        places = [place for place, _ in members]
        top, bottom = first + places[0], first + places[-1]
        color = palette.CHOSEN if chosen else palette.tint(palette.OTHERS, 0.6)
        series: dict[str, Any] = {
            "categories": [SHEET, top, column + 1, bottom, column + 1],
            "values": [SHEET, top, column + 2, bottom, column + 2],
            "marker": {
                "type": "circle",
                "size": size,
                "fill": {"color": color, "transparency": 30},
                "border": {"color": "#FFFFFF" if not chosen else "#7A3300", "width": 0.75},
            },
        }
        if any(place in positions for place in places):
            series["data_labels"] = {
                "value": True,
                "position": "right",
                "font": {"size": 9, "color": "#222222"},
                "custom": [
                    {"value": label(drawn[place].candidate), "position": positions[place]}
                    if place in positions
                    else {"delete": True}
                    for place in places
                ],
            }
        yield series


def _on_top(series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the series, the shortlist's first as well as last, where they come.

    Excel draws the last series over the others, LibreOffice the first: nothing hides the shortlist.
    """
    chosen = [one for one in series if one["marker"]["fill"]["color"] == palette.CHOSEN]
    again = [{name: one[name] for name in one if name != "data_labels"} for one in chosen]
    return [*reversed(again), *series]


def _cross_hairs(row: int, column: int, benchmark: float) -> Iterator[dict[str, Any]]:
    for place in range(2 if math.isfinite(benchmark) else 1):
        first = row + 2 * place
        yield {
            "categories": [SHEET, first, column + 1, first + 1, column + 1],
            "values": [SHEET, first, column + 2, first + 1, column + 2],
            "marker": {"type": "none"},
            "line": {"color": palette.LINES, "width": 1.25, "dash_type": "dash"},
        }


def _corner_series(row: int, column: int) -> dict[str, Any]:
    last = row + len(_CORNERS) - 1
    return {
        "categories": [SHEET, row, column + 1, last, column + 1],
        "values": [SHEET, row, column + 2, last, column + 2],
        "marker": {"type": "none"},
        "data_labels": {
            "value": True,
            "position": "right",
            "font": {"size": 9, "italic": True, "color": palette.LINES},
            "custom": [{"value": text, "position": side} for text, _, _, side in _CORNERS],
        },
    }


def _axes(chart: Any, layout: Layout, across: Axis, up: Axis) -> None:
    panel = layout.ranking.indicators.panel
    period = view.period(panel)
    chart.set_title(
        {"name": "Growth and concentration, area: jobs (orange: the original shortlist)",
         "name_font": {"size": 13, "color": grid.INK}, "overlay": False}
    )  # fmt: skip
    quiet = {"major_gridlines": {"visible": True, "line": {"color": "#E3E8EB", "width": 0.5}}}
    chart.set_x_axis(
        {"name": f"Growth of jobs, {period}, % a year", "min": across.low, "max": across.high,
         "major_unit": across.step, "num_format": f'+0.##;"{MINUS}"0.##;0',
         "label_position": "low", **quiet}
    )  # fmt: skip
    chart.set_y_axis(
        {"name": "Location quotient (1: as in the benchmark)", "min": up.low, "max": up.high,
         "major_unit": up.step, "num_format": "0.0#", "label_position": "low",
         "crossing": "min", **quiet}
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_plotarea({"layout": _PLOT})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
