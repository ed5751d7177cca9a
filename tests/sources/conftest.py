"""Builders of small tables for the roll-up."""

import numpy as np
import pandas as pd
import pytest

from sectorscan.sources.withheld import Forest
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


def _random_forest(rng, withheld_share, depth=5):
    """A true tree, each published value rounded to a whole job, some cells then withheld."""
    parent, frontier = [-1], [0]
    for _ in range(depth):
        grown = []
        for node in frontier:
            for _ in range(int(rng.integers(0, 4))):
                grown.append(len(parent))
                parent.append(node)
        frontier = grown
    forest = Forest.of(np.array(parent))
    leaf = forest.children == 0
    truth = np.where(leaf, 400 * rng.random(len(parent)), 0.0)
    for nodes in reversed(forest.levels[1:]):
        np.add.at(truth, forest.parent[nodes], truth[nodes])
    withheld = rng.random(len(parent)) < withheld_share
    published = np.round(truth)
    low = np.where(withheld, 0.0, published)
    high = np.where(withheld, np.inf, published)
    return forest, truth, low, high, withheld


def _joined(forests):
    """Several trees as one forest, in shuffled order is not needed: positions are shifted."""
    shift, parents = 0, []
    for forest in forests:
        parents.append(np.where(forest.parent < 0, -1, forest.parent + shift))
        shift += len(forest.parent)
    return Forest.of(np.concatenate(parents))


@pytest.fixture
def random_forest():
    """Return a function from a generator and a share withheld to a true tree, partly hidden."""
    return _random_forest


@pytest.fixture
def joined():
    """Return a function from several trees to one forest."""
    return _joined
