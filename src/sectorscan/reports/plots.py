"""The three charts in text: stacked bars, rank intervals, a quadrant plot. Only characters.

Each function returns lines no wider than asked; names and marks come fitted to the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len

from sectorscan.reports import view
from sectorscan.reports.charts.contributions import filled_in, group_points, groups
from sectorscan.reports.charts.scene import GROWTH, LQ, Scene, values_of
from sectorscan.reports.words import MINUS, cell
from sectorscan.scan.model import Shortlist

PLACES = "123456789abcdefghijklmnopqrstuvwxyz"
"""What stands for the first, second ... sector of the shortlist in the quadrant plot."""
_HEIGHT = 15
_ON_THE_LIST = "on the list"
_LEAST = 12
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters to draw with: those of ``BLOCKS``, or ``PLAIN`` where a font hasn't them.

    ``fills`` tell the first groups of criteria apart; where there are more, letters do.
    """

    fills: str
    dot: str
    line: str
    middle: str
    other: str
    down: str
    across: str
    edge: str

    def fill(self, group: int, of: int) -> str:
        """Return what the bars of a group are drawn with."""
        return self.fills[group] if of <= len(self.fills) else _LETTERS[group % len(_LETTERS)]


BLOCKS = Marks("█▓▒░", "●", "━", "┃", "·", "┊", "┈", "│")
PLAIN = Marks("#=+.", "O", "-", "|", ".", ":", "-", "|")


