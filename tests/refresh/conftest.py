"""A small project for every test here."""

import shutil

import pytest
from tests.refresh.runs import DAY, made_in
from tests.running import run_program

from sectorscan.refresh.run import refresh


@pytest.fixture
def project(tmp_path):
    """Return a project folder with the sample's employment and wages as its inputs."""
    return made_in(tmp_path / "project")


@pytest.fixture(scope="session")
def refreshed_once(tmp_path_factory):
    project = made_in(tmp_path_factory.mktemp("refreshed") / "project")
    refresh(project, DAY)
    return project


@pytest.fixture
def first(project, refreshed_once):
    """Return the run that a refresh of the project has left: one made once, and copied."""
    shutil.copytree(refreshed_once, project, dirs_exist_ok=True)
    return project / "runs" / DAY.isoformat()


@pytest.fixture
def run():
    """Return a function from arguments to (exit code, standard output, standard error)."""
    return run_program
