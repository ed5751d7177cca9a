"""What happened in a project, a line of JSON an event: for whoever looks after scheduled runs."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from sectorscan.errors import Finding

LOG, EARLIER = "refresh.log.jsonl", "refresh.log.1.jsonl"
_LARGEST = 1 << 20
_MOST_FINDINGS, _LONGEST = 20, 500
_TAIL = 1 << 17
"""More bytes than a line has."""


class Log:
    """The log of a project folder. A line that can't be written stops nothing.

    Every line is whole: one that was cut short (a full disk, a power cut) is taken away again. At
    1 MB the log becomes the earlier one and a new one is begun.
    """

    def __init__(self, project: Path) -> None:
        self._project = project

    def add(self, event: str, **facts: object) -> None:
        """Append an event with the time (UTC) and the process."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        record = {"time": now, "process": os.getpid(), "event": event, **facts}
        line = json.dumps(record).encode("ascii") + b"\n"
        path = self._project / LOG
        with contextlib.suppress(OSError):
            if path.stat().st_size > _LARGEST:
                path.replace(self._project / EARLIER)
        with contextlib.suppress(OSError), _opened(path) as stream:
            if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                _cut_to_whole_lines(stream)
                stream.write(line)
                _cut_to_whole_lines(stream)

    def failed(self, findings: Iterable[Finding]) -> None:
        """Append what went wrong, without the names of the machine's folders."""
        said = [self._without_folders(str(finding))[:_LONGEST] for finding in findings]
        more = {"more": len(said) - _MOST_FINDINGS} if len(said) > _MOST_FINDINGS else {}
        self.add("failed", findings=said[:_MOST_FINDINGS], **more)

    def _without_folders(self, text: str) -> str:
        for folder in {str(self._project.resolve()), str(self._project.absolute())}:
            text = text.replace(folder + os.sep, "").replace(folder, ".")
        return text


def _opened(path: Path) -> IO[bytes]:
    """Open a file of this very name: no link's target, and no pipe that nobody reads."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    return os.fdopen(os.open(path, flags, 0o666), "a+b", buffering=0)


def _cut_to_whole_lines(stream: IO[bytes]) -> None:
    """Take away what follows the last line's end."""
    size = stream.seek(0, os.SEEK_END)
    start = stream.seek(max(0, size - _TAIL))
    whole = stream.read().rfind(b"\n") + 1
    if (whole or not start) and start + whole < size:
        stream.truncate(start + whole)
