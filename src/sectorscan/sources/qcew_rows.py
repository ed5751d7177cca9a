"""QCEW rows as published, text cells, into typed ones: written once for every engine.

The expressions are Narwhals', run lazily by whatever the frame is made of: Polars, a DuckDB
relation, a Spark DataFrame. Engines differ in what they make of an empty cell (DuckDB reads ``""``
as null, Polars doesn't) and in what a cast does that fails: so null and blank are the same here,
and only what is a number is cast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sectorscan.sources.qcew_layout import (
    COLUMNS,
    MONTHS,
    NUMBERS,
    OWNERSHIPS,
    TOTAL_COVERED,
    Selection,
    as_written,
    level_texts,
)
from sectorscan.tables.model import TOTAL_INDUSTRY

if TYPE_CHECKING:
    import narwhals as nw

FILE = "file"
"""The column with the number of each row's file."""
BEYOND = "beyond"
"""What stands after the header's last column; nothing should."""
UNREAD = "unread"
"""Cells that aren't what their column holds, as ``column=cell`` with ``BETWEEN`` between them."""
BETWEEN = "\x1f"
WITHHELD = ("employment", "wages")

PER_YEAR = tuple(
    f"{name}{change}" for change in ("", "_change") for name in ("establishments", *WITHHELD)
)
"""The figures of a typed frame: jobs, and USD a year also in a quarter's rows."""

TYPED = (
    FILE,
    "area",
    "area_written",
    "own",
    "industry",
    "year",
    "quarter",
    *PER_YEAR,
    "change_known",
    "area_title",
    "industry_title",
    UNREAD,
)
"""The columns of a typed frame: codes are text, ``year`` whole, ``quarter`` 1 to 4 or 0 for annual
averages, the figures float, null where blank (employment and wages where withheld too);
``area_written`` is the cell that was mended."""

_READ = "_read"
"""After a column's name: its cells as numbers."""
_CHANGES = frozenset(name for name in COLUMNS if "change" in name)
# What is longer, or has a longer exponent, isn't finite in every engine.
_UNSIGNED = r"([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_WHOLE, _CHANGE = rf"^\+?{_UNSIGNED}", rf"^[+-]?{_UNSIGNED}"
# Blanks as R, pandas and databases save them; none is a code of BLS's.
_NO_MARK = ("", "-", "NA", "NaN", "nan", "<NA>", "None", "null", "NULL")
_YEAR = r"^(19|20)[0-9][0-9]$"


def typed(
    lazy: nw.LazyFrame[Any],
    theirs: Mapping[str, str],
    file: nw.Expr,
    beyond: nw.Expr,
    whole: frozenset[str] = frozenset(),
) -> nw.LazyFrame[Any]:
    """Return the rows of the levels that are read, with the columns ``TYPED``.

    Parameters
    ----------
    lazy
        A file's rows, of any engine.
    theirs
        Our names (``COLUMNS``) to the frame's; what it hasn't got is null.
    file, beyond
        The number of the row's file, and what stands after its last column.
    whole
        Our names of the columns that are whole numbers already, none of them out of range.
    """
    named = _named(lazy, theirs, file, beyond, whole).filter(_level_is_read())
    named = named.with_columns(
        _number_in_text(name).alias(name + _READ) for name in NUMBERS if name not in whole
    )
    return named.select(*_codes(), *_figures(), "area_title", "industry_title", _unread())


def chosen(selection: Selection) -> nw.Expr:
    """Return which rows of a typed frame are wanted."""
    import narwhals as nw

    total = (nw.col("own") == TOTAL_COVERED) & (nw.col("industry") == TOTAL_INDUSTRY)
    wanted = nw.col("own").is_in(OWNERSHIPS[selection.ownership]) | total
    if selection.areas is not None:
        wanted &= nw.col("area").is_in(sorted(selection.areas))
    if selection.years is not None:
        # What isn't a year may be one of these: it is told, not passed over.
        wanted &= nw.col("year").is_null() | nw.col("year").is_in(sorted(selection.years))
    if selection.quarter is not None:
        wanted &= nw.col("quarter").is_null() | nw.col("quarter").is_in([0, selection.quarter])
    return wanted


def _named(
    lazy: nw.LazyFrame[Any],
    theirs: Mapping[str, str],
    file: nw.Expr,
    beyond: nw.Expr,
    whole: frozenset[str],
) -> nw.LazyFrame[Any]:
    """Select our columns as text, null where a file hasn't got them or they are numbers already.

    Changes whose own disclosure code is absent could be those of withheld figures: not used.
    """
    import narwhals as nw

    if "change_disclosure" not in theirs:
        theirs = {ours: name for ours, name in theirs.items() if ours not in _CHANGES}
    texts = [
        nw.col(theirs[ours]).cast(nw.String()).alias(ours)
        if ours in theirs and ours not in whole
        else nw.lit(None, dtype=nw.String()).alias(ours)
        for ours in COLUMNS
    ]
    numbers = [
        nw.col(theirs[ours]).cast(nw.Float64()).alias(ours + _READ)
        if ours in theirs
        else nw.lit(None, dtype=nw.Float64()).alias(ours + _READ)
        for ours in sorted(whole)
    ]
    return lazy.select(file.alias(FILE), beyond.alias(BEYOND), *texts, *numbers)


