"""A small project for every test here."""

import pytest
from tests.refresh.runs import made_in
from tests.running import run_program


@pytest.fixture
def project(tmp_path):
    """Return a project folder with the sample's employment and wages as its inputs."""
    return made_in(tmp_path / "project")


@pytest.fixture
def run():
    """Return a function from arguments to (exit code, standard output, standard error)."""
    return run_program
