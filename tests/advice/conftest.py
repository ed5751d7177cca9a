"""A toy region of six counties, by hand: one exact sector, one estimated, one small, one lone."""

import math
import re
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pytest

from sectorscan.advice.facts import resolve
from sectorscan.advice.model import Sentence
from sectorscan.advice.recommend import recommend
from sectorscan.config.models import Config
from sectorscan.indicators.model import IndicatorTable
from sectorscan.reports.words import render
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.rank import rank
from sectorscan.tables.model import (
    GivenFigures,
    InputFile,
    Interval,
    Panel,
    Sector,
    Segment,
)

NAN, INF = float("nan"), float("inf")

SECTORS = (
    Sector("311", "Food Manufacturing", ("311",)),
    Sector("336", "Transportation Equipment Manufacturing", ("336",)),
    Sector("483", "Water Transportation", ("483",)),
    Sector("722", "Food Services and Drinking Places", ("722",)),
)

# id, label, unit, then (low, value, high, status) for each sector; one number stands for all three
INDICATORS = (
    ("employment", "Jobs", "jobs", 12340, (1010, 1187.5, 1390), 96, 24800),
    ("employment_share_pct", "Share of the region's jobs", "% of regional jobs",
     4.1134, (0.3367, 0.3958, 0.4633), 0.032, 8.2667),
    ("establishments", "Establishments", "count", 812, 31, 9, 1640),
    ("location_quotient", "Location quotient", "ratio", 1.874, (0.91, 1.07, 1.25), NAN, 0.969),
    ("employment_change", "Change in jobs", "jobs", 1120, (-210, -32.5, 170), -18, -1240),
    ("employment_cagr_pct", "Job growth a year", "%/year",
     3.2152, (-6.1, -0.904, 4.3), -5.56, -1.6141),
    ("employment_cagr_vs_region_pp", "Job growth a year, against the region's",
     "percentage points/year", 0.61, (-8.7, -3.51, 1.7), -8.16, -4.22),
    ("recent_growth_vs_region_pp", "Job growth of the last two years, against the region's",
     "percentage points/year", 0.55, NAN, NAN, -0.31),
    ("competitive_effect", "Change in jobs from local performance", "jobs",
     640, (-180, -2, 200), NAN, 310),
    ("competitive_rate_pp", "Job growth a year, against the same industry in the benchmark",
     "percentage points/year", 1.9, (-5.4, -0.06, 5.1), NAN, 0.42),
    ("avg_annual_pay", "Average annual pay", "USD/year",
     71204.3, (57600.2, 64310.6, 71150.0), 88012, 23150.5),
    ("pay_vs_region", "Pay, against the region's average", "ratio",
     1.18083, (0.955, 1.0665, 1.18), 1.45957, 0.38392),
    ("pay_vs_benchmark", "Pay, against the same industry in the benchmark", "ratio",
     1.02, (0.71, 0.79, 0.88), NAN, 0.95),
)  # fmt: skip

SEGMENTS = (
    (),
    (),
    (),
    (
        Segment("7225", "Restaurants", 22000, 22000, 22000, 1400, 21900, "published"),
        Segment("7223", "Special Food Services", 2500, 2500, 2500, 190, 63400.0, "published"),
        Segment("7224", "Drinking Places", 300, 300, 300, 50, NAN, "estimated"),
    ),
)  # fmt: skip

CONFIG = {
    "criteria": {
        "scale": {
            "weight": 20,
            "indicators": {
                "employment_share_pct": {"weight": 12},
                "establishments": {"weight": 8},
            },
        },
        "concentration": {"weight": 20, "indicators": {"location_quotient": {"weight": 1}}},
        "growth": {
            "weight": 30,
            "indicators": {
                "employment_cagr_vs_region_pp": {"weight": 12},
                "recent_growth_vs_region_pp": {"weight": 6},
                "competitive_rate_pp": {"weight": 6},
            },
        },
        "job_quality": {
            "weight": 30,
            "indicators": {"pay_vs_region": {"weight": 20}, "pay_vs_benchmark": {"weight": 10}},
        },
    },
    "min_coverage": 0.5,
    "gates": [
        {"indicator": "employment", "below": 200, "effect": "exclude"},
        {"indicator": "establishments", "below": 10, "effect": "exclude"},
        {
            "all_of": [
                {"indicator": "employment_cagr_pct", "below": 0},
                {"indicator": "projected_growth_pct", "below": 0},
            ],
            "effect": "hold",
        },
        {"indicator": "pay_vs_region", "below": 0.8, "effect": "caution"},
    ],
}


