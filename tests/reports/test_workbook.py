"""The workbook: sheets in order, text as text, fit for print, repeatable."""

import io
import json
import re
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.recalculated import stored

from sectorscan.config.loader import load_config
from sectorscan.reports import view
from sectorscan.reports.sheets.grid import LONGEST_CELL_TEXT, estimated
from sectorscan.reports.sheets.names import defined_names
from sectorscan.reports.workbook import to_workbook
from sectorscan.scan import scan


@pytest.fixture(scope="module")
def content(nasty):
    return to_workbook(nasty)


@pytest.fixture(scope="module")
def book(content):
    """The workbook as previews and phones see it: the stored values."""
    return stored(content)


@pytest.fixture(scope="module")
def live(content):
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(content))


pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def table(sheet, first_title):
    """Return the rows of the table whose first title is this, as dictionaries."""
    rows = list(sheet.iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if row[0] == first_title)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def test_sheets_stand_in_the_promised_order(book):
    assert book.sheetnames == [
        "Shortlist",
        "Why",
        "Weights",
        "Scores",
        "Indicators",
        "Charts",
        "Not shortlisted",
        "Method",
        "Cautions",
    ]


def test_a_sheet_without_content_is_left_out(nasty):
    bare = openpyxl.load_workbook(io.BytesIO(to_workbook(replace(nasty, cautions=(), notes=()))))
    assert "Cautions" not in bare.sheetnames


def test_of_the_indicators_the_shortlist_is_printed_alone(book, nasty):
    sheet = book["Indicators"]
    rows = sheet[sheet.print_area.replace("$", "").rpartition("!")[2]]
    sectors = {row[0].value for row in rows[1:]}
    assert sectors == {c.id for c in view.ranked(nasty) if c.shortlisted}
    assert len(rows) - 1 == len(sectors) * len(nasty.ranking.indicators.ids)
    assert [rows[0][0].value, rows[0][-1].value] == ["Code", "Benchmark"]
    assert sheet.print_title_rows == "$1:$1"


def test_no_text_of_the_inputs_is_in_a_formula_or_a_link(live):
    formulas = [c.value for sheet in live for row in sheet for c in row if c.data_type == "f"]
    assert len(formulas) > 200
    for text in ("cmd|", "HYPERLINK", "script", "1+1", "@SUM", "my indicator", "Ohio", "Café"):
        assert not any(text in formula for formula in formulas), text
    assert not any(c.hyperlink for sheet in live for row in sheet for c in row)


def test_formulas_stand_where_they_are_promised_and_nowhere_else(live):
    found = {
        sheet.title: {c.column_letter for row in sheet for c in row if c.data_type == "f"}
        for sheet in live
    }
    assert found["Indicators"] == found["Method"] == found["Cautions"] == set()
    assert found["Why"] == {"A"}
    assert found["Weights"] == {"A", "C", "D", "E", "F", "G"}
    scores = {c.value.split()[0] for c in live["Scores"][7] if c.value}
    assert {"Rank", "Score,", "Location"} <= scores


