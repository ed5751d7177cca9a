"""Every number in a sentence is in the result: parsed back from the text, and looked up again."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from sectorscan.advice.facts import resolve
from sectorscan.advice.model import Sentence
from sectorscan.advice.recommend import recommend
from sectorscan.reports.words import fact_text, render

WORDS = ("zero one two three four five six " + "seven eight nine ten eleven twelve").split()
COUNT_WORDS = {word: float(number) for number, word in enumerate(WORDS)}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(COUNT_WORDS) + r")\b", re.IGNORECASE)
SAID_WITHOUT_A_FACT = re.compile(r"\bone establishment (?:more|fewer)", re.IGNORECASE)
PLACE = re.compile(r"\{(\w+)\}")


def sentences_of(recommendation):
    whole = (
        *recommendation.summary,
        *recommendation.strengths,
        *recommendation.concerns,
        *recommendation.cautions,
        *recommendation.gate_details,
        recommendation.headline,
        recommendation.reason,
        recommendation.would_qualify_if,
    )
    return [sentence for sentence in whole if sentence is not None]


def parsed(text):
    """Return each number of a text with the step of its last digit."""
    found = []
    for token in NUMBER.findall(SAID_WITHOUT_A_FACT.sub("", text)):
        if token.lower() in COUNT_WORDS:
            found.append((float(COUNT_WORDS[token.lower()]), 1e-9))
            continue
        digits = token.replace(",", "")
        places = len(digits.partition(".")[2])
        found.append((float(digits), 0.5 * 10.0**-places))
    return found


def meant(fact):
    """Return the number that a reader takes from a fact's text, and what rounding may cost it."""
    unit = fact.unit.removeprefix("abs ")
    value = abs(fact.value)
    if unit == "ratio-as-percent-above":
        return 100 * abs(fact.value - 1), 0.0
    if unit == "share":
        return 100 * value, 0.0
    if unit == "USD/year" and value >= 1000:
        return value, 50.0
    if unit.startswith("about ") and value >= 1000:
        return value, 0.5 * 10 ** (math.floor(math.log10(value)) - 2)
    return value, 0.0


def blanked(sentence):
    """Return the sentence without other people's words: titles and reasons may hold digits."""
    return Sentence(sentence.template, sentence.facts, dict.fromkeys(sentence.words, ""))


def assert_traceable(ranking, config, swings=()):
    by_sector = {swing.sector: swing for swing in swings}
    said = 0
    for place, advice in enumerate(recommend(ranking, config, swings)):
        for sentence in sentences_of(advice):
            places = PLACE.findall(sentence.template)
            literal = SAID_WITHOUT_A_FACT.sub("", PLACE.sub("", sentence.template))
            assert not NUMBER.search(literal), sentence.template
            facts = [sentence.facts[name] for name in places if name in sentence.facts]
            numbers = parsed(render(blanked(sentence)))
            assert len(numbers) == len(facts), render(sentence)
            for fact, (number, step) in zip(facts, numbers, strict=True):
                value, rounding = meant(fact)
                assert number == pytest.approx(value, abs=max(step, rounding) + 1e-9)
                swing = by_sector.get(advice.sector)
                assert fact.value == resolve(ranking, place, fact.id, swing)
                assert math.isfinite(fact.value)
                said += 1
    return said


def test_every_number_of_the_toy_region(ranking, config, toy):
    swings = [
        toy.Swung("336", 3, 2, 8, 1.07, 1.10, 0.98, True, True),
        toy.Swung("483", 0, 7, 0, math.nan, math.nan, math.nan, False, False, True),
        toy.Swung("722", 2, 2, 0, 0.969, 0.97, 0.96, False, False, True),
    ]
    assert assert_traceable(ranking, config, swings) > 100


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
def test_every_number_under_other_configs(name, toy):
    config = toy.toy_config(**VARIANTS[name])
    assert assert_traceable(toy.ranked(toy.toy_table(), config), config) > 60


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
def test_every_number_in_other_regions(name, toy):
    config = toy.toy_config()
    table = toy.toy_table(panel=toy.toy_panel(**PANELS[name]))
    assert assert_traceable(toy.ranked(table, config), config) > 60


def test_every_number_of_an_own_indicator(toy):
    config, table = toy.own_indicators()
    assert assert_traceable(toy.ranked(table, config), config) > 10


def test_every_number_where_bounds_are_open(toy):
    open_ended = [
        (*row[:4], (0.0, row[4][1], math.inf), *row[5:])
        if isinstance(row[4], tuple) and row[0] not in ("employment_change", "competitive_effect")
        else row
        for row in toy.INDICATORS
    ]
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(open_ended), config)
    assert assert_traceable(ranking, config) > 60
    said = " ".join(render(sentence) for sentence in recommend(ranking, config)[1].cautions)
    assert "Withheld figures without known bounds stand behind these estimates" in said


def test_facts_are_the_numbers_of_the_arrays(ranking, config):
    table = ranking.indicators
    ends = {"low": table.low, "high": table.high}
    looked_up = 0
    for place, advice in enumerate(recommend(ranking, config)):
        for sentence in sentences_of(advice):
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


def test_titles_with_digits_and_braces_are_words_not_numbers(toy):
    panel = toy.toy_panel()
    odd = [replace(s, title="{pay} Stores 1,000 {0}") for s in panel.segments[3]]
    panel = replace(panel, segments=(*panel.segments[:3], tuple(odd)))
    config = toy.toy_config()
    ranking = toy.ranked(toy.toy_table(panel=panel), config)
    assert_traceable(ranking, config)
    cautions = [render(sentence) for sentence in recommend(ranking, config)[3].cautions]
    assert any("{pay} Stores 1,000 {0} ($63,400)" in caution for caution in cautions)


@pytest.mark.parametrize("address", ["nothing", "region.nothing", "gate.9.0", "segment.1.pay"])
def test_an_address_that_leads_nowhere_is_an_error(ranking, address):
    with pytest.raises((KeyError, IndexError), match=r"nothing|1\.pay|range"):
        resolve(ranking, 0, address)


def test_a_users_indicator_named_like_an_address_keeps_its_own(toy):
    config, table = toy.own_indicators(name="score")
    ranking = toy.ranked(table, config)
    assert resolve(ranking, 0, "indicator.score") == table.value[0, 0]
    assert resolve(ranking, 0, "score") == ranking.score[0]
    assert_traceable(ranking, config)


def test_a_fact_is_shown_as_its_sentence_shows_it(ranking, config):
    for advice in recommend(ranking, config):
        for sentence in sentences_of(advice):
            text = render(sentence)
            named = PLACE.findall(sentence.template)
            shown = [fact_text(sentence.facts[n]) for n in named if n in sentence.facts]
            assert all(number in text for number in shown)
