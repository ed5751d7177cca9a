"""Files of one layout as lazy frames, many small files in one frame, large ones in pieces.

Starting a query costs about 2 ms, a region and its years are a hundred files: so lines are
gathered from all files first, each with its file's number before it, and parsed at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from sectorscan.errors import Finding, InputError
from sectorscan.sources import qcew_lines
from sectorscan.sources.engines import other_engines_errors
from sectorscan.sources.qcew_layout import Selection, positions
from sectorscan.sources.qcew_rows import BEYOND, FILE, typed
from sectorscan.tables.files import TableFile, open_bytes, shown

if TYPE_CHECKING:
    import narwhals as nw

_PARSED_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class _Layout:
    header: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class _Kept:
    layout: _Layout
    file: int
    lines: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one or more files, not read yet, with the columns ``qcew_rows.TYPED``.

    ``files`` are the numbers of the files in it; where the engine itself says which file a row is
    of, ``number_of`` gives the number of each name.
    """

    frame: nw.LazyFrame[Any]
    files: tuple[int, ...]
    number_of: Mapping[str, int] | None = None


def batches(
    files: Sequence[TableFile], selection: Selection, rows_in: dict[int, int]
) -> Generator[Batch, None, None]:
    """Yield what may be wanted of the files; ``rows_in`` counts all rows of each as it is read."""
    waiting: list[_Kept] = []
    size = 0
    for number, file in enumerate(files):
        rows_in[number] = 0
        if file.ending == ".parquet":
            frame, rows_in[number] = _parquet(file, number)
            yield Batch(frame, (number,))
            continue
        for kept, seen in _lines_of(file, number, selection):
            rows_in[number] += seen
            if waiting and (size >= _PARSED_BYTES or kept.layout != waiting[0].layout):
                yield _batch(waiting)
                waiting, size = [], 0
            waiting.append(kept)
            size += len(kept.lines)
    if waiting:
        yield _batch(waiting)


def _lines_of(file: TableFile, number: int, selection: Selection) -> Iterator[tuple[_Kept, int]]:
    if file.ending in (".xlsx", ".xlsm", ".xls"):
        yield from _lines_in(io.BytesIO(_workbook_as_csv(file)), file, number, selection)
        return
    with open_bytes(file) as stream:
        yield from _lines_in(stream, file, number, selection)


def _lines_in(
    stream: IO[bytes], file: TableFile, number: int, selection: Selection
) -> Iterator[tuple[_Kept, int]]:
    start, pieces = qcew_lines.begin(stream, file.name, "area_fips")
    text = qcew_lines.as_utf8(start.header).decode()
    layout = _Layout(tuple(next(csv.reader([text], delimiter=start.delimiter))), start.delimiter)
    keys = selection.area_texts if positions(layout.header)["area"] == 0 else None
    for lines in qcew_lines.keep(pieces, keys, start.delimiter, file.name, len(layout.header)):
        yield _Kept(layout, number, lines.kept), lines.seen


def _batch(kept: Sequence[_Kept]) -> Batch:
    import narwhals as nw
    import polars as pl

    layout = kept[0].layout
    names = [FILE, *(f"c{column}" for column in range(len(layout.header))), BEYOND]
    numbered = [layout.delimiter.join(names).encode(), b"\n"]
    for part in kept:
        before = f"{part.file}{layout.delimiter}".encode()
        if part.lines:
            lines = qcew_lines.as_utf8(part.lines)
            numbered += [before, lines[:-1].replace(b"\n", b"\n" + before), b"\n"]
    lazy = pl.scan_csv(b"".join(numbered), infer_schema=False, separator=layout.delimiter)
    theirs = {ours: f"c{at}" for ours, at in positions(layout.header).items()}
    files = tuple(dict.fromkeys(part.file for part in kept))
    number = nw.col(FILE).cast(nw.Int32())
    return Batch(typed(nw.from_native(lazy), theirs, number, nw.col(BEYOND)), files)


def _parquet(file: TableFile, number: int) -> tuple[nw.LazyFrame[Any], int]:
    import narwhals as nw
    import polars as pl

    with damage(file.name):
        lazy = pl.scan_parquet(file.path, glob=False)
        header = lazy.collect_schema().names()
        rows = int(lazy.select(pl.len()).collect().item())
    theirs = {ours: header[at] for ours, at in positions(header).items()}
    nothing = nw.lit(None, dtype=nw.String())
    return typed(nw.from_native(lazy), theirs, nw.lit(number, nw.Int32()), nothing), rows


def _workbook_as_csv(file: TableFile) -> bytes:
    from sectorscan.tables.excel import sheets_of

    out = io.StringIO(newline="")
    for _, rows in sheets_of(file):
        if any("area_fips" in (cell.lower() for cell in row) for row in rows[:20]):
            csv.writer(out, lineterminator="\n").writerows(rows)
            break
    return out.getvalue().encode()


@contextmanager
def damage(names: str) -> Iterator[None]:
    """Turn what the engine can't read in a file into a message.

    Raises
    ------
    InputError
        In place of the engine's own errors, naming the files.
    """
    import narwhals as nw
    import polars as pl

    try:
        yield
    except other_engines_errors() as error:
        what = f"the engine can't read it: {shown(str(error).strip().splitlines()[0])}"
        raise InputError(Finding(what, "Read it with --engine polars.", names)) from error
    except (nw.exceptions.NarwhalsError, pl.exceptions.PolarsError) as error:
        what = "some rows have more cells than the header, or a quotation mark is not closed."
        remedy = "Download the file again, or save it again as CSV."
        raise InputError(Finding(what, remedy, names)) from error
