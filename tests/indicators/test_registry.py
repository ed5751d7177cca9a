"""The registry: complete, consistent, cheap to import, and the page that is made from it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from sectorscan.indicators.quantities import quantities
from sectorscan.indicators.registry import QUANTITIES, REGISTRY

ROOT = Path(__file__).resolve().parents[2]

UNITS = {
    "employment": "jobs",
    "employment_share_pct": "% of regional jobs",
    "establishments": "count",
    "jobs_per_establishment": "jobs",
    "location_quotient": "ratio",
    "location_quotient_change": "ratio",
    "employment_change": "jobs",
    "employment_cagr_pct": "%/year",
    "employment_cagr_vs_region_pp": "percentage points/year",
    "recent_growth_vs_region_pp": "percentage points/year",
    "national_growth_effect": "jobs",
    "industry_mix_effect": "jobs",
    "competitive_effect": "jobs",
    "competitive_rate_pp": "percentage points/year",
    "growth_volatility_pp": "percentage points",
    "avg_annual_pay": "USD/year",
    "pay_vs_region": "ratio",
    "pay_vs_benchmark": "ratio",
    "real_pay_cagr_pct": "%/year",
    "projected_growth_pct": "%/year",
    "projected_growth_vs_region_pp": "percentage points/year",
    "openings_rate_pct": "% of jobs/year",
    "openings_vs_region": "ratio",
    "workers_55_plus_pct": "% of workers",
    "workers_55_plus_vs_region_pp": "percentage points",
    "turnover_pct": "% of stable jobs/quarter",
    "new_hire_annual_pay": "USD/year",
    "new_hire_pay_vs_threshold": "ratio",
    "middle_skill_share_pct": "% of jobs",
    "middle_skill_vs_region": "ratio",
}
SCORED = {
    "employment_share_pct",
    "establishments",
    "location_quotient",
    "employment_cagr_vs_region_pp",
    "recent_growth_vs_region_pp",
    "competitive_rate_pp",
    "projected_growth_vs_region_pp",
    "pay_vs_region",
    "pay_vs_benchmark",
    "real_pay_cagr_pct",
    "openings_vs_region",
    "workers_55_plus_vs_region_pp",
    "new_hire_pay_vs_threshold",
    "middle_skill_vs_region",
}


def test_the_registry_has_every_indicator_with_its_unit():
    assert {name: spec.unit for name, spec in REGISTRY.items()} == UNITS


def test_the_default_points_are_those_of_the_shipped_criteria():
    assert {name for name, spec in REGISTRY.items() if spec.default_points} == SCORED
    assert REGISTRY["employment_share_pct"].default_log
    assert REGISTRY["location_quotient"].default_points == ((0.5, 0), (1, 50), (1.25, 75), (2, 100))


@pytest.mark.parametrize("spec", REGISTRY.values(), ids=REGISTRY)
def test_each_entry_is_whole(spec):
    assert spec.label
    assert spec.formula
    assert spec.reference
    assert set(spec.takes) <= set(QUANTITIES)
    values = [value for value, _ in spec.default_points or ()]
    assert values == sorted(set(values))


def test_the_panel_gives_every_quantity_that_is_promised(panel_of):
    assert set(QUANTITIES) <= set(quantities(panel_of()).quantities)


def test_neither_registry_nor_its_entries_can_be_changed():
    with pytest.raises(TypeError, match="does not support item assignment"):
        REGISTRY["employment"] = None
    with pytest.raises(AttributeError, match="cannot assign"):
        REGISTRY["employment"].unit = "heads"


def test_importing_the_registry_needs_no_pandas():
    code = "import sys, sectorscan.indicators.registry; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_indicator_page_is_fresh():
    tool = ROOT / "tools" / "make_indicator_page.py"
    spec = importlib.util.spec_from_file_location("make_indicator_page", tool)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert page == module.page(), "run python tools/make_indicator_page.py"
