"""The sample's two forms, analyst tables and QCEW slices, are the same region."""

from pathlib import Path

import numpy as np
import pytest

from sectorscan.sources.load import load
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Scope

DATA = Path(__file__).resolve().parents[2] / "data"
SCOPE = Scope(
    areas=("98001", "98003", "98005", "98007", "98009", "98011"),
    benchmark=("US000",),
    period=(2018, 2023),
    level="3-digit",
)


@pytest.fixture(scope="module")
def panels():
    return tuple(
        roll_up(load([DATA / folder], SCOPE, {}), SCOPE) for folder in ("samples", "samples_qcew")
    )


def test_both_have_the_same_sectors_years_and_totals(panels):
    tables, slices = panels
    assert tables.sectors == slices.sectors
    assert tables.years == slices.years
    np.testing.assert_array_equal(tables.e_region.value, slices.e_region.value)
    np.testing.assert_array_equal(tables.w_region.value, slices.w_region.value)
    np.testing.assert_array_equal(tables.n_ir, slices.n_ir)


def test_published_sectors_agree_and_estimates_differ_by_rounding_only(panels):
    tables, slices = panels
    # Six counties, each rounded to whole jobs, and outwards at the ends.
    np.testing.assert_allclose(tables.e_ir.value, slices.e_ir.value, atol=3)
    assert (tables.e_ir.low <= slices.e_ir.low).all()
    assert (tables.e_ir.high >= slices.e_ir.high).all()
    np.testing.assert_allclose(tables.e_ir.high, slices.e_ir.high, atol=6)
    np.testing.assert_array_equal(tables.e_status, slices.e_status)
    assert (tables.e_status == "estimated").any()
    published = (tables.w_status != "estimated") & (slices.w_status != "estimated")
    np.testing.assert_array_equal(tables.w_ir.value[published], slices.w_ir.value[published])
    np.testing.assert_allclose(tables.w_ir.value, slices.w_ir.value, rtol=0.03)


def test_the_sample_is_read_without_a_caution():
    tables = load([DATA / "samples"], SCOPE, {})
    assert tables.synthetic
    assert tables.findings == ()
    assert roll_up(tables, SCOPE).cautions == ()
