"""Every broken table and config through the command line: its message, exit code 1, no traceback.

The words of each message are held in tests/tables/test_bad_inputs.py and
tests/config/test_bad_configs.py; here the program must say all of it.
"""

from pathlib import Path

import pytest

from sectorscan.cli.session import visible
from sectorscan.config.loader import load_config
from sectorscan.errors import SectorscanError
from sectorscan.tables.files import expand
from sectorscan.tables.read import read_tables

TESTS = Path(__file__).resolve().parents[1]


def _files(folder):
    return sorted(p for p in (TESTS / folder).iterdir() if p.is_file())


def _said_by(call):
    with pytest.raises(SectorscanError, match=r".") as caught:
        call()
    return [visible(str(finding)) for finding in caught.value.findings]


@pytest.mark.parametrize("path", _files("bad_inputs"), ids=lambda p: p.name)
def test_a_broken_table_ends_with_1_and_everything_is_said(run, path):
    expected = _said_by(
        lambda: read_tables(
            expand([path]), columns={}, ownership="private", benchmark=None, regions=None
        )
    )
    code, out, err = run("rank", path)
    assert code == 1
    assert out == ""
    for message in expected:
        assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("path", _files("bad_configs"), ids=lambda p: p.name)
def test_a_broken_config_ends_with_1_and_everything_is_said(run, path):
    expected = _said_by(lambda: load_config(path))
    code, out, err = run("rank", "--config", path)
    assert code == 1
    assert out == ""
    for message in expected:
        assert message in err
    assert "Traceback" not in err
