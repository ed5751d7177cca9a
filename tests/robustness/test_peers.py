"""pymcdm's methods: published answers, what it doesn't check, and what must not matter."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.robustness import test_draws, test_flips, test_needed, test_stability
from tests.scoring.test_oracles import GEOMETRIC, WSM, ZSCORE

from sectorscan.robustness.peers import (
    METHODS,
    edas,
    preferences,
    promethee_ii,
    spotis,
    topsis,
    vikor,
    weighted_product,
)
from sectorscan.robustness.variations import NotComputableError
from sectorscan.scoring.positions import competition_ranks

ORACLES = {
    "municipal_plan__topsis_vector": lambda *given: topsis(*given, normalisation="vector"),
    "van2021_w7__topsis_vector": lambda *given: topsis(*given, normalisation="vector"),
    "municipal_plan__vikor_Q": lambda *given: -vikor(*given),
    "municipal_plan__promethee2_usual": promethee_ii,
    "van2021_w7__promethee2_usual": promethee_ii,
}


@pytest.mark.parametrize("name", ORACLES)
def test_published_answers_from_raw_values_and_directions(shared, name):
    """Municipal plan: Lahdelma, Hokkanen, Salminen 1998, EJOR 106(1), section 5; van2021."""
    case = json.loads(shared(f"oracles/mcda/{name}.json").read_text(encoding="utf-8"))
    given_ = (np.array(case[key], dtype=float) for key in ("matrix", "weights", "directions"))
    got = ORACLES[name](*given_)
    np.testing.assert_allclose(got, case["expected"], atol=case["tolerance"], rtol=0)
    better = -got if case["lower_is_better"] else got
    assert list(competition_ranks(better)) == case["expected_rank"]


def test_every_published_answer_has_its_test(shared):
    """The sums and means in tests/scoring, these here; draws, flips and intervals beside them."""
    elsewhere = {
        "smaa_exact_municipal_plan": (test_draws, test_flips),
        "flip_municipal_plan": (test_stability, test_flips, test_needed),
    }
    for name, modules in elsewhere.items():
        assert all(name in Path(module.__file__).read_text("utf-8") for module in modules)
    tested = {*WSM, *GEOMETRIC, *ZSCORE, *ORACLES, *elsewhere}
    assert {path.stem for path in shared("oracles/mcda").glob("*.json")} == tested


def test_more_is_better_whatever_the_method_itself_calls_good():
    """VIKOR's Q and SPOTIS are better the lower: the sector ahead on everything has the most."""
    matrix = np.array([[20.0, 30.0, 10.0], [90.0, 80.0, 95.0], [50.0, 40.0, 60.0]])
    weights = np.array([0.5, 0.3, 0.2])
    for name, method in METHODS.items():
        found = preferences(method, matrix, weights)
        assert found.argmax() == 1, name
        assert found.argmin() == 0, name
        assert found.max() == 100, name
        assert found.min() == 0, name


def test_the_methods_by_hand():
    """Two criteria of weight 0.75 and 0.25; sectors (0, 100), (100, 0), (40, 80)."""
    matrix = np.array([[0.0, 100.0], [100.0, 0.0], [40.0, 80.0]])
    weights, more = np.array([0.75, 0.25]), np.ones(2)
    np.testing.assert_allclose(spotis(matrix, weights, more), [-0.75, -0.25, -0.5])
    # Brought to 1-100, each divided by its column's sum: 142.6 and 181.2... in proportion.
    product = weighted_product(matrix, weights, more)
    np.testing.assert_allclose(
        product / product[1], [100**0.25 / 100**0.75, 1, 40.6**0.75 * 80.2**0.25 / 100**0.75]
    )
    best, worst = np.array([75.0, 25.0]), np.zeros(2)
    weighted = matrix * weights
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    np.testing.assert_allclose(topsis(matrix, weights, more), to_worst / (to_best + to_worst))
    # Shortfalls 0.75, 0.25 and 0.45 + 0.05; the largest 0.75, 0.25, 0.45.
    np.testing.assert_allclose(vikor(matrix, weights, more), [-1, 0, -(0.25 + 0.2) / 1])
    # The third beats the first on the first criterion, and the second on the second.
    np.testing.assert_allclose(promethee_ii(matrix, weights, more), [-0.5, 0.5, 0])


