"""The sample, ranked once."""

import pytest

from sectorscan.config.loader import load_config
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled


@pytest.fixture(scope="session")
def sample():
    folder = bundled("samples")
    return scan(sorted(folder.glob("*.csv")), load_config(folder / "sample.yaml"))
