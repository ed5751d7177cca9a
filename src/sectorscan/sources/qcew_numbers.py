"""Codes and numbers from the text cells of QCEW files, and where a bad one stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sectorscan.errors import Finding
from sectorscan.sources import qcew_lines
from sectorscan.sources.qcew_layout import COLUMNS, MONTHS, NUMBERS, positions
from sectorscan.tables.files import TableFile, open_bytes, read_header, shown

if TYPE_CHECKING:
    import narwhals as nw

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

FIGURES = ("establishments", "employment", "wages")
_MOST_LISTED = 10
_PLAIN_NUMBER = re.compile(r"[$\s]*([+-]?[\d,]*\.?\d*(?:[eE][+-]?\d+)?)\s*")
_ROW_KEYS = ("area", "own", "industry", "year", "quarter")
_CHANGES = frozenset(name for name in NUMBERS if name.endswith("_change"))


class Codes:
    """Codes met so far, in the order met: text to number and back, shared by all files."""

    def __init__(self, mend: Callable[[str], str]) -> None:
        self._mend = mend
        self._number: dict[str, int] = {}
        self.texts: list[str] = []
        self.mended: dict[str, str] = {}

    def encode(self, cells: npt.NDArray[np.object_]) -> IntArray:
        """Return the number of each cell's code; blank cells count as a code of their own."""
        import pandas as pd

        places, distinct = pd.factorize(cells, use_na_sentinel=False)
        numbers = [self.number(self._mended(cell)) for cell in distinct]
        return np.array(numbers, dtype=np.intp)[places]

    def number(self, code: str) -> int:
        """Return the number of a code, a new one where it wasn't met before."""
        if code not in self._number:
            self._number[code] = len(self.texts)
            self.texts.append(code)
        return self._number[code]

    def _mended(self, cell: object) -> str:
        text = cell.strip() if isinstance(cell, str) else ""
        code = self._mend(text)
        if code != text.removesuffix(".0"):
            self.mended[text] = code
        return code


def area_code(text: str) -> str:
    """Return an area's code: five characters, the leading zeros that spreadsheets drop put back."""
    code = text.removesuffix(".0")
    return code.zfill(5) if code.isdigit() else code


def industry_code(text: str) -> str:
    """Return an industry's code without the ``.0`` that spreadsheets add."""
    return text.removesuffix(".0")


def blank(cells: npt.NDArray[np.object_], *also: str) -> npt.NDArray[np.bool_]:
    """Return where a cell is empty (or one of the marks ``also``)."""
    import pandas as pd

    places, distinct = pd.factorize(cells, use_na_sentinel=False)
    empty = [
        not isinstance(cell, str) or not cell.strip() or cell.strip() in also for cell in distinct
    ]
    return np.array(empty, dtype=np.bool_)[places]


def numbers_from(
    frame: nw.DataFrame[Any], files: Sequence[TableFile]
) -> tuple[dict[str, FloatArray], list[Finding]]:
    """Return the numeric columns, NaN where blank, and what isn't a number with its place.

    Thousands separators and dollar signs are read; only changes may be negative.
    """
    import narwhals as nw

    # "" is no float, and in files whose cells are quoted it is not null either.
    given = frame.select(
        nw.when(nw.col(name) != "").then(nw.col(name)).alias(name) for name in NUMBERS
    )
    numbers: dict[str, FloatArray] = {}
    bad: list[tuple[str, int]] = []
    for name in NUMBERS:
        values, wrong = _as_floats(given[name])
        wrong |= np.isinf(values)
        if name not in _CHANGES:
            wrong |= np.nan_to_num(values) < 0
        bad += [(name, int(row)) for row in np.flatnonzero(wrong)[:_MOST_LISTED]]
        numbers[name] = values
    return numbers, _placed(frame, files, bad, "isn't a number that this column can hold.")


def _as_floats(given: nw.Series[Any]) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    import narwhals as nw

    try:
        values = given.cast(nw.Float64()).to_numpy().astype(np.float64)
    except _cast_errors():
        return _mended_floats(given.to_list())
    # "nan" is text that engines take for a number.
    return values, np.isnan(values) & ~given.is_null().to_numpy()


def _cast_errors() -> tuple[type[Exception], ...]:
    import narwhals as nw
    import polars as pl

    return (pl.exceptions.PolarsError, nw.exceptions.NarwhalsError, ValueError)


def _mended_floats(cells: Sequence[str | None]) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    values = np.full(len(cells), np.nan)
    wrong = np.zeros(len(cells), dtype=np.bool_)
    for row, cell in enumerate(cells):
        if cell is None or not cell.strip():
            continue
        plain = _PLAIN_NUMBER.fullmatch(cell)
        digits = plain.group(1).replace(",", "") if plain else ""
        wrong[row] = not any(character.isdigit() for character in digits)
        if not wrong[row]:
            values[row] = float(digits)
    return values, wrong


