"""Indicator tables and configs to score, without any file."""

import numpy as np
import pytest
from hypothesis import settings

from sectorscan.config.models import Config, CriterionConfig, GateConfig, GroupConfig, Scale
from sectorscan.indicators.model import IndicatorTable
from sectorscan.tables.model import GivenFigures, Interval, Panel, Sector

# The first zscore imports scipy, which takes longer than a single example may by default.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

UNIT_POINTS = ((0.0, 0.0), (100.0, 100.0))


def blank_panel(sectors):
    """Return a panel of one year in which nothing is known."""
    rows, whole = np.full((len(sectors), 1), np.nan), np.full((1, 1), np.nan)
    own, total = Interval.exact(rows), Interval.exact(whole)
    return Panel(
        sectors=sectors,
        years=(2023,),
        region_name="Region",
        areas=("39041",),
        benchmark="US000",
        ownership="private",
        lq_base="same-ownership",
        e_ir=own,
        w_ir=own,
        n_ir=rows,
        e_r=own,
        w_r=own,
        e_in=own,
        w_in=own,
        e_n=total,
        w_n=total,
        e_region=total,
        w_region=total,
        e_r_lq=own,
        e_n_lq=total,
        e_status=np.full(rows.shape, "missing"),
        w_status=np.full(rows.shape, "missing"),
        e_in_status=np.full(rows.shape, "missing"),
        withheld_areas=np.zeros(len(sectors), dtype=np.int64),
        areas_with_rows=np.ones(len(sectors), dtype=np.int64),
        total_is_sum=False,
        benchmark_contains_region=False,
        estimated_share=None,
        sources={},
        given=GivenFigures(),
    )


def indicator_table(columns, *, low=None, high=None, names=None):
    """Return a table from {indicator: values}; ``low`` and ``high`` replace whole columns."""
    ids = tuple(columns)
    value = np.column_stack([np.asarray(columns[name], dtype=float) for name in ids])
    ends = []
    for given in (low or {}, high or {}):
        end = value.copy()
        for name, column in given.items():
            end[:, ids.index(name)] = column
        ends.append(end)
    names = names or [f"s{row:03d}" for row in range(value.shape[0])]
    sectors = tuple(Sector(name, name, (name,)) for name in names)
    return IndicatorTable(
        sectors=sectors,
        ids=ids,
        labels=ids,
        units=("",) * len(ids),
        low=ends[0],
        value=value,
        high=ends[1],
        status=np.where(np.isnan(value), "missing", "published"),
        sources=("indicators.csv",) * len(ids),
        missing_reason={},
        region={},
        benchmark={},
        panel=blank_panel(sectors),
    )


def scoring_config(criteria, *, gates=(), groups=None, **settings):
    """Return a config from {indicator: weight | (weight, Scale) | (weight, Scale, direction)}.

    A plain weight gets the scale on which 0-100 scores itself. Each indicator is a group of its
    own with that weight, unless ``groups`` says {group: (weight, [indicators])}.
    """
    built = {}
    for name, given in criteria.items():
        weight, scale, direction = (
            (*given, "max")[:3] if isinstance(given, tuple) else (given, None, "max")
        )
        scale = scale or Scale(points=UNIT_POINTS)
        built[name] = CriterionConfig(weight=weight, scale=scale, direction=direction)
    if groups is None:
        groups = {name: (criterion.weight, [name]) for name, criterion in built.items()}
        built = {name: c.model_copy(update={"weight": 1.0}) for name, c in built.items()}
    return Config(
        criteria={
            group: GroupConfig(weight=weight, indicators={name: built[name] for name in names})
            for group, (weight, names) in groups.items()
        },
        gates=tuple(GateConfig(**gate) for gate in gates),
        **settings,
    )


@pytest.fixture(scope="session")
def table():
    return indicator_table


@pytest.fixture(scope="session")
def config():
    return scoring_config
