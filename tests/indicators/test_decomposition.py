"""Shift-share in full: parts that sum, a rest that completes the region, ends that hold."""

import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sectorscan.indicators.decomposition import METHODS, by_year, decompose
from sectorscan.tables.model import Interval, Sector


def _sum_of(line):
    return sum(ends.value for ends in line.parts.values())


def _named(panel, *codes):
    sectors = tuple(Sector(code, f"Sector {code}", (code,)) for code in codes)
    return dataclasses.replace(panel, sectors=sectors)


@pytest.fixture(scope="session")
def plain(panel_of):
    """Two sectors and 100 further jobs here; the benchmark has further jobs too."""

    def make(**options):
        cells = {
            "years": (2020, 2021, 2022),
            "e_ir": [[100, 110, 150], [300, 290, 270]],
            "e_r": [500, 510, 560],
            "e_in": [[1000, 1020, 1100], [5000, 5100, 5500]],
            "e_n": [20000, 20500, 22000],
        }
        return _named(panel_of(**{**cells, **options}), "221", "722")

    return make


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_parts_sum_to_the_change_of_each_line_and_of_the_region(random_panel, method, seed):
    panel = random_panel(seed, uncertain=0)
    found = decompose(_named(panel, "221", "722", "541", "331"), method)
    assert found.covers_region
    for line in found.lines:
        assert _sum_of(line) == pytest.approx(line.change.value, rel=1e-12, abs=1e-7)
    region = panel.e_region.value[0]
    assert found.total.change.value == pytest.approx(region[-1] - region[0])


@pytest.mark.parametrize("method", METHODS)
def test_the_rest_completes_the_region(plain, method):
    found = decompose(plain(), method)
    assert [line.kind for line in found.lines] == ["sector", "sector", "rest", "total"]
    rest, total = found.lines[2:]
    assert (rest.base.value, rest.end.value) == (100, 140)
    assert (total.base.value, total.end.value, total.change.value) == (500, 560, 60)
    for name, ends in total.parts.items():
        lines = sum(line.parts[name].value for line in found.lines[:-1])
        assert ends.value == pytest.approx(lines, abs=1e-9)
    assert _sum_of(total) == pytest.approx(60)


def test_the_dynamic_parts_are_the_classic_ones_of_each_step_summed(plain):
    """Barff and Knight (1988): the classic parts year by year, summed."""
    panel = plain()
    steps = by_year(panel)
    assert [step[:2] for step in steps] == [(2020, 2021), (2021, 2022)]
    for place, line in enumerate(decompose(panel, "dynamic").lines[:2]):
        for name, ends in line.parts.items():
            summed = sum(lines[place].parts[name].value for _, _, lines in steps)
            assert ends.value == pytest.approx(summed, abs=1e-9)
        for _, _, lines in steps:
            assert _sum_of(lines[place]) == pytest.approx(lines[place].change.value)


def test_a_sector_that_cant_be_compared_is_told_and_goes_to_the_rest(plain):
    panel = plain()
    gone = panel.e_ir.value.copy()
    gone[0, :2] = np.nan
    panel = dataclasses.replace(
        _named(panel, "458", "722"), e_ir=Interval.exact(gone), e_in=panel.e_in
    )
    found = decompose(panel, "classic")
    assert found.lines[0].reason == "NAICS 458 isn't in the classification of 2020"
    assert np.isnan(found.lines[0].parts["competitive_effect"].value)
    assert found.lines[0].end.value == 150
    rest = found.lines[2]
    assert (rest.base.value, rest.end.value) == (200, 290)
    assert found.covers_region
    assert found.total.change.value == 60


def test_from_a_zero_base_the_classic_parts_are_known_and_the_others_missing(plain):
    panel = plain(e_ir=[[0, 10, 50], [300, 290, 270]])
    parts = decompose(panel, "classic").lines[0].parts
    assert parts["competitive_effect"].value == 50
    assert parts["national_growth_effect"].value == parts["industry_mix_effect"].value == 0
    for method in ("esteban-marquillas", "arcelus"):
        assert decompose(panel, method).lines[0].reason == "no jobs in 2020 to grow from"
        assert decompose(panel, method).covers_region


