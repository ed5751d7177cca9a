"""The tables of a run as files and back: nothing is lost, whatever they hold."""

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.refresh.runs import SAMPLES
from tests.sources.columbus import COLUMBUS, REGION

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.errors import InputError
from sectorscan.refresh.snapshot import _read, read_snapshot, snapshot
from sectorscan.reports.prepared import to_csv
from sectorscan.reports.write import render
from sectorscan.scan import recommend_tables, scope_of
from sectorscan.sources.load import load
from sectorscan.tables.model import RegionalTables


def there_and_back(tables, folder):
    for name, content in snapshot(tables):
        (folder / name).write_bytes(content)
    return read_snapshot(folder)


def check_same(tables, folder, loaded):
    again = there_and_back(tables, folder)
    assert dict(snapshot(again)) == dict(snapshot(tables))
    scope = scope_of(loaded)
    texts = [render(recommend_tables(each, scope, loaded), "json") for each in (tables, again)]
    assert texts[0] == texts[1]


def test_the_sample_comes_back(tmp_path):
    loaded = load_config(SAMPLES / "sample.yaml")
    tables = load(sorted(SAMPLES.glob("*.csv")), scope_of(loaded), {})
    check_same(tables, tmp_path, loaded)


def test_withheld_figures_come_back_with_what_bounds_them(tmp_path, shared):
    options = Overrides(region=tuple(sorted(REGION)), benchmark=("all",), period=(2020, 2023))
    loaded = load_config(overrides=options)
    tables = load([shared(COLUMBUS)], replace(scope_of(loaded), period=None), {})
    assert tables.trees is not None
    check_same(tables, tmp_path, loaded)


def test_every_field_of_the_tables_is_kept(tmp_path):
    loaded = load_config(SAMPLES / "sample.yaml")
    tables = load(sorted(SAMPLES.glob("*.csv")), scope_of(loaded), {})
    odd = replace(tables, ownership="private", public=True, quarter=3, synthetic=False)
    again = there_and_back(odd, tmp_path)
    for field in fields(RegionalTables):
        kept, given = getattr(again, field.name), getattr(odd, field.name)
        assert kept.equals(given.astype(kept.dtypes)) if hasattr(kept, "equals") else kept == given


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.floats(), st.text(st.characters(exclude_categories=["Cs"])))))
def test_any_number_and_any_text_comes_back(tmp_path, cells):
    """To the last bit; but a zero's sign, which no figure has."""
    values = np.array([value for value, _ in cells], dtype=float) + 0.0
    # A null character ends a text, in the files that are read too.
    texts = np.array([text.replace("\0", "") for _, text in cells], dtype=object)
    wanted = pd.DataFrame({"text": texts, "value": values})
    (tmp_path / "t.csv").write_bytes(to_csv(wanted))
    found = _read(tmp_path / "t.csv", {"text": np.object_, "value": np.float64})
    assert list(found["text"]) == list(texts)
    np.testing.assert_array_equal(found["value"].to_numpy(), values)


@pytest.mark.parametrize("row", [b"1,2,3", b"a,b"])
def test_a_row_too_long_or_of_another_kind_is_told(tmp_path, row):
    (tmp_path / "t.csv").write_bytes(b"value,text\n1,a\n" + row + b"\n")
    types = {"value": np.float64, "text": np.object_}
    with pytest.raises(ValueError):
        _read(tmp_path / "t.csv", types)
    (tmp_path / "t.csv").write_bytes(b"value,text\n" + b"1,2,3\n")
    with pytest.raises(ValueError):
        _read(tmp_path / "t.csv", types)


@pytest.mark.parametrize("name", ["employment.csv", "tables.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"region\n1,2\n", b"\xff\xfe", b"[1]"])
def test_a_damaged_file_is_told(tmp_path, name, content):
    tables = load(sorted(SAMPLES.glob("*.csv")), scope_of(load_config(SAMPLES / "sample.yaml")), {})
    there_and_back(tables, tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name}: this isn't the file"):
        read_snapshot(tmp_path)
