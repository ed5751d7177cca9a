"""Where labels stand so that none hides another: worked out here, the same for every renderer.

All in pixels of the plot, x to the right and y down.
"""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.tables.model import FloatArray

MOST_LINES = 2
_LINE_CHARS = 26
_SLACK = 1.06
"""Room for a browser that has none of the fonts named."""

_WIDTHS = {
    **dict.fromkeys("ijl'|", 0.22),
    **dict.fromkeys(" ftI.,:;/\\![]", 0.28),
    **dict.fromkeys('()-r"`*', 0.36),
    **dict.fromkeys("ckszvxyJ", 0.5),
    **dict.fromkeys("FTLZ+=<>~^", 0.61),
    **dict.fromkeys("ABEKPSVXY&", 0.67),
    **dict.fromkeys("CDHNRUw", 0.72),
    **dict.fromkeys("GOQ", 0.78),
    **dict.fromkeys("mM%", 0.89),
    **dict.fromkeys("W@…—", 1.02),
}
"""Widths in em of Arial, Helvetica and Liberation Sans, which are the same."""
_USUAL_WIDTH = 0.56
_STEPS = (4.0, 10.0, 18.0, 28.0, 40.0, 56.0, 76.0, 100.0)
_DIRECTIONS = (0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202)
"""Degrees against the clock; right of the bubble reads best, so it comes first."""
_LEADER_FROM = 9.0
_ON_STRONG, _ON_WEAK, _ON_LINE, _ON_LABEL = 6.0, 1.0, 120.0, 10_000.0
"""What it costs to lie on a bubble that is labelled or not (a square pixel), on a cross-hair, and
for a label and the line to another to cross."""


def distinct(texts: Iterable[str]) -> list[str]:
    """Return texts of which no two are the same: two lines of a chart would fall into one."""
    found: list[str] = []
    for text in texts:
        unique, count = text, 1
        while unique in found:
            count += 1
            unique = f"{text} [{count}]"
        found.append(unique)
    return found


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: Box) -> bool:
        """Return whether the two share more than an edge."""
        across = self.x0 < other.x1 and other.x0 < self.x1
        return across and self.y0 < other.y1 and other.y0 < self.y1

    def within(self, other: Box) -> bool:
        """Return whether it lies wholly inside the other."""
        across = other.x0 <= self.x0 and self.x1 <= other.x1
        return across and other.y0 <= self.y0 and self.y1 <= other.y1


@dataclass(frozen=True, slots=True)
class Bubbles:
    """(N,) each: centers, radii, and whether a bubble is to be labelled."""

    x: FloatArray
    y: FloatArray
    radius: FloatArray
    strong: FloatArray


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's rectangle, what is taken in it, and its vertical and horizontal lines."""

    box: Box
    taken: tuple[Box, ...]
    verticals: tuple[float, ...]
    horizontals: tuple[float, ...]


Segment = tuple[float, float, float, float]
"""A line from (x, y) to (x, y)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label's rectangle, the line from its bubble's edge where it stands apart, its alignment."""

    box: Box
    leader: Segment | None
    align: str


def text_width(text: str, size: float) -> float:
    """Return how wide a line of text is in pixels, a little on the safe side."""
    return size * _SLACK * sum(_char_width(char) for char in text)


def _char_width(char: str) -> float:
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return _USUAL_WIDTH if char.isascii() or char.islower() else 0.75


def lines_of(text: str) -> list[str]:
    """Return a title in at most two short lines, cut with three dots where it is longer."""
    return textwrap.wrap(
        text, _LINE_CHARS, max_lines=MOST_LINES, placeholder=" ...", break_long_words=True
    ) or [""]


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines that fit a width; a word longer than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(cut(word, width, size))
    return lines


