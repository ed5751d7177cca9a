import numpy as np
import pytest

from sectorscan.scoring.quadrant import quadrant
from sectorscan.scoring.tiers import tier


@pytest.mark.parametrize(
    ("economic", "readiness", "expected"),
    [
        (60, 60, "launch"),
        (100, 100, "launch"),
        (60, 59.9, "prepare"),
        (59.9, 60, "support"),
        (40, 60, "support"),
        (39.9, 100, "monitor"),
        (59.9, 59.9, "monitor"),
        (0, 0, "monitor"),
        (60 - 1e-13, 60, "launch"),
        (99, None, "economic case only"),
        (3, None, "economic case only"),
    ],
)
def test_two_axes(economic, readiness, expected):
    assert tier(economic, readiness, blocked=False) == expected


def test_what_is_blocked_is_prepared_instead_of_launched():
    assert tier(80, 80, blocked=True) == "prepare"
    assert tier(50, 80, blocked=True) == "support"
    assert tier(50, 50, blocked=True) == "monitor"
    assert tier(80, 50, blocked=True) == "prepare"
    assert tier(80, None, blocked=True) == "economic case only"


@pytest.mark.parametrize(
    ("lq", "growth", "expected"),
    [
        (1.0, 2.0, "star"),
        (0.99, 2.0, "emerging"),
        (1.0, 1.99, "mature"),
        (0.99, 1.99, "transforming"),
    ],
)
def test_quadrants_count_the_crosshairs_as_reached(lq, growth, expected):
    assert quadrant(lq, growth, 2.0) == expected


@pytest.mark.parametrize("place", range(3))
def test_no_quadrant_where_something_is_missing(place):
    known = [1.2, 3.0, 2.0]
    known[place] = np.nan
    assert quadrant(*known) is None
