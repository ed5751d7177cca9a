"""Excel workbooks as text cells, sheet by sheet."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sectorscan.errors import Finding, InputError
from sectorscan.tables.archives import DAMAGE, check_archive
from sectorscan.tables.files import TableFile, open_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_CELLS = 20_000_000
MAX_SHEETS = 100
_XLS_WIDTH = 256

_CELL = re.compile(rb"""\br=["']([A-Z]{1,3}[0-9]{1,7})["'][^<>]*(?<!/)>""")
_OLD_CELL = re.compile(
    rb"(?:\x03\x02\x0e\x00|\x7e\x02\x0a\x00|\xfd\x00\x0a\x00|\x06\x00[\x16-\xff]\x00)..(..)",
    re.DOTALL,
)
# Excel itself stores what a formula gives; an empty text is stored as type str.
_UNCOMPUTED = re.compile(
    rb"""<c\b(?![^>]*t="str")[^<>]*><f[^<>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>"""
)
_ERROR_CELL = re.compile(rb"""<c\b[^<>]*\bt=["']e["']""")
_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^<>]*\bdate1904=["'](?:1|true|on)["']""")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A visible worksheet: its title and rows of text, rows counted from the sheet's top.

    ``formulas`` are those whose result the workbook doesn't store, by row and column from 0.
    """

    title: str
    rows: list[list[str]]
    formulas: Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class WorkbookCells:
    """A workbook's visible worksheets; ``from_1904`` says which day a bare number counts from."""

    sheets: tuple[SheetCells, ...]
    from_1904: bool


@dataclass(frozen=True, slots=True)
class _Survey:
    """What an .xlsx holds: formulas without results, errors, days counted from 1904."""

    uncomputed: bool = False
    errors: bool = False
    from_1904: bool = False


def sheets_of(file: TableFile) -> list[tuple[str, list[list[str]]]]:
    """Return the visible worksheets as (title, rows of text), rows counted from the sheet's top.

    Numbers keep all their digits, whole ones without ``.0``; dates are ISO; formulas give the
    value that the workbook stores.

    Raises
    ------
    InputError
        If the workbook is damaged, protected by a password or unreasonably large, or holds
        formulas without their values.
    """
    survey = _survey(file)
    if survey.uncomputed:
        what = "the workbook holds formulas without their results."
        remedy = "Open it in a spreadsheet program and save it there, or save it as CSV."
        raise InputError(Finding(what, remedy, file.name))
    return [(sheet.title, sheet.rows) for sheet in _cells(file, survey)]


def workbook_of(file: TableFile) -> WorkbookCells:
    """Return what ``sheets_of`` does of a workbook in which formulas may lack their values.

    Raises
    ------
    InputError
        If the workbook is damaged, protected by a password or unreasonably large.
    """
    survey = _survey(file)
    return WorkbookCells(tuple(_cells(file, survey)), survey.from_1904)


def _cells(file: TableFile, survey: _Survey) -> list[SheetCells]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # The reader gives a blank for #REF! and the like, and for a formula without a result.
    errors = _cells_of_kind(file, "e") if survey.errors else {}
    formulas = _cells_of_kind(file, "f") if survey.uncomputed else {}
    sheets = []
    with _damage(file.name):
        # Not by its path: the reader would believe the file's ending.
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.path.read_bytes()))
        for sheet in workbook.sheets_metadata[:MAX_SHEETS]:
            if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            values = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            rows = _as_text(values)
            for (row, column), error in errors.get(sheet.name, {}).items():
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = error
            lacking = {
                place: formula
                for place, formula in formulas.get(sheet.name, {}).items()
                if not _text_at(rows, *place)
            }
            sheets.append(SheetCells(sheet.name, rows, lacking))
    return sheets


