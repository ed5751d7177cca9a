"""Workbooks filled by script for three raters and read back; what is wrong has its cell."""

import datetime as dt
import random
import shutil
import zipfile

import openpyxl
import pytest
import xlsxwriter
from tests.readiness.filling import DAY, Book, write_blank

from sectorscan.errors import InputError
from sectorscan.readiness import layout, read_scorecards

RATERS = ("Rater A", "Rater B", "Rater C")


def signed(book, names=RATERS):
    for number, name in enumerate(names, start=1):
        book.sign(number, name)
    return book


def everything(book, questions, sector="332", levels=lambda q, k: 2):
    for question in questions:
        for k in (1, 2, 3):
            book.answer(sector, question, k, levels(question, k))
    return book


def test_three_raters_are_read_back(book, questions):
    chosen = {(q, k): (n + k) % 5 for n, q in enumerate(questions) for k in (1, 2, 3)}
    everything(signed(book), questions, levels=lambda q, k: chosen[q, k])
    book.cell("332", "early_win", 2, layout.LEVEL).value = "unknown"
    found = read_scorecards([book.save()], questions)
    assert found.raters == RATERS
    assert found.as_of == DAY
    metal = found.sectors["332"]
    assert (metal.title, metal.coverage) == ("Fabricated Metal", 1.0)
    for n, question in enumerate(questions):
        levels = [chosen[question, k] for k in (1, 2, 3) if (question, k) != ("early_win", 2)]
        answer = metal.answer(question)
        assert answer.level == sum(levels) / len(levels), n
        assert answer.discuss == (max(levels) - min(levels) >= 2)
    assert metal.score == pytest.approx(
        25 * sum(a.weight * a.level for a in metal.answers) / sum(a.weight for a in metal.answers)
    )
    assert found.sectors["621"].score is None
    assert found.inputs[0].rows == 27
    assert [f for f in found.findings if f.severity == "caution"] == []


def test_a_blank_workbook_says_nothing_and_has_no_problems(blank, questions):
    found = read_scorecards([blank], questions)
    assert set(found.sectors) == {"332", "621"}
    assert (found.raters, found.as_of, found.findings) == ((), None, ())
    assert found.agreement.why_not == "nobody has rated anything"


def test_a_workbook_each_is_the_same_as_one_for_all(tmp_path, questions):
    together = signed(Book.open(write_blank(tmp_path / "all.xlsx", questions)))
    everything(together, questions, levels=lambda q, k: k)
    paths = []
    for k, name in enumerate(RATERS, start=1):
        one = Book.open(write_blank(tmp_path / f"{k}.xlsx", questions, raters=("",)))
        one.sign(1, f" {name.upper() if k == 1 else name} ")
        for question in questions:
            one.answer("332", question, 1, k)
        paths.append(one.save())
    whole = read_scorecards([together.save()], questions)
    parts = read_scorecards(paths, questions)
    assert [r.casefold() for r in parts.raters] == [r.casefold() for r in whole.raters]
    assert parts.sectors["332"].score == whole.sectors["332"].score
    assert parts.agreement == whole.agreement
    random.Random(1).shuffle(paths)  # noqa: S311
    assert read_scorecards(paths, questions) == parts
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in paths:
        shutil.copy(path, folder)
    (folder / "notes.csv").write_text("a,b\n")
    assert read_scorecards([folder], questions) == parts


def test_a_row_of_ones_own_name_and_date_wins_over_the_first_sheet(book, questions):
    signed(book)
    book.answer("332", "champions", 1, 3)
    book.cell("332", "champions", 1, layout.NAME).value = "  Rater   D "
    book.cell("332", "champions", 1, layout.DATE).value = "November 3, 2026"
    rating = read_scorecards([book.save()], questions).sectors["332"].answer("champions").ratings[0]
    assert (rating.rater, rating.date) == ("Rater D", dt.date(2026, 11, 3))


