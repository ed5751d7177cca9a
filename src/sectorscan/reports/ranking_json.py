"""The ranking as JSON, schema ``sectorscan/ranking/1`` (docs/schemas/ranking-1.schema.json).

Numbers are unrounded: the shortest text that reads back as the same float. Sentences are rounded
for people, so each comes with its ``facts``: where in the result a number stands, its unrounded
value, and the text that shows it. The output is plain ASCII (anything else is escaped), so it
survives every console's encoding and can't carry a terminal escape.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import sectorscan
from sectorscan.advice.model import Recommendation
from sectorscan.reports import view
from sectorscan.reports.facts import fact_records, said
from sectorscan.reports.json_text import (
    Record,
    dump,
    input_records,
    number,
    panel_record,
    whole_numbers,
)
from sectorscan.reports.readiness import readiness_record
from sectorscan.robustness.model import NUMBERS
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.model import Criterion

SCHEMA = "sectorscan/ranking/1"


def to_json(shortlist: Shortlist) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(shortlist))


def document(shortlist: Shortlist) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    panel = shortlist.ranking.indicators.panel
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": shortlist.synthetic,
        **panel_record(panel),
        "config": config_record(shortlist),
        "inputs": input_records(shortlist.inputs),
        "totals": {
            "employment": {
                str(year): number(shortlist.totals[year]) for year in sorted(shortlist.totals)
            },
            "estimated_share": number(shortlist.estimated_share),
            "mean_interval_width_pct": number(shortlist.mean_interval_width_pct),
            "mean_interval_width_jobs": number(shortlist.mean_interval_width_jobs),
        },
        "sectors": [ranked_record(shortlist, candidate) for candidate in view.ranked(shortlist)],
        "robustness": _draws(shortlist),
        "excluded": [
            excluded_record(shortlist, candidate) for candidate in view.unranked(shortlist)
        ],
        "region_indicators": _region(shortlist, shortlist.ranking.indicators.region),
        "benchmark_indicators": _region(shortlist, shortlist.ranking.indicators.benchmark),
        "cautions": list(shortlist.cautions),
        "notes": list(shortlist.notes),
    }


def _draws(shortlist: Shortlist) -> Record | None:
    """Return how the draws were made, None where there were none."""
    found = shortlist.robustness
    if found is None:
        return None
    return {
        "draws": found.draws,
        "seed": found.seed,
        "weights": found.weights,
        "spread": number(found.spread),
        "figures_drawn": found.figures,
        "note": view.draws_note(shortlist),
    }


def config_record(shortlist: Shortlist) -> Record:
    """Return the criteria in force and the settings beside them."""
    config = shortlist.config
    return {
        "path": shortlist.config_name,
        "sha256": shortlist.config_sha256,
        "what_if": dict(shortlist.what_if),
        "aggregation": config.aggregation,
        "missing": config.missing,
        "min_coverage": number(config.min_coverage),
        "top": config.outputs.top,
        "gates": [whole_numbers(gate.model_dump(exclude_none=True)) for gate in config.gates],
        "criteria": [
            {
                "id": criterion.id,
                "group": criterion.group,
                "weight": number(criterion.weight),
                "direction": criterion.direction,
                "scale": _scale(criterion),
            }
            for criterion in shortlist.ranking.matrix.criteria
        ],
    }


def _scale(criterion: Criterion) -> Record:
    scale = criterion.scale
    if scale.method != "points":
        return {"method": scale.method}
    points = [[number(x), number(y)] for x, y in scale.points or ()]
    return {"method": "points", "points": points, "log": scale.log}


def ranked_record(shortlist: Shortlist, candidate: view.Candidate) -> Record:
    """Return what ``sectors`` holds of a ranked sector."""
    ranking, s, advice = shortlist.ranking, candidate.index, candidate.advice
    sector = ranking.indicators.sectors[s]
    return {
        "rank": candidate.rank,
        "tied": candidate.tied,
        "shortlisted": candidate.shortlisted,
        "id": sector.id,
        "title": sector.title or sector.id,
        "naics": list(sector.codes),
        "naics_except": list(sector.excluded),
        **_scores(shortlist, s),
        "tier": ranking.tier[s],
        "readiness": readiness_record(shortlist, candidate),
        "quadrant": advice.quadrant,
        "reason_codes": list(advice.reason_codes),
        "criteria": _criteria(shortlist, s),
        "indicators": _indicators(shortlist, s),
        "gates": _gates(shortlist, s),
        "robustness": _robustness(shortlist, candidate),
        "justification": _justification(advice),
    }


def excluded_record(shortlist: Shortlist, candidate: view.Candidate) -> Record:
    """Return what ``excluded`` holds of a sector that isn't ranked."""
    ranking, s, advice = shortlist.ranking, candidate.index, candidate.advice
    sector = ranking.indicators.sectors[s]
    why = [sentence for sentence in (advice.reason, advice.would_qualify_if) if sentence]
    return {
        "id": sector.id,
        "title": sector.title or sector.id,
        "naics": list(sector.codes),
        "naics_except": list(sector.excluded),
        "exclusion": ranking.exclusion[s],
        "reason": None if advice.reason is None else said(advice.reason),
        "would_qualify_if": (
            None if advice.would_qualify_if is None else said(advice.would_qualify_if)
        ),
        **_scores(shortlist, s),
        "would_rank": int(ranking.would_rank[s]) or None,
        "quadrant": advice.quadrant,
        "reason_codes": list(advice.reason_codes),
        "criteria": _criteria(shortlist, s),
        "indicators": _indicators(shortlist, s),
        "gates": _gates(shortlist, s),
        "robustness": _robustness(shortlist, candidate),
        "justification": _justification(advice),
        "facts": fact_records(why),
    }


