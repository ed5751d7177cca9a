"""The command line: parse, call, print, exit code; one file a command."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line; the console script's entry."""
    # A command lives for seconds and leaves few cycles behind: looking for them took a tenth of it.
    gc.disable()
    from sectorscan.cli.app import app

    _plain_streams()
    try:
        app(prog_name="sectorscan")
    except BrokenPipeError:
        _leave_quietly()
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_quietly()
        # Python's last search for cycles would walk every imported library: another tenth.
        gc.freeze()


def _plain_streams() -> None:
    """Write UTF-8 with plain line ends to files and pipes, and never fail on a narrow console."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _leave_quietly() -> None:
    """End without a word when the reader of a pipe has gone (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    os._exit(0)
