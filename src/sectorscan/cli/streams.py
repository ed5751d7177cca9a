"""Standard streams as scripts need them: UTF-8, plain line ends, an end without a traceback."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typing_extensions import Buffer


def prepare() -> None:
    """Set up the standard streams, closed ones included; nothing here can fail a run."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    with suppress(OSError, AttributeError, ValueError):
        stdout = sys.__stdout__
        if stdout is not None and stdout is sys.stdout and not stdout.isatty():
            outlet = io.BufferedWriter(Outlet(stdout.fileno(), "w", closefd=False))
            sys.stdout = io.TextIOWrapper(
                outlet, encoding="utf-8", errors="backslashreplace", newline="\n"
            )


class Outlet(io.FileIO):
    """Standard output to a file or pipe; where it takes no more, the program ends in order.

    A pipe's reader that has gone (``| head``) is no fault and ends with 0; anything else, such as
    a full disk, is said and ends with 1.
    """

    def write(self, content: Buffer, /) -> int:
        """Write bytes, or end the program."""
        try:
            return super().write(content)
        except OSError as error:
            end(error)


def end(error: OSError) -> NoReturn:
    """End the program at once because standard output can't be written."""
    # Windows says of a pipe without a reader that the argument is invalid.
    gone = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
    with suppress(OSError, ValueError):
        if not gone:
            reason = (error.strerror or "unknown reason").lower()
            sys.stderr.write(
                f"error: standard output can't be written ({reason}). "
                "Send it to another file, or make room.\n"
            )
        sys.stderr.flush()
    os._exit(0 if gone else 1)


def _open_what_is_closed() -> None:
    """Give closed standard streams a sink: a file opened later would take their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