def test_where_neither_had_jobs_the_benchmark_is_the_reason(plain):
    panel = plain(e_ir=[[0, 0, 5], [300, 290, 270]], e_in=[[0, 0, 50], [5000, 5100, 5500]])
    reason = decompose(panel, "classic").lines[0].reason
    assert reason == "the benchmark US000 has no jobs in this industry in 2020"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"e_n": np.nan}, "the benchmark's total jobs aren't known"),
        ({"e_r": [350, 350, 350]}, "add up to more than those of all industries"),
        ({"years": (2020,)}, "the period is one year"),
    ],
)
def test_what_the_total_lacks_is_said(plain, change, why):
    if "years" in change:
        change |= {"e_ir": [[100], [300]], "e_r": [500], "e_in": [[1000], [5000]], "e_n": [20000]}
    found = decompose(plain(**change), "classic")
    assert not found.covers_region
    assert why in found.why_not
    assert [line.kind for line in found.lines] == ["sector", "sector", "total"]


def test_sectors_that_overlap_have_a_sum_and_no_rest(plain):
    nested = _named(plain(), "72", "722")
    found = decompose(nested, "classic")
    assert found.why_not == "some jobs count in more than one sector"
    assert found.total.change.value == 20
    own = dataclasses.replace(nested.sectors[0], id="x", naics=("221",), areas=("01001",))
    panel = dataclasses.replace(nested, sectors=(own, nested.sectors[1]))
    assert decompose(panel, "classic").why_not == "a sector has areas of its own"


def test_years_that_are_absent_leave_the_dynamic_method_missing(plain):
    panel = plain(
        years=(2020, 2021, 2023),
    )
    found = decompose(panel, "dynamic")
    assert {line.reason for line in found.lines[:2]} == {"no figures for 2022"}
    assert decompose(panel, "classic").covers_region


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15, deadline=None)
@example(seed=221, sums=True)
@given(seed=st.integers(0, 10_000), sums=st.booleans())
def test_every_completion_of_withheld_cells_lies_within_the_ends(random_panel, method, seed, sums):
    """The region's cells are drawn anew inside their ends; sums that hold them move along."""
    panel = _named(
        random_panel(
            seed,
            uncertain=2,
            years=(2019, 2020, 2021),
            total_is_sum=sums,
            benchmark_contains_region=sums,
        ),
        *("221", "722", "541", "331"),
    )
    if not sums:
        panel = dataclasses.replace(
            panel,
            e_r=Interval.exact(panel.e_r.value),
            e_region=Interval.exact(panel.e_region.value),
            e_in=Interval.exact(panel.e_in.value),
            e_n=Interval.exact(panel.e_n.value),
        )
    found = decompose(panel, method)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        share = np.round(rng.uniform(0, 1, panel.e_ir.value.shape), int(rng.integers(0, 2)))
        cells = panel.e_ir.low + share * (panel.e_ir.high - panel.e_ir.low)
        moved = (cells - panel.e_ir.value) if sums else np.zeros_like(cells)
        total = Interval.exact(panel.e_region.value + moved.sum(axis=0, keepdims=True))
        truth = dataclasses.replace(
            panel,
            e_ir=Interval.exact(cells),
            e_in=Interval.exact(panel.e_in.value + moved),
            e_n=Interval.exact(panel.e_n.value + moved.sum(axis=0, keepdims=True)),
            e_region=total,
            e_r=Interval.exact(np.broadcast_to(total.value, cells.shape)),
        )
        for line, true in zip(found.lines, decompose(truth, method).lines, strict=False):
            if line.kind != "sector":
                break
            for name, ends in line.parts.items():
                slack = 1e-6 * max(1, abs(true.parts[name].value))
                assert ends.low - slack <= true.parts[name].value <= ends.high + slack


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_ends_of_rest_and_total_hold_every_completion(plain, seed):
    """The region's total is published: what the sectors have more, the rest has less."""
    low, high = (
        np.array([[60.0, 70, 90], [250, 200, 220]]),
        np.array([[140.0, 150, 180], [320] * 3]),
    )
    panel = plain(e_ir=(low, [[100, 110, 150], [300, 290, 270]], high))
    found = decompose(panel, "classic")
    rng = np.random.default_rng(seed)
    for _ in range(10):
        cells = low + rng.integers(0, 2, low.shape) * (high - low)
        true = decompose(dataclasses.replace(panel, e_ir=Interval.exact(cells)), "classic")
        for line, truth in zip(found.lines, true.lines, strict=True):
            for name, ends in line.parts.items():
                assert ends.low - 1e-6 <= truth.parts[name].value <= ends.high + 1e-6
