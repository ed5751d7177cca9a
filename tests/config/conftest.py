"""Helpers for configs written inside tests."""

import textwrap

import pytest

from sectorscan.config.loader import load_config


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a config and gives its path."""

    def _write(text: str, name: str = "board.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8", newline="")
        return path

    return _write


@pytest.fixture
def loaded(write):
    """Return a function from a config's text to what it is loaded as."""

    def _loaded(text: str, **options: object):
        return load_config(write(text), **options)

    return _loaded
