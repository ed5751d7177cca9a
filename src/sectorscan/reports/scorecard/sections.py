"""What filled scorecards say, as titled tables for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console

from sectorscan.config.scorecard import Questions
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
    """Yield the overview, a section a sector, and what is to be mended."""
    yield _overview(readiness)
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
            _titles([a.question for a in one.answers if a.discuss], readiness.questions) or "–",
            view.shown(one.agreement.alpha, "ratio"),
        )
        for one in by_score(readiness)
    ]
    titles = ("Sector", "Score", "Answered", "Raters", "Keeps it from\na launch",
              "To talk\nabout", "Agree-\nment")  # fmt: skip
    return Section(
        "Readiness by sector", _heading(readiness), titles, rows, frozenset({1, 2, 3, 6})
    )


def _heading(readiness: Readiness) -> tuple[str, ...]:
    if not readiness.raters or readiness.as_of is None:
        return (NOBODY,)
    raters = ", ".join(map(plain, readiness.raters))
    count = len(readiness.raters)
    return (
        f"{count} rater{'s' if count > 1 else ''}: {raters}. Looked back on from "
        f"{readiness.as_of.isoformat()}: older than twelve months is stale.",
        agreement_words(readiness.agreement),
        "Score: mean level of each question times its weight, over the questions with a level "
        "(answered), 0 to 100. Tiers need the economic score too: rank --readiness FILE.",
    )


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
    titles = ("Question", "Weight", "Level", *map(plain, sector.raters), "Remarks")
    rows = [
        (
            plain(readiness.questions[one.question].title),
            f"{one.weight:g}",
            level_of(one),
            *(_level_by(one, rater) for rater in sector.raters),
            _remarks(one, readiness),
        )
        for one in sector.answers
    ]
    right = frozenset(range(1, 3 + len(sector.raters)))
    return Section(name_of(sector), (" ".join(notes),), titles, rows, right)


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


def _remarks(answer: Answer, readiness: Readiness) -> str:
    said = []
    if answer.discuss:
        said.append(f"{APART} or more apart: talk about it")
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
