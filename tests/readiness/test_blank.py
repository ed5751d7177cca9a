"""The blank workbook: a drop-down and a sentence for each level, live scores, the same bytes."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from tests.readiness.filling import Book, write_blank

from sectorscan.config.scorecard import QuestionConfig
from sectorscan.readiness import layout, read_scorecards
from sectorscan.reports.scorecard.blank import blank_scorecard
from sectorscan.reports.scorecard.looks import Blank, BlankSheet


def cells_of(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_level_s_sentence_stands_beside_its_cells(book, questions):
    sheet = book.sheet("332")
    for question, asked in questions.items():
        first = book.row(sheet, f"rating:1:{question}")
        shown = [sheet.cell(first + level, 3).value for level in range(5)]
        assert shown == list(asked.texts)
        assert [sheet.cell(first + level, 2).value for level in range(5)] == [0, 1, 2, 3, 4]
        assert sheet.cell(first + 5, 2).value == "unknown"
        texts = [str(cell.value) for cell in cells_of(sheet)]
        for text in (asked.question, asked.evidence, asked.ask):
            assert any(text in shown for shown in texts)


def test_every_cell_to_fill_in_has_its_list_and_message(book, questions):
    sheet = book.sheet("332")
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    covered = {str(one.sqref) for one in lists}
    wanted = {book.cell("332", q, k, layout.LEVEL).coordinate for q in questions for k in (1, 2, 3)}
    assert covered == wanted
    for one in lists:
        assert one.formula1 == '"0,1,2,3,4,unknown"'
        assert len(one.promptTitle) <= 32
        assert "not 0" in one.prompt
        assert len(one.prompt) <= 255
    dates = {str(v.sqref) for v in sheet.data_validations.dataValidation if v.type == "date"}
    assert dates == {
        book.cell("332", q, k, layout.DATE).coordinate for q in questions for k in (1, 2, 3)
    }


def test_only_the_cells_to_fill_in_are_unlocked(book, questions):
    sheet = book.sheet("332")
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    open_ones = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    wanted = {
        book.cell("332", question, rater, column).coordinate
        for question in questions
        for rater in (1, 2, 3)
        for column in (layout.LEVEL, layout.EVIDENCE, layout.NAME, layout.DATE)
    }
    assert wanted <= open_ones
    assert len(open_ones - wanted) == 3  # who could convene it, over three columns
    assert sheet.column_dimensions["A"].hidden


def test_every_formula_has_its_value_stored(blank):
    with zipfile.ZipFile(blank) as archive:
        formulas = 0
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for cell in re.findall(r"<c [^>]*><f>.*?</c>", archive.read(name).decode()):
                    formulas += 1
                    assert "<v>" in cell
    assert formulas > 100
    book = openpyxl.load_workbook(blank, data_only=True)
    assert "0 of 3 gave a level" in [c.value for c in cells_of(book.worksheets[1])]


def test_the_same_contents_give_the_same_bytes(tmp_path, questions):
    one = write_blank(tmp_path / "a.xlsx", questions).read_bytes()
    assert write_blank(tmp_path / "b.xlsx", questions).read_bytes() == one


def test_names_given_are_on_the_first_sheet_and_on_every_row(tmp_path, questions):
    path = write_blank(tmp_path / "a.xlsx", questions, raters=("Rater A", "Rater B"))
    book = openpyxl.load_workbook(path, data_only=True)
    assert [str(c.value) for c in cells_of(book.worksheets[1])].count("Rater B") == len(questions)
    filled = Book.open(path)
    filled.sign(2, "Rater B").answer("332", "champions", 2, 3)
    assert read_scorecards([filled.save()], questions).raters == ("Rater B",)


def test_more_raters_than_levels_have_their_rows(tmp_path, questions):
    names = tuple(f"Rater {n}" for n in range(12))
    filled = Book.open(write_blank(tmp_path / "a.xlsx", questions, raters=names))
    for k in range(1, 13):
        filled.sign(k, names[k - 1]).answer("621", "early_win", k, k % 5)
    found = read_scorecards([filled.save()], questions)
    assert len(found.sectors["621"].answer("early_win").ratings) == 12
    assert [one for one in found.findings if one.severity == "caution"] == []
    sheet = filled.sheet("621")
    for k in range(1, 13):
        row = filled.row(sheet, f"rating:{k}:champions")
        first = row - (k - 1) % 6
        sentences = [sheet.cell(first + n, 3).value for n in range(5)]
        assert sentences == list(questions["champions"].texts), "explained where it is chosen"


def test_every_message_fits_and_says_what_the_cell_is_for(book):
    sheet, start = book.sheet("332"), book.book[layout.START]
    checks = [*sheet.data_validations.dataValidation, *start.data_validations.dataValidation]
    told = {str(cell) for one in checks for cell in one.sqref if one.prompt}
    fields = {c.coordinate for s in (sheet, start) for row in s.iter_rows() for c in row
              if not c.protection.locked}  # fmt: skip
    assert all(len(one.promptTitle) <= 32 and len(one.prompt) <= 255 for one in checks)
    convener = {f"{letter}5" for letter in "EFG"}
    assert fields - told == convener, "its label says it"


HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "<script>", "a:b/c?d*[e]\\f", "'quoted'", "History",
           "\u202eevil", "x" * 300, "Start here", "Åß漢字🙂", "@sum", "start HERE")  # fmt: skip


def test_hostile_titles_are_text_and_sheets_keep_names_of_their_own(tmp_path, questions):
    sheets = tuple(BlankSheet(title, title, f"About {title}") for title in HOSTILE)
    own = {title: asked for asked in questions.values() for title in ("=2+2", "a:b", 'q"uote')}
    own = {
        name: asked.model_copy(update={"title": name, "question": f"{name}?"})
        for name, asked in own.items()
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(blank_scorecard(Blank("=Region", sheets, own, ("=A", "<b>"))))
    book = openpyxl.load_workbook(path)
    names = [sheet.title for sheet in book.worksheets]
    assert len({name.casefold() for name in names}) == len(names) == len(HOSTILE) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    formulas = {c.value for s in book.worksheets for c in cells_of(s) if c.data_type == "f"}
    assert all(f.startswith(("=IF(", "=COUNT(", "=TEXT(")) for f in formulas)
    assert all("cmd" not in f.partition("!")[2] or "HYPERLINK" not in f for f in formulas)
    filled = Book.open(path)
    filled.sign(1, "Rater A").answer("a:b/c?d*[e]\\f", "a:b", 1, 3)
    found = read_scorecards([filled.save()], own)
    assert found.sectors["a:b/c?d*[e]\\f"].answer("a:b").level == 3


def test_many_long_questions_that_all_block_make_no_formula_too_long(tmp_path):
    texts = {str(level): f"Level {level}." for level in range(5)}
    common = {"question": "q", "evidence": "e", "ask": "a", "levels": texts, "blocks_launch_at": 1}
    asked = {
        f"question {n}": QuestionConfig.model_validate(
            {"title": f"{n} " + "t" * 290, "weight": n + 1, **common}
        )
        for n in range(40)
    }
    path = write_blank(tmp_path / "a.xlsx", asked, sectors=("332",), raters=("",))
    formulas = [
        cell.value
        for cell in cells_of(openpyxl.load_workbook(path).worksheets[1])
        if cell.data_type == "f"
    ]
    assert max(map(len, formulas)) < 8192
    assert all(len(text) <= 255 for f in formulas for text in re.findall(r'"([^"]*)"', f))


def test_libreoffice_computes_the_score_that_is_read(tmp_path, questions):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    filled = Book.open(write_blank(tmp_path / "card.xlsx", questions))
    for k in (1, 2, 3):
        filled.sign(k, f"Rater {k}")
        for n, question in enumerate(questions):
            filled.answer("332", question, k, "unknown" if n == k else (n * k) % 5)
    filled.save()
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx", "--outdir", str(tmp_path / "out"), str(filled.path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    found = read_scorecards([tmp_path / "out" / "card.xlsx"], questions)
    assert found.sectors == read_scorecards([filled.path], questions).sectors | {
        name: one for name, one in found.sectors.items() if name != "332"
    }
    sheet = openpyxl.load_workbook(tmp_path / "out" / "card.xlsx", data_only=True).worksheets[1]
    at = next(c for c in cells_of(sheet) if c.value == "Readiness score, 0 to 100")
    assert sheet.cell(at.row, 5).value == pytest.approx(found.sectors["332"].score, abs=1e-9)
    start = openpyxl.load_workbook(tmp_path / "out" / "card.xlsx", data_only=True).worksheets[0]
    assert found.sectors["332"].score in [
        pytest.approx(c.value) for c in cells_of(start) if isinstance(c.value, float)
    ]