def years_from(
    frame: nw.DataFrame[Any], files: Sequence[TableFile]
) -> tuple[npt.NDArray[np.int64], list[Finding]]:
    """Return the years as whole numbers, and the cells that hold none."""
    import pandas as pd

    places, distinct = pd.factorize(frame["year"].to_numpy(), use_na_sentinel=False)
    years = np.zeros(len(distinct), dtype=np.int64)
    for number, cell in enumerate(distinct):
        text = cell.strip().removesuffix(".0") if isinstance(cell, str) else ""
        if text.isdigit() and 1900 <= int(text[:5]) <= 2100:
            years[number] = int(text)
    year = years[places]
    bad = [("year", int(row)) for row in np.flatnonzero(year == 0)[:_MOST_LISTED]]
    return year, _placed(frame, files, bad, "isn't a year.")


def quarters_from(
    frame: nw.DataFrame[Any], files: Sequence[TableFile]
) -> tuple[npt.NDArray[np.int64], list[Finding]]:
    """Return each row's quarter, 0 for an annual average, and the cells that hold neither.

    Months make a row a quarter's: their file must say which. A file cut down to annual averages
    may lack the column.
    """
    import pandas as pd

    places, distinct = pd.factorize(frame["quarter"].to_numpy(), use_na_sentinel=False)
    quarters = np.full(len(distinct), -1, dtype=np.int64)
    for number, cell in enumerate(distinct):
        text = cell.strip().removesuffix(".0") if isinstance(cell, str) else ""
        if text in ("", "A", "a"):
            quarters[number] = 0
        elif text in ("1", "2", "3", "4"):
            quarters[number] = int(text)
    quarter = quarters[places]
    unsaid = (quarter == 0) & ~blank(frame["month3"].to_numpy())
    bad = [("quarter", int(row)) for row in np.flatnonzero((quarter < 0) | unsaid)[:_MOST_LISTED]]
    return quarter, _placed(frame, files, bad, "isn't a quarter.")


def per_year(
    numbers: dict[str, FloatArray], quarter: npt.NDArray[np.int64]
) -> dict[str, FloatArray]:
    """Return the figures of annual and quarterly rows in one unit: jobs, and USD a year.

    A quarter's jobs are the mean of its three months, its wages count four times.
    """
    quarterly = quarter > 0
    out = {}
    for name in NUMBERS:
        base, _, change = name.partition("_")
        values = numbers[name]
        if base == "employment":
            months = [numbers[f"{month}_{change}" if change else month] for month in MONTHS]
            values = np.where(quarterly, sum(months) / len(months), values)
        if base == "wages":
            values = np.where(quarterly, 4 * values, values)
        if base not in MONTHS:
            out[name] = values
    return out


def _placed(
    frame: nw.DataFrame[Any], files: Sequence[TableFile], bad: list[tuple[str, int]], what: str
) -> list[Finding]:
    """Return a finding a bad cell, its row in the file found by reading that again."""
    found: dict[int, list[tuple[tuple[str, ...], str, str]]] = {}
    for name, row in bad:
        key = tuple(str(frame[column][row] or "") for column in _ROW_KEYS)
        cell = (key, name, str(frame[name][row] or ""))
        found.setdefault(int(frame["file"][row]), []).append(cell)
    findings = []
    for number, cells in sorted(found.items()):
        file = files[number]
        rows = _rows_of(file, {key for key, _, _ in cells})
        header = read_header(file)
        place = positions(header)
        findings += [
            Finding(
                f"the cell {what}",
                "Put the published figure there, or leave the cell blank if it is not known.",
                file.name,
                rows.get(key),
                header[place[name]] if name in place else COLUMNS[name][0],
                shown(value),
            )
            for key, name, value in cells
        ]
    return findings


def _rows_of(file: TableFile, wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Return the row of the first line with each key, as an editor counts them."""
    if file.ending not in (".csv", ".tsv", ".txt", ".tab"):
        return {}
    rows: dict[tuple[str, ...], int] = {}
    with open_bytes(file) as stream:
        start, pieces = qcew_lines.begin(stream, file.name, "area_fips")
        header = next(
            csv.reader([start.header.decode("utf-8", "replace")], delimiter=start.delimiter)
        )
        place = positions(header)
        order = [place.get(column, len(header)) for column in _ROW_KEYS]
        row = start.header_row
        for lines in qcew_lines.keep(pieces, None, start.delimiter, file.name):
            text = io.StringIO(lines.kept.decode("utf-8", "replace"), newline="")
            for cells in csv.reader(text, delimiter=start.delimiter):
                row += 1
                key = tuple(cells[at] if at < len(cells) else "" for at in order)
                if key in wanted:
                    rows.setdefault(key, row)
            if len(rows) == len(wanted):
                break
    return rows
