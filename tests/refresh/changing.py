"""Two states of a region without any file: random figures, then revised and a year longer."""

from dataclasses import replace

import numpy as np
import pandas as pd

from sectorscan.config.loader import LoadedConfig
from sectorscan.config.models import Config, CriterionConfig, GroupConfig, Scale
from sectorscan.refresh.split import State
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS, FRAMES
from sectorscan.tables.model import RegionalTables

CODES = ("311", "332", "336", "484", "541", "621")
CRITERIA = ("location_quotient", "employment_cagr_pct", "pay_vs_region", "employment_share_pct")
POINTS = {
    "location_quotient": ((0.5, 0), (1, 50), (2, 100)),
    "employment_cagr_pct": ((-20, 0), (0, 50), (20, 100)),
    "pay_vs_region": ((0.5, 0), (1, 60), (2, 100)),
    "employment_share_pct": ((1, 0), (50, 100)),
}
METHODS = ("points", "minmax", "zscore", "percentile", "rank")


def tables_of(jobs, pay, years, codes=CODES):
    """Return tables of region 39049 and the nation; ``jobs`` and ``pay`` are (2, S, Y)."""
    rows = []
    for at, region in enumerate(("39049", "US000")):
        for y, year in enumerate(years):
            wages = jobs[at, :, y] * pay[at, :, y]
            cells = [("10", np.nansum(jobs[at, :, y]), np.nansum(wages))]
            cells += list(zip(codes, jobs[at, :, y], wages, strict=True))
            rows += [(region, code, year, e, w) for code, e, w in cells]
    frame = pd.DataFrame(rows, columns=["region", "industry", "year", "employment", "total_wages"])
    frame["industry_title"] = frame["industry"]
    frame["establishments"] = 20.0
    for name in ("employment", "total_wages"):
        frame[f"{name}_low"] = frame[f"{name}_high"] = frame[name]
    known = np.where(frame["employment"].isna(), "missing", "published")
    frame["employment_status"] = frame["wages_status"] = known
    frame["source"] = "employment.csv"
    empty = {name: pd.DataFrame(columns=list(columns)) for name, columns in FRAMES.items()}
    frame = frame.sort_values(["region", "industry", "year"], ignore_index=True)
    kept = frame[list(EMPLOYMENT_COLUMNS)]
    return RegionalTables(**{**empty, "employment": kept}, ownership="private")


def config_of(weights, methods, **settings):
    """Return a loaded config of the four criteria; a method a criterion."""
    groups = {}
    for name, weight, method in zip(CRITERIA, weights, methods, strict=True):
        scale = Scale(points=POINTS[name]) if method == "points" else Scale(method=method)
        groups[name] = GroupConfig(
            weight=weight, indicators={name: CriterionConfig(weight=1, scale=scale)}
        )
    config = Config(criteria=groups, **settings)
    return LoadedConfig(config=config, name="config.yaml", sha256="0" * 64, positions={})


def random_states(seed, methods, settings=({}, {}), *, holes=False):
    """Return an old and a new state: other weights, revised figures, a year more."""
    rng = np.random.default_rng(seed)
    jobs = rng.uniform(200, 5000, (2, len(CODES), 4)).round()
    jobs[1] *= 100
    pay = rng.uniform(20_000, 120_000, (2, len(CODES), 4)).round()
    if holes:
        jobs[0][rng.random(jobs[0].shape) < 0.1] = np.nan
    revised = jobs.copy()
    touched = rng.random(jobs.shape) < 0.5
    revised[touched] = (revised[touched] * rng.uniform(0.8, 1.2)).round()
    weights = rng.uniform(0, 10, (2, len(CRITERIA))).round(3) + 0.001
    years = (2020, 2021, 2022, 2023)
    old = State(
        tables_of(jobs[:, :, :3], pay[:, :, :3], years[:3]),
        config_of(weights[0], methods[0], **settings[0]),
        (2020, 2022),
        None,
    )
    new = State(
        tables_of(revised, pay, years), config_of(weights[1], methods[1], **settings[1]),
        (2021, 2023), None,
    )  # fmt: skip
    return old, new


def with_tables(state, tables, period=None):
    return replace(state, tables=tables, period=period or state.period)
