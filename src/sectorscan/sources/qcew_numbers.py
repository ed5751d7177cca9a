"""Codes of QCEW files as numbers, and where a cell that can't be read stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sectorscan.errors import Finding
from sectorscan.sources import qcew_lines
from sectorscan.sources.qcew_layout import COLUMNS, positions
from sectorscan.sources.qcew_rows import BETWEEN, BEYOND, FILE, UNREAD
from sectorscan.tables.files import TableFile, open_bytes, read_header, shown

if TYPE_CHECKING:
    import narwhals as nw

IntArray = npt.NDArray[np.intp]
Key = tuple[str, ...]

FIGURES = ("establishments", "employment", "wages")
_MOST_LISTED = 10
_KEY = ("area", "own", "industry")
_ROW = {"year": "isn't a year.", "quarter": "isn't a quarter."}


class Codes:
    """Codes met so far, in the order met: text to number and back, shared by all files."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self.texts: list[str] = []

    def encode(self, cells: nw.Series[Any]) -> IntArray:
        """Return the number of each cell's code; blank cells count as a code of their own."""
        import polars as pl

        texts = cells.to_polars().cast(pl.String).fill_null("")
        distinct = texts.unique(maintain_order=True)
        numbers = np.array([self.number(text) for text in distinct.to_list()], dtype=np.intp)
        places: IntArray = texts.cast(pl.Enum(distinct)).to_physical().to_numpy()
        return numbers[places]

    def number(self, code: str) -> int:
        """Return the number of a code, a new one where it wasn't met before."""
        if code not in self._number:
            self._number[code] = len(self.texts)
            self.texts.append(code)
        return self._number[code]

    def ranks(self) -> IntArray:
        """Return each code's place in alphabetical order."""
        places = np.empty(len(self.texts), dtype=np.intp)
        places[sorted(range(len(self.texts)), key=self.texts.__getitem__)] = np.arange(
            len(self.texts)
        )
        return places


def unread_cells(frame: nw.DataFrame[Any], files: Sequence[TableFile]) -> list[Finding]:
    """Return a finding for each cell of a typed frame that isn't what its column holds.

    Up to ten a column, with the cell's row in the file, which is found by reading that again.
    """
    import narwhals as nw

    wrong = frame.filter(nw.col(UNREAD) != "").select(FILE, *_KEY, UNREAD)
    if not len(wrong):
        return []
    cells: dict[int, list[tuple[Key, str, str]]] = {}
    count: dict[str, int] = {}
    for file, *key, unread in sorted(wrong.iter_rows()):
        for text in unread.split(BETWEEN):
            name, _, cell = text.partition("=")
            count[name] = count.get(name, 0) + 1
            if count[name] <= _MOST_LISTED or name == BEYOND:
                cells.setdefault(file, []).append((tuple(key), name, cell))
    if BEYOND in count:
        return [_too_wide(count[BEYOND], files[min(cells)].name)]
    return [found for file in sorted(cells) for found in _placed(files[file], cells[file])]


def _too_wide(count: int, name: str) -> Finding:
    have = "1 row has" if count == 1 else f"{count:,} rows have"
    remedy = "Look for a comma in a title that is not quoted."
    return Finding(f"{have} more cells than the header.", remedy, name)


def _placed(file: TableFile, cells: list[tuple[Key, str, str]]) -> list[Finding]:
    rows = _rows_of(file, {(*key, name, cell) for key, name, cell in cells})
    header = read_header(file)
    place = positions(header)
    return [
        Finding(
            "the cell " + _ROW.get(name, "isn't a number that this column can hold."),
            "Put the published figure there, or leave the cell blank if it is not known.",
            file.name,
            rows.get((*key, name, cell)),
            header[place[name]] if name in place else COLUMNS[name][0],
            shown(cell),
        )
        for key, name, cell in cells
    ]


def _rows_of(file: TableFile, wanted: set[Key]) -> dict[Key, int]:
    """Return the row of the first line with each cell, as an editor counts them."""
    if file.ending not in (".csv", ".tsv", ".txt", ".tab"):
        return {}
    columns = sorted({key[3] for key in wanted})
    rows: dict[Key, int] = {}
    with open_bytes(file) as stream:
        start, pieces = qcew_lines.begin(stream, file.name, "area_fips")
        header = start.header
        place = positions(header)
        row = start.header_row
        for lines in qcew_lines.keep(pieces, None, start.delimiter, file.name):
            text = io.StringIO(lines.kept.decode("utf-8", "replace"), newline="")
            for cells in csv.reader(text, delimiter=start.delimiter):
                row += 1
                if len(cells) < len(header):
                    continue
                code = [cells[place[name]].strip().removesuffix(".0") for name in _KEY]
                key = (code[0].zfill(5) if code[0].isdigit() else code[0], *code[1:])
                for name in columns:
                    found = (*key, name, cells[place[name]] if name in place else "")
                    if found in wanted:
                        rows.setdefault(found, row)
            if len(rows) == len(wanted):
                break
    return rows
