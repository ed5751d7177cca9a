"""The shipped questions, and a blank workbook of two sectors for three raters."""

import pytest
from tests.readiness import filling

from sectorscan.config.loader import load_config


@pytest.fixture(scope="session")
def questions():
    return load_config().config.scorecard


@pytest.fixture
def blank(tmp_path, questions):
    return filling.write_blank(tmp_path / "card.xlsx", questions)


@pytest.fixture
def book(blank):
    return filling.Book.open(blank)
