"""Shift-share from files and a config, with the structure of the region beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.indicators.decomposition import Decomposition, Line, by_year, decompose
from sectorscan.indicators.model import IndicatorTable
from sectorscan.indicators.structure import Structure
from sectorscan.tables.model import InputFile, Panel

if TYPE_CHECKING:
    from sectorscan.config.loader import LoadedConfig
    from sectorscan.tables.model import RegionalTables, Scope

SHOWN = (
    "location_quotient",
    "location_quotient_ci95_low",
    "location_quotient_ci95_high",
    "wage_location_quotient",
    "establishment_location_quotient",
    "employment_cagr_pct",
)
"""Indicators that stand beside the parts."""


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """The decompositions asked for, and what is shown beside them, unrounded.

    ``indicators`` has ``SHOWN`` and more for the panel's sectors; ``quadrants`` (S,) are those of
    the growth-concentration chart, None where not known. ``structure`` maps a year (base, end) to
    its indices over the ``compared`` sectors, which are known in both; ``no_structure`` says why
    it is empty. ``steps`` are the classic parts year by year, where the dynamic method was asked.
    """

    config_name: str
    config_sha256: str
    inputs: tuple[InputFile, ...]
    indicators: IndicatorTable
    decompositions: tuple[Decomposition, ...]
    quadrants: tuple[str | None, ...]
    structure: Mapping[int, tuple[Structure, ...]]
    compared: int
    compared_share: float
    no_structure: str
    steps: tuple[tuple[int, int, tuple[Line, ...]], ...]
    cautions: tuple[str, ...]
    notes: tuple[str, ...] = ()
    synthetic: bool = False

    @property
    def panel(self) -> Panel:
        """The region beside its benchmark."""
        return self.indicators.panel


def shift_share(paths: Sequence[Path], loaded: LoadedConfig, methods: Sequence[str]) -> ShiftShare:
    """Load the inputs and take the region's change in jobs apart.

    Parameters
    ----------
    paths
        Folders or files, as for ``scan``.
    loaded
        A resolved config: its region, benchmark, period and sectors are used, nothing is scored.
    methods
        Names of ``indicators.decomposition.METHODS``.

    Raises
    ------
    SectorscanError
        Where an input or the config is at fault.
    """
    from sectorscan.scan import scope_of
    from sectorscan.sources.load import load

    scope = scope_of(loaded)
    return of_tables(load(paths, scope, loaded.config.columns), scope, loaded, methods)


def of_tables(
    tables: RegionalTables, scope: Scope, loaded: LoadedConfig, methods: Sequence[str]
) -> ShiftShare:
    """Take apart the change in tables that are already read.

    Raises
    ------
    SectorscanError
        Where the config names what the tables haven't got.
    """
    from sectorscan.indicators.compute import compute
    from sectorscan.sources.rollup import roll_up

    panel = roll_up(tables, scope)
    indicators = compute(panel)
    found = tables.findings
    structure, counted, why_not = _structure(panel)
    share = _share(panel, counted)
    return ShiftShare(
        config_name=loaded.name,
        config_sha256=loaded.sha256,
        inputs=tables.inputs,
        indicators=indicators,
        decompositions=tuple(decompose(panel, method) for method in methods),
        quadrants=_quadrants(indicators),
        structure=structure,
        compared=int(counted.sum()),
        compared_share=share,
        no_structure=why_not,
        steps=by_year(panel) if "dynamic" in methods else (),
        cautions=(
            *(str(f) for f in found if f.severity == "caution"),
            *panel.cautions,
            *indicators.cautions,
        ),
        notes=tuple(str(f) for f in found if f.severity == "note"),
        synthetic=tables.synthetic,
    )


def _quadrants(indicators: IndicatorTable) -> tuple[str | None, ...]:
    from sectorscan.scoring.quadrant import quadrant

    growth = indicators.values("employment_cagr_pct")
    against = indicators.benchmark.get("employment_cagr_pct", np.nan)
    quotients = indicators.values("location_quotient")
    return tuple(
        quadrant(float(lq), float(rate), float(against))
        for lq, rate in zip(quotients, growth, strict=True)
    )


def _structure(panel: Panel) -> tuple[dict[int, tuple[Structure, ...]], np.ndarray, str]:
    """Return the indices of base and end year, the sectors behind them, and why there are none."""
    from sectorscan.indicators.quantities import quantities
    from sectorscan.indicators.structure import known_sectors, overlapping, structure

    nobody = np.zeros(len(panel.sectors), dtype=np.bool_)
    if not panel.years:
        return {}, nobody, "no employment figures were given"
    if overlapping(panel):
        return {}, nobody, "some jobs count in more than one sector, or only in a part of the areas"
    places = sorted({0, len(panel.years) - 1})
    with_benchmark = [known_sectors(panel, place, "hachman") for place in places]
    counted = np.asarray(np.all(with_benchmark, axis=0))
    if not counted.any():
        return {}, nobody, "no sector's jobs are known in region and benchmark in both years"
    from_panel = quantities(panel)
    return (
        {
            panel.years[place]: structure(from_panel, panel.years[place], counted)
            for place in places
        },
        counted,
        "",
    )


def _share(panel: Panel, counted: np.ndarray) -> float:
    if not panel.years or not counted.any():
        return float("nan")
    return float(panel.e_ir.value[counted, -1].sum() / panel.e_region.value[0, -1])
