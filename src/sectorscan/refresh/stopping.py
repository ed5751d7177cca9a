"""Requests to end: taken as an interruption, and let wait where stopping would leave a half."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

_REQUESTS = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)
"""Ctrl-C, a scheduler, a terminal that closes (not on Windows), Ctrl-Break (only there)."""


def interrupt_when_asked() -> None:
    """Have every request to end interrupt the program, so that it leaves nothing.

    One that the caller had ignored (``nohup``) stays ignored.
    """
    for number in _REQUESTS:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Take no request to end: for the few milliseconds between which nobody may stop."""
    if threading.current_thread() is not threading.main_thread():
        # Signals go to the main thread.
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _REQUESTS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
