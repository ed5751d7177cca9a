import copy
import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sectorscan.config.models import Config, CriterionConfig, GroupConfig, Scale
from sectorscan.errors import ConfigError
from sectorscan.scoring.matrix import decision_matrix
from sectorscan.scoring.rank import rank

NAN, INF = np.nan, np.inf
METHODS = ["minmax", "zscore", "percentile", "rank"]
RISING = Scale(points=((0, 0), (50, 80), (100, 100)))
FIRMS = {"indicator": "establishments", "below": 10, "effect": "exclude"}


def ids(ranking):
    return [ranking.matrix.sectors[sector].id for sector in ranking.order]


# The decision matrix


def test_matrix_has_the_configs_criteria_in_its_order_weight_0_included(table, config):
    built = table({"a": [1, 2], "b": [3, 4]}, low={"b": [2, 4]}, high={"b": [INF, 4]})
    matrix = decision_matrix(built, config({"b": 3, "unknown": 1, "a": 0}))
    assert [c.id for c in matrix.criteria] == ["b", "unknown", "a"]
    np.testing.assert_array_equal(matrix.value, [[3, NAN, 1], [4, NAN, 2]])
    np.testing.assert_array_equal(matrix.low[:, 0], [2, 4])
    np.testing.assert_array_equal(matrix.high[:, 0], [INF, 4])
    np.testing.assert_allclose(matrix.weights, [0.75, 0.25, 0])


def bare(*indicators):
    inside = {name: CriterionConfig(weight=1) for name in indicators}
    return Config(criteria={"g": GroupConfig(weight=1, indicators=inside)})


def test_a_criterion_without_scale_takes_its_registrys_points(table):
    matrix = decision_matrix(table({"x": [1]}), bare("location_quotient", "employment_share_pct"))
    lq, share = (criterion.scale for criterion in matrix.criteria)
    assert lq.points == ((0.5, 0), (1, 50), (1.25, 75), (2, 100))
    assert (lq.log, share.log) == (False, True)


def test_criteria_without_any_scale_are_all_named_at_once(table):
    with pytest.raises(ConfigError, match="location_quotent has no scale") as error:
        decision_matrix(table({"x": [1]}), bare("location_quotent", "mine", "pay_vs_region"))
    first, second = error.value.findings
    assert "Did you mean 'location_quotient'?" in str(first)
    assert first.column == "criteria.g.indicators.location_quotent.scale"
    assert "mine has no scale" in str(second)


# Scores, ranks and ties


def test_a_small_region_by_hand(table, config):
    built = table({"lq": [1.1, 2, 0.2], "pay": [60, 10, 100]}, names=["541", "622", "722"])
    points = Scale(points=((0.5, 0), (1, 50), (1.25, 75), (2, 100)))
    got = rank(built, config({"lq": (3, points), "pay": 1}))
    np.testing.assert_allclose(got.scaled, [[60, 60], [100, 10], [0, 100]])
    np.testing.assert_allclose(got.contribution, [[45, 15], [75, 2.5], [0, 25]])
    np.testing.assert_allclose(got.score, [60, 77.5, 25])
    assert list(got.rank) == [2, 1, 3]
    assert ids(got) == ["622", "541", "722"]
    assert got.tier == ("economic case only",) * 3
    assert got.exclusion == (None,) * 3
    assert list(got.would_rank) == [0, 0, 0]
    assert got.cautions == ()


def test_ties_are_stated_and_listed_by_id(table, config):
    built = table({"a": [50, 70, 70 + 1e-10, 10]}, names=["d", "c", "b", "a"])
    got = rank(built, config({"a": 1}))
    assert list(got.rank) == [3, 1, 1, 4]
    assert list(got.tied) == [False, True, True, False]
    assert ids(got) == ["b", "c", "d", "a"]


def test_unranked_sectors_are_never_tied(table, config):
    built = table({"a": [50, 60, 60], "establishments": [90, 1, 1]})
    got = rank(built, config({"a": 1}, gates=(FIRMS,)))
    assert list(got.rank) == [1, 0, 0]
    assert not got.tied.any()


def test_no_candidates_at_all(table, config):
    got = rank(table({"a": []}), config({"a": (1, Scale(method="minmax"))}))
    assert got.order == ()
    assert got.score.shape == (0,)


# Who is ranked


