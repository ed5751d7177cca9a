"""Charts with a line a sector: which sectors, what each line is called, how high it is."""

from __future__ import annotations

from collections.abc import Sequence

from sectorscan.reports import view
from sectorscan.reports.charts import labels, theme
from sectorscan.reports.charts.model import Look, Spec
from sectorscan.scan.model import Shortlist

STEP = 22
_LABEL_SHARE = 0.4


def shown(shortlist: Shortlist, look: Look) -> tuple[view.Candidate, ...]:
    """Return the first ``look.most`` ranked sectors, the shortlist whole."""
    ranked = view.ranked(shortlist)
    listed = sum(candidate.shortlisted for candidate in ranked)
    return ranked[: max(look.most, listed)]


def left_out(shortlist: Shortlist, drawn: Sequence[view.Candidate]) -> tuple[str, ...]:
    """Return the note on the ranked sectors that aren't drawn, if any."""
    more = len(view.ranked(shortlist)) - len(drawn)
    return (f"The first {len(drawn)} ranked sectors are drawn; {more} more aren't.",) * (more > 0)


def line_labels(drawn: Sequence[view.Candidate], look: Look) -> list[str]:
    """Return a label for each sector, ``1  541 Title``, cut to fit; no two are the same.

    The rank comes first, so the code is never what is cut.
    """
    width = _LABEL_SHARE * look.width
    starts = (f"{c.rank}{'=' if c.tied else ''}. " for c in drawn)
    texts = (start + c.label for start, c in zip(starts, drawn, strict=True))
    return labels.distinct(labels.cut(text, width, theme.FONT_SIZE) for text in texts)


def label_width(texts: Sequence[str]) -> float:
    """Return how wide the widest label is, in pixels."""
    return max((labels.text_width(text, theme.FONT_SIZE) for text in texts), default=0.0)


def plot_width(texts: Sequence[str], look: Look, right: float) -> float:
    """Return what is left for the plot beside its labels, with so much room at its right."""
    return float(max(round(look.width - label_width(texts) - right - 30), 120))


def line_axis(texts: Sequence[str]) -> Spec:
    """Return the vertical axis: one line a sector, in the order given."""
    return {
        "field": "line",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(texts)},
        "axis": {"title": None, "labelLimit": 0, "ticks": False, "domain": False,
                 "labelPadding": 6},
    }  # fmt: skip


def end_of_shortlist(drawn: Sequence[view.Candidate], look: Look) -> list[Spec]:
    """Return the line under the shortlist, none where nothing else is drawn."""
    listed = sum(candidate.shortlisted for candidate in drawn)
    if listed in (0, len(drawn)):
        return []
    own = theme.colors(look)
    mark = {"type": "rule", "color": own.rule, "strokeDash": [5, 4], "aria": False}
    return [{"data": {"values": [{}]}, "mark": mark, "encoding": {"y": {"value": STEP * listed}}}]
