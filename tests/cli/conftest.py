"""Run the command line inside the test's own process, and now and then as a program."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.running import run_program


@pytest.fixture
def run():
    """Return a function from arguments to (exit code, standard output, standard error)."""
    return run_program


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A new project of the synthetic sample; not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "p"
    code, _, err = run_program("init", folder)
    assert code == 0, err
    return folder


@pytest.fixture
def sample_project(made_once, tmp_path):
    """A new project of the synthetic sample, a test's own."""
    return shutil.copytree(made_once, tmp_path / "p")


@pytest.fixture
def ranked(run):
    """Return a function from arguments to the parsed JSON of ``rank``."""

    def call(*arguments):
        code, out, err = run("rank", *arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return call


@pytest.fixture
def program():
    """Return a function that runs sectorscan as a program, from any folder."""

    def call(*arguments, cwd: Path | None = None, env: dict[str, str] | None = None):
        return subprocess.run(
            [sys.executable, "-m", "sectorscan", *map(str, arguments)],
            cwd=cwd,
            env=env,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return call
