"""Generated pages say what the program says."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_commands_page_is_fresh():
    made = runpy.run_path(str(ROOT / "tools" / "make_cli_page.py"))["page"]()
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == made, "run: make docs"
    assert "sectorscan rank [INPUT]... [OPTIONS]" in made
