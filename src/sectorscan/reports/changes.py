"""What changed between two runs: JSON (schema ``sectorscan/changes/1``), CSV, Markdown, terminal.

JSON and CSV are unrounded. A sector's ``parts`` sum to its ``score_change``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from sectorscan.reports.changes_json import sector_record, to_json
from sectorscan.reports.changes_readiness import readiness_section, tier_sentence
from sectorscan.reports.changes_settings import only_weight, setting_words
from sectorscan.reports.changes_words import (
    data_words,
    ordinal,
    period,
    revision_words,
    sentence,
    signed,
)
from sectorscan.reports.json_text import Record
from sectorscan.reports.section import Section, report_markdown, show_report
from sectorscan.reports.table import Value, csv_of
from sectorscan.reports.words import cell
from sectorscan.reports.write import text_writers
from sectorscan.scan.changes import PARTS, Changes, SectorChange, Setting

if TYPE_CHECKING:
    from rich.console import Console

_HEADS: Mapping[str, str] = {
    "data": "New\ndata",
    "revision": "Revised\nhistory",
    "config": "Weights,\nsettings",
    "method": "Method",
    "competitors": "Other\ncandidates",
}
_MOST_SETTINGS = 12
PARTS_MEANING = (
    "Each part is what the score would have moved by that change alone, averaged over all orders "
    "in which the changes could have come; the parts sum to the change. Each figure is rounded by "
    "itself, so that their last digits may not add up."
)


def to_csv(changes: Changes) -> str:
    r"""Return a row a sector as CSV with ``\n`` line ends; formulas are neutralised."""
    names = (
        *("id", "title", "status", "rank_old", "rank_new", "score_old", "score_new"),
        *("score_change", *PARTS, "tier_old", "tier_new", "readiness_old", "readiness_new"),
        "reason",
    )
    rows: Iterator[list[Value]] = (
        _row(sector_record(changes, one), names) for one in changes.sectors
    )
    return csv_of(names, rows)


def _row(record: Record, names: tuple[str, ...]) -> list[Value]:
    flat = {**record, **(record["parts"] or {})}
    return [flat.get(name) for name in names]


def heading(changes: Changes) -> str:
    """Return the title of the report."""
    old, new = changes.old.name, changes.new.name
    # A run that is being made has its day's name, which an earlier one of that day has too.
    runs = f"since {old}, on the same day" if f"{old}-".startswith(f"{new}-") else f"{old} to {new}"
    return f"{changes.new.region}: what changed{', ' if ' to ' in runs else ' '}{runs}"


def sections(changes: Changes) -> Iterator[Section]:
    """Yield the report's parts: words first, then the figures, then what is to be raised."""
    ranked = [one for one in changes.sectors if one.status == "ranked"]
    yield Section("In words", tuple(_told(changes)))
    if changes.cautions:
        yield Section("Cautions", changes.cautions)
    yield Section("What differs between the two runs", tuple(_differences(changes)))
    yield from _weights(changes)
    yield from readiness_section(changes)
    if ranked:
        titles = (
            *("Rank\nthen", "Rank\nnow", "Sector", "Score\nthen", "Score\nnow", "Change"),
            *(_HEADS[name] for name in _shown(changes)),
        )
        right = frozenset(range(len(titles))) - {2}
        rows = [_cells(changes, one) for one in ranked]
        meaning = () if changes.why_not else (PARTS_MEANING,)
        yield Section("Every sector", meaning, titles, rows, right)
    moved = [one for one in changes.sectors if one.status in ("entered", "left")]
    if moved and ranked:
        told = tuple(sentence(changes, one) for one in moved)
        yield Section("Entries and exits", told)


def _told(changes: Changes) -> Iterator[str]:
    """Yield the sentences of the shortlist, then and now, and of tiers that changed."""
    ranked = [one for one in changes.sectors if one.status == "ranked"]
    if not ranked:
        counts = [sum(one.status == status for one in changes.sectors)
                  for status in ("left", "entered")]  # fmt: skip
        yield (
            f"Nothing can be compared: {counts[0]} sectors were ranked then, and {counts[1]} "
            "others are ranked now."
        )
        return
    yield _shortlist(changes)
    for one in changes.sectors:
        if any(one.shortlisted):
            yield sentence(changes, one)
    for one in changes.sectors:
        if not any(one.shortlisted) and (told := tier_sentence(one)):
            place = f"{ordinal(one.rank_new or 0)}, not on the shortlist"
            yield f"{one.title} ({place}): {told[0].lower()}{told[1:]}"


def _shortlist(changes: Changes) -> str:
    """Return who came onto the shortlist and who left it."""
    then, now = ([one for one in changes.sectors if one.shortlisted[at]] for at in (0, 1))
    came = [one.title for one in now if not one.shortlisted[0]]
    gone = [one.title for one in then if not one.shortlisted[1]]
    length = f"The shortlist of {len(now)}"
    if len(then) != len(now):
        length = f"The shortlist, of {len(then)} sectors then and of {len(now)} now,"
    if not came and not gone:
        order = [one.id for one in sorted(then, key=lambda one: one.rank_old or 0)]
        same = "the same" if order == [one.id for one in now] else "another"
        return f"{length} has the same sectors as before, in {same} order."
    new = f" New on it: {'; '.join(came)}." if came else ""
    left = f" No longer on it: {'; '.join(gone)}." if gone else ""
    return f"{length} has changed.{new}{left}"


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
    elif not changes.why_not:
        yield "Revised: no figure of the years that both have."
    yield from _settings(changes)
    if old.version != new.version:
        yield f"Version: {old.version}, now {new.version}."


def _settings(changes: Changes) -> Iterator[str]:
    """Yield what somebody changed, by what it can move."""
    if not any(one.moves == "scores" for one in changes.settings):
        yield "Settings that move scores: the same."
    for head in ("Settings", "Gates", "Scorecard", "Settings that move no score"):
        told = [setting_words(changes, one) for one in changes.settings if _head(one) == head]
        more = f"; and {len(told) - _MOST_SETTINGS} more" if len(told) > _MOST_SETTINGS else ""
        if told:
            yield f"{head}: {'; '.join(told[:_MOST_SETTINGS])}{more}."


def _head(one: Setting) -> str:
    if one.path == ("gates",):
        return "Gates"
    heads = {"scores": "Settings", "readiness": "Scorecard"}
    return heads.get(one.moves, "Settings that move no score")


def _weights(changes: Changes) -> Iterator[Section]:
    """Yield the effective weights then and now, where more than one group's weight was changed."""
    if not changes.weights or only_weight(changes):
        return
    rows = [
        (changes.labels.get(one.criterion, one.criterion), cell(one.old, "share"),
         cell(one.new, "share"))
        for one in changes.weights
    ]  # fmt: skip
    note = "What each criterion weighs of all, where that differs."
    yield Section("Weights", (note,), ("Criterion", "Then", "Now"), rows, frozenset({1, 2}))


def _shown(changes: Changes) -> tuple[str, ...]:
    """Return the parts that have a column: those that can't differ from 0 have none."""
    if changes.why_not:
        return ()
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
        one.name,
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
