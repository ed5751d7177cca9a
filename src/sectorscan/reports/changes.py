"""What changed between two runs: JSON (schema ``sectorscan/changes/1``), CSV, Markdown, terminal.

JSON and CSV are unrounded. A sector's ``parts`` sum to its ``score_change``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import sectorscan
from sectorscan.reports.changes_words import (
    data_words,
    period,
    readiness_sentences,
    revision_words,
    sentence,
    setting_words,
    signed,
)
from sectorscan.reports.json_text import Record, dump, number
from sectorscan.reports.section import Section, report_markdown, show_report
from sectorscan.reports.table import Value, csv_of
from sectorscan.reports.text import plain
from sectorscan.reports.words import cell
from sectorscan.reports.write import text_writers
from sectorscan.scan.changes import PARTS, Changes, RunHead, SectorChange

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA = "sectorscan/changes/1"
_HEADS: Mapping[str, str] = {
    "data": "New\ndata",
    "revision": "Revised\nhistory",
    "config": "Weights,\nsettings",
    "method": "Method",
    "competitors": "Other\ncandidates",
}
PARTS_MEANING = (
    "Each part is what the score would have moved by that change alone, averaged over all orders "
    "in which the changes could have come; the parts sum to the change."
)


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
        "settings": [
            {"name": one.name, "old": number(one.old), "new": number(one.new)}
            for one in changes.settings
        ],
        "competitive_scales": changes.competitive,
        "sectors": [_record(changes, one) for one in changes.sectors],
        "readiness": list(readiness_sentences(changes)),
        "cautions": list(changes.cautions),
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


def _record(changes: Changes, one: SectorChange) -> Record:
    now = one.readiness
    parts = one.parts
    return {
        "id": one.id,
        "title": one.title,
        "status": one.status,
        "rank_old": one.rank_old,
        "rank_new": one.rank_new,
        "score_old": number(one.score_old),
        "score_new": number(one.score_new),
        "score_change": number(one.change),
        "parts": None if parts is None else {name: number(parts[name]) for name in PARTS},
        "by_criterion": {
            name: {criterion: number(points) for criterion, points in moved.items()}
            for name, moved in one.by_criterion.items()
        },
        "reason": one.reason or None,
        "readiness_old": None if now is None else number(now.old),
        "readiness_new": None if now is None else number(now.new),
        "readiness_stale_share": None if now is None else number(now.stale_share),
        "sentence": plain(sentence(changes, one)),
    }


def to_json(changes: Changes) -> str:
    """Return the whole result as JSON text that ends with a newline."""
    return dump(document(changes))


def to_csv(changes: Changes) -> str:
    r"""Return a row a sector as CSV with ``\n`` line ends; formulas are neutralised."""
    names = (
        *("id", "title", "status", "rank_old", "rank_new", "score_old", "score_new"),
        *("score_change", *PARTS, "readiness_old", "readiness_new", "reason"),
    )
    rows: Iterator[list[Value]] = (_row(_record(changes, one), names) for one in changes.sectors)
    return csv_of(names, rows)


def _row(record: Record, names: tuple[str, ...]) -> list[Value]:
    flat = {**record, **(record["parts"] or {})}
    return [flat.get(name) for name in names]


def heading(changes: Changes) -> str:
    """Return the title of the report."""
    return f"{changes.new.region}: what changed, {changes.old.name} to {changes.new.name}"


def sections(changes: Changes) -> Iterator[Section]:
    """Yield the report's parts: words first, then the figures, then what is to be raised."""
    yield Section("In words", tuple(_told(changes)))
    yield Section("What differs between the two runs", tuple(_differences(changes)))
    ranked = [one for one in changes.sectors if one.status == "ranked"]
    if ranked:
        titles = (
            *("Rank\nthen", "Rank\nnow", "Sector", "Score\nthen", "Score\nnow", "Change"),
            *(_HEADS[name] for name in _shown(changes)),
        )
        right = frozenset(range(len(titles))) - {2}
        rows = [_cells(changes, one) for one in ranked]
        yield Section("Every sector", (PARTS_MEANING,), titles, rows, right)
    moved = [one for one in changes.sectors if one.status in ("entered", "left")]
    if moved:
        told = tuple(sentence(changes, one) for one in moved)
        yield Section("Entries and exits", told)
    raised = tuple(readiness_sentences(changes))
    if raised:
        yield Section("Readiness to look at", raised)
    if changes.cautions:
        yield Section("Cautions", changes.cautions)


def _told(changes: Changes) -> Iterator[str]:
    """Yield the sentences of the shortlist, then and now."""
    for one in changes.sectors:
        ranks = [rank for rank in (one.rank_old, one.rank_new) if rank is not None]
        if ranks and min(ranks) <= changes.top:
            yield sentence(changes, one)


def _differences(changes: Changes) -> Iterator[str]:
    old, new = changes.old, changes.new
    if (old.base, old.end) == (new.base, new.end):
        yield f"Period: {period(new.base, new.end)}, as before."
    else:
        yield f"Period: {period(old.base, old.end)}, now {period(new.base, new.end)}."
    if changes.new_years:
        yield f"Came in: {data_words(changes)}."
    rows = f"{changes.revised_rows:,} row{'s' if changes.revised_rows != 1 else ''} of the tables"
    if changes.revised_rows:
        yield f"Revised: {rows} ({revision_words(changes)})."
    else:
        yield "Revised: no figure of the years that both have."
    settings = [setting_words(changes, one) for one in changes.settings]
    yield f"Settings: {'; '.join(settings)}." if settings else "Settings: the same."
    if old.version != new.version:
        yield f"Version: {old.version}, now {new.version}."


def _shown(changes: Changes) -> tuple[str, ...]:
    """Return the parts that have a column: those that can't differ from 0 have none."""
    moved = {
        name for one in changes.sectors for name, points in (one.parts or {}).items() if points != 0
    }
    always = {"data", "revision", "config"} | ({"competitors"} if changes.competitive else set())
    return tuple(name for name in PARTS if name in always | moved)


def _cells(changes: Changes, one: SectorChange) -> tuple[str, ...]:
    def score(value: float | None) -> str:
        return "–" if value is None else cell(value, "score")

    def points(value: float | None) -> str:
        return "–" if value is None else signed(value)

    parts = one.parts or {}
    return (
        str(one.rank_old),
        str(one.rank_new),
        f"{one.title} ({one.id})" if one.title != one.id else one.title,
        score(one.score_old),
        score(one.score_new),
        points(one.change),
        *(points(parts.get(name)) for name in _shown(changes)),
    )


def to_markdown(changes: Changes) -> str:
    """Return the report as Markdown."""
    return report_markdown(heading(changes), sections(changes), synthetic=changes.synthetic)


def show(changes: Changes, console: Console) -> None:
    """Print the report on a terminal."""
    show_report(heading(changes), sections(changes), console, synthetic=changes.synthetic)


RENDERERS: Mapping[str, Callable[[Changes], str]] = {
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
}
"""What each format of standard output is."""

WRITERS: Mapping[str, Callable[[Changes], bytes]] = text_writers(
    lambda changes, output_format: RENDERERS[output_format](changes)
)
"""What each ending is written with."""
