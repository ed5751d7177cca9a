"""QCEW files, or rows that lie there already, as frames of DuckDB or Spark."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from sectorscan.errors import Finding, InputError, SectorscanError
from sectorscan.sources.engines import Reading
from sectorscan.sources.qcew_batches import Batch, damage, names_of
from sectorscan.sources.qcew_layout import is_qcew, positions
from sectorscan.sources.qcew_rows import FILE, typed

if TYPE_CHECKING:
    import narwhals as nw

    from sectorscan.tables.files import TableFile


def engine_batches(
    files: Sequence[TableFile], reading: Reading, rows_in: dict[int, int]
) -> Generator[Batch, None, None]:
    """Yield the files' rows as one typed frame of the engine; ``rows_in`` counts each file's.

    Raises
    ------
    InputError
        Where a file is of a form that the engine doesn't read.
    SectorscanError
        Where the engine isn't installed.
    """
    import narwhals as nw

    layouts = _layouts(files, reading.engine)
    opened = _duckdb() if reading.engine == "duckdb" else _spark(reading.spark_master)
    nothing = nw.lit(None, dtype=nw.String())
    names: dict[str, int] = {}
    with opened as engine, damage(_some(files)):
        frames = []
        for text, numbers in layouts.items():
            names |= {
                name: number for number in numbers for name in engine.names_of(files[number].path)
            }
            frame = nw.from_native(engine.read([files[number].path for number in numbers], text))
            counted = frame.group_by(FILE).agg(nw.len().alias("rows")).collect()
            rows_in.update({names[name]: rows for name, rows in counted.iter_rows()})
            frames.append(typed(frame, _theirs(frame, text), nw.col(FILE), nothing))
        for number in range(len(files)):
            rows_in.setdefault(number, 0)
        yield Batch(nw.concat(frames), tuple(range(len(files))), names)


def frame_kinds(frames: Sequence[tuple[str, Any]]) -> list[str]:
    """Return which kind of QCEW rows each frame holds.

    Raises
    ------
    InputError
        Where frames haven't got BLS's columns.
    """
    import narwhals as nw

    kinds = [is_qcew(nw.from_native(frame).collect_schema().names()) for _, frame in frames]
    problems = [
        Finding("this frame hasn't got QCEW's columns.", "Keep all as BLS publishes them.", name)
        for (name, _), kind in zip(frames, kinds, strict=True)
        if kind is None
    ]
    if problems:
        raise InputError(problems)
    return [kind for kind in kinds if kind is not None]


def frame_batches(
    frames: Sequence[tuple[str, Any]], rows_in: dict[int, int]
) -> Generator[Batch, None, None]:
    """Yield each frame's rows as a typed frame of its own engine."""
    import narwhals as nw

    for number, (name, native) in enumerate(frames):
        frame = nw.from_native(native).lazy()
        if frame.implementation.is_pandas_like():
            frame = _as_polars(frame.collect())
        header = frame.collect_schema().names()
        theirs = {ours: header[at] for ours, at in positions(header).items()}
        file, nothing = nw.lit(number, nw.Int32()), nw.lit(None, dtype=nw.String())
        with damage(name):
            rows_in[number] = int(frame.select(nw.len().alias("n")).collect()["n"][0])
        yield Batch(typed(frame, theirs, file, nothing), (number,))


