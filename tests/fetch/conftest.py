"""A local server for each test, and settings that don't make it wait."""

import threading
import time

import pytest
from tests.fetch.local import Server

from sectorscan.sources.fetch.settings import Settings


@pytest.fixture
def server(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.released.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def quick(server):
    """Return settings that don't make a test wait."""
    return Settings(
        base=server.base, tries=3, back_off=0.01, pause=0.0, connect=2.0, read=0.3, longest_wait=5.0
    )


@pytest.fixture
def slept():
    """Return a list of pauses and the function that fills it, without sleeping."""

    class Slept(list):
        def __call__(self, seconds):
            self.append(seconds)
            time.sleep(0)

    return Slept()
