"""One command in a process of its own: wall time and peak memory, as the system counts them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

KIB_PER_MIB = 1024
BYTES_PER_MIB = 1024 * 1024


class Run(NamedTuple):
    """Seconds by the clock, and the peak of resident memory in MiB."""

    seconds: float
    mib: float


def measure(command: Sequence[str]) -> Run:
    """Run a command once.

    Raises
    ------
    RuntimeError
        If the command fails; its last lines are in the message.
    """
    # Start-up without compiled bytecode would measure the compiler.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = child.stderr.read() if child.stderr is not None else b""
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.stderr is not None:
        child.stderr.close()
    if child.returncode != 0:
        message = f"{' '.join(command)[:200]} failed:\n{said.decode(errors='replace')[-2000:]}"
        raise RuntimeError(message)
    unit = BYTES_PER_MIB if sys.platform == "darwin" else KIB_PER_MIB
    return Run(seconds, usage.ru_maxrss / unit)


def compare(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Run]:
    """Return each command's median run; they take turns, so that a slow moment hits all alike.

    One run of each comes first and isn't counted: it fills the bytecode and file caches.
    """
    results: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            result = measure(command)
            if turn > 0:
                results[name].append(result)
    return {
        name: Run(median(run.seconds for run in done), median(run.mib for run in done))
        for name, done in results.items()
    }
