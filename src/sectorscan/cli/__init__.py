"""The command line: parse, call, print, exit code; one file a command."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line; the console script's entry."""
    # A command lives for seconds and leaves few cycles behind: looking for them took a tenth of it.
    gc.disable()
    # Pydantic would search every installed package for plugins, which could change how a config is
    # read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from sectorscan.cli.app import app
        from sectorscan.cli.streams import prepare

        prepare()
        app(prog_name="sectorscan")
    except KeyboardInterrupt:
        # Typer ends its own with 130; this one came before it or after it.
        sys.exit(130)
    finally:
        # Python's last search for cycles would walk every imported library: another tenth.
        gc.freeze()
        # Python remembers an interrupt that came inside executed text (dataclasses do that when
        # they are made), caught or not, and would end by the signal; the next text resets it.
        exec("")  # noqa: S102
