"""What changed between two runs as JSON, schema ``sectorscan/changes/1``: unrounded.

A sector's ``parts`` sum to its ``score_change``.
"""

from __future__ import annotations

import sectorscan
from sectorscan.reports.changes_readiness import because_texts, readiness_sentences
from sectorscan.reports.changes_settings import setting_words
from sectorscan.reports.changes_words import sentence
from sectorscan.reports.json_text import Record, dump, number, whole_numbers
from sectorscan.reports.text import plain
from sectorscan.scan.changes import PARTS, Changes, RunHead, SectorChange, Setting

SCHEMA = "sectorscan/changes/1"


def document(changes: Changes) -> Record:
    """Return the whole result as plain dictionaries, lists, numbers, text and None."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "sectorscan", "version": sectorscan.__version__},
        "synthetic": changes.synthetic,
        "old": run_record(changes.old),
        "new": run_record(changes.new),
        "new_years": list(changes.new_years),
        "revised_years": list(changes.revised_years),
        "revised_rows": changes.revised_rows,
        "settings": [setting_record(one, setting_words(changes, one)) for one in changes.settings],
        "weights": [
            {"id": one.criterion, "old": number(one.old), "new": number(one.new)}
            for one in changes.weights
        ],
        "competitive_scales": changes.competitive,
        "sectors": [sector_record(changes, one) for one in changes.sectors],
        "readiness": [plain(text) for text in readiness_sentences(changes)],
        "cautions": [plain(text) for text in changes.cautions],
    }


def setting_record(one: Setting, text: str) -> Record:
    """Return a setting that differs between two runs."""
    return {
        "name": one.name,
        "old": whole_numbers(one.old),
        "new": whole_numbers(one.new),
        "moves": one.moves,
        "text": plain(text),
    }


def run_record(run: RunHead) -> Record:
    """Return which run is meant."""
    return {
        "run": run.name,
        "date": run.date,
        "version": run.version,
        "region": run.region,
        "period": {"base": run.base, "end": run.end},
        "config_sha256": run.config_sha256,
    }


def sector_record(changes: Changes, one: SectorChange) -> Record:
    """Return what ``sectors`` holds of a sector."""
    now = one.readiness
    parts = one.parts
    return {
        "id": one.id,
        "title": one.title,
        "status": one.status,
        "rank_old": one.rank_old,
        "rank_new": one.rank_new,
        "shortlisted_old": one.shortlisted[0],
        "shortlisted_new": one.shortlisted[1],
        "score_old": number(one.score_old),
        "score_new": number(one.score_new),
        "score_change": number(one.change),
        "parts": None if parts is None else {name: number(parts[name]) for name in PARTS},
        "by_criterion": {
            name: {criterion: number(points) for criterion, points in moved.items()}
            for name, moved in one.by_criterion.items()
        },
        "reason": one.reason or None,
        "tier_old": one.tiers[0],
        "tier_new": one.tiers[1],
        "tier_because": [plain(text) for text in because_texts(one)],
        "readiness_old": None if now is None else number(now.old),
        "readiness_new": None if now is None else number(now.new),
        "readiness_stale_share": None if now is None else number(now.stale_share),
        "readiness_questions": [
            {
                "id": level.question,
                "title": level.title,
                "old": number(level.old),
                "new": number(level.new),
            }
            for level in (now.levels if now else ())
        ],
        "raters_old": now.raters[0] if now else 0,
        "raters_new": now.raters[1] if now else 0,
        "sentence": plain(sentence(changes, one)),
    }


def to_json(changes: Changes) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(changes))
