"""The columns of the frames that ``RegionalTables`` holds."""

from __future__ import annotations

EMPLOYMENT_COLUMNS = (
    "region",
    "industry",
    "year",
    "industry_title",
    "establishments",
    "employment",
    "employment_low",
    "employment_high",
    "total_wages",
    "total_wages_low",
    "total_wages_high",
    "employment_status",
    "wages_status",
    "source",
)
"""Columns of ``RegionalTables.employment`` (see there)."""

FRAMES: dict[str, tuple[str, ...]] = {
    "employment": EMPLOYMENT_COLUMNS,
    "covered_totals": ("region", "year", "employment"),
    "concentration": ("region", "industry", "year", "location_quotient", "source"),
    "growth": (
        "region",
        "industry",
        "base_year",
        "end_year",
        "annual_growth_pct",
        "basis",
        "openings",
        "source",
    ),
    "indicators": (
        "region",
        "industry",
        "indicator",
        "year",
        "value",
        "low",
        "high",
        "unit",
        "source",
    ),
    "rates": (
        "region",
        "industry",
        "quantity",
        "base_year",
        "end_year",
        "numerator",
        "low",
        "high",
        "denominator",
        "source",
    ),
}
"""The columns of each frame of ``RegionalTables``."""
