"""The plan in words: the board's questions are answered, and every number is the plan's."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from tests.advice.test_launch_order import SETTINGS, contender, fields_of_contenders, planned
from tests.advice.test_readiness import every, rated

from sectorscan.advice.launch_contenders import contenders
from sectorscan.advice.launch_order import launch_order
from sectorscan.advice.launch_words import tell, tell_in_short
from sectorscan.advice.recommend import recommend
from sectorscan.config.loader import load_config
from sectorscan.config.plan import PlanConfig
from sectorscan.readiness import assess
from sectorscan.reports.words import render

QUESTIONS = load_config().config.scorecard
PLAN = PlanConfig()


def said(order, lacking=None, telling=tell):
    """Return the answers as text, by question."""
    told = telling(order, QUESTIONS, lacking or {})
    return {one.question: [render(sentence) for sentence in one.sentences] for one in told}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ones=fields_of_contenders(), config=SETTINGS)
def test_every_number_in_every_sentence_is_the_plan_s(traceable, ones, config):
    order = launch_order(ones, config, 5)
    for told in (*tell(order, QUESTIONS, {}), *tell_in_short(order, QUESTIONS, {})):
        for sentence in told.sentences:
            traceable.sentence(sentence, order.number)


def test_a_rated_ranking_answers_all_five_questions(ranking, traceable):
    ids = [ranking.indicators.sectors[place].id for place in ranking.order]
    found = rated({ids[0]: every(3, 3), ids[1]: every(1, 2)})
    tiered, standings = assess(ranking, found)
    advice = recommend(tiered, (), None, standings, QUESTIONS)
    order = launch_order(contenders(tiered, standings, None), PLAN, 5)
    told = tell(order, QUESTIONS, {one.sector: one.lacking for one in advice})
    numbers = sum(
        traceable.sentence(sentence, order.number) for one in told for sentence in one.sentences
    )
    assert numbers > 8
    questions = [one.question for one in told]
    assert questions[:4] == ["Which first?", "Why it?", "Who convenes?", "What next?"]
    (start, *_), (why, *_), (who, *_) = ([render(s) for s in one.sentences] for one in told[:3])
    first = order.first
    assert start == f"Start with {first.contender.title}: it is the only sector that is ready."
    assert "from the economic score" in why
    assert who.startswith("Nobody is named as convener")
    assert first.priority == pytest.approx(sum(term.points for term in first.terms))
    assert first.contender.values["early_win"] == 3
    assert "Not known of it: the draws; the other weights count for more." in [
        render(sentence) for sentence in told[1].sentences
    ]


def test_without_scorecards_it_is_an_economic_order_only(ranking):
    order = launch_order(contenders(ranking, {}, None), PLAN, 2)
    text = said(order)
    assert list(text) == ["Which first?", "What must be rated first?"]
    assert "economic order only" in text["Which first?"][0]
    best = ranking.indicators.sectors[ranking.order[0]].title
    assert text["What must be rated first?"][0].startswith(f"{best}: economic score ")
    assert text["What must be rated first?"][-1].endswith("sectorscan scorecard new.")
    assert len(text["What must be rated first?"]) == min(2, len(ranking.order)) + 1


def test_sentences_of_a_plan():
    order = planned(
        contender("311", economic=90.0, readiness=80.0, conveners=("Chamber",)),
        contender("3118", economic=80.0, readiness=80.0, rank=2),
        contender("484", economic=70.0, readiness=80.0, rank=3, conveners=("Chamber",)),
        contender("541", "prepare", economic=99.0, readiness=90.0, blocked_by=("champions",)),
        contender("621", "support", economic=55.0, readiness=80.0),
        contender("722", "prepare", unknown=("convener",), blocked_by=("convener",)),
        contender("811", "monitor", economic=30.0, readiness=20.0),
        contender("522", "economic case only", rank=4),
        convener_years=2,
    )
    text = said(order)
    assert text["Which first?"] == [
        "Start with Sector 311: of 3 sectors that are ready it has the highest priority, "
        "85.7 points.",
        "In the first year one partnership is launched, after that at most 2 a year.",
    ]
    assert text["Why it?"] == [
        "The priority of Sector 311, 85.7 points, is made of 51.4 from the economic score (90.0) "
        "and 34.3 from readiness (80.0).",
        "Not known of it: Early win and the draws; the other weights count for more.",
        "That is 5.7 points more than Sector 3118, the next that is ready.",
        "Sector 541 has a higher priority, 95.1 points, but its launch is blocked by Champions.",
    ]
    assert text["Who convenes?"] == [
        "Chamber convenes Sector 311.",
        "A convener carries a single sector at a time, for 2 years: to bring employers together "
        "takes time, the more so where they are far apart.",
    ]
    assert text["What next?"] == [
        "Year 2: launch Sector 3118, priority 80.0 points; a convener must be found.",
        "Year 2: launch Sector 541 if it is ready by then, priority 95.1 points; a convener must "
        "be found.",
        "Year 3: launch Sector 484, priority 74.3 points; Chamber convenes.",
        "Sector 484 doesn't come earlier, because Chamber is busy with Sector 311.",
        "Sector 3118 lies inside Sector 311 (NAICS 3118): consider a joint partnership, so that "
        "nobody is asked twice.",
    ]
    assert text["What only needs a survey or a focus group for now?"] == [
        "Sector 722: nobody could rate Convener; a survey of its employers would tell.",
        "Sector 621: its readiness is 80.0, but its economic score of 55.0 is too low for a "
        "partnership; a focus group keeps the contact.",
    ]
    assert text["What must be rated before it can be judged?"][0] == (
        "Sector 522: economic score 70.0, rank 4."
    )
    assert text["What not yet?"] == ["Sector 811: economic score 30.0, readiness 20.0."]


def test_nobody_is_ready():
    order = planned(contender("541", "prepare"), contender("811", "monitor", economic=30.0))
    text = said(order)
    assert text["Which first?"] == [
        "None can be launched yet: no sector is ready.",
        "Prepare Sector 541, then plan again: people can make no other sector ready.",
    ]
    assert "Who convenes?" not in text
    assert "What next?" not in text
    text = said(planned(contender("811", "monitor", economic=30.0)))
    assert text["Which first?"] == ["None can be launched yet: no sector is ready."]
    assert text["What next?"] == ["No sector is ready or can be prepared for now."]


def test_a_tie_is_said():
    order = planned(contender("332", rank=2), contender("311", rank=1))
    assert said(order)["Which first?"][0].endswith(
        "Sector 332 has the same; the better economic rank decides, then the code."
    )


def test_what_is_not_known_is_said_in_words():
    weights = {"economic": 0, "readiness": 0, "early_win": 1, "p_top": 0}
    ones = [contender("311", rank=2, coverage=0.4), contender("332", rank=1, coverage=0.4)]
    text = said(planned(*ones, weights=weights))
    assert text["Which first?"][0] == (
        "Start with Sector 332: of 2 sectors that are ready it has the best economic rank."
    )
    assert text["Why it?"] == [
        "Nothing that the plan weighs is known of Sector 332.",
        "Its readiness rests on only 40 % of the weight.",
    ]
    assert text["What next?"] == [
        "Year 2: launch Sector 311, priority not known; a convener must be found."
    ]


def test_a_plan_in_short():
    ready = [
        contender(code, economic=90.0 - k, rank=k, conveners=("Chamber",) if k < 2 else ())
        for k, code in enumerate(("311", "332", "484", "541", "621", "722", "811", "236"))
    ]
    order = planned(
        *ready,
        contender("238", "support", economic=55.0, readiness=80.0),
        contender("522", "economic case only", rank=4),
        contender("493", "monitor", economic=30.0, readiness=20.0),
        years=4,
    )
    text = said(order, telling=tell_in_short)
    assert list(text) == [
        *("Which first?", "Why it?", "Who convenes?", "What next?", "What not yet?")
    ]
    assert [len(text[question]) for question in list(text)[:3]] == [1, 1, 1]
    assert text["What next?"][0].startswith("Year 2: launch Sector 332, priority ")
    assert len(text["What next?"]) == 6
    assert text["What next?"][-1] == "After that: Sector 811."
    assert text["What not yet?"] == [
        "Only a survey or a focus group for now: Sector 238.",
        "To be rated before they can be judged: Sector 522.",
        "Not for now, by their scores: 1 sector.",
    ]
    assert "Sector 236" not in " ".join(text["What next?"])


def test_in_short_none_is_ready():
    near = contender("332", "prepare", economic=80.0, blocked_by=("champions",))
    text = said(planned(near), telling=tell_in_short)
    assert len(text["Which first?"]) == 2
    assert text["Which first?"][1].startswith("Prepare Sector 332, then plan again")
    assert "Who convenes?" not in text
    assert said(planned(contender("3", "economic case only")), telling=tell_in_short) == {}


def test_of_many_the_first_are_named():
    ready = [contender(f"31{k}", rank=k) for k in range(1, 9)]
    later = said(planned(*ready, years=1))["What next?"]
    assert later[4] == "Sector 316 is ready, but has no place within 1 year."
    assert later[5] == "Ready without a place, too: Sector 317 and Sector 318."
    near = [contender(f"31{k}", "prepare", blocked_by=("champions",)) for k in range(1, 9)]
    (last,) = said(planned(*near), telling=tell_in_short)["What next?"]
    assert last.startswith("To be prepared after that: Sector 312, ")
    assert last.endswith("Sector 316 and others.")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"capacity": 1}, "Each year one partnership is launched: a small team that carries more "
                          "wears out."),
        ({"years": 1}, "The plan looks 1 year ahead: one partnership is launched."),
        ({"capacity": 50}, "In the first year one partnership is launched, after that at most 50 "
                           "a year."),
    ],
)  # fmt: skip
def test_how_many_a_year_and_why(config, told):
    assert said(planned(contender("311"), **config))["Which first?"][-1] == told


@pytest.mark.parametrize(
    ("preset", "counted"),
    [
        ("rural", "Early win (employers who soon see results stay), Support team (the same few "
                  "people carry every partnership) and Critical mass (enough employers must be "
                  "willing to come, even if they are far apart)"),
        ("urban", "Early win (employers who soon see results stay) and Landscape and fatigue "
                  "(employers who are asked by many grow tired)"),
    ],
)  # fmt: skip
def test_what_a_preset_weighs_more_is_explained(preset, counted):
    levels = dict.fromkeys(("early_win", "support_team", "critical_mass", "landscape"), 3.0)
    order = launch_order([contender("311", values=levels)], load_config(preset).config.plan, 5)
    assert said(order)["Why it?"][1] == f"Beside the scores it counts {counted}."


def test_what_is_in_doubt_of_the_first_is_told(ranking, traceable):
    one = ranking.indicators.sectors[ranking.order[0]].id
    found = rated({one: every(3, 3, outlook=(0, 4))}, dt.date(2028, 1, 1))
    tiered, standings = assess(ranking, found)
    order = launch_order(contenders(tiered, standings, None), PLAN, 5)
    told = {one.question: one.sentences for one in tell(order, QUESTIONS, {})}["Why it?"]
    assert [render(sentence) for sentence in told[-2:]] == [
        "Raters lie apart on Outlook for growth and community (4 levels): they should talk about "
        "it.",
        "All of its ratings are more than a year old: ask again.",
    ]
    assert traceable.sentence(told[-2], order.number)
    short = {one.question: one.sentences for one in tell_in_short(order, QUESTIONS, {})}["Why it?"]
    assert short == (told[0], *told[-2:])


def test_what_was_rated_and_is_not_ranked_is_told():
    order = planned(contender("311"))
    told = tell(order, QUESTIONS, {}, ("Water Transportation", "Fishing"))
    assert [render(one) for one in told[-1].sentences] == [
        "Rated, but not ranked: Water Transportation and Fishing. sectorscan explain says why."
    ]


def test_a_gate_is_told_wherever_its_sector_stands():
    order = planned(
        contender("311"),
        contender("332", "support", economic=50.0, readiness=80.0, held=True),
        contender("484", "economic case only", rank=3, held=True),
        contender("541", "prepare", held=True),
    )
    text = [line for lines in said(order).values() for line in lines]
    for sector in ("332", "484", "541"):
        assert any(sector in line and "a gate holds it back" in line for line in text), sector
