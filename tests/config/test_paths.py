"""Paths in a config as people on Windows write them, read on any system."""

import pytest

from sectorscan.config.loader import load_config
from sectorscan.errors import ConfigError


@pytest.fixture
def loaded(tmp_path):
    def load(text, **options):
        (tmp_path / "c.yaml").write_bytes(text.encode("utf-8", **options))
        return load_config(tmp_path / "c.yaml")

    return load


@pytest.mark.parametrize("written", ["data\\qcew", "'data\\qcew'", "data/qcew", '"data/qcew"'])
def test_backslashes_are_slashes(loaded, tmp_path, written):
    found = loaded(f"inputs: {written}\nreadiness: [{written}]\n")
    assert found.inputs == found.readiness == (tmp_path / "data" / "qcew",)


def test_what_a_config_extends_and_its_bundles_may_have_backslashes(loaded, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "base.yaml").write_text("outputs: {top: 7}\n", encoding="utf-8")
    (tmp_path / "sub" / "b.yaml").write_text("sectors: [{name: A, naics: [332]}]\n", "utf-8")
    found = loaded("extends: sub\\base.yaml\nsectors: {bundles: sub\\b.yaml}\n")
    assert (found.config.outputs.top, [one.name for one in found.entries]) == (7, ["A"])


@pytest.mark.parametrize(
    "written",
    ['"C:\\data"', '"C:\\Users\\me"', '"data\\temp"', '"cards\\new.xlsx"', '"q\\bls"', '"q\\20"'],
)
def test_double_quotes_change_a_path_and_that_is_said(loaded, written):
    for key in ("inputs", "readiness"):
        with pytest.raises(ConfigError, match="single quotes"):
            loaded(f"{key}: {written}\n")


@pytest.mark.parametrize("written", ["C:\\data", "C:data", "\\\\server\\share", "..\\other", "\\a"])
def test_a_drive_or_a_share_is_no_input_of_a_project(loaded, written):
    with pytest.raises(ConfigError, match="must lie in the config's folder"):
        loaded(f"inputs: {written}\n")


def test_the_hash_is_the_same_for_either_slash_and_either_line_end(loaded):
    text = "readiness: cards\\a.xlsx\noutputs: {top: 3}\n"
    other = text.replace("\\", "/").replace("\n", "\r\n")
    assert loaded(text).sha256 == loaded(f"\ufeff{other}").sha256
