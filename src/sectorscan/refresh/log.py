"""What happened in a project, a line of JSON an event: for whoever looks after scheduled runs."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path

from sectorscan.errors import Finding

LOG = "refresh.log.jsonl"


class Log:
    """The log of a project folder. A line that can't be written stops nothing."""

    def __init__(self, project: Path) -> None:
        self._project = project

    def add(self, event: str, **facts: object) -> None:
        """Append an event with the time (UTC) and the process."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        record = {"time": now, "process": os.getpid(), "event": event, **facts}
        # One write of one line: those of two processes don't mix.
        with contextlib.suppress(OSError), (self._project / LOG).open("ab", buffering=0) as stream:
            stream.write(json.dumps(record).encode("ascii") + b"\n")

    def failed(self, findings: Iterable[Finding]) -> None:
        """Append what went wrong, without the names of the machine's folders."""
        said = [self._without_folders(str(finding)) for finding in findings]
        self.add("failed", findings=said)

    def _without_folders(self, text: str) -> str:
        for folder in {str(self._project.resolve()), str(self._project.absolute())}:
            text = text.replace(folder + os.sep, "").replace(folder, ".")
        return text
