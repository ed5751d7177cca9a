"""Formulas are written as they are, faster than XlsxWriter writes them and no otherwise."""

from xlsxwriter.worksheet import Worksheet

from sectorscan.reports.sheets import grid
from sectorscan.reports.workbook import to_workbook


def test_formulas_are_what_xlsxwriter_itself_would_write(sample, monkeypatch):
    ours = to_workbook(sample)
    monkeypatch.setattr(grid, "sheet_class", lambda: Worksheet)
    assert to_workbook(sample) == ours
