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
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sectorscan.errors import Finding, InputError
from sectorscan.sources import qcew_lines
from sectorscan.sources.engines import other_engines_errors
from sectorscan.sources.qcew_layout import NUMBERS, Selection, positions
from sectorscan.sources.qcew_rows import BEYOND, FILE, typed
from sectorscan.tables.files import TableFile, open_bytes, shown

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

_PARSED_BYTES = 64 << 20
_TOO_LARGE = 10**18
"""Numbers of more digits are refused as text."""


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


def names_of(path: Path) -> tuple[str, ...]:
    """Return how an engine may name a file that it has read: on Windows with either slash."""
    return str(path), path.as_posix()


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
    layout = _Layout(start.header, start.delimiter)
    keys = selection.area_texts if positions(layout.header)["area"] == 0 else None
    for lines in qcew_lines.keep(pieces, keys, start.delimiter, file.name, len(layout.header)):
        yield _Kept(layout, number, lines.kept), lines.seen


def _batch(kept: Sequence[_Kept]) -> Batch:
    import narwhals as nw
    import polars as pl

    layout = kept[0].layout
    files = tuple(dict.fromkeys(part.file for part in kept))
    several = len(files) > 1
    names = [*(f"c{column}" for column in range(len(layout.header))), BEYOND]
    content = b"".join(_csv(kept, [FILE, *names] if several else names))
    theirs = {ours: f"c{at}" for ours, at in positions(layout.header).items()}
    number = nw.col(FILE).cast(nw.Int32()) if several else nw.lit(files[0], nw.Int32())
    wanted = [FILE, *theirs.values(), BEYOND] if several else [*theirs.values(), BEYOND]
    whole = frozenset(theirs).intersection(NUMBERS)
    rows = _whole_numbers(content, layout.delimiter, wanted, {ours: theirs[ours] for ours in whole})
    if rows is None:
        whole = frozenset()
        lazy = pl.scan_csv(content, infer_schema=False, separator=layout.delimiter)
    else:
        lazy = rows.lazy()
    return Batch(typed(nw.from_native(lazy), theirs, number, nw.col(BEYOND), whole), files)


def _csv(kept: Sequence[_Kept], names: Sequence[str]) -> Iterator[bytes]:
    """Yield the lines under a header of our own, each after its file's number if that is named."""
    delimiter = kept[0].layout.delimiter
    yield delimiter.join(names).encode() + b"\n"
    for part in kept:
        if not part.lines:
            continue
        lines = qcew_lines.as_utf8(part.lines)
        if names[0] == FILE:
            before = f"{part.file}{delimiter}".encode()
            lines = before + lines[:-1].replace(b"\n", b"\n" + before) + b"\n"
        yield lines


def _whole_numbers(
    content: bytes, delimiter: str, columns: Sequence[str], numbers: Mapping[str, str]
) -> pl.DataFrame | None:
    """Return the columns with the numbers read as such, None where one isn't plainly whole.

    BLS's own files are plain, and reading them so takes a quarter of what it takes to look at each
    cell as text, as is done where this returns None. It is also None for what text would refuse.
    """
    import polars as pl

    if not numbers:
        return None
    types = {name: pl.Int64 if name in numbers.values() else pl.String for name in columns}
    try:
        rows = pl.read_csv(
            content,
            columns=list(columns),
            schema_overrides=types,
            infer_schema=False,
            separator=delimiter,
        )
    except pl.exceptions.PolarsError:
        return None
    ends = rows.select(
        pl.max_horizontal(pl.col(name).abs().max() for name in numbers.values()).alias("largest"),
        *(pl.col(name).min().alias(ours) for ours, name in numbers.items()),
    ).row(0, named=True)
    plain = (ends.pop("largest") or 0) < _TOO_LARGE and all(
        least is None or least >= 0 or ours.endswith("_change") for ours, least in ends.items()
    )
    return rows if plain else None


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
