"""The tables of a run as files and back: nothing is lost, whatever they hold."""

from dataclasses import fields, replace

import pytest
from tests.refresh.runs import SAMPLES
from tests.sources.columbus import COLUMBUS, REGION

from sectorscan.config.loader import load_config
from sectorscan.config.overrides import Overrides
from sectorscan.errors import InputError
from sectorscan.refresh.snapshot import read_snapshot, snapshot
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


@pytest.mark.parametrize("name", ["employment.csv", "tables.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"region\n1,2\n", b"\xff\xfe", b"[1]"])
def test_a_damaged_file_is_told(tmp_path, name, content):
    tables = load(sorted(SAMPLES.glob("*.csv")), scope_of(load_config(SAMPLES / "sample.yaml")), {})
    there_and_back(tables, tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name}: this isn't the file"):
        read_snapshot(tmp_path)
