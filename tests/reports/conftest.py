"""A hand-built shortlist with everything that a report must survive."""

from dataclasses import replace

import numpy as np
import pytest
from tests.reports.ratings import rate

from sectorscan.advice.model import Fact, Recommendation, Sentence
from sectorscan.config.loader import load_config
from sectorscan.config.models import Config, CriterionConfig, GateConfig, GroupConfig, Scale
from sectorscan.indicators.model import IndicatorTable
from sectorscan.scan import scan
from sectorscan.scan.model import Shortlist
from sectorscan.scoring.model import Criterion, DecisionMatrix, GateOutcome, Ranking
from sectorscan.tables.model import GivenFigures, InputFile, Interval, Panel, Sector
from sectorscan.tables.resources import bundled

FORMULA_TITLE = "=cmd|' /C calc'!A0"
MARKUP_TITLE = "</script><img src=x onerror=alert(1)> | `a` *b* http://x.example"
OWN = "=my indicator"

SECTORS = (
    Sector("541", "Professional, Scientific, and Technical Services", ("541",)),
    Sector("=1+1", FORMULA_TITLE, ("722", "721")),
    Sector("31-33", MARKUP_TITLE, ("31-33",)),
    Sector("Café & Co", "", ("7225",)),
    Sector("café_&_co", "@SUM(A1)\x1b[31m\u202ered", ("7224",)),
    Sector("521", "Monetary Authorities", ("521",)),
    Sector("999", "-2+3\tUnclassified", ("999",)),
)
IDS = (
    "employment",
    "employment_share_pct",
    "establishments",
    "location_quotient",
    "employment_cagr_pct",
    "avg_annual_pay",
    "pay_vs_region",
    OWN,
)
UNITS = (
    "jobs",
    "% of regional jobs",
    "count",
    "ratio",
    "%/year",
    "USD/year",
    "ratio",
    "=unit",
)
NAN = float("nan")
VALUES = np.array(
    [
        [12340, 4.113333333333333, 812, 1.9, 2.61, 71234.56, 1.1813, 3.5],
        [9000.5, 3.0, 400, 0.9, -1.2, 31000, 0.51, NAN],
        [5000, 1.6666666666666667, 90, 1.3, 0.4, 60300, 1.0, 2.0],
        [1200, 0.4, 31, 1.0, 5.0, 25000, 0.41, NAN],
        [1200, 0.4, 31, 1.0, 5.0, 25000, 0.41, NAN],
        [50, 0.016666666666666666, 9, 0.2, 0.0, 80000, 1.33, NAN],
        [NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
    ]
)


def _panel() -> Panel:
    exact = Interval.exact(np.ones((len(SECTORS), 2)))
    total = Interval.exact(np.array([[250000.0, 300000.0]]))
    text = np.full((len(SECTORS), 2), "published")
    count = np.zeros(len(SECTORS), dtype=np.int64)
    return Panel(
        sectors=SECTORS,
        years=(2020, 2023),
        region_name="Central <b>Ohio</b> & Co",
        areas=("39041", "39045"),
        benchmark="US000",
        ownership="private",
        lq_base="same-ownership",
        e_ir=exact,
        w_ir=exact,
        n_ir=np.ones((len(SECTORS), 2)),
        e_r=exact,
        w_r=exact,
        e_in=exact,
        w_in=exact,
        e_n=total,
        w_n=total,
        e_region=total,
        w_region=total,
        e_r_lq=exact,
        e_n_lq=total,
        e_status=text,
        w_status=text,
        e_in_status=text,
        withheld_areas=count,
        areas_with_rows=count,
        total_is_sum=False,
        benchmark_contains_region=False,
        estimated_share=0.031,
        sources={"employment": "employment.csv"},
        given=GivenFigures(),
        synthetic=True,
    )


def _indicators() -> IndicatorTable:
    status = np.where(np.isnan(VALUES), "missing", "published").astype("<U9")
    low, high = VALUES.copy(), VALUES.copy()
    status[2, 0] = status[2, 1] = "estimated"
    low[2, 0], high[2, 0] = 4000.25, np.inf
    low[2, 1], high[2, 1] = 1.3, 2.2
    return IndicatorTable(
        sectors=SECTORS,
        ids=IDS,
        labels=(
            *("Jobs", "Share", "Establishments", "Location quotient"),
            *("Job growth a year", "Average annual pay", "Pay, against region", "=label"),
        ),
        units=UNITS,
        low=low,
        value=VALUES,
        high=high,
        status=status,
        sources=("employment.csv", *["employment.csv"] * 6, "=indicators.csv"),
        missing_reason={("999", "employment"): "no area of the region has it"},
        region={"employment": 300000.0, "avg_annual_pay": 60300.123, "employment_cagr_pct": 2.6},
        benchmark={"employment_cagr_pct": 1.25},
        panel=_panel(),
    )


def _criteria() -> tuple[Criterion, ...]:
    points = ((0.5, 0.0), (1.0, 50.0), (1.25, 75.0), (2.0, 100.0))
    return (
        Criterion("location_quotient", "concentration", 0.6, Scale(points=points)),
        Criterion(OWN, "own", 0.4, Scale(method="minmax"), "min"),
        Criterion("employment", "scale", 0.0, Scale(points=((1, 0), (9, 100)), log=True)),
    )


def _ranking(table: IndicatorTable) -> Ranking:
    criteria = _criteria()
    columns = [table.column(criterion.id) for criterion in criteria]
    matrix = DecisionMatrix(
        SECTORS,
        criteria,
        table.low[:, columns],
        table.value[:, columns],
        table.high[:, columns],
        "arithmetic",
        "renormalise",
        0.5,
    )
    score = np.array([78.42131, 61.5, 55.25, 50.0, 50.0, 44.4, NAN])
    scaled = np.where(np.isnan(matrix.value), np.nan, score[:, None])
    gate = GateOutcome("exclude", False, False, False, (("employment", "below", 200.0, 12340.0),))
    triggered = replace(gate, triggered=True, tests=(("employment", "below", 200.0, 50.0),))
    unknown = replace(gate, unknown=True, tests=(("employment", "below", 200.0, NAN),))
    return Ranking(
        matrix=matrix,
        indicators=table,
        scaled=scaled,
        contribution=scaled * matrix.weights,
        score=score,
        score_low=score - 1.25,
        score_high=score + 1.25,
        coverage=np.array([1, 0.6, 1, 0.6, 0.6, 0.6, 0]),
        rank=np.array([1, 2, 3, 4, 4, 0, 0]),
        tied=np.array([False, False, False, True, True, False, False]),
        would_rank=np.array([0, 0, 0, 0, 0, 6, 0]),
        exclusion=(None, None, None, None, None, "gate", "coverage"),
        tier=("economic case only",) * 5 + (None, None),
        gates=(*((gate,),) * 5, (triggered,), (unknown,)),
        order=(0, 1, 2, 3, 4, 5, 6),
    )


def _advice(table: IndicatorTable, s: int) -> Recommendation:
    sector = SECTORS[s]
    jobs = float(VALUES[s, 0])
    name = sector.title or sector.id
    gate = Sentence(
        "{what} below {bound}", {"bound": Fact("gate.0.0", 200.0, "jobs")}, {"what": "employment"}
    )
    if s >= 5:
        return Recommendation(
            sector=sector.id,
            summary=(),
            strengths=(),
            concerns=(),
            cautions=(),
            reason_codes=(),
            quadrant=None,
            gate_details=(gate,),
            reason=Sentence(
                "not shortlisted: {jobs} where {bound} are needed",
                {
                    "jobs": Fact("employment", 50.0, "jobs", ("job", "jobs")),
                    "bound": Fact("gate.0.0", 200.0, "jobs"),
                },
                {},
            ),
            would_qualify_if=Sentence(
                "it had {bound} or more",
                {"bound": Fact("gate.0.0", 200.0, "jobs", ("job", "jobs"))},
                {},
            ),
        )
    people = {"jobs": Fact("employment", jobs, "jobs", ("person", "people"))}
    ratio = {"lq": Fact("location_quotient", float(VALUES[s, 3]), "times")}
    return Recommendation(
        sector=sector.id,
        summary=(
            Sentence("{name} employs {jobs}.", people, {"name": name}),
            Sentence("It is {lq} times as concentrated here.", ratio, {}),
        ),
        strengths=(Sentence("Concentrated: {lq} times.", ratio, {}),),
        concerns=(Sentence("Only {jobs}.", people, {}),),
        cautions=(Sentence("| <b>{name}</b> may change.", {}, {"name": name}),),
        reason_codes=("size", "concentration"),
        quadrant="star",
        gate_details=(gate,),
        headline=Sentence("employs {jobs}", people, {}),
    )


def make_shortlist() -> Shortlist:
    table = _indicators()
    groups = {
        "concentration": GroupConfig(
            weight=60, indicators={"location_quotient": CriterionConfig(weight=1)}
        ),
        "own": GroupConfig(weight=40, indicators={OWN: CriterionConfig(weight=1)}),
        "scale": GroupConfig(weight=0, indicators={"employment": CriterionConfig(weight=1)}),
    }
    gates = (GateConfig(indicator="employment", below=200, effect="exclude"),)
    return Shortlist(
        config=Config(criteria=groups, gates=gates, outputs={"top": 3}),
        config_name="my config.yaml",
        config_sha256="ab" * 32,
        inputs=(InputFile("=employment.csv", "employment", "cd" * 32, 1234),),
        ranking=_ranking(table),
        recommendations=tuple(_advice(table, s) for s in range(len(SECTORS))),
        totals={2023: 300000.0, 2020: 250000.0},
        estimated_share=0.031,
        cautions=('=HYPERLINK("http://x.example") <b>| caution',),
        notes=("A note.",),
        synthetic=True,
    )


@pytest.fixture(scope="session")
def nasty() -> Shortlist:
    return make_shortlist()


@pytest.fixture(scope="session")
def sample() -> Shortlist:
    """The embedded sample, ranked once."""
    folder = bundled("samples")
    return scan(sorted(folder.glob("*.csv")), load_config(folder / "sample.yaml"))


@pytest.fixture(scope="session")
def rated(sample) -> Shortlist:
    """The sample with its first five sectors rated by three people."""
    return rate(
        sample,
        ("334", "333", "541", "493", "621"),
        {"334": "Valley Chamber", "333": "Valley Chamber"},
    )


@pytest.fixture(scope="session")
def rated_nasty(nasty) -> Shortlist:
    """The hand-built shortlist, rated, with conveners of hostile names."""
    names = {"541": FORMULA_TITLE, "=1+1": MARKUP_TITLE, "31-33": "@SUM(A1)\x1b[31m\u202ered"}
    config = nasty.config.model_copy(update={"scorecard": load_config().config.scorecard})
    asked = replace(nasty, config=config)
    found = rate(asked, tuple(names), names, level=lambda sector, question, rater: 3)
    lacking = (Sentence("{name} must come.", {}, {"name": FORMULA_TITLE}),)
    told = tuple(replace(one, lacking=lacking) for one in nasty.recommendations)
    return replace(found, recommendations=told)
