"""What filled scorecards say, for scripts: JSON (``sectorscan/scorecards/1``) and CSV."""

from __future__ import annotations

import sectorscan
from sectorscan.readiness.combine import is_stale
from sectorscan.readiness.model import Answer, Readiness, SectorReadiness
from sectorscan.readiness.standing import blocking
from sectorscan.reports.json_text import Record, dump, input_records, number
from sectorscan.reports.readiness import agreement_record, answer_record, scores_record
from sectorscan.reports.table import Value, csv_of

SCHEMA = "sectorscan/scorecards/1"
CSV_COLUMNS = (
    *("sector", "title", "question", "weight", "mean_level", "rater", "level", "date", "stale"),
    *("discuss", "evidence"),
)


def readiness_json(readiness: Readiness) -> str:
    """Return everything that the scorecards say as JSON."""
    return dump(
        {
            "schema": SCHEMA,
            "tool": {"name": "sectorscan", "version": sectorscan.__version__},
            "synthetic": readiness.synthetic,
            "as_of": None if readiness.as_of is None else readiness.as_of.isoformat(),
            "raters": list(readiness.raters),
            "agreement": agreement_record(readiness.agreement),
            "questions": [
                {
                    "id": name,
                    "title": asked.title,
                    "weight": number(asked.weight),
                    "blocks_launch_at": number(asked.blocks_launch_at),
                }
                for name, asked in readiness.questions.items()
            ],
            "inputs": input_records(readiness.inputs),
            "sectors": [_sector(one, readiness) for one in readiness.sectors.values()],
            "cautions": [str(one) for one in readiness.findings if one.severity == "caution"],
            "notes": [str(one) for one in readiness.findings if one.severity == "note"],
        }
    )


def _sector(one: SectorReadiness, readiness: Readiness) -> Record:
    return {
        "id": one.sector,
        "title": one.title,
        **scores_record(one),
        "raters": list(one.raters),
        "blocked_by": list(blocking(one, readiness.questions)),
        "conveners": list(one.conveners),
        "questions": [
            {
                **answer_record(answer),
                "ratings": [
                    {
                        "rater": rating.rater,
                        "level": rating.level,
                        "date": rating.date.isoformat(),
                        "evidence": rating.evidence,
                        "place": rating.place,
                    }
                    for rating in answer.ratings
                ],
            }
            for answer in one.answers
        ],
    }


def readiness_csv(readiness: Readiness) -> str:
    """Return a row a rating; questions without any have one with blanks."""
    return csv_of(CSV_COLUMNS, [row for one in readiness.sectors.values()
                                for answer in one.answers
                                for row in _rows(one, answer, readiness)])  # fmt: skip


def _rows(one: SectorReadiness, answer: Answer, readiness: Readiness) -> list[tuple[Value, ...]]:
    head = (one.sector, one.title, answer.question, answer.weight, answer.level)
    if not answer.ratings:
        return [(*head, None, None, None, None, None, None)]
    return [
        (
            *head,
            rating.rater,
            "unknown" if rating.level is None else rating.level,
            rating.date.isoformat(),
            readiness.as_of is not None and is_stale(rating.date, readiness.as_of),
            answer.discuss,
            rating.evidence,
        )
        for rating in answer.ratings
    ]


def render_readiness(readiness: Readiness, output_format: str) -> str:
    """Return what the scorecards say as ``json``, ``csv`` or ``markdown``."""
    if output_format == "json":
        return readiness_json(readiness)
    if output_format == "csv":
        return readiness_csv(readiness)
    from sectorscan.reports.scorecard.sections import readiness_markdown

    return readiness_markdown(readiness)
