"""Rows of QCEW files: the wanted ones, typed, with their codes as numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sectorscan.errors import Finding, InputError
from sectorscan.sources.engines import POLARS, Reading
from sectorscan.sources.qcew_batches import Batch, batches, damage
from sectorscan.sources.qcew_layout import Selection
from sectorscan.sources.qcew_numbers import Codes, unread_cells
from sectorscan.sources.qcew_rows import FILE, PER_YEAR, chosen
from sectorscan.tables.files import TableFile, shown

if TYPE_CHECKING:
    import narwhals as nw

_CODE_IN_TITLE = re.compile(r"^(?:NAICS\s+)?\d[\d-]*\s+")


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes of all files read, as numbers, and their titles where the layout has them.

    ``mended`` has one area code that had lost its zeros, as it was written, and what it is.
    """

    areas: Codes = field(default_factory=Codes)
    owns: Codes = field(default_factory=Codes)
    industries: Codes = field(default_factory=Codes)
    area_titles: dict[str, str] = field(default_factory=dict)
    industry_titles: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The wanted rows of some files, and how many rows each file has in all.

    ``rows`` has area, own, industry (numbers in ``codes``), year, quarter (1 to 4, 0 for annual
    averages), file (its position), change_known (whether the year before can be had from the
    over-the-year columns), establishments, employment, wages (USD a year, also a quarter's) and
    their changes over the year; employment and wages are NaN where withheld. Their order is by
    file, area, ownership, industry, year and quarter, whatever the engine gives them in.
    """

    rows: pd.DataFrame
    codes: CodeBook
    in_file: tuple[int, ...]

    @property
    def areas(self) -> set[str]:
        """The codes of the areas that have rows."""
        return {self.codes.areas.texts[number] for number in self.rows["area"].unique()}


Hashes = Callable[[], Mapping[Path, str]]
"""Gives the SHA-256 of each file, once they are known."""


def scan(
    files: Sequence[TableFile], selection: Selection, reading: Reading, sha256: Hashes
) -> Scanned:
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
    wanted = chosen(selection)
    with closing(_batches(files, selection, reading, in_file, sha256)) as found:
        for batch in found:
            with damage(_names(batch, files)):
                frame = _numbered(batch.frame.filter(wanted).collect(), batch)
            problems += unread_cells(frame, files)
            frames.append(_encoded(frame, codes))
    if problems:
        raise InputError(problems)
    rows = pd.concat(frames, ignore_index=True) if len(frames) != 1 else frames[0]
    return Scanned(_in_order(rows, codes), codes, tuple(in_file[n] for n in range(len(files))))


def _batches(
    files: Sequence[TableFile],
    selection: Selection,
    reading: Reading,
    in_file: dict[int, int],
    sha256: Hashes = dict,
) -> Generator[Batch, None, None]:
    if reading.frames:
        from sectorscan.sources.qcew_engines import frame_batches

        return frame_batches(reading.frames, in_file)
    if reading.engine != "polars":
        from sectorscan.sources.qcew_engines import engine_batches

        return engine_batches(files, reading, in_file)
    if reading.cache is not None:
        from sectorscan.sources.qcew_cache import cached_batches

        return cached_batches(files, reading.cache, sha256(), in_file)
    return batches(files, selection, in_file)


def areas_and_years(
    files: Sequence[TableFile], reading: Reading = POLARS
) -> tuple[set[str], set[int]]:
    """Return every area code and every year in the files; it reads all of them."""
    areas: set[str] = set()
    years: set[int] = set()
    uncached = replace(reading, cache=None)
    with closing(_batches(files, Selection(None, None, "all"), uncached, {})) as found:
        for batch in found:
            with damage(_names(batch, files)):
                pairs = batch.frame.select("area", "year").unique().collect()
            areas.update(area for area in pairs["area"].to_list() if area)
            years.update(int(year) for year in pairs["year"].to_list() if year)
    return areas, years


def _names(batch: Batch, files: Sequence[TableFile]) -> str:
    names = ", ".join(files[number].name for number in batch.files[:3])
    more = len(batch.files) - 3
    return f"{names} and {more} more" if more > 0 else names


def _numbered(frame: nw.DataFrame[Any], batch: Batch) -> nw.DataFrame[Any]:
    """Return a frame whose files are numbers."""
    if batch.number_of is None:
        return frame
    import narwhals as nw

    numbers = [batch.number_of[name] for name in frame[FILE].to_list()]
    return frame.with_columns(
        nw.new_series(FILE, numbers, nw.Int32(), backend=frame.implementation)
    )


def _encoded(frame: nw.DataFrame[Any], codes: CodeBook) -> pd.DataFrame:
    """Return a typed frame's rows with codes as numbers; notes titles and what was mended."""
    rows = pd.DataFrame(
        {
            "area": codes.areas.encode(frame["area"]),
            "own": codes.owns.encode(frame["own"]),
            "industry": codes.industries.encode(frame["industry"]),
            "year": frame["year"].fill_null(0).to_numpy().astype(np.int64),
            "quarter": frame["quarter"].fill_null(0).to_numpy().astype(np.int64),
            "file": frame[FILE].to_numpy().astype(np.intp),
            **{name: frame[name].to_numpy().astype(np.float64) for name in PER_YEAR},
            "change_known": frame["change_known"].to_numpy().astype(np.bool_),
        },
        copy=False,
    )
    _note_titles(codes.area_titles, codes.areas, rows["area"], frame["area_title"])
    _note_titles(codes.industry_titles, codes.industries, rows["industry"], frame["industry_title"])
    written = frame["area_written"]
    if not written.is_null().all():
        pairs = zip(written.to_list(), rows["area"], strict=True)
        first = min((text, number) for text, number in pairs if text is not None)
        codes.mended.setdefault(first[0], codes.areas.texts[first[1]])
    return rows


def _in_order(rows: pd.DataFrame, codes: CodeBook) -> pd.DataFrame:
    """Return the rows in one order, so that sums of fractions don't depend on the engine."""
    places = [
        rows["quarter"].to_numpy(),
        rows["year"].to_numpy(),
        *(
            book.ranks()[rows[name].to_numpy()]
            for name, book in (
                ("industry", codes.industries),
                ("own", codes.owns),
                ("area", codes.areas),
            )
        ),
        rows["file"].to_numpy(),
    ]
    if _sorted(places):  # as BLS's own files are
        return rows
    return rows.iloc[np.lexsort(places)].reset_index(drop=True)


def _sorted(places: Sequence[npt.NDArray[np.integer]]) -> bool:
    """Return whether rows are in order by some keys, the last the most important."""
    equal = np.ones(max(len(places[0]) - 1, 0), dtype=np.bool_)
    for key in reversed(places):
        if (equal & (key[1:] < key[:-1])).any():
            return False
        equal &= key[1:] == key[:-1]
    return True


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
