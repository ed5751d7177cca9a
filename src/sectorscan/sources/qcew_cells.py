"""Withheld QCEW cells: bounded by their area's tree and state, estimated inside the bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.qcew_rates import Rates
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.state_sums import StateSums, Sums, narrowed, state_sums
from sectorscan.sources.tree import is_aggregate, parents, under_aggregates
from sectorscan.sources.withheld import BoolArray, Bounds, Forest, IntArray, estimate
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray, Interval
from sectorscan.tables.trees import Ends, Trees

_QUARTERS = 5
"""Numbers that a row's quarter may have: 1 to 4, and 0 for annual averages."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Jobs and wages of every row, and the rows whose children don't add up to them.

    ``row`` is the position here of each row of the trees. ``contradicted`` rows disclose another
    figure than their children do together; ``partial`` rows have more establishments than the
    children that the file has; ``apart`` are states' rows that their counties contradict.
    """

    employment: Interval
    wages: Interval
    trees: Trees
    row: IntArray
    contradicted: BoolArray
    partial: BoolArray
    apart: BoolArray


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
    forests = _forests(rows, codes)
    forest = forests[-1]
    establishments = rows["establishments"].to_numpy(dtype=np.float64)
    # Annual averages are rounded to whole jobs; a quarter's three months are counts that add up.
    annual = rows["quarter"].to_numpy() == 0
    slack = np.where(annual, forest.rounding_slack(), 0.0)
    complete = _complete(forest, establishments, slack)
    states = state_sums(rows, codes)
    employment = rows["employment"].to_numpy(dtype=np.float64)
    jobs_bounds, jobs_apart = _bounds(forests, employment, complete, annual, states)
    jobs_expected = establishments * rates.jobs_per_establishment
    jobs = estimate(forest, employment, jobs_bounds, jobs_expected, complete)
    wages = rows["wages"].to_numpy(dtype=np.float64)
    never = np.zeros(len(rows), dtype=np.bool_)
    wage_bounds, wages_apart = _bounds(forests, wages, complete, never, states)
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
        _ends(jobs_bounds, slack, complete),
        _ends(wage_bounds, np.zeros(len(wages)), complete),
    )
    return Cells(
        Interval(jobs_bounds.low, jobs, jobs_bounds.high),
        Interval(wage_bounds.low, paid, wage_bounds.high),
        trees,
        np.arange(len(rows)),
        jobs_bounds.contradicted | wage_bounds.contradicted,
        partial,
        jobs_apart | wages_apart,
    )


def _ends(bounds: Bounds, slack: FloatArray, complete: BoolArray) -> Ends:
    return Ends(bounds.low, bounds.high, slack, complete, bounds.contradicted)


def _bounds(
    forests: Sequence[Forest],
    disclosed: FloatArray,
    complete: BoolArray,
    rounded: BoolArray,
    states: StateSums | None,
) -> tuple[Bounds, BoolArray]:
    """Return the bounds that hold in all trees and states, and the states' rows not used.

    Figures are whole numbers where ``rounded``. Each level between two published figures adds its
    own rounding, so where supersectors are withheld the direct sum of sectors may say more than the
    way through them.
    """
    withheld = np.isnan(disclosed)
    low, high = np.where(withheld, 0.0, disclosed), np.where(withheld, np.inf, disclosed)
    trees = [Sums(f, np.where(rounded, f.rounding_slack(), 0.0), complete) for f in forests]
    for tree in trees:
        own = tree.bound(low, high)
        low, high = own.low, own.high
    return narrowed(trees, states, own, rounded)


def _complete(forest: Forest, establishments: FloatArray, slack: FloatArray) -> BoolArray:
    """Return False where a row has more establishments than its children: some are absent.

    Establishments are published for withheld cells too, so they tell whether a file was cut down
    to some industries. BLS's own files are complete.
    """
    missing = establishments - forest.sum_of_children(establishments)
    return np.asarray(~((forest.children > 0) & (missing > slack)))


def _forests(rows: pd.DataFrame, codes: CodeBook) -> tuple[Forest, ...]:
    """Return the rows' trees without domains and supersectors and, if there are any, with them.

    Parents go by code in a row's own ownership and quarter; totals stand below that of all
    ownerships.
    """
    area, own, industry, year, quarter = (
        rows[name].to_numpy(dtype=np.intp)
        for name in ("area", "own", "industry", "year", "quarter")
    )
    time = year * _QUARTERS + quarter
    first = int(time.min()) if len(time) else 0
    times = int(time.max(initial=first)) - first + 1
    area_time = area * times + time - first
    owns = len(codes.owns.texts)
    group, texts = area_time * owns + own, codes.industries.texts
    direct = parents(group, industry, texts)
    covered = own == codes.owns.number(TOTAL_COVERED)
    total = industry == codes.industries.number(TOTAL_INDUSTRY)
    place = np.full(len(codes.areas.texts) * times, -1, dtype=np.intp)
    place[area_time[covered & total]] = np.flatnonzero(covered & total)

    def forest(parent: IntArray) -> Forest:
        return Forest.of(np.where(total & ~covered, place[area_time], parent))

    plain = forest(direct)
    if not any(is_aggregate(text) for text in texts):
        return (plain,)
    return plain, forest(under_aggregates(direct, group, industry, texts))
