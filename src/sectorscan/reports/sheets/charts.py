"""Sheet *Charts*: growth and concentration, what scores consist of, likely ranks; their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sectorscan.reports import view
from sectorscan.reports.sheets import bubbles, grid, palette, shortlist, weights
from sectorscan.reports.sheets import layout as at
from sectorscan.reports.sheets.bubbles import HEIGHT, SHEET, WIDTH
from sectorscan.reports.sheets.grid import Book, Column, Formula, Value
from sectorscan.reports.sheets.layout import Layout

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TOP = 3
_ROWS_A_CHART, _ROW_POINTS = 30, 17
_FIGURES_AT = 17
"""The column from which on the figures behind the charts stand, beyond what is printed."""
_FEWEST, _MOST = 15, 25
"""So many sectors on the charts of scores and ranks, the whole shortlist if it lies between."""
_MEANING = (
    "The charts' figures stand to the right, from column R on. Contributions follow the present "
    "weights; † and likely ranks hold for the original ones."
)


def write(book: Book, layout: Layout) -> None:
    """Write the sheet; it is left out where nothing could be ranked."""
    if not layout.can_be_ranked:
        return
    sheet = book.sheet(SHEET)
    sheet.set_default_row(_ROW_POINTS)
    grid.put(sheet, 0, 0, _MEANING, book.format(italic=True))
    weights.put_notice(book, sheet, 1)
    below = bubbles.write(book, sheet, layout, (_TOP, 0), _FIGURES_AT)
    breaks = [_TOP + _ROWS_A_CHART]
    row = _TOP + _ROWS_A_CHART
    figures = max(below + 2, row)
    figures = _contributions(book, sheet, layout, row, figures)
    if layout.shortlist.robustness is not None and view.ranked(layout.shortlist):
        row += _ROWS_A_CHART
        breaks.append(row)
        _intervals(book, sheet, layout, row, figures + 2)
    sheet.print_area(0, 0, row + _ROWS_A_CHART - 1, _FIGURES_AT - 2)
    sheet.set_h_pagebreaks(breaks)


def _shown(layout: Layout) -> int:
    top = layout.shortlist.config.outputs.top
    return min(layout.can_be_ranked, max(_FEWEST, min(top, _MOST)))


def _contributions(book: Book, sheet: Worksheet, layout: Layout, row: int, figures: int) -> int:
    """Write the stacked bars of the present ranking; return the row below their figures."""
    filled = bool(layout.widths["filled"])
    titles = [group.title.capitalize() for group in layout.groups]
    titles += ["Missing figures, each counted as 50"] if filled else []
    columns = [Column("Sector, as ranked now", 36)]
    columns += [Column(f"{title}, points", 12, grid.ONE_DECIMAL) for title in titles]
    rows = [_contribution_row(layout, place) for place in range(_shown(layout))]
    below = grid.write_table(book, sheet, figures, columns, rows, first=_FIGURES_AT, widths=False)
    chart = book.workbook.add_chart(
        {"type": "bar", "subtype": "stacked", "name": "What scores consist of"}
    )
    for place, title in enumerate(titles):
        column = _FIGURES_AT + 1 + place
        color = "#BBBBBB" if place >= len(layout.groups) else palette.of_group(place)
        chart.add_series(
            {
                "name": title.replace("!", "! "),
                "categories": [SHEET, figures + 1, _FIGURES_AT, below - 1, _FIGURES_AT],
                "values": [SHEET, figures + 1, column, below - 1, column],
                "fill": {"color": color},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 40,
            }
        )
    _bars(chart, "What scores consist of, by group (present weights)", "Points of the score")
    alt = (
        "Stacked bars: for each of the first sectors of the present ranking the points of its "
        "score that each group of criteria contributes. The table to the right has the figures."
    )
    sheet.insert_chart(row, 0, chart, bubbles.placed(alt))
    return below


def _contribution_row(layout: Layout, place: int) -> list[Value]:
    s = layout.candidates[place].index
    ranked = layout.candidates[place].rank is not None
    on = shortlist.row_on_scores(layout, place)
    parts = layout.ranking.contribution[s]
    cells: list[Value] = [
        Formula(
            f'IF({on}="","",INDEX({at.SCORES}!{layout.down("sector")},{on}))',
            layout.candidates[place].name if ranked else "",
        )
    ]
    for group in layout.groups:
        first = layout.down("contribution", group.first).split(":")[0]
        last = layout.down("contribution", group.first + group.count - 1).split(":")[1]
        own = parts[group.first : group.first + group.count]
        points = float(own[own == own].sum()) if ranked else 0.0
        text = f'IF({on}="",0,SUM(INDEX({at.SCORES}!{first}:{last},{on},0)))'
        cells.append(Formula(text, points))
    if layout.widths["filled"]:
        rest = float(layout.ranking.score[s] - parts[parts == parts].sum()) if ranked else 0.0
        contributions = f"SUM(INDEX({_whole(layout)},{on},0))"
        score = f"INDEX({at.SCORES}!{layout.down('score')},{on})"
        cells.append(Formula(f'IF({on}="",0,{score}-{contributions})', rest))
    return cells


def _whole(layout: Layout) -> str:
    first = layout.down("contribution", 0).split(":")[0]
    last = layout.down("contribution", len(layout.criteria) - 1).split(":")[1]
    return f"{at.SCORES}!{first}:{last}"


def _intervals(book: Book, sheet: Worksheet, layout: Layout, row: int, figures: int) -> None:
    """Write the bars of likely ranks: nine draws in ten, the middle one where colors meet."""
    candidates = view.ranked(layout.shortlist)[: _shown(layout)]
    columns = (
        Column("Sector, original order", 36),
        Column("Rank, 5 % of the draws at or above", 12, grid.PLACE),
        Column("Rank in the middle draw", 10, grid.PLACE),
        Column("Rank, 95 % of the draws at or above", 10, grid.PLACE),
        Column("Left of the bar", 10, grid.GENERAL),
        Column("To the middle", 10, grid.GENERAL),
        Column("From the middle", 10, grid.GENERAL),
    )
    rows = []
    for candidate in candidates:
        low, middle, high = (
            view.robust(layout.shortlist, candidate, name) or 0.0
            for name in ("rank_p05", "rank_p50", "rank_p95")
        )
        # A rank is drawn from half a place before it to half a place after.
        parts = (low - 0.5, middle - low + 0.5, high - middle + 0.5) if low else (0.0, 0.0, 0.0)
        rows.append([candidate.name, low or None, middle or None, high or None, *parts])
    below = grid.write_table(book, sheet, figures, columns, rows, first=_FIGURES_AT, widths=False)
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked", "name": "Likely ranks"})
    for place, (title, color) in enumerate(
        (("", None), ("From 5 % of the draws to the middle one", palette.of_group(0)),
         ("From the middle draw to 95 %", palette.of_group(4)))
    ):  # fmt: skip
        column = _FIGURES_AT + 4 + place
        chart.add_series(
            {
                "name": title or "Before",
                "categories": [SHEET, figures + 1, _FIGURES_AT, below - 1, _FIGURES_AT],
                "values": [SHEET, figures + 1, column, below - 1, column],
                "fill": {"color": color} if color else {"none": True},
                "border": {"none": True},
                "gap": 60,
            }
        )
    _bars(
        chart,
        "Likely ranks: nine draws in ten (original weights)",
        "Rank, 1 is first; the two shades meet at the middle draw",
    )
    # The first series is there to hold the bars off the axis; a legend would name it.
    chart.set_legend({"none": True})
    alt = (
        "Bars from the rank that 5 % of the draws reach to the one that 95 % reach, for the first "
        "sectors of the original ranking; the two shades meet at the middle draw. The table to the "
        "right has the figures."
    )
    sheet.insert_chart(row, 0, chart, bubbles.placed(alt))


def _bars(chart: Any, title: str, values: str) -> None:
    chart.set_title({"name": title, "name_font": {"size": 13, "color": grid.INK}})
    # In a bar chart XlsxWriter's y axis is the one with the names.
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis(
        {"name": values, "min": 0, "num_format": "0", "label_position": "high",
         "major_gridlines": {"visible": True, "line": {"color": "#E3E8EB", "width": 0.5}}}
    )  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