def test_names_typed_in_several_ways_are_one_rater(book, questions):
    signed(book, ("Rater A", "rater  a", " RATER A"))
    book.answer("332", "champions", 1, 3).answer("332", "convener", 2, 3)
    book.answer("332", "outlook", 3, 3).answer("332", "early_win", 1, 3)
    assert read_scorecards([book.save()], questions).raters == ("Rater A",)


def test_a_later_answer_replaces_an_earlier_one(tmp_path, questions):
    def year(name, when, level):
        book = Book.open(write_blank(tmp_path / name, questions)).sign(1, "Rater A", when)
        return book.answer("332", "champions", 1, level).save()

    paths = [year("a.xlsx", dt.date(2025, 10, 1), 1), year("b.xlsx", dt.date(2026, 10, 1), 3)]
    for order in (paths, paths[::-1]):
        found = read_scorecards(order, questions)
        assert found.sectors["332"].answer("champions").level == 3
        assert "1 earlier rating was followed by a later one" in str(found.findings[-1])


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [("2027-10-01", False), ("2027-10-02", True), ("2026-10-01", False), ("2030-01-01", True)],
)
def test_older_than_twelve_months_is_stale_and_still_counts(book, questions, as_of, stale):
    signed(book).answer("332", "champions", 1, 3)
    found = read_scorecards([book.save()], questions, dt.date.fromisoformat(as_of))
    metal = found.sectors["332"]
    assert metal.answer("champions").stale is stale
    assert metal.stale_share == (0.2 if stale else 0.0)
    assert metal.score == 75


def test_a_leap_day_has_its_year(book, questions):
    book.sign(1, "Rater A", dt.date(2027, 2, 28)).answer("332", "champions", 1, 3)
    found = read_scorecards([book.save()], questions, dt.date(2028, 2, 29))
    assert not found.sectors["332"].answer("champions").stale


def test_who_could_convene_is_read(book, questions):
    sheet = book.sheet("332")
    sheet.cell(book.row(sheet, "convener:1"), 5).value = " The community\ncollege "
    assert read_scorecards([book.save()], questions).sectors["332"].conveners == (
        "The community college",
    )


def test_one_convener_is_spelt_alike_everywhere(book, questions):
    for sector, name in (("332", "n\u0303andu\u0301  chamber"), ("621", "Ñandú Chamber")):
        sheet = book.sheet(sector)
        sheet.cell(book.row(sheet, "convener:1"), 4).value = name
    found = read_scorecards([book.save()], questions).sectors
    assert found["332"].conveners == found["621"].conveners == ("Ñandú Chamber",)


def level_of(value):
    return lambda book: book.answer("332", "champions", 1, value)


def date_of(value):
    def change(book):
        book.answer("332", "champions", 1, 2)
        book.cell("332", "champions", 1, layout.DATE).value = value

    return change


def nameless(book):
    book.sign(1, None, DAY).answer("332", "champions", 1, 2)


def dateless(book):
    book.sign(1, "Rater A", None).answer("332", "champions", 1, 2)


def two_answers(book):
    book.sign(2, "Rater A").answer("332", "champions", 1, 2).answer("332", "champions", 2, 4)


def column_title_gone(book):
    sheet = book.sheet("332")
    sheet.cell(book.row(sheet, "columns:1"), 6).value = "Oops"


def marks_gone(book):
    book.sheet("332")["A2"].value = None


def many(book):
    level_of(7)(book)
    book.answer("621", "convener", 3, "high")
    date = book.cell("621", "convener", 3, layout.DATE)
    date.value = "soon"


