import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.errors import ConfigError
from sectorscan.scoring.weights import criteria_weights, effective_weights


def test_balanced_preset_by_hand():
    # Group weights 20, 20, 30, 30; inside: 12 + 8 of scale, 10 + 20 of job quality.
    got = effective_weights([(20, [12, 8]), (20, [1]), (30, [12, 6, 6, 6]), (30, [20, 10])])
    want = [0.12, 0.08, 0.2, 0.12, 0.06, 0.06, 0.06, 0.2, 0.1]
    np.testing.assert_allclose(got, want, rtol=1e-14)


def test_equal_groups_of_unequal_size_share_alike():
    np.testing.assert_allclose(effective_weights([(25, [1]), (25, [1, 1])]), [0.5, 0.25, 0.25])


def test_a_group_without_weights_inside_gives_its_weight_to_the_others():
    np.testing.assert_allclose(effective_weights([(3, [0, 0]), (1, [2])]), [0, 0, 1])


def test_zero_weights_stay_zero():
    np.testing.assert_allclose(effective_weights([(0, [5]), (1, [1, 0])]), [0, 1, 0])


@pytest.mark.parametrize("groups", [[(0, [1])], [(1, [0])], [(0, [0]), (4, [])]])
def test_nothing_to_weigh_by_is_an_error(groups):
    with pytest.raises(ConfigError, match="No criterion has a positive weight"):
        effective_weights(groups)


@given(
    st.lists(
        st.tuples(
            st.floats(0.001, 1e300),
            st.lists(st.floats(0.001, 1e300), min_size=1, max_size=4),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_weights_of_any_size_sum_to_one(groups):
    assert effective_weights(groups).sum() == pytest.approx(1)


def test_the_configs_order_is_kept(config):
    built = config({"a": 3, "b": 1, "c": 2}, groups={"later": (1, ["c"]), "first": (3, ["a", "b"])})
    np.testing.assert_allclose(criteria_weights(built), [0.25, 0.75 * 0.75, 0.75 * 0.25])
