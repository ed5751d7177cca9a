"""Which scorecards nobody misses: blanks made from the synthetic sample, with no answer in them."""

from __future__ import annotations

from pathlib import Path

from sectorscan.errors import InputError
from sectorscan.readiness import layout
from sectorscan.readiness.workbook import FILLED_IN, Sheet
from sectorscan.tables.excel import workbook_of
from sectorscan.tables.files import TableFile

ANSWER = (layout.LEVEL, layout.EVIDENCE)


def is_untouched_sample(path: Path) -> bool:
    """Return whether a file is a scorecard of the sample in which nobody has written an answer.

    Whatever can't be read for certain counts as written in.
    """
    try:
        found = workbook_of(TableFile(path, None, path.name))
    except (InputError, OSError):
        return False
    sheets = [Sheet(path.name, one.title, one.rows, one.formulas) for one in found.sheets]
    return bool(sheets) and all(sheet.is_synthetic and _is_blank(sheet) for sheet in sheets)


def _is_blank(sheet: Sheet) -> bool:
    """Return whether no row has a level or evidence, and nobody is named to convene."""
    columns: dict[str, int] = {}
    for row in range(len(sheet.rows)):
        mark = sheet.text(row, 0)
        if layout.parts(mark, layout.COLUMNS):
            columns = sheet.columns(row)
        elif layout.parts(mark, layout.CONVENER):
            if sum(bool(text.strip()) for text in sheet.rows[row][1:]) > 1:
                return False
        elif layout.parts(mark, layout.RATING, 2) and not set(FILLED_IN) <= set(columns):
            return False
        if any(_is_written(sheet, row, columns.get(name)) for name in ANSWER):
            return False
    return True


def _is_written(sheet: Sheet, row: int, column: int | None) -> bool:
    """Return whether a cell below the titles holds anything."""
    if column is None or layout.parts(sheet.text(row, 0), layout.COLUMNS):
        return False
    cell = sheet.cell(row, column)
    return bool(cell.text or cell.formula)
