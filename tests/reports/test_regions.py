"""Many regions in every form: the same figures, hostile names as text, the same bytes."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import polars as pl
import pytest
from rich.console import Console

from sectorscan.config.loader import load_config
from sectorscan.errors import SectorscanError
from sectorscan.reports import regions_workbook
from sectorscan.reports.regions_console import show
from sectorscan.reports.regions_json import to_json
from sectorscan.reports.regions_markdown import to_markdown
from sectorscan.reports.regions_table import FIXED_COLUMNS, to_csv, to_parquet
from sectorscan.reports.regions_workbook import to_workbook
from sectorscan.reports.regions_write import WRITERS
from sectorscan.scan.regions import scan_regions

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/schemas/regions-1.schema.json").read_text(encoding="utf-8"))
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<img src=x> | `a` *b*"
CONFIG = f"""\
extends: balanced
benchmark: US000
period: 2018:2023
regions:
  - {{name: "{FORMULA}", areas: ["98001", "98003"]}}
  - {{name: "{MARKUP}", areas: ["98011"]}}
  - {{name: Gone, areas: ["99999"]}}
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("regions") / "regions.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return scan_regions([ROOT / "data" / "samples_qcew"], load_config(path))


@pytest.fixture(scope="module")
def document(result):
    return json.loads(to_json(result))


@pytest.fixture(scope="module")
def rows(result):
    return list(csv.DictReader(io.StringIO(to_csv(result))))


@pytest.fixture(scope="module")
def book(result):
    return openpyxl.load_workbook(io.BytesIO(to_workbook(result)))


def on_terminal(result, width):
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False)
    show(result, console)
    return console.file.getvalue()


def test_json_is_the_schemas(document):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)


def test_json_has_each_region_with_its_ranking_or_its_reason(result, document):
    assert [region["name"] for region in document["regions"]] == [FORMULA, MARKUP, "Gone"]
    assert document["regions"][2]["reason"] == "the inputs have no rows for 99999."
    for region, printed in zip(result.regions, document["regions"], strict=True):
        assert [one["id"] for one in printed["sectors"]] == [o.sector.id for o in region.ranked]
        for one, told in zip(region.ranked, printed["sectors"], strict=True):
            assert told["score"] == one.score
            assert (
                told["indicators"]["location_quotient"]
                == one.values[region.ids.index("location_quotient")]
            )
        estimated = {name for one in printed["sectors"] for name in one["estimated"]}
        assert bool(estimated) == any(one.estimated.any() for one in region.ranked)


def test_json_counts_shortlists_as_the_regions_have_them(document):
    for sector in document["sectors"]:
        having = [
            one
            for region in document["regions"]
            for one in region["sectors"]
            if one["id"] == sector["id"]
        ]
        assert sector["ranked_in"] == len(having)
        assert sector["shortlisted_in"] == sum(one["shortlisted"] for one in having)
        assert len(sector["first_in"]) == sum(one["rank"] == 1 for one in having)
        if having:
            assert sector["best"]["score"] == max(one["score"] for one in having)


def test_csv_has_a_row_a_region_and_sector(result, rows):
    assert len(rows) == sum(len(region.sectors) or 1 for region in result.regions)
    assert rows[0]["region"] == f"'{FORMULA}"
    assert rows[0]["areas"] == "98001;98003"
    assert rows[-1]["region"] == "Gone"
    assert rows[-1]["reason"] == "the inputs have no rows for 99999."
    assert rows[-1]["rank"] == rows[-1]["employment"] == ""
    first = result.regions[0].ranked[0]
    assert float(rows[0]["score"]) == first.score
    assert rows[0]["id"] == first.sector.id


def test_parquet_is_the_csv(result, rows):
    frame = pl.read_parquet(io.BytesIO(to_parquet(result)))
    assert frame.columns == list(rows[0])
    assert len(frame) == len(rows)
    assert frame["score"].to_list()[:-1] == [float(row["score"]) for row in rows[:-1]]
    assert frame["rank"].dtype == pl.Int64
    assert frame["shortlisted"].sum() == sum(row["shortlisted"] == "true" for row in rows)
    assert set(FIXED_COLUMNS) <= set(frame.columns)


def test_workbook_has_its_sheets_and_no_formula(book):
    assert book.sheetnames == [
        "Regions", "Sectors", "Sectors by region", "Ranks", "Long", "Method", "Cautions"
    ]  # fmt: skip
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_workbook_has_the_scores_and_ranks_sector_by_region(result, book):
    for name, figure in (("Sectors by region", "score"), ("Ranks", "rank")):
        table = list(book[name].iter_rows(values_only=True))
        assert table[0][:3] == ("Sector", FORMULA, MARKUP)
        by_name = {row[0].split(" ")[0]: row[1:] for row in table[1:]}
        for place, region in enumerate(result.regions):
            ranked = {one.sector.id: getattr(one, figure) for one in region.ranked}
            for code, cells in by_name.items():
                told, own = cells[place], ranked.get(code)
                # A workbook keeps 16 digits.
                assert told == own if own is None else told == pytest.approx(own, rel=1e-14)


def test_workbook_lists_the_region_without_a_ranking(book):
    rows = list(book["Regions"].iter_rows(values_only=True))
    gone = dict(zip(rows[0], rows[3], strict=True))
    assert (gone["Region"], gone["Sectors ranked"]) == ("Gone", 0)
    assert gone["Why it isn't ranked"] == "the inputs have no rows for 99999."
    long = list(book["Long"].iter_rows(values_only=True))
    assert long[-1][0] == "Gone"
    assert long[-1][9] == "the inputs have no rows for 99999."


def test_a_sheet_that_would_overflow_names_the_forms_that_hold_more(result, monkeypatch):
    monkeypatch.setattr(regions_workbook, "MOST_ROWS", 10)
    with pytest.raises(SectorscanError, match=r"more than a sheet.*\.csv or \.parquet"):
        to_workbook(result)


def test_markdown_shows_names_as_text(result):
    text = to_markdown(result)
    assert "<img" not in text
    assert "not ranked: the inputs have no rows for 99999." in text
    assert "## Score and rank by region" in text
    assert "## Where each sector stands" in text


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_terminal_is_never_overrun(result, width):
    lines = on_terminal(result, width).splitlines()
    assert max(map(len, lines)) <= width
    assert any(line.startswith("Not ranked: 1 of 3 regions") for line in lines)


def test_few_regions_stand_side_by_side_and_many_are_summed_up(result):
    assert "Score by region (rank)" in on_terminal(result, 100)
    narrow = on_terminal(result, 40)
    assert "Where each sector stands" in narrow
    assert "--out FILE.xlsx" in " ".join(narrow.split())


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_same_result_gives_the_same_bytes(result, ending):
    assert WRITERS[ending](result) == WRITERS[ending](result)
