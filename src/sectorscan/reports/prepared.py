"""Prepared tables as CSV: figures in full, the same bytes for the same figures."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as UTF-8 CSV with a byte order mark, as Excel wants it; blank is missing.

    Whole numbers have no decimal point; others are the shortest text that reads back as the same.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    columns = [_texts(frame[name]) for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _texts(column: pd.Series) -> list[str]:
    cells = column.tolist()
    if column.dtype == np.float64:
        return [_number(cell) for cell in cells]
    return [_number(cell) if isinstance(cell, float) else str(cell) for cell in cells]


def _number(cell: float) -> str:
    if cell != cell:
        return ""
    return str(int(cell)) if cell.is_integer() else repr(cell)
