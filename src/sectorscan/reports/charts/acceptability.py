"""In how many of the draws each sector takes each rank, as a heat map."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.charts import rows as lines
from sectorscan.reports.charts import theme
from sectorscan.reports.charts.model import Chart, Column, Look, Spec, Value
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist

NAME = "acceptability"
TITLE = "How often each sector takes each rank"
_NUMBERED_FROM = 30.0
"""Cells from this width in pixels on have their number in them."""


def acceptability(shortlist: Shortlist, look: Look) -> Chart | None:
    """Return the heat map, None without draws."""
    found = shortlist.robustness
    drawn = lines.shown(shortlist, look)
    if found is None or not drawn:
        return None
    shares = {c.index: _shares(shortlist, c) for c in view.ranked(shortlist)}
    ranks = found.acceptability.p_rank.shape[1]
    columns = (
        Column("rank", "Rank", "rank"),
        Column("sector", "Sector"),
        *(Column(f"rank_{n}", f"Takes rank {n}, share of the draws", "chance")
          for n in range(1, ranks + 1)),
    )  # fmt: skip
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (c.rank, c.name, *(shares[c.index] or (None,) * ranks)) for c in view.ranked(shortlist)
    )
    subtitle = "The darker, the more of the draws; a sector's line adds up to 100 %."
    if look.dark:
        subtitle = subtitle.replace("darker", "brighter")
    spec = _spec(drawn, shares, look)
    notes = (view.draws_note(shortlist), *lines.left_out(shortlist, drawn))
    whole = theme.finished(spec, theme.Told(TITLE, subtitle, notes), shortlist, look)
    return Chart(NAME, TITLE, _alt(drawn, shares), whole, columns, rows, notes, subtitle)


def _shares(shortlist: Shortlist, c: view.Candidate) -> list[float] | None:
    """Return the share of the draws of each rank, None where the sector takes part in none."""
    found = shortlist.robustness
    place = None if found is None else found.place.get(view.verbatim_id(shortlist, c))
    if found is None or place is None:
        return None
    return [float(share) for share in found.acceptability.p_rank[place]]


def _spec(
    drawn: Sequence[view.Candidate], shares: dict[int, list[float] | None], look: Look
) -> Spec:
    texts = lines.line_labels(drawn, look)
    columns = len(drawn)
    values = [
        {"line": text, "sector": c.name, "place": n + 1, "share": share,
         "text": cell(share, "chance")}
        for c, text in zip(drawn, texts, strict=True)
        for n, share in enumerate((shares[c.index] or [])[:columns])
        if share > 0
    ]  # fmt: skip
    own = theme.colors(look)
    width = lines.plot_width(texts, look, 10)
    axis = lines.line_axis(texts)
    across = {
        "field": "place", "type": "ordinal",
        "scale": {"domain": list(range(1, columns + 1)), "paddingInner": 0.06},
        "axis": {"title": "Rank (1 is the best)", "labelAngle": 0, "labelOverlap": True},
    }  # fmt: skip
    color = {
        "field": "share", "type": "quantitative",
        "scale": {"type": "sqrt", "domain": [0, 1], "range": [own.grid, own.strong]},
        "legend": {"title": "Share of the draws", "format": ".0%",
                   "values": [0.01, 0.1, 0.25, 0.5, 1]},
    }  # fmt: skip
    tooltip = [
        {"field": "sector", "type": "nominal", "title": "Sector"},
        {"field": "place", "type": "ordinal", "title": "Rank"},
        {"field": "text", "type": "nominal", "title": "Share of the draws"},
    ]
    layers: list[Spec] = [
        {"mark": {"type": "rect"},
         "encoding": {"y": axis, "x": across, "color": color, "tooltip": tooltip}}
    ]  # fmt: skip
    if width / columns >= _NUMBERED_FROM:
        layers.append({
            "mark": {"type": "text", "fontSize": 10, "aria": False},
            "encoding": {"y": axis, "x": across, "text": {"field": "text", "type": "nominal"},
                         "color": {"value": own.ink, "condition": {
                             "test": "datum.share > 0.5", "value": own.ground}}},
        })  # fmt: skip
    return {"width": width, "height": {"step": lines.STEP}, "data": {"values": values},
            "layer": layers}  # fmt: skip


def _alt(drawn: Sequence[view.Candidate], shares: dict[int, list[float] | None]) -> str:
    told = []
    for c in drawn:
        own = shares[c.index]
        if c.shortlisted and own:
            best = max(range(len(own)), key=lambda n: own[n])
            told.append(f"{c.name}: rank {best + 1} in {cell(own[best], 'chance')}")
    return (
        f"Heat map of {len(drawn)} ranked sectors by rank: the share of the draws. The likeliest "
        f"rank on the shortlist is, for {'; '.join(told) or 'none'}."
    )
