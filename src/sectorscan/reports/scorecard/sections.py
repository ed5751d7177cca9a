"""What filled scorecards say, as titled tables for a terminal and for Markdown."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console

from sectorscan.config.scorecard import LEVELS, Questions
from sectorscan.readiness.agreement import RELIABLE, TENTATIVE
from sectorscan.readiness.combine import is_stale
from sectorscan.readiness.model import APART, Agreement, Answer, Readiness, SectorReadiness
from sectorscan.readiness.standing import blocking
from sectorscan.reports import view
from sectorscan.reports.page import Page
from sectorscan.reports.section import Section, section_markdown, show_section
from sectorscan.reports.text import markdown_text, plain
from sectorscan.reports.words import cell

TITLE = "What the scorecards say"
NOBODY = "Nobody has rated anything yet."
NOT_RATED = "–"
MOST_COLUMNS, WIDEST = 8, 36
"""So many raters stand beside each other, more are counted by level; and so many characters have
their names in all, longer ones stand in a key."""
MOST_TO_DISCUSS = 20
"""No meeting has time for more."""
MOST_NAMED = 3
MOST_RATERS_NAMED = 12


def show_readiness(readiness: Readiness, console: Console) -> None:
    """Print what the scorecards say on a terminal."""
    page = Page(console)
    page.paragraph(TITLE, style="bold")
    if readiness.synthetic:
        page.paragraph(view.SYNTHETIC_BANNER, style="bold yellow")
    for section in sections(readiness):
        show_section(section, page)
    for finding in readiness.findings:
        if finding.severity == "caution":
            page.paragraph(str(finding), indent=1, mark="!", style="yellow")


def readiness_markdown(readiness: Readiness) -> str:
    """Return what the scorecards say as Markdown."""

    def lines() -> Iterator[str]:
        yield from (f"# {TITLE}", "")
        if readiness.synthetic:
            yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
        for section in sections(readiness):
            yield from section_markdown(section)
        said = [finding for finding in readiness.findings if finding.severity == "caution"]
        yield from (f"- {markdown_text(str(finding))}" for finding in said)

    return "\n".join(lines()) + "\n"


def sections(readiness: Readiness) -> Iterator[Section]:
    """Yield the overview, what to discuss, a section a sector, and what is to be mended."""
    yield _overview(readiness)
    yield from _to_discuss(readiness)
    for sector in by_score(readiness):
        if sector.score is not None:
            yield _sector(sector, readiness)
    cautions = [finding for finding in readiness.findings if finding.severity == "caution"]
    if cautions:
        count = len(cautions)
        yield Section("To look at", (f"{count} remark{'s' if count > 1 else ''}, with the cell:",))


def by_score(readiness: Readiness) -> list[SectorReadiness]:
    """Return the sectors, the readiest first, those that nobody rated last."""
    return sorted(
        readiness.sectors.values(),
        key=lambda one: (one.score is None, -(one.score or 0.0), one.sector),
    )


def _overview(readiness: Readiness) -> Section:
    rows = [
        (
            name_of(one),
            view.shown(one.score, "score"),
            cell(one.coverage, "share"),
            str(len(one.raters)),
            _titles(blocking(one, readiness.questions), readiness.questions) or "nothing",
            str(sum(answer.discuss for answer in one.answers) or "–"),
            view.shown(one.agreement.alpha, "ratio"),
        )
        for one in by_score(readiness)
    ]
    titles = ("Sector", "Score", "Answered", "Raters", "Keeps it from\na launch",
              "To\ndiscuss", "Agreement")  # fmt: skip
    return Section(
        "Readiness by sector", _heading(readiness), titles, rows, frozenset({1, 2, 3, 5, 6})
    )


def _heading(readiness: Readiness) -> tuple[str, ...]:
    if not readiness.raters or readiness.as_of is None:
        return (NOBODY,)
    raters = _people(readiness.raters, MOST_RATERS_NAMED)
    count = len(readiness.raters)
    return (
        f"{count} rater{'s' if count > 1 else ''}: {raters}. On "
        f"{readiness.as_of.isoformat()} answers older than twelve months are stale.",
        agreement_words(readiness.agreement),
        "Score: mean level of each question times its weight, over the questions with a level "
        "(answered), 0 to 100. Unknown (? below) counts neither for nor against. Tiers need the "
        "economic score too: rank --readiness FILE.",
    )


def _people(raters: Sequence[str], most: int) -> str:
    """Return raters' names; a name such as ``Chair, Chamber`` is kept apart from the next one."""
    names = [plain(name) for name in raters]
    between = "; " if any("," in name for name in names) else ", "
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{between.join(names[:most])}{more}"


