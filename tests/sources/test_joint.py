"""The range of sums of withheld cells: against a linear programme, and in a region's bundles."""

import numpy as np
import pytest
from scipy.optimize import linprog

from sectorscan.sources.joint import bound_sums
from sectorscan.sources.withheld import Forest, bound
from sectorscan.tables.trees import Ends


def ends_of(forest, low, high, slack, complete=None):
    complete = np.ones(len(low), dtype=bool) if complete is None else complete
    found = bound(forest, low, high, slack, complete)
    return Ends(found.low, found.high, slack, complete, found.contradicted)


def disjoint_nodes(rng, forest):
    """Nodes of which none is above another."""
    chosen = []
    for node in rng.permutation(len(forest.parent)):
        line, above = [], node
        while above >= 0:
            line.append(above)
            above = forest.parent[above]
        below = any(node in _line(forest, other) for other in chosen)
        if not set(line) & set(chosen) and not below and rng.random() < 0.4:
            chosen.append(int(node))
    return np.array(chosen, dtype=np.intp)


def _line(forest, node):
    line = []
    while node >= 0:
        line.append(node)
        node = forest.parent[node]
    return line


def by_linear_programme(forest, low, high, slack, complete, nodes):
    """The least and most that the nodes can sum to, by HiGHS."""
    size = len(low)
    rows, limits = [], []
    for parent in np.flatnonzero(forest.children > 0):
        difference = np.zeros(size)
        difference[parent] = 1.0
        difference[forest.parent == parent] = -1.0
        rows.append(-difference)
        limits.append(slack[parent])
        if complete[parent]:
            rows.append(difference)
            limits.append(slack[parent])
    goal = np.zeros(size)
    goal[nodes] = 1.0
    matrix = np.array(rows) if rows else None
    box = [(a, None if np.isinf(b) else b) for a, b in zip(low, high, strict=True)]
    least = linprog(goal, matrix, limits or None, bounds=box, method="highs")
    most = linprog(-goal, matrix, limits or None, bounds=box, method="highs")
    assert least.status == 0
    return least.fun, -most.fun if most.status == 0 else np.inf


@pytest.mark.parametrize("seed", range(6))
def test_sums_equal_a_linear_programme_on_random_trees(random_forest, seed):
    rng = np.random.default_rng(seed)
    checked = 0
    while checked < 40:
        forest, truth, low, high, _ = random_forest(rng, rng.uniform(0.2, 0.95), depth=4)
        if not 3 < len(low) < 120:
            continue
        slack = forest.rounding_slack() if rng.random() < 0.7 else np.zeros(len(low))
        if not slack.any():
            low, high = np.where(np.isinf(high), low, truth), np.where(np.isinf(high), high, truth)
        complete = rng.random(len(low)) < (1.0 if rng.random() < 0.5 else 0.6)
        nodes = disjoint_nodes(rng, forest)
        ends = ends_of(forest, low, high, slack, complete)
        got = bound_sums(forest, ends, nodes, np.zeros(len(nodes), dtype=np.intp), 1)
        wanted = by_linear_programme(forest, low, high, slack, complete, nodes)
        assert got[0][0] == pytest.approx(wanted[0], abs=1e-5)
        assert got[1][0] == pytest.approx(wanted[1], abs=1e-5)
        assert got[0][0] <= truth[nodes].sum() + 0.5 * len(nodes)
        checked += 1


def test_many_sums_at_once_are_those_of_each_alone(random_forest, joined):
    rng = np.random.default_rng(77)
    cases = [random_forest(rng, 0.6, depth=4) for _ in range(25)]
    forest = joined([case[0] for case in cases])
    low, high = (np.concatenate([case[at] for case in cases]) for at in (2, 3))
    ends = ends_of(forest, low, high, forest.rounding_slack())
    sums, shift = [], 0
    for case in cases:
        sums += [shift + disjoint_nodes(rng, case[0]) for _ in range(3)]
        shift += len(case[0].parent)
    group = np.repeat(np.arange(len(sums)), [len(nodes) for nodes in sums])
    together = bound_sums(forest, ends, np.concatenate(sums), group, len(sums))
    for at, nodes in enumerate(sums):
        alone = bound_sums(forest, ends, nodes, np.zeros(len(nodes), dtype=np.intp), 1)
        assert together[0][at] == pytest.approx(alone[0][0], abs=1e-9)
        assert together[1][at] == pytest.approx(alone[1][0], abs=1e-9)


def test_the_sum_of_one_cell_is_the_cells_own_range(random_forest):
    forest, _, low, high, _ = random_forest(np.random.default_rng(5), 0.7)
    ends = ends_of(forest, low, high, forest.rounding_slack())
    every = np.arange(len(low))
    least, most = bound_sums(forest, ends, every, every, len(every))
    np.testing.assert_allclose(least, ends.low, atol=1e-9)
    np.testing.assert_allclose(most, ends.high, atol=1e-9)


def test_two_cells_that_share_what_is_left_are_known_together():
    """100 in all, 40 disclosed, two withheld: each 0 to 60, both together 60."""
    forest = Forest.of(np.array([-1, 0, 0, 0]))
    low, high = np.array([100.0, 40, 0, 0]), np.array([100.0, 40, np.inf, np.inf])
    ends = ends_of(forest, low, high, np.zeros(4))
    assert (ends.high[2], ends.high[3]) == (60.0, 60.0)
    least, most = bound_sums(forest, ends, np.array([2, 3]), np.zeros(2, dtype=np.intp), 1)
    assert (least[0], most[0]) == (60.0, 60.0)
