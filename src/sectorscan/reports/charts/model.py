"""What a chart is: its definition, what it says in words, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite definition: JSON, its rows inline, no address to load anything from."""

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table behind a chart.

    ``name`` is stable, ``title`` for people; ``unit`` picks the number format
    (``reports.words.cell``) and is ``""`` for text.
    """

    name: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of a shortlist.

    ``name`` is stable and fit for a file's name; ``alt`` says in a few sentences what the picture
    shows; ``rows`` hold the result's own numbers, unrounded, None where not known; ``notes`` say
    what the picture leaves out and why, ``subtitle`` what its marks mean.
    """

    name: str
    title: str
    alt: str
    spec: Spec
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    subtitle: str = ""

    def records(self) -> list[Mapping[str, Value]]:
        """Return the rows by the columns' names."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Look:
    """How charts are drawn.

    ``width`` of the whole picture in pixels, ``dark`` for light ink on a dark ground, ``most`` of
    the ranked sectors that a chart with a line a sector has (the shortlist is always whole).
    ``framed`` puts the title, the region and the source into the picture, for a picture that
    stands alone.
    """

    width: int = 760
    dark: bool = False
    most: int = 40
    framed: bool = False
