"""Polars, DuckDB and Spark give the same panel to the last bit."""

import csv
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from sectorscan.errors import InputError, SectorscanError
from sectorscan.sources.engines import Reading
from sectorscan.sources.qcew import read_qcew, read_qcew_frames
from sectorscan.tables.files import expand
from singlefile import REGION as BULK_REGION
from singlefile import singlefile

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"
COLUMBUS_AREAS = frozenset(
    f"39{county:03}"
    for county in (41, 45, 47, 49, 73, 83, 89, 91, 97, 101, 117, 127, 129, 141, 159)
)
OTHERS = ("duckdb", "spark")


@pytest.fixture(scope="session")
def spark_session():
    """One session for all tests: the reader leaves one running that it finds."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install sectorscan[spark]")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    from sectorscan.sources.qcew_engines import _session

    session, _ = _session(SparkSession, None)
    yield session
    session.stop()


@pytest.fixture(params=OTHERS)
def engine(request):
    if request.param == "spark":
        request.getfixturevalue("spark_session")
    else:
        pytest.importorskip("duckdb", reason="duckdb is not installed: sectorscan[duckdb]")
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return request.param


def read(paths, areas, engine="polars", ownership="private", period=None, **more):
    return read_qcew(
        expand(paths),
        areas=areas,
        benchmark=("US000",),
        ownership=ownership,
        period=period,
        reading=Reading(engine, **more),
    )


def assert_same(one, other):
    pd.testing.assert_frame_equal(one.employment, other.employment, check_exact=True)
    pd.testing.assert_frame_equal(one.covered_totals, other.covered_totals, check_exact=True)
    assert one.findings == other.findings
    assert one.inputs == other.inputs
    assert one.area_titles == other.area_titles


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    return singlefile(tmp_path_factory.mktemp("nation"), counties=len(BULK_REGION) + 4)


def test_columbus_is_the_same(engine, shared):
    paths = [shared(COLUMBUS), shared("data/qcew/us_annual_2024.csv")]
    asked = {"areas": COLUMBUS_AREAS, "ownership": "all", "period": (2020, 2023)}
    ours = read(paths, **asked)
    assert len(ours.employment) > 60_000
    assert_same(ours, read(paths, **asked, engine=engine))


def test_a_generated_nation_is_the_same(engine, nation):
    ours = read([nation], None)
    assert ours.employment["region"].nunique() == len(BULK_REGION) + 5
    assert_same(ours, read([nation], None, engine=engine))


def test_parquet_is_the_same(engine, nation, tmp_path):
    import polars as pl

    pl.read_csv(nation, infer_schema=False).write_parquet(tmp_path / "nation.parquet")
    ours = read([tmp_path / "nation.parquet"], frozenset(BULK_REGION))
    assert_same(ours, read([tmp_path / "nation.parquet"], frozenset(BULK_REGION), engine=engine))


def _damaged(nation, path, change):
    with nation.open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.reader(source) if row[0] in ("area_fips", "01001", "US000")]
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def test_quoted_blanks_lost_zeros_and_dollars_are_the_same(engine, nation, tmp_path):
    def spoil(rows):
        wages = rows[0].index("total_annual_wages")
        for row in rows[1:]:
            row[0] = row[0].removeprefix("0")
            row[wages] = f"${int(row[wages]):,}"

    path = _damaged(nation, tmp_path / "a [1] name.csv", spoil)
    ours = read([path], frozenset({"01001"}))
    plain = read([nation], frozenset({"01001"}))
    figures = ["employment", "employment_low", "employment_high", "total_wages"]
    pd.testing.assert_frame_equal(ours.employment[figures], plain.employment[figures])
    assert any("leading zeros" in finding.what for finding in ours.findings)
    assert_same(ours, read([path], frozenset({"01001"}), engine=engine))


def test_a_cell_that_is_no_number_is_told_with_its_row(engine, nation, tmp_path):
    def spoil(rows):
        rows[3][rows[0].index("annual_avg_emplvl")] = "many"
        rows[5][rows[0].index("year")] = "MMXX"

    path = _damaged(nation, tmp_path / "bad.csv", spoil)
    told = []
    for name in ("polars", engine):
        with pytest.raises(InputError) as caught:
            read([path], frozenset({"01001"}), engine=name)
        told.append(caught.value.findings)
    assert told[0] == told[1]
    assert [(f.row, f.column, f.value) for f in told[0]] == [
        (4, "annual_avg_emplvl", "many"),
        (6, "year", "MMXX"),
    ]


def test_a_row_with_more_cells_is_refused(engine, nation, tmp_path):
    path = _damaged(nation, tmp_path / "wide.csv", lambda rows: rows[4].append("more"))
    for name in ("polars", engine):
        with pytest.raises(InputError, match=r"wide\.csv"):
            read([path], frozenset({"01001"}), engine=name)


def test_frames_are_read_where_they_lie(engine, nation, request):
    asked = {
        "areas": frozenset(BULK_REGION),
        "benchmark": ("US000",),
        "ownership": "private",
        "period": None,
    }
    if engine == "spark":
        session = request.getfixturevalue("spark_session")
        frame = session.read.csv(str(nation), header=True, inferSchema=False, escape='"')
        tables = read_qcew_frames({"nation": frame}, **asked)
    else:
        import duckdb

        with duckdb.connect() as connection:
            relation = connection.read_csv(str(nation), all_varchar=True)
            tables = read_qcew_frames({"nation": relation}, **asked)
    ours = read([nation], frozenset(BULK_REGION))
    named = ours.employment.assign(source="nation")
    pd.testing.assert_frame_equal(tables.employment, named, check_exact=True)
    assert tables.inputs[0].rows == ours.inputs[0].rows


def test_frames_of_pandas_and_polars_will_do(nation):
    import polars as pl

    asked = {
        "areas": frozenset(BULK_REGION),
        "benchmark": ("US000",),
        "ownership": "private",
        "period": None,
    }
    frame = pl.read_csv(nation, infer_schema=False)
    first = read_qcew_frames({"nation": frame}, **asked)
    small = pd.read_csv(nation, dtype=str, keep_default_na=False)
    assert_same(first, read_qcew_frames({"nation": small}, **asked))
    with pytest.raises(InputError, match="QCEW's columns"):
        read_qcew_frames({"nation": small[["year"]]}, **asked)


@pytest.mark.parametrize("engine", OTHERS)
def test_a_missing_extra_is_named_with_the_command(engine, nation, monkeypatch):
    absent = "duckdb" if engine == "duckdb" else "pyspark.sql"
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(SectorscanError, match=rf'pip install "sectorscan\[{engine}\]"'):
        read([nation], None, engine=engine)


@pytest.mark.parametrize("engine", OTHERS)
def test_zips_are_left_to_polars(engine, nation, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "nation.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(nation, "nation.csv")
    with pytest.raises(InputError, match=f"{engine} doesn't read files in a zip"):
        read([tmp_path / "nation.zip"], None, engine=engine)


def test_what_does_not_go_together_is_said(tmp_path):
    with pytest.raises(SectorscanError, match="engine polars"):
        Reading("duckdb", cache=tmp_path).check()
    with pytest.raises(SectorscanError, match="--engine spark"):
        Reading("duckdb", spark_master="local").check()
