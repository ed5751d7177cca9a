"""Builders of small panels: a region beside its benchmark, typed in by hand."""

import numpy as np
import pytest

from sectorscan.tables.model import GivenFigures, Interval, Panel, Sector


def as_interval(cells, shape):
    """Return an Interval from numbers, or from a (low, value, high) triple of them."""
    triple = cells if isinstance(cells, tuple) else (cells, cells, cells)
    return Interval(*(np.broadcast_to(np.asarray(x, dtype=float), shape).copy() for x in triple))


def statuses(cells):
    return np.where(
        np.isnan(cells.value), "missing", np.where(cells.uncertain, "estimated", "published")
    )


def make_panel(years=(2020, 2023), sectors=2, given=None, **cells):
    """Return a panel; a cell left out is NaN, ``e_region`` and the LQ bases default to e_r, e_n."""
    rows, one = (sectors, len(years)), (1, len(years))
    wide = {
        name: as_interval(cells.pop(name, np.nan), rows)
        for name in ("e_ir", "w_ir", "e_r", "w_r", "e_in", "w_in")
    }
    narrow = {name: as_interval(cells.pop(name, np.nan), one) for name in ("e_n", "w_n")}
    first = {
        name: Interval(wide[of].low[:1], wide[of].value[:1], wide[of].high[:1])
        for name, of in (("e_region", "e_r"), ("w_region", "w_r"))
    }
    for name in first:
        if name in cells:
            first[name] = as_interval(cells.pop(name), one)
    e_r_lq = as_interval(cells.pop("e_r_lq"), rows) if "e_r_lq" in cells else wide["e_r"]
    e_n_lq = as_interval(cells.pop("e_n_lq"), one) if "e_n_lq" in cells else narrow["e_n"]
    n_ir = np.broadcast_to(np.asarray(cells.pop("n_ir", np.nan), dtype=float), rows).copy()
    options = {
        "total_is_sum": False,
        "benchmark_contains_region": False,
        "benchmark": "US000",
        "sources": {
            "employment": "employment.csv",
            "wages": "wages.csv",
            "establishments": "employment.csv",
            "benchmark": "nation.csv",
        },
        "e_status": statuses(wide["e_ir"]),
        "w_status": statuses(wide["w_ir"]),
        "e_in_status": statuses(wide["e_in"]),
        **cells,
    }
    return Panel(
        sectors=tuple(Sector(f"s{i}", f"Sector {i}", (f"s{i}",)) for i in range(sectors)),
        years=tuple(years),
        region_name="Region",
        areas=("01001",),
        ownership="private",
        lq_base="same-ownership",
        n_ir=n_ir,
        e_r_lq=e_r_lq,
        e_n_lq=e_n_lq,
        withheld_areas=np.zeros(sectors, dtype=np.int64),
        areas_with_rows=np.ones(sectors, dtype=np.int64),
        estimated_share=None,
        given=given or GivenFigures(),
        **wide,
        **narrow,
        **first,
        **options,
    )


@pytest.fixture(scope="session")
def panel_of():
    return make_panel


@pytest.fixture(scope="session")
def table_cell():
    """Return a function giving (low, value, high) of one sector and indicator."""

    def cell(table, indicator, sector=0):
        column = table.column(indicator)
        return tuple(float(a[sector, column]) for a in (table.low, table.value, table.high))

    return cell


@pytest.fixture(scope="session")
def random_panel():
    """Return a function making a consistent panel whose region is part of the benchmark.

    ``uncertain`` sectors have withheld jobs and pay in every year; the totals are sums.
    """

    def make(seed, sectors=4, years=(2018, 2019, 2020, 2021, 2022, 2023), uncertain=1, **options):
        rng = np.random.default_rng(seed)
        shape = (sectors, len(years))
        jobs = rng.uniform(50, 5000, (sectors, 1)) * np.cumprod(rng.uniform(0.9, 1.15, shape), 1)
        pay = rng.uniform(2e4, 1e5, shape)
        rest = rng.uniform(1e3, 1e5, (sectors, 1)) * np.cumprod(rng.uniform(0.95, 1.1, shape), 1)
        rest_pay = rng.uniform(2e4, 1e5, shape)

        def spread(value):
            low, high = value.copy(), value.copy()
            low[:uncertain] *= rng.uniform(0.3, 1, (uncertain, len(years)))
            high[:uncertain] *= rng.uniform(1, 2.5, (uncertain, len(years)))
            return low, value, high

        def summed(triple):
            return tuple(x.sum(axis=0, keepdims=True) for x in triple)

        def plus(triple, other):
            return tuple(x + other for x in triple)

        e, w = spread(jobs), spread(jobs * pay)
        e_in, w_in = plus(e, rest), plus(w, rest * rest_pay)
        chosen = {
            "e_ir": e,
            "w_ir": w,
            "e_r": summed(e),
            "w_r": summed(w),
            "e_in": e_in,
            "w_in": w_in,
            "e_n": summed(e_in),
            "w_n": summed(w_in),
            "n_ir": rng.integers(3, 200, shape),
            "total_is_sum": True,
            "benchmark_contains_region": True,
            **options,
        }
        return make_panel(years=years, sectors=sectors, **chosen)

    return make
