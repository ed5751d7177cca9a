"""Years or quarters: which of them are compared, and four quarters as one year.

Quarters rise and fall with the season, so a quarter is compared with the same quarter of another
year, or all four are averaged. A year of some of its quarters is never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.sources.qcew_cells import Cells
from sectorscan.sources.qcew_numbers import FIGURES
from sectorscan.sources.scope import listed
from sectorscan.tables.model import FloatArray, Interval
from sectorscan.tables.periods import quarter_name, spoken

ANNUAL = 0
"""The quarter of rows that are annual averages, and of years made of four quarters."""
QUARTERS = (4, 3, 2, 1)
_LISTED = 5
_AREA_YEAR = ["area", "year"]


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows to be compared: years (``quarter`` None), or one quarter of each year.

    The rows of years are annual averages and whole years of four quarters, which `averaged` makes
    one, once their withheld cells are bounded.
    """

    rows: pd.DataFrame
    quarter: int | None
    findings: tuple[Finding, ...]


def settle(
    rows: pd.DataFrame,
    names: Sequence[str],
    needed: frozenset[str],
    period: tuple[int, int] | None,
    quarter: int | None,
) -> Settled:
    """Return the rows of years or of one quarter, and what is said of the others.

    Years win where they are all there, be it as annual averages or as four quarters; else the
    quarter that serves most of the areas and years wanted, the latest of equals.

    Parameters
    ----------
    rows
        Columns area, year, quarter (0 for annual averages), derived.
    names
        The codes that the numbers in ``area`` stand for.
    needed
        Areas that were asked for by name.
    period
        First and last year wanted, None for every one.
    quarter
        The quarter (1 to 4) asked for; None leaves the choice to this function.

    Raises
    ------
    InputError
        Where the quarter asked for isn't in the files, or a needed area has nothing to compare.
    """
    if quarter is None and (rows["quarter"] == ANNUAL).all():
        return Settled(rows, None, ())
    times = _times(rows)
    chosen = _best(times, period) if quarter is None else quarter
    kept = _usable(times, chosen)
    marks = pd.MultiIndex.from_frame(rows[[*_AREA_YEAR, "quarter"]])
    used = marks.isin(pd.MultiIndex.from_frame(kept[[*_AREA_YEAR, "quarter"]]))
    lost = frozenset(names[number] for number in set(rows["area"]) - set(kept["area"]))
    if kept.empty or lost & needed:
        raise InputError(_nothing_to_compare(times, names, sorted(lost), chosen))
    inside = True if period is None else times["year"].between(*period)
    said = [
        *_averaged_years(kept, period),
        *_left_out(times[inside & ~_is_in(times, kept)], names, kept, chosen),
        *_one_quarter(chosen),
    ]
    return Settled(rows[used].reset_index(drop=True), chosen or None, tuple(said))


