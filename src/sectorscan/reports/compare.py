"""Sectors side by side, as JSON, CSV or Markdown (``sectorscan compare``)."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator

from sectorscan.advice.compare import comparison_sentences
from sectorscan.reports import view
from sectorscan.reports.facts import fact_records
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.markdown import bullets, markdown_table
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.reports.words import render
from sectorscan.robustness.compare import Comparison, SideBySide
from sectorscan.scan.model import Shortlist
from sectorscan.tables.model import Sector

SCHEMA = "sectorscan/compare/1"


def render_comparison(shortlist: Shortlist, found: SideBySide, output_format: str) -> str:
    """Return a comparison as ``json``, ``csv`` (a row a criterion) or ``markdown``."""
    if output_format == "json":
        return dump(comparison_document(shortlist, found))
    if output_format == "csv":
        return _csv(shortlist, found)
    return "\n".join(_markdown(shortlist, found))


def sums_note(shortlist: Shortlist) -> str:
    """Return what the points are that each column sums to."""
    policy = {
        "neutral": "a figure that is missing counts as 50 (it has points, but no value)",
        "worst": "a figure that is missing has no points",
        "renormalise": "where its figures are missing, the weights of the known ones are scaled up",
        "exclude": "where nobody has a figure, the weights of the others are scaled up",
    }[shortlist.ranking.matrix.missing]
    return f"Points are each sector's own and sum to its score; {policy}."


def said(shortlist: Shortlist, found: SideBySide) -> list[str]:
    """Return the sentences about two sectors, none about more."""
    if found.pair is None:
        return []
    return [render(one) for one in comparison_sentences(shortlist.ranking, found.pair)]


def comparison_document(shortlist: Shortlist, found: SideBySide) -> Record:
    """Return a comparison as plain dictionaries, lists, numbers, text and None."""
    panel, pair, drawing = shortlist.ranking.indicators.panel, found.pair, found.drawing
    sentences = () if pair is None else comparison_sentences(shortlist.ranking, pair)
    return {
        "schema": SCHEMA,
        "synthetic": shortlist.synthetic,
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "benchmark": panel.benchmark,
        "period": {"base": panel.base, "end": panel.end},
        "config": {"path": shortlist.config_name, "sha256": shortlist.config_sha256},
        "sectors": [_sector(shortlist, s) for s in found.sectors],
        "criteria": [_criterion(shortlist, found, k) for k in range(found.points.shape[1])],
        "gap": None if pair is None else number(pair.gap),
        "outweighing": _outweighing(shortlist, pair),
        "reversal": _reversal(shortlist, pair),
        "draws": None
        if drawing is None
        else {
            "draws": drawing.draws,
            "seed": drawing.seed,
            "weights": drawing.weights,
            "spread": number(drawing.spread),
            "beats": [[number(share) for share in row] for row in found.beats or ()],
        },
        "sentences": said(shortlist, found),
        "facts": fact_records(sentences),
    }


def _sector(shortlist: Shortlist, s: int) -> Record:
    ranking = shortlist.ranking
    sector = ranking.indicators.sectors[s]
    return {
        "id": sector.id,
        "title": sector.title or sector.id,
        "rank": int(ranking.rank[s]) or None,
        "score": number(ranking.score[s]),
        "coverage": number(ranking.coverage[s]),
        "excluded": ranking.exclusion[s],
    }


def _criterion(shortlist: Shortlist, found: SideBySide, k: int) -> Record:
    ranking = shortlist.ranking
    criterion = ranking.matrix.criteria[k]
    return {
        "id": criterion.id,
        "group": criterion.group,
        "weight": number(criterion.weight),
        "unit": view.unit_of(shortlist, criterion.id) or None,
        "sectors": [
            {
                "value": number(ranking.matrix.value[s, k]),
                "scaled": number(ranking.scaled[s, k]),
                "points": number(found.points[row, k]),
            }
            for row, s in enumerate(found.sectors)
        ],
        "difference": None if found.pair is None else number(found.pair.differences[k]),
    }


def _outweighing(shortlist: Shortlist, pair: Comparison | None) -> list[str] | None:
    if pair is None or pair.outweighing is None:
        return None
    return [shortlist.ranking.matrix.criteria[k].id for k in pair.outweighing]


def _reversal(shortlist: Shortlist, pair: Comparison | None) -> Record | None:
    if pair is None or pair.reversal is None:
        return None
    criteria = [criterion.id for criterion in shortlist.ranking.matrix.criteria]
    least = pair.reversal.least
    then = None if least.weights is None else [number(weight) for weight in least.weights]
    return {
        "weights": [
            {
                "id": hold.id,
                "kind": hold.kind,
                "weight": number(hold.weight),
                "order_holds": [number(hold.low), number(hold.high)],
            }
            for hold in pair.reversal.weights
        ],
        "values": [
            {
                "id": one.criterion,
                "now": number(one.now),
                "needed": number(one.value),
                "needed_with_scale_moving": number(one.moving) if one.moves else None,
            }
            for one in pair.reversal.values
        ],
        "least_weight_change": number(least.change),
        "weights_then": None if then is None else dict(zip(criteria, then, strict=True)),
        "dominated_by": least.dominated_by,
        "solved_exactly": least.exact,
    }


def _csv(shortlist: Shortlist, found: SideBySide) -> str:
    """Return a row a criterion with each sector's value, 0-100 value and points, then the score."""
    names = [shortlist.ranking.indicators.sectors[s].id for s in found.sectors]
    parts = ("value", "scaled", "points")
    columns = ["id", "weight", *(f"{name} {part}" for name in names for part in parts)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([csv_text(column) for column in [*columns, "difference"]])
    for k in range(found.points.shape[1]):
        row = _criterion(shortlist, found, k)
        cells = [one[part] for one in row["sectors"] for part in parts]
        writer.writerow([csv_text(row["id"]), row["weight"], *cells, row["difference"]])
    scores = [number(shortlist.ranking.score[s]) for s in found.sectors]
    gap = None if found.pair is None else number(found.pair.gap)
    writer.writerow(["score", 1, *(cell for score in scores for cell in (None, None, score)), gap])
    return text.getvalue()


def points_rows(shortlist: Shortlist, found: SideBySide) -> list[tuple[str, ...]]:
    """Return a row a criterion, those that set the sectors apart most first, and the score."""
    ranking, criteria = shortlist.ranking, shortlist.ranking.matrix.criteria
    spread = found.points.max(axis=0) - found.points.min(axis=0)
    rows = []
    for k in sorted(range(len(criteria)), key=lambda k: (-spread[k], k)):
        unit = view.unit_of(shortlist, criteria[k].id)
        cells = [
            text
            for row, s in enumerate(found.sectors)
            for text in (
                view.shown(float(ranking.matrix.value[s, k]), unit),
                _points(ranking.scaled[s, k], found.points[row, k]),
            )
        ]
        apart = [] if found.pair is None else [_signed(float(found.pair.differences[k]))]
        weight = view.shown(100 * criteria[k].weight, "%")
        rows.append((view.label_of(shortlist, criteria[k].id), weight, *cells, *apart))
    scores = [text for s in found.sectors for text in ("", view.shown(ranking.score[s], "score"))]
    gap = [] if found.pair is None else [_signed(found.pair.gap)]
    return [*rows, ("Score", "", *scores, *gap)]


def _points(scaled: float, points: float) -> str:
    return "–" if math.isnan(scaled) and points == 0 else view.shown(float(points), "points")


def _signed(points: float) -> str:
    text = view.shown(points, "points")
    return f"+{text}" if points > 0 else text


def reversal_rows(shortlist: Shortlist, pair: Comparison) -> list[tuple[str, ...]]:
    """Return a row a known criterion: weight now, where the order turns, the value that would."""
    if pair.reversal is None:
        return []
    holds = {hold.id: hold for hold in pair.reversal.weights if hold.kind == "criterion"}
    known = view.known_criteria(shortlist)
    rows: list[tuple[str, ...]] = []
    for one in pair.reversal.values:
        if one.criterion not in known:
            continue
        hold, unit = holds.get(one.criterion), view.unit_of(shortlist, one.criterion)
        ends = []
        if hold is not None and hold.low > 0:
            ends.append(f"below {view.shown(100 * hold.low, '%')}")
        if hold is not None and hold.high < 1:
            ends.append(f"above {view.shown(100 * hold.high, '%')}")
        now = "–" if hold is None else view.shown(100 * hold.weight, "%")
        needed = "not on this alone" if one.value is None else view.shown(one.value, unit)
        if one.moves and one.value is not None:
            needed += f" ({view.shown(one.moving, unit)} where the scale moves along)"
        rows.append(
            (
                view.label_of(shortlist, one.criterion),
                now,
                " or ".join(ends) or "never",
                view.shown(one.now, unit),
                needed,
            )
        )
    return rows


def draw_rows(shortlist: Shortlist, found: SideBySide) -> list[tuple[str, ...]]:
    """Return a row a sector: in how many of the draws it is ahead of each."""
    names = [shortlist.ranking.indicators.sectors[s].id for s in found.sectors]
    return [
        (
            names[row],
            *("" if row == c else view.shown(100 * share, "%") for c, share in enumerate(shares)),
        )
        for row, shares in enumerate(found.beats or ())
    ]


def headers(shortlist: Shortlist, found: SideBySide) -> tuple[str, ...]:
    """Return the titles of ``points_rows``."""
    names = [shortlist.ranking.indicators.sectors[s].id for s in found.sectors]
    each = [title for name in names for title in (f"{name}: value", f"{name}: points")]
    return ("Criterion", "Weight", *each, *(() if found.pair is None else ("Difference",)))


REVERSAL_TITLES = (
    *("Criterion", "Weight now", "Order turns where weighed"),
    *("Value now", "Value needed"),
)


def _markdown(shortlist: Shortlist, found: SideBySide) -> Iterator[str]:
    names = [view.candidate_of(shortlist, s.id).name for s in _sectors(shortlist, found)]
    yield from (f"# {' or '.join(markdown_text(name) for name in names)}?", "")
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    yield from bullets("In words", said(shortlist, found))
    yield from ("## Where the points come from", "")
    titles = headers(shortlist, found)
    yield from markdown_table(titles, points_rows(shortlist, found), range(1, len(titles)))
    yield from (sums_note(shortlist), "")
    if found.pair is not None and found.pair.reversal is not None:
        yield from ("## What would turn the two round", "")
        yield from markdown_table(REVERSAL_TITLES, reversal_rows(shortlist, found.pair), {1, 3})
    if found.beats and found.pair is None:
        yield from ("## How often each is ahead", "")
        ids = [sector.id for sector in _sectors(shortlist, found)]
        yield from markdown_table(("Ahead of", *ids), draw_rows(shortlist, found))


def _sectors(shortlist: Shortlist, found: SideBySide) -> list[Sector]:
    return [shortlist.ranking.indicators.sectors[s] for s in found.sectors]