@dataclass(frozen=True)
class Swung:
    """What the one-establishment check gives."""

    sector: str
    rank: float
    rank_up: float
    rank_down: float
    lq: float
    lq_up: float
    lq_down: float
    rank_caution: bool
    lq_caution: bool
    gate_caution: bool = False


def ends(cell):
    return cell if isinstance(cell, tuple) else (cell, cell, cell)


def toy_panel(sectors=SECTORS, **changes):
    size, years = len(sectors), (2020, 2021, 2022, 2023)
    grid = Interval.exact(np.full((size, len(years)), NAN))
    row = Interval.exact(np.full((1, len(years)), NAN))
    status = np.full((size, len(years)), "published")
    panel = Panel(
        sectors=sectors, years=years, region_name="Toy Valley",
        areas=("39041", "39045", "39049", "39073", "39083", "39089"),
        benchmark="US000", ownership="private", lq_base="same-ownership",
        e_ir=grid, w_ir=grid, n_ir=grid.value, e_r=grid, w_r=grid, e_in=grid, w_in=grid,
        e_n=row, w_n=row, e_region=row, w_region=row, e_r_lq=grid, e_n_lq=row,
        e_status=status, w_status=status, e_in_status=status,
        withheld_areas=np.array([0, 2, 0, 0][:size]), areas_with_rows=np.array([6, 6, 1, 6][:size]),
        total_is_sum=False, benchmark_contains_region=False, estimated_share=0.004,
        sources={}, given=GivenFigures(), segments=SEGMENTS[:size],
    )  # fmt: skip
    return replace(panel, **changes)


def toy_table(indicators=INDICATORS, panel=None, **changes):
    panel = panel or toy_panel()
    size = len(panel.sectors)
    triples = np.array([[ends(cell) for cell in row[3 : 3 + size]] for row in indicators], float)
    low, value, high = (triples[:, :, side].T for side in range(3))
    status = np.where(np.isnan(value), "missing", np.where(low != high, "estimated", "derived"))
    missing = {
        (sector.id, row[0]): "the benchmark has no such industry"
        for s, sector in enumerate(panel.sectors)
        for i, row in enumerate(indicators)
        if np.isnan(value[s, i])
    }
    table = IndicatorTable(
        sectors=panel.sectors,
        ids=tuple(row[0] for row in indicators),
        labels=tuple(row[1] for row in indicators),
        units=tuple(row[2] for row in indicators),
        low=low, value=value, high=high, status=status,
        sources=tuple("2020.csv, 2023.csv" for _ in indicators),
        missing_reason=missing,
        region={"avg_annual_pay": 60300.0, "employment_cagr_pct": 2.6052},
        benchmark={"employment_cagr_pct": 2.1},
        panel=panel,
    )  # fmt: skip
    return replace(table, **changes)


def toy_config(**changes):
    return Config.model_validate({**CONFIG, **changes})


def shortlist_of(ranking, config, swings=(), **changes):
    shortlist = Shortlist(
        config=config, config_name="toy.yaml", config_sha256="0" * 64,
        inputs=(InputFile("2023.csv", "qcew-annual", "0" * 64, 1234),),
        ranking=ranking, recommendations=recommend(ranking, swings),
        totals={2020: 277000.0, 2023: 300000.0}, estimated_share=0.004,
        cautions=("projected growth is known for no sector.",),
    )  # fmt: skip
    return replace(shortlist, **changes)


@pytest.fixture
def config():
    return toy_config()


@pytest.fixture
def ranking(config):
    return rank(toy_table(), config)