def _times(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each area's years and quarters once; derived where all its rows are."""
    keys = [*_AREA_YEAR, "quarter"]
    times = rows.groupby(keys)["derived"].all().reset_index()
    return times.sort_values(keys, ignore_index=True)


def _usable(times: pd.DataFrame, quarter: int) -> pd.DataFrame:
    """Return the times that figures of a quarter, or of years (0), can be made of.

    A year of four quarters stands in for an annual average only where none is published.
    """
    if quarter != ANNUAL:
        return times[times["quarter"] == quarter]
    annual = times[times["quarter"] == ANNUAL]
    some = times[times["quarter"] != ANNUAL]
    by_year = some.groupby(_AREA_YEAR)
    whole = some[by_year["quarter"].transform("count") == len(QUARTERS)]
    published = whole[~whole.groupby(_AREA_YEAR)["derived"].transform("any")]
    annual = annual[~(annual["derived"] & _same_year(annual, published))]
    return pd.concat([annual, whole[~_same_year(whole, annual)]])


def _best(times: pd.DataFrame, period: tuple[int, int] | None) -> int:
    """Return what serves the most areas and years: years before quarters, the latest first."""

    def serves(quarter: int) -> tuple[int, int]:
        usable = _usable(times, quarter)[_AREA_YEAR].drop_duplicates()
        if period is None:
            return 0, len(usable)
        inside = usable[usable["year"].between(*period)]
        return int(inside["year"].isin(period).sum()), len(inside)

    return max((ANNUAL, *QUARTERS), key=serves)


def _same_year(some: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    mine, theirs = (pd.MultiIndex.from_frame(times[_AREA_YEAR]) for times in (some, others))
    return np.asarray(mine.isin(theirs), dtype=np.bool_)


def _is_in(times: pd.DataFrame, kept: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return np.asarray(times.index.isin(kept.index), dtype=np.bool_)


def _averaged_years(kept: pd.DataFrame, period: tuple[int, int] | None) -> list[Finding]:
    whole = kept.groupby(_AREA_YEAR)["quarter"].transform("count") == len(QUARTERS)
    years = sorted({int(y) for y in kept.loc[whole, "year"]})
    years = [y for y in years if period is None or period[0] <= y <= period[1]]
    if not years:
        return []
    what = f"four quarters were averaged to a year: {listed(years)}."
    return [Finding(what, "", severity="note")]


def _one_quarter(quarter: int) -> list[Finding]:
    if quarter == ANNUAL:
        return []
    what = (
        f"The figures are those of one quarter of each year, the {quarter_name(quarter)}: jobs are "
        "the mean of its three months, and wages count four times, so that pay reads as pay a year."
    )
    remedy = "Bonuses and seasonal work fall in some quarters: compare pay with care."
    return [Finding(what, remedy, severity="caution")]


def _left_out(
    rest: pd.DataFrame, names: Sequence[str], kept: pd.DataFrame, quarter: int
) -> list[Finding]:
    """Say which published times are not used, and why."""
    rest = rest[~rest["derived"]]
    doubled = _same_year(rest, kept)
    said = []
    if quarter == ANNUAL and doubled.any():
        years = sorted({int(y) for y in rest.loc[doubled, "year"]})
        what = f"{listed(years)}: annual averages are there, so the quarters were not used."
        said.append(Finding(what, "", severity="note"))
    lost = rest[~doubled]
    if not lost.empty:
        why = (
            "they make no whole year. A year needs all four"
            if quarter == ANNUAL
            else f"they can't be compared with the {quarter_name(quarter)} of other years"
        )
        what = f"some figures are left out: {_when(lost, names)}; {why}."
        remedy = "Add the missing quarters, or choose one: --quarter 1, or period: {quarter: 1}."
        said.append(Finding(what, remedy, severity="caution"))
    return said


def _when(times: pd.DataFrame, names: Sequence[str]) -> str:
    """Return areas and times in words: ``39041 and 39045: the first quarter of 2017``."""
    by_time: dict[str, list[str]] = {}
    for area, year, quarter in times[[*_AREA_YEAR, "quarter"]].itertuples(index=False, name=None):
        time = spoken(int(year), int(quarter) or None)
        by_time.setdefault(time if quarter else f"{time} (annual)", []).append(names[area])
    texts = [f"{time} ({listed(sorted(areas), _LISTED)})" for time, areas in by_time.items()]
    return listed(texts, _LISTED)


def _nothing_to_compare(
    times: pd.DataFrame, names: Sequence[str], lost: Iterable[str], quarter: int
) -> list[Finding]:
    wanted = f"the {quarter_name(quarter)}" if quarter else "a whole year"
    problems = []
    for code in lost:
        own = times[(times["area"] == names.index(code)) & ~times["derived"]]
        have = _when(own, [""] * len(names)).replace(" ()", "")
        what = f"no QCEW file has {wanted} of {code}, and only like is compared with like."
        remedy = f"Its files have {have}. Add the missing files, or choose another quarter."
        problems.append(Finding(what, remedy))
    return problems


def whole_years(
    rows: pd.DataFrame, cells: Cells, quarter: int | None
) -> tuple[pd.DataFrame, Cells]:
    """Return settled rows and their cells with four quarters made one year, ends and all."""
    if quarter is not None or (rows["quarter"] == ANNUAL).all():
        return rows, cells
    years, group = averaged(rows)
    weight = _weights(rows)

    def mean(x: Interval) -> Interval:
        return Interval(*(_sums(group, end * weight) for end in (x.low, x.value, x.high)))

    def any_of(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.asarray(np.bincount(group, flags) > 0)

    flags = any_of(cells.contradicted), any_of(cells.partial), any_of(cells.apart)
    trees = cells.trees.weighted(weight)
    return years, Cells(mean(cells.employment), mean(cells.wages), trees, group, *flags)


def averaged(rows: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.intp]]:
    """Return rows of years, the quarters of each averaged, and which of them each row went into.

    A quarter without a row had no establishments. Jobs and wages are unknown where a quarter's are.
    """
    keys = ["area", "own", "industry", "year"]
    group = np.asarray(rows.groupby(keys, sort=False).ngroup(), dtype=np.intp)
    first = np.unique(group, return_index=True)[1]
    weight = _weights(rows)
    years = rows.iloc[first].reset_index(drop=True).assign(quarter=ANNUAL)
    for name in FIGURES:
        years[name] = _sums(group, rows[name].to_numpy(dtype=np.float64) * weight)
    years["derived"] = np.bincount(group, rows["derived"]) > 0
    return years, group


def _sums(group: npt.NDArray[np.intp], values: FloatArray) -> FloatArray:
    return np.bincount(group, values).astype(np.float64, copy=False)


def _weights(rows: pd.DataFrame) -> FloatArray:
    """Return what each row counts for in its year: a quarter for a quarter."""
    return np.where(rows["quarter"] == ANNUAL, 1.0, 1 / len(QUARTERS))
