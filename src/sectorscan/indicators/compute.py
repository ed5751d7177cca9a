"""A panel in, every indicator out: values with their intervals, statuses, sources and reasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sectorscan.indicators import from_tables, intervals, missing
from sectorscan.indicators.arithmetic import FloatArray, as_given
from sectorscan.indicators.given import Column, filled, override, own_column
from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.quantities import Quantities, quantities
from sectorscan.indicators.reference import benchmark_figures, region_figures
from sectorscan.indicators.registry import REGISTRY
from sectorscan.indicators.spec import IndicatorSpec
from sectorscan.tables.model import Interval, Panel

BoolArray = npt.NDArray[np.bool_]

_SOURCES = {
    "e_ir": "employment",
    "e_r": "employment",
    "e_region": "employment",
    "e_r_lq": "employment",
    "n_ir": "establishments",
    "w_ir": "wages",
    "w_r": "wages",
    "e_in": "benchmark",
    "e_n": "benchmark",
    "e_n_lq": "benchmark",
    "w_in": "benchmark",
}
"""Which of ``Panel.sources`` stands behind a quantity."""


def compute(panel: Panel) -> IndicatorTable:
    """Return every registry indicator, then the user's own by name, for the panel's sectors.

    Nothing raises: what can't be computed is missing, with its reason in plain words.
    ``region`` and ``benchmark`` hold the ids that ``reference.py`` lists.
    """
    from_panel = quantities(panel)
    region = region_figures(panel)
    columns = {spec.id: _column(panel, from_panel, spec) for spec in REGISTRY.values()}
    cautions = []
    given = panel.given
    for name in sorted(given.values):
        source = given.sources.get(name, "")
        if name in columns:
            columns[name], caution = override(
                columns[name], given.values[name], source, panel.sectors
            )
            cautions += [caution] if caution else []
        else:
            unit = given.units.get(name, "")
            columns[name] = own_column(name, unit, given.values[name], source)
    columns["employment_cagr_vs_region_pp"] = _from_given_growth(panel, columns, region)
    ordered = list(columns.values())
    benchmark = benchmark_figures(panel)
    if len(panel.years) > 1 and np.isnan(benchmark.get("employment_cagr_pct", np.nan)):
        cautions.append("No sector has a quadrant: the benchmark's growth is not known.")
    return IndicatorTable(
        sectors=panel.sectors,
        ids=tuple(column.id for column in ordered),
        labels=tuple(column.label for column in ordered),
        units=tuple(column.unit for column in ordered),
        low=np.column_stack([column.interval.low for column in ordered]),
        value=np.column_stack([column.interval.value for column in ordered]),
        high=np.column_stack([column.interval.high for column in ordered]),
        status=np.column_stack([column.status for column in ordered]),
        sources=tuple(column.source for column in ordered),
        missing_reason={
            (panel.sectors[s].id, column.id): why
            for column in ordered
            for s, why in sorted(column.missing.items())
        },
        region=region,
        benchmark=benchmark,
        panel=panel,
        cautions=tuple(cautions),
    )


def _column(panel: Panel, from_panel: Quantities, spec: IndicatorSpec) -> Column:
    value = np.asarray(spec.kernel(*(from_panel.values(name) for name in spec.takes)), dtype=float)
    absent = np.isnan(value)
    uncertain = np.any([from_panel.uncertain(name) for name in spec.takes], axis=0)
    return Column(
        id=spec.id,
        label=spec.label,
        unit=spec.unit,
        interval=_interval(from_panel, spec, value, uncertain),
        status=_status(panel, from_panel, spec, absent, uncertain),
        source=_source(panel, from_panel, spec),
        missing=missing.reasons(panel, from_panel, spec, absent),
    )


def _interval(
    from_panel: Quantities, spec: IndicatorSpec, value: FloatArray, uncertain: BoolArray
) -> Interval:
    """Return the value with the ends that its unknowns allow, each unknown varied once."""
    names = from_panel.atoms_of(spec.takes)
    atoms = [from_panel.atoms[name] for name in names]
    rows = np.flatnonzero(uncertain & ~np.isnan(value))
    if not rows.size:
        return Interval.exact(value)

    def formula(points: FloatArray, places: intervals.Rows) -> FloatArray:
        at = dict(zip(names, points, strict=True))
        return spec.kernel(*(from_panel.evaluate(name, at, rows[places]) for name in spec.takes))

    unknowns = filled(
        Interval(
            np.stack([atom.low[rows] for atom in atoms]),
            np.stack([atom.value[rows] for atom in atoms]),
            np.stack([atom.high[rows] for atom in atoms]),
        )
    )
    if any(from_panel.quantities[name].by_year for name in spec.takes):
        low, high = intervals.extremes(formula, unknowns, intervals.steady_paths, floor=0.0)
    else:
        low, high = intervals.extremes(formula, unknowns)
    ends = value.copy(), value.copy()
    ends[0][rows], ends[1][rows] = np.fmin(low, value[rows]), np.fmax(high, value[rows])
    return Interval(ends[0], value, ends[1])


def _status(
    panel: Panel,
    from_panel: Quantities,
    spec: IndicatorSpec,
    absent: BoolArray,
    uncertain: BoolArray,
) -> np.ndarray:
    """Return published for a figure of a table, derived for a computed one, else what it lacks."""
    estimated = uncertain
    for name in spec.takes:
        estimated = estimated | (_cell_status(panel, from_panel, name) == "estimated").any(axis=1)
    status = np.where(estimated, "estimated", "derived")
    if spec.kernel is as_given:
        cells = _cell_status(panel, from_panel, spec.takes[0])
        taken = cells[:, 0] if cells.shape[1] else "published"
        status = np.where(estimated, status, taken)
    return np.where(absent, "missing", status)


def _cell_status(panel: Panel, from_panel: Quantities, name: str) -> np.ndarray:
    """Return (S, 0 to Y) statuses of the cells behind a quantity; none for totals, constants."""
    quantity = from_panel.quantities[name]
    statuses = {"e_ir": panel.e_status, "w_ir": panel.w_status, "e_in": panel.e_in_status}
    if (rates := from_tables.statuses(panel, quantity.kind)) is not None:
        return rates
    cells = statuses.get(quantity.kind)
    if cells is None or (quantity.year is None and not quantity.by_year):
        return panel.e_status[:, :0]
    return cells if quantity.year is None else cells[:, [quantity.year]]


def _source(panel: Panel, from_panel: Quantities, spec: IndicatorSpec) -> str:
    """Return the names of the files behind an indicator, each once."""
    kinds = [from_panel.quantities[name].kind for name in spec.takes]
    names = dict.fromkeys(
        panel.sources.get(_SOURCES[kind], "")
        if kind in _SOURCES
        else from_tables.sources(panel, kind)
        for kind in kinds
    )
    return ", ".join(name for name in names if name)


def _from_given_growth(
    panel: Panel, columns: dict[str, Column], region: dict[str, float]
) -> Column:
    """Return growth against the region's: where a sector's growth is given, the given one counts.

    A bundle's own areas grow at a rate of their own, which isn't given.
    """
    column, growth = columns["employment_cagr_vs_region_pp"], columns["employment_cagr_pct"]
    all_industries = region["employment_cagr_pct"]
    given = panel.given.values.get("employment_cagr_pct")
    if given is None or np.isnan(all_industries):
        return column
    whole = np.array([sector.areas is None for sector in panel.sectors], dtype=bool)
    used = whole & ~np.isnan(given.value)
    if not used.any():
        return column
    ends = (
        np.where(used, end - all_industries, own)
        for end, own in (
            (growth.interval.low, column.interval.low),
            (growth.interval.value, column.interval.value),
            (growth.interval.high, column.interval.high),
        )
    )
    return replace(
        column,
        interval=Interval(*ends),
        status=np.where(used, "derived", column.status),
        source=growth.source if used.all() else f"{column.source}, {growth.source}",
        missing={s: why for s, why in column.missing.items() if not used[s]},
    )