def cut(text: str, width: float, size: float) -> str:
    """Return a line cut so that it fits a width."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "...", size) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;(") + "..."


def spread(wanted: Sequence[float], gap: float, least: float) -> list[float]:
    """Return heights at least ``gap`` apart, in the same order, as near as can be to those wanted.

    ``wanted`` is sorted and no height lies above ``least``. Neighbors that would overlap share
    their distance: least squares by pooling them (Barlow et al. 1972, "Statistical Inference under
    Order Restrictions").
    """
    pools: list[tuple[float, int]] = []
    for place, height in enumerate(wanted):
        total, count = height - gap * place, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            earlier, members = pools.pop()
            total, count = total + earlier, count + members
        pools.append((total, count))
    bases = [total / count for total, count in pools for _ in range(count)]
    return [max(base, least) + gap * place for place, base in enumerate(bases)]


def placed(
    bubbles: Bubbles, wanted: Sequence[tuple[int, float, float]], frame: Frame
) -> list[Label | None]:
    """Return where each label stands, None where no place is left that hides no other label.

    ``wanted``: the bubble's place, and the label's width and height; the first choose first.
    """
    taken, leaders = list(frame.taken), list[Segment]()
    labels: list[Label | None] = []
    for place, width, height in wanted:
        best, least = None, math.inf
        for distance, box in _choices(bubbles, place, width, height):
            if not box.within(frame.box) or any(box.overlaps(other) for other in taken):
                continue
            label = Label(box, _leader(box, bubbles, place), _align(box, float(bubbles.x[place])))
            crossed = sum(_crosses(line, box) for line in leaders)
            if label.leader is not None:
                crossed += sum(_crosses(label.leader, other) for other in taken)
            cost = 3 * distance + _cost(box, bubbles, place, frame) + _ON_LABEL * crossed
            if cost < least - 1e-9:
                best, least = label, cost
        labels.append(best)
        if best is not None:
            taken.append(best.box)
            leaders += [best.leader] if best.leader is not None else []
    return labels


def _align(box: Box, x: float) -> str:
    """Return the side on which the text is flush: the one that faces its bubble."""
    if box.x0 >= x:
        return "left"
    return "right" if box.x1 <= x else "center"


def _crosses(line: Segment, box: Box) -> bool:
    """Return whether a line runs through a rectangle (looked at point by point)."""
    x, y, to_x, to_y = line
    steps = max(2, math.ceil(math.hypot(to_x - x, to_y - y) / 2))
    return any(
        box.x0 < x + (to_x - x) * n / steps < box.x1
        and box.y0 < y + (to_y - y) * n / steps < box.y1
        for n in range(steps + 1)
    )


def _choices(
    bubbles: Bubbles, place: int, width: float, height: float
) -> Iterator[tuple[float, Box]]:
    x, y = float(bubbles.x[place]), float(bubbles.y[place])
    for step in _STEPS:
        reach = float(bubbles.radius[place]) + step
        for degrees in _DIRECTIONS:
            along, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            # The box touches the circle with the side, or the corner, that faces it.
            left = x + reach * along - width * (1 - along) / 2
            top = y - reach * up - height * (1 + up) / 2
            yield step, Box(left, top, left + width, top + height)


def _cost(box: Box, bubbles: Bubbles, own: int, frame: Frame) -> float:
    across = np.minimum(box.x1, bubbles.x + bubbles.radius) - np.maximum(
        box.x0, bubbles.x - bubbles.radius
    )
    down = np.minimum(box.y1, bubbles.y + bubbles.radius) - np.maximum(
        box.y0, bubbles.y - bubbles.radius
    )
    covered = np.clip(across, 0, None) * np.clip(down, 0, None)
    covered[own] *= 0.5  # Its corner of the bubble's square is mostly empty.
    weight = np.where(bubbles.strong > 0, _ON_STRONG, _ON_WEAK)
    crossed = sum(box.x0 < x < box.x1 for x in frame.verticals)
    crossed += sum(box.y0 < y < box.y1 for y in frame.horizontals)
    return float((covered * weight).sum()) + _ON_LINE * crossed


def _leader(box: Box, bubbles: Bubbles, place: int) -> Segment | None:
    x, y, radius = (float(a[place]) for a in (bubbles.x, bubbles.y, bubbles.radius))
    to_x, to_y = min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1)
    gap = math.hypot(to_x - x, to_y - y)
    if gap - radius < _LEADER_FROM:
        return None
    share = radius / gap
    return x + share * (to_x - x), y + share * (to_y - y), to_x, to_y