def test_gates_come_before_the_scales(table, config):
    built = table({"a": [0, 5, 10, 1000], "establishments": [20, 20, 20, 3]})
    got = rank(built, config({"a": (1, Scale(method="minmax"))}, gates=(FIRMS,)))
    np.testing.assert_allclose(got.score, [0, 50, 100, 100])
    assert list(got.rank) == [3, 2, 1, 0]
    assert got.exclusion == (None, None, None, "gate")
    assert got.would_rank[3] == 1
    assert got.tier[3] is None
    assert got.order == (2, 1, 0)


def test_hold_and_caution_gates_leave_the_rank_alone(table, config):
    gates = [{"indicator": "a", "below": 60, "effect": effect} for effect in ("hold", "caution")]
    got = rank(table({"a": [50, 70]}), config({"a": 1}, gates=gates))
    assert list(got.rank) == [2, 1]
    assert [gate.triggered for gate in got.gates[0]] == [True, True]


def test_low_coverage_is_unranked_and_off_the_scale(table, config):
    built = table({"a": [0, 10, 50], "b": [1, 2, NAN]})
    scales = {"a": (6, Scale(method="minmax")), "b": (4, Scale(method="minmax"))}
    got = rank(built, config(scales))
    assert got.exclusion == (None, None, "coverage")
    np.testing.assert_allclose(got.coverage, [1, 1, 0.6])
    np.testing.assert_allclose(got.scaled[:, 0], [0, 100, 100])
    assert (got.score[2], got.would_rank[2]) == (100, 1)


@pytest.mark.parametrize("policy", ["renormalise", "neutral", "worst", "exclude"])
def test_coverage_holds_under_every_policy(table, config, policy):
    built = table({"a": [10, 20], "b": [10, NAN]})
    got = rank(built, config({"a": 69, "b": 31}, missing=policy))
    assert got.exclusion == (None, "coverage")
    barely = rank(built, config({"a": 70, "b": 30}, missing=policy, min_coverage=0.7))
    assert barely.coverage[1] == pytest.approx(0.7)
    assert barely.exclusion == (None, "missing" if policy == "exclude" else None)


def test_coverage_of_exactly_the_minimum_is_enough_whatever_the_rounding(table, config):
    # 0.1 * 7 summed one by one is 0.7 less a hair.
    columns = {f"c{i}": [1.0, 1.0 if i < 7 else NAN] for i in range(10)}
    got = rank(table(columns), config(dict.fromkeys(columns, 1)))
    assert got.exclusion == (None, None)


def test_excluding_missing_values_leaves_no_score(table, config):
    built = table({"a": [10, 20], "b": [10, NAN], "nobody": [NAN, NAN]})
    got = rank(built, config({"a": 8, "b": 1, "nobody": 1}, missing="exclude"))
    assert got.exclusion == (None, "missing")
    assert np.isnan(got.score[1])
    assert np.isnan(got.score_low[1])
    assert got.would_rank[1] == 0
    assert got.score[0] == pytest.approx(10)


def test_gates_are_named_before_coverage(table, config):
    built = table({"a": [10, NAN], "establishments": [20, 5]})
    got = rank(built, config({"a": 1}, gates=(FIRMS,)))
    assert got.exclusion == (None, "gate")
    assert got.would_rank[1] == 0


def test_nothing_known_is_a_matter_of_coverage_even_without_a_minimum(table, config):
    got = rank(table({"a": [10, NAN]}), config({"a": 1}, min_coverage=0))
    assert got.exclusion == (None, "coverage")


def test_neutral_and_worst_fill_in_what_is_missing(table, config):
    built = table({"a": [10, 20], "b": [10, NAN]})
    scores = [
        rank(built, config({"a": 8, "b": 2}, missing=policy)).score[1]
        for policy in ("renormalise", "neutral", "worst")
    ]
    np.testing.assert_allclose(scores, [20, 26, 16])


# Cautions


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("renormalise", "25 % of the weight is spread over the other criteria"),
        ("exclude", "25 % of the weight is spread over the other criteria"),
        ("neutral", "25 % of the weight counts as 50 for everyone"),
        ("worst", "25 % of the weight counts as 0 for everyone"),
    ],
)
def test_what_no_candidate_has_is_said_with_its_weight(table, config, policy, words):
    got = rank(table({"a": [10, 20]}), config({"a": 3, "openings": 1}, missing=policy))
    assert got.cautions == (f"openings: known for no sector; its {words}.",)
    assert list(got.coverage) == [1, 1]


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_column_is_said(table, config, method):
    built = table({"a": [7, 7, 9], "b": [1, 2, 3], "establishments": [20, 20, 1]})
    settings = config({"a": (1, Scale(method=method)), "b": 3}, gates=(FIRMS,))
    (caution,) = rank(built, settings).cautions
    assert caution.startswith("a (25 % of the weight) can't tell the ranked sectors apart")