def _robustness(shortlist: Shortlist, candidate: view.Candidate) -> Record | None:
    """Return a sector's numbers from the draws, None where there were none."""
    if shortlist.robustness is None:
        return None
    numbers = {name: number(view.robust(shortlist, candidate, name)) for name in NUMBERS}
    return {**numbers, "band": view.band(shortlist, candidate) or None}


def _scores(shortlist: Shortlist, s: int) -> Record:
    ranking = shortlist.ranking
    return {
        "score": number(ranking.score[s]),
        "score_low": number(ranking.score_low[s]),
        "score_high": number(ranking.score_high[s]),
        "coverage": number(ranking.coverage[s]),
    }


def _criteria(shortlist: Shortlist, s: int) -> list[Record]:
    ranking = shortlist.ranking
    matrix, table = ranking.matrix, ranking.indicators
    records = []
    for c, criterion in enumerate(matrix.criteria):
        place = table.ids.index(criterion.id) if criterion.id in table.ids else None
        known = math.isfinite(matrix.value[s, c])
        records.append(
            {
                "id": criterion.id,
                "group": criterion.group,
                "value": number(matrix.value[s, c]),
                "low": number(matrix.low[s, c]),
                "high": number(matrix.high[s, c]),
                "unit": None if place is None else table.units[place],
                "status": "missing" if place is None else str(table.status[s, place]),
                "scaled": number(ranking.scaled[s, c]) if known else None,
                "weight": number(criterion.weight),
                "contribution": number(ranking.contribution[s, c]) if known else None,
                "source": None if place is None else table.sources[place] or None,
            }
        )
    return records


def _indicators(shortlist: Shortlist, s: int) -> list[Record]:
    table = shortlist.ranking.indicators
    sector = table.sectors[s].id
    records = []
    for i, indicator in enumerate(table.ids):
        record: Record = {
            "id": indicator,
            "value": number(table.value[s, i]),
            "low": number(table.low[s, i]),
            "high": number(table.high[s, i]),
            "unit": table.units[i],
            "status": str(table.status[s, i]),
            "source": table.sources[i] or None,
        }
        if record["value"] is None:
            record["missing_reason"] = table.missing_reason.get((sector, indicator))
        records.append(record)
    return records


def _gates(shortlist: Shortlist, s: int) -> list[Record]:
    outcomes = shortlist.ranking.gates[s]
    details = shortlist.recommendations[s].gate_details
    records = []
    for place, outcome in enumerate(outcomes):
        detail = said(details[place]) if len(details) == len(outcomes) else None
        records.append(
            {
                "effect": outcome.effect,
                "triggered": outcome.triggered,
                "unknown": outcome.unknown,
                "straddles": outcome.straddles,
                "tests": [
                    {
                        "indicator": indicator,
                        "bound": word,
                        "limit": number(limit),
                        "value": number(value),
                    }
                    for indicator, word, limit, value in outcome.tests
                ],
                "detail": detail,
            }
        )
    return records


def _justification(advice: Recommendation) -> Record:
    sentences = (
        *((advice.headline,) if advice.headline else ()),
        *advice.summary,
        *advice.strengths,
        *advice.concerns,
        *advice.cautions,
        *advice.gate_details,
        *((advice.trust,) if advice.trust else ()),
    )
    return {
        "headline": view.in_one_line(advice),
        "summary": view.paragraph(advice.summary),
        "strengths": [said(sentence) for sentence in advice.strengths],
        "concerns": [said(sentence) for sentence in advice.concerns],
        "cautions": [said(sentence) for sentence in advice.cautions],
        "trust": None if advice.trust is None else said(advice.trust),
        "facts": fact_records(sentences),
    }


def _region(shortlist: Shortlist, figures: Mapping[str, float]) -> list[Record]:
    """Return figures of all industries in the table's order, others after them by name."""
    ids = shortlist.ranking.indicators.ids
    known = [indicator for indicator in ids if indicator in figures]
    others = sorted(set(figures) - set(ids))
    return [
        {
            "id": indicator,
            "value": number(figures[indicator]),
            "unit": view.unit_of(shortlist, indicator) or None,
        }
        for indicator in (*known, *others)
    ]
