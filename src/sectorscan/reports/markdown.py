"""The shortlist as Markdown, to paste into a memo or an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sectorscan.reports import method, view
from sectorscan.reports.readiness import lacking_title
from sectorscan.reports.text import markdown_text
from sectorscan.reports.words import ESTIMATED, render
from sectorscan.scan.model import Shortlist

_FIGURES = (
    "employment",
    "location_quotient",
    "employment_cagr_pct",
    "avg_annual_pay",
)


def to_markdown(shortlist: Shortlist) -> str:
    """Return the shortlist with its reasons, the whole ranking, the ledger and the method."""
    parts = (
        _head(shortlist),
        _why(shortlist),
        _all_ranked(shortlist),
        _ledger(shortlist),
        bullets("Cautions", [*shortlist.cautions, *shortlist.notes]),
        method_part(shortlist),
    )
    return "\n".join(line for part in parts for line in part)


def _head(shortlist: Shortlist) -> Iterator[str]:
    candidates = view.ranked(shortlist)
    chosen = [candidate for candidate in candidates if candidate.shortlisted]
    region = shortlist.ranking.indicators.panel.region_name
    yield f"# Sector shortlist: {markdown_text(region)}"
    yield ""
    if shortlist.synthetic:
        yield from (f"> **{view.SYNTHETIC_BANNER}**", "")
    for label, text in view.header(shortlist):
        yield f"- **{markdown_text(label)}**: {markdown_text(text)}"
    yield ""
    yield from ("## Shortlist", "")
    if not chosen:
        yield from ("No sector could be ranked; the reasons are below.", "")
        return
    yield from _ranking_table(shortlist, chosen)
    yield f"The first {len(chosen)} of {len(candidates)} ranked sectors. {_legend(shortlist)}"
    yield ""


def _legend(shortlist: Shortlist) -> str:
    note = view.quadrant_note(shortlist)
    quadrant = f" Quadrant: {note}." if note else ""
    meaning = f"{view.SCORE_RANGE_MEANING}{quadrant}{_draws(shortlist)}"
    return f"{ESTIMATED} rests on withheld figures, estimated. {meaning}"


def _draws(shortlist: Shortlist) -> str:
    note = view.draws_note(shortlist)
    return f" Band {view.BAND_MEANING}. Likely ranks: in nine of ten draws. {note}" if note else ""


def _why(shortlist: Shortlist) -> Iterator[str]:
    chosen = [candidate for candidate in view.ranked(shortlist) if candidate.shortlisted]
    if chosen:
        yield from ("## Why", "")
    for candidate in chosen:
        advice = candidate.advice
        yield from (f"### {candidate.rank}. {markdown_text(candidate.name)}", "")
        yield from (markdown_text(view.paragraph(advice.summary)), "")
        if advice.trust is not None:
            yield from (markdown_text(view.paragraph([advice.trust])), "")
        for title, sentences in (
            ("Strengths", advice.strengths),
            ("Concerns", advice.concerns),
            ("Cautions", advice.cautions),
        ):
            yield from bullets(title, [render(sentence) for sentence in sentences], level=4)
        yield from readiness_lines(shortlist, candidate, level=4)


def readiness_lines(
    shortlist: Shortlist, candidate: view.Candidate, level: int = 2
) -> Iterator[str]:
    """Yield how ready raters find a sector and what it lacks; nothing without scorecards."""
    advice = candidate.advice
    yield from bullets("Readiness", [render(sentence) for sentence in advice.readiness], level)
    title = lacking_title(shortlist, candidate)
    yield from bullets(title, [render(sentence) for sentence in advice.lacking], level)


def _all_ranked(shortlist: Shortlist) -> Iterator[str]:
    candidates = view.ranked(shortlist)
    if all(candidate.shortlisted for candidate in candidates):
        return
    yield from ("## All ranked sectors", "")
    yield from _ranking_table(shortlist, candidates)


def _ranking_table(shortlist: Shortlist, candidates: Iterable[view.Candidate]) -> Iterator[str]:
    figures = view.headline_indicators(shortlist, _FIGURES)
    labels = [view.label_of(shortlist, figure) for figure in figures]
    drawn = ("Band", "Likely ranks", "On the shortlist") if shortlist.robustness else ()
    titles = (
        *("Rank", "Sector", *labels, "Score", "Score range", *drawn),
        *("Tier", "Quadrant", "Reasons"),
    )
    rows = [_ranking_row(shortlist, candidate, figures) for candidate in candidates]
    numeric = {0, *range(2, 4 + len(figures))}
    yield from markdown_table(titles, rows, numeric)


def _ranking_row(
    shortlist: Shortlist, candidate: view.Candidate, figures: Sequence[str]
) -> tuple[str, ...]:
    ranking, s = shortlist.ranking, candidate.index
    low, high = ranking.score_low[s], ranking.score_high[s]
    return (
        f"{candidate.rank}{' (tied)' if candidate.tied else ''}",
        candidate.name,
        *(_figure(shortlist, figure, s) for figure in figures),
        view.shown(ranking.score[s], "score"),
        f"{view.shown(low, 'score')} to {view.shown(high, 'score')}",
        *_drawn(shortlist, candidate),
        ranking.tier[s] or "–",
        candidate.advice.quadrant or "–",
        view.reason_words(candidate.advice) or "–",
    )


def _drawn(shortlist: Shortlist, candidate: view.Candidate) -> tuple[str, ...]:
    if shortlist.robustness is None:
        return ()
    return (
        view.band(shortlist, candidate),
        view.likely_ranks(shortlist, candidate),
        view.shown(view.robust(shortlist, candidate, "p_top"), "chance"),
    )


def _figure(shortlist: Shortlist, indicator: str, s: int) -> str:
    mark = ESTIMATED if view.is_estimated(shortlist, indicator, s) else ""
    value = view.figure(shortlist, indicator, s)
    return mark + view.shown(value, view.unit_of(shortlist, indicator))


def _ledger(shortlist: Shortlist) -> Iterator[str]:
    candidates = view.unranked(shortlist)
    if not candidates:
        return
    yield from ("## Not shortlisted", "")
    rows = []
    for candidate in candidates:
        advice, s = candidate.advice, candidate.index
        would_rank = int(shortlist.ranking.would_rank[s])
        rows.append(
            (
                candidate.name,
                view.why_not(advice) or "–",
                view.would_qualify_if(advice) or "–",
                view.shown(shortlist.ranking.score[s], "score"),
                str(would_rank) if would_rank else "–",
            )
        )
    titles = ("Sector", "Why not", "It would qualify if", "Score", "Rank it would have had")
    yield from markdown_table(titles, rows, {3, 4})


def method_part(shortlist: Shortlist) -> Iterator[str]:
    """Yield weights, settings and inputs, which hold for every sector."""
    yield from ("## Method", "")
    weights = [
        (row.group, row.label, f"{100 * row.weight:.1f} %", row.scale)
        for row in method.weights(shortlist)
    ]
    yield from markdown_table(
        ("Group", "Criterion", "Effective weight", "Scale (value is score)"), weights
    )
    yield from markdown_table(("Setting", "What it does"), method.settings(shortlist))
    inputs = [
        (file.path, file.kind, view.shown(file.rows, "count"), file.sha256)
        for file in shortlist.inputs
    ]
    if inputs:
        yield from ("### Inputs", "")
        yield from markdown_table(("File", "Kind", "Rows", "sha256"), inputs, {2})


def bullets(title: str, texts: Sequence[str], level: int = 2) -> Iterator[str]:
    """Yield a heading and a list, nothing where there are no texts."""
    if texts:
        yield from (f"{'#' * level} {title}", "")
        yield from (f"- {markdown_text(text)}" for text in texts)
        yield ""


def markdown_table(
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Iterable[int] = (),
) -> Iterator[str]:
    """Yield a table; ``numeric`` are the places of columns to align right."""
    right = set(numeric)
    yield "| " + " | ".join(markdown_text(title) for title in titles) + " |"
    yield "|" + "|".join("---:" if c in right else "---" for c in range(len(titles))) + "|"
    for row in rows:
        yield "| " + " | ".join(markdown_text(text) for text in row) + " |"
    yield ""