def name_width(names: Sequence[str], width: int) -> int:
    """Return how wide the names may be beside a plot."""
    return min(max((cell_len(name) for name in names), default=0), max(width // 3, 12))


def padded(text: str, width: int) -> str:
    """Return text filled with spaces to a width in cells."""
    return text + " " * max(0, width - cell_len(text))


def bars(
    shortlist: Shortlist, rows: Sequence[view.Candidate], names: Sequence[str], width: int,
    marks: Marks,
) -> list[str]:  # fmt: skip
    """Return a stacked bar for each sector: its points by group, then its score."""
    room = max(width - _names(names) - 7, _LEAST)
    lines = []
    for name, c in zip(names, rows, strict=True):
        points = [one or 0.0 for one in group_points(shortlist, c.index).values()]
        bar, so_far = "", 0.0
        for place, one in enumerate(points):
            so_far += one
            # Rounded at the ends, so that the bar is as long as the score says.
            bar += marks.fill(place, len(points)) * (round(so_far * room / 100) - len(bar))
        whole = so_far + filled_in(shortlist, c.index)
        bar += "?" * (round(whole * room / 100) - len(bar))
        score = cell(float(shortlist.ranking.score[c.index]), "score")
        lines.append(f"{padded(name, _names(names))} {bar:<{room}} {score:>5}")
    return lines


def key(shortlist: Shortlist, words: Sequence[str], marks: Marks) -> str:
    """Return which mark stands for which group."""
    count = len(groups(shortlist))
    told = [f"{marks.fill(place, count)} {word}" for place, word in enumerate(words)]
    if any(filled_in(shortlist, c.index) for c in view.ranked(shortlist)):
        told.append("? filled in for missing figures")
    return ", ".join(told)


def intervals(
    shortlist: Shortlist, rows: Sequence[view.Candidate], names: Sequence[str], width: int,
    marks: Marks,
) -> list[str]:  # fmt: skip
    """Return a line of ranks for each sector, a scale above them; empty without draws."""
    ends = [view.robust(shortlist, c, "rank_p95") for c in rows]
    last = max([2, *(int(end) for end in ends if end is not None), *(c.rank or 0 for c in rows)])
    room = max(width - _names(names) - len(_ON_THE_LIST) - 2, _LEAST)
    scale = f"1{last:>{room - 1}}"
    lines = [f"{padded('', _names(names))} {scale} {_ON_THE_LIST}"]
    for name, c in zip(names, rows, strict=True):
        low, middle, high = (
            view.robust(shortlist, c, n) for n in ("rank_p05", "rank_p50", "rank_p95")
        )
        drawn = [" "] * room
        if low is not None and middle is not None and high is not None:
            first, end = _column(low, last, room), _column(high, last, room)
            drawn[first : end + 1] = marks.line * (end + 1 - first)
            drawn[_column(middle, last, room)] = marks.middle
        if c.rank:
            drawn[_column(c.rank, last, room)] = marks.dot
        chance = view.shown(view.robust(shortlist, c, "p_top"), "chance")
        right = chance.rjust(len(_ON_THE_LIST))
        lines.append(f"{padded(name, _names(names))} {''.join(drawn)} {right}")
    return lines if any(end is not None for end in ends) else []


def _column(rank: float, last: int, room: int) -> int:
    return round((rank - 1) * (room - 1) / (last - 1))


def _names(names: Sequence[str]) -> int:
    return max((cell_len(name) for name in names), default=0)


def quadrants(shortlist: Shortlist, scene: Scene, width: int, marks: Marks) -> list[str]:
    """Return the growth-concentration plot: growth across, location quotient up."""
    room = max(width - 7, _LEAST)
    growth, lq = values_of(shortlist, scene.shown, GROWTH), values_of(shortlist, scene.shown, LQ)
    across = _Axis.of([*growth.tolist(), *([] if scene.benchmark is None else [scene.benchmark])])
    up = _Axis.of([*lq.tolist(), 1.0])
    grid = [[" "] * room for _ in range(_HEIGHT)]
    one = _HEIGHT - 1 - up.place(1.0, _HEIGHT)
    grid[one] = [marks.across] * room
    if scene.benchmark is not None:
        for row in grid:
            row[across.place(scene.benchmark, room)] = marks.down
        _write_corners(grid)
    places = [
        (across.place(x, room), _HEIGHT - 1 - up.place(y, _HEIGHT))
        for x, y in zip(growth.tolist(), lq.tolist(), strict=True)
    ]
    for c, (x, y) in zip(scene.shown, places, strict=True):
        if not c.shortlisted:
            grid[y][x] = marks.other
    taken: set[tuple[int, int]] = set()
    chosen = [place for c, place in zip(scene.shown, places, strict=True) if c.shortlisted]
    for number, place in enumerate(chosen):
        x, y = _free(place, taken, room)
        taken.add((x, y))
        grid[y][x] = place_mark(number)
    labels = {0: up.high, one: 1.0, _HEIGHT - 1: up.low}
    lines = [
        f"{cell(labels[n], 'ratio') if n in labels else '':>5} {marks.edge}{''.join(row).rstrip()}"
        for n, row in enumerate(grid)
    ]
    return [*lines, _foot(across, scene.benchmark, room)]


def place_mark(number: int) -> str:
    """Return the character of the shortlist's sector number so many, from 0."""
    return PLACES[number] if number < len(PLACES) else "*"


def _free(place: tuple[int, int], taken: set[tuple[int, int]], room: int) -> tuple[int, int]:
    """Return the place, or one beside it where another sector of the shortlist stands there."""
    x, y = place
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (2, 0), (-2, 0), (0, 2), (0, -2)]
    around = [(x + a, y + b) for a, b in steps if 0 <= x + a < room and 0 <= y + b < _HEIGHT]
    return next((spot for spot in around if spot not in taken), place)


def _write_corners(grid: list[list[str]]) -> None:
    room = len(grid[0])
    for row, left, right in ((0, "mature", "star"), (-1, "transforming", "emerging")):
        if room >= len(left) + len(right) + 4:
            grid[row][1 : 1 + len(left)] = left
            grid[row][room - 1 - len(right) : room - 1] = right


def _foot(across: _Axis, benchmark: float | None, room: int) -> str:
    """Return the ends of the growth axis, and the benchmark's growth below its line."""
    foot = [" "] * room
    low, high = _percent(across.low), _percent(across.high)
    foot[: len(low)] = low
    foot[room - len(high) :] = high
    if benchmark is not None:
        text = _percent(benchmark)
        start = min(max(across.place(benchmark, room) - len(text) // 2, 0), room - len(text))
        if not any(char.strip() for char in foot[max(start - 1, 0) : start + len(text) + 1]):
            foot[start : start + len(text)] = text
    return f"{'':>7}{''.join(foot)}".rstrip()


def _percent(growth: float) -> str:
    text = cell(growth, "%/year")
    return text if text.startswith(MINUS) else f"+{text}"


@dataclass(frozen=True, slots=True)
class _Axis:
    """The ends of an axis."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> _Axis:
        low, high = float(np.min(values)), float(np.max(values))
        pad = 0.08 * ((high - low) or max(abs(high), 1.0))
        return cls(low - pad, high + pad)

    def place(self, value: float, cells: int) -> int:
        """Return the cell, from 0, that a value falls into."""
        return round((value - self.low) * (cells - 1) / (self.high - self.low))
