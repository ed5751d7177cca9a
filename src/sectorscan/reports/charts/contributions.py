"""Where the scores come from: each sector's points by group of criteria, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sectorscan.reports import view
from sectorscan.reports.charts import labels, theme
from sectorscan.reports.charts import rows as lines
from sectorscan.reports.charts.model import Chart, Column, Look, Spec, Value
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.scan.model import Shortlist
from sectorscan.sources.scope import listed

NAME = "contributions"
TITLE = "Where the scores come from"
FILLED = "filled in for missing figures"
_ROOM_FOR_SCORE = 44
_LEGEND_SYMBOL = 24
_EPSILON = 1e-9
_MOST_NAMED = 4


def groups(shortlist: Shortlist) -> tuple[str, ...]:
    """Return the groups that have weight, in the config's order, as the result has them."""
    criteria = shortlist.ranking.matrix.criteria
    return tuple(dict.fromkeys(c.group for c in criteria if c.weight > 0))


def group_points(shortlist: Shortlist, s: int) -> dict[str, float | None]:
    """Return a sector's points by group; None where none of a group's criteria is known."""
    ranking = shortlist.ranking
    points: dict[str, float | None] = {}
    for group in groups(shortlist):
        places = [n for n, c in enumerate(ranking.matrix.criteria) if c.group == group]
        known = [p for p in ranking.contribution[s, places].tolist() if not np.isnan(p)]
        points[group] = float(sum(known)) if known else None
    return points


def filled_in(shortlist: Shortlist, s: int) -> float:
    """Return the points that stand in for missing figures (``missing: neutral``), mostly 0."""
    known = sum(points or 0.0 for points in group_points(shortlist, s).values())
    gap = float(shortlist.ranking.score[s]) - known
    return gap if gap > _EPSILON else 0.0


def group_words(groups: Sequence[str]) -> list[str]:
    """Return what people read for each group: ``job quality``, no two the same."""
    plain_words = (plain(group).replace("_", " ") or "(no name)" for group in groups)
    return labels.distinct([FILLED, *plain_words])[1:]


def contributions(shortlist: Shortlist, look: Look) -> Chart | None:
    """Return the stacked bars of the ranked sectors, best first; None where nobody is ranked."""
    drawn = lines.shown(shortlist, look)
    if not drawn:
        return None
    names = groups(shortlist)
    words = group_words(names)
    filled = any(filled_in(shortlist, c.index) for c in view.ranked(shortlist))
    columns = (
        Column("rank", "Rank", "rank"),
        Column("sector", "Sector"),
        Column("score", "Score, 0 to 100", "score"),
        *(Column(f"group_{n}", f"{w[:1].upper()}{w[1:]}, points", "points")
          for n, w in enumerate(words)),
        *([Column("filled_in", "Filled in for missing figures, points", "points")] * filled),
    )  # fmt: skip
    rows = tuple(_row(shortlist, c, filled=filled) for c in view.ranked(shortlist))
    subtitle = (
        "Points of the score by group of criteria; the whole bar is the score, 0 to 100. Dashed "
        "line: end of the shortlist."
    )
    spec = _spec(shortlist, drawn, words, look, filled=filled)
    notes = (*lines.left_out(shortlist, drawn), *_missing(shortlist, drawn, words))
    alt = _alt(shortlist, drawn, words)
    whole = theme.finished(spec, theme.Told(TITLE, subtitle, notes), shortlist, look)
    return Chart(NAME, TITLE, alt, whole, columns, rows, notes, subtitle)


def _row(shortlist: Shortlist, c: view.Candidate, *, filled: bool) -> tuple[Value, ...]:
    extra = (filled_in(shortlist, c.index),) if filled else ()
    score = view.number(float(shortlist.ranking.score[c.index]))
    return (c.rank, c.name, score, *group_points(shortlist, c.index).values(), *extra)


