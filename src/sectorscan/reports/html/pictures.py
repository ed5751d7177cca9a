"""The page's charts: their definitions for several widths, and the tables behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.charts import all_charts, theme
from sectorscan.reports.charts.acceptability import NAME as HEAT_MAP
from sectorscan.reports.charts.concentration import NAME as BUBBLES
from sectorscan.reports.charts.contributions import FILLED, groups
from sectorscan.reports.charts.contributions import NAME as CONTRIBUTIONS
from sectorscan.reports.charts.contributions import group_words as words_of
from sectorscan.reports.charts.model import Chart, Column, Look, Value
from sectorscan.reports.charts.rows import shown
from sectorscan.reports.html.assembly import held
from sectorscan.reports.json_text import Record
from sectorscan.scan.model import Shortlist

WIDTHS = (330, 640, 1060)
"""Widths in pixels for a phone, a tablet or a printed page, a desk's screen."""
MOST = 20
"""Sectors in a chart with a line a sector; the shortlist is always whole."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart of the page, for each of ``WIDTHS``; ``titles`` and ``cells`` are its table."""

    looks: tuple[Chart, ...]
    titles: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    @property
    def chart(self) -> Chart:
        """The chart as it is on a wide screen."""
        return self.looks[-1]

    @property
    def follows(self) -> bool:
        """Whether the chart is drawn again when weights are moved."""
        return self.chart.name == CONTRIBUTIONS


def pictures(shortlist: Shortlist) -> tuple[Picture, ...]:
    """Return the charts, none where nobody is ranked."""
    if not view.ranked(shortlist):
        return ()
    by_width = [all_charts(shortlist, Look(width=width, most=MOST)) for width in WIDTHS]
    lines = len(shown(shortlist, Look(most=MOST)))
    return tuple(_picture(looks, lines) for looks in zip(*by_width, strict=True))


def _picture(looks: tuple[Chart, ...], lines: int) -> Picture:
    """Return a chart with its table: of the sectors that are drawn, ``lines`` of them."""
    chart = looks[-1]
    columns, rows = chart.columns, chart.rows
    if chart.name != BUBBLES:
        rows = rows[:lines]
    if chart.name == HEAT_MAP:
        columns, rows = columns[: 2 + lines], tuple(row[: 2 + lines] for row in rows)
    return picture(looks, columns, rows)


def picture(
    looks: tuple[Chart, ...], columns: Sequence[Column], rows: Sequence[Sequence[Value]]
) -> Picture:
    """Return a chart at each width with its table."""
    return Picture(
        looks,
        tuple(column.title for column in columns),
        tuple(
            tuple(_text(value, column) for value, column in zip(row, columns, strict=True))
            for row in rows
        ),
        tuple(bool(column.unit) for column in columns),
    )


def _text(value: Value, column: Column) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else view.shown(float(value), column.unit)


def group_words(shortlist: Shortlist) -> dict[str, str]:
    """Return what people read for each group of the config, the same in sliders and charts."""
    drawn = groups(shortlist)
    words = dict(zip(drawn, words_of(drawn), strict=True))
    rest = [name for name in shortlist.config.criteria if name not in words]
    return {**words, **dict(zip(rest, words_of(rest), strict=True))}


def drawings(drawn: tuple[Picture, ...]) -> Record:
    """Return what ``charts.js`` draws: each chart's definitions, and the colors of the dark."""
    return {
        "each": [
            {
                "follows": one.follows,
                "looks": [
                    {"spec": look.spec, "notes": [held(note) for note in look.notes]}
                    for look in one.looks
                ],
            }
            for one in drawn
        ],
        "widths": WIDTHS,
        "most": MOST,
        "dark": _dark(),
        "series": theme.LIGHT.series,
        "filled": {"word": FILLED, "color": theme.LIGHT.weak},
    }


def _dark() -> dict[str, str]:
    """Return the dark ground's color for each of the light one's."""
    pairs = [
        (getattr(theme.LIGHT, name), getattr(theme.DARK, name))
        for name in ("ground", "ink", "muted", "grid", "strong", "weak", "rule")
    ]
    pairs += list(zip(theme.LIGHT.series, theme.DARK.series, strict=True))
    # Where one light color has two uses, the first named decides.
    return dict(reversed(pairs))
