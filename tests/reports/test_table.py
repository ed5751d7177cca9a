"""One row a sector with a column an indicator."""

import csv
import io
from dataclasses import replace

import polars as pl

from sectorscan.reports.table import FIXED_COLUMNS, columns, to_csv, to_parquet


def read(shortlist):
    return list(csv.DictReader(io.StringIO(to_csv(shortlist))))


def test_ranked_first_then_the_others_with_a_reason(nasty):
    rows = read(nasty)
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "4", "", ""]
    assert [row["tied"] for row in rows] == ["false"] * 3 + ["true"] * 2 + ["false"] * 2
    assert rows[5]["reason"] == "not shortlisted: 50 jobs where 200 are needed"
    assert rows[5]["would_rank"] == "6"
    assert rows[0]["reason"] == ""


def test_numbers_are_unrounded_and_missing_ones_blank(nasty):
    rows = read(nasty)
    assert rows[0]["employment"] == "12340"
    assert rows[0]["employment_share_pct"] == "4.113333333333333"
    assert rows[1]["employment_cagr_pct"] == "-1.2"
    assert rows[6]["employment"] == ""
    assert rows[2]["estimated"] == "employment;employment_share_pct"


def test_formulas_are_neutralised_in_cells_and_headers(nasty):
    text = to_csv(nasty)
    rows = read(nasty)
    assert rows[1]["id"] == "'=1+1"
    assert rows[1]["title"] == "'=cmd|' /C calc'!A0"
    assert "'=my indicator" in rows[0]
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            dangerous = cell.startswith(("=", "+", "-", "@"))
            assert not dangerous or float(cell) < 0


def test_an_indicator_with_a_taken_name_gets_a_prefix(nasty):
    table = replace(nasty.ranking.indicators, ids=("rank", "score", *("abcdef")))
    shortlist = replace(nasty, ranking=replace(nasty.ranking, indicators=table))
    names = columns(shortlist)
    assert names[len(FIXED_COLUMNS) : len(FIXED_COLUMNS) + 2] == (
        "indicator_rank",
        "indicator_score",
    )
    assert len(set(names)) == len(names)


def test_parquet_holds_the_same_table_with_types(nasty):
    content = to_parquet(nasty)
    frame = pl.read_parquet(io.BytesIO(content))
    assert frame.columns == list(columns(nasty))
    assert frame.schema["rank"] == pl.Int64
    assert frame.schema["employment"] == pl.Float64
    assert frame["rank"].to_list() == [1, 2, 3, 4, 4, None, None]
    assert frame["employment"].to_list()[-1] is None
    assert frame["title"][1] == "=cmd|' /C calc'!A0"
    assert to_parquet(nasty) == content
