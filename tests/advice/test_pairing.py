"""The answer to a low-wage sector: better-paid parts, else better-paid neighbours."""

from dataclasses import replace

import pytest

from sectorscan.advice.facts import resolve
from sectorscan.advice.pairing import pairing
from sectorscan.advice.recommend import recommend
from sectorscan.reports.words import render
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import Segment

AVERAGE = 60_300.0


def segment(code, pay, jobs=500.0, **more):
    return Segment(
        id=code, title=f"Title {code}", employment=jobs, employment_low=jobs, employment_high=jobs,
        establishments=9.0, pay=pay, status=more.pop("status", "published"),
        pay_low=more.pop("pay_low", pay), pay_high=more.pop("pay_high", pay),
    )  # fmt: skip


@pytest.fixture
def ranked(toy):
    """Return a function from parts and neighbours of the low-paid sector to the ranking."""

    def call(parts, neighbours=()):
        panel = toy.toy_panel()
        panel = replace(
            panel,
            segments=(*panel.segments[:3], tuple(parts)),
            neighbours=((), (), (), tuple(neighbours)),
        )
        return rank(toy.toy_table(panel=panel), toy.toy_config())

    return call


def test_neighbours_are_named_and_labelled_where_no_part_pays_more(ranked):
    ranking = ranked([segment("7225", 20e3)], [segment("721", 61e3), segment("713", 75_400.0)])
    cautions = recommend(ranking, ())[3].cautions
    text = " ".join(render(sentence) for sentence in cautions)
    assert (
        "and none of its parts with known pay is above it; better paid beside it, outside its own "
        "codes: Title 721 ($61,000) and Title 713 ($75,400)." in text
    )
    facts = [fact for sentence in cautions for fact in sentence.facts.values()]
    told = {fact.id: fact.value for fact in facts if fact.id.startswith("neighbour.")}
    assert told == {"neighbour.721.pay": 61e3, "neighbour.713.pay": 75_400.0}
    assert all(resolve(ranking, 3, name) == value for name, value in told.items())


def test_a_better_part_makes_neighbours_needless(ranked):
    pair = pairing(ranked([segment("7223", 70e3), segment("7225", 20e3)], [segment("721", 1e5)]), 3)
    assert pair.average == AVERAGE
    assert [part.id for part in pair.better] == ["7223"]
    assert pair.neighbours == ()


@pytest.mark.parametrize(
    ("part", "above"),
    [
        (segment("1", 70e3), True),
        (segment("1", 50e3), False),
        (segment("1", float("nan")), None),
        (segment("1", 70e3, status="estimated", pay_low=50e3, pay_high=90e3), None),
        (segment("1", 70e3, status="estimated", pay_low=61e3, pay_high=float("inf")), True),
        (segment("1", 50e3, status="estimated", pay_low=0.0, pay_high=60e3), False),
    ],
)
def test_which_side_of_the_average_a_part_is_on(ranked, part, above):
    assert pairing(ranked([part]), 3).above(part) is above


def test_nothing_known_of_its_parts(ranked):
    assert not pairing(ranked([]), 3).known
    assert not pairing(ranked([segment("7225", float("nan"))]), 3).known
