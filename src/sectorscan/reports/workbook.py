"""The shortlist as an Excel workbook: live formulas, text as text, the same bytes every time."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

from sectorscan.reports.dates import UNKNOWN, document_date
from sectorscan.reports.sheets import (
    cautions,
    charts,
    indicators,
    ledger,
    method,
    plan,
    robustness,
    scores,
    shortlist,
    weights,
    why,
)
from sectorscan.reports.sheets.grid import Book
from sectorscan.reports.sheets.layout import Layout
from sectorscan.scan.model import Shortlist
from sectorscan.tables.bystanders import WORKBOOK_MARK


def to_workbook(result: Shortlist) -> bytes:
    """Return the workbook's bytes (.xlsx)."""
    layout = Layout(result)

    def sheets(book: Book) -> None:
        # Their order is promised; a sheet appears once its content exists.
        shortlist.write(book, layout)
        why.write(book, layout)
        plan.write(book, layout)
        if layout.candidates:
            weights.write(book, layout)
            scores.write(book, layout)
            indicators.write(book, layout)
            charts.write(book, layout)
        robustness.write(book, layout)
        ledger.write(book, layout)
        method.write(book, result)
        cautions.write(book, result)

    end = result.ranking.indicators.panel.end
    title, created = shortlist.book_title(result), document_date(end)
    return book_bytes(title, "Sector shortlist", sheets, created=created)


def book_bytes(
    title: str,
    subject: str,
    sheets: Callable[[Book], None],
    *,
    lean: bool = False,
    created: datetime.datetime = UNKNOWN,
) -> bytes:
    """Return the bytes of a workbook of ours, filled by ``sheets``.

    ``created`` is the time that its properties give. ``lean`` lets each row go once it is written:
    sheets and rows must then come in order.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    kept = "constant_memory" if lean else "in_memory"
    options = {kept: True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties(
        {
            "title": title,
            "subject": subject,
            "category": WORKBOOK_MARK,
            "author": "",
            "created": created,
        }
    )
    sheets(Book(workbook, title))
    workbook.close()
    return buffer.getvalue()
