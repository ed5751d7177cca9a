"""Parts of a sum with their ends, and the run of counties that stays concentrated."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.indicators.footprint import concentrated_first, part_pct, run_above
from sectorscan.tables.model import Interval


def _interval(*triples):
    return Interval(*(np.array(column, dtype=float) for column in zip(*triples, strict=True)))


def test_each_part_varies_its_own_jobs_once():
    part = part_pct(_interval((100, 100, 100), (0, 50, 100)))
    assert part.value == pytest.approx([100 * 100 / 150, 100 * 50 / 150])
    assert part.low == pytest.approx([50.0, 0.0])
    assert part.high == pytest.approx([100.0, 50.0])


def test_unknown_counties_and_open_ends():
    nan, inf = np.nan, np.inf
    part = part_pct(_interval((nan, nan, nan), (60, 60, 60), (0, 40, inf)))
    assert np.isnan(part.value[0])
    assert part.value[1:] == pytest.approx([60, 40])
    assert part.low[1:].tolist() == [0.0, 0.0]
    assert part.high[1:].tolist() == [100.0, 100.0]


jobs = st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))


@given(st.lists(jobs, min_size=1, max_size=7), st.data())
def test_the_true_part_lies_between_the_ends(triples, data):
    ordered = [tuple(sorted(triple)) for triple in triples]
    truth = np.array([data.draw(st.integers(low, high)) for low, _, high in ordered], dtype=float)
    part = part_pct(_interval(*ordered))
    if truth.sum() > 0:
        true_part = 100 * truth / truth.sum()
        assert (part.low <= true_part + 1e-9).all()
        assert (true_part <= part.high + 1e-9).all()


def test_the_order_is_by_quotient_then_by_jobs_unknown_last():
    order = concentrated_first(np.array([1.0, np.nan, 2.0, 2.0]), np.array([9.0, 99.0, 1.0, 5.0]))
    assert order.tolist() == [3, 2, 0, 1]


def test_the_longest_run():
    together = np.array([3.0, 2.0, 1.4, 0.9])
    assert [run_above(together, t) for t in (4.0, 1.4, 1.2, 0.5)] == [0, 3, 3, 4]
    assert run_above(np.array([np.nan, np.nan]), 1.2) == 0


@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=1, max_size=7),
    st.floats(0.1, 3),
)
def test_no_set_of_counties_as_concentrated_holds_more(pairs, threshold):
    own, total = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    order = concentrated_first(own / total, own)
    together = np.cumsum(own[order]) / np.cumsum(total[order])
    core = run_above(together, threshold)
    if not core:
        return
    assert together[core - 1] >= threshold
    held = own[order[:core]].sum()
    for size in range(1, len(own) + 1):
        for chosen in map(list, itertools.combinations(range(len(own)), size)):
            if own[chosen].sum() / total[chosen].sum() >= together[core - 1]:
                assert own[chosen].sum() <= held