def test_only_functions_that_excel_2010_and_libreoffice_have(live):
    used = set()
    for cell in (c for sheet in live for row in sheet for c in row if c.data_type == "f"):
        used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", cell.value))
        assert "_xlfn" not in cell.value
        assert "{" not in cell.value
        assert "[" not in cell.value
    assert used <= {
        *("ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "EXP", "IF", "INDEX", "ISNUMBER", "LARGE"),
        *("LN", "LOG10", "LOOKUP", "MATCH", "MAX", "MID", "MIN", "N", "NORMSDIST", "NOT", "OR"),
        *("RANK", "STDEV", "SUM", "SUMIF", "SUMPRODUCT"),
    }


def test_hostile_titles_stand_as_text(book):
    rows = table(book["Shortlist"], "Rank")
    assert rows[1]["Sector"] == "=cmd|' /C calc'!A0 (=1+1)"
    assert rows[2]["Sector"].startswith("</script><img")
    assert rows[4]["Sector"].startswith("@SUM(A1) [31m red")


def test_a_title_that_reads_like_an_error_is_no_error(nasty):
    table_ = nasty.ranking.indicators
    sectors = (replace(table_.sectors[0], id="#N/A", title=""), *table_.sectors[1:])
    ranking = replace(
        nasty.ranking,
        indicators=replace(table_, sectors=sectors),
        matrix=replace(nasty.ranking.matrix, sectors=sectors),
    )
    content = to_workbook(replace(nasty, ranking=ranking))
    cells = [c for sheet in stored(content) for row in sheet for c in row]
    assert not any(cell.data_type == "e" for cell in cells)
    assert table(stored(content)["Shortlist"], "Rank")[0]["Sector"].strip() == "#N/A"


def test_figures_are_unrounded_numbers(book):
    first = table(book["Shortlist"], "Rank")[0]
    assert first["Rank"] == 1
    assert first["Jobs"] == 12340
    assert first["Share of jobs, %"] == 4.113333333333333
    assert first["Score, 0 to 100"] == 78.42131
    assert first["Pay, % of region's"] == 1.1813
    assert first["Concentration, 0 to 100"] == pytest.approx(78.42131)


def test_estimates_are_marked_and_stay_numbers(book, live):
    marked = [c for row in book["Indicators"] for c in row if "\\~" in c.number_format]
    assert [cell.value for cell in marked] == pytest.approx([5000, 5 / 3], rel=1e-14)
    rules = [
        (str(cells.sqref), rule.formula[0], rule.dxf.numFmt.formatCode)
        for cells in live["Shortlist"].conditional_formatting
        for rule in cells.rules
        if rule.dxf is not None and rule.dxf.numFmt is not None
    ]
    assert any("\\~" in shown and "MID(" in formula for _, formula, shown in rules)
    assert any(shown == '0"="' and cells.startswith("A") for cells, _, shown in rules)
    assert [row["Estimated"] for row in table(book["Shortlist"], "Rank")][2] == "1100000"


def test_defined_names_lead_to_scores_and_ranks(book, nasty):
    for name, s in {"541": 0, "_1_1": 1, "31_33": 2, "Café___Co": 3, "café___co_2": 4}.items():
        for kind, expected in (("score", nasty.ranking.score), ("rank", nasty.ranking.rank)):
            sheet, cell = next(book.defined_names[f"{kind}_{name}"].destinations)
            assert book[sheet][cell].value == expected[s]
    weights = {
        "group_concentration": 60,
        "group_own": 40,
        "location_quotient": 1,
        "_my_indicator": 1,
    }
    for name, weight in weights.items():
        sheet, cell = next(book.defined_names[f"weight_{name}"].destinations)
        assert (sheet, book[sheet][cell].value) == ("Weights", weight)


def test_weights_are_checked_unlocked_and_stand_beside_the_original_ones(live):
    sheet = live["Weights"]
    checked = sheet.data_validations.dataValidation
    assert {(one.type, one.operator, one.formula1) for one in checked} == {
        ("decimal", "greaterThanOrEqual", "0")
    }
    places = {cell for one in checked for cell in str(one.sqref).replace(":", " ").split()}
    assert len(places) == 4
    for name in ("weight_group_own", "weight_employment"):
        _, cell = next(live.defined_names[name].destinations)
        own = sheet[cell.replace("$", "")]
        assert not own.protection.locked
        assert own.offset(0, 1).value == own.value


@given(st.lists(st.text(max_size=8), max_size=8))
def test_defined_names_differ_whatever_the_ids(ids):
    names = defined_names(ids)
    assert len({name.casefold() for name in names}) == len(ids)
    assert all(char == "_" or char.isalnum() for name in names for char in name)


def test_unbounded_end_is_said_not_left_blank(book):
    rows = table(book["Indicators"], "Code")
    jobs = next(row for row in rows if row["Code"] == "31-33" and row["Indicator"] == "Jobs")
    assert (jobs["Value"], jobs["Low"], jobs["High"]) == (5000, 4000.25, "no bound")
    assert jobs["Status"] == "estimated"


def test_indicators_has_a_row_a_sector_and_indicator(book, nasty):
    table_ = nasty.ranking.indicators
    rows = table(book["Indicators"], "Code")
    assert len(rows) == len(table_.sectors) * len(table_.ids)
    lost = next(row for row in rows if row["Code"] == "999" and row["Indicator"] == "Jobs")
    assert lost["Why it is missing"] == "no area of the region has it"


def test_ledger_says_why_and_what_would_change_it(book):
    rows = table(book["Not shortlisted"], "Code")
    assert rows[0]["With the present weights"] == "kept out by a gate"
    assert rows[0]["Why it is not ranked"] == "50 jobs where 200 are needed"
    assert rows[0]["It would qualify if"] == "it had 200 jobs or more"
    assert rows[0]["Rank it would have"] == 6


def test_method_gives_weights_formulas_hashes(book, nasty):
    values = [cell for row in book["Method"].iter_rows(values_only=True) for cell in row]
    assert 0.6 in values
    assert "(E_ir1/E_r1) / (E_in1/E_n1)" in values
    assert nasty.inputs[0].sha256 in values
    assert any(nasty.config_sha256 in str(value) for value in values)
    assert any("outer bound" in str(value) for value in values)


def test_banner_stands_on_the_first_sheet(book, nasty):
    assert "SYNTHETIC SAMPLE" in book["Shortlist"]["A2"].value
    real = openpyxl.load_workbook(io.BytesIO(to_workbook(replace(nasty, synthetic=False))))
    assert "SYNTHETIC" not in str(list(real["Shortlist"].values))


def test_sheets_are_set_up_for_print(book):
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth in {None, 1}) or sheet.title == "Scores"
        assert sheet.page_setup.fitToHeight == (None if sheet.title == "Shortlist" else 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.merged_cells.ranges
    for name in ("Shortlist", "Why", "Scores", "Indicators", "Not shortlisted", "Cautions"):
        assert book[name].print_title_rows, name
        assert book[name].freeze_panes, name


def test_same_bytes_and_no_date_of_today(nasty, content, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert to_workbook(nasty) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2023-12-31T00:00:00Z") == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with zipfile.ZipFile(io.BytesIO(to_workbook(nasty))) as parts:
        assert parts.read("docProps/core.xml").decode().count("2023-11-14T22:13:20Z") == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    assert to_workbook(nasty) == content


def test_overlong_text_is_cut_not_dropped(nasty):
    shortlist = replace(nasty, cautions=("x" * 40_000,))
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(shortlist)))
    assert table(book["Cautions"], "Kind")[0]["What to know"] == "x" * LONGEST_CELL_TEXT


