"""Whole numbers read as such: the same rows, and the same refusals, as from text."""

import pytest

from sectorscan.sources import qcew_batches
from sectorscan.sources.engines import POLARS
from sectorscan.sources.qcew_layout import Selection
from sectorscan.sources.qcew_scan import scan
from sectorscan.tables.files import expand

HEADER = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages,lq_annual_avg_emplvl,"
    "oty_disclosure_code,oty_annual_avg_estabs_chg,oty_annual_avg_emplvl_chg,"
    "oty_total_annual_wages_chg"
)
CELLS = (
    *("5", "05", " 5", "5 ", "+5", "-5", "5.0", "5e3", '"5"', '"1,234"', "$5", "", '""', '" "'),
    *("abc", "5a", "-", "--5", "nan", "inf", "1_000", "0x10", "٣", "999999999999999999"),
    *("1000000000000000000", "9223372036854775807", "99999999999999999999"),
)


def read(path):
    files = expand([path])
    try:
        found = scan(files, Selection(None, None, "all"), POLARS, dict)
    except qcew_batches.InputError as error:
        return [str(finding) for finding in error.findings]
    return found.rows.to_dict("records"), found.codes.areas.texts, found.in_file


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("column", ["jobs", "change"])
def test_a_cell_says_the_same_in_both_ways(tmp_path, monkeypatch, cell, column):
    jobs, change = (cell, "-7") if column == "jobs" else ("100", cell)
    path = tmp_path / "one.csv"
    rows = [
        f"01001,5,10,71,0,2023,A,,3,{jobs},5000,1.00,,0,{change},-20",
        "01003,5,10,71,0,2023,A,N,2,0,0,0,N,0,0,0",
    ]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    ours = read(path)
    monkeypatch.setattr(qcew_batches, "_whole_numbers", lambda *_: None)
    assert repr(ours) == repr(read(path))


def test_plain_files_are_read_as_numbers(tmp_path):
    content = b"a,b,c\n1,5,-2\n2,,3\n"
    rows = qcew_batches._whole_numbers(content, ",", "abc", {"wages": "b", "wages_change": "c"})
    assert rows["b"].to_list() == [5, None]
    assert rows["c"].to_list() == [-2, 3]
    assert qcew_batches._whole_numbers(content, ",", "abc", {"wages": "c"}) is None
