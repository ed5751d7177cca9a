"""One sector in full, as JSON, CSV or Markdown (``sectorscan explain``)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sectorscan.advice.improvement import improvements
from sectorscan.reports import view
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.markdown import bullets, markdown_table, readiness_lines
from sectorscan.reports.parts import mix_records, neighbour_records, part_records, part_tables
from sectorscan.reports.ranking_json import excluded_record, ranked_record
from sectorscan.reports.text import csv_text, markdown_text
from sectorscan.reports.words import render
from sectorscan.scan.model import Shortlist

SCHEMA = "sectorscan/sector/1"
INDICATOR_COLUMNS = (
    "id",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "source",
    "group",
    "scaled",
    "weight",
    "contribution",
)


def render_sector(shortlist: Shortlist, sector: str, output_format: str) -> str:
    """Return one sector as ``json``, ``csv`` (a row an indicator) or ``markdown``.

    Raises
    ------
    KeyError
        Where no candidate has this id.
    """
    candidate = view.candidate_of(shortlist, sector)
    if output_format == "json":
        return dump(sector_document(shortlist, candidate))
    if output_format == "csv":
        return _csv(shortlist, candidate)
    return "\n".join(_markdown(shortlist, candidate))


def sector_document(shortlist: Shortlist, candidate: view.Candidate) -> Record:
    """Return a sector's record of the ranking, with its parts one level down."""
    panel = shortlist.ranking.indicators.panel
    record = (ranked_record if candidate.rank else excluded_record)(shortlist, candidate)
    return {
        "schema": SCHEMA,
        "synthetic": shortlist.synthetic,
        "region": {"name": panel.region_name, "areas": list(panel.areas)},
        "benchmark": panel.benchmark,
        "period": {"base": panel.base, "end": panel.end, "quarter": panel.quarter},
        "ranked": len(view.ranked(shortlist)),
        "sector": record,
        "improvements": _improvements(shortlist, candidate),
        "summed": list(shortlist.ranking.indicators.sectors[candidate.index].naics),
        "parts": part_records(shortlist, candidate),
        "neighbours": neighbour_records(shortlist, candidate),
        "mix": mix_records(shortlist, candidate),
    }


def _improvements(shortlist: Shortlist, candidate: view.Candidate) -> list[Record]:
    """Return what would move the sector up, the criterion with the most to add first."""
    return [
        {
            "id": one.criterion.id,
            "value": number(one.value),
            "scaled": number(one.scaled),
            "next_value": number(one.next_value),
            "next_scaled": number(one.next_scaled),
            "full_score_adds": number(one.full_score_adds),
        }
        for one in improvements(shortlist.ranking, candidate.index)
    ]


def _rows(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[Record]:
    """Yield every indicator with what it adds to the score, criteria without figures last."""
    record = excluded_record(shortlist, candidate)
    criteria = {criterion["id"]: criterion for criterion in record["criteria"]}
    for indicator in record["indicators"]:
        yield {**criteria.pop(indicator["id"], {}), **indicator}
    yield from criteria.values()


def _csv(shortlist: Shortlist, candidate: view.Candidate) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(INDICATOR_COLUMNS)
    for row in _rows(shortlist, candidate):
        cells = (row.get(column) for column in INDICATOR_COLUMNS)
        writer.writerow(csv_text(cell) if isinstance(cell, str) else cell for cell in cells)
    return text.getvalue()


def _markdown(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[str]:
    advice = candidate.advice
    yield from (f"# {markdown_text(candidate.name)}", "")
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    yield from (_standing(shortlist, candidate), "")
    if advice.summary:
        yield from (markdown_text(view.paragraph(advice.summary)), "")
    if advice.trust is not None:
        yield from (markdown_text(view.paragraph([advice.trust])), "")
    for title, sentences in (
        ("Strengths", advice.strengths),
        ("Concerns", advice.concerns),
        ("Cautions", advice.cautions),
    ):
        yield from bullets(title, [render(sentence) for sentence in sentences])
    yield from readiness_lines(shortlist, candidate)
    yield from _improvement_table(shortlist, candidate)
    yield from _indicator_table(shortlist, candidate)
    yield from part_tables(shortlist, candidate)


def _standing(shortlist: Shortlist, candidate: view.Candidate) -> str:
    ranking, s = shortlist.ranking, candidate.index
    score = view.shown(ranking.score[s], "score")
    low, high = (view.shown(end[s], "score") for end in (ranking.score_low, ranking.score_high))
    if candidate.rank is None:
        reason, wish = candidate.advice.reason, view.would_qualify_if(candidate.advice)
        why = "not shortlisted" if reason is None else view.paragraph([reason])
        parts = [why[:1].upper() + why[1:]]
        parts += [f"It would qualify if {wish}"] if wish else []
        parts += [f"The score it would have is {score} ({low} to {high})"]
        return markdown_text(". ".join(part.rstrip(".") for part in parts) + ".")
    tied = ", tied" if candidate.tied else ""
    return (
        f"Rank {candidate.rank} of {len(view.ranked(shortlist))}{tied}. "
        f"Score {score} ({low} to {high}); tier: {ranking.tier[s] or 'none'}; "
        f"quadrant: {candidate.advice.quadrant or 'not known'}."
    )


def _improvement_table(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[str]:
    found = _improvements(shortlist, candidate)
    if not found:
        return
    yield from ("## What would move it up", "")
    rows = [
        (
            view.label_of(shortlist, one["id"]),
            view.shown(one["value"], view.unit_of(shortlist, one["id"])),
            view.shown(one["next_value"], view.unit_of(shortlist, one["id"])),
            view.shown(one["next_scaled"], "score"),
            view.shown(one["full_score_adds"], "points"),
        )
        for one in found
    ]
    titles = ("Criterion", "Now", "Next step", "It scores", "A full score would add")
    yield from markdown_table(titles, rows, {1, 2, 3, 4})
    yield "The next step is the next corner of the criterion's scale, everything else held."
    yield ""


def _indicator_table(shortlist: Shortlist, candidate: view.Candidate) -> Iterator[str]:
    yield from ("## Indicators", "")
    rows = []
    for row in _rows(shortlist, candidate):
        unit = row["unit"] or ""
        ends = [view.shown(row[end], unit) for end in ("value", "low", "high")]
        weight = None if "weight" not in row else 100 * row["weight"]
        rows.append(
            (
                view.label_of(shortlist, row["id"]),
                *ends,
                unit,
                row["status"],
                view.shown(row.get("scaled"), "score"),
                view.shown(weight, "%"),
                view.shown(row.get("contribution"), "points"),
                row.get("missing_reason") or row["source"] or "–",
            )
        )
    titles = (
        *("Indicator", "Value", "Low", "High", "Unit", "Status", "Scaled, 0-100", "Weight"),
        *("Contribution", "Source"),
    )
    yield from markdown_table(titles, rows, {1, 2, 3, 6, 7, 8})
