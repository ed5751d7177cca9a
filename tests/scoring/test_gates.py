import numpy as np
import pytest

from sectorscan.scoring.gates import evaluate, excluded

NAN, INF = np.nan, np.inf
BOTH_FALL = {
    "all_of": (
        {"indicator": "employment_cagr_pct", "below": 0},
        {"indicator": "projected_growth_pct", "below": 0},
    ),
    "effect": "hold",
}


def outcomes(config, built, *gates):
    return evaluate(config({"employment": 1}, gates=gates).gates, built)


def test_the_bound_describes_what_triggers(table, config):
    built = table({"employment": [199.9, 200, 200.1, 900]})
    below = {"indicator": "employment", "below": 200, "effect": "exclude"}
    above = {"indicator": "employment", "above": 200, "effect": "caution"}
    got = outcomes(config, built, below, above)
    assert [[gate.triggered for gate in sector] for sector in got] == [
        [True, False],
        [False, False],
        [False, True],
        [False, True],
    ]
    assert got[0][0].tests == (("employment", "below", 200.0, 199.9),)
    assert [gate.effect for gate in got[0]] == ["exclude", "caution"]


def test_a_missing_value_never_triggers_and_that_is_said(table, config):
    built = table({"employment": [NAN, 100]})
    (first,), (second,) = outcomes(
        config, built, {"indicator": "employment", "below": 200, "effect": "exclude"}
    )
    assert (first.triggered, first.unknown, first.straddles) == (False, True, False)
    assert np.isnan(first.tests[0][3])
    assert (second.triggered, second.unknown) == (True, False)


def test_an_indicator_that_the_table_hasnt_got_is_unknown(table, config):
    built = table({"employment": [100]})
    ((gate,),) = outcomes(
        config, built, {"indicator": "establishments", "below": 10, "effect": "exclude"}
    )
    assert (gate.triggered, gate.unknown) == (False, True)


@pytest.mark.parametrize(
    ("low", "value", "high", "triggered", "straddles"),
    [
        (150, 180, 190, True, False),
        (150, 180, 200, True, True),
        (150, 220, 300, False, True),
        (200, 220, 300, False, False),
        (-INF, 220, INF, False, True),
    ],
)
def test_judged_at_the_value_with_the_straddle_said(
    table, config, low, value, high, triggered, straddles
):
    built = table({"employment": [value]}, low={"employment": [low]}, high={"employment": [high]})
    ((gate,),) = outcomes(
        config, built, {"indicator": "employment", "below": 200, "effect": "exclude"}
    )
    assert (gate.triggered, gate.straddles) == (triggered, straddles)


def test_an_upper_bound_straddles_the_other_way_round(table, config):
    built = table({"x": [5, 5]}, low={"x": [4, 5]}, high={"x": [5, 7]})
    (first,), (second,) = outcomes(config, built, {"indicator": "x", "above": 5, "effect": "hold"})
    assert (first.triggered, first.straddles) == (False, False)
    assert (second.triggered, second.straddles) == (False, True)


@pytest.mark.parametrize(
    ("observed", "projected", "triggered", "unknown"),
    [
        (-1, -1, True, False),
        (-1, 1, False, False),
        (1, NAN, False, False),
        (-1, NAN, False, True),
        (NAN, NAN, False, True),
    ],
)
def test_all_of_needs_every_test(table, config, observed, projected, triggered, unknown):
    built = table({"employment_cagr_pct": [observed], "projected_growth_pct": [projected]})
    ((gate,),) = outcomes(config, built, BOTH_FALL)
    assert (gate.triggered, gate.unknown) == (triggered, unknown)
    assert [test[0] for test in gate.tests] == ["employment_cagr_pct", "projected_growth_pct"]


def test_all_of_straddles_only_where_the_intervals_could_change_the_outcome(table, config):
    built = table(
        {"employment_cagr_pct": [-1, -1], "projected_growth_pct": [3, -3]},
        low={"employment_cagr_pct": [-2, -2]},
        high={"employment_cagr_pct": [1, 1]},
    )
    (never,), (maybe,) = outcomes(config, built, BOTH_FALL)
    assert not never.straddles
    assert maybe.straddles
    assert maybe.triggered


def test_excluded_takes_only_exclude_gates(table, config):
    built = table({"employment": [100, 300, NAN], "establishments": [50, 5, 5]})
    gates = config(
        {"employment": 1},
        gates=(
            {"indicator": "employment", "below": 200, "effect": "exclude"},
            {"indicator": "establishments", "below": 10, "effect": "caution"},
        ),
    ).gates
    assert list(excluded(gates, built)) == [True, False, False]
    agreed = [any(g.triggered and g.effect == "exclude" for g in s) for s in evaluate(gates, built)]
    assert agreed == list(excluded(gates, built))


def test_without_gates_nobody_is_excluded(table):
    built = table({"employment": [1, 2]})
    assert evaluate((), built) == ((), ())
    assert not excluded((), built).any()
