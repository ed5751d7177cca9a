"""``regions:`` in its two forms, alone and over an inherited one."""

import json

import jsonschema
import pytest

from sectorscan.config.loader import load_config
from sectorscan.config.schema import config_schema
from sectorscan.errors import ConfigError


@pytest.fixture
def load(tmp_path):
    def make(text, over=None):
        (tmp_path / "base.yaml").write_text(text, encoding="utf-8")
        if over is None:
            return load_config(tmp_path / "base.yaml").config.regions
        (tmp_path / "over.yaml").write_text("extends: base.yaml\n" + over, encoding="utf-8")
        return load_config(tmp_path / "over.yaml").config.regions

    return make


def test_a_list_stands_for_itself(load):
    short = load("regions: [{name: North, areas: ['01001', 39045]}]\n")
    assert short == load("regions:\n  list:\n    - name: North\n      areas: [01001, '39045']\n")
    assert short.list[0].areas == ("01001", "39045")


def test_one_area_is_a_list_of_one(load):
    assert load("regions: [{name: North, areas: 01001}]\n").list[0].areas == ("01001",)
    assert load("regions: {every: state, states: 39}\n").states == ("39",)


LIST = "regions: [{name: North, areas: [98001]}]\n"
EVERY = "regions: {every: county, states: [OH]}\n"


def test_one_form_over_the_other_replaces_it(load):
    over_list = load(LIST, EVERY)
    assert (over_list.list, over_list.every, over_list.states) == (None, "county", ("OH",))
    assert load(EVERY, "regions: {every: state}\n").states == ("OH",)
    assert load(EVERY, LIST).list[0].name == "North"
    assert load(EVERY, "regions: null\n") is None


def test_a_long_list_over_every_takes_it_away(load):
    over = "regions:\n  list: [{name: North, areas: [98001]}]\n  states: null\n"
    found = load(EVERY, over)
    assert (found.every, found.list[0].areas) == (None, ("98001",))


def test_an_inherited_state_without_its_kind_is_told(load):
    with pytest.raises(ConfigError, match="states: goes with every: county or state"):
        load(EVERY, "regions:\n  list: [{name: North, areas: [98001]}]\n")


@pytest.mark.parametrize(
    ("regions", "fits"),
    [
        ('[{"name": "a", "areas": ["1"]}]', True),
        ('{"every": "msa"}', True),
        ('{"list": [{"name": "a", "areas": "1"}]}', True),
        ('{"every": "county", "states": ["OH", 39]}', True),
        ('{"every": "town"}', False),
        ('[{"name": "a"}]', False),
        ('"county"', False),
    ],
)
def test_the_editors_schema_knows_both_forms(regions, fits):
    schema = jsonschema.Draft202012Validator(config_schema())
    assert schema.is_valid({"regions": json.loads(regions)}) == fits
