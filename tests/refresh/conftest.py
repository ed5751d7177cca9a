"""A small project for every test here."""

import pytest
from tests.refresh.runs import made_in


@pytest.fixture
def project(tmp_path):
    """Return a project folder with the sample's employment and wages as its inputs."""
    return made_in(tmp_path / "project")
