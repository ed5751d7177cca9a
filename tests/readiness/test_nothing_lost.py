"""What raters wrote where no one looks: said with its cell, never lost, never read as another."""

import datetime as dt
import os

import openpyxl
import pytest
import xlsxwriter
from tests.readiness.filling import DAY, Book, write_blank
from tests.readiness.test_reading import signed

from sectorscan.config.loader import load_config
from sectorscan.errors import InputError
from sectorscan.readiness import layout, read_scorecards


def said(found, severity="caution"):
    return [str(one) for one in found.findings if one.severity == severity]


def refused(book, questions):
    with pytest.raises(InputError) as caught:
        read_scorecards([book.save()], questions)
    return [str(one) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("column", "formula", "cell"),
    [
        (layout.LEVEL, "=3", "F24"),
        (layout.LEVEL, "=1+2", "F24"),
        (layout.NAME, "='Start here'!C16", "E24"),
        (layout.DATE, "=TODAY()", "H24"),
    ],
)
def test_a_formula_without_its_result_is_no_blank(book, questions, column, formula, cell):
    signed(book).answer("332", "champions", 1, 2, None)
    book.cell("332", "champions", 1, column).value = formula
    (problem,) = refused(book, questions)
    assert f"332 Fabricated Metal!{cell}" in problem
    assert "this formula has no result" in problem
    assert repr(formula) in problem or formula in problem


def test_evidence_that_is_a_formula_is_kept_as_it_was_typed(book, questions):
    signed(book).answer("332", "champions", 1, 2, "=5 firms agreed")
    found = read_scorecards([book.save()], questions)
    (rating,) = found.sectors["332"].answer("champions").ratings
    assert rating.evidence == "=5 firms agreed"


def test_a_spreadsheet_s_error_is_nobody_s_name_and_no_evidence(book, questions):
    signed(book).answer("332", "champions", 1, 2, "#REF!")
    assert "G24: there is a level without evidence" in said(
        read_scorecards([book.save()], questions)
    )[0]  # fmt: skip
    book.cell("332", "champions", 1, layout.NAME).value = "#REF!"
    assert "E24: this is a spreadsheet's error (found '#REF!')" in refused(book, questions)[0]
    book.cell("332", "champions", 1, layout.NAME).value = None
    start = book.book[layout.START]
    start.cell(book.row(start, "rater:1"), 3).value = "#N/A"
    assert "Start here!C15: this is a spreadsheet's error" in refused(book, questions)[0]


def own_row(book, row, **written):
    sheet = book.sheet("332")
    for column, value in written.items():
        sheet[f"{column}{row}"].value = value


@pytest.mark.parametrize("inserted", [True, False])
def test_an_answer_in_a_row_of_ones_own_is_told(book, questions, inserted):
    """A fourth rater writes below the third, in a row inserted for it or left blank."""
    signed(book).answer("332", "champions", 1, 2)
    if inserted:
        book.sheet("332").insert_rows(27)
    own_row(book, 27, E="Rater D", F=4, G="Seen", H=DAY)
    (problem,) = refused(book, questions)
    assert "332 Fabricated Metal!F27: this stands in the column 'Your level'" in problem
    assert "no rater's (found '4')" in problem


def test_evidence_that_runs_over_is_told(book, questions):
    signed(book).answer("332", "champions", 1, 2)
    own_row(book, 27, G="and five more firms")
    assert "G27: this stands in the column 'Evidence'" in said(
        read_scorecards([book.save()], questions)
    )[0]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.insert_cols(1),
        lambda sheet: sheet.insert_rows(1),
        lambda sheet: sheet.delete_cols(1),
    ],
    ids=["a column before it", "a row above it", "its marks deleted"],
)
def test_a_sheet_whose_marks_have_moved_stops(book, questions, change):
    signed(book).answer("332", "champions", 1, 2)
    change(book.sheet("332"))
    problems = refused(book, questions)
    assert "332 Fabricated Metal: the marks in cells A1 to A3" in problems[0]
    assert "gone or hidden" in problems[1]


def test_a_column_between_others_does_no_harm(book, questions):
    signed(book).answer("332", "champions", 1, 2)
    book.sheet("332").insert_cols(5)
    found = read_scorecards([book.save()], questions)
    assert found.sectors["332"].answer("champions").level == 2


def test_without_the_first_sheet_nobody_knows_what_else_is_gone(book, questions):
    book.answer("332", "champions", 1, 2)
    book.cell("332", "champions", 1, layout.NAME).value = "Rater A"
    book.cell("332", "champions", 1, layout.DATE).value = DAY
    book.sheet("621").sheet_state = "hidden"
    del book.book[layout.START]
    (caution,) = said(read_scorecards([book.save()], questions))
    assert "the sheet 'Start here' is gone or hidden" in caution


