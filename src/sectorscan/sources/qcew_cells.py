"""Withheld QCEW cells: each bounded by its own area's tree and estimated inside the bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.qcew_rates import Rates
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.tree import parents
from sectorscan.sources.withheld import BoolArray, Bounds, Forest, IntArray, bound, estimate
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray, Interval


@dataclass(frozen=True, slots=True)
class Cells:
    """Jobs and wages of every row, and the rows whose children don't add up to them.

    ``contradicted`` rows disclose another figure than their children do together; ``partial`` rows
    have more establishments than the children that the file has.
    """

    employment: Interval
    wages: Interval
    contradicted: BoolArray
    partial: BoolArray


def fill(rows: pd.DataFrame, codes: CodeBook, rates: Rates) -> Cells:
    """Return every row's jobs and wages, the withheld ones bounded and estimated.

    Parameters
    ----------
    rows
        Columns area, own, industry, year, quarter (0 for annual averages), establishments,
        employment, wages; no row twice.
    codes
        What the numbers in area, own and industry stand for.
    rates
        The benchmark's jobs per establishment and pay, for the estimates.
    """
    forest = Forest.of(_parents(rows, codes))
    establishments = rows["establishments"].to_numpy(dtype=np.float64)
    # Annual averages are rounded to whole jobs; a quarter's three months are counts that add up.
    annual = rows["quarter"].to_numpy() == 0
    slack = np.where(annual, forest.rounding_slack(), 0.0)
    complete = _complete(forest, establishments, slack)
    employment = rows["employment"].to_numpy(dtype=np.float64)
    jobs_bounds = _bounds(forest, employment, slack, complete)
    jobs_expected = establishments * rates.jobs_per_establishment
    jobs = estimate(forest, employment, jobs_bounds, jobs_expected, complete)
    wages = rows["wages"].to_numpy(dtype=np.float64)
    wage_bounds = _bounds(forest, wages, np.zeros(len(wages)), complete)
    paid = estimate(forest, wages, wage_bounds, jobs * rates.pay, complete)
    # Children that the file lacks matter only where others beside them are withheld.
    partial = ~complete & (forest.sum_of_children(np.isnan(employment).astype(np.float64)) > 0)
    return Cells(
        Interval(jobs_bounds.low, jobs, jobs_bounds.high),
        Interval(wage_bounds.low, paid, wage_bounds.high),
        jobs_bounds.contradicted | wage_bounds.contradicted,
        partial,
    )


def _bounds(
    forest: Forest, disclosed: FloatArray, slack: FloatArray, complete: BoolArray
) -> Bounds:
    withheld = np.isnan(disclosed)
    low = np.where(withheld, 0.0, disclosed)
    return bound(forest, low, np.where(withheld, np.inf, disclosed), slack, complete)


def _complete(forest: Forest, establishments: FloatArray, slack: FloatArray) -> BoolArray:
    """Return False where a row has more establishments than its children: some are absent.

    Establishments are published for withheld cells too, so they tell whether a file was cut down
    to some industries. BLS's own files are complete.
    """
    missing = establishments - forest.sum_of_children(establishments)
    return np.asarray(~((forest.children > 0) & (missing > slack)))


def _parents(rows: pd.DataFrame, codes: CodeBook) -> IntArray:
    """Return each row's parent: by code in its own ownership, the totals below all ownerships'."""
    times = rows.groupby(["area", "year", "quarter"], sort=False)
    area_year = times.ngroup().to_numpy(dtype=np.intp)
    own = rows["own"].to_numpy(dtype=np.intp)
    industry = rows["industry"].to_numpy(dtype=np.intp)
    group = pd.factorize(area_year * len(codes.owns.texts) + own)[0]
    parent = parents(group, industry, codes.industries.texts)
    covered = own == codes.owns.number(TOTAL_COVERED)
    total = industry == codes.industries.number(TOTAL_INDUSTRY)
    place = np.full(int(area_year.max(initial=-1)) + 1, -1, dtype=np.intp)
    place[area_year[covered & total]] = np.flatnonzero(covered & total)
    return np.asarray(np.where(total & ~covered, place[area_year], parent), dtype=np.intp)