CHAMPIONS = "332 Fabricated Metal!"
BAD = {
    "no such level": (level_of(7), [f"{CHAMPIONS}F24", "is no level", "'7'", "Choose 0, 1, 2"]),
    "half a level": (level_of(2.5), ["is no level", "'2.5'", "averaged afterwards"]),
    "a word": (level_of("high"), ["'high'"]),
    "two dates in one": (date_of("3/11/2026"), [f"{CHAMPIONS}H24", "could be two dates"]),
    "no date": (date_of("soon"), ["'soon'", "is no date that can be read", "2026-11-22"]),
    "an impossible date": (date_of("31.11.2026"), ["doesn't exist"]),
    "a year mistyped": (date_of(dt.date(2206, 11, 3)), ["in the year 2206"]),
    "nobody's name": (nameless, [f"{CHAMPIONS}E24", "without its rater", "Start here!C15"]),
    "no day": (dateless, [f"{CHAMPIONS}H24", "without its date", "Start here!D15"]),
    "two answers at once": (two_answers, ["Rater A gave two answers on 2026-10-01", "F25", "F24"]),
    "a column's title gone": (column_title_gone, [f"{CHAMPIONS}B23", "'Your level' is gone"]),
    "marks gone": (marks_gone, ["A1 to A3", "damaged"]),
    "all at once": (many, ["'7'", "'high'", f"{CHAMPIONS}F24", "'soon'", "621 Ambulatory"]),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_at_fault_is_said_with_its_cell(name, book, questions):
    change, words = BAD[name]
    signed(book)
    change(book)
    with pytest.raises(InputError) as caught:
        read_scorecards([book.save()], questions)
    for word in words:
        assert word in str(caught.value)
    assert "card.xlsx: " in str(caught.value)


def evidence_alone(book):
    book.cell("332", "champions", 2, layout.EVIDENCE).value = "They meet every month"


def level_alone(book):
    book.answer("332", "champions", 1, 3, None)


def sheet_deleted(book):
    book.book.remove(book.sheet("621"))


def sheet_hidden(book):
    book.sheet("621").sheet_state = "hidden"


def sheet_copied(book):
    copy = book.book.copy_worksheet(book.sheet("332"))
    copy.title = "Copy"


def rows_deleted(book):
    sheet = book.sheet("332")
    for k in (1, 2, 3):
        sheet.cell(book.row(sheet, f"rating:{k}:outlook"), 1).value = None


def stranger(book):
    sheet = book.sheet("332")
    sheet.cell(book.row(sheet, "rating:1:outlook"), 1).value = "rating:1:outlok"


HALF_FILLED = {
    "evidence alone": (evidence_alone, ["evidence without a level", "F25"]),
    "level alone": (level_alone, ["a level without evidence", "G24"]),
    "sheet deleted": (sheet_deleted, ["the sheet of sector 621 is gone or hidden"]),
    "sheet hidden": (sheet_hidden, ["the sheet of sector 621 is gone or hidden"]),
    "sheet copied": (sheet_copied, ["2 sheets are of sector 332", "Copy"]),
    "rows deleted": (rows_deleted, ["there are no rows for 'Outlook for growth and community'"]),
    "a question unknown": (stranger, ["'outlok' isn't in the config", "Did you mean 'outlook'?"]),
}


@pytest.mark.parametrize("name", HALF_FILLED)
def test_what_is_missing_is_said_and_stops_nothing(name, book, questions):
    change, words = HALF_FILLED[name]
    signed(book).answer("332", "convener", 1, 2)
    change(book)
    found = read_scorecards([book.save()], questions)
    said = " ".join(str(f) for f in found.findings if f.severity == "caution")
    for word in words:
        assert word in said
    assert found.sectors["332"].answer("convener").level == 2


def test_a_renamed_sheet_and_one_of_ones_own_do_no_harm(book, questions):
    signed(book).answer("332", "convener", 1, 2)
    book.sheet("332").title = "Metal!"
    book.book.create_sheet("My notes")
    found = read_scorecards([book.save()], questions)
    assert found.sectors["332"].answer("convener").level == 2
    assert found.sectors["332"].answer("convener").ratings[0].place == "card.xlsx: Metal!!F57"
    assert [f.severity for f in found.findings] == ["note"]


def test_a_weight_that_has_changed_since_is_said(book, questions):
    heavier = dict(questions)
    heavier["outlook"] = questions["outlook"].model_copy(update={"weight": 50.0})
    signed(book).answer("332", "outlook", 1, 4).answer("332", "champions", 1, 0)
    found = read_scorecards([book.save()], heavier)
    assert found.sectors["332"].score == pytest.approx(100 * 50 / 70)
    assert "weighs 5 in the sheet's own score, and 50 in the config" in str(found.findings[0])


def plain_workbook(path):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Jobs").write(0, 0, "region")


def huge(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("332")
        sheet.write(0, 0, "sectorscan scorecard 1")
        sheet.write(1048575, 16383, "far away")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (300 << 20))


FILES = {
    "no scorecard": ("a.xlsx", plain_workbook, "no readiness scorecard"),
    "far corner": ("a.xlsx", huge, "too many to read"),
    "bomb": ("a.xlsx", bomb, "unpacks"),
    "junk": ("a.xlsx", lambda path: path.write_bytes(b"PK\x03\x04junk"), "damaged"),
    "text": ("a.xlsx", lambda path: path.write_text("champions: 3"), "damaged or not an Excel"),
    "empty": ("a.xlsx", lambda path: path.write_bytes(b""), "damaged or not an Excel"),
    "a table": ("a.csv", lambda path: path.write_text("a,b\n1,2\n"), "this is no scorecard"),
    "other program": ("a.ods", lambda path: path.write_bytes(b"x"), "Save it as .xlsx"),
    "absent": ("a.xlsx", lambda path: None, "there is no file or folder"),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_and_other_files(name, tmp_path, questions):
    file, make, words = FILES[name]
    make(tmp_path / file)
    with pytest.raises(InputError, match=words):
        read_scorecards([tmp_path / file], questions)


def test_every_workbook_s_problems_are_said_together(tmp_path, questions):
    plain_workbook(tmp_path / "a.xlsx")
    book = signed(Book.open(write_blank(tmp_path / "b.xlsx", questions)))
    level_of(9)(book)
    book.save()
    with pytest.raises(InputError) as caught:
        read_scorecards([tmp_path / "a.xlsx", tmp_path / "b.xlsx"], questions)
    assert len(caught.value.findings) == 2


def test_files_of_one_name_are_told_apart(tmp_path, questions):
    paths = []
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        book = signed(Book.open(write_blank(tmp_path / folder / "card.xlsx", questions)))
        book.answer("332", "champions", 1, 2 if folder == "north" else 4)
        paths.append(book.save())
    with pytest.raises(InputError, match=r"in south/card.xlsx: 332 Fabricated Metal!F24") as caught:
        read_scorecards(paths, questions)
    assert "north/card.xlsx: 332 Fabricated Metal!F24" in str(caught.value)


def test_formulas_errors_and_markup_in_cells_are_only_text(book, questions):
    signed(book, ("=HYPERLINK(1)", "<b>Rater</b>", "\u202eretaR"))
    start = book.book[layout.START]
    start.cell(book.row(start, "rater:1"), 3).data_type = "s"
    for k in (1, 2, 3):
        book.answer("332", "champions", k, k, "'=cmd|' /C calc'!A0\nsecond <script>")
    found = read_scorecards([book.save()], questions)
    answer = found.sectors["332"].answer("champions")
    assert {"=HYPERLINK(1)", "<b>Rater</b>"} <= set(found.raters)
    assert "retaR" in found.raters
    assert all("\n" not in rating.evidence for rating in answer.ratings)
    assert answer.level == 2


def test_openpyxl_sees_the_same_workbook_after_saving(book, questions):
    signed(book).answer("332", "champions", 1, 2)
    again = openpyxl.load_workbook(book.save())
    assert [sheet.title for sheet in again.worksheets] == [
        layout.START, "332 Fabricated Metal", "621 Ambulatory Health Care",
    ]  # fmt: skip
