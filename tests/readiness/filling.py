"""Filling a blank scorecard as people do: by cells, whatever their place."""

import datetime as dt
from dataclasses import dataclass

import openpyxl

from sectorscan.readiness import layout
from sectorscan.reports.scorecard.blank import blank_scorecard
from sectorscan.reports.scorecard.looks import Blank, BlankSheet

DAY = dt.date(2026, 10, 1)
TITLES = {"332": "Fabricated Metal", "621": "Ambulatory Health Care"}


def write_blank(path, questions, sectors=("332", "621"), raters=("", "", ""), **more):
    sheets = tuple(BlankSheet(one, TITLES.get(one, one)) for one in sectors)
    path.write_bytes(blank_scorecard(Blank("Toy region", sheets, questions, raters, **more)))
    return path


@dataclass
class Book:
    """A workbook that is being filled in."""

    path: object
    book: openpyxl.Workbook

    @classmethod
    def open(cls, path):
        return cls(path, openpyxl.load_workbook(path))

    def sheet(self, sector):
        for sheet in self.book.worksheets:
            if sheet["A2"].value == f"sector:{sector}":
                return sheet
        raise AssertionError(sector)

    def row(self, sheet, mark):
        return next(row[0].row for row in sheet.iter_rows() if row[0].value == mark)

    def cell(self, sector, question, rater, column):
        """Return the cell of a rater's answer: column is a title such as Evidence."""
        sheet = self.sheet(sector)
        row = self.row(sheet, f"rating:{rater}:{question}")
        for cells in sheet.iter_rows(max_row=row):
            if str(cells[0].value).startswith("columns:"):
                columns = {cell.value: cell.column for cell in cells}
        return sheet.cell(row, columns[column])

    def sign(self, rater, name, date=DAY):
        sheet = self.book[layout.START]
        row = self.row(sheet, f"rater:{rater}")
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = name, date
        return self

    def answer(self, sector, question, rater, level, evidence="Minutes of 3 March"):
        self.cell(sector, question, rater, layout.LEVEL).value = level
        self.cell(sector, question, rater, layout.EVIDENCE).value = evidence
        return self

    def save(self, path=None):
        self.book.save(path or self.path)
        return path or self.path
