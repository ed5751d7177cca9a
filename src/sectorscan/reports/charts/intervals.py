"""How firm the ranks are: each sector's rank in nine draws of ten, and its chance of the list."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.charts import rows as lines
from sectorscan.reports.charts import theme
from sectorscan.reports.charts.model import Chart, Column, Look, Spec, Value
from sectorscan.scan.model import Shortlist

NAME = "rank-intervals"
TITLE = "How firm the ranks are"
_ROOM_FOR_CHANCE = 66
_NUMBERS = ("rank_p05", "rank_p50", "rank_p95", "p_top")


def rank_intervals(shortlist: Shortlist, look: Look) -> Chart | None:
    """Return the chart, None without draws."""
    found = shortlist.robustness
    drawn = lines.shown(shortlist, look)
    if found is None or not drawn:
        return None
    columns = (
        Column("rank", "Rank", "rank"),
        Column("sector", "Sector"),
        Column("rank_p05", "Rank, 5 % of the draws at or above", "rank"),
        Column("rank_p50", "Rank in the middle draw", "rank"),
        Column("rank_p95", "Rank, 95 % of the draws at or above", "rank"),
        Column("p_top", "On the shortlist, share of the draws", "chance"),
    )
    rows = tuple(_row(shortlist, c) for c in view.ranked(shortlist))
    subtitle = (
        "Dot: its rank. Line: where its rank lies in nine of ten draws; stroke: in the middle one. "
        f"At the right: in how many draws it is among the first {found.top}."
    )
    notes = (view.draws_note(shortlist), *lines.left_out(shortlist, drawn), *_unknown(rows))
    told = theme.Told(TITLE, subtitle, notes)
    whole = theme.finished(_spec(shortlist, drawn, look), told, shortlist, look)
    return Chart(NAME, TITLE, _alt(shortlist, drawn), whole, columns, rows, notes, subtitle)


def _row(shortlist: Shortlist, c: view.Candidate) -> tuple[Value, ...]:
    return (c.rank, c.name, *(view.robust(shortlist, c, name) for name in _NUMBERS))


def _spec(shortlist: Shortlist, drawn: Sequence[view.Candidate], look: Look) -> Spec:
    texts = lines.line_labels(drawn, look)
    values = []
    for c, text in zip(drawn, texts, strict=True):
        numbers = {name: view.robust(shortlist, c, name) for name in _NUMBERS}
        chance = view.shown(numbers["p_top"], "chance")
        values.append(
            {"line": text, "sector": c.name, "rank": c.rank, **numbers, "chance": chance,
             "listed": theme.listed(c)}
        )  # fmt: skip
    last = max([1.0, *(float(v["rank_p95"] or v["rank"] or 1) for v in values)])
    width = lines.plot_width(texts, look, _ROOM_FOR_CHANCE)
    return {
        "width": width,
        "height": {"step": lines.STEP},
        "data": {"values": values},
        "layer": _layers(texts, last, width, look),
    }


def _layers(texts: Sequence[str], last: float, width: float, look: Look) -> list[Spec]:
    own = theme.colors(look)
    axis = {**lines.line_axis(texts)}
    ticks = {"title": "Rank (1 is the best)", "format": "d", "values": _ticks(last)}
    across = {"type": "quantitative", "axis": ticks,
              "scale": {"domain": [0.5, last + 0.5], "nice": False, "zero": False}}  # fmt: skip
    color = theme.listed_color(look)

    # Without "filter", a rank that isn't known would be drawn at 0.
    def mark(kind: str, **more: object) -> Spec:
        return {"type": kind, "invalid": "filter", **more}

    return [
        {"mark": mark("rule", strokeWidth=5, strokeCap="round", opacity=0.55),
         "encoding": {"y": axis, "x": {"field": "rank_p05", **across},
                      "x2": {"field": "rank_p95"}, "color": color, "tooltip": _tooltip()}},
        {"mark": mark("tick", thickness=2, size=14, color=own.ink),
         "encoding": {"y": axis, "x": {"field": "rank_p50", **across}, "tooltip": _tooltip()}},
        {"mark": mark("circle", size=70, opacity=1, stroke=own.ground, strokeWidth=1),
         "encoding": {"y": axis, "x": {"field": "rank", **across}, "color": color,
                      "tooltip": _tooltip()}},
        {"mark": mark("text", align="right", aria=False),
         "encoding": {"y": axis, "x": {"value": width + _ROOM_FOR_CHANCE - 12},
                      "text": {"field": "chance", "type": "nominal"}}},
        {"data": {"values": [{}]},
         "mark": mark("text", align="right", baseline="bottom", color=own.muted, aria=False),
         "encoding": {"y": {"value": -4}, "x": {"value": width + _ROOM_FOR_CHANCE - 12},
                      "text": {"value": "On the list"}}},
    ]  # fmt: skip


def _ticks(last: float) -> list[int]:
    """Return 1 and round ranks up to the last drawn, at most about ten of them."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10**6) if last / step <= 10)
    return sorted({1, *range(step, int(last) + 1, step)})


def _tooltip() -> list[Spec]:
    def rank(field: str, title: str) -> Spec:
        return {"field": field, "type": "quantitative", "title": title, "format": ".0f"}

    return [
        {"field": "sector", "type": "nominal", "title": "Sector"},
        rank("rank", "Rank"),
        rank("rank_p05", "5 % of the draws at or above"),
        rank("rank_p50", "Middle draw"),
        rank("rank_p95", "95 % of the draws at or above"),
        {"field": "chance", "type": "nominal", "title": "On the shortlist"},
    ]


def _unknown(rows: Sequence[tuple[Value, ...]]) -> tuple[str, ...]:
    names = [str(row[1]) for row in rows if row[2] is None]
    return (f"In no draw: {'; '.join(names)}.",) if names else ()


def _alt(shortlist: Shortlist, drawn: Sequence[view.Candidate]) -> str:
    told = "; ".join(
        f"{c.name}, rank {c.rank}: {view.likely_ranks(shortlist, c)}, on the shortlist in "
        f"{view.shown(view.robust(shortlist, c, 'p_top'), 'chance')} of the draws"
        for c in drawn
        if c.shortlisted
    )
    return (
        f"Rank intervals of {len(drawn)} ranked sectors: the ranks in nine of ten draws. "
        f"The shortlist: {told or 'none'}."
    )
