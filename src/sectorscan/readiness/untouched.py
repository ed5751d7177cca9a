"""Which scorecards nobody misses: blanks made from the synthetic sample, with no answer in them."""

from __future__ import annotations

from pathlib import Path

from sectorscan.errors import InputError
from sectorscan.readiness import layout
from sectorscan.readiness.sheets import FILLED_IN, Sheet
from sectorscan.tables.excel import sheets_of
from sectorscan.tables.files import TableFile


def is_untouched_sample(path: Path) -> bool:
    """Return whether a file is a scorecard of the sample in which nobody has written an answer.

    Whatever can't be read for certain counts as written in.
    """
    try:
        found = sheets_of(TableFile(path, None, path.name), uncomputed_ok=True)
        sheets = [Sheet(path.name, *one) for one in found]
    except (InputError, OSError):
        return False
    return bool(sheets) and all(sheet.is_synthetic and _is_blank(sheet) for sheet in sheets)


def _is_blank(sheet: Sheet) -> bool:
    """Return whether no rater's row has a level or evidence, and nobody is named to convene."""
    columns: dict[str, int] = {}
    for row, mark in sheet.marks():
        if layout.parts(mark, layout.COLUMNS):
            columns = sheet.columns(row)
        elif layout.parts(mark, layout.CONVENER):
            if sum(bool(text.strip()) for text in sheet.rows[row][1:]) > 1:
                return False
        elif layout.parts(mark, layout.RATING, 2):
            if len(columns) < len(FILLED_IN):
                return False
            if any(sheet.text(row, columns[name]) for name in (layout.LEVEL, layout.EVIDENCE)):
                return False
    return True