def _bare(name: str) -> nw.Expr:
    """Return a column's cells without blanks around them, and without nulls."""
    import narwhals as nw

    return nw.col(name).fill_null("").str.strip_chars()


def _code(name: str) -> nw.Expr:
    """Return codes without the ``.0`` that spreadsheets add."""
    return _bare(name).str.replace_all(r"\.0$", "")


def _level_is_read() -> nw.Expr:
    import narwhals as nw

    kept = nw.col("level").is_in(level_texts())
    kept &= nw.col("size").is_null() | nw.col("size").is_in(["", *as_written("0")])
    total = nw.col("own").is_in(as_written(TOTAL_COVERED))
    total &= nw.col("industry").is_in(as_written([TOTAL_INDUSTRY]))
    return kept & (nw.col("own").is_in(as_written(OWNERSHIPS["all"])) | total)


def _codes() -> list[nw.Expr]:
    import narwhals as nw

    written = _code("area")
    short = written.str.contains("^[0-9]{1,4}$")
    area = nw.when(short).then(written.str.zfill(5)).otherwise(written)
    year = _code("year")
    return [
        nw.col(FILE),
        area.alias("area"),
        nw.when(area != written).then(_bare("area")).alias("area_written"),
        _code("own").alias("own"),
        _code("industry").alias("industry"),
        nw.when(year.str.contains(_YEAR)).then(year).cast(nw.Int64()).alias("year"),
        _quarter().alias("quarter"),
    ]


def _quarter() -> nw.Expr:
    """Return a row's quarter, 0 for annual averages, null where the file doesn't tell.

    Months make a row a quarter's: their file must say which. A file cut down to annual averages may
    lack the column.
    """
    import narwhals as nw

    text = _code("quarter")
    no_month = (_bare("month3") == "") & _number("month3").is_null()
    annual = text.is_in(["", "A", "a"]) & no_month
    quarter = nw.when(text.str.contains("^[1-4]$")).then(text).cast(nw.Int64())
    return nw.when(annual).then(nw.lit(0, nw.Int64())).otherwise(quarter)


def _marked(name: str) -> nw.Expr:
    """Return whether a disclosure code withholds.

    ``-`` marks rows in which there is nothing. What programs write for a blank cell is blank.
    """
    return ~_bare(name).is_in(_NO_MARK)


def _figures() -> list[nw.Expr]:
    withheld = _marked("disclosure")
    figures = []
    for name in PER_YEAR:
        figure = _per_year(name)
        if name in WITHHELD:
            figure = _where(~withheld, figure)
        figures.append(figure.alias(name))
    known = ~_marked("change_disclosure") & ~withheld
    return [*figures, known.alias("change_known")]


def _where(condition: nw.Expr, figure: nw.Expr) -> nw.Expr:
    import narwhals as nw

    return nw.when(condition).then(figure)


def _per_year(name: str) -> nw.Expr:
    """Return a figure of annual and quarterly rows in one unit: jobs, and USD a year.

    A quarter's jobs are the mean of its three months, its wages count four times.
    """
    import narwhals as nw

    base, _, change = name.partition("_")
    quarterly = _quarter() > 0
    if base == "employment":
        first, second, third = (
            _number(f"{month}_{change}" if change else month) for month in MONTHS
        )
        mean = (first + second + third) / len(MONTHS)
        return nw.when(quarterly).then(mean).otherwise(_number(name))
    if base == "wages":
        return nw.when(quarterly).then(_number(name) * 4.0).otherwise(_number(name))
    return _number(name)


def _number(name: str) -> nw.Expr:
    import narwhals as nw

    return nw.col(name + _READ)


def _number_in_text(name: str) -> nw.Expr:
    import narwhals as nw

    text = _figure_text(name)
    return nw.when(text.str.contains(_form(name))).then(text).cast(nw.Float64())


def _figure_text(name: str) -> nw.Expr:
    """Return cells without the marks that spreadsheets add: ``$1,234`` is 1234."""
    bare = _bare(name).str.replace_all(",", "", literal=True)
    return bare.str.replace_all("$", "", literal=True).str.strip_chars()


def _form(name: str) -> str:
    """Return what a column's numbers look like: only changes may be negative."""
    return _CHANGE if name in _CHANGES else _WHOLE


def _unread() -> nw.Expr:
    import narwhals as nw

    wrong = {
        "year": ~_code("year").str.contains(_YEAR),
        "quarter": _quarter().is_null(),
        **{
            name: (_bare(name) != "") & ~_figure_text(name).str.contains(_form(name))
            for name in NUMBERS
        },
        BEYOND: _bare(BEYOND) != "",
    }
    cells = [
        nw.when(where).then(nw.concat_str(nw.lit(f"{name}="), nw.col(name).fill_null("")))
        for name, where in wrong.items()
    ]
    return nw.concat_str(*cells, separator=BETWEEN, ignore_nulls=True).alias(UNREAD)
