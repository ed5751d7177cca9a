"""Our own reports and texts among the inputs are left out; nothing that could be a table is."""

import pytest

from sectorscan.reports import footprint, regions_table
from sectorscan.reports.findings import COLUMNS
from sectorscan.reports.table import FIXED_COLUMNS
from sectorscan.tables.bystanders import REPORT_HEADERS, bystander
from sectorscan.tables.files import TableFile


def note(folder, name, text, header=(), **asked):
    (folder / name).write_text(text, encoding="utf-8")
    asked = {"named": False, **asked}
    return bystander(TableFile(folder / name, None, name), header, **asked)


def test_headers_are_those_of_the_reports():
    shortlist, many, problems, counties = REPORT_HEADERS
    assert tuple(FIXED_COLUMNS)[: len(shortlist)] == shortlist
    assert tuple(regions_table.FIXED_COLUMNS)[: len(many)] == many
    assert problems == COLUMNS
    assert tuple(footprint.COLUMNS)[: len(counties)] == counties


@pytest.mark.parametrize(
    "text",
    ["Remember to update,\nask Ann, this week\n", "just words\n\nmore words", "", "a, b, c\n\nd\n"],
)
def test_text_beside_the_tables_is_left_out(tmp_path, text):
    assert "text rather than a table" in str(note(tmp_path, "notes.txt", text))


@pytest.mark.parametrize(
    ("text", "header", "asked"),
    [
        ("Ort\tBranche\tJobs\nx\t1\t2\n", ("Ort", "Branche", "Jobs"), {}),
        ("region\tjobs\n1\t2\n", ("region", "jobs"), {}),
        ("Ort\tJobs\n1\t2\n", ("Ort", "Jobs"), {"mapped": ["ORT"]}),
        ("just words\n", (), {"named": True}),
        ("\x00\x01", (), {}),
    ],
)
def test_what_could_be_a_table_is_kept(tmp_path, text, header, asked):
    assert note(tmp_path, "table.txt", text, header, **asked) is None


def test_a_csv_of_words_is_kept_to_be_refused(tmp_path):
    assert note(tmp_path, "words.csv", "just words\n") is None