def _to_discuss(readiness: Readiness) -> Iterator[Section]:
    """Yield what raters should talk about: where they lie furthest apart, the weightiest first."""
    apart = [
        (sector, answer)
        for sector in by_score(readiness)
        for answer in sector.answers
        if answer.discuss
    ]
    if not apart:
        return
    apart.sort(key=lambda pair: (-pair[1].spread, -pair[1].weight))
    rows = [
        (
            name_of(sector),
            plain(readiness.questions[answer.question].title),
            f"{answer.weight:g}",
            _who_says(answer, answer.levels[0]),
            _who_says(answer, answer.levels[-1]),
        )
        for sector, answer in apart[:MOST_TO_DISCUSS]
    ]
    more = len(apart) - len(rows)
    note = f"Raters lie {APART} levels or more apart on these, the furthest first"
    note += f"; {more} more are marked in the tables below." if more else "."
    note += " Let both ends say what their answer rests on, and rate again."
    titles = ("Sector", "Question", "Weight", "Lowest", "Highest")
    yield Section("For the meeting", (note,), titles, rows, frozenset({2}))


def _who_says(answer: Answer, level: int) -> str:
    raters = [rating.rater for rating in answer.ratings if rating.level == level]
    return f"{level}: {_people(raters, MOST_NAMED)}"


def agreement_words(found: Agreement) -> str:
    """Return how far raters agree, in a sentence: Krippendorff's own bounds."""
    if found.alpha is None:
        return f"Agreement can't be measured: {found.why_not}."
    if found.alpha >= RELIABLE:
        verdict = "raters can be relied on to mean the same"
    elif found.alpha >= TENTATIVE:
        verdict = "good enough for tentative conclusions"
    else:
        verdict = "too little to rely on one rater alone: talk about the questions they differ on"
    return (
        f"Agreement (Krippendorff's alpha for ordinal levels) {cell(found.alpha, 'ratio')} over "
        f"{found.compared} answer{'s' if found.compared != 1 else ''} with two raters or more: "
        f"{verdict} (1 is full agreement, 0 is chance; {RELIABLE:g} reliable, {TENTATIVE:g} "
        "tentative)."
    )


def _sector(sector: SectorReadiness, readiness: Readiness) -> Section:
    notes = [f"Score {view.shown(sector.score, 'score')}."]
    if len(sector.raters) > 1:
        alpha = sector.agreement.alpha
        notes.append(
            f"Agreement can't be measured: {sector.agreement.why_not}."
            if alpha is None
            else f"Agreement {cell(alpha, 'ratio')}."
        )
    if sector.conveners:
        notes.append(f"Could convene it: {', '.join(map(plain, sector.conveners))}.")
    key, columns = _columns_of(sector)
    notes += [key] if key else []
    rows = [
        (
            plain(readiness.questions[one.question].title),
            f"{one.weight:g}",
            level_of(one),
            *(_level_by(one, rater) for rater in columns.values()),
            *(() if columns else (_counted(one),)),
            _remarks(one, readiness),
        )
        for one in sector.answers
    ]
    given = tuple(columns) or ("Levels given,\nby how many",)
    titles = ("Question", "Weight", "Level", *given, "Remarks")
    right = frozenset(range(1, 3 + len(columns)))
    return Section(name_of(sector), (" ".join(notes),), titles, rows, right)


def _columns_of(sector: SectorReadiness) -> tuple[str, dict[str, str]]:
    """Return a key to the columns of raters, and each column's rater; no columns for a crowd."""
    if len(sector.raters) > MOST_COLUMNS:
        return "", {}
    names = [plain(name) for name in sector.raters]
    if sum(map(cell_len, names)) <= WIDEST:
        return "", dict(zip(names, sector.raters, strict=True))
    letters = string.ascii_uppercase[: len(names)]
    key = "; ".join(f"{letter}: {name}" for letter, name in zip(letters, names, strict=True))
    return f"{key}.", dict(zip(letters, sector.raters, strict=True))


def name_of(sector: SectorReadiness) -> str:
    """Return code and title on one line."""
    title = plain(sector.title)
    return title if sector.title == sector.sector else f"{plain(sector.sector)} {title}"


def level_of(answer: Answer) -> str:
    """Return an answer's mean level as people read it."""
    return NOT_RATED if answer.level is None else f"{cell(answer.level, 'score')}"


def _level_by(answer: Answer, rater: str) -> str:
    for rating in answer.ratings:
        if rating.rater == rater:
            return "?" if rating.level is None else str(rating.level)
    return ""


def _counted(answer: Answer) -> str:
    """Return how many raters gave each level: ``2 by 4, 3 by 7, ? by 1``."""
    counts = Counter(rating.level for rating in answer.ratings)
    unknown = [f"? by {counts[None]}"] if counts[None] else []
    return ", ".join([f"{level} by {counts[level]}" for level in LEVELS if counts[level]] + unknown)


def _remarks(answer: Answer, readiness: Readiness) -> str:
    said = []
    if answer.discuss:
        said.append(f"{answer.spread} apart: discuss")
    if readiness.as_of is not None and answer.level is not None:
        old = [is_stale(one.date, readiness.as_of) for one in answer.ratings
               if one.level is not None]  # fmt: skip
        if answer.stale:
            said.append("stale")
        elif any(old):
            said.append(f"{sum(old)} of {len(old)} stale")
    if answer.level is None and answer.ratings:
        said.append("nobody knows")
    return "; ".join(said)


def _titles(names: Sequence[str], questions: Questions) -> str:
    return ", ".join(plain(questions[name].title) for name in names)