def test_column_titles_in_capitals_are_the_same_columns(book, questions):
    signed(book).answer("332", "champions", 1, 2)
    for cell in (cell for row in book.sheet("332").iter_rows() for cell in row):
        if cell.value in layout.TITLES:
            cell.value = f" {cell.value.upper()}"
    found = read_scorecards([book.save()], questions)
    assert found.sectors["332"].answer("champions").level == 2
    assert said(found) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jos\u00e9 O'Hara", "Jose\u0301 O\u2019Hara"),
        ("Mary-Ann B", "mary\u2010ann\u00a0B"),
        ("Rater B", "Rat\u200ber B\u202e"),
    ],
)
def test_one_name_however_it_is_encoded(tmp_path, questions, one, other):
    paths = []
    for number, name in enumerate((one, other)):
        card = Book.open(write_blank(tmp_path / f"{number}.xlsx", questions))
        card.sign(1, name, dt.date(2026, 1, 1 + number)).answer("332", "champions", 1, number)
        paths.append(card.save())
    found = read_scorecards(paths, questions)
    assert len(found.raters) == 1
    assert found.sectors["332"].answer("champions").level == 1


@pytest.mark.parametrize("text", ["none", "Unknown", "n/a", "?", "-", "Nobody.", "#REF!"])
def test_nobody_is_no_convener(book, questions, text):
    sheet = book.sheet("332")
    sheet.cell(book.row(sheet, "convener:1"), 5).value = text
    assert read_scorecards([book.save()], questions).sectors["332"].conveners == ()


def test_evidence_too_long_to_keep_is_told(book, questions):
    signed(book).answer("332", "champions", 1, 2, "x" * 10_000)
    found = read_scorecards([book.save()], questions)
    (caution,) = said(found)
    assert "G24: the evidence has 10,000 characters; 2,000 are kept" in caution


@pytest.mark.parametrize("from_1904", [True, False])
def test_a_bare_number_counts_from_the_workbook_s_own_day(tmp_path, questions, from_1904):
    """Workbooks from old Macs count days from 1904, four years and a day later."""
    book = Book.open(write_blank(tmp_path / "card.xlsx", questions))
    signed(book).answer("332", "champions", 1, 2)
    day_zero = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    path = tmp_path / "exported.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": from_1904}) as exported:
        for sheet in openpyxl.load_workbook(book.save(), data_only=True).worksheets:
            copy = exported.add_worksheet(sheet.title)
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                value = cell.value
                if isinstance(value, dt.datetime):
                    value = (value.date() - day_zero).days
                if value is not None:
                    copy.write(cell.row - 1, cell.column - 1, value)
    found = read_scorecards([path], questions)
    assert found.as_of == DAY
    assert found.sectors["332"].answer("champions").level == 2


def test_a_year_mistyped_far_ahead_is_told_where_no_day_is_given(book, questions):
    signed(book).answer("332", "champions", 1, 2).answer("332", "convener", 2, 2)
    book.cell("332", "champions", 1, layout.DATE).value = dt.date(2062, 10, 1)
    path = book.save()
    (caution,) = said(read_scorecards([path], questions))
    assert "F24: the rating is of 2062-10-01; all others are of 2026-10-01 or before" in caution
    assert "Is the year right?" in caution
    (caution,) = said(read_scorecards([path], questions, DAY))
    assert "after 2026-10-01" in caution


def changed(tmp_path, text):
    path = tmp_path / "other.yaml"
    path.write_text(text)
    return load_config(path).config.scorecard


def test_ratings_given_under_other_words_are_told_once(book, questions, tmp_path):
    signed(book).answer("332", "outlook", 1, 3).answer("621", "outlook", 1, 3)
    path = book.save()
    assert said(read_scorecards([path], questions)) == []
    others = changed(tmp_path, 'scorecard: {outlook: {levels: {"3": Other words., "4": Best.}}}')
    (caution,) = said(read_scorecards([path], others))
    assert "card.xlsx: 332 Fabricated Metal, 621 Ambulatory Health Care: levels 3, 4" in caution
    assert "'Outlook for growth and community' are described in other words" in caution


def test_what_every_sheet_lacks_is_told_once(book, questions, tmp_path):
    signed(book).answer("332", "outlook", 1, 3)
    renamed = changed(tmp_path, "scorecard: {outlook: null, convener: {weight: 30}}")
    found = read_scorecards([book.save()], renamed)
    (caution,) = said(found)
    assert "332 Fabricated Metal, 621 Ambulatory Health Care: the question 'outlook'" in caution
    (note,) = said(found, "note")
    assert "'Convener' weighs 15 in the sheet's own score, and 30 in the config" in note


def test_problems_come_in_the_order_of_files_sheets_and_cells(book, questions):
    signed(book, ("Rater A", "Rater A", "Rater C"))
    for question in ("early_win", "champions"):
        book.answer("332", question, 1, 1).answer("332", question, 2, 4)
    book.answer("621", "champions", 3, 9)
    book.answer("332", "convener", 3, 2, None)
    problems = refused(book, questions)
    assert [problem.partition(": this")[0].partition(": Rater")[0] for problem in problems] == [
        "card.xlsx: 332 Fabricated Metal!F24",
        "card.xlsx: 332 Fabricated Metal!F112",
        "card.xlsx: 621 Ambulatory Health Care!F26",
        "card.xlsx: 332 Fabricated Metal!G59: there is a level without evidence. "
        "Write what it rests on: names, dates, documents.",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_not_proposed_in_its_own_place(book, questions):
    path = signed(book).save()
    (path.parent / "card2.xlsx").symlink_to(path.parent / "moved away.xlsx")
    with pytest.raises(InputError) as caught:
        read_scorecards([path.parent], questions)
    assert "card2.xlsx'. Check the path. Did you mean 'card.xlsx'?" in str(caught.value)
