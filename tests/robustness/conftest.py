"""A region beside its benchmark, as arrays, and a config to rank it by."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring.conftest import config, table

from sectorscan.config.models import Config, CriterionConfig, GateConfig, GroupConfig, Scale
from sectorscan.tables.model import GivenFigures, Interval, Panel, Sector

__all__ = ["config", "table"]

YEARS = (2019, 2020, 2021, 2022, 2023)


def regional_panel(jobs, firms, *, pay=None, rest=20_000.0, nation=None, years=YEARS):
    """Return a panel from (S, Y) jobs and establishments; ``rest`` are the region's other jobs."""
    jobs, firms = np.array(jobs, dtype=float), np.array(firms, dtype=float)
    size = jobs.shape[0]
    wages = jobs * (np.array(pay, dtype=float)[:, None] if pay is not None else 50_000.0)
    whole = jobs.sum(axis=0, keepdims=True) + rest
    payroll = wages.sum(axis=0, keepdims=True) + rest * 48_000.0
    industry = np.full(jobs.shape, 1.0) * 100_000 if nation is None else np.array(nation, float)
    country = np.full((1, len(years)), 10_000_000.0) * 1.01 ** np.arange(len(years))
    each = np.broadcast_to(whole, jobs.shape).copy()
    return Panel(
        sectors=tuple(Sector(f"s{s:03d}", f"Sector {s}", (f"s{s:03d}",)) for s in range(size)),
        years=tuple(years),
        region_name="Region",
        areas=("39041",),
        benchmark="US000",
        ownership="private",
        lq_base="same-ownership",
        e_ir=Interval.exact(jobs),
        w_ir=Interval.exact(wages),
        n_ir=firms,
        e_r=Interval.exact(each),
        w_r=Interval.exact(np.broadcast_to(payroll, jobs.shape).copy()),
        e_in=Interval.exact(industry),
        w_in=Interval.exact(industry * 52_000.0),
        e_n=Interval.exact(country),
        w_n=Interval.exact(country * 51_000.0),
        e_region=Interval.exact(whole),
        w_region=Interval.exact(payroll),
        e_r_lq=Interval.exact(each),
        e_n_lq=Interval.exact(country),
        e_status=np.full(jobs.shape, "published"),
        w_status=np.full(jobs.shape, "published"),
        e_in_status=np.full(jobs.shape, "published"),
        withheld_areas=np.zeros(size, dtype=np.int64),
        areas_with_rows=np.ones(size, dtype=np.int64),
        total_is_sum=False,
        benchmark_contains_region=False,
        estimated_share=None,
        sources={"employment": "employment.csv", "benchmark": "employment.csv"},
        given=GivenFigures(),
    )


def random_panel(size, seed=1):
    """Return a region of ``size`` industries, many of them with a handful of establishments."""
    draws = np.random.default_rng(seed)
    firms = np.maximum(draws.integers(0, 40, (size, 1)) + draws.integers(-1, 2, (size, 5)), 0)
    jobs = np.where(firms > 0, np.round(firms * draws.lognormal(3, 1, (size, 1))), 0)
    jobs = np.round(jobs * draws.normal(1, 0.05, (size, 5)))
    nation = np.round(draws.lognormal(11, 0.8, (size, 1)) * 1.02 ** np.arange(5))
    return regional_panel(jobs, firms, pay=draws.lognormal(10.8, 0.3, size), nation=nation)


WEIGHTS = {
    "employment_share_pct": 12,
    "establishments": 8,
    "location_quotient": 20,
    "employment_cagr_vs_region_pp": 12,
    "pay_vs_region": 20,
}


def ranking_config(*, weights=WEIGHTS, method="points", gates=(), **settings):
    """Return a config of registry criteria on their own points, or on one other scale."""
    scale = None if method == "points" else Scale(method=method)
    criteria = {
        name: GroupConfig(weight=weight, indicators={name: CriterionConfig(weight=1, scale=scale)})
        for name, weight in weights.items()
    }
    return Config(criteria=criteria, gates=tuple(GateConfig(**g) for g in gates), **settings)


@pytest.fixture(scope="session")
def panel_of():
    return regional_panel


@pytest.fixture(scope="session")
def some_region():
    return random_panel


@pytest.fixture(scope="session")
def config_of():
    return ranking_config


@pytest.fixture(scope="session")
def one_changed():
    """Return a panel where one sector alone has one establishment more or less, by hand."""

    def change(panel, sector, sign):
        arrays = {
            name: getattr(panel, name).value.copy()
            for name in ("e_ir", "w_ir", "e_r", "w_r", "e_region", "w_region", "e_r_lq")
        }
        firms = panel.n_ir.copy()
        per_firm = 1 / firms[sector, -1]
        jobs = sign * arrays["e_ir"][sector, -1] * per_firm
        wages = sign * arrays["w_ir"][sector, -1] * per_firm
        firms[sector, -1] += sign
        for name, rows in arrays.items():
            rows[0 if rows.shape[0] == 1 else sector, -1] += jobs if name[0] == "e" else wages
        moved = {name: Interval.exact(rows) for name, rows in arrays.items()}
        return replace(panel, n_ir=firms, **moved)

    return change
