"""Builders of small tables for the roll-up."""

import numpy as np
import pandas as pd
import pytest

from sectorscan.tables.frames import EMPLOYMENT_COLUMNS
from sectorscan.tables.model import RegionalTables


def _row(region, industry, year, jobs, firms=10.0, wages=None, status="published", bounds=None):
    known = status in ("published", "derived")
    low, high = bounds if bounds else ((jobs, jobs) if known else (0.0, np.inf))
    pay = wages if wages is not None else (jobs * 50_000 if known else np.nan)
    return {
        "region": region,
        "industry": industry,
        "year": year,
        "industry_title": "",
        "establishments": firms,
        "employment": jobs if status != "withheld" else np.nan,
        "employment_low": low,
        "employment_high": high,
        "total_wages": pay if status != "withheld" else np.nan,
        "total_wages_low": pay if known else 0.0,
        "total_wages_high": pay if known else np.inf,
        "employment_status": status,
        "wages_status": status,
        "source": "employment.csv",
    }


def _tables(rows, **more):
    frame = pd.DataFrame([_row(*row[:4], **(row[4] if len(row) > 4 else {})) for row in rows])
    frame = frame[list(EMPLOYMENT_COLUMNS)].sort_values(
        ["region", "industry", "year"], ignore_index=True
    )
    empty = {
        "covered_totals": ["region", "year", "employment"],
        "concentration": ["region", "industry", "year", "location_quotient", "source"],
        "growth": [
            *("region", "industry", "base_year", "end_year"),
            *("annual_growth_pct", "basis", "openings", "source"),
        ],
        "indicators": [
            *("region", "industry", "indicator", "year"),
            *("value", "low", "high", "unit", "source"),
        ],
    }
    frames = {name: more.pop(name, pd.DataFrame(columns=cols)) for name, cols in empty.items()}
    return RegionalTables(employment=frame, **frames, **more)


@pytest.fixture
def tables():
    """Return a function from rows (region, industry, year, jobs[, options]) to tables."""
    return _tables
