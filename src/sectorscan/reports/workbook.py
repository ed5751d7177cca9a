"""The shortlist as an Excel workbook: values only, text as text, the same bytes every time."""

from __future__ import annotations

import datetime
import io

from sectorscan.reports.sheets import (
    cautions,
    indicators,
    ledger,
    method,
    robustness,
    shortlist,
    why,
)
from sectorscan.reports.sheets.grid import Book
from sectorscan.scan.model import Shortlist
from sectorscan.tables.bystanders import WORKBOOK_MARK

_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""A fixed date in the document's properties, so that bytes don't depend on the day."""

_SHEETS = (shortlist, why, indicators, robustness, ledger, method, cautions)
"""Their order is promised; a sheet appears once its content exists."""


def to_workbook(result: Shortlist) -> bytes:
    """Return the workbook's bytes (.xlsx)."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    title = shortlist.book_title(result)
    workbook.set_properties(
        {
            "title": title,
            "subject": "Sector shortlist",
            "category": WORKBOOK_MARK,
            "author": "",
            "created": _CREATED,
        }
    )
    book = Book(workbook, title)
    for sheet in _SHEETS:
        sheet.write(book, result)
    workbook.close()
    return buffer.getvalue()
