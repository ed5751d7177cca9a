"""Published examples with answers that independent MCDA packages agree on."""

import json

import numpy as np
import pytest

from sectorscan.config.models import Scale
from sectorscan.scoring.rank import rank
from sectorscan.scoring.scales import z

WSM = ["municipal_plan__wsm_minmax", "van2021_w7__wsm_minmax", "municipal_plan__wsm_prank"]
ZSCORE = ["municipal_plan__wsm_zscore", "van2021_w7__wsm_zscore"]
GEOMETRIC = ["municipal_plan__geometric_minmax_1_100", "van2021_w7__geometric_minmax_1_100"]


def problem(shared, table, config, name, method, aggregation):
    case = json.loads(shared(f"oracles/mcda/{name}.json").read_text(encoding="utf-8"))
    matrix = np.array(case["matrix"], dtype=float)
    columns = dict(zip(case["criteria"], matrix.T, strict=True))
    criteria = {
        criterion: (weight, Scale(method=method), "max" if sign > 0 else "min")
        for criterion, weight, sign in zip(
            case["criteria"], case["weights"], case["directions"], strict=True
        )
    }
    built = table(columns, names=case["alternatives"])
    return case, built, config(criteria, aggregation=aggregation)


@pytest.mark.parametrize("name", WSM)
def test_weighted_sums(shared, table, config, name):
    method = "rank" if name.endswith("prank") else "minmax"
    case, built, settings = problem(shared, table, config, name, method, "arithmetic")
    got = rank(built, settings)
    np.testing.assert_allclose(got.score / 100, case["expected"], atol=case["tolerance"], rtol=0)
    assert list(got.rank) == case["expected_rank"]


@pytest.mark.parametrize("name", GEOMETRIC)
def test_geometric_means_on_1_100(shared, table, config, name):
    case, built, settings = problem(shared, table, config, name, "minmax", "geometric")
    got = rank(built, settings)
    np.testing.assert_allclose(got.score, case["expected"], atol=100 * case["tolerance"], rtol=0)
    assert list(got.rank) == case["expected_rank"]
    np.testing.assert_allclose(got.contribution.sum(axis=1), got.score)


@pytest.mark.parametrize("name", ZSCORE)
def test_weighted_z_scores_before_phi(shared, name):
    case = json.loads(shared(f"oracles/mcda/{name}.json").read_text(encoding="utf-8"))
    oriented = np.array(case["matrix"], dtype=float) * np.array(case["directions"])
    standard = np.column_stack([z(column, column) for column in oriented.T])
    got = standard @ np.array(case["weights"])
    np.testing.assert_allclose(got, case["expected"], atol=case["tolerance"], rtol=0)


def test_municipal_plan_of_lahdelma_hokkanen_and_salminen_1998(table, config):
    """EJOR 106(1), section 5: six plans for a municipality, four criteria of equal weight."""
    columns = {
        "c1": [5, 2.5, 3, 3, 2, 4],
        "c2": [-1.5, -3.8, -2.8, -3.2, -6.7, -3.4],
        "c3": [15, 25, 10, 16, 0, 30],
        "c4": [4, 2.5, 2.8, 3.2, 1, 3.5],
    }
    settings = config({name: (25, Scale(method="minmax")) for name in columns})
    got = rank(table(columns, names=["I", "II", "III", "IV", "V", "VI"]), settings)
    assert got.score[0] == pytest.approx(87.5)
    assert [got.matrix.sectors[s].id for s in got.order] == ["I", "VI", "IV", "II", "III", "V"]
