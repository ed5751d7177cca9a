"""A small project for every test here."""

import pytest
from tests.refresh.runs import made_in
from typer.testing import CliRunner

from sectorscan.cli.app import app


@pytest.fixture
def project(tmp_path):
    """Return a project folder with the sample's employment and wages as its inputs."""
    return made_in(tmp_path / "project")


@pytest.fixture
def run():
    """Return a function from arguments to (exit code, standard output, standard error)."""

    def call(*arguments):
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return call
