"""One broken table a failure: the file, and the words that its message must hold."""

from pathlib import Path

import pytest

from sectorscan.errors import InputError
from sectorscan.tables.files import expand
from sectorscan.tables.read import read_tables

BROKEN = Path(__file__).resolve().parents[1] / "bad_inputs"

SAYS = {
    "absurd_pay.csv": ["row 2", "avg_annual_pay", "above 10,000,000", "52300000"],
    "binary_junk.csv": ["not text", "Save it again"],
    "blank_headers.csv": ["no analyst table", "region"],
    "blank_industry.csv": ["row 2", "column industry", "blank"],
    "blank_lines_only.csv": ["empty"],
    "blank_region.csv": ["row 2", "column region", "blank"],
    "bounds_swapped.csv": ["row 2", "low 20, high 10", "Swap"],
    "code_became_date.csv": ["row 2", "date", "Apr-45", "as text"],
    "code_of_two_meanings.csv": ["'code'", "region or industry", "columns:"],
    "compressed.csv.gz": ["gzip file is damaged", "Unpack"],
    "conflicting_rows.csv": ["row 3", "row 2", "10 there, 12 here", "Delete one"],
    "decimal_comma_in_jobs.csv": ["12,34", "decimal mark or a thousands mark"],
    "dollars_of_jobs.csv": ["column employment", "dollar sign", "$52,300"],
    "empty.csv": ["empty", "header"],
    "enormous_cell.csv": ["row 2", "enormous cell"],
    "formula.csv": ["row 2", "not a number", "=1+2"],
    "growth_backwards.csv": ["row 2", "2020", "2030"],
    "growth_below_minus_100.csv": ["row 2", "growth", "below -100"],
    "growth_of_two_meanings.csv": ["'growth'", "growth_pct or annual_growth_pct"],
    "header_only.csv": ["header but no rows"],
    "indicator_blank_name.csv": ["row 2", "column indicator", "blank"],
    "indicator_conflict.csv": ["row 3", "row 2", "green_jobs"],
    "indicator_outside_bounds.csv": ["row 2", "outside 6 to 7"],
    "infinite_jobs.csv": ["row 2", "infinite", "1e400"],
    "negative_jobs.csv": ["row 2", "negative", "(120)"],
    "negative_quotient.csv": ["row 2", "location quotient", "negative"],
    "negative_wages.csv": ["row 2", "wages", "negative"],
    "no_private_rows.csv": ["private", "federal", "ownership"],
    "no_year.csv": ["employment table", "needs year"],
    "not_a_number.csv": ["row 2", "not a number", "ten", "leave the cell blank"],
    "not_a_workbook.xlsx": ["workbook is damaged"],
    "not_a_zip.zip": ["zip is damaged"],
    "not_an_old_workbook.xls": ["workbook is damaged"],
    "not_parquet.parquet": ["Parquet file is damaged"],
    "nul_bytes.csv": ["not text"],
    "one_column.csv": ["no header line"],
    "outside_bounds.csv": ["row 2", "employment 50", "10 to 20"],
    "pdf_named.csv": ["PDF"],
    "percent_of_jobs.csv": ["percent sign", "12%"],
    "quarterly_rows.csv": ["row 2", "column qtr", "annual averages"],
    "quotient_with_comma.csv": ["1,234", "decimal mark or a thousands mark"],
    "ragged_long.csv": ["row 2", "5 cells", "header has 4"],
    "ragged_short.csv": ["row 3", "3 cells", "header has 4"],
    "same_header_twice.csv": ["2 columns are called 'employment'"],
    "spreadsheet_error.csv": ["row 2", "spreadsheet error", "#REF!"],
    "thousands_with_points.csv": ["row 2", "12.345", "point could be", "thousands mark"],
    "terminal_escape.csv": ["row 2", r"\x1b[31mred"],
    "too_many_jobs.csv": ["row 2", "above 1,000,000,000"],
    "two_area_names.csv": ["'county' and 'area'", "region"],
    "two_jobs_columns.csv": ["'employment' and 'jobs'", "could both be employment"],
    "two_kinds_of_comma.csv": ["row 2", "52300,55", "row 3", "52,300"],
    "unclosed_quote.csv": ["row 3", "quotation mark"],
    "unknown_basis.csv": ["row 2", "basis", "guess", "observed or projected"],
    "unknown_columns.csv": ["'how_many'", "region, industry, year, employment", "columns:"],
    "unknown_ownership.csv": ["row 2", "feudal", "private, federal"],
    "wages_of_two_meanings.csv": ["'wages'", "total_wages or avg_annual_pay", "columns:"],
    "web_page.xls": ["web page", "save it as"],
    "wide.csv": ["2,500 columns"],
    "year_is_date.csv": ["row 2", "2023-06-30", "calendar year", "the year alone"],
    "year_is_quarter.csv": ["row 2", "2023Q1", "calendar year"],
    "endless_first_line.csv": ["first line is longer than 65,536 bytes"],
    "footnote_inside.csv": ["row 3", "2 cells", "header has 4"],
    "merged_cells.csv": ["row 3, column region", "column industry", "merged cell"],
    "title_as_code.csv": ["row 2, column industry", "too long", "right column"],
    "years_across.csv": ["years stand side by side", "'2020'", "own row", "Unpivot"],
    "years_across_named.csv": ["years stand side by side", "'Jobs 2022'", "own row"],
    "year_out_of_range.csv": ["row 2", "1776", "1900 to 2100"],
}


@pytest.mark.parametrize("name", sorted(SAYS))
def test_broken_table_says_what_is_wrong(name):
    with pytest.raises(InputError) as caught:
        read_tables(expand([BROKEN / name]), columns={}, ownership="private", benchmark=None)
    message = str(caught.value)
    assert [word for word in SAYS[name] if word not in message] == []
    if name != "not_a_zip.zip":
        assert name in message
    assert "\x1b" not in message


def test_every_broken_table_has_its_words():
    assert sorted(path.name for path in BROKEN.iterdir()) == sorted(SAYS)


def test_all_files_problems_come_at_once():
    files = expand([BROKEN / "negative_jobs.csv", BROKEN / "empty.csv", BROKEN / "formula.csv"])
    with pytest.raises(InputError) as caught:
        read_tables(files, columns={}, ownership="private", benchmark=None)
    assert len(caught.value.findings) == 3
