"""Indices of a region's mix of industries, with their ends."""

import dataclasses

import numpy as np
import pytest

from sectorscan.indicators.compute import compute
from sectorscan.indicators.quantities import quantities
from sectorscan.indicators.structure import INDICES, overlapping, structure
from sectorscan.tables.model import Sector


def _panel(panel_of, codes=("221", "722"), **cells):
    given = {
        "years": (2023,),
        "e_ir": [[60], [40]],
        "e_r": 100,
        "e_in": [[500], [500]],
        "e_n": 1000,
        **cells,
    }
    sectors = tuple(Sector(code, code, (code,)) for code in codes)
    return dataclasses.replace(panel_of(sectors=len(codes), **given), sectors=sectors)


def test_the_end_years_indices_stand_among_the_regions_figures(panel_of):
    """0.6² + 0.4²; 1 / (1.2 · 0.6 + 0.8 · 0.4); |0.6 − 0.5| + |0.4 − 0.5|, by hand."""
    region = compute(_panel(panel_of)).region
    assert region["herfindahl_hirschman"] == pytest.approx(0.52)
    assert region["hachman"] == pytest.approx(1 / 1.04)
    assert region["krugman_specialization"] == pytest.approx(0.2)


@pytest.mark.parametrize("codes", [("72", "722"), ("722", "722"), ("31-33", "3118")])
def test_sectors_that_overlap_have_no_structure(panel_of, codes):
    panel = _panel(panel_of, codes)
    assert overlapping(panel)
    region = compute(panel).region
    assert all(np.isnan(region[name]) for name in INDICES)


def test_without_a_benchmark_only_the_regions_own_index_is_known(panel_of):
    region = compute(_panel(panel_of, e_in=np.nan, e_n=np.nan)).region
    assert region["herfindahl_hirschman"] == pytest.approx(0.52)
    assert np.isnan(region["hachman"])


@pytest.mark.parametrize("name", INDICES)
def test_the_ends_are_those_of_a_dense_grid(panel_of, name):
    panel = _panel(panel_of, e_ir=([[30], [40]], [[60], [40]], [[90], [40]]))
    every = np.array([True, True])
    found = {one.id: one for one in structure(quantities(panel), 2023, every)}[name]
    jobs = np.stack([np.linspace(30, 90, 6001), np.full(6001, 40.0)], axis=-1)
    takes = (jobs,) if name == "herfindahl_hirschman" else (jobs, np.array([500.0, 500.0]))
    dense = INDICES[name].kernel(*takes)
    assert found.low == pytest.approx(dense.min(), abs=1e-6)
    assert found.high == pytest.approx(dense.max(), abs=1e-6)
    assert found.low <= found.value <= found.high


def test_an_industry_that_nobody_has_changes_no_index(panel_of):
    both = _panel(panel_of)
    more = _panel(panel_of, ("221", "722", "491"), e_ir=[[60], [40], [0]], e_in=[[500], [500], [0]])
    for name in INDICES:
        assert compute(more).region[name] == pytest.approx(compute(both).region[name])
