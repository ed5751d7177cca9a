"""The launch order: what is ready first, capacity, conveners and shared employers respected."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sectorscan.advice.launch_model import STAGES, TERMS, Contender, Delay
from sectorscan.advice.launch_order import launch_order
from sectorscan.config.plan import PlanConfig, PlanWeights
from sectorscan.scoring.tiers import tier
from sectorscan.sources import naics

NAN = math.nan
DEFAULT = PlanConfig()


def contender(sector, its_tier="launch", *, economic=70.0, readiness=70.0, rank=1, **more):
    values = dict.fromkeys(TERMS, NAN) | {"economic": economic, "readiness": readiness}
    values |= more.pop("values", {})
    if its_tier == "economic case only":
        values["readiness"] = NAN
    fields = {"coverage": 1.0, "codes": (sector,), "areas": ("98001",), **more}
    return Contender(sector, f"Sector {sector}", rank, its_tier, values, **fields)


def planned(*contenders, top=5, **config):
    return launch_order(contenders, PlanConfig.model_validate(config), top)


def years(order):
    return {one.contender.sector: one.year for one in order.scheduled}


def test_a_priority_worked_out_by_hand():
    one = contender("311", values={"p_top": 0.9, "early_win": 3.0}, economic=80.0, readiness=65.0)
    (entry,) = planned(one).entries
    # Weights 40, 30, 15, 15 of 100; level 3 of 4 is 75, a share of 0.9 is 90.
    assert entry.priority == pytest.approx(0.4 * 80 + 0.3 * 65 + 0.15 * 75 + 0.15 * 90)
    assert [term.points for term in entry.terms] == pytest.approx([32, 19.5, 11.25, 13.5])


def test_what_is_not_known_is_not_zero():
    (entry,) = planned(contender("311", economic=80.0, readiness=66.0)).entries
    assert [term.name for term in entry.terms] == ["economic", "readiness"]
    assert entry.priority == pytest.approx((40 * 80 + 30 * 66) / 70)


def test_start_with_one_then_as_many_as_the_team_can_carry():
    ready = [contender(code, economic=90.0 - k) for k, code in enumerate(("311", "332", "484",
             "541", "621"))]  # fmt: skip
    assert years(planned(*ready)) == {"311": 1, "332": 2, "484": 2, "541": 3, "621": 3}
    alone = planned(*ready, capacity=1)
    assert years(alone) == {"311": 1, "332": 2, "484": 3}
    assert [one.year for one in alone.entries] == [1, 2, 3, 0, 0]
    assert alone.entries[3].delays == (Delay("capacity"),)


def test_a_convener_carries_a_single_sector_at_a_time():
    ready = [
        contender("311", economic=90.0, conveners=("Chamber", "College")),
        contender("332", economic=80.0, conveners=("chamber",)),
        contender("484", economic=70.0, conveners=("CHAMBER",)),
    ]
    order = planned(*ready)
    found = {one.contender.sector: (one.year, one.convener) for one in order.scheduled}
    # The college is named for fewer sectors, which leaves the chamber to the others.
    assert found == {"311": (1, "College"), "332": (2, "chamber"), "484": (3, "CHAMBER")}
    assert Delay("convener", "332", "CHAMBER") in order.entries[2].delays
    assert years(planned(*ready, convener_years=2)) == {"311": 1, "332": 2}


def test_nobody_named_delays_nothing():
    (entry,) = planned(contender("311")).scheduled
    assert (entry.year, entry.convener) == (1, "")


@pytest.mark.parametrize(
    ("ours", "theirs", "codes", "inside"),
    [
        (("311",), ("3118", "722"), ("3118",), ""),
        (("3118",), ("311", "722"), ("3118",), "A"),
        (("31-33",), ("332",), ("332",), "B"),
        (("311",), ("332",), None, None),
        (("325 except 3254",), ("3254",), None, None),
        (("wind",), ("windmill",), None, None),
    ],
)
def test_the_same_employers_are_not_asked_twice_in_a_year(ours, theirs, codes, inside):
    order = planned(
        contender("Z", economic=99.0, codes=("999",)),
        contender("A", economic=90.0, codes=ours),
        contender("B", economic=80.0, codes=theirs),
    )
    if codes is None:
        assert order.shared == ()
        assert years(order) == {"Z": 1, "A": 2, "B": 2}
        return
    (pair,) = order.shared
    assert (pair.codes, pair.inside) == (codes, inside)
    assert years(order) == {"Z": 1, "A": 2, "B": 3}
    assert Delay("employers", "A") in order.entries[2].delays


def test_sectors_of_different_counties_share_no_employers():
    order = planned(
        contender("A", codes=("311",), areas=("98001",)),
        contender("B", codes=("311",), areas=("98003",)),
    )
    assert order.shared == ()


STAGES_OF = [
    (contender("x"), "launch"),
    (contender("x", held=True), "not yet"),
    (contender("x", "prepare"), "prepare"),
    (contender("x", "prepare", held=True), "not yet"),
    (contender("x", "prepare", blocked_by=("champions",)), "prepare"),
    (contender("x", "prepare", blocked_by=("convener",), unknown=("convener",)), "ask"),
    (contender("x", "prepare", coverage=0.6), "ask"),
    (contender("x", "support"), "ask"),
    (contender("x", "monitor"), "not yet"),
    (contender("x", "economic case only", rank=5), "rate"),
    (contender("x", "economic case only", rank=6), "not yet"),
]


@pytest.mark.parametrize(("one", "stage"), STAGES_OF)
def test_stages(one, stage):
    (entry,) = planned(one).entries
    assert entry.stage == stage
    assert bool(entry.year) == (stage == "launch")


def test_what_is_being_prepared_gets_a_year_only_after_a_first_launch():
    near = contender("332", "prepare", economic=99.0, blocked_by=("champions",))
    assert years(planned(near)) == {}
    assert planned(near).first is None
    assert years(planned(near, contender("311"))) == {"311": 1, "332": 2}


def test_ties_are_settled_by_rank_then_id():
    level = [contender("b", rank=2), contender("c", rank=1), contender("a", rank=2)]
    assert [one.contender.sector for one in planned(*level).entries] == ["c", "a", "b"]
    near = [contender("b", rank=1), contender("a", rank=2, economic=70.0 + 1e-11)]
    assert [one.contender.sector for one in planned(*near).entries] == ["b", "a"]


def test_nobody_rated():
    order = planned(*(contender(c, "economic case only", rank=k)
                      for k, c in enumerate(("311", "332"), 1)))  # fmt: skip
    assert not order.rated
    assert order.first is None
    assert order.scheduled == ()
    assert [one.stage for one in order.entries] == ["rate", "rate"]
    assert all(math.isnan(one.priority) for one in order.entries)


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(ValueError, match="weights that are all 0"):
        PlanWeights.model_validate(dict.fromkeys(TERMS, 0))


CODES = ("311", "3118", "31-33", "332", "484", "541", "5415", "621", "722")
NAMES = ("Chamber", "College", "chamber", "Council")
# Means of the whole levels of up to three raters.
LEVEL = st.one_of(st.just(NAN), st.integers(0, 24).map(lambda sixths: sixths / 6))


@st.composite
def fields_of_contenders(draw):
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
    found = []
    for rank, one in enumerate(ids, 1):
        economic, readiness = (
            draw(st.sampled_from((60.0, 70.0, 85.5, 85.5 + 1e-10, 45.0, 30.0))) for _ in "er"
        )
        rated = draw(st.sampled_from((True, True, True, False)))
        held, blocked = draw(
            st.sampled_from(((False, ()), (False, ()), (False, ("champions",)), (True, ())))
        )
        is_tier = tier(economic, readiness if rated else None, blocked=held or bool(blocked))
        levels = {name: draw(LEVEL) for name in TERMS[2:] if name != "p_top"}
        found.append(
            contender(
                one,
                is_tier,
                rank=rank,
                economic=economic,
                readiness=readiness,
                values={
                    **levels,
                    "p_top": draw(
                        st.one_of(st.just(NAN), st.integers(0, 1000).map(lambda n: n / 1000))
                    ),
                },
                held=held,
                blocked_by=blocked if rated else (),
                unknown=draw(st.sampled_from(((), blocked))) if rated else (),
                coverage=draw(st.sampled_from((1.0, 0.7, 0.69))),
                conveners=tuple(draw(st.sets(st.sampled_from(NAMES), max_size=2))),
                codes=tuple(draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=2))),
            )
        )
    return found


SETTINGS = st.builds(
    PlanConfig,
    capacity=st.integers(1, 3),
    years=st.integers(1, 5),
    convener_years=st.integers(1, 3),
    weights=st.sampled_from(
        (
            PlanWeights(),
            PlanWeights(economic=0, readiness=0, early_win=1, p_top=0),
            PlanWeights(economic=1, readiness=0, early_win=0, p_top=0, landscape=1),
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(fields_of_contenders(), SETTINGS, st.randoms(use_true_random=False))
def test_a_plan_keeps_its_promises(given_ones, config, shuffle):
    order = launch_order(given_ones, config, 5)
    entries = order.entries
    assert sorted(one.contender.sector for one in entries) == sorted(
        one.sector for one in given_ones
    )
    assert [STAGES.index(one.stage) for one in entries] == sorted(
        STAGES.index(one.stage) for one in entries
    )
    _capacity_and_conveners(order, config)
    for one in order.scheduled:
        assert not one.contender.held
        for other in order.scheduled:
            if one is not other and one.year == other.year:
                assert not any(
                    naics.overlap(ours, theirs)
                    for ours in one.contender.codes
                    for theirs in other.contender.codes
                )
    first = order.first
    if first is not None:
        assert first.contender.tier == "launch"
        assert not first.contender.blocked_by
        assert first.year == 1
        ready = [one for one in entries if one.stage == "launch"]
        known = [one.priority for one in ready if not math.isnan(one.priority)]
        assert not known or first.priority >= max(known) - 1e-9
    else:
        assert order.scheduled == ()
    mixed = list(given_ones)
    shuffle.shuffle(mixed)
    assert repr(launch_order(mixed, config, 5)) == repr(order)


def _capacity_and_conveners(order, config):
    per_year = [one.year for one in order.scheduled]
    assert per_year.count(1) <= 1
    assert all(per_year.count(year) <= config.capacity for year in per_year)
    assert all(1 <= year <= config.years for year in per_year)
    for one in order.scheduled:
        if one.contender.conveners:
            assert one.convener in one.contender.conveners
        for other in order.scheduled:
            if one is not other and one.convener.casefold() == other.convener.casefold() != "":
                assert abs(one.year - other.year) >= config.convener_years


@settings(max_examples=100, deadline=None)
@given(fields_of_contenders())
def test_the_points_are_the_priority(given_ones):
    for entry in launch_order(given_ones, DEFAULT, 5).entries:
        if not math.isnan(entry.priority):
            assert math.fsum(term.weight for term in entry.terms) == pytest.approx(1)
            assert math.fsum(term.points for term in entry.terms) == pytest.approx(entry.priority)
            assert -1e-9 <= entry.priority <= 100 + 1e-9


def test_nothing_given_is_changed():
    ones = [contender(code, economic=60.0 + k) for k, code in enumerate(("311", "332", "484"))]
    before = [replace(one) for one in ones]
    random.Random(1).shuffle(ones)  # noqa: S311
    launch_order(ones, DEFAULT, 5)
    assert sorted(ones, key=lambda one: one.sector) == before
