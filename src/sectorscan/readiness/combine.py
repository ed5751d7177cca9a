"""All raters' ratings together: names merged, repeats settled, levels averaged.

The order of files, sheets and raters changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sectorscan.config.scorecard import Questions
from sectorscan.errors import Finding
from sectorscan.readiness.agreement import agreement
from sectorscan.readiness.cells import same_name
from sectorscan.readiness.model import Answer, Rating, Readiness, SectorReadiness, score_of
from sectorscan.readiness.workbook import FilledWorkbook

YEARS_AHEAD = 2
"""A date that lies further ahead of all others may be mistyped."""


def combine(
    books: Sequence[FilledWorkbook], questions: Questions, as_of: dt.date | None
) -> Readiness:
    """Return what the workbooks say together; ``findings`` are of their ratings side by side."""
    ratings = _one_spelling([rating for book in books for rating in book.ratings])
    current, findings = _current(ratings)
    day = as_of or max((rating.date for rating in current), default=None)
    if as_of is not None:
        findings += _in_the_future(current, as_of)
    elif day is not None:
        findings += _far_ahead(current, day)
    conveners = _conveners(books)
    sectors = {
        sector: replace(
            _sector(sector, books, current, questions, day), conveners=conveners.get(sector, ())
        )
        for sector in sorted({sector for book in books for sector in book.titles})
    }
    everything = [one for sector in sectors.values() for one in sector.answers]
    return Readiness(
        questions=questions,
        sectors=sectors,
        raters=_raters(current),
        agreement=agreement(everything),
        as_of=day,
        findings=tuple(findings),
    )


def is_stale(date: dt.date, as_of: dt.date) -> bool:
    """Say whether a rating is more than twelve months old on a day."""
    year = max(as_of.year - 1, dt.MINYEAR)
    try:
        limit = as_of.replace(year=year)
    except ValueError:
        limit = dt.date(year, 2, 28)  # the 29th of February
    return date < limit


def one_of_each(names: Iterable[str]) -> dict[str, str]:
    """Return the spelling used most of each name, by what its spellings share."""
    written: dict[str, Counter[str]] = {}
    for name in names:
        written.setdefault(same_name(name), Counter())[name] += 1
    return {key: min(counts, key=lambda one: (-counts[one], one))
            for key, counts in written.items()}  # fmt: skip


def _one_spelling(ratings: Iterable[Rating]) -> list[Rating]:
    """Return the ratings with each rater's name as it is written most often, in a fixed order."""
    ratings = list(ratings)
    name = one_of_each(rating.rater for rating in ratings)
    return sorted(
        (replace(rating, rater=name[same_name(rating.rater)]) for rating in ratings), key=_order
    )


def _conveners(books: Sequence[FilledWorkbook]) -> dict[str, tuple[str, ...]]:
    """Return by sector who could convene it, each name once and everywhere spelt alike."""
    written = [pair for book in books for pair in book.conveners.items()]
    spelling = one_of_each(name for _, names in written for name in names)
    found: dict[str, set[str]] = {}
    for sector, names in written:
        found.setdefault(sector, set()).update(spelling[same_name(name)] for name in names)
    return {sector: tuple(sorted(names)) for sector, names in found.items()}


def _order(rating: Rating) -> tuple[str, str, str, dt.date, int, str, str]:
    level = -1 if rating.level is None else rating.level
    return (rating.sector, rating.question, rating.rater, rating.date, level, rating.evidence,
            rating.place)  # fmt: skip


def _current(ratings: Sequence[Rating]) -> tuple[list[Rating], list[Finding]]:
    """Return each rater's latest answer to each question; two at once that differ are a problem."""
    by_answer: dict[tuple[str, str, str], list[Rating]] = {}
    for rating in ratings:
        by_answer.setdefault((rating.sector, rating.question, rating.rater), []).append(rating)
    current: list[Rating] = []
    findings: list[Finding] = []
    replaced = 0
    for several in by_answer.values():
        latest = [rating for rating in several if rating.date == several[-1].date]
        replaced += len(several) - len(latest)
        if len({rating.level for rating in latest}) > 1:
            findings.append(_contradiction(latest))
        current.append(max(latest, key=lambda one: (len(one.evidence), _order(one))))
    if replaced:
        one = replaced == 1
        what = (
            f"{replaced} earlier rating{' was' if one else 's were'} followed by a later one of "
            "the same rater, which counts."
        )
        findings.append(Finding(what, severity="note"))
    return current, findings


def _contradiction(latest: Sequence[Rating]) -> Finding:
    first, last = latest[0], latest[-1]
    words = ["unknown" if one.level is None else str(one.level) for one in (first, last)]
    what = (
        f"{first.rater} gave two answers on {first.date.isoformat()}: {words[0]} here, {words[1]} "
        f"in {last.place}."
    )
    remedy = "Delete one, or correct its date: the later one counts."
    return Finding(what, remedy, first.place)


def _in_the_future(ratings: Sequence[Rating], as_of: dt.date) -> list[Finding]:
    return [
        Finding(
            f"the rating is of {rating.date.isoformat()}, after {as_of.isoformat()}.",
            "Is the year right?",
            rating.place,
            severity="caution",
        )
        for rating in ratings
        if rating.date > as_of
    ]


def _far_ahead(ratings: Sequence[Rating], day: dt.date) -> list[Finding]:
    """Say which date the others would look old from, where it may be mistyped."""
    before = max((rating.date for rating in ratings if rating.date < day), default=day)
    if day.year - before.year <= YEARS_AHEAD:
        return []
    latest = [rating for rating in ratings if rating.date == day]
    more = f" (so {'is one more' if len(latest) == 2 else f'are {len(latest) - 1} more'})"
    what = (
        f"the rating is of {day.isoformat()}{more if len(latest) > 1 else ''}; all others are of "
        f"{before.isoformat()} or before."
    )
    remedy = "Is the year right? All others look old from here."
    return [Finding(what, remedy, latest[0].place, severity="caution")]


def _sector(
    sector: str,
    books: Sequence[FilledWorkbook],
    current: Sequence[Rating],
    questions: Questions,
    as_of: dt.date | None,
) -> SectorReadiness:
    ours = [rating for rating in current if rating.sector == sector]
    answers = tuple(
        _answer(name, question.weight, [r for r in ours if r.question == name], as_of)
        for name, question in questions.items()
    )
    score, coverage = score_of(answers)
    total = sum(one.weight for one in answers)
    stale = sum(one.weight for one in answers if one.stale)
    return SectorReadiness(
        sector=sector,
        title=min(book.titles[sector] for book in books if sector in book.titles),
        answers=answers,
        score=score,
        coverage=coverage,
        stale_share=stale / total if total > 0 else 0.0,
        raters=_raters(ours),
        first=min((rating.date for rating in ours), default=None),
        last=max((rating.date for rating in ours), default=None),
        agreement=agreement(answers),
    )


def _answer(
    question: str, weight: float, ratings: Sequence[Rating], as_of: dt.date | None
) -> Answer:
    levels = [rating.level for rating in ratings if rating.level is not None]
    known = [rating.date for rating in ratings if rating.level is not None]
    return Answer(
        question=question,
        weight=weight,
        ratings=tuple(sorted(ratings, key=_order)),
        level=sum(levels) / len(levels) if levels else None,
        stale=as_of is not None and bool(known) and all(is_stale(one, as_of) for one in known),
    )


def _raters(ratings: Sequence[Rating]) -> tuple[str, ...]:
    return tuple(sorted({rating.rater for rating in ratings}))
