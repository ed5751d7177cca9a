"""What the page says, as text: the template only places it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sectorscan.reports import view
from sectorscan.reports.html.figures import with_unit
from sectorscan.reports.html.model import everyone, movable, sort_keys
from sectorscan.reports.json_text import Record
from sectorscan.reports.readiness import lacking_title
from sectorscan.reports.settings import settings
from sectorscan.reports.text import plain
from sectorscan.reports.words import ESTIMATED, render
from sectorscan.scan.model import Shortlist

_FIGURES = {
    "employment": "Jobs",
    "location_quotient": "Location quotient (ratio)",
    "employment_cagr_pct": "Job growth a year",
    "avg_annual_pay": "Average annual pay, USD",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the ranking; ``drawn`` says that it rests on the weights that were set first."""

    key: str
    title: str
    numeric: bool = True
    drawn: bool = False
    descending: bool = True
    """How it is sorted at the first press of its header."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sector in the ranking. ``place`` counts through all sectors and names its profile."""

    place: int
    candidate: view.Candidate
    score: float | None
    score_text: str
    cells: dict[str, str]
    line: str
    reasons: str
    hidden: bool


def columns(shortlist: Shortlist) -> tuple[Column, ...]:
    """Return the ranking's columns after rank, sector and score."""
    middle = [
        Column(figure, _FIGURES.get(figure) or with_unit(shortlist, figure))
        for figure in view.headline_indicators(shortlist, _FIGURES)
    ]
    draws = [
        Column("rank_p50", "Likely ranks", drawn=True, descending=False),
        Column("p_top", "On the shortlist", drawn=True),
    ]
    words = [Column("tier", "Tier", numeric=False, drawn=True, descending=False)]
    if not view.quadrant_note(shortlist):
        words.append(Column("quadrant", "Quadrant", numeric=False, descending=False))
    return (*middle, *(draws if shortlist.robustness else ()), *words)


def rows(shortlist: Shortlist) -> list[Row]:
    """Return the sectors that can be ranked, the ranked first; the others stay hidden at first."""
    shown = columns(shortlist)
    return [
        _row(shortlist, place, candidate, shown)
        for place, candidate in enumerate(movable(shortlist))
    ]


def _row(
    shortlist: Shortlist, place: int, candidate: view.Candidate, shown: Sequence[Column]
) -> Row:
    ranking, s = shortlist.ranking, candidate.index
    return Row(
        place=place,
        candidate=candidate,
        score=view.number(ranking.score[s]),
        score_text=view.shown(float(ranking.score[s]), "score"),
        cells={column.key: _cell(shortlist, candidate, column.key) for column in shown},
        line=view.in_one_line(candidate.advice),
        reasons=view.reason_words(candidate.advice),
        hidden=candidate.rank is None,
    )


def _score_range(shortlist: Shortlist, s: int) -> str:
    """Return ``57.8 and 88.5``, blank where the score is certain."""
    ends = (shortlist.ranking.score_low, shortlist.ranking.score_high)
    low, high = (view.shown(float(end[s]), "score") for end in ends)
    return "" if low == high else f"{low} and {high}"


def _cell(shortlist: Shortlist, candidate: view.Candidate, key: str) -> str:
    if key == "rank_p50":
        return view.likely_ranks(shortlist, candidate)
    if key == "p_top":
        return view.shown(view.robust(shortlist, candidate, "p_top"), "chance")
    if key == "tier":
        return shortlist.ranking.tier[candidate.index] or "–"
    if key == "quadrant":
        return candidate.advice.quadrant or "–"
    mark = ESTIMATED if view.is_estimated(shortlist, key, candidate.index) else ""
    return mark + view.shown(
        view.figure(shortlist, key, candidate.index), view.unit_of(shortlist, key)
    )


def keys(shortlist: Shortlist) -> Record:
    """Return what the script sorts the columns by, beside their text."""
    figures = [column.key for column in columns(shortlist) if column.numeric and not column.drawn]
    return sort_keys(shortlist, figures)


@dataclass(frozen=True, slots=True)
class Profile:
    """One sector in full; ``lists`` are (title, sentences)."""

    place: int
    candidate: view.Candidate
    score_text: str
    score_range: str
    paragraphs: tuple[str, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]


def profiles(shortlist: Shortlist) -> Iterator[Profile]:
    """Yield every sector, in the order of the ranking, those that a gate keeps out last."""
    for place, candidate in enumerate(everyone(shortlist)):
        ranking, s = shortlist.ranking, candidate.index
        yield Profile(
            place=place,
            candidate=candidate,
            score_text=view.shown(float(ranking.score[s]), "score"),
            score_range=_score_range(shortlist, s),
            paragraphs=tuple(_paragraphs(candidate)),
            lists=tuple(_lists(shortlist, candidate)),
        )


def _paragraphs(candidate: view.Candidate) -> Iterator[str]:
    advice = candidate.advice
    if candidate.rank is None:
        yield f"Not ranked: {view.why_not(advice) or 'no score'}."
        if condition := view.would_qualify_if(advice):
            yield f"It would qualify if {condition}."
    if text := view.paragraph(advice.summary):
        yield text
    if advice.trust is not None:
        yield view.paragraph([advice.trust])


def _lists(
    shortlist: Shortlist, candidate: view.Candidate
) -> Iterator[tuple[str, tuple[str, ...]]]:
    advice = candidate.advice
    for title, sentences in (
        ("Strengths", advice.strengths),
        ("Concerns", advice.concerns),
        ("Cautions", advice.cautions),
        ("Readiness", advice.readiness),
        (lacking_title(shortlist, candidate), advice.lacking),
    ):
        if sentences:
            yield title, tuple(plain(render(sentence)) for sentence in sentences)


def lead(shortlist: Shortlist) -> tuple[str, str]:
    """Return how many sectors were ranked, and what the figures are of."""
    count, out = len(view.ranked(shortlist)), len(view.unranked(shortlist))
    ranked = f"{count} sectors ranked, {out} not ranked." if out else f"{count} sectors ranked."
    return ranked, plain(" ".join(settings(shortlist)))


def tiers(shortlist: Shortlist) -> list[str]:
    """Return the tiers that occur, in the order of the ranking."""
    found = (shortlist.ranking.tier[c.index] for c in view.ranked(shortlist))
    return list(dict.fromkeys(tier for tier in found if tier))


@dataclass(frozen=True, slots=True)
class Entry:
    """A sector of the ledger."""

    name: str
    why: str
    condition: str
    score: str
    rank: str


def ledger(shortlist: Shortlist) -> list[Entry]:
    """Return the sectors that aren't ranked, and why."""
    ranking = shortlist.ranking
    return [
        Entry(
            candidate.name,
            view.why_not(candidate.advice) or "–",
            view.would_qualify_if(candidate.advice) or "–",
            view.shown(float(ranking.score[candidate.index]), "score"),
            str(int(ranking.would_rank[candidate.index]) or "–"),
        )
        for candidate in view.unranked(shortlist)
    ]
