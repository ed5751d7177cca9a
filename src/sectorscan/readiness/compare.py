"""What a sheet has otherwise than the config: questions, weights, and the levels' sentences.

Scorecards are sent out in one year's words and read under another's: whoever answered other words
may have meant another level, which no number shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sectorscan.config.scorecard import LEVELS, Questions
from sectorscan.errors import Finding, nearest
from sectorscan.readiness import cells, layout
from sectorscan.readiness.workbook import FilledWorkbook, Sheet
from sectorscan.sources.scope import listed
from sectorscan.tables.files import shown

MOST_SHEETS_NAMED = 3


def compare_weight(
    book: FilledWorkbook, sheet: Sheet, question: str, weight: str, questions: Questions
) -> None:
    """Say where the sheet's own score has another weight than the config."""
    if question not in questions or weight == f"{questions[question].weight:g}":
        return
    title, ours = questions[question].title, questions[question].weight
    what = f"{title!r} weighs {shown(weight)} in the sheet's own score, and {ours:g} in the config."
    book.say(sheet.place, what, "The config's weight counts.", "note")


def compare_sentences(book: FilledWorkbook, sheet: Sheet, questions: Questions) -> None:
    """Say whose levels are described in other words than the config's."""
    for question, sentences in _sentences(sheet).items():
        if question not in questions:
            continue
        texts = questions[question].texts
        changed = [level for level in LEVELS if level in sentences
                   and sentences[level] != cells.prose(texts[level])]  # fmt: skip
        if changed:
            many = len(changed) > 1
            levels = listed([str(level) for level in changed], len(LEVELS))
            what = (
                f"level{'s' if many else ''} {levels} of {questions[question].title!r} "
                f"{'are' if many else 'is'} described in other words than in the config."
            )
            remedy = (
                "The ratings are read as they are; where the meaning has changed, ask again. "
                "The config that the scorecard was made with: --config FILE."
            )
            book.say(sheet.place, what, remedy)


def _sentences(sheet: Sheet) -> dict[str, dict[int, str]]:
    """Return what the sheet says of each question's levels."""
    found: dict[str, dict[int, str]] = {}
    columns: dict[str, int] = {}
    block: dict[int, str] = {}
    levels = {str(level): level for level in LEVELS}
    for row in range(layout.HEAD_ROWS, len(sheet.rows)):
        mark = sheet.text(row, 0)
        if layout.parts(mark, layout.COLUMNS):
            columns, block = sheet.columns(row), {}
        if rated := layout.parts(mark, layout.RATING, 2):
            found[rated[1]] = block
        if {layout.NUMBER, layout.MEANING} <= set(columns):
            level = levels.get(sheet.text(row, columns[layout.NUMBER]))
            if level is not None:
                block.setdefault(level, cells.prose(sheet.text(row, columns[layout.MEANING])))
    return found


def say_other_questions(
    book: FilledWorkbook, sheet: Sheet, found: set[str], questions: Questions
) -> None:
    """Say which questions the config hasn't got, and which the sheet hasn't got."""
    for question in sorted(found - set(questions)):
        what = f"the question {shown(question)!r} isn't in the config's scorecard; left out."
        near = nearest(question[:60], questions).strip()
        remedy = near or "Give the config that the scorecard was made with: --config FILE."
        book.say(sheet.place, what, remedy)
    absent = [repr(one.title) for name, one in questions.items() if name not in found]
    if absent:
        what = f"there are no rows for {', '.join(absent)}: not rated here."
        remedy = "Were they deleted, or was the scorecard made with another config?"
        book.say(sheet.place, what, remedy)


def in_one_remark(findings: Sequence[Finding], sheets: Sequence[Sheet]) -> list[Finding]:
    """Return the findings, those that several sheets have alike as one, each other one once."""
    places = {sheet.place: sheet.title for sheet in sheets}
    alike: dict[Finding, list[str]] = {}
    for finding in dict.fromkeys(findings):
        if finding.file in places:
            alike.setdefault(replace(finding, file=None), []).append(finding.file)
    said: dict[Finding, None] = {}
    for finding in findings:
        where = alike.get(replace(finding, file=None), [])
        if finding.file in places and len(where) > 1:
            titles = listed([shown(places[place]) for place in where], MOST_SHEETS_NAMED)
            finding = replace(finding, file=f"{sheets[0].file}: {titles}")
        said.setdefault(finding)
    return list(said)
