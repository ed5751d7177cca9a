"""Filled weights workbooks as files: what is read, and one broken file per failure."""

import json
import zipfile

import openpyxl
import pytest
from tests.boards import fill, rows_by_key

from sectorscan.config.loader import load_config
from sectorscan.errors import InputError
from sectorscan.reports.weight_form import weight_form
from sectorscan.robustness.answers import wanted_keys
from sectorscan.robustness.board import hierarchy_of
from sectorscan.sources.weight_forms import ANSWER_TITLES, MARK, Answer, read_forms

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
CONFIG = load_config(None).config
GROUPS = {("group", "scale"): 40, ("group", "growth"): 60.5}


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(weight_form(CONFIG, "balanced", "points", ["Ana", ""]))
    return path


@pytest.fixture
def changed(form, tmp_path):
    """Return a function that fills Ana's sheet, changes the workbook and gives its path."""

    def make(change):
        return fill(form, tmp_path / "changed.xlsx", {"Ana": GROUPS}, change=change)

    return make


def test_answers_come_with_their_cells(changed):
    ana, other = read_forms([changed(None)])
    assert (ana.member, ana.method, ana.sheet) == ("Ana", "points", "Ana")
    assert other.member == "changed.xlsx, Member 2", "no name typed: the file and the sheet"
    assert ana.answers[("group", "growth")] == Answer("60.5", "G12")
    assert ana.answers[("group", "concentration")].text == ""
    assert set(ana.answers) == set(wanted_keys(hierarchy_of(CONFIG), "points"))


def test_a_blank_form_as_it_is_made_can_be_read(form):
    assert all(not answer.text for one in read_forms([form]) for answer in one.answers.values())


def test_moved_rows_and_columns_are_found(changed):
    def move(book):
        sheet = book["Ana"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(4)
        sheet.insert_cols(4)

    ana = read_forms([changed(move)])[0]
    assert ana.answers[("group", "growth")] == Answer("60.5", "H13")


def test_a_folder_stands_for_its_workbooks(changed, form, tmp_path):
    changed(None)
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert [one.file for one in read_forms([tmp_path])] == ["changed.xlsx"] * 2 + ["form.xlsx"] * 2


def test_a_very_long_name_and_odd_characters(changed):
    def name(book):
        book["Ana"]["C3"] = "=A\u202eB\n" + "x" * 500
        book["Ana"]["C3"].data_type = "s"

    member = read_forms([changed(name)])[0].member
    assert member.startswith("=A")
    assert len(member) == 100


def set_cell(cell, value):
    def change(book):
        book["Ana"][cell] = value

    return change


def no_key_column(book):
    for sheet in book:
        sheet.delete_cols(1)


def other_version(book):
    book["Ana"]["A1"] = "sectorscan-weights/9 points"


def unknown_method(book):
    book["Ana"]["A1"] = f"{MARK} dice"


def lost_title(book):
    sheet = book["Ana"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == ANSWER_TITLES["points"]:
                cell.value = "Mine"


def copied_row(book):
    sheet = book["Ana"]
    row, _ = rows_by_key(sheet)[("group", "scale")]
    sheet.cell(100, 1).value = json.dumps(["group", "scale"])
    assert row != 100


def far_cell(book):
    book["Ana"]["XFD1048576"] = 1


def error_cell(book):
    book["Ana"]["G10"] = "=1/0"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (no_key_column, ["sheet Ana: the sheet is a weights form without its hidden first column"]),
        (other_version, ["another version", "sheet Ana"]),
        (unknown_method, ["another version"]),
        (lost_title, ["no column above this row is titled 'Your points'", "cell A10"]),
        (copied_row, ["asks for 'scale' a second time", "cell A100"]),
        (far_cell, ["too many to read"]),
        (error_cell, ["formulas without their results"]),
    ],
)
def test_a_form_that_was_changed_says_what_is_wrong(changed, change, words):
    with pytest.raises(InputError) as caught:
        read_forms([changed(change)])
    for word in words:
        assert word in str(caught.value)


def packed(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def broken(folder):
    """Return files that are no filled form, each with words of its message."""
    text = folder / "answers.csv"
    text.write_text("a,b\n1,2\n", encoding="utf-8")
    noise = folder / "noise.xlsx"
    noise.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
    bomb = packed(folder / "bomb.xlsx", ("xl/workbook.xml", b"0" * (300 << 20)))
    plain = folder / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["region", "jobs"])
    book.save(plain)
    return [
        (text, "no workbook"),
        (noise, "damaged"),
        (bomb, "unpacks"),
        (plain, "no sheet of this workbook"),
        (folder / "nowhere.xlsx", "there is no file or folder"),
    ]


def test_files_that_are_no_forms_are_all_named(tmp_path):
    for path, words in broken(tmp_path):
        with pytest.raises(InputError, match=words):
            read_forms([path])
    present = [path for path, _ in broken(tmp_path) if path.exists()]
    with pytest.raises(InputError) as caught:
        read_forms(present)
    assert len(caught.value.findings) == len(present)


def test_an_empty_folder(tmp_path):
    with pytest.raises(InputError, match="holds no tables"):
        read_forms([tmp_path])
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no workbook was found"):
        read_forms([tmp_path])


@pytest.mark.parametrize("key", ["[1, 2]", '["group"', "[" * 1500, '{"a": 1}', "[]"])
def test_hidden_cells_that_are_no_keys_are_passed_over(changed, key):
    ana = read_forms([changed(set_cell("A60", key))])[0]
    assert set(ana.answers) == set(wanted_keys(hierarchy_of(CONFIG), "points"))
