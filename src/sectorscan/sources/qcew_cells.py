"""Withheld QCEW cells: each bounded by its own area's tree and estimated inside the bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.qcew_rates import Rates
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.tree import is_aggregate, parents, under_aggregates
from sectorscan.sources.withheld import BoolArray, Bounds, Forest, IntArray, bound, estimate
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray, Interval
from sectorscan.tables.trees import Ends, Trees


@dataclass(frozen=True, slots=True)
class Cells:
    """Jobs and wages of every row, and the rows whose children don't add up to them.

    ``contradicted`` rows disclose another figure than their children do together; ``partial`` rows
    have more establishments than the children that the file has.
    """

    employment: Interval
    wages: Interval
    trees: Trees
    contradicted: BoolArray
    partial: BoolArray


def fill(rows: pd.DataFrame, codes: CodeBook, rates: Rates) -> Cells:
    """Return every row's jobs and wages, the withheld ones bounded and estimated.

    Parameters
    ----------
    rows
        Columns area, own, industry, year, establishments, employment, wages; no row twice.
    codes
        What the numbers in area, own and industry stand for.
    rates
        The benchmark's jobs per establishment and pay, for the estimates.
    """
    forest, without_aggregates = _forests(rows, codes)
    establishments = rows["establishments"].to_numpy(dtype=np.float64)
    complete = _complete(forest, establishments)
    employment = rows["employment"].to_numpy(dtype=np.float64)
    jobs_bounds = _bounds(forest, without_aggregates, employment, complete, rounded=True)
    jobs_expected = establishments * rates.jobs_per_establishment
    jobs = estimate(forest, employment, jobs_bounds, jobs_expected, complete)
    wages = rows["wages"].to_numpy(dtype=np.float64)
    wage_bounds = _bounds(forest, without_aggregates, wages, complete, rounded=False)
    paid = estimate(forest, wages, wage_bounds, jobs * rates.pay, complete)
    # Children that the file lacks matter only where others beside them are withheld.
    partial = ~complete & (forest.sum_of_children(np.isnan(employment).astype(np.float64)) > 0)
    trees = Trees(
        tuple(codes.areas.texts),
        tuple(codes.industries.texts),
        rows["area"].to_numpy(dtype=np.intp),
        rows["industry"].to_numpy(dtype=np.intp),
        rows["year"].to_numpy(dtype=np.intp),
        forest.parent,
        _ends(jobs_bounds, forest.rounding_slack(), complete),
        _ends(wage_bounds, np.zeros(len(wages)), complete),
    )
    return Cells(
        Interval(jobs_bounds.low, jobs, jobs_bounds.high),
        Interval(wage_bounds.low, paid, wage_bounds.high),
        trees,
        jobs_bounds.contradicted | wage_bounds.contradicted,
        partial,
    )


def _ends(bounds: Bounds, slack: FloatArray, complete: BoolArray) -> Ends:
    return Ends(bounds.low, bounds.high, slack, complete, bounds.contradicted)


def _bounds(
    forest: Forest,
    without_aggregates: Forest,
    disclosed: FloatArray,
    complete: BoolArray,
    *,
    rounded: bool,
) -> Bounds:
    """Return the bounds that hold in both trees.

    Each level between two published figures adds its own rounding, so where supersectors are
    withheld the direct sum of sectors may say more than the way through them.
    """
    withheld = np.isnan(disclosed)
    low, high = np.where(withheld, 0.0, disclosed), np.where(withheld, np.inf, disclosed)
    none = np.zeros(len(disclosed))
    if forest is not without_aggregates:
        slack = without_aggregates.rounding_slack() if rounded else none
        first = bound(without_aggregates, low, high, slack, complete)
        low, high = first.low, first.high
    return bound(forest, low, high, forest.rounding_slack() if rounded else none, complete)


def _complete(forest: Forest, establishments: FloatArray) -> BoolArray:
    """Return False where a row has more establishments than its children: some are absent.

    Establishments are published for withheld cells too, so they tell whether a file was cut down
    to some industries. BLS's own files are complete.
    """
    missing = establishments - forest.sum_of_children(establishments)
    return np.asarray(~((forest.children > 0) & (missing > forest.rounding_slack())))


def _forests(rows: pd.DataFrame, codes: CodeBook) -> tuple[Forest, Forest]:
    """Return the rows' trees with domains and supersectors, and without.

    Parents go by code in a row's own ownership; totals stand below that of all ownerships.
    """
    area, own, industry, year = (
        rows[name].to_numpy(dtype=np.intp) for name in ("area", "own", "industry", "year")
    )
    first = int(year.min()) if len(year) else 0
    years = int(year.max(initial=first)) - first + 1
    area_year = area * years + year - first
    owns = len(codes.owns.texts)
    group, texts = area_year * owns + own, codes.industries.texts
    direct = parents(group, industry, texts)
    covered = own == codes.owns.number(TOTAL_COVERED)
    total = industry == codes.industries.number(TOTAL_INDUSTRY)
    place = np.full(len(codes.areas.texts) * years, -1, dtype=np.intp)
    place[area_year[covered & total]] = np.flatnonzero(covered & total)

    def forest(parent: IntArray) -> Forest:
        return Forest.of(np.where(total & ~covered, place[area_year], parent))

    plain = forest(direct)
    if not any(is_aggregate(text) for text in texts):
        return plain, plain
    return forest(under_aggregates(direct, group, industry, texts)), plain
