import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.scoring.positions import competition_ranks, would_rank

NAN = np.nan


def by_the_book(scores):
    """Return ranks by walking down the list as the rule says it."""
    order = sorted((i for i, s in enumerate(scores) if s == s), key=lambda i: -scores[i])
    ranks, first, rank = [0] * len(scores), None, 0
    for place, sector in enumerate(order, start=1):
        if first is None or first - scores[sector] > 1e-9:
            first, rank = scores[sector], place
        ranks[sector] = rank
    return ranks


def test_ties_share_the_best_rank():
    got = competition_ranks(np.array([50.0, 70, 70, NAN, 90, 70, 10]))
    assert list(got) == [5, 2, 2, 0, 1, 2, 6]


def test_within_1e_9_of_the_groups_first_is_a_tie_and_chains_dont_stretch_it():
    top = 50.0
    got = competition_ranks(np.array([top, top - 0.8e-9, top - 1.6e-9, top - 2.2e-9, top - 3e-9]))
    assert list(got) == [1, 1, 3, 3, 5]


def test_a_hair_more_than_1e_9_is_no_tie():
    assert list(competition_ranks(np.array([50.0, 50.0 - 1.1e-9]))) == [1, 2]


def test_nobody_ranked():
    assert list(competition_ranks(np.array([NAN, NAN]))) == [0, 0]
    assert list(competition_ranks(np.array([]))) == []
    assert list(would_rank(np.array([NAN]), np.array([3.0, NAN]))) == [1, 0]


close = st.integers(0, 12).map(lambda k: 50 + k * 0.4e-9) | st.sampled_from([10.0, 20.0, NAN])


@given(st.lists(close, max_size=12))
def test_ranks_by_brute_force(scores):
    assert list(competition_ranks(np.array(scores, dtype=float))) == by_the_book(scores)


@given(st.lists(close, max_size=10), st.lists(close, min_size=1, max_size=4))
def test_would_rank_by_brute_force(scores, others):
    got = would_rank(np.array(scores, dtype=float), np.array(others))
    assert list(got) == [by_the_book([*scores, other])[-1] for other in others]


@given(st.lists(st.lists(close, min_size=4, max_size=4), min_size=1, max_size=5))
def test_many_lists_at_once_are_ranked_one_by_one(rows):
    got = competition_ranks(np.array(rows, dtype=float))
    assert got.tolist() == [by_the_book(row) for row in rows]
