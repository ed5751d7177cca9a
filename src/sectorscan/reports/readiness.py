"""A sector's readiness as the outputs of a ranking have it: without raters' names and evidence."""

from __future__ import annotations

from sectorscan.readiness.model import Agreement, Answer, SectorReadiness
from sectorscan.reports import view
from sectorscan.reports.facts import fact_records, said
from sectorscan.reports.json_text import Record, number
from sectorscan.scan.model import Shortlist


def readiness_score(shortlist: Shortlist, candidate: view.Candidate) -> float | None:
    """Return a sector's readiness score, None where nobody rated it."""
    standing = shortlist.standings.get(view.verbatim_id(shortlist, candidate))
    return None if standing is None else view.number(standing.number("score"))


def is_rated(shortlist: Shortlist, candidate: view.Candidate) -> bool:
    """Return whether somebody rated a sector's readiness."""
    return readiness_score(shortlist, candidate) is not None


def lacking_title(shortlist: Shortlist, candidate: view.Candidate) -> str:
    """Return the heading of what a sector lacks: ``Lacking for launch, least effort first``."""
    standing = shortlist.standings.get(view.verbatim_id(shortlist, candidate))
    goal = standing.next_tier if standing else None
    return f"Lacking for {goal}, least effort first" if goal else ""


def readiness_record(shortlist: Shortlist, candidate: view.Candidate) -> Record | None:
    """Return what raters say of a sector and what it lacks; None where nobody rated it.

    Names and evidence stay in the scorecards: ``scorecard read`` shows them.
    """
    standing = shortlist.standings.get(view.verbatim_id(shortlist, candidate))
    own = standing.readiness if standing else None
    if standing is None or own is None or own.score is None or shortlist.readiness is None:
        return None
    day, advice = shortlist.readiness.as_of, candidate.advice
    return {
        **scores_record(own),
        "raters": len(own.raters),
        "as_of": None if day is None else day.isoformat(),
        "questions": [answer_record(answer) for answer in own.answers],
        "blocked_by": list(standing.blocked_by),
        "next_tier": standing.next_tier,
        "score_after": number(standing.after),
        "lacking": [
            {
                "kind": step.kind,
                "question": step.question or None,
                "from": number(step.level),
                "to": number(step.to),
                "adds": number(step.adds),
                "blocks_launch": step.blocks,
                "text": said(sentence),
            }
            for step, sentence in zip(standing.steps, advice.lacking, strict=False)
        ],
        "summary": view.paragraph(advice.readiness),
        "facts": fact_records((*advice.readiness, *advice.lacking)),
    }


def readiness_cells(
    shortlist: Shortlist, candidate: view.Candidate
) -> tuple[float | str | None, ...]:
    """Return readiness score, share of the weight with a level, next tier, what is lacking."""
    standing = shortlist.standings.get(view.verbatim_id(shortlist, candidate))
    if standing is None or standing.readiness is None:
        return (None, None, None, None)
    lacking = " ".join(view.paragraph([sentence]) for sentence in candidate.advice.lacking)
    coverage = standing.readiness.coverage
    return (standing.readiness.score, coverage, standing.next_tier, lacking or None)


def scores_record(one: SectorReadiness) -> Record:
    """Return a sector's score and what it rests on."""
    return {
        "score": number(one.score),
        "coverage": number(one.coverage),
        "stale_share": number(one.stale_share),
        "first_rated": None if one.first is None else one.first.isoformat(),
        "last_rated": None if one.last is None else one.last.isoformat(),
        "agreement": agreement_record(one.agreement),
    }


def answer_record(answer: Answer) -> Record:
    """Return one question's answer without names: the levels from the lowest on."""
    return {
        "id": answer.question,
        "weight": number(answer.weight),
        "level": number(answer.level),
        "levels": list(answer.levels),
        "unknown": sum(rating.level is None for rating in answer.ratings),
        "discuss": answer.discuss,
        "stale": answer.stale,
    }


def agreement_record(found: Agreement) -> Record:
    """Return alpha, or null and why."""
    return {
        "krippendorff_alpha_ordinal": number(found.alpha),
        "answers_compared": found.compared,
        "undefined_because": found.why_not or None,
    }
