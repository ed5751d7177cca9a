"""Ratings laid over a shortlist, as filled scorecards would lay them."""

import datetime as dt
from dataclasses import replace

from sectorscan.advice.recommend import recommend
from sectorscan.readiness import assess
from sectorscan.readiness.combine import combine
from sectorscan.readiness.model import Rating
from sectorscan.readiness.sheets import FilledWorkbook
from sectorscan.tables.files import TableFile

DAY = dt.date(2026, 10, 1)
RATERS = ("Valley Chamber", "State College", "Workforce Board")


def level(sector, question, rater):
    """334 and 333 are ready, 541 has no champions, nobody knows who could convene 493."""
    if sector == "541":
        return 1 if question == "champions" else 3
    if (sector, question) == ("493", "convener"):
        return None
    if (sector, question) == ("334", "early_win"):
        return 4
    if sector == "621":
        return 0 if rater == 0 else 1
    return 3 if (rater + len(question)) % 3 else 4


def rate(shortlist, sectors, conveners, level=level):
    """Return the shortlist with ``sectors`` rated by three; ``conveners`` are by sector."""
    questions = shortlist.config.scorecard
    book = FilledWorkbook(TableFile("card.xlsx", None, "card.xlsx"))
    book.conveners.update({sector: [name] for sector, name in conveners.items()})
    book.titles.update(dict.fromkeys(sectors, "Title"))
    book.ratings += [
        Rating(sector, question, rater, DAY, level(sector, question, place), "seen", "A1")
        for sector in sectors
        for question in questions
        for place, rater in enumerate(RATERS)
    ]
    readiness = combine([book], questions, None)
    ranking, standings = assess(shortlist.ranking, readiness)
    return replace(
        shortlist,
        ranking=ranking,
        standings=standings,
        readiness=readiness,
        recommendations=recommend(ranking, (), shortlist.robustness, standings, questions),
    )