def own_indicators(name="kilowatts"):
    """Return a config and a table of two indicators of the user's own, nothing else."""
    sectors = tuple(Sector(code, code, (code,)) for code in ("hydro", "wind", "solar"))
    panel = toy_panel(sectors, years=(), areas=(), benchmark="", segments=())
    indicators = (
        (name, name, "kW", 3.5, 12, 7.25),
        ("Noise at night", "Noise at night", "dB", 41, 38.5, (30, 33, 36)),
    )
    table = toy_table(indicators, panel, region={name: 6.5}, benchmark={})
    config = toy_config(
        criteria={
            "technical": {
                "weight": 1,
                "indicators": {
                    name: {"weight": 3, "scale": {"method": "minmax"}},
                    "Noise at night": {
                        "weight": 1,
                        "direction": "min",
                        "scale": {"method": "minmax"},
                    },
                },
            }
        },
        gates=[],
    )
    return config, table


class Toy:
    """What the tests of this folder and of the console build on."""

    INDICATORS = INDICATORS
    Swung = Swung
    toy_config = staticmethod(toy_config)
    toy_panel = staticmethod(toy_panel)
    toy_table = staticmethod(toy_table)
    own_indicators = staticmethod(own_indicators)
    shortlist_of = staticmethod(shortlist_of)
    ranked = staticmethod(rank)


@pytest.fixture(scope="session")
def toy():
    return Toy


WORDS = ("zero one two three four five six " + "seven eight nine ten eleven twelve").split()
COUNT_WORDS = {word: float(number) for number, word in enumerate(WORDS)}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(COUNT_WORDS) + r")\b", re.IGNORECASE)
SAID_WITHOUT_A_FACT = re.compile(
    r"\bone establishment (?:more|fewer)|\bnine of ten\b", re.IGNORECASE
)
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
        recommendation.trust,
        *recommendation.readiness,
        *recommendation.lacking,
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
    if unit in ("share", "chance"):
        return 100 * value, 0.0
    if unit == "USD/year" and value >= 1000:
        return value, 50.0
    if unit.startswith("about ") and value >= 1000:
        return value, 0.5 * 10 ** (math.floor(math.log10(value)) - 2)
    return value, 0.0


def blanked(sentence):
    """Return the sentence without other people's words: titles and reasons may hold digits."""
    return Sentence(sentence.template, sentence.facts, dict.fromkeys(sentence.words, ""))


def assert_sentence(sentence, follow):
    """Assert that each number said is a fact's, at the address that ``follow`` follows."""
    places = PLACE.findall(sentence.template)
    literal = SAID_WITHOUT_A_FACT.sub("", PLACE.sub("", sentence.template))
    assert not NUMBER.search(literal), sentence.template
    facts = [sentence.facts[name] for name in places if name in sentence.facts]
    numbers = parsed(render(blanked(sentence)))
    assert len(numbers) == len(facts), render(sentence)
    for fact, (number, step) in zip(facts, numbers, strict=True):
        value, rounding = meant(fact)
        assert number == pytest.approx(value, abs=max(step, rounding) + 1e-9)
        assert fact.value == follow(fact.id)
        assert math.isfinite(fact.value)
    return len(facts)


def assert_traceable(ranking, swings=(), robustness=None, standings=None, questions=None):
    by_sector = {swing.sector: swing for swing in swings}
    said = 0
    for place, advice in enumerate(recommend(ranking, swings, robustness, standings, questions)):
        for sentence in sentences_of(advice):
            swing = by_sector.get(advice.sector)
            standing = (standings or {}).get(advice.sector)
            follow = partial(resolve, ranking, place, swing=swing, robustness=robustness,
                             standing=standing)  # fmt: skip
            said += assert_sentence(sentence, follow)
    return said


class Traceable:
    """Asserts that every number in every sentence is in the result; returns how many there are."""

    sentences_of = staticmethod(sentences_of)
    places = staticmethod(PLACE.findall)
    sentence = staticmethod(assert_sentence)

    def __call__(self, ranking, swings=(), robustness=None, standings=None, questions=None):
        return assert_traceable(ranking, swings, robustness, standings, questions)


@pytest.fixture(scope="session")
def traceable():
    return Traceable()
