"""The memo: the question, the shortlist, a paragraph and a chart a sector, doubts, the motion."""

from __future__ import annotations

from sectorscan.reports import plan_view, view
from sectorscan.reports.charts import render
from sectorscan.reports.charts.model import Look
from sectorscan.reports.charts.one_sector import sector_contributions
from sectorscan.reports.charts.theme import source_line
from sectorscan.reports.dates import document_date
from sectorscan.reports.memo import words
from sectorscan.reports.memo.document import Memo
from sectorscan.scan.model import Shortlist

_LOOK = Look(width=680)
_BARS_MEANING = (
    "Bars: the points of the score that each group of criteria gives; pale: the most it can give."
)
_BLANKS = (
    "Moved by ____________   Seconded by ____________   For ____   Against ____   "
    "Abstaining ____   Date ________"
)


def to_memo(shortlist: Shortlist) -> bytes:
    """Return the memo's bytes (.docx)."""
    title = f"Sector shortlist: {words.region(shortlist)}"
    date = document_date(shortlist.ranking.indicators.panel.end)
    memo = Memo(title, "Memo to the board", date)
    memo.heading(title, 0)
    if shortlist.synthetic:
        memo.banner(view.SYNTHETIC_BANNER)
    memo.heading("What was asked", 1)
    for text in words.asked(shortlist):
        memo.paragraph(text)
    chosen = words.on_the_list(shortlist)
    _shortlist(memo, shortlist)
    _plan(memo, shortlist)
    if chosen:
        memo.heading("The sectors, and where their points come from", 1)
        memo.paragraph(_BARS_MEANING)
    for candidate in chosen:
        _sector(memo, shortlist, candidate)
    memo.heading("What the ranking depends on", 1)
    memo.paragraph(" ".join(words.depends(shortlist)))
    memo.heading("What isn't known", 1)
    for text in words.unknown(shortlist):
        memo.paragraph(text, style="List Bullet")
    if chosen:
        memo.heading("Motion", 1)
        memo.paragraph("", ("Moved:", words.motion(shortlist)))
        memo.paragraph(_BLANKS)
    banner = f"{view.SYNTHETIC_BANNER.partition(':')[0]}. " if shortlist.synthetic else ""
    memo.footer(f"{banner}{source_line(shortlist)}.")
    return memo.content()


def _shortlist(memo: Memo, shortlist: Shortlist) -> None:
    memo.heading("The shortlist", 1)
    rows = words.table_rows(shortlist)
    if not rows:
        memo.paragraph("No sector could be ranked; the workbook says why.")
        return
    told = f"The {len(rows)} sectors of the shortlist, one a row, best first."
    memo.table(words.COLUMNS, rows, words.WIDTHS, told)
    memo.paragraph(words.TABLE_MEANING)


def _plan(memo: Memo, shortlist: Shortlist) -> None:
    """Add the launch order in short; nothing where nobody rated a sector."""
    found = plan_view.rated_plan(shortlist)
    if found is None:
        return
    memo.heading(plan_view.TITLE, 1)
    for question, lines in plan_view.answers(found.in_short):
        memo.paragraph("", (question, " ".join(lines)))


def _sector(memo: Memo, shortlist: Shortlist, candidate: view.Candidate) -> None:
    tied = "=" if candidate.tied else ""
    memo.heading(f"{candidate.rank}{tied}. {candidate.name}", 2)
    chart = sector_contributions(shortlist, candidate, _LOOK)
    memo.picture(render.to_png(chart), chart.title, chart.alt)
    against = words.against(candidate)
    ready = words.ready(shortlist, candidate)
    more = [*([("But:", against)] if against else []), *([ready] if ready else [])]
    memo.paragraph(words.about(candidate), *more)