def test_nothing_ranked_says_where_to_look(nasty):
    nobody = ("gate",) * len(nasty.ranking.exclusion)
    ranking = replace(nasty.ranking, rank=nasty.ranking.rank * 0, exclusion=nobody)
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(replace(nasty, ranking=ranking))))
    assert book.sheetnames[:2] == ["Shortlist", "Weights"]
    assert "Charts" not in book.sheetnames
    assert "Not shortlisted says why" in str(list(book["Shortlist"].values))


def test_a_table_of_own_indicators_alone_shows_its_criteria(nasty):
    table_ = nasty.ranking.indicators
    value = table_.value.copy()
    value[:, :-1] = np.nan
    ranking = replace(nasty.ranking, indicators=replace(table_, value=value))
    book = stored(to_workbook(replace(nasty, ranking=ranking)))
    assert table(book["Shortlist"], "Rank")[0]["=label, =unit"] == 3.5


def test_estimated_marks_every_section_of_a_number_format():
    assert estimated("+0.0;-0.0;0.0") == r"\~ +0.0;\~ -0.0;\~ 0.0"


def test_what_falls_has_the_minus_of_the_sentences_beside_it(live):
    """The program's own minus is a hyphen, which the sheet's words never show."""
    shown = {
        cell.number_format
        for row in live["Shortlist"].iter_rows()
        for cell in row
        if "+" in str(cell.number_format)
    }
    assert shown == {'+0.0;"\u2212"0.0;0.0'}


def test_300_sectors_by_20_criteria_stay_below_3_megabytes(tmp_path):
    names = [f"indicator {place}" for place in range(20)]
    rows = [
        f"here,Sector {s:03d} of three hundred,{name},{(s * 37 + place * 11) % 101 + s / 7}"
        for s in range(300)
        for place, name in enumerate(names)
    ]
    table = tmp_path / "indicators.csv"
    table.write_text("\n".join(["region,industry,indicator,value", *rows]), encoding="utf-8")
    scale = {"points": [[0, 0], [50, 60], [140, 100]]}
    criteria = {
        f"group {group}": {
            "weight": 20,
            "indicators": {
                name: {"weight": 1, "scale": scale} for name in names[4 * group : 4 * group + 4]
            },
        }
        for group in range(5)
    }
    config = tmp_path / "config.yaml"
    config.write_text(json.dumps({"criteria": criteria}), encoding="utf-8")
    content = to_workbook(scan([table], load_config(config), draws=False))
    assert len(content) < 3_000_000
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.read("xl/worksheets/sheet4.xml").count(b"<f>") > 300 * 20 * 3


def test_one_candidate_alone_makes_a_workbook(tmp_path):
    rows = ["region,industry,indicator,value", "here,Only,first,40", "here,Only,second,60"]
    table = tmp_path / "indicators.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    scale = {"points": [[0, 0], [100, 100]]}
    given = {name: {"weight": 1, "scale": scale} for name in ("first", "second")}
    config = tmp_path / "config.yaml"
    criteria = {"both": {"weight": 1, "indicators": given}}
    config.write_text(json.dumps({"criteria": criteria}), encoding="utf-8")
    content = to_workbook(scan([table], load_config(config), draws=False))
    rows = list(stored(content)["Charts"].iter_rows(values_only=True, min_col=18, max_col=19))
    assert ("Only", 50.0) in rows
