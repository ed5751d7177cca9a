"""Filled weights workbooks, as board members would send them back."""

import json
import warnings

import openpyxl

from sectorscan.sources.weight_forms import ANSWER_TITLES, ORDER_TITLE


def rows_by_key(sheet):
    """Return the row of each answer, and the titles' columns above it, by the answer's key."""
    found, columns = {}, {}
    for row in sheet.iter_rows():
        text = row[0].value
        if not isinstance(text, str) or not text.startswith("["):
            continue
        key = tuple(json.loads(text))
        if key == ("titles",):
            columns = {cell.value: cell.column for cell in row if cell.value}
        else:
            found[key] = (row[0].row, columns)
    return found


def fill(source, target, answers, *, formulas=False, change=None):
    """Write answers into a form: sheet name to {key: answer}, ("order", *key) for the order.

    openpyxl can't keep a formula's result: ``formulas`` keeps the formulas, else their results
    stay. ``change`` may do more to the workbook.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # data bars are beyond openpyxl
        book = openpyxl.load_workbook(source, data_only=not formulas)
    for name, given in answers.items():
        sheet = book[name]
        method = sheet["A1"].value.split()[-1]
        rows = rows_by_key(sheet)
        for key, answer in given.items():
            order = key[0] == "order"
            row, columns = rows[key[1:] if order else key]
            title = ORDER_TITLE if order else ANSWER_TITLES[method]
            sheet.cell(row, columns[title]).value = answer
    if change is not None:
        change(book)
    book.save(target)
    return target
