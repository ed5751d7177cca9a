"""Rows of QCEW files: wanted rows and columns only, as text first, then as numbers.

The filter is written with Narwhals and runs lazily on Polars; other engines that Narwhals knows
take the same expressions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.sources.qcew_batches import BEYOND, FILE, Batch, batches, damage
from sectorscan.sources.qcew_layout import TOTAL_COVERED, Selection, as_written, level_texts
from sectorscan.sources.qcew_numbers import (
    Codes,
    area_code,
    blank,
    industry_code,
    numbers_from,
    per_year,
    quarters_from,
    years_from,
)
from sectorscan.tables.files import TableFile, shown
from sectorscan.tables.model import TOTAL_INDUSTRY

if TYPE_CHECKING:
    import narwhals as nw

_CODE_IN_TITLE = re.compile(r"^(?:NAICS\s+)?\d[\d-]*\s+")


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes of all files read, as numbers, and their titles where the layout has them."""

    areas: Codes = field(default_factory=lambda: Codes(area_code))
    owns: Codes = field(default_factory=lambda: Codes(industry_code))
    industries: Codes = field(default_factory=lambda: Codes(industry_code))
    area_titles: dict[str, str] = field(default_factory=dict)
    industry_titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The wanted rows of some files, and how many rows each file has in all.

    ``rows`` has area, own, industry (numbers in ``codes``), year, quarter (1 to 4, 0 for annual
    averages), file (its position), change_known (whether the year before can be had from the
    over-the-year columns), establishments, employment, wages (USD a year, also a quarter's) and
    their changes over the year; employment and wages are NaN where withheld.
    """

    rows: pd.DataFrame
    codes: CodeBook
    in_file: tuple[int, ...]


def scan(files: Sequence[TableFile], selection: Selection) -> Scanned:
    """Return the rows of the files that the selection wants.

    Raises
    ------
    InputError
        If a file is damaged, or a wanted cell isn't the number that it should be; all at once.
    """
    codes = CodeBook()
    frames: list[pd.DataFrame] = []
    problems: list[Finding] = []
    in_file: dict[int, int] = {}
    wanted = _wanted(selection)
    for batch in batches(files, selection, in_file):
        frame = _collect(batch, wanted, files)
        rows, wrong = _typed(frame, files, codes)
        frames.append(rows)
        problems += wrong
    if problems:
        raise InputError(problems)
    rows = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return Scanned(rows, codes, tuple(in_file[number] for number in range(len(files))))


def areas_and_years(files: Sequence[TableFile]) -> tuple[set[str], set[int]]:
    """Return every area code and every year in the files; it reads all of them."""
    areas: set[str] = set()
    years: set[int] = set()
    for batch in batches(files, Selection(None, None, "all"), {}):
        with damage(", ".join(files[number].name for number in batch.files[:3])):
            pairs = batch.frame.select("area", "year").unique().collect()
        areas.update(area_code(area.strip()) for area in pairs["area"].to_list() if area)
        texts = {year.strip().removesuffix(".0") for year in pairs["year"].to_list() if year}
        years.update(int(year) for year in texts if year.isdigit())
    return areas, years


def _wanted(selection: Selection) -> nw.Expr:
    import narwhals as nw

    kept = nw.col("level").is_in(level_texts())
    kept &= nw.col("size").is_null() | nw.col("size").is_in(["", *as_written("0")])
    total = nw.col("own").is_in(as_written(TOTAL_COVERED))
    total &= nw.col("industry").is_in(as_written([TOTAL_INDUSTRY]))
    kept &= nw.col("own").is_in(selection.own_texts) | total
    if selection.area_texts is not None:
        kept &= nw.col("area").is_in(as_written(selection.area_texts))
    if selection.year_texts is not None:
        kept &= nw.col("year").is_in(selection.year_texts)
    if selection.quarter is not None:
        others = nw.col("quarter").is_in(selection.other_quarter_texts)
        kept &= nw.col("quarter").is_null() | ~others
    return kept


def _collect(batch: Batch, wanted: nw.Expr, files: Sequence[TableFile]) -> nw.DataFrame[Any]:
    names = ", ".join(files[number].name for number in batch.files[:3])
    more = len(batch.files) - 3
    with damage(f"{names} and {more} more" if more > 0 else names):
        return batch.frame.filter(wanted).collect()


def _typed(
    frame: nw.DataFrame[Any], files: Sequence[TableFile], codes: CodeBook
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return rows with codes as numbers and figures as floats, and the cells that are neither."""
    too_wide = np.flatnonzero(~blank(frame[BEYOND].to_numpy()))
    if len(too_wide):
        have = "1 row has" if len(too_wide) == 1 else f"{len(too_wide):,} rows have"
        what = f"{have} more cells than the header."
        remedy = "Look for a comma in a title that is not quoted."
        name = files[int(frame[FILE][int(too_wide[0])])].name
        return pd.DataFrame(), [Finding(what, remedy, name)]
    numbers, problems = numbers_from(frame, files)
    year, wrong_years = years_from(frame, files)
    quarter, wrong_quarters = quarters_from(frame, files)
    rows = pd.DataFrame(
        {
            "area": codes.areas.encode(frame["area"].to_numpy()),
            "own": codes.owns.encode(frame["own"].to_numpy()),
            "industry": codes.industries.encode(frame["industry"].to_numpy()),
            "year": year,
            "quarter": quarter,
            "file": frame[FILE].to_numpy().astype(np.intp),
            **per_year(numbers, quarter),
        }
    )
    # BLS marks withheld rows "N"; "-" marks rows in which there is nothing.
    withheld = ~blank(frame["disclosure"].to_numpy(), "-")
    rows.loc[withheld, ["employment", "wages"]] = np.nan
    rows["change_known"] = blank(frame["change_disclosure"].to_numpy(), "-") & ~withheld
    _note_titles(codes.area_titles, codes.areas, rows["area"], frame["area_title"])
    _note_titles(codes.industry_titles, codes.industries, rows["industry"], frame["industry_title"])
    return rows, [*problems, *wrong_years, *wrong_quarters]


def _note_titles(
    titles: dict[str, str], codes: Codes, numbers: pd.Series[int], given: nw.Series[Any]
) -> None:
    if given.is_null().all():
        return
    first = ~numbers.duplicated().to_numpy()
    texts = given.to_numpy()[first]
    for number, text in zip(numbers.to_numpy()[first], texts, strict=True):
        if isinstance(text, str) and text.strip():
            plain = _CODE_IN_TITLE.sub("", shown(text.strip()))
            titles.setdefault(codes.texts[number], plain)