def test_what_weighs_nothing_needs_no_caution(table, config):
    got = rank(table({"a": [1, 2], "b": [5, 5]}), config({"a": 1, "b": (0, Scale(method="rank"))}))
    assert got.cautions == ()
    np.testing.assert_array_equal(got.contribution[:, 1], [0, 0])


# The score interval


def test_interval_by_hand(table, config):
    built = table(
        {"a": [40, 40], "b": [40, 40]},
        low={"a": [20, 40], "b": [30, 40]},
        high={"a": [50, 40], "b": [INF, 40]},
    )
    got = rank(built, config({"a": 1, "b": 3}))
    np.testing.assert_allclose(got.score_low, [0.25 * 20 + 0.75 * 30, 40])
    np.testing.assert_allclose(got.score_high, [0.25 * 50 + 75, 40])


def test_geometric_interval_by_hand(table, config):
    built = table({"a": [40], "b": [100]}, low={"a": [0]}, high={"a": [100]})
    got = rank(built, config({"a": 1, "b": 1}, aggregation="geometric"))
    assert got.score_low[0] == pytest.approx(10)
    assert got.score_high[0] == pytest.approx(100)


# Properties

SIZE = st.integers(1, 6)
VALUES = st.integers(0, 100).map(float) | st.just(NAN)
SCALES = st.sampled_from([RISING, *(Scale(method=method) for method in METHODS)])
POLICIES = st.sampled_from(["renormalise", "neutral", "worst", "exclude"])
AGGREGATIONS = st.sampled_from(["arithmetic", "geometric"])
GATE = {"indicator": "c0", "below": 20, "effect": "exclude"}


@st.composite
def problems(draw, scales=SCALES, elements=VALUES):
    """Return columns, their ends, criteria and settings of a small region."""
    size, count = draw(SIZE), draw(st.integers(1, 3))
    value, low, high, criteria = {}, {}, {}, {}
    for name in (f"c{i}" for i in range(count)):
        value[name] = draw(arrays(float, size, elements=elements))
        below, above = (draw(arrays(float, size, elements=st.integers(0, 20))) for _ in range(2))
        low[name], high[name] = value[name] - below, value[name] + above
        scale = draw(scales)
        direction = draw(st.sampled_from(["max", "min"])) if scale.method != "points" else "max"
        criteria[name] = (draw(st.integers(1, 9)), scale, direction)
    settings = {"missing": draw(POLICIES), "aggregation": draw(AGGREGATIONS)}
    settings["gates"] = draw(st.sampled_from([(), (GATE,)]))
    return value, low, high, criteria, settings


@given(problem=problems())
def test_contributions_sum_and_the_interval_holds_the_score(table, config, problem):
    value, low, high, criteria, settings = problem
    got = rank(table(value, low=low, high=high), config(criteria, **settings))
    has = ~np.isnan(got.score)
    assert (got.score_low[has] <= got.score[has] + 1e-9).all()
    assert (got.score[has] <= got.score_high[has] + 1e-9).all()
    if settings["missing"] != "neutral":
        sums = np.nansum(got.contribution, axis=1)
        exact = has & (got.score > 1 + 1e-9)  # at S = 1 the weights of what is filled are missing
        np.testing.assert_allclose(sums[exact], got.score[exact])
    ranked = got.rank > 0
    assert [e is None for e in got.exclusion] == list(ranked)
    assert sorted(got.order) == list(np.flatnonzero(ranked))


@given(problem=problems())
def test_inputs_are_never_mutated(table, config, problem):
    value, low, high, criteria, settings = problem
    built, chosen = table(value, low=low, high=high), config(criteria, **settings)
    before = copy.deepcopy(built)
    rank(built, chosen)
    for name in ("low", "value", "high"):
        np.testing.assert_array_equal(getattr(built, name), getattr(before, name))
    assert chosen == config(criteria, **settings)


