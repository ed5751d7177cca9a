"""QCEW rows with their bounds and estimates as the tables that the next stages take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.sources.qcew_cells import Cells
from sectorscan.sources.qcew_layout import TOTAL_COVERED
from sectorscan.sources.qcew_quarters import averaged
from sectorscan.sources.qcew_scan import CodeBook
from sectorscan.tables.frames import EMPLOYMENT_COLUMNS
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray, Interval

IntArray = npt.NDArray[np.intp]

_STATUSES = np.array(["published", "derived", "estimated", "withheld", "missing"], dtype=object)
_PUBLISHED, _DERIVED, _ESTIMATED, _WITHHELD, _MISSING = range(5)


def employment_table(
    rows: pd.DataFrame, cells: Cells, codes: CodeBook, files: Sequence[str]
) -> pd.DataFrame:
    """Return one row an area x industry x year, summed over the ownerships in ``rows``.

    An area's total is the published one of all ownerships where ``rows`` has it. Ends of a sum are
    the sums of the ends: an outer bound.
    """
    used = _without_parts_of_totals(rows, codes)
    rows, order = rows[used], np.flatnonzero(used)
    sort = np.lexsort(
        (
            rows["year"],
            _ranks(codes.industries.texts)[rows["industry"]],
            _ranks(codes.areas.texts)[rows["area"]],
        )
    )
    rows, order = rows.iloc[sort], order[sort]
    keys = rows[["area", "industry", "year"]].to_numpy()
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    starts = np.flatnonzero(first)
    one = rows.iloc[starts]
    industry = np.array(codes.industries.texts, dtype=object)[one["industry"]]
    table = {
        "region": np.array(codes.areas.texts, dtype=object)[one["area"]],
        "industry": industry,
        "year": one["year"].to_numpy(dtype=np.int64),
        "industry_title": [codes.industry_titles.get(code, "") for code in industry],
        "establishments": _sums(rows["establishments"].to_numpy(dtype=np.float64), starts),
        **_figure("employment", "employment", rows, cells.employment, order, starts),
        **_figure("total_wages", "wages", rows, cells.wages, order, starts),
        "source": np.array(files, dtype=object)[one["file"]],
    }
    return pd.DataFrame(table, columns=list(EMPLOYMENT_COLUMNS))


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


def _figure(
    ours: str, theirs: str, rows: pd.DataFrame, figure: Interval, order: IntArray, starts: IntArray
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
    return {
        ours: _sums(value, starts),
        f"{ours}_low": _sums(low, starts),
        f"{ours}_high": _sums(high, starts),
        f"{theirs}_status": _STATUSES[worst],
    }
