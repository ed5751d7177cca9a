"""What is left of a code: summed from its neighbours, or a difference with honest bounds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sectorscan.sources import naics
from sectorscan.sources.exclusions import with_remainders
from sectorscan.sources.load import load
from sectorscan.sources.revisions import same_content
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope, Sector

CHEMISTRY = Sector(
    "Chemistry", "Chemistry", ("325",), written=("325",), excluded=("3254",)
)  # fmt: skip
CHILDREN = ("3251", "3252", "3253", "3254", "3255", "3256", "3259")


def _rows(codes, year=2023, area="39041"):
    own = {"10": 900.0, "325": 280.0}
    return [(area, code, year, own.get(code, 40.0)) for code in codes]


def _panel(given, bundle=CHEMISTRY, **scope):
    return roll_up(given, Scope(areas=("39041",), bundles=(bundle,), **scope))


def test_what_lies_beside_is_summed_where_the_tables_have_it(tables):
    panel = _panel(tables(_rows(("10", "325", *CHILDREN))))
    assert panel.sectors[0].naics == tuple(c for c in CHILDREN if c != "3254")
    assert panel.e_ir.value.tolist() == [[240.0]]
    assert str(panel.e_status[0, 0]) == "published"
    assert panel.cautions == ()


@pytest.mark.parametrize("missing", ["3251", "3259"])
def test_an_analysts_table_that_lacks_a_neighbour_gives_a_difference(tables, missing):
    codes = [code for code in ("10", "325", *CHILDREN) if code != missing]
    panel = _panel(tables(_rows(codes)))
    assert panel.sectors[0].naics == ("325 except 3254",)
    assert panel.e_ir.value.tolist() == [[240.0]]
    assert str(panel.e_status[0, 0]) == "derived"
    assert "Chemistry: 325 except 3254 is a difference of two figures" in panel.cautions[0]


def test_in_a_public_file_an_absent_neighbour_has_no_jobs(tables):
    panel = _panel(tables(_rows(("10", "325", "3251", "3254")), public=True))
    assert panel.sectors[0].naics == ("3251",)
    assert panel.e_ir.value.tolist() == [[40.0]]


def test_a_difference_of_withheld_cells_is_an_interval(tables):
    rows = [
        ("39041", "10", 2023, 900.0),
        ("39041", "325", 2023, 280.0, {"status": "estimated", "bounds": (200.0, 300.0)}),
        ("39041", "3254", 2023, 90.0, {"status": "estimated", "bounds": (50.0, 220.0)}),
    ]
    panel = _panel(tables(rows))
    ends = (panel.e_ir.low, panel.e_ir.value, panel.e_ir.high)
    assert [float(end[0, 0]) for end in ends] == [0.0, 190.0, 250.0]
    assert str(panel.e_status[0, 0]) == "estimated"


def test_what_is_taken_out_but_not_in_the_tables_leaves_it_unknown(tables):
    panel = _panel(tables(_rows(("10", "325"))))
    assert np.isnan(panel.e_ir.value).all()
    assert any("no rows for 3254" in caution for caution in panel.cautions)


def test_a_deeper_code_is_taken_out_level_by_level(tables):
    bundle = replace(CHEMISTRY, excluded=("32521",))
    panel = _panel(tables(_rows(("10", "325", *CHILDREN, "32521"))), bundle)
    assert panel.sectors[0].naics == (
        "3251", "3252 except 32521", "3253", "3254", "3255", "3256", "3259",
    )  # fmt: skip
    assert panel.e_ir.value.tolist() == [[240.0]]


def test_wages_and_establishments_are_taken_out_too(tables):
    rows = [
        ("39041", "10", 2023, 900.0),
        ("39041", "325", 2023, 280.0, {"firms": 12.0, "wages": 20e6}),
        ("39041", "3254", 2023, 80.0, {"firms": 5.0, "wages": 8e6}),
    ]
    panel = _panel(tables(rows))
    assert panel.n_ir.tolist() == [[7.0]]
    assert panel.w_ir.value.tolist() == [[12e6]]


def test_gaps_of_a_range_are_said(tables):
    codes = ("311", "312", "313", "314", "315", "316")
    bundle = Sector("Food", "Food", (*codes, "321"), written=("311-321",))
    panel = _panel(tables(_rows(("10", *codes, "321"))), bundle)
    assert "Food: NAICS has no 317, 318, 319, 320 in 311-321." in panel.cautions


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("325 except 3254", "3251", True),
        ("325 except 3254", "3254", False),
        ("325 except 3254", "32541", False),
        ("325 except 32541", "3254", False),
        ("325", "325 except 3254", True),
        ("31-33", "325 except 3254", True),
        ("3254", "325 except 3254", False),
        ("325 except 3254", "325 except 3251, 3254", True),
        ("325 except 3251, 3254", "325 except 3254", False),
    ],
)
def test_what_lies_in_what_is_left(outer, inner, holds):
    assert naics.contains(outer, inner) is holds


def test_what_overlaps_what_is_left():
    assert naics.overlap("325 except 32541", "3254")
    assert not naics.overlap("325 except 3254", "32541")
    assert naics.overlap("31-33 except 311", "325 except 3254")
    assert not naics.overlap("31-33 except 325", "325 except 3254")


def test_growth_across_a_revision_of_what_is_left():
    """Software moved from 5112 to 5132 in NAICS 2022."""
    assert not same_content(("51 except 5112",), 2021, 2022)
    assert not same_content(("51 except 5132",), 2021, 2022)
    assert same_content(("51 except 5112, 5132",), 2021, 2022)


cells = st.tuples(st.integers(0, 500), st.integers(0, 60), st.integers(0, 60))


@given(rest=cells, taken=cells)
def test_the_truth_lies_between_the_ends(rest, taken):
    """A county with withheld cells: whatever the truth, the difference's interval holds it."""
    from sectorscan.sources.cells import ESTIMATED, Cells
    from sectorscan.tables.model import Interval

    (left, below, above), (out, less, more) = rest, taken
    whole = left + out

    def ends(truth, under, over):
        return max(truth - under, 0), truth + over

    own, gone = ends(whole, below, above), ends(out, less, more)

    def stack(a, b):
        return np.array([[[float(a)], [float(b)]]])

    low, high = stack(own[0], gone[0]), stack(own[1], gone[1])
    interval = Interval(low, (low + high) / 2, high)
    status = np.full((1, 2, 1), ESTIMATED, dtype=np.int8)
    given_cells = Cells(
        ("39041",), ("325", "3254"), (2023,), interval, interval, low, status, status
    )  # fmt: skip
    found = with_remainders(given_cells, ["325 except 3254"])
    assert found.codes == ("325", "3254", "325 except 3254")
    jobs = found.employment
    assert jobs.low[0, 2, 0] <= left <= jobs.high[0, 2, 0]
    assert jobs.low[0, 2, 0] <= jobs.value[0, 2, 0] <= jobs.high[0, 2, 0]


def test_real_counties_lose_exactly_what_is_taken_out(shared):
    folder = shared("data/qcew/columbus_oh_annual_2020_2023")
    areas = ("39041", "39049", "39089")
    scope = Scope(areas=areas, benchmark=("all",), period=(2022, 2023))
    read = load([folder], scope, {})
    whole = Sector("Whole", "Whole", ("623",))
    part = Sector("Part", "Part", ("6231",))
    left = Sector("Left", "Left", ("623",), written=("623",), excluded=("6231",))
    panel = roll_up(read, replace(scope, bundles=(whole, part, left)))
    jobs = panel.e_ir
    assert panel.sectors[2].naics == ("6232", "6233", "6239")
    rounding = 0.5 * 5 * len(areas)
    certain = (jobs.low == jobs.high).all()
    slack = 0 if certain else rounding
    assert (jobs.low[2] <= jobs.high[0] - jobs.low[1] + slack + rounding).all()
    assert (jobs.high[2] >= jobs.low[0] - jobs.high[1] - slack - rounding).all()