def _as_polars(frame: nw.DataFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a pandas frame as Polars: pandas makes floats of whole numbers beside a blank."""
    import narwhals as nw
    import polars as pl

    columns = {name: frame[name].cast(nw.String()).to_list() for name in frame.columns}
    return nw.from_native(pl.LazyFrame(columns, schema=dict.fromkeys(columns, pl.String())))


@dataclass(frozen=True, slots=True)
class _Text:
    """How a text file is written, for an engine that doesn't look for itself."""

    header: tuple[str, ...]
    delimiter: str

    @property
    def names(self) -> list[str]:
        return [f"c{at}" for at in range(len(self.header))]


@dataclass(frozen=True, slots=True)
class _Opened:
    """An engine at work: ``read`` gives some files of one layout, each row with its file's name."""

    read: Callable[[Sequence[Path], _Text | None], Any]
    names_of: Callable[[Path], Sequence[str]]


def _some(files: Sequence[TableFile]) -> str:
    names = ", ".join(file.name for file in files[:3])
    return f"{names} and {len(files) - 3} more" if len(files) > 3 else names


def _theirs(frame: nw.LazyFrame[Any], text: _Text | None) -> dict[str, str]:

    names = frame.collect_schema().names() if text is None else text.names
    return {ours: names[at] for ours, at in positions(text.header if text else names).items()}


def _layouts(files: Sequence[TableFile], engine: str) -> dict[_Text | None, list[int]]:
    """Return the numbers of the files of each layout (None: Parquet): one read a layout."""
    problems: list[Finding] = []
    layouts: dict[_Text | None, list[int]] = {}
    for number, file in enumerate(files):
        why = _not_read(file)
        text = None if why or file.ending == ".parquet" else _as_text(file)
        if why or (text is None and file.ending != ".parquet"):
            what = f"{engine} doesn't read {why or 'CSV but in UTF-8, its header the first line'}."
            remedy = "Save it as plain CSV or Parquet, or read it with --engine polars."
            problems.append(Finding(what, remedy, file.name))
        layouts.setdefault(text, []).append(number)
    if problems:
        raise InputError(problems)
    return layouts


def _not_read(file: TableFile) -> str:
    from sectorscan.tables.files import TEXT_ENDINGS

    if file.member is not None:
        return "files in a zip"
    return "" if file.ending in {*TEXT_ENDINGS, ".parquet"} else f"{file.ending} files"


def _as_text(file: TableFile) -> _Text | None:
    """Return how a file is written; None where an engine wouldn't read it rightly."""
    from sectorscan.sources import qcew_lines
    from sectorscan.tables.files import open_bytes
    from sectorscan.tables.text import HEAD_BYTES, encoding_of

    with open_bytes(file) as stream:
        encoding = encoding_of(stream.read(HEAD_BYTES))
    with open_bytes(file) as stream:
        start, _ = qcew_lines.begin(stream, file.name, "area_fips")
    if start.header_row != 1 or not encoding.startswith("utf-8"):
        return None
    return _Text(start.header, start.delimiter)


def _absent(engine: str, error: Exception) -> Finding:
    what = f"the engine {engine} isn't installed ({error})."
    remedy = f'Install it with: pip install "sectorscan[{engine}]"'
    return Finding(what, remedy)


@contextmanager
def _duckdb() -> Iterator[Any]:
    try:
        import duckdb
        import pyarrow  # noqa: F401  # what DuckDB hands its rows over in
    except ImportError as error:
        raise SectorscanError(_absent("duckdb", error)) from error
    with duckdb.connect() as connection:

        def read(paths: Sequence[Path], text: _Text | None) -> Any:
            # Names are patterns to DuckDB.
            names = [glob.escape(str(path)) for path in paths]
            if text is None:
                rows = connection.read_parquet(names, filename=True, union_by_name=True)
                return rows.project(f"* EXCLUDE (filename), filename AS {FILE}")
            return connection.read_csv(
                names,
                header=False,
                skiprows=1,
                columns=dict.fromkeys(text.names, "VARCHAR"),
                delimiter=text.delimiter,
                quotechar='"',
                escapechar='"',
                auto_detect=False,
                null_padding=False,
                filename=FILE,
            )

        yield _Opened(read, names_of)


@contextmanager
def _spark(master: str | None) -> Iterator[Any]:
    try:
        import pyarrow  # noqa: F401  # what Spark hands its rows over in
        from pyspark.sql import SparkSession
        from pyspark.sql.functions import col as column
        from pyspark.sql.types import StringType, StructField, StructType
    except ImportError as error:
        raise SectorscanError(_absent("spark", error)) from error
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        what = "Spark needs Java, and there is none on the path."
        raise SectorscanError(Finding(what, "Install Java 17 or newer, or set JAVA_HOME."))
    session, ours = _session(SparkSession, master)

    def read(paths: Sequence[Path], text: _Text | None) -> Any:
        # A cluster's default may be another file system; names are patterns to Spark too.
        names = [_address(path.resolve()) for path in paths]
        names = ["".join(f"\\{c}" if c in "[]{}*?\\" else c for c in name) for name in names]
        if text is None:
            frame = session.read.option("mergeSchema", "true").parquet(*names)
        else:
            frame = session.read.csv(
                names,
                schema=StructType([StructField(name, StringType()) for name in text.names]),
                header=True,
                sep=text.delimiter,
                quote='"',
                escape='"',
                nullValue="",
                emptyValue="",
                mode="FAILFAST",
                enforceSchema=True,
            )
        return frame.select("*", column("_metadata.file_path").alias(FILE))

    try:
        yield _Opened(read, _as_spark_says)
    finally:
        if ours:
            session.stop()


def _address(path: PurePath) -> str:
    """Return an absolute path as Spark takes it, nothing encoded: file:///srv/a, file:///C:/a."""
    return f"file:///{path.as_posix().removeprefix('/')}"


def _as_spark_says(path: Path) -> Sequence[str]:
    """Return how Spark names a file that it has read: an address, special characters encoded."""
    address = path.resolve().as_uri()
    return [address, address.replace("file:///", "file:/", 1)]


def _session(builder: Any, master: str | None) -> tuple[Any, bool]:
    """Return a session and whether it was made here: one that is there already is left running."""
    running = builder.getActiveSession()
    if running is not None:
        return running, False
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        # Rows with more cells than the header are only found where all columns are parsed.
        "spark.sql.csv.parser.columnPruning.enabled": "false",
    }
    if master is None:
        settings["spark.sql.shuffle.partitions"] = "2"
    made = builder.builder.appName("sectorscan").master(master or "local[2]")
    for name, value in settings.items():
        made = made.config(name, value)
    return made.getOrCreate(), True