def test_edas_of_its_authors_first_steps():
    """Averages 50 and 40: 2/5 above on the first is 0.4, and so on; halves of both appraisals."""
    matrix = np.array([[70.0, 20.0], [30.0, 60.0]])
    above = np.array([0.5 * 0.4, 0.5 * 0.5])
    below = np.array([0.5 * 0.5, 0.5 * 0.4])
    expected = (above / above.max() + 1 - below / below.max()) / 2
    np.testing.assert_allclose(edas(matrix, np.array([0.5, 0.5]), np.ones(2)), expected)


VALUES = st.integers(0, 20).map(lambda value: 5.0 * value)


@st.composite
def matrices(draw):
    sectors, width = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    cells = draw(st.lists(VALUES, min_size=sectors * width, max_size=sectors * width))
    weights = draw(st.lists(st.sampled_from([1.0, 2.0, 5.0]), min_size=width, max_size=width))
    return np.array(cells).reshape(sectors, width), np.array(weights)


def _or_why(method, scaled, weights):
    try:
        return preferences(method, scaled, weights)
    except NotComputableError as fault:
        return str(fault)


def _same(one, other):
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and one == other
    return np.allclose(one, other, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(matrices(), st.sampled_from(sorted(METHODS)), st.floats(0.01, 1000))
def test_neither_scaled_weights_nor_criteria_that_say_nothing_matter(problem, name, factor):
    """A constant criterion (VIKOR refuses it) and one without weight are left out."""
    scaled, weights = problem
    method = METHODS[name]
    plain = _or_why(method, scaled, weights)
    assert _same(plain, _or_why(method, scaled, factor * weights))
    size = len(scaled)
    wider = np.column_stack([scaled, np.full(size, 40.0), np.arange(size, dtype=float)])
    assert _same(plain, _or_why(method, wider, np.append(weights, [3.0, 0.0])))


@settings(max_examples=60, deadline=None)
@given(matrices(), st.sampled_from(sorted(METHODS)))
def test_the_sectors_order_in_the_list_does_not_matter(problem, name):
    scaled, weights = problem
    plain = _or_why(METHODS[name], scaled, weights)
    turned = _or_why(METHODS[name], scaled[::-1], weights)
    assert _same(plain, turned if isinstance(turned, str) else turned[::-1])


@settings(max_examples=100, deadline=None)
@given(matrices())
def test_weighted_product_and_spotis_are_our_two_means(problem):
    """Independent software for the same formulas: the geometric mean, and the arithmetic one."""
    scaled, weights = problem
    shares = weights / weights.sum()
    logs = np.log(1 + 0.99 * scaled) @ shares
    for method, ours in ((weighted_product, np.exp(logs)), (spotis, scaled @ shares)):
        found = _or_why(method, scaled, weights)
        if not isinstance(found, str):
            np.testing.assert_array_equal(competition_ranks(found), competition_ranks(ours))


@pytest.mark.parametrize("name", METHODS)
def test_one_sector_and_equal_sectors_have_a_reason(name):
    """pymcdm gives NaN, 1, or an error of its own here, by method."""
    weights = np.array([0.5, 0.5])
    with pytest.raises(NotComputableError, match="nobody to compare with"):
        preferences(METHODS[name], np.array([[10.0, 20.0]]), weights)
    with pytest.raises(NotComputableError, match="alike on every criterion"):
        preferences(METHODS[name], np.array([[10.0, 20.0]] * 3), weights)
    with pytest.raises(NotComputableError, match="alike on every criterion"):
        preferences(METHODS[name], np.array([[10.0, 20.0], [10.0, 30.0]]), np.array([1.0, 0.0]))


@pytest.mark.parametrize("name", METHODS)
def test_two_sectors(name):
    found = preferences(METHODS[name], np.array([[10.0, 70.0], [20.0, 30.0]]), np.array([1.0, 3.0]))
    np.testing.assert_allclose(found, [100.0, 0.0])


@pytest.mark.parametrize("name", METHODS)
def test_two_sectors_that_mirror_each_other_are_level_or_have_a_reason(name):
    """VIKOR divides by the range of its sums, 0 here, and gives NaN."""
    found = _or_why(METHODS[name], np.array([[10.0, 50.0], [50.0, 10.0]]), np.ones(2))
    expected = "it divides by a difference between the sectors that is 0 here"
    assert found == expected if name == "vikor" else list(found) == [0.0, 0.0]


def test_vikor_does_not_take_rounding_for_a_difference():
    """0.1 + 0.2 and 0.3 are level on paper; pymcdm puts the second first, by 5e-17."""
    from pymcdm.methods import VIKOR

    given_ = np.array([[0.0, 0.0, 9.0], [9.0, 9.0, 0.0]]), np.array([0.1, 0.2, 0.3]), np.ones(3)
    with np.errstate(all="ignore"):
        assert np.isfinite(VIKOR()(*given_, validation=False)).all()
    assert np.isnan(vikor(*given_)).all()


@pytest.mark.parametrize("name", METHODS)
def test_a_missing_cell_never_goes_in(name):
    """PROMETHEE and EDAS would answer as if it were nothing."""
    with pytest.raises(ValueError, match="complete values only"):
        preferences(METHODS[name], np.array([[np.nan, 1.0], [2.0, 3.0]]), np.ones(2))


def test_what_pymcdm_lets_pass():
    """The reasons for our own checks; where one of these no longer holds, look at them again."""
    from pymcdm.methods import VIKOR

    gap = np.array([[np.nan, 50.0], [30.0, 10.0], [90.0, 70.0]])
    weights, more = np.array([0.5, 0.5]), np.ones(2)
    assert np.isfinite(promethee_ii(gap, weights, more)).all()
    assert np.isfinite(edas(gap, weights, more)).all()
    whole = np.array([[10.0, 50.0], [20.0, 10.0], [90.0, 70.0]])
    np.testing.assert_allclose(
        promethee_ii(whole, 3 * weights, more), 3 * promethee_ii(whole, weights, more)
    )
    with pytest.raises(ValueError, match="equal values for all alternatives"):
        VIKOR()(np.array([[1.0, 50.0], [2.0, 50.0]]), weights, more, validation=False)
    with np.errstate(all="ignore"):
        alike = edas(np.full((2, 2), 9.0), weights, more)
    assert np.isnan(alike).all()


def test_without_the_library_the_reason_is_given(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymcdm.methods", None)
    with pytest.raises(NotComputableError, match=r"pymcdm\.methods"):
        preferences(vikor, np.array([[10.0, 70.0], [20.0, 30.0]]), np.ones(2))


@settings(max_examples=40, deadline=None)
@given(matrices())
def test_costs_are_turned_round(problem):
    """The same problem with one criterion as a cost, 100 - v: TOPSIS, VIKOR, PROMETHEE agree."""
    scaled, weights = problem
    shares, signs = weights / weights.sum(), np.ones(len(weights))
    other, signs_ = scaled.copy(), signs.copy()
    other[:, 0], signs_[0] = 100 - scaled[:, 0], -1
    if (np.ptp(scaled, axis=0) > 0).all():
        for method in (topsis, vikor, promethee_ii):
            with np.errstate(all="ignore"):
                plain, turned = method(scaled, shares, signs), method(other, shares, signs_)
            np.testing.assert_allclose(plain, turned, atol=1e-9)
