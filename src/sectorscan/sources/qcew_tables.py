"""QCEW rows with their bounds and estimates as the tables that the next stages take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources.joint import bound_sums
from sectorscan.sources.qcew_cells import Cells
from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.qcew_quarters import averaged
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.sources.tree import is_aggregate
from sectorscan.sources.withheld import Forest
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray, Interval

IntArray = npt.NDArray[np.intp]
Together = tuple[IntArray, FloatArray, FloatArray] | None
"""Which sums are bounded together, their lows and their highs."""

_STATUSES = np.array(["published", "derived", "estimated", "withheld", "missing"], dtype=object)
_COLUMNS = [
    *("area", "industry", "year", "file", "derived"),
    *("establishments", "employment", "wages"),
]
_PUBLISHED, _DERIVED, _ESTIMATED, _WITHHELD, _MISSING = range(5)


def employment_table(
    rows: pd.DataFrame, cells: Cells, codes: CodeBook, files: Sequence[str]
) -> pd.DataFrame:
    """Return one row an area x industry x year, summed over the ownerships in ``rows``.

    An area's total is the published one of all ownerships where ``rows`` has it. Ends of a sum are
    what its cells can reach together in their tree. Domains and supersectors have no rows.
    """
    used = _without_parts_of_totals(rows, codes)
    aggregate = np.array([is_aggregate(code) for code in codes.industries.texts], dtype=np.bool_)
    used &= ~aggregate[rows["industry"].to_numpy()]
    order = _in_order(rows, codes, np.flatnonzero(used))
    rows = rows[_COLUMNS].iloc[order]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = False
    for name in ("area", "industry", "year"):
        numbers = rows[name].to_numpy()
        first[1:] |= numbers[1:] != numbers[:-1]
    starts = np.flatnonzero(first)
    one = rows.iloc[starts]
    jobs, pay = _together(rows, cells, order, starts)
    industry = np.array(codes.industries.texts, dtype=object)[one["industry"]]
    table = {
        "region": np.array(codes.areas.texts, dtype=object)[one["area"]],
        "industry": industry,
        "year": one["year"].to_numpy(dtype=np.int64),
        "industry_title": [codes.industry_titles.get(code, "") for code in industry],
        "establishments": _sums(rows["establishments"].to_numpy(dtype=np.float64), starts),
        **_figure("employment", "employment", rows, cells.employment, order, starts, jobs),
        **_figure("total_wages", "wages", rows, cells.wages, order, starts, pay),
        "source": np.array(files, dtype=object)[one["file"]],
    }
    return pd.DataFrame(table, columns=list(EMPLOYMENT_COLUMNS))


def _in_order(rows: pd.DataFrame, codes: CodeBook, order: IntArray) -> IntArray:
    """Return the rows by area, industry and year, as text sorts them."""
    by_area = _ranks(codes.areas.texts)[rows["area"].to_numpy()[order]]
    by_code = _ranks(codes.industries.texts)[rows["industry"].to_numpy()[order]]
    return order[np.lexsort((rows["year"].to_numpy()[order], by_code, by_area))]


def covered_totals(rows: pd.DataFrame, codes: CodeBook, quarter: int | None) -> pd.DataFrame:
    """Return jobs in all industries of all ownerships, an area and year a row.

    The rows are those of years, four quarters averaged to one, or of one ``quarter`` of each.
    """
    total = rows[
        (rows["own"] == codes.owns.number(TOTAL_COVERED))
        & (rows["industry"] == codes.industries.number(TOTAL_INDUSTRY))
    ]
    total = averaged(total)[0] if quarter is None else total
    total = total[total["employment"].notna()]
    table = pd.DataFrame(
        {
            "region": np.array(codes.areas.texts, dtype=object)[total["area"]],
            "year": total["year"].to_numpy(dtype=np.int64),
            "employment": total["employment"].to_numpy(dtype=np.float64),
        }
    )
    return table.sort_values(["region", "year"], ignore_index=True)


def _without_parts_of_totals(rows: pd.DataFrame, codes: CodeBook) -> npt.NDArray[np.bool_]:
    """Return False for an ownership's total where the total of all ownerships is there."""
    total = (rows["industry"] == codes.industries.number(TOTAL_INDUSTRY)).to_numpy()
    covered = (rows["own"] == codes.owns.number(TOTAL_COVERED)).to_numpy()
    places = pd.MultiIndex.from_frame(rows.loc[total, ["area", "year"]])
    has_covered = places.isin(pd.MultiIndex.from_frame(rows.loc[total & covered, ["area", "year"]]))
    used = np.ones(len(rows), dtype=np.bool_)
    used[total] = covered[total] | ~has_covered
    return used


def _ranks(texts: Sequence[str]) -> IntArray:
    """Return each text's place in alphabetical order."""
    places = np.empty(len(texts), dtype=np.intp)
    places[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return places


def _sums(values: FloatArray, starts: IntArray) -> FloatArray:
    return np.add.reduceat(values, starts) if len(starts) else values[:0]


def _together(
    rows: pd.DataFrame, cells: Cells, order: IntArray, starts: IntArray
) -> tuple[Together, Together]:
    """Return the ends of jobs and of wages that sums over several ownerships have in their tree."""
    counts = np.diff(np.append(starts, len(rows)))
    unknown = rows["employment"].isna().to_numpy() | rows["wages"].isna().to_numpy()
    group = np.repeat(np.arange(len(starts)), counts)
    some_unknown = np.bincount(group, unknown, len(starts)) > 0
    wanted = (counts > 1) & some_unknown
    if not wanted.any():
        return None, None
    sum_of = np.full(len(cells.employment.value), -1, dtype=np.intp)
    sum_of[order] = np.where(wanted, np.arange(len(wanted)), -1)[group]
    forest = Forest.of(cells.trees.parent)
    node = np.flatnonzero(sum_of[cells.row] >= 0)
    sums, place = np.unique(sum_of[cells.row[node]], return_inverse=True)
    jobs, pay = (
        (sums, *bound_sums(forest, ends, node, place, len(sums)))
        for ends in (cells.trees.jobs, cells.trees.wages)
    )
    return jobs, pay


def _figure(
    ours: str,
    theirs: str,
    rows: pd.DataFrame,
    figure: Interval,
    order: IntArray,
    starts: IntArray,
    together: Together,
) -> dict[str, npt.NDArray[np.generic]]:
    status = np.where(rows["derived"], _DERIVED, _PUBLISHED)
    withheld = rows[theirs].isna().to_numpy()
    known = ~np.isnan(figure.value[order])
    status = np.where(withheld, np.where(known, _ESTIMATED, _WITHHELD), status)
    low, value, high = (end[order] for end in (figure.low, figure.value, figure.high))
    if withheld.all():  # a column that the files don't have at all
        status = np.full(len(status), _MISSING)
        low = value = high = np.full(len(status), np.nan)
    worst = np.maximum.reduceat(status, starts) if len(starts) else status[:0]
    value, low, high = (_sums(end, starts) for end in (value, low, high))
    if together is not None:
        sums, least, most = together
        low[sums] = np.fmin(np.fmax(low[sums], least), value[sums])
        high[sums] = np.fmax(np.fmin(high[sums], most), value[sums])
    return {
        ours: value,
        f"{ours}_low": low,
        f"{ours}_high": high,
        f"{theirs}_status": _STATUSES[worst],
    }
