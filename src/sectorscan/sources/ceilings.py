"""Withheld cells of an analyst's table, bounded by the parents that the table has.

An analyst's table may lack rows, so children are only known to be at most their parent; where it
has no parent row a withheld cell stays open above.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources.tree import nearest_ancestors
from sectorscan.sources.withheld import Forest, bound
from sectorscan.tables.model import RegionalTables
from sectorscan.tables.trees import Ends, Trees


def with_ceilings(tables: RegionalTables) -> RegionalTables:
    """Return the tables with the ends of withheld cells tightened by the rows above them.

    Jobs have 0.5 x (children + 1) of slack for rounding, wages none (docs/method.md).
    """
    frame = tables.employment
    withheld = frame["employment_status"].eq("withheld") | frame["wages_status"].eq("withheld")
    if tables.public or not withheld.any():
        return tables
    affected = pd.MultiIndex.from_frame(frame.loc[withheld, ["region", "year"]])
    inside = pd.MultiIndex.from_frame(frame[["region", "year"]]).isin(affected)
    rows = frame[inside]
    parent = _parents(rows)
    forest = Forest.of(parent)
    nothing = np.zeros(len(rows), dtype=np.bool_)
    ends = {}
    tightened = frame.copy()
    slack = {"employment": forest.rounding_slack(), "total_wages": np.zeros(len(rows))}
    for name, status in (("employment", "employment_status"), ("total_wages", "wages_status")):
        low, high = _ends(rows, name, status)
        bounds = bound(forest, low, high, slack[name], nothing)
        ends[name] = Ends(bounds.low, bounds.high, slack[name], nothing, bounds.contradicted)
        open_cells = rows[status].eq("withheld").to_numpy()
        at = rows.index[open_cells]
        tightened.loc[at, f"{name}_low"] = bounds.low[open_cells]
        tightened.loc[at, f"{name}_high"] = bounds.high[open_cells]
    return replace(tables, employment=tightened, trees=_trees(rows, parent, ends))


def _trees(rows: pd.DataFrame, parent: npt.NDArray[np.intp], ends: dict[str, Ends]) -> Trees:
    area, areas = pd.factorize(rows["region"], sort=True)
    industry, industries = pd.factorize(rows["industry"], sort=True)
    year = rows["year"].to_numpy(dtype=np.intp)
    trees = Trees(
        tuple(areas),
        tuple(industries),
        area,
        industry,
        year,
        parent,
        ends["employment"],
        ends["total_wages"],
    )
    return trees.arranged()


def _ends(
    rows: pd.DataFrame, name: str, status: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return each row's own ends; what is missing altogether is open."""
    low = rows[f"{name}_low"].to_numpy(dtype=float, copy=True)
    high = rows[f"{name}_high"].to_numpy(dtype=float, copy=True)
    return np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), np.inf, high)


def _parents(rows: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return each row's position of its nearest ancestor of the same area and year, else -1."""
    trees = rows.groupby(["region", "year"], sort=False).ngroup()
    code, codes = pd.factorize(rows["industry"])
    return nearest_ancestors(np.asarray(trees, dtype=np.intp), code, list(codes))