@given(problem=problems(), factor=st.floats(0.01, 1000), data=st.data())
def test_scaling_weights_and_permuting_rows_keep_every_rank(table, config, problem, factor, data):
    value, _, _, criteria, settings = problem
    base = rank(table(value), config(criteria, **settings))
    heavier = {name: (weight * factor, *rest) for name, (weight, *rest) in criteria.items()}
    weighed = rank(table(value), config(heavier, **settings))
    np.testing.assert_array_equal(weighed.rank, base.rank)
    np.testing.assert_allclose(weighed.score, base.score, rtol=0, atol=1e-9)
    np.testing.assert_allclose(weighed.contribution, base.contribution, rtol=0, atol=1e-9)
    order = np.array(data.draw(st.permutations(range(len(base.rank)))))
    names = [base.matrix.sectors[sector].id for sector in order]
    shuffled = table({name: column[order] for name, column in value.items()}, names=names)
    got = rank(shuffled, config(criteria, **settings))
    np.testing.assert_array_equal(got.rank, base.rank[order])
    assert ids(got) == ids(base)


@given(problem=problems(scales=st.just(RISING), elements=st.integers(0, 100)), data=st.data())
def test_under_points_another_candidate_changes_nobodys_score(table, config, problem, data):
    value, _, _, criteria, settings = problem
    newcomer = data.draw(st.integers(0, 100))
    more = {name: np.append(column, newcomer) for name, column in value.items()}
    base = rank(table(value), config(criteria, **settings))
    np.testing.assert_array_equal(
        rank(table(more), config(criteria, **settings)).score[:-1], base.score
    )


@given(problem=problems(scales=st.just(RISING)), rise=st.floats(0, 50), data=st.data())
def test_under_rising_points_a_higher_value_never_lowers_the_score(
    table, config, problem, rise, data
):
    value, _, _, criteria, settings = problem
    base = rank(table(value), config(criteria, **settings))
    name = data.draw(st.sampled_from(sorted(value)))
    sector = data.draw(st.integers(0, len(base.rank) - 1))
    raised = {key: column.copy() for key, column in value.items()}
    raised[name][sector] += rise
    got = rank(table(raised), config(criteria, **settings))
    if not np.isnan(base.score[sector]):
        assert got.score[sector] >= base.score[sector] - 1e-9


@given(problem=problems())
def test_would_rank_by_ranking_the_excluded_with_the_others(table, config, problem):
    value, _, _, criteria, settings = problem
    got = rank(table(value), config(criteria, **settings))
    for sector in np.flatnonzero(got.rank == 0):
        if np.isnan(got.score[sector]):
            assert got.would_rank[sector] == 0
            continue
        scores = [*got.score[got.rank > 0], got.score[sector]]
        first = max(s for s in scores if s <= got.score[sector] + 1e-9)
        assert got.would_rank[sector] == 1 + sum(s > first for s in scores)


@given(problem=problems())
def test_the_interval_holds_the_score_at_any_point_of_one_uncertain_indicator(
    table, config, problem
):
    value, low, high, criteria, settings = problem
    settings = {**settings, "gates": (), "min_coverage": 0}
    name = min(value)
    built = table(value, low={name: low[name]}, high={name: high[name]})
    got = rank(built, config(criteria, **settings))
    sector = 0
    if np.isnan(got.score[sector]) or np.isnan(value[name][sector]):
        return
    for moved in np.linspace(low[name][sector], high[name][sector], 5):
        column = value[name].copy()
        column[sector] = moved
        score = rank(table({**value, name: column}), config(criteria, **settings)).score[sector]
        assert got.score_low[sector] - 1e-9 <= score <= got.score_high[sector] + 1e-9


@pytest.mark.parametrize(
    ("years", "criterion", "said"),
    [
        ((2015, 2020, 2025), "employment_cagr_5y_vs_region_pp", True),
        ((2015, 2020, 2025), "employment_cagr_10y_vs_region_pp", False),
        ((2015, 2020, 2022), "recent_growth_vs_region_pp", True),
        ((2020, 2025), "employment_cagr_5y_vs_region_pp", False),  # said of the whole period
    ],
)
def test_a_scored_window_that_starts_in_the_pandemic_year_is_cautioned(
    table, years, criterion, said
):
    built = table({criterion: [1, 2], "employment_cagr_5y_pct": [1, 2]})
    built = dataclasses.replace(built, panel=dataclasses.replace(built.panel, years=years))
    cautions = rank(built, bare(criterion)).cautions
    assert any("2020 was a pandemic year" in text for text in cautions) is said
    assert all("employment_cagr_5y_pct" not in text for text in cautions)
