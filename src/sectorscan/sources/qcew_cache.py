"""Typed QCEW rows kept as Parquet between runs: found by the source's hash, never trusted.

A file's name holds the source's SHA-256, a tag of what was made of it, and its own SHA-256. It is
read only if its bytes have that hash and it says itself which source it was made from; anything
else (cut off, changed, renamed, of another version) is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sectorscan import __version__
from sectorscan.errors import Finding, SectorscanError, quoted
from sectorscan.sources.qcew_batches import Batch, batches, damage, names_of
from sectorscan.sources.qcew_layout import COLUMNS, Selection
from sectorscan.sources.qcew_rows import FILE, PER_YEAR, TYPED
from sectorscan.tables.files import TableFile, digest
from sectorscan.tables.writing import patiently

if TYPE_CHECKING:
    import polars as pl

FORMAT = 2
"""Rises when the cache's rows change in another way than by their columns or our version."""
_ROW_GROUP = 32_768
_NAMED = 32
_KEPT = tuple(name for name in TYPED if name != FILE)
_ORDER = ("area", "own", "industry", "year", "quarter")
_HASHED_AT_ONCE = 2


def digests(files: Sequence[TableFile]) -> dict[Path, str]:
    """Return the SHA-256 of each file; hashing leaves Python's lock, so two run side by side."""
    paths = list(dict.fromkeys(file.path for file in files))
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        return dict(zip(paths, pool.map(digest, paths), strict=True))


def cached_batches(
    files: Sequence[TableFile], folder: Path, sha256: Mapping[Path, str], rows_in: dict[int, int]
) -> Generator[Batch, None, None]:
    """Yield the files' typed rows out of the cache; ``rows_in`` tells the rows of each source.

    Raises
    ------
    InputError
        Where a source that isn't in the cache is damaged.
    SectorscanError
        Where the folder can't be written to.
    """
    import narwhals as nw
    import polars as pl

    number_of: dict[Path, int] = {}
    for number, file in enumerate(files):
        path, rows_in[number] = kept(file, folder, sha256[file.path])
        # The same source twice is one file of the cache; its rows are then repeats.
        if path in number_of:
            yield _only(path, number)
        else:
            number_of[path] = number
    lazy = pl.scan_parquet(list(number_of), glob=False, include_file_paths=FILE)
    yield Batch(nw.from_native(lazy), tuple(number_of.values()), _by_name(number_of))


def _only(path: Path, number: int) -> Batch:
    import narwhals as nw
    import polars as pl

    lazy = pl.scan_parquet(path, glob=False, include_file_paths=FILE)
    return Batch(nw.from_native(lazy), (number,), _by_name({path: number}))


def _by_name(number_of: Mapping[Path, int]) -> dict[str, int]:
    return {name: number for path, number in number_of.items() for name in names_of(path)}


def kept(file: TableFile, folder: Path, sha256: str) -> tuple[Path, int]:
    """Return the cache's file of a source and how many rows the source has; makes it if need be.

    Raises
    ------
    InputError
        Where the source has to be read and is damaged.
    SectorscanError
        Where the folder can't be written to.
    """
    stem = f"{sha256[:_NAMED]}-{_tag(file.member)}"
    says = {"source": sha256, "member": file.member or "", "tag": _tag(file.member)}
    try:
        for path in sorted(folder.glob(f"{stem}-*.parquet")):
            rows = _rows_if_sound(path, says)
            if rows is not None:
                return path, rows
            with contextlib.suppress(OSError):
                path.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        return _made(file, folder, stem, says)
    except OSError as error:
        what = f"the cache's folder {quoted(folder)} can't be used ({error.strerror or error})."
        raise SectorscanError(Finding(what, "Choose another folder, or leave it out.")) from error


def _tag(member: str | None) -> str:
    made = json.dumps([FORMAT, __version__, list(COLUMNS.items()), _KEPT, member])
    return hashlib.sha256(made.encode()).hexdigest()[:12]


def _rows_if_sound(path: Path, says: Mapping[str, str]) -> int | None:
    """Return the source's rows if a file is what its name says and was made from the source."""
    import polars as pl

    if not path.is_file() or digest(path)[:_NAMED] != path.stem.rpartition("-")[2]:
        return None
    try:
        told = json.loads(pl.read_parquet_metadata(path).get("sectorscan", "{}"))
        names = tuple(pl.read_parquet_schema(path))
        rows = int(told.pop("rows"))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return rows if told == says and names == _KEPT else None


def _made(file: TableFile, folder: Path, stem: str, says: Mapping[str, str]) -> tuple[Path, int]:
    """Write a source's rows into the cache; return the file and the source's count of rows.

    Piece by piece, for a national file would take a gigabyte at once; then one file of the pieces,
    by area, so that a region lies in few row groups.
    """
    import polars as pl

    counted: dict[int, int] = {}
    # Windows keeps a file that is still mapped into memory.
    with TemporaryDirectory(
        prefix=".unfinished-", dir=folder, ignore_cleanup_errors=True
    ) as unfinished:
        pieces: list[Path] = []
        with damage(file.name):
            for batch in batches((file,), Selection(None, None, "all"), counted):
                pieces.append(Path(unfinished) / f"{len(pieces):05}.parquet")
                rows = (
                    batch.frame.collect()
                    .to_native()
                    .select(_KEPT)
                    .sort(_ORDER, maintain_order=True)
                )
                rows.write_parquet(pieces[-1], compression="lz4")
        whole = pl.scan_parquet(pieces, glob=False) if pieces else _nothing()
        # BLS's files lie by area already.
        if not whole.select(pl.struct(_ORDER).is_sorted()).collect().item():
            whole = whole.sort(_ORDER, maintain_order=True)
        says = {**says, "rows": str(counted[0])}
        made = Path(unfinished) / "whole"
        whole.sink_parquet(
            made,
            compression="zstd",
            row_group_size=_ROW_GROUP,
            metadata={"sectorscan": json.dumps(says, sort_keys=True)},
        )
        path = folder / f"{stem}-{digest(made)[:_NAMED]}.parquet"
        try:
            patiently(made.replace, path)
        except PermissionError:
            # Windows: another run has it open, with the same bytes.
            if not path.exists():
                raise
        return path, counted[0]


def _nothing() -> pl.LazyFrame:
    import polars as pl

    types: dict[str, pl.DataType] = {name: pl.String() for name in _KEPT}
    types |= {name: pl.Float64() for name in PER_YEAR}
    types |= {"year": pl.Int64(), "quarter": pl.Int64(), "change_known": pl.Boolean()}
    return pl.LazyFrame(schema=types)
