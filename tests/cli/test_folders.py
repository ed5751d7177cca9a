"""Input folders as people keep them: reports, notes and lock files beside the tables."""

import json

import pytest

TABLE = "region,industry,year,employment,establishments\n" + "".join(
    f"{region},{industry},{year},{jobs * times + year - 2020},{90 * times}\n"
    for region, times in (("39041", 1), ("US000", 100))
    for industry, jobs in (("10", 9000), ("722", 2000), ("332", 1000), ("621", 1500))
    for year in (2020, 2021, 2022, 2023)
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "employment.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def sectors(text):
    return [(sector["id"], sector["score"]) for sector in json.loads(text)["sectors"]]


def test_reports_written_among_the_inputs_are_left_out_the_next_time(run, folder):
    out = [x for e in ("xlsx", "csv", "parquet", "md") for x in ("--out", folder / f"list.{e}")]
    _, first, _ = run("rank", folder, "--format", "json")
    for _ in range(2):
        code, text, err = run("rank", folder, *out, "--format", "json")
        assert code == 0, err
        assert sectors(text) == sectors(first)
    for name in ("list.xlsx", "list.csv", "list.parquet"):
        assert f"note: {name}: this is a report of sectorscan's own" in err
    code, text, _ = run("check", folder)
    assert code == 0
    assert "list.csv" in text


def test_problems_listed_as_csv_are_left_out(run, folder):
    _, problems, _ = run("check", folder, "--format", "csv")
    (folder / "problems.csv").write_text(problems, encoding="utf-8")
    code, _, err = run("rank", folder)
    assert code == 0
    assert "problems.csv" in err


def test_reports_alone_are_no_input(run, folder):
    run("rank", folder, "--out", folder / "list.csv", "--quiet")
    code, _, err = run("rank", folder / "list.csv")
    assert code == 1
    assert "list.csv: this is a report" in err


def test_junk_beside_the_tables_changes_nothing(run, folder):
    _, plain, _ = run("rank", folder, "--format", "json")
    for name in ("README.md", "thumbs.db", "~$employment.xlsx", ".DS_Store", "sectorscan.yaml"):
        (folder / name).write_bytes(b"\xd0\xcf\x11 junk")
    (folder / "notes.txt").write_text("Ask Ann, please,\nabout 2023\n", encoding="utf-8")
    code, text, err = run("rank", folder, "--format", "json")
    assert code == 0
    assert sectors(text) == sectors(plain)
    assert "notes.txt" in err


def test_every_unreadable_file_of_a_folder_is_told_at_once(run, folder):
    (folder / "a.csv").write_bytes(b"")
    (folder / "b.csv").write_text("x,y,z\n1,2,3\n", encoding="utf-8")
    (folder / "c.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    code, _, err = run("rank", folder)
    assert code == 1
    assert all(name in err for name in ("a.csv", "b.csv", "c.xlsx", "3 problems"))


def test_a_spreadsheet_that_is_not_read_is_told_rather_than_passed_over(run, folder):
    (folder / "wages.ods").write_bytes(b"PK")
    code, _, err = run("rank", folder)
    assert code == 1
    assert "wages.ods" in err


def test_an_input_in_a_subfolder_is_never_overwritten(run, tmp_path):
    place = tmp_path / "sub" / "employment.csv"
    place.parent.mkdir()
    place.write_text(TABLE, encoding="utf-8")
    code, _, err = run("rank", tmp_path, "--out", place)
    assert code == 1
    assert "would be overwritten" in err
    assert place.read_text(encoding="utf-8") == TABLE


def test_a_new_project_ranks_the_tables_put_into_it(run, tmp_path):
    run("init", tmp_path / "mine")
    (tmp_path / "mine" / "inputs" / "employment.csv").write_text(TABLE, encoding="utf-8")
    code, _, err = run("rank", tmp_path / "mine" / "inputs")
    assert code == 0, err


def test_the_order_of_rows_columns_and_files_changes_no_figure(run, folder, tmp_path_factory):
    _, expected, _ = run("rank", folder, "--format", "json")
    other = tmp_path_factory.mktemp("other")
    header, *rows = [line.split(",")[::-1] for line in TABLE.splitlines()]
    for name, part in (("z.csv", rows[::-2]), ("a.csv", rows[-2::-2])):
        lines = [",".join(row) + "\n" for row in (header, *part)]
        (other / name).write_text("".join(lines), encoding="utf-8")
    code, text, err = run("rank", other / "z.csv", other / "a.csv", "--format", "json")
    assert code == 0, err
    assert sectors(text) == sectors(expected)
