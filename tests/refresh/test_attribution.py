"""The Shapley kernel: published games, and what holds of every one."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.refresh.attribution import shapley


def outcomes_of(value, players):
    out = np.zeros((2,) * players)
    for taken in product((0, 1), repeat=players):
        out[taken] = value({n for n, here in enumerate(taken) if here})
    return out


def test_littlechild_and_owen_1973_airport_game():
    """Runways cost 8, 11, 13 and 18: the shares are 8/4, + 3/3, + 2/2, + 5."""
    cost = (8, 11, 13, 18)
    game = outcomes_of(lambda s: max((cost[n] for n in s), default=0), 4)
    assert shapley(game, 4) == pytest.approx([2, 3, 4, 9])


def test_the_glove_game():
    """One left glove and two right ones, a pair worth 1 (Osborne & Rubinstein 1994, ch. 14)."""
    game = outcomes_of(lambda s: float(0 in s and bool(s & {1, 2})), 3)
    assert shapley(game, 3) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def by_orders(outcomes, steps):
    """The definition itself: the mean over all orders."""
    parts = np.zeros((steps, *outcomes.shape[steps:]))
    orders = list(permutations(range(steps)))
    for order in orders:
        taken = [0] * steps
        for step in order:
            before = outcomes[tuple(taken)]
            taken[step] = 1
            parts[step] += (outcomes[tuple(taken)] - before) / len(orders)
    return parts


games = st.integers(1, 5).flatmap(
    lambda k: st.tuples(
        st.just(k), st.lists(st.floats(-1e4, 1e4), min_size=3 * 2**k, max_size=3 * 2**k)
    )
)


@given(games)
def test_parts_are_the_mean_over_all_orders_and_sum_to_the_change(game):
    steps, numbers = game
    outcomes = np.array(numbers).reshape((2,) * steps + (3,))
    parts = shapley(outcomes, steps)
    assert parts.shape == (steps, 3)
    assert parts == pytest.approx(by_orders(outcomes, steps), abs=1e-8)
    change = outcomes[(1,) * steps] - outcomes[(0,) * steps]
    assert parts.sum(axis=0) == pytest.approx(change, abs=1e-8)


@given(games, st.integers(0, 4))
def test_a_step_that_moves_nothing_gets_exactly_0(game, step):
    steps, numbers = game
    outcomes = np.array(numbers).reshape((2,) * steps + (3,))
    step %= steps
    off = np.take(outcomes, [0], axis=step)
    still = np.concatenate([off, off], axis=step)
    assert (shapley(still, steps)[step] == 0).all()


def test_a_missing_outcome_leaves_no_part():
    outcomes = np.zeros((2, 2, 2))
    outcomes[0, 1, 0] = np.nan
    parts = shapley(outcomes, 2)
    assert np.isnan(parts[:, 0]).all()
    assert (parts[:, 1] == 0).all()