def _text_at(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


@contextmanager
def _book(file: TableFile, *, results: bool) -> Iterator[Workbook]:
    """Give an .xlsx open for reading, with its formulas' results or with the formulas.

    It is closed afterwards: the library by itself would keep the file, which Windows then can't
    move. Its remarks on what it can't draw (colors, drop-downs) are kept from the user.
    """
    import openpyxl

    with file.path.open("rb") as stream, warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        yield openpyxl.load_workbook(stream, read_only=True, data_only=results)


def _cells_of_kind(file: TableFile, kind: str) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells of an .xlsx that hold an error (``e``) or a formula (``f``), sheet by sheet.

    Each is its text by row and column from 0.
    """
    try:
        with _book(file, results=kind == "e") as book:
            return {
                sheet.title: {
                    (row, column): str(getattr(cell.value, "text", cell.value))
                    for row, cells in enumerate(sheet.iter_rows())
                    for column, cell in enumerate(cells)
                    if cell.data_type == kind
                }
                for sheet in book.worksheets
            }
    except (*DAMAGE, OSError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        holds = "spreadsheet errors such as #REF!" if kind == "e" else "formulas without results"
        what = f"cells hold {holds}, and it can't be told which."
        remedy = "Mend the formulas and save it again, or save it as CSV."
        raise InputError(Finding(what, remedy, file.name)) from error


def percent_cells(file: TableFile, title: str, positions: Sequence[int]) -> set[tuple[int, int]]:
    """Return (row, position) of the cells that an .xlsx shows as percent: 0.032 shown as 3.2%."""
    if not zipfile.is_zipfile(file.path):
        return set()
    wanted = frozenset(positions)
    try:
        with _book(file, results=True) as book:
            return {
                (number, position)
                for number, row in enumerate(book[title].iter_rows(), 1)
                for position, cell in enumerate(row)
                if position in wanted and "%" in (cell.number_format or "")
            }
    except (*DAMAGE, OSError, TypeError, AttributeError, IndexError, SyntaxError):
        # The formats are only a help: the figures themselves were read without them.
        return set()


def _as_text(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[cell if type(cell) is str else _cell_text(cell) for cell in row] for row in rows]


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _survey(file: TableFile) -> _Survey:
    """Return what an .xlsx holds that its cells' values don't show.

    A workbook whose far corner would make the reader fill memory with blanks is refused.
    """
    with open_bytes(file) as stream:
        content = stream.read(4)
        if content != b"PK\x03\x04":
            content += stream.read()
    if content != b"PK\x03\x04":
        if any(int.from_bytes(at, "little") >= _XLS_WIDTH for at in _OLD_CELL.findall(content)):
            what = "the workbook is damaged: it has cells beyond the last column of its format."
            raise InputError(Finding(what, "Save it as .xlsx or .csv.", file.name))
        return _Survey()
    if not zipfile.is_zipfile(file.path):
        what = "the workbook is damaged or not an Excel file."
        raise InputError(Finding(what, "Save it again as .xlsx or .csv.", file.name))
    parts = {member.filename.lower() for member in check_archive(file.path, file.name)}
    if "xl/workbook.xml" not in parts or parts & {"content.xml", "xl/workbook.bin"}:
        what = "the file is a zip, but no .xlsx workbook."
        raise InputError(Finding(what, "Save it as .xlsx or .csv.", file.name))
    found = _Survey()
    for rows, width, seen in _extents(file.path, file.name):
        if rows * width > MAX_CELLS:
            what = f"a sheet reaches over {rows:,} rows and {width:,} columns, too many to read."
            remedy = "Delete the stray cell far below or right of the table, or save it as CSV."
            raise InputError(Finding(what, remedy, file.name))
        found = _Survey(
            found.uncomputed or seen.uncomputed,
            found.errors or seen.errors,
            found.from_1904 or seen.from_1904,
        )
    return found


def _extents(path: Path, name: str) -> Iterator[tuple[int, int, _Survey]]:
    """Yield each part's last filled row and column, and what it holds."""
    with _damage(name), zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.filename.lower().endswith(".xml"):
                continue
            rows = columns = 0
            uncomputed = errors = from_1904 = False
            is_book = member.filename.lower() == "xl/workbook.xml"
            with archive.open(member) as stream:
                tail = b""
                while chunk := stream.read(_CHUNK):
                    for reference in set(_CELL.findall(tail + chunk)):
                        letters = reference.rstrip(b"0123456789")
                        rows = max(rows, int(reference[len(letters) :]))
                        columns = max(columns, _column_number(letters))
                    uncomputed = uncomputed or _UNCOMPUTED.search(tail + chunk) is not None
                    errors = errors or _ERROR_CELL.search(tail + chunk) is not None
                    if is_book:
                        from_1904 = from_1904 or _FROM_1904.search(tail + chunk) is not None
                    tail = chunk[-500:]
            yield rows, columns, _Survey(uncomputed, errors, from_1904)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


@contextmanager
def _damage(name: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        what = "the workbook is protected by a password."
        raise InputError(Finding(what, "Save a copy without it.", name)) from error
    except (CalamineError, OSError, *DAMAGE) as error:
        what = "the workbook is damaged or not an Excel file."
        raise InputError(Finding(what, "Save it again as .xlsx or .csv.", name)) from error
    except BaseException as error:
        # A damaged file can make the reader's Rust code panic; that class can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        what = "the workbook is damaged."
        raise InputError(Finding(what, "Save it again as .xlsx or .csv.", name)) from error
