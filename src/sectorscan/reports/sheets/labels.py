"""Where the labels of a scatter go, so that they cover neither one another nor the bubbles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CHARACTER_PIXELS, LINE_PIXELS, GAP_PIXELS = 6.0, 15.0, 3.0
"""Of a 9-point label; a little more than needed, because fonts differ."""

_POSITIONS = ("right", "left", "above", "below")
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Bubble:
    """A circle on the plot, in pixels from its upper left corner, and its label if it has one."""

    x: float
    y: float
    radius: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that two rectangles share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)

    @property
    def area(self) -> float:
        """Its area."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def place(
    bubbles: Sequence[Bubble], width: float, height: float, taken: Sequence[Box] = ()
) -> dict[int, str]:
    """Return the position of each label, by its bubble's place: right, left, above or below.

    The one that covers least is taken, label by label, until nothing changes. A label for which
    no position is free of others' is left out: it stands in the table behind the chart.
    """
    named = [at for at, bubble in enumerate(bubbles) if bubble.label]
    circles = [_box(b.x, b.y, b.radius, b.radius) for b in bubbles]
    page = Box(0, 0, width, height)
    chosen = dict.fromkeys(named, "right")
    boxes = {at: _label_box(bubbles[at], "right") for at in named}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for at in named:
            others = [*taken, *(boxes[other] for other in named if other != at)]
            rivals = [circle for other, circle in enumerate(circles) if other != at]
            costs = {
                position: _cost(_label_box(bubbles[at], position), others, rivals, page)
                for position in _POSITIONS
            }
            chosen[at] = min(_POSITIONS, key=lambda position: costs[position])
            boxes[at] = _label_box(bubbles[at], chosen[at])
        if chosen == before:
            break
    kept: dict[int, str] = {}
    for at in named:
        others = [*taken, *(boxes[other] for other in kept)]
        inside = boxes[at].overlap(page) >= boxes[at].area - 1
        if inside and not any(boxes[at].overlap(other) for other in others):
            kept[at] = chosen[at]
    return kept


def _cost(box: Box, labels: Sequence[Box], circles: Sequence[Box], page: Box) -> float:
    outside = box.area - box.overlap(page)
    return (
        10 * sum(box.overlap(other) for other in labels)
        + sum(box.overlap(other) for other in circles)
        + 20 * outside
    )


def _label_box(bubble: Bubble, position: str) -> Box:
    wide, high = CHARACTER_PIXELS * len(bubble.label) / 2, LINE_PIXELS / 2
    away = bubble.radius + GAP_PIXELS
    x = bubble.x + {"right": away + wide, "left": -away - wide}.get(position, 0.0)
    y = bubble.y + {"above": -away - high, "below": away + high}.get(position, 0.0)
    return _box(x, y, wide, high)


def _box(x: float, y: float, half_width: float, half_height: float) -> Box:
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)
