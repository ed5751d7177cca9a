"""Stability intervals: the published ones, and a scan of 20,001 points."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.robustness.exact import TIE, municipal, rankings, scores_at
from tests.scoring.conftest import indicator_table, scoring_config

from sectorscan.config.models import Scale
from sectorscan.robustness.stability import _moved, stabilities
from sectorscan.scoring.rank import rank

POINTS = 20_001


def test_published_intervals_and_who_takes_over(shared):
    case, ranking = municipal(shared, "flip_municipal_plan")
    expected = case["expected"]
    found = [s for s in stabilities(ranking, 1) if s.kind == "criterion"]
    np.testing.assert_allclose(
        [s.first for s in found], expected["weight_stability_interval"], atol=1e-6, rtol=0
    )
    assert [[s.below, s.above] for s in found] == expected["flips_to"]
    assert [s.shortlist for s in found] == [s.first for s in found]
    assert all(s.exact for s in found)


def scanned(ranking, moved, inside):
    """Return the ends between which a scan finds nobody from outside ahead of those inside."""
    weights = ranking.matrix.weights
    rest = np.where(moved > 0, 0.0, weights)
    now = weights[moved > 0].sum()
    shares = np.linspace(0, 1, POINTS)
    line = shares[:, None] * moved + (1 - shares[:, None]) * rest / rest.sum()
    score = scores_at(ranking, line)
    outside = np.setdiff1d(np.arange(score.shape[1]), inside)
    worst = score[:, inside].min(axis=1)
    best = score[:, outside].max(axis=1, initial=-np.inf)
    fails = (best > worst + TIE) | np.isneginf(worst)
    below, above = np.flatnonzero(fails & (shares < now)), np.flatnonzero(fails & (shares > now))
    low = shares[below[-1]] if below.size else 0.0
    high = shares[above[0]] if above.size else 1.0
    return low, high


@settings(max_examples=60, deadline=None)
@given(rankings())
def test_intervals_agree_with_a_scan(ranking):
    """Gaps, coverage thresholds, a gate, all missing policies, both means."""
    found = {(s.kind, s.id): s for s in stabilities(ranking, 2)}
    for name, kind, moved in _moved(ranking):
        if (kind, name) not in found:
            continue
        stability = found[kind, name]
        for top, held in ((1, stability.first), (2, stability.shortlist)):
            inside = np.array([s for s in ranking.order if ranking.rank[s] <= top])
            low, high = scanned(ranking, moved, inside)
            # The scan's first failing point lies at most a step beyond the end, or is the end of
            # the line, where a weight of 0 may change who is ranked.
            assert held[0] - 1.01 / (POINTS - 1) <= low <= held[0] + 1e-6
            assert held[1] - 1e-6 <= high <= held[1] + 1.01 / (POINTS - 1)


def test_a_weight_that_is_all_there_is_has_no_interval():
    table = indicator_table({"a": [1, 2], "b": [2, 1]})
    ranking = rank(table, scoring_config({"a": 1, "b": 0}))
    assert [s.id for s in stabilities(ranking, 1)] == ["b"]


def test_nothing_ranked_has_no_intervals():
    ranking = rank(
        indicator_table({"a": [np.nan], "b": [np.nan]}), scoring_config({"a": 1, "b": 1})
    )
    assert stabilities(ranking, 1) == ()


def test_who_takes_over_lies_beyond_the_end():
    table = indicator_table({"a": [100, 0], "b": [0, 80]}, names=["x", "y"])
    stability = stabilities(rank(table, scoring_config({"a": 1, "b": 1})), 1)[0]
    assert stability.first == (pytest.approx(80 / 180), 1.0)
    assert (stability.below, stability.above) == ("y", None)


def test_scales_set_by_candidates_that_come_and_go_are_labelled():
    columns = {"a": [1, 5, 9], "b": [3, np.nan, 1], "c": [2, 7, 7]}
    scale = Scale(method="minmax")
    criteria = {name: (1, scale) for name in columns}
    ranking = rank(indicator_table(columns), scoring_config(criteria, min_coverage=0.6))
    exact = {s.id: s.exact for s in stabilities(ranking, 1) if s.kind == "criterion"}
    assert exact == {"a": False, "b": False, "c": False}
    held = rank(indicator_table(columns), scoring_config(criteria, min_coverage=0.0))
    assert all(s.exact for s in stabilities(held, 1))
