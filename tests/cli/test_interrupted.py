"""A program that is interrupted while a library is being made ends with 130 all the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

INTERRUPTED = """
import signal

exec("signal.raise_signal(signal.SIGINT)")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends by its own code")
@pytest.mark.parametrize(
    "start", [("-m", "sectorscan"), ("-c", "from sectorscan import cli; cli.main()")]
)
def test_an_interrupt_inside_executed_text_ends_with_130(tmp_path, start):
    (tmp_path / "typer.py").write_text(INTERRUPTED, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, *start, "rank"], env={**os.environ, "PYTHONPATH": path}, check=False
    )
    assert done.returncode == 130
