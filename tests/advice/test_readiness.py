"""What is said of readiness: every number is in the result, and short remarks for a ranking."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from sectorscan.advice.recommend import recommend
from sectorscan.config.loader import load_config
from sectorscan.readiness import Readiness, assess
from sectorscan.readiness.cautions import in_short
from sectorscan.readiness.combine import combine
from sectorscan.readiness.model import Rating
from sectorscan.readiness.sheets import FilledWorkbook
from sectorscan.reports.words import render
from sectorscan.scoring.model import GateOutcome
from sectorscan.tables.files import TableFile

QUESTIONS = load_config().config.scorecard
NAMES = list(QUESTIONS)
DAY = dt.date(2026, 10, 1)


def rated(levels, as_of=None):
    """Return the readiness of sector: question: levels by raters A, B ..."""
    book = FilledWorkbook(TableFile("card.xlsx", None, "card.xlsx"))
    for sector, answers in levels.items():
        book.titles[sector] = sector
        for question, given in answers.items():
            book.ratings += [
                Rating(sector, question, "ABC"[k], DAY, level, "seen", f"{sector}!{question}{k}")
                for k, level in enumerate(given)
            ]
    return combine([book], QUESTIONS, as_of)


def every(*levels, **others):
    return {**dict.fromkeys(NAMES, levels), **others}


CASES = {
    "ready": every(3, 3),
    "apart": every(3, 3, champions=(0, 4)),
    "blocked": every(3, champions=(1,), convener=(0,)),
    "unknown": every(3, champions=(None,), convener=(None,)),
    "weak": every(1, 2, 2),
    "few": {"champions": (2,), "early_win": (4,)},
    "nobody": {"champions": (None,)},
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("as_of", [None, dt.date(2028, 1, 1)])
def test_every_number_in_every_sentence_is_in_the_result(name, as_of, ranking, traceable):
    ids = [sector.id for sector in ranking.indicators.sectors]
    found = rated({one: CASES[name] for one in ids}, as_of)
    tiered, standings = assess(ranking, found)
    plain = traceable(ranking)
    said = traceable(tiered, (), None, standings, QUESTIONS)
    assert (said == plain) == (name == "nobody")


def test_sentences_of_a_blocked_sector(ranking):
    first = ranking.indicators.sectors[ranking.order[0]].id
    found = rated({first: every(3, 3, champions=(1, 1), convener=(None, None))})
    tiered, standings = assess(ranking, found)
    place = ranking.order[0]
    assert tiered.tier[place] == "prepare"
    advice = recommend(tiered, (), None, standings, QUESTIONS)[place]
    said = [render(sentence) for sentence in advice.readiness]
    assert said[0] == "Readiness score 63.2, by 2 raters; 85 % of the weight has a level."
    why = "the level of Champions is too low and the level of Convener is not known"
    assert said[1] == f"It can't be launched, because {why}."
    lacking = [render(sentence) for sentence in advice.lacking]
    assert lacking[0] == (
        "Convener: nobody could rate it; find out whether it is at level 1 or above (An "
        "organization has been named, but it hasn't been asked, or isn't seen as neutral). Without "
        "it no launch."
    )
    unknown, unknown_standings = assess(ranking, rated({first: every(2, champions=(None,))}))
    steps = recommend(unknown, (), None, unknown_standings, QUESTIONS)[place].lacking
    assert "find out whether it is at level 4 (Senior leaders" in render(steps[0])
    assert lacking[1].startswith("Champions, from level 1 to 2 (One business leader has said yes")
    assert lacking[1].endswith("adds 5.0 points of readiness. Without it no launch.")


def test_figures_and_gates_are_not_asked_of_people(ranking):
    place = ranking.order[0]
    sector = ranking.indicators.sectors[place].id
    gate = GateOutcome("hold", True, False, False, (("establishments", "below", 900.0, 812.0),))
    held = replace(ranking, gates=tuple(
        (*gates, gate) if at == place else gates for at, gates in enumerate(ranking.gates)
    ))  # fmt: skip
    weak = replace(held, score=np.where(np.arange(len(held.score)) == place, 55.0, held.score))
    tiered, standings = assess(weak, rated({sector: every(3)}))
    assert tiered.tier[place] == "support"
    advice = recommend(tiered, (), None, standings, QUESTIONS)[place]
    assert [render(sentence) for sentence in advice.lacking] == [
        "The economic score must rise from 55.0 to 60.0: figures decide that, not raters.",
        "What holds it back from launch must change: 812 establishments where 900 are needed.",
    ]


def test_where_raters_lie_apart_is_one_sentence(ranking):
    first = ranking.indicators.sectors[ranking.order[0]].id
    found = rated({first: every(3, 3, early_win=(1, 3), landscape=(0, 4))})
    tiered, standings = assess(ranking, found)
    advice = recommend(tiered, (), None, standings, QUESTIONS)[ranking.order[0]]
    assert [render(sentence) for sentence in advice.readiness][1:] == [
        "Raters lie apart on Landscape and fatigue (4 levels) and Early win (2 levels): they "
        "should talk about it."
    ]


def test_nothing_else_of_a_ranking_changes(ranking):
    found = rated({ranking.indicators.sectors[0].id: every(4)})
    tiered, _ = assess(ranking, found)
    assert (tiered.score == ranking.score).all()
    assert tiered.order == ranking.order
    assert ranking.tier == tuple(
        None if tier is None else "economic case only" for tier in tiered.tier
    ), "the ranking that was given is as it was"


def test_remarks_in_short(ranking):
    sectors = ranking.indicators.sectors
    one = sectors[0].id
    found = rated({one: every(0, 4), "nowhere": every(1)}, dt.date(2028, 1, 1))
    said = in_short(found, sectors)
    assert said[0].startswith("The scorecard's sheet of 'nowhere' is of no sector in this ranking")
    named = f"{sectors[0].title} ({one})"
    assert f"still count for {named}, nowhere: ask the raters again." in said[1]
    assert said[2] == (
        f"Raters lie 2 levels or more apart on {named}: sectorscan scorecard read lists them."
    )
    assert isinstance(found, Readiness)
    blank = in_short(rated({one: {}}), sectors)
    assert blank == ("The scorecards are blank: nobody has rated anything yet.",)
