"""The benchmarks' own parts: the invented national file, the measuring, the table."""

import os
import sys

import pandas as pd
import pytest

from child import Run, compare, measure
from run import Line, as_table, page
from sample_qcew import COLUMNS
from singlefile import NATION, REGION, singlefile

needs_wait4 = pytest.mark.skipif(not hasattr(os, "wait4"), reason="os.wait4 isn't on this system")


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = singlefile(tmp_path_factory.mktemp("bulk"), counties=len(REGION) + 2)
    assert path.read_text(encoding="utf-8").startswith('"area_fips","own_code",')
    texts = {"area_fips": str, "industry_code": str, "disclosure_code": str}
    return pd.read_csv(path, dtype=texts, keep_default_na=False)


def test_the_national_file_has_bls_columns_and_its_areas(rows):
    assert list(rows.columns) == COLUMNS
    assert set(rows["area_fips"]) == {NATION, *REGION, "01001", "01003"}
    assert len(rows) > 8 * 800


def test_its_published_children_add_up_to_their_parents(rows):
    private = rows[(rows["own_code"] == 5) & (rows["area_fips"] == NATION)]
    jobs = private.set_index("industry_code")["annual_avg_emplvl"]
    hidden = set(private.loc[private["disclosure_code"] == "N", "industry_code"])
    digits = {code: [c for c in jobs.index if len(c) == 4 and c[:3] == code] for code in jobs.index}
    checked = 0
    for code, children in digits.items():
        if len(code) == 3 and code.isdigit() and children and not hidden & {code, *children}:
            assert jobs[children].sum() == jobs[code]
            checked += 1
    assert checked > 30


def test_some_of_it_is_withheld_with_zeros(rows):
    hidden = rows[rows["disclosure_code"] == "N"]
    assert 0.2 < len(hidden) / len(rows) < 0.8
    assert (hidden["annual_avg_emplvl"] == 0).all()
    assert (hidden["annual_avg_estabs"] < 3).all()


@needs_wait4
def test_a_child_is_measured_and_its_failure_is_told():
    done = compare({"a": (sys.executable, "-c", "pass")}, runs=1)
    assert done["a"].seconds > 0
    assert done["a"].mib > 1
    with pytest.raises(RuntimeError, match="no such thing"):
        measure((sys.executable, "-c", "raise SystemExit('no such thing')"))


def test_the_table_gives_ratios_in_both_directions():
    slow, quick = Run(2.0, 100.0), Run(0.5, 50.0)
    lines = [
        Line("start", slow, "floor", quick, "3x"),
        Line("bulk", quick, "pandas", slow, "4x faster", faster_is=True),
    ]
    table = as_table(lines)
    assert "| 4.00x " in table
    assert "| 4.0x faster" in table
    assert len({len(line) for line in table.split("\n")}) == 1
    assert table in page(table, 7, 3)
