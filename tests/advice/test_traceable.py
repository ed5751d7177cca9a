"""Every number in a sentence is in the result: parsed back from the text, and looked up again."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sectorscan.advice.facts import resolve
from sectorscan.advice.recommend import recommend
from sectorscan.reports.words import fact_text, render
from sectorscan.robustness.trust import robustness


def test_every_number_of_the_toy_region(ranking, toy, traceable):
    swings = [
        toy.Swung("336", 3, 2, 8, 1.07, 1.10, 0.98, True, True),
        toy.Swung("483", 0, 7, 0, math.nan, math.nan, math.nan, False, False, True),
        toy.Swung("722", 2, 2, 0, 0.969, 0.97, 0.96, False, False, True),
    ]
    assert traceable(ranking, swings) > 100


DRAWN = {
    "near": {"robustness": {"draws": 300}},
    "any": {"robustness": {"draws": 300, "weights": "any"}},
    "gate in doubt": {
        "robustness": {"draws": 300},
        "gates": [{"indicator": "employment", "below": 3000, "effect": "exclude"}],
    },
    "one shortlisted": {"robustness": {"draws": 300}, "outputs": {"top": 1}},
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_number_of_the_draws(name, toy, traceable):
    config = toy.toy_config(**DRAWN[name])
    ranking = toy.ranked(toy.toy_table(), config)
    found = robustness(ranking, config)
    said = [advice.trust for advice in recommend(ranking, (), found)]
    assert sum(sentence is not None for sentence in said) >= len(ranking.order) > 1
    assert traceable(ranking, (), found) > traceable(ranking)


VARIANTS = {
    "geometric": {"aggregation": "geometric"},
    "neutral": {"missing": "neutral", "min_coverage": 0.0},
    "left out": {"missing": "exclude", "gates": []},
    "uncovered": {"min_coverage": 0.95, "gates": []},
    "other gates": {
        "gates": [
            {"indicator": "avg_annual_pay", "above": 70000, "effect": "exclude"},
            {"indicator": "employment_share_pct", "below": 0.4, "effect": "exclude"},
            {"indicator": "pay_vs_region", "below": 1.1, "effect": "exclude"},
            {"indicator": "employment_cagr_pct", "below": 0, "effect": "hold"},
            {"indicator": "location_quotient", "above": 1.2, "effect": "caution"},
        ]
    },
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_number_under_other_configs(name, toy, traceable):
    config = toy.toy_config(**VARIANTS[name])
    assert traceable(toy.ranked(toy.toy_table(), config)) > 60


PANELS = {
    "other benchmark": {"benchmark": "51000, 39000"},
    "all areas": {"benchmark": "all", "ownership": "all"},
    "many areas": {
        "areas_with_rows": np.array([6, 15, 1, 6]),
        "areas": tuple(f"390{n:02d}" for n in range(1, 16)),
    },
    "one year": {"years": (2023,)},
}


@pytest.mark.parametrize("name", PANELS)
def test_every_number_in_other_regions(name, toy, traceable):
    config = toy.toy_config()
    table = toy.toy_table(panel=toy.toy_panel(**PANELS[name]))
    assert traceable(toy.ranked(table, config)) > 60


def test_every_number_of_an_own_indicator(toy, traceable):
    config, table = toy.own_indicators()
    assert traceable(toy.ranked(table, config)) > 10


def test_every_number_where_bounds_are_open(toy, traceable):
    open_ended = [
        (*row[:4], (0.0, row[4][1], math.inf), *row[5:])
        if isinstance(row[4], tuple) and row[0] not in ("employment_change", "competitive_effect")
        else row
        for row in toy.INDICATORS
    ]
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(open_ended), config)
    assert traceable(ranking) > 60
    said = " ".join(render(sentence) for sentence in recommend(ranking)[1].cautions)
    assert "Withheld figures without known bounds stand behind these estimates" in said


def test_facts_are_the_numbers_of_the_arrays(ranking, traceable):
    table = ranking.indicators
    ends = {"low": table.low, "high": table.high}
    looked_up = 0
    for place, advice in enumerate(recommend(ranking)):
        for sentence in traceable.sentences_of(advice):
            for fact in sentence.facts.values():
                head, _, indicator = fact.id.partition(".")
                if fact.id in table.ids:
                    assert fact.value == table.value[place, table.ids.index(fact.id)]
                    looked_up += 1
                elif head in ends:
                    assert fact.value == ends[head][place, table.ids.index(indicator)]
                    looked_up += 1
                elif head == "region":
                    assert fact.value == table.region[indicator]
                    looked_up += 1
    assert looked_up > 60


def test_titles_with_digits_and_braces_are_words_not_numbers(toy, traceable):
    panel = toy.toy_panel()
    odd = [replace(s, title="{pay} Stores 1,000 {0}") for s in panel.segments[3]]
    panel = replace(panel, segments=(*panel.segments[:3], tuple(odd)))
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(panel=panel), config)
    traceable(ranking)
    cautions = [render(sentence) for sentence in recommend(ranking)[3].cautions]
    assert any("{pay} Stores 1,000 {0} ($63,400)" in caution for caution in cautions)


@pytest.mark.parametrize("address", ["nothing", "region.nothing", "gate.9.0", "segment.1.pay"])
def test_an_address_that_leads_nowhere_is_an_error(ranking, address):
    with pytest.raises((KeyError, IndexError), match=r"nothing|1\.pay|range"):
        resolve(ranking, 0, address)


def test_a_users_indicator_named_like_an_address_keeps_its_own(toy, traceable):
    config, table = toy.own_indicators(name="score")
    ranking = toy.ranked(table, config)
    assert resolve(ranking, 0, "indicator.score") == table.value[0, 0]
    assert resolve(ranking, 0, "score") == ranking.score[0]
    traceable(ranking)


def test_a_fact_is_shown_as_its_sentence_shows_it(ranking, traceable):
    for advice in recommend(ranking):
        for sentence in traceable.sentences_of(advice):
            text = render(sentence)
            named = traceable.places(sentence.template)
            shown = [fact_text(sentence.facts[n]) for n in named if n in sentence.facts]
            assert all(number in text for number in shown)
