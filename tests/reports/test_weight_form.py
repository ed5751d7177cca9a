"""The blank weights workbook: formulas, their results, cells to type in, hostile names."""

import io
import itertools
import re
import shutil
import subprocess

import openpyxl
import pytest
from tests.boards import fill, rows_by_key

from sectorscan.config.loader import load_config
from sectorscan.config.models import Scale
from sectorscan.reports.scale_words import at_scores
from sectorscan.reports.weight_form import HOW, sheet_names, weight_form
from sectorscan.robustness.answers import members_of, wanted_keys
from sectorscan.robustness.board import hierarchy_of, labels_of
from sectorscan.scoring.model import Criterion
from sectorscan.sources.weight_forms import COMPARED, read_forms

METHODS = ("points", "swing", "ahp")
MEMBERS = ("Ana", "=HYPERLINK(1) & co", "2nd [ward]")
CONFIG = load_config("comprehensive").config
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


@pytest.fixture(scope="module", params=METHODS)
def content(request):
    return request.param, weight_form(CONFIG, "comprehensive", request.param, MEMBERS)


def load(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def recalculated(content, folder):
    """Return the workbook as LibreOffice works it out: no stored results are left to it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice isn't installed")
    source = folder / "form.xlsx"
    if isinstance(content, bytes):
        load(content).save(source)  # openpyxl keeps no result of a formula
    else:
        source = content
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir",
               str(folder / "out"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "out" / source.name


def test_what_formulas_store_is_what_they_give(content, tmp_path):
    _, form = content
    formulas, stored = load(form), load(form, data_only=True)
    again = openpyxl.load_workbook(recalculated(form, tmp_path), data_only=True)
    compared = 0
    for sheet in formulas:
        for cell in itertools.chain.from_iterable(sheet.iter_rows()):
            if cell.data_type != "f":
                continue
            compared += 1
            mine = stored[sheet.title][cell.coordinate].value
            theirs = again[sheet.title][cell.coordinate].value
            assert mine is not None, cell.coordinate
            if isinstance(mine, (int, float)):
                assert theirs == pytest.approx(mine, rel=1e-9), cell.coordinate
            else:
                assert theirs == mine, cell.coordinate
    assert compared > 40


def test_what_the_sheet_works_out_is_what_is_read(content, tmp_path):
    method, form = content
    hierarchy, words = hierarchy_of(CONFIG), list(COMPARED)
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(form)
    answers = {}
    for place, name in enumerate(load(form).sheetnames[:3]):
        answers[name] = {
            key: words[(3 * at + place) % 9 + 4] if method == "ahp" else 10 + (7 * at + place) % 40
            for at, key in enumerate(wanted_keys(hierarchy, method))
        }
    filled = recalculated(fill(blank, tmp_path / "filled.xlsx", answers, formulas=True), tmp_path)
    members, findings = members_of(read_forms([filled]), hierarchy, labels_of(CONFIG))
    assert not [finding for finding in findings if finding.severity == "error"]
    book = openpyxl.load_workbook(filled, data_only=True)
    for name, member in zip(answers, members, strict=True):
        shown = [
            cell.value
            for row in book[name].iter_rows()
            for cell in row
            if cell.number_format == "0.0%"
        ]
        told = [*member.groups, *member.effective]
        assert shown == pytest.approx(told, rel=1e-5), name
        ratios = [
            row[6].value for row in book[name].iter_rows() if row[1].value == "Consistency ratio"
        ]
        if method == "ahp":
            odd = [found.odd for found in member.pairwise.values() if found.ratio > 0.1]
            looked_at = [
                int(found[1])
                for row in book[name].iter_rows()
                if (found := re.search(r"at comparison (\d+)\.", str(row[2].value)))
            ]
            assert len(looked_at) == len(odd) > 0
            first = list(itertools.combinations(range(7), 2)).index(odd[0]) + 1
            assert looked_at[0] == first, "the groups' oddest comparison"
        assert ratios == pytest.approx([p.ratio for p in member.pairwise.values()], abs=1e-5)


def test_only_answers_and_names_can_be_typed(content):
    method, form = content
    book = load(form)
    for name in book.sheetnames[:3]:
        sheet = book[name]
        assert sheet.protection.sheet
        unlocked = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        rows = rows_by_key(sheet)
        keys = [key for key in rows if key != ("member",)]
        assert len(unlocked) == 1 + len(keys) * (2 if method == "swing" else 1)
        checked = set()
        for validation in sheet.data_validations.dataValidation:
            for area in validation.sqref.ranges:
                checked |= {f"{openpyxl.utils.get_column_letter(column)}{row}"
                            for row, column in area.cells}  # fmt: skip
            assert validation.error
        assert unlocked - checked == {"C3"}, "all but the name are checked"
        assert sheet.column_dimensions["A"].hidden
    assert book[HOW].protection.sheet


def test_every_criterion_is_explained(content):
    _, form = content
    sheet = load(form)["Ana"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for label in labels_of(CONFIG).values():
        assert label in cells
    assert {"0.25 % or less", "5 % or more", "ratio", "% of regional jobs"} <= cells


def test_names_are_text_wherever_they_stand(content):
    _, form = content
    book = load(form)
    assert book.sheetnames == ["Ana", "=HYPERLINK(1) & co", "2nd  ward", HOW]
    sheet = book["=HYPERLINK(1) & co"]
    assert sheet["C3"].data_type == "s"
    assert sheet["C3"].value == "=HYPERLINK(1) & co"
    assert sheet.oddFooter.center.text == "=HYPERLINK(1) && co"
    for each in book:
        for cell in itertools.chain.from_iterable(each.iter_rows()):
            assert cell.hyperlink is None
            if cell.data_type == "f":
                assert not re.search("HYPERLINK|!.*\\[|http", cell.value)


def test_same_bytes_every_time():
    assert weight_form(CONFIG, "c", "ahp", ["Ana"]) == weight_form(CONFIG, "c", "ahp", ["Ana"])


def test_sheet_names_are_fit_and_each_once():
    names = sheet_names(["a" * 40, "a" * 41, "", "How to", "'x'", "History", "A/B:C", "x (9)", "x"])
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert names[2] == "Member 3"
    assert names[4] == "x"


@pytest.mark.parametrize(
    ("scale", "direction", "unit", "words"),
    [
        (Scale(points=((0.5, 0), (1, 50), (2, 100))), "max", "ratio",
         ("0.5 or less", "1", "2 or more")),
        (Scale(points=((1, 100), (5, 0))), "max", "%", ("5 % or more", "3 %", "1 % or less")),
        (Scale(points=((1, 0), (100, 100)), log=True), "max", "count",
         ("1 or less", "10", "100 or more")),
        (Scale(points=((0, 20), (10, 60))), "max", "jobs",
         ("0 or less (20 points)", "7.5", "10 or more (60 points)")),
        (Scale(points=((0, 0), (5, 100), (10, 0))), "max", "x",
         ("0 and 10", "2.5 and 7.5", "5")),
        (Scale(points=((-2, 0), (0, 0), (3, 100), (4, 100))), "max", "percentage points/year",
         ("0 pp or less", "1.5 pp", "3 pp or more")),
        (Scale(points=((20_000, 0), (60_000, 100))), "max", "USD/year",
         ("$20,000 or less", "$40,000", "$60,000 or more")),
        (Scale(points=((1, 30), (2, 30))), "max", "x",
         ("any value (30 points)",) * 2 + ("any value (30 points)",)),
        (Scale(method="minmax"), "min", "x",
         ("the highest of all sectors", "half-way between", "the lowest of all sectors")),
        (Scale(method="rank"), "max", "x",
         ("the lowest of all sectors", "the middle sector", "the highest of all sectors")),
    ],
)  # fmt: skip
def test_what_0_50_and_100_points_mean(scale, direction, unit, words):
    assert at_scores(Criterion("x", "g", 1.0, scale, direction), unit) == words
