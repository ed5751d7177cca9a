"""Numbers and sentences as people read them."""

import math

import pytest

from sectorscan.advice.model import Fact, Sentence
from sectorscan.reports.words import cell, fact_text, render

PROSE = {
    (12340.4, "jobs"): "12,340",
    (0.3, "jobs"): "0.3",
    (-1120.0, "jobs"): "−1,120",
    (-1120.0, "abs jobs"): "1,120",
    (8463.7, "about jobs"): "8,460",
    (-70351.0, "abs about jobs"): "70,400",
    (187.5, "about jobs"): "188",
    (812.0, "count"): "812",
    (2.0, "count-word"): "two",
    (12.0, "count-word"): "twelve",
    (13.0, "count-word"): "13",
    (71249.9, "USD/year"): "$71,200",
    (-1250.0, "USD/year"): "−$1,300",
    (812.5, "USD/year"): "$812.50",
    (21.5, "USD/hour"): "$21.50",
    (1.874, "ratio"): "1.87",
    (0.0012, "ratio"): "0.001",
    (1.874, "times"): "1.9",
    (1.24, "times"): "1.24",
    (14.2, "times"): "14",
    (1.18083, "ratio-as-percent-above"): "18 % above",
    (0.62, "ratio-as-percent-above"): "38 % below",
    (1.006, "ratio-as-percent-above"): "0.6 % above",
    (4.1134, "% of regional jobs"): "4.1 %",
    (0.25, "%"): "0.3 %",
    (0.04, "%/year"): "0.04 %",
    (-0.5, "percentage points/year"): "−0.5",
    (0.7, "share"): "70 %",
    (0.133333, "share"): "13.3 %",
    (0.9999999999999998, "chance"): "100 %",
    (0.999999, "chance"): "99.9999 %",
    (2023.0, "year"): "2023",
    (4.0, "rank"): "4",
    (78.4213, "score"): "78.4",
    (8.2345, "kg"): "8.23",
    (3.0, "kg"): "3",
    (123456.7, "kg"): "123,457",
    (1e-13, "jobs"): "0",
    (-0.0, "%"): "0.0 %",
}


@pytest.mark.parametrize(("value", "unit"), PROSE)
def test_a_number_in_a_sentence(value, unit):
    assert fact_text(Fact("x", value, unit)) == PROSE[value, unit]


CELLS = {
    (71249.5, "USD/year"): "$71,250",
    (7.43, "jobs"): "7.4",
    (9.0, "jobs"): "9",
    (1.874, "times"): "1.87",
    (2.0, "count-word"): "2",
    (-0.51, "percentage points/year"): "−0.5 pp",
    (math.nan, "jobs"): "not known",
    (math.inf, "ratio"): "not known",
}


@pytest.mark.parametrize(("value", "unit"), CELLS)
def test_a_number_in_a_table(value, unit):
    assert cell(value, unit) == CELLS[value, unit]


@pytest.mark.parametrize("unit", ["%", "jobs", "count", "points", "times", "share", "kg",
                                  "USD/year", "about jobs", "ratio-as-percent-above"])  # fmt: skip
@pytest.mark.parametrize("value", [1e15, 3e51, -1e300])
def test_a_number_beyond_all_figures_is_short(value, unit):
    """A total of 1e-147 jobs, as a slip of a table may have, makes growth of 1e+51 % a year."""
    assert "e+" in cell(value, unit)
    assert len(fact_text(Fact("x", value, unit, against=2 * value))) < 20


def test_nouns():
    people = ("person", "people")
    assert fact_text(Fact("x", 1.0, "jobs", people)) == "1 person"
    assert fact_text(Fact("x", 0.0, "jobs", people)) == "0 people"
    assert fact_text(Fact("x", 1234.0, "jobs", people)) == "1,234 people"
    assert fact_text(Fact("x", 1.0, "count-word", people)) == "one person"


AGAINST = {
    (199.6, 200.0, "jobs"): ("199.6", "200"),
    (0.4968, 0.5, "%"): ("0.497 %", "0.5 %"),
    (0.696, 0.7, "share"): ("69.6 %", "70 %"),
    (60340.0, 60310.0, "USD/year"): ("$60,340", "$60,310"),
    (9.0, 10.0, "count"): ("9", "10"),
    (5.0, 5.0, "count"): ("5", "5"),
    (0.7996, 0.8, "ratio-as-percent-above"): ("20.04 % below", "20 % below"),
}


@pytest.mark.parametrize(("value", "other", "unit"), AGAINST)
def test_numbers_that_are_compared_are_told_apart(value, other, unit):
    texts = (
        fact_text(Fact("x", value, unit, against=other)),
        fact_text(Fact("x", other, unit, against=value)),
    )
    assert texts == AGAINST[value, other, unit]


def test_a_sentence():
    sentence = Sentence(
        "employs {about}{jobs} in {title}",
        {"jobs": Fact("employment", 12340.4, "jobs", ("person", "people"))},
        {"about": "about ", "title": "{jobs} \x1b[31m& \u202eSons\n"},
    )
    assert render(sentence) == "employs about 12,340 people in {jobs} [31m& Sons"


UNITS = (
    *("jobs", "about jobs", "abs jobs", "count", "count-word", "ratio", "times", "%", "share"),
    *("USD/year", "kg", "score", "percentage points", "ratio-as-percent-above"),
)
