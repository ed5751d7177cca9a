"""YAML made to hurt: it ends quickly, with a message, and runs nothing."""

import os
import time

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sectorscan.config import yaml_nodes
from sectorscan.config.loader import LoadedConfig, load_config
from sectorscan.config.yaml_nodes import LARGEST_FILE, Origin, parse, read_text
from sectorscan.errors import ConfigError

MIB = LARGEST_FILE
LONG = {
    "brackets": "[" * (MIB - 1),
    "flow list": "region: [" + "a," * (MIB // 2 - 10) + "]",
    "dashes": "- " * (MIB // 2),
    "unclosed quote": '"' + "a" * (MIB - 2),
    "many keys": "\n".join(f"k{i}: 1" for i in range(90_000))[: MIB - 1],
    "same key": "k: 1\n" * (MIB // 5 - 1),
    "comments": "#\n" * (MIB // 2),
    "one word": "a " * (MIB // 2),
    "long key": "a" * (MIB - 10) + ": 1",
    "directives": "%a b\n" * (MIB // 5 - 1),
    "escapes": '"' + "\\n" * (MIB // 2 - 2) + '"',
    "long number": "outputs: {top: " + "9" * (MIB - 20) + "}",
    "long weight": "extends: balanced\ncriteria: {growth: {weight: " + "9" * (MIB - 60) + "}}",
    "many gates": "gates:\n" + "- {}\n" * 40_000,
}


def load_or_error(path):
    """Return the loaded config, or the error a user would see; anything else is a bug."""
    try:
        return load_config(path)
    except ConfigError as error:
        return error


@pytest.mark.parametrize("kind", sorted(LONG))
def test_a_mebibyte_ends_in_a_message_within_a_second_or_two(kind, write):
    path = write(LONG[kind])
    start = time.perf_counter()
    outcome = load_or_error(path)
    assert time.perf_counter() - start < 3
    assert isinstance(outcome, LoadedConfig) or len(str(outcome)) < 50_000


def test_merge_key_bomb_is_refused_at_once(write):
    layers = "\n".join(
        f"l{i}: &l{i} {{<<: [{', '.join([f'*l{i - 1}'] * 9)}]}}" for i in range(1, 30)
    )
    path = write(f"l0: &l0 {{a: 1}}\n{layers}\n")
    start = time.perf_counter()
    with pytest.raises(ConfigError, match=r"a merge key \(<<\) isn't allowed"):
        load_config(path)
    assert time.perf_counter() - start < 1


def test_file_over_the_limit_is_refused(write):
    with pytest.raises(ConfigError, match=r"board.yaml: is larger than 1 MiB"):
        load_config(write("#" * (MIB + 1)))


def test_nothing_of_a_tag_is_run(write, tmp_path):
    mark = tmp_path / "ran"
    with pytest.raises(ConfigError, match="a tag"):
        load_config(write(f'a: !!python/object/apply:os.mkdir ["{mark}"]\n'))
    assert not mark.exists()


@pytest.mark.parametrize("tag", ["!!int 3", "!local x", "!<tag:yaml.org,2002:str> x", "! x"])
def test_any_tag_is_refused(write, tag):
    with pytest.raises(ConfigError, match="a tag"):
        load_config(write(f"outputs: {{top: {tag}}}\n"))


def test_county_01001_stays_text(loaded):
    areas = loaded("region: {areas: [01001, 0o17, 1e3, 39041]}").config.region.areas
    assert areas == ("01001", "0o17", "1e3", "39041")


@pytest.mark.parametrize("word", ["on", "yes", "no", "off", "y", "2020-01-01", "1:30", "0x1F"])
def test_words_that_yaml_turns_into_other_things_stay_text(loaded, word):
    assert loaded(f"region: {{name: {word}, areas: A}}").config.region.name == word


@pytest.mark.parametrize(
    ("text", "number"), [("1e3", 1000), ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("+2", 2), ("07", 7)]
)
def test_numbers_as_people_write_them(loaded, text, number):
    config = loaded(f"extends: balanced\ncriteria: {{growth: {{weight: {text}}}}}").config
    assert config.criteria["growth"].weight == number


@pytest.mark.parametrize("text", ["nan", ".nan", "inf", "-inf", ".inf", "1_000", "0x10", "½", "٣"])
def test_what_is_no_number_is_refused(loaded, text):
    with pytest.raises(ConfigError, match=r"growth\.weight: must be a number"):
        loaded(f"extends: balanced\ncriteria: {{growth: {{weight: {text}}}}}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "board.yaml"
    path.write_bytes("region: {name: Doña Ana, areas: '35013'}\n".encode(encoding))
    assert load_config(path).config.region.name == "Doña Ana"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00", b"\xff\xfe\x00\xd8", b"\x81\x8d"])
def test_bytes_that_are_no_text(tmp_path, content):
    path = tmp_path / "board.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"board\.yaml: isn't a text file"):
        load_config(path)


def test_line_ends_of_windows(tmp_path):
    path = tmp_path / "board.yaml"
    path.write_bytes(b"version: 1\r\noutputs:\r\n  top: 7\r\n")
    loaded = load_config(path)
    assert loaded.config.outputs.top == 7
    assert loaded.positions["outputs", "top"] == (3, 8, "board.yaml")


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ConfigError, match=r"no such config file.*sectorscan init"):
        load_config(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="is a folder"):
        load_config(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name on this system")
def test_a_pipe_does_not_hang(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(ConfigError, match="no such config file"):
        load_config(pipe)


def test_pure_python_parser_gives_the_same_tree(monkeypatch):
    text = read_text(load_config_path())
    fast = parse(text, Origin("x"))
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.BaseLoader)
    assert parse(text, Origin("x")) == fast


def load_config_path():
    from sectorscan.config.presets import preset_path

    return preset_path("balanced")


def test_empty_file_is_balanced(loaded):
    assert loaded("").sha256 == load_config().sha256
    assert loaded("# nothing\n").config == load_config().config


KEYS = st.sampled_from(
    ["version", "region", "areas", "name", "criteria", "weight", "indicators", "scale", "points",
     "gates", "effect", "below", "all_of", "sectors", "list", "naics", "bundles", "period", "base",
     "columns", "extends", "location_quotient", "growth", "<<", "outputs", "top", "x"]
)  # fmt: skip
SCALARS = st.sampled_from(
    ["1", "null", "", "~", "on", "01001", "-3", "1e9", "nan", "balanced", "rural", "US000", "all",
     "minmax", "exclude", "*a", "&a b", "!t u", "'", '"', "[[0, 0], [1, 100]]", "{", "}", ": ",
     "\x07", "\ud7ff", "é", "3-digit", "2020:2023", "sectors-common.yaml"]
)  # fmt: skip


def _block(tree, indent=0):
    pad = "  " * indent
    if isinstance(tree, dict):
        return "".join(f"{pad}{key}:\n{_block(child, indent + 1)}" for key, child in tree.items())
    if isinstance(tree, list):
        return "".join(f"{pad}-\n{_block(child, indent + 1)}" for child in tree)
    return f"{pad}{tree}\n"


TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.dictionaries(KEYS, inner, max_size=4), st.lists(inner, max_size=3)),
    max_leaves=12,
)
TEXTS = st.one_of(
    TREES.map(_block),
    st.text(alphabet="abw:-[]{},&*!|>'\"%@#?\n\t 019.~", max_size=200),
    st.text(max_size=100),
)


@settings(
    max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example("criteria:\n  null:\n    weight: 1\n")
@example('"\\ud800": 1')
@example('"\\UFFFFFFFF": 1')
@example("? [a]\n: b")
@example("*a")
@example("extends: [\n")
@given(TEXTS)
def test_any_text_gives_a_config_or_a_message(tmp_path, text):
    path = tmp_path / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    outcome = load_or_error(path)
    if isinstance(outcome, ConfigError):
        assert outcome.findings
        assert "\x1b" not in str(outcome)
        assert str(outcome).encode("utf-8")
