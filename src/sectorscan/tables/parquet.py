"""Parquet tables as text cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, InputError
from sectorscan.tables.files import TableFile
from sectorscan.tables.sheets import MAX_ROWS, SAMPLE_ROWS, Choose, Sheet

if TYPE_CHECKING:
    import polars as pl


def column_names(file: TableFile) -> tuple[str, ...]:
    """Return the names of a Parquet file's columns; raises ``InputError`` if it is damaged."""
    with _damage(file.name):
        return tuple(_scan(file).collect_schema().names())


def read_parquet(file: TableFile, choose: Choose) -> Sheet:
    """Return the chosen columns as text; rows are counted as if the names were row 1.

    Raises
    ------
    InputError
        Where the file is damaged or has more rows than are allowed.
    """
    import polars as pl

    with _damage(file.name):
        lazy = _scan(file)
        header = tuple(lazy.collect_schema().names())
        # A tiny file can claim any number of equal rows, so they are counted before they are read.
        count = int(lazy.select(pl.len()).collect().item())
        if count > MAX_ROWS:
            what = f"the table has {count:,} rows, more than the {MAX_ROWS:,} allowed."
            raise InputError(Finding(what, "Keep the rows of your areas and years.", file.name))
        sample = _as_text(lazy.head(SAMPLE_ROWS).collect(), header)
        wanted = tuple(choose(header, list(zip(*sample, strict=True))))
        names = [header[position] for position in wanted]
        columns = _as_text(lazy.select(names).collect(), names)
    return Sheet(file.name, header, 1, range(2, count + 2), dict(zip(wanted, columns, strict=True)))


def _scan(file: TableFile) -> pl.LazyFrame:
    import polars as pl

    return pl.scan_parquet(file.path, glob=False)


def _as_text(frame: pl.DataFrame, names: list[str] | tuple[str, ...]) -> list[list[str]]:
    import polars as pl

    plain = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Null)
    columns: list[list[str]] = []
    for name in names:
        column = frame.get_column(name)
        if column.dtype.is_numeric() or isinstance(column.dtype, plain):
            columns.append(column.cast(pl.String).fill_null("").to_list())
        else:
            columns.append([f"({column.dtype})"] * len(column))
    return columns


@contextmanager
def _damage(name: str) -> Iterator[None]:
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        what = "the Parquet file is damaged or not a Parquet file."
        raise InputError(Finding(what, "Write it again, or give a CSV.", name)) from error