def _spec(
    shortlist: Shortlist,
    drawn: Sequence[view.Candidate],
    words: Sequence[str],
    look: Look,
    *,
    filled: bool,
) -> Spec:
    texts = lines.line_labels(drawn, look)
    parts, totals = [], []
    for c, text in zip(drawn, texts, strict=True):
        points = list(group_points(shortlist, c.index).values())
        score = float(shortlist.ranking.score[c.index])
        base = {"line": text, "sector": c.name}
        parts += [
            {**base, "group": word, "order": n, "points": one}
            for n, (word, one) in enumerate(zip(words, points, strict=True))
            if one is not None
        ]
        if filled:
            stand_in = filled_in(shortlist, c.index)
            parts.append({**base, "group": FILLED, "order": len(words), "points": stand_in})
        totals.append({"line": text, "score": score, "text": cell(score, "score")})
    own = theme.colors(look)
    width = lines.plot_width(texts, look, _ROOM_FOR_SCORE)
    domain = [*words, *([FILLED] * filled)]
    palette = [*theme.series(look, len(words)), *([own.weak] * filled)]
    axis = lines.line_axis(texts)
    across = {"type": "quantitative", "scale": {"domain": [0, 100]},
              "axis": {"title": "Points of the score", "tickCount": 5}}  # fmt: skip
    color = {"field": "group", "type": "nominal", "sort": None,
             "scale": {"domain": domain, "range": palette},
             "legend": {"title": None, "columns": _legend_columns(domain, width)}}  # fmt: skip
    bars = {
        "data": {"values": parts},
        "mark": {"type": "bar", "stroke": own.ground, "strokeWidth": 1},
        "encoding": {
            "y": axis, "x": {"field": "points", **across, "stack": "zero"}, "color": color,
            "order": {"field": "order", "type": "quantitative"}, "tooltip": _tooltip(),
        },
    }  # fmt: skip
    scores = {
        "data": {"values": totals},
        "mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold", "aria": False},
        "encoding": {"y": axis, "x": {"field": "score", **across},
                     "text": {"field": "text", "type": "nominal"}},
    }  # fmt: skip
    return {
        "width": width,
        "height": {"step": lines.STEP},
        "layer": [bars, scores, *lines.end_of_shortlist(drawn, look)],
    }


def _legend_columns(words: Sequence[str], width: float) -> int:
    widest = max(labels.text_width(word, theme.FONT_SIZE) for word in words)
    return max(1, int(width // (widest + _LEGEND_SYMBOL)))


def _tooltip() -> list[Spec]:
    return [
        {"field": "sector", "type": "nominal", "title": "Sector"},
        {"field": "group", "type": "nominal", "title": "Group"},
        {"field": "points", "type": "quantitative", "title": "Points", "format": ".1f"},
    ]


def _missing(
    shortlist: Shortlist, drawn: Sequence[view.Candidate], words: Sequence[str]
) -> tuple[str, ...]:
    told = []
    for word, group in zip(words, groups(shortlist), strict=True):
        without = [c.name for c in drawn if group_points(shortlist, c.index)[group] is None]
        if len(without) == len(drawn):
            told.append(f"No figures of {word}, of any sector.")
        elif without:
            told.append(f"No figures of {word}: {listed(without, _MOST_NAMED)}.")
    return tuple(told)


def _alt(shortlist: Shortlist, drawn: Sequence[view.Candidate], words: Sequence[str]) -> str:
    told = []
    for c in drawn:
        if c.shortlisted:
            points = dict(zip(words, group_points(shortlist, c.index).values(), strict=True))
            told.append(f"{c.name}: {_largest(points)} of {_score(shortlist, c)} points")
    return (
        f"Stacked bars of {len(drawn)} ranked sectors: the points that each group of criteria "
        f"gives. The largest part on the shortlist is, for {'; '.join(told) or 'none'}."
    )


def _score(shortlist: Shortlist, c: view.Candidate) -> str:
    return cell(float(shortlist.ranking.score[c.index]), "score")


def _largest(points: Mapping[str, float | None]) -> str:
    known = {word: one for word, one in points.items() if one is not None}
    if not known:
        return "none"
    word = max(known, key=lambda name: known[name])
    return f"{word} with {cell(known[word], 'points')}"
