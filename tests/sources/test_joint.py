"""A bundle's highs: withheld cells under one parent share what it leaves."""

import numpy as np
import pytest

from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector


def _withheld(area, code, low, value, high):
    bounds = {"status": "estimated", "bounds": (low, high), "wages": value * 40_000.0}
    return (area, code, 2023, value, bounds)


def _panel(tables, codes, *areas):
    rows = []
    for area in areas:
        rows += [
            (area, "10", 2023, 1000.0),
            (area, "31-33", 2023, 120.0),
            _withheld(area, "332", 0.0, 50.0, 110.0),
            _withheld(area, "333", 0.0, 40.0, 100.0),
            _withheld(area, "334", 10.0, 30.0, 90.0),
            (area, "722", 2023, 70.0),
        ]
    bundle = Sector("Bundle", "Bundle", codes)
    return roll_up(tables(rows, public=True), Scope(areas=areas, bundles=(bundle,)))


@pytest.mark.parametrize(
    ("codes", "high"),
    [
        (("332", "333"), 120 + 1.5),  # not 210: rounding of two cells and their parent
        (("332", "722"), 110 + 70),
        (("332", "333", "722"), 120 + 1.5 + 70),
        (("332",), 110),
    ],
)
def test_a_bundle_is_no_larger_than_what_lies_above_it(tables, codes, high):
    panel = _panel(tables, codes, "39041")
    assert panel.e_ir.high[0, 0] == high
    assert panel.e_ir.low[0, 0] == (70 if "722" in codes else 0)


def test_counties_add_and_the_value_stays_inside(tables):
    panel = _panel(tables, ("332", "333"), "39041", "39045")
    assert panel.e_ir.high[0, 0] == 2 * 121.5
    assert panel.e_ir.value[0, 0] == 180
    assert (panel.e_ir.value <= panel.e_ir.high).all()
    assert np.isfinite(panel.w_ir.high).all()
