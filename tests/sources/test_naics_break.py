"""NAICS 2017 to 2022 on real files: no code that vanished, appeared or was redrawn has growth."""

import csv
from dataclasses import fields, replace

import numpy as np
import pytest

from sectorscan.indicators.compute import compute
from sectorscan.indicators.decomposition import METHODS, decompose
from sectorscan.indicators.registry import REGISTRY
from sectorscan.sources import naics
from sectorscan.sources.load import load
from sectorscan.sources.revisions import same_content
from sectorscan.sources.rollup import roll_up
from sectorscan.tables.model import Interval, Scope, Sector

FOLDER = "data/qcew/columbus_oh_annual_2020_2023"
AREAS = ("39041", "39049")
GROWTH = [name for name, spec in REGISTRY.items() if spec.kind == "growth"]


@pytest.fixture(scope="module")
def tables(shared):
    return load([shared(FOLDER)], Scope(areas=AREAS, benchmark=("all",)), {})


@pytest.fixture(scope="module")
def moved(shared):
    """Return the codes of all files that vanish and that appear between 2021 and 2022."""
    codes = {2021: set(), 2022: set()}
    for path in sorted(shared(FOLDER).glob("*-202[12]-*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                codes[int(row["year"][:4])].add(row["industry_code"].removesuffix(".0"))
    return codes[2021] - codes[2022], codes[2022] - codes[2021]


def _scope(**options):
    return Scope(areas=AREAS, benchmark=("all",), period=(2021, 2022), **options)


def without_ranges(panel):
    """Return the panel with its values alone: which of them are unknown doesn't hang on ranges."""
    exact = {
        field.name: Interval.exact(cells.value)
        for field in fields(panel)
        if isinstance(cells := getattr(panel, field.name), Interval)
    }
    return replace(panel, **exact)


ENTERED = {"111940", "221113", "221115", "311423", "315990", "331315", "334112", "483111"}
LEFT = {"331492", "333612"}
"""Industries that NAICS 2022 didn't touch: the first establishments came, the last ones left."""


def _six(codes):
    return {code for code in codes if len(code) == 6}


def test_the_files_have_the_codes_that_the_readme_counts(moved):
    vanished, appeared = map(_six, moved)
    assert (len(vanished), len(appeared)) == (120, 96)
    assert {code for code in vanished if same_content((code,), 2021, 2022)} == LEFT
    assert {code for code in appeared if same_content((code,), 2021, 2022)} == ENTERED


@pytest.mark.parametrize("level", naics.LEVELS)
def test_no_code_that_appears_or_was_redrawn_has_growth(tables, moved, level):
    panel = roll_up(tables, _scope(level=level))
    table = compute(panel)
    appeared = {s.id for s in panel.sectors} & moved[1]
    redrawn = {s.id for s in panel.sectors if not same_content(s.naics, 2021, 2022)}
    assert {code for code in appeared - redrawn if len(code) == 6} <= ENTERED
    for sector in appeared - redrawn:  # growth from no jobs
        assert np.isnan(table.values("employment_cagr_pct")[_place(panel, sector)])
    at = [_place(panel, sector) for sector in sorted(redrawn)]
    assert bool(at) == (level != "sector")
    for name in GROWTH:
        assert np.isnan(table.values(name)[at]).all(), name
    for s in at:
        reason = table.missing_reason[panel.sectors[s].id, "employment_cagr_pct"]
        assert "isn't in the classification of 2021" in reason or "held other" in reason
    for method in METHODS:
        lines = decompose(without_ranges(panel), method).lines
        assert all(lines[s].reason for s in at)
        assert sum(not line.reason for line in lines if line.kind == "sector") > 0


def test_no_code_that_vanishes_has_growth_where_it_is_named(tables, moved):
    named = sorted(code for code in moved[0] if not same_content((code,), 2021, 2022))
    assert len(_six(named)) == 118
    panel = roll_up(tables, _scope(bundles=tuple(Sector(c, c, (c,)) for c in named)))
    table = compute(panel)
    for name in (*GROWTH, "employment", "location_quotient"):
        assert np.isnan(table.values(name)).all(), name
    for method in METHODS:
        assert all(
            line.reason for line in decompose(without_ranges(panel), method).lines[: len(named)]
        )


def _place(panel, code):
    return [sector.id for sector in panel.sectors].index(code)


def test_a_renumbered_industry_is_bridged_by_a_bundle_of_both_codes(tables):
    software = Sector("Software", "Software", ("511210", "513210"))
    retail = Sector("Retail", "Retail", ("44-45",))
    half = Sector("Half", "Half", ("448", "458"))
    table = compute(roll_up(tables, _scope(bundles=(software, retail, half))))
    growth = table.values("employment_cagr_pct")
    assert np.isfinite(growth[:2]).all()
    assert np.isnan(growth[2])
