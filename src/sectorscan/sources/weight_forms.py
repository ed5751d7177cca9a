"""Weights workbooks that board members have filled in: their answers, with the cells they stand in.

Which rows are answers is told by the first column, which the form hides: a JSON list such as
``["group", "growth"]``, ``["criterion", "pay_vs_region"]`` or ``["pair", "group:growth",
"group:scale"]``. The answers' column is found by its title, so a form in which rows or columns were
moved is read still.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from sectorscan.errors import Finding, InputError
from sectorscan.tables.files import EXCEL_ENDINGS, TableFile, expand, shown
from sectorscan.tables.sheets import format_of

Method = Literal["points", "swing", "ahp"]
Key = tuple[str, ...]

MARK = "sectorscan-weights/1"
"""The first cell of each member's sheet, before the method's name."""
ANSWER_TITLES: Mapping[Method, str] = {
    "points": "Your points",
    "swing": "Worth, 0 to 100",
    "ahp": "Which matters more, and how much?",
}
ORDER_TITLE = "Your order"
"""In a swing form: which swing comes first, second ..."""
NAME_PROMPT = "Your name (type it in the next cell)"
LONGEST_NAME = 100
MEMBER: Key = ("member",)
TITLES: Key = ("titles",)
"""The row with the titles above answers."""

_LEVELS = ("", "moderately", "", "strongly", "", "very strongly", "", "extremely")
EQUAL = "1: both alike"
COMPARED: Mapping[str, float] = {
    **{
        f"Left, {level}{f': {word} more' if word else ''}": float(level)
        for level, word in reversed(list(enumerate(_LEVELS, 2)))
    },
    EQUAL: 1.0,
    **{
        f"Right, {level}{f': {word} more' if word else ''}": 1 / level
        for level, word in enumerate(_LEVELS, 2)
    },
}
"""The answers to a comparison, and how many times as important the left one then is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in an answer's cell: its text, ``""`` where it is blank, and the cell's name."""

    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class Form:
    """One member's sheet. ``order`` are the answers of the column of that name, by the same keys.

    ``member`` is the name typed in, else the file's and the sheet's.
    """

    file: str
    sheet: str
    method: Method
    member: str
    answers: Mapping[Key, Answer]
    order: Mapping[Key, Answer] = field(default_factory=dict)

    def finding(self, what: str, remedy: str, cell: str = "", value: str | None = None,
                severity: Literal["error", "caution", "note"] = "error") -> Finding:  # fmt: skip
        """Return a finding at a cell of this sheet."""
        seen = None if value is None else shown(value)[:60]
        place = place_of(self.file, self.sheet, cell)
        return Finding(what, remedy, place, value=seen, severity=severity)


def place_of(file: str, sheet: str, cell: str = "") -> str:
    """Return where something stands as messages name it."""
    return f"{file}, sheet {shown(sheet)}" + (f", cell {cell}" if cell else "")


def read_forms(paths: Sequence[Path]) -> tuple[Form, ...]:
    """Return every member's sheet of the workbooks, in the order of the files and their sheets.

    Folders stand for the workbooks in them; other tables in a folder are passed over.

    Raises
    ------
    InputError
        With everything that keeps a file or a sheet from being read.
    """
    problems: list[Finding] = []
    forms: list[Form] = []
    named = {path.resolve() for path in paths if path.is_file()}
    for file in expand(paths):
        if file.path.resolve() not in named and file.ending not in EXCEL_ENDINGS:
            continue
        try:
            forms += _forms_of(file, problems)
        except InputError as error:
            problems += error.findings
    if not forms and not problems:
        remedy = "Make a form with: sectorscan weights new --out weights.xlsx."
        problems.append(Finding("no workbook was found.", remedy))
    if problems:
        raise InputError(problems)
    return tuple(forms)


def _forms_of(file: TableFile, problems: list[Finding]) -> list[Form]:
    if file.member is not None or format_of(file) != "excel":
        what = "this is no workbook."
        raise InputError(Finding(what, "Give the filled weights workbook (.xlsx).", file.name))
    from sectorscan.tables.excel import sheets_of

    sheets = sheets_of(file)
    marked = [(title, rows) for title, rows in sheets if _mark(rows)]
    stripped = [
        title
        for title, rows in sheets
        if not _mark(rows) and any(NAME_PROMPT in row for row in rows)
    ]
    for title in stripped:
        what = "the sheet is a weights form without its hidden first column or row."
        remedy = "Its answers would be lost: copy them into a new form, or take the sheet away."
        problems.append(Finding(what, remedy, place_of(file.name, title)))
    if not marked and not stripped:
        what = "no sheet of this workbook is a weights form (its hidden first column tells)."
        remedy = (
            "Give a workbook that 'sectorscan weights new' made, its hidden column and sheets kept."
        )
        problems.append(Finding(what, remedy, file.name))
    forms = [_form(file.name, title, rows, problems) for title, rows in marked]
    return [form for form in forms if form is not None]


def _mark(rows: Sequence[Sequence[str]]) -> str:
    first = rows[0][0].strip() if rows and rows[0] else ""
    return first if first.startswith("sectorscan-weights/") else ""


def _form(
    file: str, sheet: str, rows: Sequence[Sequence[str]], problems: list[Finding]
) -> Form | None:
    mark, _, named = _mark(rows).partition(" ")
    method: Method | None = next((one for one in get_args(Method) if one == named), None)
    if mark != MARK or method is None:
        what = "the form is of another version of sectorscan."
        remedy = "Read it with that version, or make a new form."
        problems.append(Finding(what, remedy, place_of(file, sheet)))
        return None
    answers: dict[Key, Answer] = {}
    order: dict[Key, Answer] = {}
    member = ""
    places: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        key = _key(row[0]) if row else None
        if key is None:
            continue
        if key == MEMBER:
            typed = next((cell for cell in row[2:] if cell.strip()), "")
            member = " ".join(typed[:LONGEST_NAME].split())
        elif key == TITLES:
            places = {" ".join(cell.split()): place for place, cell in enumerate(row)}
        elif ANSWER_TITLES[method] not in places:
            what = f"no column above this row is titled {ANSWER_TITLES[method]!r}."
            remedy = "Write the title again, or make a new form."
            problems.append(Finding(what, remedy, place_of(file, sheet, f"A{number}")))
        elif key in answers:
            what = f"row {number} asks for {key[-1]!r} a second time."
            remedy = "Delete the copied row."
            problems.append(Finding(what, remedy, place_of(file, sheet, f"A{number}")))
        else:
            answers[key] = _answer(row, number, places[ANSWER_TITLES[method]])
            if ORDER_TITLE in places:
                order[key] = _answer(row, number, places[ORDER_TITLE])
    return Form(file, sheet, method, member or f"{file}, {sheet}", answers, order)


def _key(cell: str) -> Key | None:
    """Return the first column's list, None where it holds none."""
    if not cell.startswith("[") or len(cell) > 2_000:
        return None
    try:
        parts = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(parts, list) and parts and all(isinstance(part, str) for part in parts)
    return tuple(parts) if whole else None


def _answer(row: Sequence[str], number: int, place: int) -> Answer:
    text = row[place].strip() if place < len(row) else ""
    return Answer(text, f"{column_letters(place)}{number}")


def column_letters(place: int) -> str:
    """Return a column's letters from its place, 0 for A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
