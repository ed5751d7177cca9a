"""Fifteen Ohio counties as BLS published them, 2020 to 2023, read once a file of tests."""

import pytest

from sectorscan.sources.qcew import read_qcew
from sectorscan.tables.files import expand

COLUMBUS = "data/qcew/columbus_oh_annual_2020_2023"


REGION = frozenset(
    f"39{county:03}"
    for county in (41, 45, 47, 49, 73, 83, 89, 91, 97, 101, 117, 127, 129, 141, 159)
)


def read(paths, areas=REGION, benchmark=None, ownership="private", period=None):
    return read_qcew(
        expand(paths), areas=areas, benchmark=benchmark, ownership=ownership, period=period
    )


@pytest.fixture(scope="module")
def private(shared):
    nation = shared("data/qcew/us_annual_2024.csv")
    return read([shared(COLUMBUS), nation], period=(2020, 2023))


@pytest.fixture(scope="module")
def everyone(shared):
    nation = shared("data/qcew/us_annual_2024.csv")
    return read([shared(COLUMBUS), nation], ownership="all", period=(2020, 2023))
