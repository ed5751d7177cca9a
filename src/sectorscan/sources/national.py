"""Every county's jobs as dense arrays, out of the Parquet cache: what kernels take at once.

Disclosed figures as published: a withheld cell is NaN here, as its absence is no figure (bounds of
withheld cells are made from rows, in ``qcew_cells``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sectorscan.errors import Finding, InputError
from sectorscan.sources import naics
from sectorscan.sources.areas import NATION
from sectorscan.tables.files import expand
from sectorscan.tables.model import TOTAL_INDUSTRY, FloatArray

if TYPE_CHECKING:
    import polars as pl

_PRIVATE = "5"
_COUNTY = r"^\d{5}$"


@dataclass(frozen=True, slots=True)
class National:
    """Jobs of A areas in C industries over Y years, and those of all industries and the nation.

    ``jobs`` (A, C, Y) is 0 where an area has no such row and NaN where it is withheld;
    ``area_jobs`` (A, 1, Y) are all industries', ``nation_jobs`` (1, C, Y) the nation's and
    ``all_jobs`` (1, 1, Y) the nation's in all industries; NaN where not published.
    """

    areas: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    jobs: FloatArray
    area_jobs: FloatArray
    nation_jobs: FloatArray
    all_jobs: FloatArray


def every_county(paths: Sequence[Path], cache: Path, level: str = "4-digit") -> National:
    """Return the private jobs of every county (no state, no metropolitan area) at one level.

    Parameters
    ----------
    paths
        National files of QCEW, annual, one a year.
    cache
        The folder in which the typed rows are kept; what it lacks is read first.
    level
        ``sector``, ``3-digit`` ... ``6-digit``.

    Raises
    ------
    InputError
        Where the files can't be read, or have no county or no nation.
    SectorscanError
        Where the cache's folder can't be used.
    """
    from sectorscan.sources.qcew_cache import digests, kept

    files = expand(paths)
    sha256 = digests(files)
    return from_cache([kept(file, cache, sha256[file.path])[0] for file in files], level)


def from_cache(paths: Sequence[Path], level: str = "4-digit") -> National:
    """Return what `every_county` returns out of files of the cache, which are not checked here.

    Raises
    ------
    InputError
        Where they have no county or no nation.
    """
    import polars as pl

    rows = _rows(paths, level)
    is_nation = pl.col("area") == NATION[0]
    is_county = pl.col("area").str.contains(_COUNTY) & ~pl.col("area").str.ends_with("000")
    counties = rows.filter(is_county).collect()
    nation = rows.filter(is_nation).collect()
    for found, what in ((counties, "county"), (nation, "nation")):
        if found.is_empty():
            remedy = "Give national annual files (singlefiles) as BLS publishes them."
            raise InputError(Finding(f"the files have no {what}.", remedy))
    return _dense(counties, nation)


def _rows(paths: Sequence[Path], level: str) -> pl.LazyFrame:
    """Return the private rows of a level and of the totals, annual ones: four columns."""
    import polars as pl

    lazy = pl.scan_parquet(list(paths), glob=False)
    digits = naics.LEVELS.index(level) + 2
    code = pl.col("industry")
    wanted = code.str.len_bytes() == digits
    if level == naics.LEVELS[0]:
        wanted |= code.str.contains("-", literal=True)
    rows = (pl.col("own") == _PRIVATE) & (pl.col("quarter") == 0)
    return lazy.filter(rows & (wanted | (code == TOTAL_INDUSTRY))).select(
        "area", "industry", "year", "employment"
    )


def _dense(counties: pl.DataFrame, nation: pl.DataFrame) -> National:
    import polars as pl

    areas = counties["area"].unique().sort()
    years = counties["year"].unique().sort()
    codes = pl.concat([counties["industry"], nation["industry"]]).unique().sort()
    codes = codes.filter(codes != TOTAL_INDUSTRY)
    order = [*codes.to_list(), TOTAL_INDUSTRY]

    def spread(rows: pl.DataFrame, named: pl.Series) -> FloatArray:
        at = [
            rows[name].cast(pl.Enum(values)).to_physical().to_numpy()
            for name, values in (("area", named), ("industry", order))
        ]
        year = np.searchsorted(years.to_numpy(), rows["year"].to_numpy())
        out = np.zeros((len(named), len(order), len(years)))
        out[at[0], at[1], year] = rows["employment"].to_numpy()
        return out

    jobs = spread(counties, areas)
    whole = spread(nation.filter(pl.col("year").is_in(years.to_list())), nation["area"].unique())
    # A whole area or year that isn't there is unknown, not empty.
    jobs = np.where(jobs[:, -1:] == 0, np.nan, jobs)
    whole = np.where(whole[:, -1:] == 0, np.nan, whole)
    return National(
        tuple(areas),
        tuple(codes),
        tuple(years),
        jobs[:, :-1],
        jobs[:, -1:],
        whole[:, :-1],
        whole[:, -1:],
    )
